"""Recording what somebody tells over HTTP: judged, completed and appended, once."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.cases import event_queries, history
from availability.cases.arrangements import NO_REGION, has_broker
from availability.cases.event_forms import NewEvent
from availability.geography.atlas import Atlas
from availability.idempotency import Retry, wait_for_twin
from availability.refusals import Conflict, Fault, Invalid, NotAllowed
from availability.vocabulary.lexicon import Lexicon
from matcher.case_events import EventKind, Value


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells what of which case, and what is known around it."""

    session: Session
    caller: Identity
    case: UUID
    atlas: Atlas
    lexicon: Lexicon
    today: date
    owner: bool = False
    """Whether it is her own case."""


class NotYours(NotAllowed):
    """A party tells its own part."""

    def __init__(self) -> None:
        super().__init__("Dit legt een ander vast in deze casus. Vraag het de medewerker van de casus.")


class NoBroker(Conflict):
    """The region did not switch on a care broker."""

    code = "no-care-broker"

    def __init__(self) -> None:
        super().__init__("Deze regio heeft geen zorgbemiddelaar.")


def record_event(
    telling: Telling, event: NewEvent, tells: Container[EventKind], retry: Retry, *, referral: UUID | None = None
) -> int:
    """The id of the event; of one that was recorded with this key before, the id it has.

    `referral` is the one that a provider tells of.
    """
    if event.kind not in tells:
        raise NotYours
    wait_for_twin(telling.session, telling.caller, retry)
    before = event_queries.recorded_with(telling.session, telling.caller, telling.case, retry)
    if before is not None:
        return before
    _must_be_known(telling, event)
    complete = COMPLETED.get(event.kind)
    more = complete(telling, event) if complete else {}
    made = history.append(
        telling.session,
        telling.caller,
        telling.case,
        event.kind,
        event.occurred_on,
        party=telling.caller.organisation if referral else event.about("party"),
        referral=referral or event.about("referral"),
        refers_to=event.about("refers_to"),
        on_behalf_of=event.on_behalf_of,
        values={**event.said(), **more},
        notes=event.noted(),
        retry=retry,
        today=telling.today,
    )
    return made.id


def _must_be_known(telling: Telling, event: NewEvent) -> None:
    """Raises Invalid with every code that is not known, or not of this case."""
    party, referral = event.about("party"), event.about("referral")
    values = event.said()
    known = {
        "/party": party is None or event_queries.is_provider(telling.session, party),
        "/referral": referral is None or event_queries.is_of_case(telling.session, telling.case, referral),
        "/values/careType": _is_known(values, "careType", telling.lexicon.care_type),
        "/values/municipality": _is_known(values, "municipality", telling.atlas.municipality),
    }
    faults = tuple(Fault(pointer, UNKNOWN[pointer], "unknown") for pointer, is_known in known.items() if not is_known)
    if faults:
        raise Invalid("De invoer klopt niet.", faults)


UNKNOWN: Mapping[str, str] = {
    "/party": "Deze aanbieder kennen wij niet.",
    "/referral": "Deze aanmelding hoort niet bij deze casus.",
    "/values/careType": "Deze zorgvorm kennen wij niet.",
    "/values/municipality": "Deze gemeente kennen wij niet.",
}


def _is_known(values: Mapping[str, Value], name: str, find: Callable[[str], object]) -> bool:
    return name not in values or find(str(values[name])) is not None


def _with_region(telling: Telling, event: NewEvent) -> Mapping[str, Value]:
    return {"region": telling.atlas.region_of(str(event.said()["municipality"]), telling.today) or NO_REGION}


def _where_there_is_a_broker(telling: Telling, _: NewEvent) -> Mapping[str, Value]:
    region = history.state(telling.session, telling.case, telling.today).region
    if not has_broker(telling.session, region, telling.today):
        raise NoBroker
    return {}


def _of_her_own(telling: Telling, event: NewEvent) -> Mapping[str, Value]:
    """The worker corrects everything in her case; another desk what it recorded itself."""
    own = (telling.caller.organisation, telling.caller.role)
    desk = event_queries.recorded_by(telling.session, telling.case, event.about("refers_to"))
    if not telling.owner and desk not in {None, own}:
        raise NotYours
    return {}


COMPLETED: Mapping[EventKind, Callable[[Telling, NewEvent], Mapping[str, Value]]] = {
    EventKind.MUNICIPALITY_CHANGED: _with_region,
    EventKind.BROKER_ASKED: _where_there_is_a_broker,
    EventKind.CORRECTED: _of_her_own,
}
"""What we add to what was said, or ask before it is accepted."""
