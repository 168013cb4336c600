"""A small world of which five quarters were published: three regions, six care types, and children who waited."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.geography.atlas import Atlas, load_atlas
from availability.publication.periods import Quarter
from availability.publication.snapshot import publish
from availability.vocabulary.lexicon import Lexicon, load_lexicon
from matcher.case_events import EventKind as E
from tests.availability.builders import a_contract, a_provider, a_statement, an_offer
from tests.availability.publication.builders import a_case, happened

QUARTERS = (Quarter(2025, 3), Quarter(2025, 4), Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3))
TODAY = date(2026, 11, 23)
REGION = "JZ28"
REGIONS = {REGION: 5, "JZ32": 4, "JZ21": 3}
"""How many municipalities of each are there."""

KINDS = [*["gezinsbegeleiding"] * 6, *["traumabehandeling"] * 4, *["pleegzorg"] * 4, "gezinshuis", "logeeropvang"]
CARE_TYPES = (*dict.fromkeys(KINDS), "ambulante-behandeling")


def ground_of(session: Session) -> tuple[Atlas, Lexicon]:
    """The part of the map and of the words that this world knows."""
    atlas, lexicon = load_atlas(session), load_lexicon(session)
    towns = {
        region: [code for code in atlas.municipalities if atlas.region_of(code, TODAY) == region] for region in REGIONS
    }
    known = [code for region, many in REGIONS.items() for code in sorted(towns[region])[:many]]
    return (
        replace(atlas, municipalities={code: atlas.municipalities[code] for code in known}),
        replace(lexicon, care_types={code: lexicon.care_types[code] for code in CARE_TYPES}),
    )


def fill(session: Session) -> None:
    """Nine hundred children: much of a few care types, one or two of others. For many a youth-protection worker asked
    the local team for a talk; some were helped, in time or not."""
    chance = random.Random(4)
    towns = list(ground_of(session)[0].municipalities)
    for number in range(900):
        opened = date(2025, 6, 1) + timedelta(days=chance.randint(0, 450))
        (town,) = chance.choices(towns, range(1, 1 + len(towns)))
        _one_child(session, chance, number, opened, town)
    offer = an_offer(session, provider := a_provider(session))
    a_contract(session, provider, (REGION,))
    a_statement(session, offer, stated_at=datetime(2026, 6, 20, tzinfo=UTC))


def _one_child(session: Session, chance: random.Random, number: int, opened: date, town: str) -> None:
    own: dict[str, Any] = {"organisation": town} if number % 3 == 0 else {}
    helped = number % 2 == 1
    case = a_case(
        session,
        opened,
        care_type_codes=[chance.choice(KINDS)],
        municipality_code=town,
        needed_from=opened + timedelta(days=chance.randint(0, 60)),
        status="started" if helped else "open",
        **own,
    )
    if not own and number % 5:
        happened(session, case, E.TALKED_WITH_LOCAL_TEAM, opened + timedelta(days=chance.randint(1, 40)))
    if helped:
        happened(session, case, E.STARTED, opened + timedelta(days=chance.randint(5, 90)))


def publish_all(session: Session) -> None:
    atlas, lexicon = ground_of(session)
    for quarter in QUARTERS:
        publish(session, quarter, atlas, lexicon, TODAY)


def items(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    """The figures that the service tells."""
    answer = client.get(f"/waiting-times{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found
