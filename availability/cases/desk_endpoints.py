"""The desks beside the routes over HTTP, each for its own region or municipality; and the worryingly waiting."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.cases import event_queries
from availability.cases.desk_messages import CasePut, WorryinglyWaiting
from availability.cases.desks import put_to
from availability.cases.parties import membership
from availability.cases.party_queries import parties_among
from availability.cases.worrying import words_of, worrying_in
from availability.clock import Today
from availability.codes import MunicipalityCode, RegionCode
from availability.database import InTransaction
from availability.description import refuses
from availability.messages import Page

router = APIRouter(tags=["casussen"])

RegionalContact = Annotated[Identity, Depends(may(Action.SEE_REPORTS))]
Broker = Annotated[Identity, Depends(may(Action.ANSWER_BROKER))]
Official = Annotated[Identity, Depends(may(Action.DECIDE_QUESTION))]
Watcher = Annotated[Identity, Depends(may(Action.SEE_WORRYING))]
OnlyOpen = Annotated[bool, Query(alias="open", description="Alleen waar nog iets te doen is.")]


@router.get("/regions/{code}/reports", summary="Meldingen bij de regionale contactpersoon", responses=refuses(403))
def list_reports(
    *, code: RegionCode, caller: RegionalContact, session: InTransaction, today: Today, only_open: OnlyOpen = False
) -> Page[CasePut]:
    return _at_desk(session, caller, Action.SEE_REPORTS, code, today, only_open=only_open)


@router.get("/regions/{code}/broker-questions", summary="Vragen aan de zorgbemiddelaar", responses=refuses(403))
def list_broker_questions(
    *, code: RegionCode, caller: Broker, session: InTransaction, today: Today, only_open: OnlyOpen = False
) -> Page[CasePut]:
    return _at_desk(session, caller, Action.ANSWER_BROKER, code, today, only_open=only_open)


@router.get(
    "/municipalities/{code}/official-questions",
    summary="Vragen aan de aangewezen functionaris van een gemeente",
    responses=refuses(403),
)
def list_official_questions(
    *, code: MunicipalityCode, caller: Official, session: InTransaction, today: Today, only_open: OnlyOpen = False
) -> Page[CasePut]:
    return _at_desk(session, caller, Action.DECIDE_QUESTION, code, today, only_open=only_open)


def _at_desk(
    session: Session, caller: Identity, action: Action, organisation: str, today: date, *, only_open: bool
) -> Page[CasePut]:
    """What was put to the caller's own desk; another's is not the caller's to see."""
    require(caller, action, relation_to(caller, organisation))
    put = put_to(session, caller, today, only_open=only_open)
    events = event_queries.find_events(session, [each.event.id for each in put])
    record(session, caller, action.value, "care-request", *(str(each.case.id) for each in put))
    return Page(items=[CasePut.of(each, events[each.event.id], today) for each in put])


def relation_to(caller: Identity, organisation: str) -> Relation:
    return Relation.OWN if caller.organisation == organisation else Relation.ANY


@router.get(
    "/regions/{code}/worryingly-waiting",
    summary="Wie in een regio zorgelijk wacht, op de dag van de volgende beoordeling",
    responses=refuses(403),
)
def list_worryingly_waiting(
    *, code: RegionCode, caller: Watcher, session: InTransaction, today: Today
) -> Page[WorryinglyWaiting]:
    require(caller, Action.SEE_WORRYING, relation_to(caller, code))
    worries = worrying_in(session, code, today)
    words = words_of(session, worries)
    parties = parties_among(session, [each.case.id for each in worries], membership(caller, today))
    record(session, caller, "see-worrying", "care-request", *(str(each.case.id) for each in worries))
    return Page(items=[WorryinglyWaiting.of(each, words.get(each.said_in, {}), parties, today) for each in worries])
