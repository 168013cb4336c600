"""What a region learns, as tables and as two small pictures; each picture has the same facts in a table."""

from collections.abc import Sequence

import pandas as pd
from babel.dates import format_date

from dashboard.charts import INK, Spec, told
from dashboard.learning import Contacts, Count, OfAge, Places, Refused, Size, Step, Waited
from dashboard.texts import lessons as words
from dashboard.texts import showing

FAMILY_COLOUR, GROUP_COLOUR = "#0b5f6b", "#1c3560"
SUPPLY_COLOUR, REFERRALS_COLOUR = "#6cb5bd", "#1c3560"

WORTH_A_WORD_DAYS = 7
"""Less is how waits are rounded."""

# --- tables --------------------------------------------------------------------------------------------------------


def steps_table(rows: Sequence[Step]) -> pd.DataFrame:
    """What is late most often first; what one looks for first stands left."""
    values = [
        (
            row.route,
            row.in_time.whole - row.in_time.part,
            row.task.name.removesuffix("."),
            _days(row.middle_days, words.NOT_YET),
            _days(row.term_days, words.VARIES),
            _days(row.long_days, words.NOT_YET),
            row.in_time.said,
            row.step_name,
            row.actor.name[:1].upper() + row.actor.name[1:],
            row.turns,
            row.open,
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.STEP_COLUMNS))


def _days(days: int | None, unknown: str) -> str:
    return unknown if days is None else showing.count(days, "werkdag", "werkdagen")


def refusals_table(rows: Sequence[Refused]) -> pd.DataFrame:
    """The care types with refusals, and all together on top; a column per reason that was given."""
    refused = [row for row in rows if row.refusals or row.care_type is None]
    given = {each.code: each.name for row in refused for each in row.reasons}
    columns = [words.REASONS.get(code, name) for code, name in given.items()]
    values = [
        (
            row.care_type.name if row.care_type else words.ALL_TOGETHER,
            row.refusals,
            row.answers,
            *({each.code: each.count for each in row.reasons}.get(code, 0) for code in given),
            row.unsplit,
        )
        for row in refused
    ]
    return pd.DataFrame(values, columns=[*words.REFUSAL_COLUMNS, *columns, words.UNSPLIT])


def counts_table(counts: Sequence[Count], columns: Sequence[str]) -> pd.DataFrame:
    rows = [(each.name[:1].upper() + each.name[1:], each.count) for each in counts]
    return pd.DataFrame(rows, columns=list(columns))


def contacts_table(found: Contacts) -> pd.DataFrame:
    rows = [
        (words.CONTACT_SOUGHT, found.failed.whole),
        (words.CONTACT_FAILED, found.failed.part),
        (words.CONTACT_REPAIRED, found.repaired),
    ]
    return pd.DataFrame(rows, columns=list(words.CONTACT_COLUMNS))


def waits_table(rows: Sequence[Waited]) -> pd.DataFrame:
    values = [
        (
            row.care_type.name,
            row.starts,
            showing.wait(row.stated_days),
            showing.wait(row.realised_days),
            _difference(row.realised_days - row.stated_days),
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.WAIT_COLUMNS))


def _difference(days: int) -> str:
    if abs(days) < WORTH_A_WORD_DAYS:
        return words.AS_STATED
    return (words.LATER if days > 0 else words.SOONER).format(wait=showing.wait(abs(days)))


def sizes_table(rows: Sequence[Size]) -> pd.DataFrame:
    values = [
        (
            row.name,
            row.providers,
            row.offers.said,
            row.referrals.said,
            words.OF.format(part=row.unasked, whole=row.providers),
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.SIZE_COLUMNS))


def places_table(rows: Sequence[Places]) -> pd.DataFrame:
    values = [
        (
            format_date(row.day, "d MMM yyyy", locale="nl"),
            row.in_families,
            row.in_groups,
            words.PERCENT.format(percent=round(100 * row.in_families / max(row.in_families + row.in_groups, 1))),
            row.unknown,
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.PLACE_COLUMNS))


def of_age_table(found: OfAge) -> pd.DataFrame:
    rows = [
        (words.TURNED, found.stayed.whole),
        (words.STAYED, found.stayed.part),
        (words.ARRANGED, found.arranged),
    ]
    return pd.DataFrame(rows, columns=list(words.OF_AGE_COLUMNS))


# --- pictures ------------------------------------------------------------------------------------------------------


def sizes_chart(rows: Sequence[Size]) -> Spec:
    """Per size two bars: the share of the supply, and of the referrals."""
    values = [
        {
            "size": row.name,
            "kind": kind,
            "share": share.percent or 0,
            "said": words.PERCENT.format(percent=share.percent or 0),
        }
        for row in rows
        for kind, share in ((words.OF_SUPPLY, row.offers), (words.OF_REFERRALS, row.referrals))
    ]
    kinds = [words.OF_SUPPLY, words.OF_REFERRALS]
    widest = 1.15 * max((share.percent or 0 for row in rows for share in (row.offers, row.referrals)), default=1)
    label = {"labelColor": INK, "labelFontSize": 13, "ticks": False, "domain": False}
    legend = {"title": None, "orient": "top", "labelColor": INK, "labelFontSize": 13}
    colour = {"domain": kinds, "range": [SUPPLY_COLOUR, REFERRALS_COLOUR]}
    return {
        "data": {"values": values},
        "height": {"step": 18},
        "encoding": {
            "y": {"field": "size", "type": "nominal", "sort": None, "title": None, "axis": label},
            "yOffset": {"field": "kind", "sort": kinds},
            "x": {"field": "share", "type": "quantitative", "axis": None, "scale": {"domainMax": widest}},
            "tooltip": [told("size", words.SIZE_COLUMNS[0]), told("kind", words.SHARE), told("said", words.SHARE)],
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "cornerRadiusEnd": 3},
                "encoding": {"color": {"field": "kind", "type": "nominal", "scale": colour, "legend": legend}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": INK, "fontSize": 13},
                "encoding": {"text": {"field": "said"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def places_chart(rows: Sequence[Places]) -> Spec:
    """Places in families and in groups at the end of each quarter; told apart by dash and mark as well."""
    values = [
        {"day": row.day.isoformat(), "kind": kind, "places": number}
        for row in rows
        for kind, number in ((words.IN_FAMILY, row.in_families), (words.IN_GROUP, row.in_groups))
    ]
    kinds = [words.IN_FAMILY, words.IN_GROUP]
    legend = {"title": None, "orient": "top", "labelColor": INK, "labelFontSize": 13}
    days = {"format": "%m-%Y", "labelColor": INK, "grid": False, "values": [row.day.isoformat() for row in rows]}

    def by(ways: list[object]) -> Spec:
        return {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": ways}, "legend": legend}

    return {
        "data": {"values": values},
        "height": 260,
        "encoding": {
            "x": {"field": "day", "type": "temporal", "title": None, "axis": days},
            "y": {"field": "places", "type": "quantitative", "title": words.PLACES, "axis": {"labelColor": INK}},
            "color": by([FAMILY_COLOUR, GROUP_COLOUR]),
            "tooltip": [told("kind", words.PLACES), told("places", words.PLACES), told("day", words.PLACE_COLUMNS[0])],
        },
        "layer": [
            {"mark": "line", "encoding": {"strokeDash": by([[1, 0], [6, 3]])}},
            {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": {"shape": by(["circle", "square"])}},
        ],
        "config": {"view": {"stroke": None}},
    }
