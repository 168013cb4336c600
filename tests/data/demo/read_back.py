"""Rows of the demo world as the matcher reads them: the facts of a case, and what happened to it."""

import json
from collections.abc import Hashable, Mapping
from typing import Any

from matcher.case_events import CaseFacts, Event, EventKind, Route, WorkerRole
from matcher.question import Month


def facts_of(case: Mapping[Hashable, Any]) -> CaseFacts:
    own = case["organisation"] == case["municipality_code"]
    return CaseFacts(
        opened=case["opened_at"].date(),
        worker_role=WorkerRole.LOCAL_TEAM if own else WorkerRole.YOUTH_PROTECTION,
        organisation=case["organisation"],
        municipality=case["municipality_code"],
        region="JZ28",
        route=Route.PROVIDER if case["municipality_code"] == "GM0299" else Route.ACCESS,
        birth_month=Month.parse(case["birth_month"]),
        needed_from=case["needed_from"].date(),
    )


def event_of(row: Mapping[Hashable, Any]) -> Event:
    return Event(
        id=row["id"],
        kind=EventKind(row["kind"]),
        occurred=row["occurred_on"].date(),
        recorded=row["recorded_at"],
        party=row["party"],
        referral=row["referral_id"],
        values=json.loads(row["values"]),
    )
