"""Which of a provider's offers a row means: by id, else by exact name and place, or as a human said before. What is
only alike is proposed to a human, never assumed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from availability.intake.spelling import told_apart
from availability.refusals import Fault


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """An offer of the provider, with what holds of it now."""

    id: int
    name: str
    location: str
    """What tells two of the same name in one place apart."""
    place: str
    version: int | None
    """The id of its current statement; None: never stated."""
    figures: Mapping[str, Any]
    """By the names of `FIGURES`; empty when never stated."""


@dataclass(frozen=True, slots=True)
class Likeness:
    offer: OwnOffer
    percent: int


class By(StrEnum):
    """Why a row was taken for an offer."""

    NUMBER = "number"
    NAME = "name"
    REMEMBERED = "remembered"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Found:
    """The offer that is meant, or why it is not known and which it might be."""

    offer: OwnOffer | None = None
    by: By | None = None
    fault: Fault | None = None
    proposals: tuple[Likeness, ...] = ()


UNKNOWN_ID = "Dit nummer is niet van uw aanbod. Neem het over uit het sjabloon."
OTHER_NAME = "Dit nummer hoort bij een ander aanbod: {name} in {place}. Zijn de rijen verschoven?"
NO_OFFER = "Vul een aanbod-id in. Anders weten wij niet om welk aanbod het gaat."
NO_SUCH_OFFER = "Dit aanbod staat niet op uw naam. Neem het aanbod-id over uit het sjabloon."
AMBIGUOUS = "U heeft meer dan één aanbod met deze naam. Vul het aanbod-id in."
DO_YOU_MEAN = "Bedoelt u {name} in {place}? Bevestig dat, of vul het aanbod-id in."

_SAME_NAME = 60
"""Of 100: a corrected or shortened name passes, the name of another row does not."""
_WORTH_PROPOSING = 65
_MOST_PROPOSALS = 3
_SCORERS = ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, 0.9))
_MOST_SEARCHES = 200
"""A file full of strange names is a wrong file; nobody confirms a thousand rows one by one."""


def words_of(name: str, place: str | None) -> str:
    """What a row says of its offer, to compare and to remember by."""
    return told_apart(f"{name} {place or ''}")


class OwnOffers:
    """Everything the provider has, to look a row up in."""

    def __init__(self, offers: Iterable[OwnOffer], remembered: Mapping[str, int] | None = None) -> None:
        """`remembered`: the offer that a human said was meant, by `words_of` the row."""
        self.by_id = {offer.id: offer for offer in offers}
        self._remembered = remembered or {}
        self._by_name: dict[tuple[str, str], list[OwnOffer]] = defaultdict(list)
        self._searches = 0
        for offer in self.by_id.values():
            for place in {told_apart(offer.place), ""}:
                self._by_name[told_apart(offer.name), place].append(offer)

    def given(self, offer_id: int) -> Found:
        """What a human said that a row means."""
        offer = self.by_id.get(offer_id)
        return Found(offer, By.GIVEN) if offer else Found(fault=Fault("/offerId", UNKNOWN_ID, "unknown-offer"))

    def meant(self, offer_id: int | None, name: str | None, place: str | None) -> Found:
        """What the row says of its offer, looked up."""
        if offer_id is not None:
            return self._by_number(offer_id, told_apart(name or ""), told_apart(place or ""))
        if not name:
            return Found(fault=Fault("/offerId", NO_OFFER, "no-offer"))
        same = self._called(name, place)
        if len(same) == 1:
            return Found(same[0], By.NAME)
        if known := self.by_id.get(self._remembered.get(words_of(name, place), 0)):
            return Found(known, By.REMEMBERED)
        if same:
            twins = tuple(Likeness(offer, 100) for offer in same)
            return Found(fault=Fault("/offerId", AMBIGUOUS, "ambiguous-offer"), proposals=twins)
        return self._proposed(words_of(name, place))

    def _called(self, name: str, place: str | None) -> list[OwnOffer]:
        """Those of the name and place; of several, the one that is written just so."""
        same = self._by_name.get((told_apart(name), told_apart(place or "")), [])
        written_so = [offer for offer in same if offer.name == name]
        return written_so if len(written_so) == 1 else same

    def _by_number(self, offer_id: int, name: str, place: str) -> Found:
        offer = self.by_id.get(offer_id)
        if offer is None:
            return Found(fault=Fault("/offerId", UNKNOWN_ID, "unknown-offer"))
        if self._is_anothers(name, told_apart(offer.name)) or self._is_elsewhere(place, told_apart(offer.place)):
            called = OTHER_NAME.format(name=offer.name, place=offer.place)
            return Found(fault=Fault("/offerId", called, "other-name"))
        return Found(offer, By.NUMBER)

    def _is_anothers(self, name: str, own: str) -> bool:
        """Whether a row's number and name belong to two offers: what sorting one column alone does."""
        if name in {"", own}:
            return False
        return (name, "") in self._by_name or fuzz.WRatio(name, own) < _SAME_NAME

    def _is_elsewhere(self, place: str, own: str) -> bool:
        """The same of its place: a place may be written otherwise, but not be that of another offer."""
        return place not in {"", own} and place in self._places

    @cached_property
    def _places(self) -> set[str]:
        return {told_apart(offer.place) for offer in self.by_id.values()}

    @cached_property
    def _names(self) -> dict[int, str]:
        return {offer.id: words_of(offer.name, offer.place) for offer in self.by_id.values()}

    def _proposed(self, name: str) -> Found:
        self._searches += 1
        proposals = self._nearest(name) if self._searches <= _MOST_SEARCHES else ()
        if not proposals:
            return Found(fault=Fault("/offerId", NO_SUCH_OFFER, "unknown-offer"))
        best = proposals[0].offer
        asked = DO_YOU_MEAN.format(name=best.name, place=best.place)
        return Found(fault=Fault("/offerId", asked, "offer-unconfirmed"), proposals=proposals)

    def _nearest(self, name: str) -> tuple[Likeness, ...]:
        """The likeliest first. A short name may be part of a long one; the whole name counts more."""
        scores: dict[int, float] = {}
        for scorer, weight in _SCORERS:
            cutoff = _WORTH_PROPOSING / weight
            found = process.extract(name, self._names, scorer=scorer, limit=_MOST_PROPOSALS, score_cutoff=cutoff)
            for _, score, offer_id in found:
                scores[offer_id] = max(scores.get(offer_id, 0), weight * score)
        likeliest = sorted(scores, key=lambda offer_id: -scores[offer_id])[:_MOST_PROPOSALS]
        return tuple(Likeness(self.by_id[offer_id], round(scores[offer_id])) for offer_id in likeliest)


def template_rows(offers: Iterable[OwnOffer]) -> Iterator[Mapping[str, Any]]:
    """Per offer what holds now, by the fields of the template."""
    for offer in offers:
        yield {**offer.figures, "offer_id": offer.id, "name": offer.name, "place": offer.place, "etag": offer.version}
