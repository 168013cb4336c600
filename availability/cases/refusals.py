"""Why an event may not be recorded now, as a refusal; the sentences are the catalogue's."""

from availability.refusals import Conflict

SENTENCES: dict[str, str] = {
    "in-the-future": "Deze dag komt nog. Geef de dag waarop het gebeurde.",
}
"""One per code of `matcher.enrolment.refusal_of`."""

UNKNOWN = "Dit kan nu niet worden vastgelegd in deze casus."


class NotNow(Conflict):
    """What happened does not fit in the history as it is."""

    title = "Dit past nu niet bij deze casus"

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES.get(code, UNKNOWN))
        self.code = code
