"""Which of a provider's offers a row means: by id, else by exact name and place, or as a human said before. What is
only alike is proposed to a human, never assumed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from availability.intake.columns import plain
from availability.refusals import Fault


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """An offer of the provider, with what holds of it now."""

    id: int
    name: str
    place: str
    version: int | None
    """The id of its current statement; None: never stated."""
    figures: Mapping[str, Any]
    """By the names of `FIGURES`; empty when never stated."""


@dataclass(frozen=True, slots=True)
class Likeness:
    offer: OwnOffer
    percent: int


@dataclass(frozen=True, slots=True)
class Found:
    """The offer that is meant, or why it is not known and which it might be."""

    offer: OwnOffer | None = None
    fault: Fault | None = None
    proposals: tuple[Likeness, ...] = ()


UNKNOWN_ID = "Dit nummer is niet van uw aanbod. Neem het over uit het sjabloon."
OTHER_NAME = "Dit nummer hoort bij een ander aanbod: {name}. Zijn de rijen verschoven?"
NO_OFFER = "Vul een aanbod-id in. Anders weten wij niet om welk aanbod het gaat."
NO_SUCH_OFFER = "Dit aanbod staat niet op uw naam. Neem het aanbod-id over uit het sjabloon."
AMBIGUOUS = "U heeft meer dan één aanbod met deze naam. Vul het aanbod-id in."
DO_YOU_MEAN = "Bedoelt u {name} in {place}? Bevestig dat, of vul het aanbod-id in."

_SAME_NAME = 60
"""Of 100: a corrected or shortened name passes, the name of another row does not."""
_WORTH_PROPOSING = 65
_MOST_SEARCHES = 200
"""A file full of strange names is a wrong file; nobody confirms a thousand rows one by one."""


def words_of(name: str, place: str | None) -> str:
    """What a row says of its offer, to compare and to remember by."""
    return plain(f"{name} {place or ''}")


class OwnOffers:
    """Everything the provider has, to look a row up in."""

    def __init__(self, offers: Iterable[OwnOffer], remembered: Mapping[str, int] | None = None) -> None:
        """`remembered`: the offer that a human said was meant, by `words_of` the row."""
        self.by_id = {offer.id: offer for offer in offers}
        self._remembered = remembered or {}
        self._by_name: dict[tuple[str, str], list[OwnOffer]] = defaultdict(list)
        self._searches = 0
        for offer in self.by_id.values():
            for place in (offer.place, ""):
                self._by_name[plain(offer.name), plain(place)].append(offer)

    def meant(self, offer_id: int | None, name: str | None, place: str | None) -> Found:
        """What the row says of its offer, looked up."""
        if offer_id is not None:
            return self._by_number(offer_id, plain(name or ""))
        if not name:
            return Found(fault=Fault("/offerId", NO_OFFER, "no-offer"))
        same = self._by_name.get((plain(name), plain(place or "")), [])
        if len(same) == 1:
            return Found(same[0])
        if known := self.by_id.get(self._remembered.get(words_of(name, place), 0)):
            return Found(known)
        if same:
            near = tuple(Likeness(offer, 100) for offer in same[:3])
            return Found(fault=Fault("/offerId", AMBIGUOUS, "ambiguous-offer"), proposals=near)
        return self._proposed(words_of(name, place))

    def _by_number(self, offer_id: int, name: str) -> Found:
        offer = self.by_id.get(offer_id)
        if offer is None:
            return Found(fault=Fault("/offerId", UNKNOWN_ID, "unknown-offer"))
        if self._is_anothers(name, plain(offer.name)):
            return Found(fault=Fault("/offerId", OTHER_NAME.format(name=offer.name), "other-name"))
        return Found(offer)

    def _is_anothers(self, name: str, own: str) -> bool:
        """Whether a row's number and name belong to two offers: what sorting one column alone does."""
        if name in {"", own}:
            return False
        return (name, "") in self._by_name or fuzz.WRatio(name, own) < _SAME_NAME

    @cached_property
    def _names(self) -> dict[int, str]:
        return {offer.id: plain(f"{offer.name} {offer.place}") for offer in self.by_id.values()}

    def _proposed(self, name: str) -> Found:
        self._searches += 1
        near = (
            process.extract(name, self._names, scorer=fuzz.token_sort_ratio, limit=3, score_cutoff=_WORTH_PROPOSING)
            if self._searches <= _MOST_SEARCHES
            else []
        )
        proposals = tuple(Likeness(self.by_id[offer_id], round(score)) for _, score, offer_id in near)
        if not proposals:
            return Found(fault=Fault("/offerId", NO_SUCH_OFFER, "unknown-offer"))
        best = proposals[0].offer
        asked = DO_YOU_MEAN.format(name=best.name, place=best.place)
        return Found(fault=Fault("/offerId", asked, "offer-unconfirmed"), proposals=proposals)


def template_rows(offers: Iterable[OwnOffer]) -> Iterator[Mapping[str, Any]]:
    """Per offer what holds now, by the fields of the template."""
    for offer in offers:
        yield {**offer.figures, "offer_id": offer.id, "name": offer.name, "place": offer.place, "etag": offer.version}
