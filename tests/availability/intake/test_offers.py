"""Which offer a row of a spreadsheet means: never another one without a word. No database."""

import pytest

from availability.intake.offers import By, Found, OwnOffer, OwnOffers, words_of


def own(*offers: tuple[str, str], remembered: dict[str, int] | None = None) -> OwnOffers:
    """Offers by name and place, numbered from 1, each at a location of its own."""
    return OwnOffers(
        (OwnOffer(at, name, f"Huis {at}", place, None, {}) for at, (name, place) in enumerate(offers, start=1)),
        remembered,
    )


def code(found: Found) -> str:
    return found.fault.code if found.fault else ""


def proposed(found: Found) -> list[int]:
    return [each.offer.id for each in found.proposals]


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Verblijf dag", "Verblijf week"),
        ("Ambulant +", "Ambulant"),
        ("Gezinshuis 12+", "Gezinshuis 12"),
        ("Hulp in het gezin", "Hulp gezin"),
        ("De Wilgen", "Wilgen"),
    ],
)
def test_a_name_that_differs_in_one_small_word_is_asked_and_not_assumed(written: str, other: str) -> None:
    assert code(own((other, "Ede")).meant(None, written, "Ede")) == "offer-unconfirmed"
    both = own((other, "Ede"), (written, "Ede"))
    assert both.meant(None, written, "Ede").offer == both.by_id[2]
    assert both.meant(None, other, "Ede").offer == both.by_id[1]


def test_signs_accents_and_capitals_do_not_tell_names_apart() -> None:
    offers = own(("Logeeropvang “Het Anker”", "Ede"))
    assert offers.meant(None, "logeeropvang het ANKER", "ede").by is By.NAME


def test_of_two_that_differ_in_signs_only_the_one_that_is_written_so_is_meant() -> None:
    offers = own(("Wonen (A)", "Ede"), ("Wonen A", "Ede"))
    assert offers.meant(None, "Wonen A", "Ede").offer == offers.by_id[2]
    assert code(offers.meant(None, "wonen a", "Ede")) == "ambiguous-offer"


def test_what_was_remembered_of_one_name_does_not_hold_for_another() -> None:
    offers = own(("Dagbehandeling", "Ede"), remembered={words_of("Groep dag", "Ede"): 1})
    assert offers.meant(None, "Groep dag", "Ede").by is By.REMEMBERED
    assert offers.meant(None, "Groep week", "Ede").offer is None


def test_a_number_with_the_place_of_another_offer_is_refused() -> None:
    offers = own(("Pleegzorg", "Ede"), ("Pleegzorg", "Arnhem"))
    assert code(offers.meant(1, "Pleegzorg", "Arnhem")) == "other-name"
    assert offers.meant(1, "Pleegzorg", "Ede").by is By.NUMBER
    assert offers.meant(1, "Pleegzorg", "Ede (Gelderland)").by is By.NUMBER


@pytest.mark.parametrize("written", ["De Wilgen", "Wilgen", "wilgen arnhem"])
def test_a_short_name_is_proposed_the_offer_that_holds_it(written: str) -> None:
    offers = own(("Logeeropvang Het Anker", "Ede"), ("Gezinshuis De Wilgen voor kinderen van 12 tot 18", "Arnhem"))
    assert proposed(offers.meant(None, written, None))[0] == 2


def test_the_name_as_a_whole_goes_before_one_that_only_holds_it() -> None:
    offers = own(("Pleegzorg deeltijd en vakantie", "Ede"), ("Pleegzorgen", "Ede"))
    assert proposed(offers.meant(None, "Pleegzorg", "Ede"))[0] == 2


def test_every_twin_can_be_chosen() -> None:
    offers = own(*[("Pleegzorg", "Ede")] * 5)
    assert proposed(offers.meant(None, "Pleegzorg", "Ede")) == [1, 2, 3, 4, 5]


def test_what_a_human_says_now_goes_before_all() -> None:
    assert own(("Pleegzorg", "Ede")).given(1).by is By.GIVEN
    assert code(own(("Pleegzorg", "Ede")).given(2)) == "unknown-offer"
