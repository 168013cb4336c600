"""Telling a region when a promise begins not to be kept, and when it is kept again: each turn once.

Once a day, by how things stand when it begins: what turns twice within a day is no news. What is uncertain is no turn,
nor is it one that a new promise is kept from the start.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from availability.access.identity import Role
from availability.clockwork.queries import begin_day
from availability.clockwork.surroundings import Surroundings
from availability.geography.atlas import Atlas
from availability.guarantees import queries
from availability.guarantees.standing import Stands, name_of, standings
from availability.outbox.telling import Notice, Value, tell
from availability.vocabulary.lexicon import Lexicon
from matcher.guarantees import Verdict

WHO = {Role.RET_CHAIR: "tekorten", Role.CONTRACT_MANAGER: "tekorten"}
"""Who hears it, and on which page they see more."""


def tell_of_guarantees(surroundings: Surroundings) -> None:
    """Once a day, every promise that turned since it was told last."""
    today = surroundings.today()
    with surroundings.sessions.begin() as session:
        if begin_day(session, "guarantees", today, trusted=surroundings.settings.today is not None):
            tell_turns(session, today, *surroundings.reference())


def tell_turns(session: Session, today: date, atlas: Atlas, lexicon: Lexicon) -> None:
    for region in queries.promising(session, today):
        for stands in standings(session, region, today, atlas, lexicon):
            verdict, since, _ = stands.judged.spell()
            if (turned := _turned(session, stands, verdict, today)) is not None:
                values: dict[str, Value] = {
                    "care_type": name_of(stands.row, lexicon),
                    "region": atlas.regions[region],
                    "on": since,
                }
                _tell(session, region, NOTICES[verdict], f"{stands.row.guarantee_id}:{turned}", values)


NOTICES = {Verdict.NOT_KEPT: Notice.GUARANTEE_NOT_KEPT, Verdict.KEPT: Notice.GUARANTEE_KEPT}


def _turned(session: Session, stands: Stands, verdict: Verdict, today: date) -> int | None:
    """How often it turned by now, if that is news; noted, so that it is news once."""
    if verdict not in NOTICES:
        return None
    kept = verdict is Verdict.KEPT
    turned = queries.turn(session, stands.row.guarantee_id, today, kept=kept)
    return None if turned == 0 and kept else turned


def _tell(session: Session, region: str, notice: Notice, key: str, values: Mapping[str, Value]) -> None:
    for role, page in WHO.items():
        tell(session, notice, organisation=region, role=role, key=key, link=page, values=values)
