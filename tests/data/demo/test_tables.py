"""The tables the world is made from lack nothing and name nothing that does not exist."""

from datetime import date

import pytest

from data.demo.contracts import ANSWER_TERMS, STANDING, UPDATE_TERMS, neighbours
from data.demo.ground import read_ground
from data.demo.kinds import KINDS, care_weights
from data.demo.locations import LIVED_IN
from data.demo.needs import IN_ITS_SECTOR, OCCURRENCES
from data.demo.offers import SENTENCES
from data.demo.plan import WORLDS
from data.demo.profiles import FORMS, PROFILES
from data.demo.providers import CAST, RHYTHMS
from matcher.question import Setting

COUNTRY = read_ground(date(2026, 11, 21))


def test_every_care_type_of_the_vocabulary_has_a_profile() -> None:
    assert set(PROFILES) == set(COUNTRY.care_types.code)


def test_every_need_of_the_vocabulary_has_its_occurrence() -> None:
    assert set(OCCURRENCES) == set(COUNTRY.needs.code)
    assert {need for needs in IN_ITS_SECTOR.values() for need in needs} <= set(OCCURRENCES)
    assert {need for profile in PROFILES.values() for need in profile.expertise.split()} <= set(OCCURRENCES)


def test_every_form_and_setting_is_used_and_described() -> None:
    assert {profile.form for profile in PROFILES.values()} == set(FORMS)
    assert {setting for form in FORMS.values() for setting in form.settings} == set(SENTENCES) == set(Setting)


def test_every_kind_gives_care_that_exists_and_all_care_is_given_by_somebody() -> None:
    known = set(COUNTRY.care_types.code) | set(COUNTRY.care_types.family)
    assert {name for kind in KINDS.values() for name in kind.care} <= known
    assert (care_weights(COUNTRY.care_types).sum(axis=0) > 0).all()


def test_no_kind_is_contracted_for_general_provisions_only_welfare_gives_them() -> None:
    general = COUNTRY.care_types.general.to_numpy(bool)
    weights = dict(zip(KINDS, care_weights(COUNTRY.care_types), strict=True))
    assert {name for name, weight in weights.items() if weight[general].any()} == {"welfare"}
    assert not weights["welfare"][~general].any()
    assert not KINDS["welfare"].contracts


@pytest.mark.parametrize(
    "shares",
    [
        {name: kind.share for name, kind in KINDS.items()},
        {name: rhythm.share for name, rhythm in RHYTHMS.items()},
        STANDING,
        UPDATE_TERMS,
        ANSWER_TERMS,
    ],
    ids=["kinds", "rhythms", "standing", "update terms", "answer terms"],
)
def test_shares_add_up_to_the_whole(shares: dict[str, float]) -> None:
    assert sum(shares.values()) == pytest.approx(1)


def test_the_cast_and_the_regions_exist() -> None:
    assert {character.kind for character in CAST} <= set(KINDS)
    assert {character.rhythm for character in CAST} <= set(RHYTHMS)
    assert {character.municipality for character in CAST} <= set(COUNTRY.municipalities.code)
    assert set(LIVED_IN) <= set(KINDS)
    assert {region for plan in WORLDS.values() for region in plan.regions} <= set(COUNTRY.municipalities.region)


def test_all_municipalities_and_postcodes_lie_in_a_region() -> None:
    assert COUNTRY.municipalities.region.notna().all()
    assert COUNTRY.postcodes.region.notna().all()
    assert COUNTRY.municipalities.region.nunique() == 42


def test_a_municipality_is_in_the_region_of_its_day() -> None:
    """Voorschoten moved from Hollands Midden to Haaglanden on 1 January 2024."""
    before, after = (
        read_ground(day).municipalities.set_index("code").region for day in (date(2023, 12, 31), date(2024, 1, 1))
    )
    assert (before["GM0626"], after["GM0626"]) == ("JZ24", "JZ18")


def test_the_neighbours_of_centraal_gelderland_are_its_neighbours() -> None:
    regions, nearest = neighbours(COUNTRY)
    home = list(regions).index("JZ28")
    assert regions[nearest[home, 0]] == "JZ28"
    assert set(regions[nearest[home, 1:6]]) <= set(WORLDS["region"].regions)
