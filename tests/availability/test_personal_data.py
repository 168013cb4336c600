import pytest

from availability.personal_data import RECOGNISED, personal_data_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("111222333", "bsn"),
        ("BSN: 111.222.333.", "bsn"),
        ("111 222 333 wacht op plek", "bsn"),
        ("mail jan@voorbeeld.nl", "email"),
        ("J.de-Vries+zorg@mail.voorbeeld.nl", "email"),
        ("bel 06-12345678", "phone"),
        ("026 351 12 34", "phone"),
        ("(026) 3511234", "phone"),
        ("+31 6 1234 5678", "phone"),
        ("0031612345678", "phone"),
    ],
)
def test_a_number_or_an_address_of_a_person_is_recognised(text: str, kind: str) -> None:
    assert RECOGNISED[kind][1] in personal_data_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vanaf 2026-12-01 weer 2 plekken, maandag en donderdag.",
        "123456789 voldoet niet aan de elfproef",
        "AGB 41000001",
        "6811 AB Arnhem",
        "Groep 3 @ locatie Zuid",
        "10 tot 12 weken; 100 200 300",
        "Zaak 2026-000123456789",
    ],
)
def test_what_is_about_places_is_left_alone(text: str) -> None:
    assert personal_data_in(text) == ()
