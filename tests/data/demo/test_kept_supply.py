"""What the demo's keepers find: names to correct, a table past its norm with room nearby."""

from datetime import date, timedelta

from data.demo.ground import read_ground
from data.demo.plan import CENTRAAL_GELDERLAND, WORLDS
from data.demo.products import NAMES, make_products
from data.demo.protection_tables import make_table_statements

TODAY = date(2026, 11, 21)
PLAN = WORLDS["region"].at(TODAY, 2025, None)


def test_every_name_stands_for_care_that_exists() -> None:
    assert {care_type for _, care_type in NAMES} <= set(read_ground(TODAY).care_types.code)
    assert make_products(PLAN).name.is_unique


def test_the_own_table_is_past_its_norm_and_a_neighbour_has_room() -> None:
    said = make_table_statements(PLAN.regions, PLAN).set_index("region_code")
    assert said.next_free_on[CENTRAAL_GELDERLAND] > TODAY + timedelta(days=14)
    others = said.drop(CENTRAAL_GELDERLAND)
    assert (others.next_free_on <= TODAY + timedelta(days=14)).any()
    assert len(said) < len(PLAN.regions)
