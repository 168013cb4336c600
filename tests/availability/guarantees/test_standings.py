"""Whether it is there, in each municipality, and since when not: out of what was said and agreed on each day."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.cases.tables import CareRequest
from availability.geography.atlas import load_atlas
from availability.guarantees.standing import LOOKS_BACK, Share, kept_share, kept_shares
from availability.guarantees.telling import tell_turns
from availability.referrals.tables import PlaceOption
from availability.vocabulary.lexicon import load_lexicon
from tests.availability.builders import ARNHEM, a_general_provision, a_location
from tests.availability.guarantees.builders import REGION, TODAY, a_family_home, ago, at_noon, state
from tests.availability.guarantees.conftest import Chair

RHEDEN = "GM0275"


def test_a_promise_is_kept_everywhere_when_one_place_is_within_reach(chair: Chair, session: Session) -> None:
    a_family_home(session, (50, 1), (12, 1))
    chair.promise()
    (found,) = chair.standings()
    assert (found["verdict"], found["since"]) == ("kept", ago(12).isoformat())
    assert found["sentence"] == "Overal aanwezig sinds 8 november 2026."
    assert len(found["municipalities"]) > 5
    assert {each["verdict"] for each in found["municipalities"]} == {"kept"}
    assert found["municipalities"][0]["soonestStart"] == ago(-14).isoformat()


def test_where_it_is_not_there_comes_first_with_why_and_since_when(chair: Chair, session: Session) -> None:
    a_family_home(session, (60, 1), (35, 1), (20, 0))
    a_family_home(session, (10, 2), areas=(RHEDEN,))
    chair.promise()
    (found,) = chair.standings()
    first, last = found["municipalities"][0], found["municipalities"][-1]
    assert found["verdict"] == first["verdict"] == "not-kept"
    assert (first["why"], first["since"], first["certainty"]) == ("all-full", ago(20).isoformat(), "certain")
    assert first["sentence"] == "Ontbreekt sinds 31 oktober 2026: er is geen plek vrij."
    assert (last["municipality"]["code"], last["verdict"], last["places"]) == (RHEDEN, "kept", 2)


def test_the_worst_promise_comes_first_and_of_those_the_longest(chair: Chair, session: Session) -> None:
    a_family_home(session, (3, 1))
    chair.promise()
    chair.promise(places=2)
    chair.promise(careType="kdc")
    assert [(each["guarantee"]["name"], each["verdict"], each["since"]) for each in chair.standings()] == [
        ("Kinderdagcentrum (KDC)", "not-kept", (TODAY - LOOKS_BACK).isoformat()),
        ("Gezinshuis", "not-kept", ago(3).isoformat()),
        ("Gezinshuis", "kept", ago(3).isoformat()),
    ]


def test_an_old_statement_is_no_room_that_one_can_count_on(chair: Chair, session: Session) -> None:
    a_family_home(session, (31, 1))
    chair.promise()
    (found,) = chair.standings()
    assert (found["verdict"], found["since"]) == ("uncertain", TODAY.isoformat())
    assert found["municipalities"][0]["why"] == "old-statements"


def test_a_place_that_is_held_is_not_open_to_another(chair: Chair, session: Session) -> None:
    offer = a_family_home(session, (3, 1))
    chair.promise()
    assert chair.standings()[0]["verdict"] == "kept"
    held_for(session, offer)
    assert chair.standings()[0]["municipalities"][0].items() >= {"why": "all-full", "since": TODAY.isoformat()}.items()
    session.execute(text("UPDATE place_option SET ended_at = :now, ended_how = 'released'"), {"now": at_noon(TODAY)})
    assert chair.standings()[0]["verdict"] == "kept"


def held_for(session: Session, offer: int) -> None:
    """A place that is kept for a child, from today until Monday."""
    case = CareRequest(
        id=uuid4(), reference="2026-1", organisation=ARNHEM, opened_by="test", municipality_code=ARNHEM, pc4="6811",
        birth_month="2012-05", care_type_codes=["gezinshuis"], needed_from=TODAY, need_codes=[],
        opened_at=at_noon(TODAY),
    )  # fmt: skip
    session.add(case)
    session.flush()
    session.add(
        PlaceOption(
            id=uuid4(),
            offer_id=offer,
            care_request_id=case.id,
            last_day=ago(-3),
            held_at=at_noon(TODAY),
            held_by="test",
        )
    )
    session.flush()


def test_what_a_contract_was_before_it_changed_held_until_then(chair: Chair, session: Session) -> None:
    a_family_home(session, (25, 1), contract={"number": "C-1", "valid_until": ago(-90)})
    row = session.execute(text("SELECT id, provider_agb FROM contract WHERE number = 'C-1'")).one()
    now = {
        "provider": row.provider_agb, "number": "C-1", "scope": "regional", "validFrom": "2020-01-01",
        "validUntil": None, "suspendedFrom": None, "suspendedUntil": None, "updateTermDays": 30, "answerTermDays": 5,
        "lines": [{"careType": "gezinshuis", "area": REGION}],
    }  # fmt: skip
    chair.promise()
    assert chair.standings()[0]["since"] == ago(25).isoformat()
    before = now | {"lines": [{"careType": "gezinshuis", "area": "JZ30"}]}
    session.execute(
        text("""
            INSERT INTO contract_change (contract_id, version, changed_at, changed_by, source, before, after)
            VALUES (:contract, 2, :at, 'test', 'form', CAST(:before AS jsonb), CAST(:after AS jsonb))
        """),
        {"contract": row.id, "at": at_noon(ago(7)), "before": orjson.dumps(before).decode(),
         "after": orjson.dumps(now).decode()},
    )  # fmt: skip
    (found,) = chair.standings()
    assert (found["verdict"], found["since"]) == ("kept", ago(7).isoformat())


def test_a_suspended_contract_gives_no_places(chair: Chair, session: Session) -> None:
    a_family_home(session, (25, 1), contract={"suspended_from": ago(9), "suspended_until": ago(-9)})
    chair.promise()
    first = chair.standings()[0]["municipalities"][0]
    assert (first["why"], first["since"]) == ("none-contracted", ago(9).isoformat())


def test_reach_is_seen_from_each_municipality(chair: Chair, session: Session) -> None:
    a_family_home(session, (3, 1))
    chair.promise(reach="municipality")
    by_code = {each["municipality"]["code"]: each for each in chair.standings()[0]["municipalities"]}
    assert by_code[ARNHEM]["verdict"] == "kept"
    assert (by_code[RHEDEN]["verdict"], by_code[RHEDEN]["why"]) == ("not-kept", "too-far")


@pytest.mark.parametrize(
    ("given", "why"),
    [({"travels_km": 100.0}, None), ({"travels_km": 1.0}, "too-far"), ({"setting": "online"}, None)],
)
def test_help_that_comes_to_the_family_is_there(
    chair: Chair, session: Session, given: dict[str, object], why: str | None
) -> None:
    a_family_home(session, (3, 1), **given)
    chair.promise(reach="municipality", maxKm=1)
    by_code = {each["municipality"]["code"]: each for each in chair.standings()[0]["municipalities"]}
    assert by_code[RHEDEN]["why"] == why


@pytest.mark.parametrize(("reach", "verdict"), [("region", "not-kept"), ("neighbours", "kept"), ("country", "kept")])
def test_a_place_next_door_counts_when_that_was_promised(
    chair: Chair, session: Session, reach: str, verdict: str
) -> None:
    location = a_location(session, municipality_code="GM0268", lon=5.85, lat=51.84)  # Nijmegen
    a_family_home(session, (3, 1), location=location)
    chair.promise(reach=reach)
    assert chair.standings()[0]["verdict"] == verdict


def test_a_general_provision_needs_no_contract(chair: Chair, session: Session) -> None:
    offer = a_general_provision(session, (ARNHEM,), care_type_code="jongerenwerk")
    state(session, offer, ago(3))
    chair.promise(careType="jongerenwerk")
    by_code = {each["municipality"]["code"]: each["verdict"] for each in chair.standings()[0]["municipalities"]}
    assert (by_code[ARNHEM], by_code[RHEDEN]) == ("kept", "not-kept")


def test_an_earlier_day_is_seen_as_it_stood_then(chair: Chair, session: Session) -> None:
    offer = a_family_home(session, (3, 1))
    promised_since(session, ago(10))
    assert chair.standings(f"?on={ago(4)}")[0]["verdict"] == "uncertain"
    assert chair.standings(f"?on={ago(3)}")[0]["verdict"] == "kept"
    state(session, offer, TODAY, open_places=0)
    assert chair.standings(f"?on={ago(3)}")[0]["verdict"] == "kept"
    assert chair.standings(f"?on={ago(11)}") == []
    assert chair.send("GET", f"{REGION}/guarantee-standings?on={ago(-1)}").status_code == 400
    assert chair.send("GET", f"{REGION}/guarantee-standings?on=gisteren").status_code == 400


def promised_since(session: Session, first: object, version: int = 1, places: int = 1, *, ended: bool = False) -> None:
    session.execute(
        text("""
            INSERT INTO guarantee_version (guarantee_id, version, region_code, care_type_code, reach, places,
                valid_from, ended, stated_by)
            VALUES ('b3d0d3a8-6d8e-4a51-9a0e-1f6f6f8f7c11', :version, :region, 'gezinshuis', 'region', :places,
                :first, :ended, 'test')
        """),
        {"version": version, "region": REGION, "places": places, "first": first, "ended": ended},
    )


def test_the_share_that_was_kept_follows_every_version(session: Session) -> None:
    a_family_home(session, (20, 1))
    atlas, lexicon = load_atlas(session), load_lexicon(session)
    period = (ago(29), ago(0))
    assert kept_share(session, REGION, period, atlas, lexicon) == Share(0, 0)
    promised_since(session, ago(25))
    assert kept_share(session, REGION, period, atlas, lexicon) == Share(21, 26)
    assert kept_shares(session, period, atlas, lexicon) == {REGION: Share(21, 26)}
    assert kept_shares(session, (ago(60), ago(40)), atlas, lexicon) == {}
    promised_since(session, ago(10), 2, places=2)  # from then on one place is too few
    assert kept_share(session, REGION, period, atlas, lexicon) == Share(10, 26)
    promised_since(session, ago(5), 3, ended=True)
    assert kept_share(session, REGION, period, atlas, lexicon) == Share(10, 20)
    before = (ago(30) - timedelta(days=60), ago(30))
    assert kept_share(session, REGION, before, atlas, lexicon) == Share(0, 0)


def test_a_region_that_is_no_more_keeps_nothing_and_stops_nobody(chair: Chair, session: Session) -> None:
    promised_since(session, ago(25))
    app = chair.client.app
    assert isinstance(app, FastAPI)
    atlas, lexicon = app.state.atlas, load_lexicon(session)
    dissolved = replace(atlas, memberships={})
    app.state.atlas = dissolved
    try:
        assert chair.standings() == []
    finally:
        app.state.atlas = atlas
    tell_turns(session, TODAY, dissolved, lexicon)
    assert session.execute(text("SELECT count(*) FROM notice")).scalar_one() == 0
    assert kept_shares(session, (ago(29), TODAY), dissolved, lexicon) == {}
