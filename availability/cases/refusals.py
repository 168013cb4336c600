"""Why an event may not be recorded now, as a refusal. The sentences are the catalogue's: `matcher.case_words`."""

from availability.refusals import Conflict
from matcher.case_words import REFUSALS


class NotNow(Conflict):
    """What happened does not fit in the history as it is."""

    title = "Dit past nu niet bij deze casus"

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code])
        self.code = code
