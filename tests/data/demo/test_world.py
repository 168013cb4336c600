"""What holds in every world, and that it looks like the field."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from data.demo.chance import stream
from data.demo.demand import ask
from data.demo.ground import read_ground
from data.demo.plan import SEED, WORLDS
from data.demo.profiles import FORMS, PROFILES
from data.demo.providers import FORTY_OFFERS, SMALL_FAMILY_HOME
from data.demo.world import World, make_world
from tests.data.demo.judgement import Asked, PlainJudge, read_questions

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)


def a_world(name: str = "region", offers: int | None = None, seed: int = SEED, today: date = TODAY) -> World:
    return make_world(WORLDS[name].at(today, seed, offers))


@pytest.fixture(scope="module")
def region() -> World:
    return a_world()


@pytest.fixture(scope="module")
def national() -> World:
    """A tenth of its real size: the same shares, sooner made."""
    return a_world("national", 10_000)


@pytest.fixture(scope="module", params=["region", "national"])
def world(request: pytest.FixtureRequest, region: World, national: World) -> World:
    return {"region": region, "national": national}[request.param]


def newest(world: World) -> pd.DataFrame:
    """Each offer's current statement, with its wait and its age in days."""
    said = world.statements[world.statements.id.isin(world.current.statement_id)]
    care = world.offers.set_index("id").care_type_code
    return said.assign(
        wait=said.intake_wait_days + said.treatment_wait_days,
        age=(pd.Timestamp(TODAY, tz="UTC") - said.stated_at).dt.days,
        care_type_code=said.offer_id.map(care),
    )


def frames(world: World) -> dict[str, pd.DataFrame]:
    return {field.name: getattr(world, field.name) for field in fields(World) if field.name != "ground"}


# the same for the same seed and day


def test_the_same_seed_and_day_make_the_same_world(region: World) -> None:
    again = frames(a_world())
    for name, frame in frames(region).items():
        assert_frame_equal(frame, again[name])


def test_another_seed_makes_another_world(region: World) -> None:
    other = a_world(seed=SEED + 1)
    assert not region.providers.name.equals(other.providers.name)
    assert not region.offers.care_type_code.equals(other.offers.care_type_code)


def test_another_day_moves_the_dates_and_nothing_else(region: World) -> None:
    later = a_world(today=date(2026, 11, 24))
    assert_frame_equal(region.providers, later.providers)
    assert_frame_equal(region.locations, later.locations)
    assert later.statements.stated_at.max() > region.statements.stated_at.max()


# what holds in every world


def test_it_has_exactly_the_offers_asked_for(region: World, national: World) -> None:
    assert len(region.offers) == 1_500
    assert len(national.offers) == 10_000


@pytest.mark.parametrize("offers", [0, 1, 2, 3, 11, 42, 43, 60, 150])
@pytest.mark.parametrize("name", list(WORLDS))
def test_any_size_will_do(name: str, offers: int) -> None:
    world = a_world(name, offers)
    assert len(world.offers) == offers
    assert world.providers.offers.sum() == offers
    assert set(world.current.offer_id) <= set(world.offers.id)


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_any_day_will_do(today: date) -> None:
    world = a_world(offers=200, today=today)
    running = world.contracts[world.contracts.standing == "running"]
    assert (running.valid_from <= pd.Timestamp(today)).all()
    assert (running.valid_until >= pd.Timestamp(today)).all()
    soon = world.contracts[world.contracts.standing == "next quarter"]
    assert (soon.valid_from > pd.Timestamp(today)).all()
    assert (soon.valid_from.dt.day == 1).all()


def test_every_offer_has_a_location_of_its_own_provider(world: World) -> None:
    owner = world.locations.set_index("id").provider_agb
    assert (world.offers.location_id.map(owner) == world.offers.provider_agb).all()


def test_every_provider_has_offers_and_stands_somewhere(world: World) -> None:
    assert set(world.offers.provider_agb) == set(world.providers.agb_code)
    assert set(world.locations.provider_agb) == set(world.providers.agb_code)


def test_masks_never_contradict(world: World) -> None:
    offers = world.offers
    assert (offers.serves & offers.excludes == 0).all()
    assert (offers.only_for & ~offers.serves == 0).all()


def test_who_travels_comes_to_the_home_and_only_then(world: World) -> None:
    assert ((world.offers.setting == "home") == world.offers.travels_km.notna()).all()
    assert world.offers.travels_km.dropna().between(5, 400).all()


def test_settings_and_ages_are_those_of_the_care_type(world: World) -> None:
    of_care = world.offers.groupby("care_type_code")
    for code, profile in PROFILES.items():
        offers = of_care.get_group(code) if code in of_care.groups else world.offers.head(0)
        assert set(offers.setting) <= set(FORMS[profile.form].settings)
        assert set(zip(offers.age_from, offers.age_until, strict=True)) <= set(profile.ages)


def test_places_add_up(world: World) -> None:
    said = world.statements
    left = (said.total_places - said.occupied_places - said.reserved_places).clip(lower=0)
    assert (said.open_places <= left).all()
    assert (said[["open_places", "occupied_places", "reserved_places"]] >= 0).all(axis=None)
    assert (said.open_places[said.admission_stop] == 0).all()


def test_a_later_statement_has_a_higher_number_and_the_newest_is_current(world: World) -> None:
    assert world.statements.stated_at.is_monotonic_increasing
    latest = world.statements.groupby("offer_id").id.max()
    assert world.current.set_index("offer_id").statement_id.to_dict() == latest.to_dict()


def test_everything_was_said_before_today(world: World) -> None:
    assert (world.statements.stated_at < pd.Timestamp(TODAY, tz="UTC")).all()


def test_contracts_end_after_they_begin(world: World) -> None:
    contracts = world.contracts
    assert not (contracts.valid_until < contracts.valid_from).any()
    assert not (contracts.suspended_until < contracts.suspended_from).any()
    assert (contracts.suspended_from.notna() | contracts.suspended_until.isna()).all()
    assert not contracts.duplicated(["provider_agb", "number"]).any()
    assert not world.contract_lines.duplicated().any()


def test_general_provisions_need_an_area_and_no_contract(world: World) -> None:
    free = set(world.ground.care_types.code[world.ground.care_types.general])
    general = set(world.offers.id[world.offers.care_type_code.isin(free)])
    assert general == set(world.served_areas.offer_id)
    assert not free & set(world.contract_lines.care_type_code)


def test_locations_stand_within_half_a_kilometre_of_their_postcode(world: World) -> None:
    centres = read_ground(TODAY).postcodes.set_index("pc4").loc[world.locations.pc4]
    north = (world.locations.lat.to_numpy() - centres.lat.to_numpy()) * 111.2
    east = (world.locations.lon.to_numpy() - centres.lon.to_numpy()) * 111.2 * 0.615
    assert np.hypot(north, east).max() < 0.5


# visibly invented


def test_codes_are_well_formed_and_nobodys(world: World) -> None:
    codes = pd.concat([world.providers.agb_code, world.institutions.agb_code])
    assert codes.str.fullmatch("00[0-9]{6}").all()
    assert codes.is_unique


def test_addresses_cannot_exist(world: World) -> None:
    assert world.providers.website.str.fullmatch(r"https://www\.[a-z0-9-]+\.example").all()
    assert world.providers.email.str.fullmatch(r"aanmelding@[a-z0-9-]+\.example").all()


def test_names_differ(national: World) -> None:
    assert national.providers.name.is_unique


# it looks like the field


def test_most_providers_are_small_and_most_offers_belong_to_large_ones(world: World) -> None:
    sizes = world.providers.offers
    assert sizes.median() <= 2
    assert sizes.max() >= 40
    assert sizes[sizes >= 8].sum() > sizes.sum() / 2


def test_family_homes_have_a_few_places(world: World) -> None:
    homes = newest(world).query("care_type_code == 'gezinshuis'")
    assert homes.total_places.median() <= 4
    assert homes.total_places.max() <= 6


def test_there_are_contracts_of_every_width_and_date(world: World) -> None:
    contracts = world.contracts
    today = pd.Timestamp(TODAY)
    assert set(contracts.scope) == {"local", "regional", "supraregional", "national"}
    assert (contracts.valid_until < today).any()
    assert (contracts.valid_from > today).any()
    assert contracts.valid_until.isna().any()
    assert (contracts.suspended_from <= today).any()
    assert set(contracts.update_term_days) == {14, 30, 60}
    assert set(contracts.answer_term_days) == {1, 2, 3, 4, 5}


def test_some_offers_are_not_published_and_some_have_no_statement(world: World) -> None:
    today = pd.Timestamp(TODAY)
    hidden = (world.offers.published_from > today) | (world.offers.published_until < today)
    assert 0.01 < hidden.mean() < 0.08
    assert 0.01 < 1 - len(world.current) / len(world.offers) < 0.08


def test_about_seven_in_a_hundred_have_an_admission_stop(world: World) -> None:
    assert newest(world).admission_stop.mean() == pytest.approx(0.07, abs=0.02)


def test_statements_are_of_very_different_age(world: World) -> None:
    age = newest(world).age
    assert age.quantile(0.1) < 5
    assert 25 < age.quantile(0.8) < 90
    assert age.max() > 180


def test_waits_differ_per_care_type_and_have_a_long_tail(national: World) -> None:
    wait = newest(national).groupby("care_type_code").wait
    median, tail = wait.median(), wait.quantile(0.95)
    assert median["crisis-ggz"] < median["basis-ggz"] < median["specialistische-ggz"]
    assert median["gezinsbegeleiding"] < median["gezinshuis"]
    assert (tail > 2 * median).mean() > 0.9


def test_the_queue_agrees_with_the_wait_as_often_as_in_the_field(national: World) -> None:
    """Little's law on what was counted comes near half of the stated waits, and misses the other half."""
    said = newest(national).query("started_last_90_days >= 10 and waiting_count >= 10")
    flow = (said.started_last_90_days + said.withdrawn_last_90_days) / 90
    by_queue = said.waiting_count / flow
    near = ((said.wait / by_queue).between(0.7, 1.4)).mean()
    assert 0.4 < near < 0.8


def test_there_is_a_history_to_see_a_trend_in(region: World, national: World) -> None:
    assert region.statements.groupby("offer_id").size().median() >= 4
    assert national.statements.groupby("offer_id").size().max() == 1


def test_care_is_asked_for_where_the_children_are() -> None:
    ground = read_ground(TODAY)
    asked = ask(stream(SEED, "x"), ground, 20_000, TODAY)
    towns = ground.municipalities.set_index("code")
    children = towns.youth_population * towns.youth_care_pct
    counted = asked.municipality_code.value_counts().reindex(towns.index, fill_value=0)
    largest = children.nlargest(20).index
    assert np.allclose(counted[largest] / 20_000, children[largest] / children.sum(), rtol=0.3)


def test_a_question_is_about_somebody_who_can_be_asked_about(region: World) -> None:
    asked = ask(stream(SEED, "x"), region.ground, 2_000, TODAY)
    months = (
        (TODAY.year - asked.birth_month.str[:4].astype(int)) * 12 + TODAY.month - asked.birth_month.str[5:].astype(int)
    )
    assert months.between(0, 18 * 12).all()
    town = region.ground.postcodes.set_index("pc4").municipality_code
    assert (asked.pc4.map(town) == asked.municipality_code).all()
    crisis = set(region.ground.care_types.code[region.ground.care_types.crisis])
    assert not crisis & {code for codes in asked.care_type_codes for code in codes}
    assert asked.care_type_codes.map(len).between(1, 2).all()
    assert asked.care_type_codes.map(lambda codes: len(set(codes)) == len(codes)).all()


def test_cases_are_spread_over_local_teams_and_institutions(region: World) -> None:
    cases = region.cases
    assert len(cases) == 200
    assert cases.id.is_unique
    assert not cases.duplicated(["organisation", "reference"]).any()
    at_institution = cases.organisation.isin(region.institutions.agb_code)
    assert 0.15 < at_institution.mean() < 0.35
    assert (cases.organisation == cases.municipality_code)[~at_institution].all()
    assert (cases.organisation == "GM0202").sum() >= 5


# what the stories need


def test_the_planners_of_the_stories_have_their_offers(world: World) -> None:
    sizes = world.providers.set_index("name").offers
    assert sizes[FORTY_OFFERS.name] == 40
    assert sizes[SMALL_FAMILY_HOME.name] == 2


def test_the_planner_of_forty_has_something_to_do_and_not_everything(region: World) -> None:
    code = region.providers.set_index("name").agb_code[FORTY_OFFERS.name]
    said = newest(region)
    mine = said[said.stated_by == f"{code}:demo"]
    assert 4 <= (mine.age > 23).sum() <= 20


def test_every_account_belongs_to_an_organisation_that_exists(world: World) -> None:
    known = {*world.providers.agb_code, *world.institutions.agb_code, "-", "JZ28", "GM0202"}
    assert set(world.accounts.organisation) <= known
    assert not world.accounts.duplicated(["role", "organisation"]).any()
    assert world.accounts.role.tolist()[0] == "local-team"


def test_a_small_world_lacks_the_accounts_of_who_is_not_there() -> None:
    assert "provider" not in set(a_world(offers=0).accounts.role)


def test_arnhem_has_care_with_five_matches_of_two_providers(region: World) -> None:
    judge = PlainJudge(region, TODAY)
    asked = from_arnhem(region)
    codes = region.ground.care_types.code[~region.ground.care_types.crisis]
    found = {code: judge.fitting(replace(asked, care_type_codes=[code])) for code in codes}
    enough = [code for code, fits in found.items() if len(fits) >= 5 and fits.provider_agb.nunique() >= 2]
    assert len(enough) >= 15


def from_arnhem(world: World) -> Asked:
    """About a twelve-year-old of whom nothing more is known."""
    asked = read_questions(ask(stream(SEED, "x"), world.ground, 1, TODAY))[0]
    known = replace(asked, municipality_code="GM0202", pc4="6811", birth_month="2014-05")
    return replace(known, max_distance_km=np.nan, gender=None, need_codes=[])


def test_in_the_region_most_questions_find_a_match(region: World) -> None:
    assert share_with_a_match(region, 80) > 0.5


@pytest.mark.slow
def test_nationally_every_care_type_is_offered_and_most_questions_find_a_match() -> None:
    world = a_world("national")
    assert len(world.offers) == 100_000
    assert set(world.offers.care_type_code) == set(world.ground.care_types.code)
    assert set(world.providers.region) == set(world.ground.municipalities.region)
    assert share_with_a_match(world, 80) > 0.3


def share_with_a_match(world: World, questions: int) -> float:
    judge = PlainJudge(world, TODAY)
    asked = read_questions(ask(stream(SEED, "questions"), world.ground, questions, TODAY))
    found = [len(judge.fitting(question)) > 0 for question in asked]
    share = sum(found) / questions
    print(f"{share:.0%} of {questions} questions found a match among {len(world.offers)} offers")  # noqa: T201
    return share
