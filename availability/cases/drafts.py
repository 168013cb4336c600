"""Drafts of the iJw messages of a case, filled in from its history, to be taken over by the sender's own system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from availability.cases.event_queries import History
from availability.cases.notices import FOUND, provider_of
from availability.refusals import Conflict
from availability.vocabulary.lexicon import Lexicon
from matcher.case_events import Event, EventKind
from matcher.case_forms import day_in
from matcher.case_history import history_of
from matcher.ijw import BROKEN, TO_FILL_IN, Content, Determination, MessageCode, broken_rules, draft_301, draft_315


class NobodyToSendTo(Conflict):
    """A message has a provider, and this case has none yet."""

    code = "no-provider-yet"

    def __init__(self) -> None:
        super().__init__("Er is nog geen aanbieder in deze casus. Verstuur eerst een aanmelding.")


class NoCategory(Conflict):
    """The care type is none that the standard knows."""

    code = "no-category"

    def __init__(self) -> None:
        super().__init__("Deze zorgvorm heeft geen iJw-productcategorie. Kies een andere in de bepaling.")


@dataclass(frozen=True, slots=True)
class Draft:
    content: Content
    to_fill_in: tuple[str, ...]
    warnings: tuple[str, ...]


def draft_of(code: MessageCode, case: Row[Any], history: History, lexicon: Lexicon) -> Draft:
    """The message as far as the case knows it. Raises Conflict when nobody was asked yet."""
    standing = history_of(*history)
    provider = _provider(standing.events)
    care = _determination(standing.events, case, lexicon)
    content = (
        draft_301(standing.municipality, provider, case.reference, care)
        if code is MessageCode.JW301
        else draft_315(history.facts, standing.municipality, provider, case.reference, care)
    )
    return Draft(content, TO_FILL_IN[code], tuple(BROKEN[rule] for rule in broken_rules(care)))


def _provider(events: Sequence[Event]) -> str:
    """The one that helps, else the one that was asked last."""
    asked = (*FOUND, EventKind.REFERRAL_SENT)
    latest = {event.kind: event for event in events if event.kind in asked}
    for kind in asked:
        if kind in latest and (found := latest[kind].party or provider_of(events, latest[kind].referral)):
            return found
    raise NobodyToSendTo


def _determination(events: Sequence[Event], case: Row[Any], lexicon: Lexicon) -> Determination:
    """What was determined last; a municipality or provider adds a product, and with it how much."""
    determined = next((event for event in reversed(events) if event.kind is EventKind.DETERMINED), None)
    said = determined.values if determined else {}
    word = lexicon.care_type(str(said.get("careType", case.care_type_codes[0])))
    if word is None or not word.product_categories:
        raise NoCategory
    return Determination(word.product_categories[0], _begins(events, determined, case), _day(determined, "until"))


def _begins(events: Sequence[Event], determined: Event | None, case: Row[Any]) -> date:
    """The agreed start, else the day determined, else when help is needed."""
    starts = [day for event in events if (day := day_in(event, "startDate"))]
    needed: date = case.needed_from
    return starts[-1] if starts else _day(determined, "from") or needed


def _day(event: Event | None, name: str) -> date | None:
    return day_in(event, name) if event else None
