"""The capacity spreadsheet: what each column is called, how it is read, and what we say of it."""

from collections.abc import Set

from availability.intake import cells
from availability.intake.columns import Column, Form

COLUMNS = (
    Column(
        "offer_id", "Aanbod-id", ("id", "aanbodnummer", "aanbodcode", "aanbod nr", "offer id", "kenmerk aanbod"),
        cells.identifier, "Ons nummer van het aanbod. Niet veranderen.", 11,
    ),
    Column(
        "name", "Aanbod", ("naam", "naam aanbod", "aanbod naam", "voorziening", "groep", "afdeling", "product"),
        cells.text, "De naam van het aanbod.", 42,
    ),
    Column(
        "place", "Plaats", ("locatie", "vestiging", "vestigingsplaats", "woonplaats", "stad"),
        cells.text, "Waar het aanbod is.", 18,
    ),
    Column(
        "total_places", "Totaal", ("totaal plekken", "plekken", "plaatsen", "capaciteit", "bedden"),
        cells.whole_number, "Alle plekken samen.", 10,
    ),
    Column(
        "occupied_places", "Bezet", ("bezette plekken", "bezetting", "plekken bezet", "in zorg", "geplaatst"),
        cells.whole_number, "Plekken waar nu een kind is.", 10,
    ),
    Column(
        "reserved_places", "Gereserveerd", ("gereserveerde plekken", "reserveringen", "toegezegd"),
        cells.whole_number, "Plekken die voor een kind zijn toegezegd.",
    ),
    Column(
        "open_places", "Vrij", ("vrije plekken", "open plekken", "beschikbaar", "beschikbare plekken"),
        cells.whole_number, "Plekken waar nu een kind kan starten: hoogstens totaal min bezet min gereserveerd.", 10,
    ),
    Column(
        "intake_wait_days", "Wachttijd intake (dagen)",
        ("intake", "aanmeldwachttijd", "wachttijd aanmelding", "wachttijd tot intake", "aanmelding", "intakewachttijd"),
        cells.days, "Dagen van aanmelding tot het eerste gesprek.", 24,
    ),
    Column(
        "treatment_wait_days", "Wachttijd start (dagen)",
        ("start", "behandelwachttijd", "wachttijd behandeling", "wachttijd start hulp", "behandeling", "start hulp"),
        cells.days, "Dagen van het eerste gesprek tot de hulp start.", 24,
    ),
    Column(
        "admission_stop", "Opnamestop", ("stop", "cliëntenstop", "aanmeldstop", "opname stop", "opnamestop ja nee"),
        cells.yes_or_no, "Ja: voorlopig geen nieuwe kinderen. Leeg betekent nee.", 12,
    ),
    Column(
        "available_from", "Plek vanaf", ("beschikbaar vanaf", "vrij vanaf", "vrij per", "vanaf", "datum beschikbaar"),
        cells.day, "De dag vanaf wanneer er een plek is, bijvoorbeeld 1-12-2026. Leeg: onbekend.", 13,
    ),
    Column(
        "waiting_count", "Wachtend", ("wachtenden", "wachtlijst", "op wachtlijst", "kinderen wachtend"),
        cells.whole_number, "Kinderen op de wachtlijst. Leeg: onbekend.", 11,
    ),
    Column(
        "started_last_90_days", "Gestart in 90 dagen", ("gestart", "gestart laatste 90 dagen", "instroom 90 dagen"),
        cells.whole_number, "Kinderen bij wie de hulp startte in de laatste 90 dagen. Leeg: onbekend.", 20,
    ),
    Column(
        "withdrawn_last_90_days", "Afgehaakt in 90 dagen", ("afgehaakt", "afgehaakt laatste 90 dagen"),
        cells.whole_number, "Kinderen die in 90 dagen van de wachtlijst gingen zonder start. Leeg: onbekend.", 21,
    ),
    Column(
        "note", "Opmerking", ("opmerkingen", "toelichting", "notitie", "bijzonderheden"),
        cells.text, "Kort, en niets over een kind: geen naam, nummer of adres.", 40,
    ),
    Column(
        "etag", "Versie", ("version", "etag", "versienummer"),
        cells.identifier, "Hieraan zien wij of iemand anders ondertussen iets opgaf. Niet veranderen.", 11,
    ),
)  # fmt: skip

IDENTIFYING = ("offer_id", "name", "place", "etag")
"""The columns that say which offer is meant, and what was seen of it; the others are figures."""


def _is_enough(fields: Set[str]) -> bool:
    return bool(fields & {"offer_id", "name"}) and bool(fields - set(IDENTIFYING))


CAPACITY = Form(
    sheet="Plekken",
    columns=COLUMNS,
    ours=IDENTIFYING,
    is_enough=_is_enough,
    missing=(
        "Wij vinden de kolommen niet. Nodig zijn Aanbod-id of Aanbod, en minstens één kolom met getallen, zoals Vrij."
        " Het sjabloon heeft ze allemaal."
    ),
    how_to=(
        "Vul op het blad Plekken de getallen van vandaag in. Wat niet veranderde, laat u staan.",
        "Sla het bestand op en stuur het via Mijn plekken. U ziet eerst wat er verandert.",
        "Een rij zonder getallen slaan wij over. Klopt één rij niet, dan slaan wij niets op.",
        "Zet niets over een kind in dit bestand.",
    ),
)
BY_FIELD, BY_CODE = CAPACITY.by_field, CAPACITY.by_code
