"""The API's calls behind "Mijn beeld", and what they answer as sentences, tables and pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.answers import Answer, Capacity, Freshness, Items, Named
from dashboard.charts import INK, Spec, told
from dashboard.client import Client
from dashboard.texts import feedback as words
from dashboard.texts import nl, showing

LATE_FROM_DAYS = 7
"""From a week on it is worth a word; less is how waits are rounded."""

STATED_COLOUR, REAL_COLOUR = "#6cb5bd", "#1c3560"


class Start(Answer):
    started_on: date
    waited_days: int
    stated_wait_days: int
    after_allocation_days: int | None = None


class LostPoints(Answer):
    criterion: str
    points: float


class Fresh(Answer):
    points: float
    rank: int


class Ranked(Answer):
    rank: int
    of: int
    lost: tuple[LostPoints, ...]
    fresh: Fresh | None = None


class OfferFeedback(Answer):
    offer_id: int
    name: str
    place: str
    age_days: int | None = None
    freshness: Freshness | None = None
    due_on: date | None = None
    stated_wait_days: int | None = None
    realised_wait_days: int | None = None
    late_days: int | None = None
    starts: tuple[Start, ...]
    ranked: Ranked | None = None

    @property
    def is_late(self) -> bool:
        return self.late_days is not None and self.late_days >= LATE_FROM_DAYS


class Places(Answer):
    first: int | None = None
    top_three: int | None = None
    top_ten: int | None = None
    lower: int | None = None


class UnservedRule(Answer):
    rule: str
    text: str
    count: int
    needs: tuple[Named, ...]


class UnservedCareType(Answer):
    care_type: Named
    count: int


class Unserved(Answer):
    count: int | None = None
    by_rule: tuple[UnservedRule, ...]
    other: int | None = None
    by_care_type: tuple[UnservedCareType, ...]
    other_care_types: int | None = None


class Feedback(Answer):
    since: date
    until: date
    served: int | None = None
    places: Places | None = None
    unserved: Unserved
    ranked_since: date
    ranked_until: date
    offers: tuple[OfferFeedback, ...]

    @property
    def hides_something(self) -> bool:
        first = self.places.first if self.places else None
        return None in (self.served, first, self.unserved.count)


@dataclass(frozen=True, slots=True)
class OwnImage:
    """What a provider can ask of itself."""

    api: Client
    token: str

    def feedback(self) -> Feedback:
        return self.api.get("feedback", Feedback, self.token)

    def last_statements(self, offer_id: int) -> tuple[Capacity, ...]:
        """The newest ten, newest first."""
        path = f"offers/{offer_id}/capacity/history"
        return self.api.get(path, Items[Capacity], self.token, {"limit": 10}).items


# --- sentences -----------------------------------------------------------------------------------------------------


def advice(offers: Sequence[OfferFeedback], today: date) -> list[str]:
    """What would make a difference: the statements that cost most by their age, those that are missing, those to be
    renewed, then the starts that came late. Nothing only where every statement is fresh."""
    gaining = sorted((each for each in offers if _gain_of(each) > 0), key=_gain_of, reverse=True)
    silent = [each for each in offers if each.freshness is None]
    aged = [each for each in offers if each.freshness in words.RENEW and _gain_of(each) <= 0]
    late = sorted((each for each in offers if each.is_late), key=lambda each: -(each.late_days or 0))
    return [
        *(_worth(each) for each in gaining),
        *(words.NEVER_STATED.format(offer=each.name, place=each.place) for each in silent),
        *(_to_renew(each, today) for each in sorted(aged, key=lambda each: -(each.age_days or 0))),
        *(
            words.LATE_STARTS.format(offer=each.name, place=each.place, late=showing.wait(each.late_days))
            for each in late
        ),
    ]


def nothing_to_change(offers: Iterable[OfferFeedback]) -> str:
    """All is fresh; whether it proved true is only known of offers where children started."""
    return words.NOTHING_TO_CHANGE if all(each.late_days is not None for each in offers) else words.FRESH_NOT_PROVEN


def _gain_of(offer: OfferFeedback) -> float:
    return offer.ranked.fresh.points if offer.ranked and offer.ranked.fresh else 0


def _worth(offer: OfferFeedback) -> str:
    age = showing.count(offer.age_days or 0, "dag", "dagen")
    return words.OLD_STATEMENT.format(offer=offer.name, place=offer.place, age=age, gain=_gain(offer.ranked))


def _gain(ranked: Ranked | None) -> str:
    assert ranked is not None
    assert ranked.fresh is not None
    points = words.points(ranked.fresh.points)
    if ranked.fresh.rank < ranked.rank:
        return words.PLACES_HIGHER.format(points=points, now=ranked.rank, then=ranked.fresh.rank)
    return words.POINTS_MORE.format(points=points)


def _to_renew(offer: OfferFeedback, today: date) -> str:
    age = showing.count(offer.age_days or 0, "dag", "dagen")
    day = showing.short_day(offer.due_on, today) if offer.due_on else showing.UNKNOWN
    return words.RENEW[offer.freshness or ""].format(offer=offer.name, place=offer.place, age=age, day=day)


def questions(count: int | None) -> str:
    return words.TOO_FEW if count is None else showing.whole(count)


# --- tables --------------------------------------------------------------------------------------------------------


def offers_table(offers: Iterable[OfferFeedback]) -> pd.DataFrame:
    """One row per offer; who is latest first, then who loses most."""
    rows = [
        (
            offer.name,
            offer.place,
            words.FIVE_OR_MORE if offer.ranked else words.FEWER_THAN_FIVE,
            words.OF.format(rank=offer.ranked.rank, of=offer.ranked.of) if offer.ranked else "–",
            _most_lost(offer.ranked),
            nl.NO_STATEMENT if offer.age_days is None else showing.count(offer.age_days, "dag", "dagen") + " oud",
            showing.wait(offer.stated_wait_days),
            showing.wait(offer.realised_wait_days),
            difference(offer.late_days),
            len(offer.starts),
        )
        for offer in sorted(offers, key=lambda each: (-(each.late_days or 0), each.name))
    ]
    return pd.DataFrame(rows, columns=list(words.COLUMNS.values()))


def _most_lost(ranked: Ranked | None) -> str:
    if ranked is None or not ranked.lost:
        return "–"
    most = ranked.lost[0]
    return words.POINTS_LOST.format(criterion=nl.criterion(most.criterion), points=showing.decimal(most.points))


def difference(late_days: int | None) -> str:
    """ "3 weken later", "op tijd"; unknown while nobody started."""
    if late_days is None:
        return showing.UNKNOWN
    if abs(late_days) < LATE_FROM_DAYS:
        return words.ON_TIME
    return (words.LATER if late_days > 0 else words.SOONER).format(wait=showing.wait(abs(late_days)))


def unserved_table(unserved: Unserved) -> pd.DataFrame:
    """Per reason how often, and what was then asked for by five or more."""
    rows = [
        (each.text[:1].upper() + each.text[1:], each.count, ", ".join(need.name for need in each.needs) or "–")
        for each in unserved.by_rule
    ]
    if unserved.other:
        rows.append((words.OTHER_REASONS, unserved.other, "–"))
    return pd.DataFrame(rows, columns=[words.REASON, words.NUMBER, words.OFTEN_ASKED])


def unserved_care_table(unserved: Unserved) -> pd.DataFrame:
    rows = [(each.care_type.name, each.count) for each in unserved.by_care_type]
    if unserved.other_care_types:
        rows.append((words.OTHER_CARE_TYPES, unserved.other_care_types))
    return pd.DataFrame(rows, columns=[words.CARE_TYPE, words.NUMBER])


def starts_table(starts: Iterable[Start]) -> pd.DataFrame:
    rows = [
        (
            each.started_on,
            showing.wait(each.stated_wait_days),
            showing.wait(each.waited_days),
            showing.UNKNOWN if each.after_allocation_days is None else showing.wait(each.after_allocation_days),
        )
        for each in starts
    ]
    return pd.DataFrame(rows, columns=[words.STARTED, words.STATED, words.REAL, words.AFTER_301])


def statements_table(stated: Iterable[Capacity]) -> pd.DataFrame:
    rows = [
        (
            showing.amsterdam_day(each.stated_at),
            showing.wait(each.intake_wait_days + each.treatment_wait_days),
            each.open_places,
            each.waiting_count,
        )
        for each in stated
    ]
    frame = pd.DataFrame(rows, columns=[words.STATED_ON, words.WAIT, words.OPEN, words.WAITING])
    return frame.astype({words.WAITING: "Int64"})


# --- pictures ------------------------------------------------------------------------------------------------------


def starts_chart(starts: Sequence[Start]) -> Spec:
    """Per start two dots above its day, joined by a line: what was stated, and what it took."""
    values = [
        {"day": each.started_on.isoformat(), "days": days, "kind": kind, "wait": showing.wait(days)}
        for each in starts
        for kind, days in ((words.STATED, each.stated_wait_days), (words.REAL, each.waited_days))
    ]
    spans = [
        {"day": each.started_on.isoformat(), "low": each.stated_wait_days, "high": each.waited_days} for each in starts
    ]
    colours = {"domain": [words.STATED, words.REAL], "range": [STATED_COLOUR, REAL_COLOUR]}
    legend = {"title": None, "orient": "top", "labelColor": INK, "labelFontSize": 13}
    shape = {"domain": [words.STATED, words.REAL], "range": ["circle", "diamond"]}
    return {
        "height": 240,
        "layer": [
            {
                "data": {"values": spans},
                "mark": {"type": "rule", "color": "#9fb0b4"},
                "encoding": {"x": _over_time("day"), "y": _days("low"), "y2": {"field": "high"}},
            },
            {
                "data": {"values": values},
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {
                    "x": _over_time("day"),
                    "y": _days("days"),
                    "color": {"field": "kind", "type": "nominal", "scale": colours, "legend": legend},
                    "shape": {"field": "kind", "type": "nominal", "scale": shape, "legend": legend},
                    "tooltip": [told("kind", ""), told("wait", words.WAIT)],
                },
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def statements_chart(stated: Sequence[Capacity]) -> Spec:
    """The stated wait over time."""
    values = [
        {
            "day": showing.amsterdam_day(each.stated_at).isoformat(),
            "days": each.intake_wait_days + each.treatment_wait_days,
            "wait": showing.wait(each.intake_wait_days + each.treatment_wait_days),
        }
        for each in stated
    ]
    return {
        "data": {"values": values},
        "height": 200,
        "mark": {"type": "line", "point": True, "interpolate": "step-after", "color": REAL_COLOUR},
        "encoding": {"x": _over_time("day"), "y": _days("days"), "tooltip": [told("wait", words.WAIT)]},
        "config": {"view": {"stroke": None}},
    }


def _over_time(field: str) -> Spec:
    axis = {"format": "%d-%m-%Y", "labelColor": INK, "tickCount": 5, "grid": False, "labelOverlap": True}
    return {"field": field, "type": "temporal", "title": None, "axis": axis}


def _days(field: str) -> Spec:
    axis = {"labelColor": INK, "titleColor": INK, "tickCount": 4}
    scale = {"domainMin": 0}
    return {"field": field, "type": "quantitative", "title": words.DAYS_AXIS, "axis": axis, "scale": scale}
