"""The list of contracts as a spreadsheet: one row per care type and area, the terms repeated with each."""

import re
from collections.abc import Set
from datetime import date

from availability.intake import cells
from availability.intake.cells import UNKNOWN, Unclear
from availability.intake.columns import Column, Form, plain
from availability.intake.spreadsheet import Cell
from matcher.question import Scope

TURNED_INTO_A_DAY = "Excel maakte hier een datum van. Maak de cel op als tekst en vul het nummer opnieuw in."

_ENDLESS = {
    "onbepaald",
    "onbepaalde tijd",
    "voor onbepaalde tijd",
    "doorlopend",
    "geen",
    "geen einde",
    "geen einddatum",
}
_NEVER = date(2999, 1, 1)
"""31-12-2999 and 31-12-9999 are no days that somebody agreed on."""

SCOPES = {"lokaal": Scope.LOCAL, "regionaal": Scope.REGIONAL, "bovenregionaal": Scope.SUPRAREGIONAL} | {
    "landelijk": Scope.NATIONAL
}
"""How people write the scopes; the template does so too."""


def number(cell: Cell) -> str | None:
    """As the manager writes it. Excel makes a day of 2026-1: what was typed is gone then."""
    if isinstance(cell, date):
        raise Unclear(TURNED_INTO_A_DAY)
    return cells.text(cell)


def agb_code(cell: Cell) -> str | None:
    """Eight figures; a spreadsheet that took them for a number dropped the zeros in front."""
    words = (cells.text(cell) or "").replace(" ", "").lower()
    if not words or words in UNKNOWN:
        return None
    if not re.fullmatch(r"[0-9]{5,8}", words):
        raise Unclear("Geef een AGB-code van acht cijfers.")
    return words.zfill(8)


def scope(cell: Cell) -> Scope | None:
    words = plain(cells.text(cell) or "").replace(" ", "")
    if not words:
        return None
    if words not in SCOPES:
        raise Unclear("Kies lokaal, regionaal, bovenregionaal of landelijk.")
    return SCOPES[words]


def last_day(cell: Cell) -> date | None:
    """None: no end was agreed, in words or as systems write it that must fill in a day."""
    if plain(cells.text(cell) or "") in _ENDLESS:
        return None
    day = cells.day(cell)
    return None if day is not None and day >= _NEVER else day


COLUMNS = (
    Column("number", "Contractnummer", ("contract", "nummer", "contract nr", "contractcode", "contract id"),
           number, "Uw eigen nummer. Rijen met hetzelfde nummer zijn samen één contract.", 18),
    Column("provider", "AGB-code", ("agb", "agbcode", "agb nummer", "zorgaanbiedercode", "vestiging agb"),
           agb_code, "De AGB-code van de aanbieder, acht cijfers.", 11),
    Column("provider_name", "Aanbieder", ("zorgaanbieder", "naam aanbieder", "organisatie", "leverancier"),
           cells.text, "De naam. Alleen nodig als de AGB-code ontbreekt.", 34),
    Column("care_type", "Zorgvorm", ("product", "productnaam", "perceel", "zorgproduct", "dienst", "tussentaal"),
           cells.text, "De zorgvorm, of de naam die uw regio ervoor gebruikt.", 34),
    Column("area", "Gebied", ("gemeente", "regio", "jeugdregio", "gemeente of regio", "gebiedscode"),
           cells.text, "Een gemeente, een jeugdregio of Nederland: naam of code. Leeg: uw eigen gebied.", 22),
    Column("scope", "Reikwijdte", ("niveau", "schaal", "soort contract"),
           scope, "Lokaal, regionaal, bovenregionaal of landelijk. Leeg: wij leiden het af uit het gebied.", 15),
    Column("valid_from", "Ingangsdatum", ("vanaf", "startdatum", "begindatum", "geldig vanaf", "ingang",
            "looptijd van", "looptijd vanaf", "start contract", "ingangsdatum contract"),
           cells.day, "De eerste dag, bijvoorbeeld 1-1-2027.", 13),
    Column("valid_until", "Einddatum", ("tot en met", "geldig tot", "einde", "looptijd tot", "geldig tot en met",
            "looptijd tot en met", "einde contract", "eindigt op", "einddatum contract", "loopt tot en met"),
           last_day, "De laatste dag. Leeg: geen einde afgesproken.", 13),
    Column("suspended_from", "Opgeschort vanaf", ("pauze vanaf", "opschorting vanaf"),
           cells.day, "De eerste dag waarop het contract stilligt. Leeg: niet.", 16),
    Column("suspended_until", "Opgeschort tot en met", ("opgeschort tot", "pauze tot", "opschorting tot"),
           last_day, "De laatste dag waarop het contract stilligt. Leeg: nog onbekend.", 20),
    Column("update_term_days", "Actualiseren binnen (dagen)", ("actualiseren", "actualisatietermijn", "updatetermijn"),
           cells.days, "Zo oud mag een opgave worden. Leeg: 30 dagen.", 26),
    Column("answer_term_days", "Antwoord binnen (werkdagen)", ("antwoordtermijn", "reactietermijn", "antwoord binnen"),
           cells.whole_number, "Zo lang mag een antwoord duren, hoogstens 5 werkdagen. Leeg: 5.", 26),
)  # fmt: skip


def _is_enough(fields: Set[str]) -> bool:
    return {"number", "care_type"} <= fields and bool(fields & {"provider", "provider_name"})


CONTRACTS = Form(
    sheet="Contracten",
    columns=COLUMNS,
    ours=(),
    is_enough=_is_enough,
    missing=(
        "Wij vinden de kolommen niet. Nodig zijn Contractnummer, AGB-code of Aanbieder, en Zorgvorm."
        " Het sjabloon heeft ze allemaal."
    ),
    how_to=(
        "Elke rij is één zorgvorm voor één gebied. Rijen met hetzelfde contractnummer horen bij elkaar.",
        "Een contract in dit bestand wordt zoals het hier staat. De andere contracten blijven zoals ze zijn.",
        "Sla het bestand op en stuur het via Contracten. U ziet eerst wat er verandert.",
        "Klopt één rij niet, dan slaan wij niets op.",
    ),
)
