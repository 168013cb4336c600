"""Public figures told: names for codes, a plain sentence for each, and the same as a row of open data."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row

from availability.geography.atlas import COUNTRY, Atlas
from availability.messages import CodeAndName
from availability.publication.messages import PublishedKind, WaitingTime
from availability.vocabulary.lexicon import Lexicon
from matcher.dutch import duration
from matcher.shortage_radar import certainty_of
from matcher.waiting import Certainty

FORMAT = 1
"""The version of the open data; a column is added at the end without a new one."""

SMALL_NUMBERS = (
    "Aantallen onder de vijf tonen we niet. Ook andere aantallen zijn soms weg, zodat niemand ze kan uitrekenen."
)
MEANWHILE = [
    "Bel uw lokale team. Het denkt mee en kan vaak al helpen.",
    "Vraag of er bij een andere aanbieder eerder plek is.",
    "Wordt het thuis slechter? Zeg het meteen tegen uw lokale team.",
    "Is er direct gevaar? Bel 112.",
]
HOW_SURE = {
    Certainty.CERTAIN: "De opgaven zijn nieuw.",
    Certainty.FAIRLY: "De opgaven zijn een maand of twee oud.",
    Certainty.UNCERTAIN: "De opgaven zijn oud. De wachttijd kan anders zijn.",
    Certainty.UNKNOWN: "",
}

COLUMNS = (
    "period", "area_code", "area_name", "kind_level", "kind", "kind_name", "waiting", "waiting_hidden", "waited_days",
    "started", "started_hidden", "realised_days", "offers", "stated_wait_days", "stated_long_days", "stated_age_days",
)  # fmt: skip
"""Of the CSV, in order."""


def told(row: Row[Any], atlas: Atlas, lexicon: Lexicon) -> WaitingTime:
    certainty = certainty_of(row.stated_age_days)
    return WaitingTime(
        area=CodeAndName(code=row.area_code, name=area_name(row.area_code, atlas)),
        kind=PublishedKind(code=row.kind, name=kind_name(row, lexicon), level=row.kind_level),
        waiting=row.waiting,
        waited_days=row.waited_days,
        started=row.started,
        realised_days=row.realised_days,
        offers=row.offers,
        stated_wait_days=row.stated_wait_days,
        stated_long_days=row.stated_long_days,
        stated_age_days=row.stated_age_days,
        certainty=certainty.value,
        text=" ".join(_sentences(row, certainty)),
    )


def _sentences(row: Row[Any], certainty: Certainty) -> Iterator[str]:
    if row.stated_wait_days is not None:
        yield f"Hulp start meestal binnen {duration(row.stated_wait_days)}."
        if row.stated_long_days is not None and row.stated_long_days > row.stated_wait_days:
            yield f"Soms duurt het {duration(row.stated_long_days)}."
        yield HOW_SURE[certainty]
    elif row.area_code.startswith("GM"):
        yield "Kijk voor de wachttijd per zorgvorm bij uw regio."
    else:
        yield "Hoe lang het duurt, is niet bekend." if row.offers else "Hier is geen aanbod bekend."
    if row.realised_days is not None:
        yield f"Wie begon, wachtte in het midden {duration(row.realised_days)}."


def area_name(code: str, atlas: Atlas) -> str:
    if code == COUNTRY:
        return "Nederland"
    municipality = atlas.municipality(code)
    return municipality.name if municipality else atlas.regions.get(code, code)


def kind_name(row: Row[Any], lexicon: Lexicon) -> str:
    if row.kind_level == "all":
        return "Alle jeugdhulp"
    care_type = lexicon.care_type(row.kind)
    return care_type.name if row.kind_level == "care-type" and care_type else str(row.kind)


def as_csv(rows: Sequence[Row[Any]], atlas: Atlas, lexicon: Lexicon) -> str:
    """Open data: UTF-8, commas, a header; an empty number is hidden or unknown, and the column beside it says which."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        names = {"area_name": area_name(row.area_code, atlas), "kind_name": kind_name(row, lexicon)}
        hidden = {"waiting_hidden": row.waiting is None, "started_hidden": row.started is None}
        writer.writerow({"period": row.period_code, **row._mapping, **names, **_as_words(hidden)})
    return written.getvalue()


def _as_words(flags: dict[str, bool]) -> dict[str, str]:
    return {name: str(flag).lower() for name, flag in flags.items()}
