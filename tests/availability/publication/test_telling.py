"""What is said of a wait: half of it where it is a median, and no number where there is no wait."""

import pytest

from availability.publication.telling import starts, waited


@pytest.mark.parametrize(
    ("offers", "days", "said"),
    [
        (9, 42, "Bij de helft van het aanbod start hulp binnen zes weken."),
        (9, 0, "Bij de helft van het aanbod kan hulp meteen starten."),
        (1, 42, "Hulp start binnen zes weken."),
        (1, 0, "Hulp kan meteen starten."),
    ],
)
def test_a_stated_wait_is_that_of_half_of_the_offers(offers: int, days: int, said: str) -> None:
    assert starts(offers, days) == said


def test_who_began_at_once_did_not_wait_zero_days() -> None:
    assert waited(42) == "Wie begon, wachtte in het midden zes weken."
    assert waited(0) == "Van wie begon, kon de helft meteen starten."
