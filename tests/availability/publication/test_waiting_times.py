"""What everybody may see: frozen quarters, small numbers hidden wherever one looks, and no way to work them out."""

import contextlib
import csv
import io
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from availability.app import create_app
from availability.cases.tables import CareRequest
from availability.geography.atlas import Atlas, load_atlas
from availability.publication import queries
from availability.publication.ground import Ground
from availability.publication.periods import Quarter
from availability.publication.snapshot import _People, publish
from availability.refusals import Conflict
from availability.vocabulary.lexicon import Lexicon, load_lexicon
from matcher.suppression import SMALLEST_SHOWN, Table, summed
from tests.availability.board.living import committing
from tests.availability.builders import ARNHEM, a_contract, a_provider, a_statement, an_offer
from tests.conftest import copied_database, demo_settings, started
from tests.matcher.attacker import Published, attack
from tests.matcher.test_suppression import narrow

pytestmark = pytest.mark.slow

QUARTERS = (Quarter(2026, 2), Quarter(2026, 3))
TODAY = date(2026, 11, 23)
REGION = "JZ28"


def a_request(session: Session, care_type: str, municipality: str, opened: date) -> None:
    values = {
        "reference": "2026-0001",
        "organisation": municipality,
        "opened_by": "test",
        "opened_at": datetime(opened.year, opened.month, opened.day, 9, tzinfo=UTC),
        "municipality_code": municipality,
        "pc4": "6811",
        "birth_month": "2013-05",
        "care_type_codes": [care_type],
        "needed_from": opened,
    }
    session.execute(insert(CareRequest).values(**values))


def asked(session: Session, atlas: Atlas) -> None:
    """A hundred and sixty children in three regions: much of a few care types, one or two of others."""
    chance = random.Random(4)
    members = [code for code in atlas.municipalities if atlas.region_of(code, TODAY) in {"JZ28", "JZ32", "JZ21"}]
    kinds = ["gezinsbegeleiding"] * 6 + ["traumabehandeling"] * 3 + ["gezinshuis", "pleegzorg", "logeeropvang"]
    for _ in range(160):
        opened = date(2026, 5, 1) + timedelta(days=chance.randint(0, 120))
        a_request(session, chance.choice(kinds), chance.choice(members[:12]), opened)


@pytest.fixture(scope="module")
def url(server_url: str, template: str) -> Iterator[str]:
    """Two quarters, published."""
    with copied_database(server_url, template, "published") as url:
        with committing(url) as session:
            asked(session, load_atlas(session))
            offer = an_offer(session, provider := a_provider(session))
            a_contract(session, provider, (REGION,))
            a_statement(session, offer, stated_at=datetime(2026, 6, 20, tzinfo=UTC))
        with committing(url) as session:
            for quarter in QUARTERS:
                publish(session, quarter, load_atlas(session), load_lexicon(session), TODAY)
        yield url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[TestClient]:
    with started(create_app(demo_settings(url))) as client:
        yield client


@pytest.fixture
def session(url: str) -> Iterator[Session]:
    """What is done here is undone."""
    with contextlib.suppress(Undone), committing(url) as session:
        yield session
        raise Undone


class Undone(Exception):
    """Rolls a transaction back."""


@pytest.fixture
def atlas(session: Session) -> Atlas:
    return load_atlas(session)


@pytest.fixture
def lexicon(session: Session) -> Lexicon:
    return load_lexicon(session)


def items(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/waiting-times{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def the_table(session: Session, ground: Ground, quarter: Quarter) -> Table:
    """The true counts, that nobody outside may know."""
    people = _People(ground, queries.waiting(session, quarter.last_day))
    return summed(people.counts(), ground.lattice)


def seen_in(client: TestClient, ground: Ground, quarter: Quarter, true: Table) -> Table:
    """Which cells the public answer shows; what it shows is true."""
    told = {
        (each["area"]["code"], each["kind"]["level"], each["kind"]["code"]): each["waiting"]
        for each in items(client, f"?period={quarter}")
    }
    levels = {}
    for level, cells in ground.cells().items():
        counts = getattr(true, level)
        shown = np.array([told[cell] is not None for cell in cells])
        assert all(told[cell] in (None, int(value)) for cell, value in zip(cells, counts.ravel(), strict=True))
        levels[level] = shown.reshape(counts.shape)
    return Table(**levels)


def test_anybody_may_ask_and_the_newest_quarter_answers(client: TestClient) -> None:
    answer = client.get("/waiting-times").json()

    assert answer["period"]["code"] == "2026-Q3"
    assert answer["version"] == 1
    assert "onder de vijf" in answer["smallNumbers"]
    assert [each["code"] for each in client.get("/waiting-times/periods").json()["items"]] == ["2026-Q3", "2026-Q2"]


def test_a_filter_shows_less_and_never_more(client: TestClient) -> None:
    everything = {(each["area"]["code"], each["kind"]["code"]): each for each in items(client)}
    some = items(client, f"?area={REGION}&careType=gezinsbegeleiding")

    assert [(each["area"]["code"], each["kind"]["code"]) for each in some] == [(REGION, "gezinsbegeleiding")]
    assert some[0] == everything[REGION, "gezinsbegeleiding"]


def test_no_number_below_five_is_ever_told(client: TestClient) -> None:
    for quarter in QUARTERS:
        for each in items(client, f"?period={quarter}"):
            assert each["waiting"] is None or each["waiting"] >= SMALLEST_SHOWN
            assert (each["waiting"] is None) == (each["waitedDays"] is None)


def test_the_open_data_says_exactly_the_same(client: TestClient) -> None:
    answer = client.get("/waiting-times/export?period=2026-Q2")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    told = {
        (each["area"]["code"], each["kind"]["level"], each["kind"]["code"]): each
        for each in items(client, "?period=2026-Q2")
    }

    assert answer.headers["content-type"].startswith("text/csv")
    assert len(rows) == len(told)
    for row in rows:
        same = told[row["area_code"], row["kind_level"], row["kind"]]
        assert row["waiting"] == ("" if same["waiting"] is None else str(same["waiting"]))
        assert row["waiting_hidden"] == str(same["waiting"] is None).lower()


def test_no_attacker_works_out_what_is_hidden(
    client: TestClient, session: Session, atlas: Atlas, lexicon: Lexicon
) -> None:
    """From every figure of every quarter that the service tells; a sample of the many hidden cells."""
    ground = Ground.of(atlas, lexicon, QUARTERS[0].last_day)
    for quarter in QUARTERS:
        true = the_table(session, ground, quarter)
        shown = seen_in(client, ground, quarter, true)
        small = np.flatnonzero((true.region_care_type > 0) & ~shown.region_care_type)
        before = sum(
            (~getattr(shown, level)).sum()
            for level in ("country", "country_family", "country_care_type", "region", "region_family")
        )
        hidden = np.flatnonzero(~shown.region_care_type.ravel())
        chosen = [int(before + np.searchsorted(hidden, cell)) for cell in small[:4]]

        found = list(attack(ground.lattice, [Published((0,), true, shown)], chosen))

        assert found
        assert not any(map(narrow, found))


def test_the_providers_waits_stand_beside_and_say_how_old_they_are(client: TestClient) -> None:
    (homes,) = items(client, f"?period=2026-Q2&area={REGION}&careType=gezinshuis")

    assert (homes["offers"], homes["statedWaitDays"], homes["certainty"]) == (1, 42, "certain")
    assert homes["text"] == "Hulp start meestal binnen zes weken. De opgaven zijn nieuw."


def test_what_was_published_never_changes(session: Session, client: TestClient, atlas: Atlas, lexicon: Lexicon) -> None:
    before = items(client)
    a_request(session, "gezinsbegeleiding", ARNHEM, date(2026, 7, 1))

    with pytest.raises(Conflict, match="al gepubliceerd"):
        publish(session, QUARTERS[1], atlas, lexicon, TODAY)
    assert items(client) == before
    with pytest.raises(DBAPIError, match="never changed"), session.begin_nested():
        session.execute(text("UPDATE published_figure SET offers = 0"))


def test_a_quarter_that_is_not_over_cannot_be_published(session: Session, atlas: Atlas, lexicon: Lexicon) -> None:
    with pytest.raises(Conflict, match="nog niet voorbij"):
        publish(session, Quarter(2026, 4), atlas, lexicon, TODAY)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?period=2020-Q1", 404),
        ("?period=2026-Q5", 400),
        ("?area=Arnhem", 400),
        ("?careType=Gezin%20huis", 400),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/waiting-times{query}").status_code == status
    assert client.get(f"/waiting-times/export{query}").status_code == status
