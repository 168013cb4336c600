"""The API's calls behind "Mijn beeld", and what they answer as sentences, tables and pictures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.answers import Answer, Capacity, Items, Named
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
    questions: int
    rank: int
    of: int
    lost: tuple[LostPoints, ...]
    fresh: Fresh | None = None


class OfferFeedback(Answer):
    offer_id: int
    name: str
    place: str
    age_days: int | None = None
    stated_wait_days: int | None = None
    realised_wait_days: int | None = None
    late_days: int | None = None
    starts: tuple[Start, ...]
    ranked: Ranked | None = None

    @property
    def is_late(self) -> bool:
        return self.late_days is not None and self.late_days >= LATE_FROM_DAYS


class Places(Answer):
    first: int
    top_three: int
    top_ten: int
    lower: int


class UnservedRule(Answer):
    rule: str
    text: str
    count: int


class UnservedNeed(Answer):
    need: Named
    count: int


class Unserved(Answer):
    count: int | None = None
    by_rule: tuple[UnservedRule, ...]
    other: int | None = None
    needs: tuple[UnservedNeed, ...]


class Feedback(Answer):
    since: date
    served: int | None = None
    places: Places | None = None
    unserved: Unserved
    offers: tuple[OfferFeedback, ...]


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


def advice(offers: Iterable[OfferFeedback]) -> Iterator[str]:
    """What would make a difference: the statements that cost most by their age, then the starts that came late."""
    offers = list(offers)
    gains = [(offer, offer.ranked.fresh, offer.ranked) for offer in offers if offer.ranked and offer.ranked.fresh]
    for offer, fresh, ranked in sorted(gains, key=lambda each: -each[1].points):
        if fresh.points > 0:
            age = showing.count(offer.age_days or 0, "dag", "dagen")
            yield words.OLD_STATEMENT.format(offer=offer.name, place=offer.place, age=age, gain=_gain(fresh, ranked))
    for offer in sorted(offers, key=lambda each: -(each.late_days or 0)):
        if offer.is_late:
            yield words.LATE_STARTS.format(offer=offer.name, place=offer.place, late=showing.wait(offer.late_days))


def _gain(fresh: Fresh, ranked: Ranked) -> str:
    points = words.points(fresh.points)
    if fresh.rank < ranked.rank:
        return words.PLACES_HIGHER.format(points=points, now=ranked.rank, then=fresh.rank)
    return words.POINTS_MORE.format(points=points)


def questions(count: int | None) -> str:
    return words.TOO_FEW if count is None else words.QUESTIONS.format(count=showing.whole(count))


def needs(unserved: Unserved) -> str:
    listed = [words.NEED_COUNT.format(need=each.need.name, count=each.count) for each in unserved.needs]
    return words.FOR_WHICH_NEEDS.format(needs=", ".join(listed))


# --- tables --------------------------------------------------------------------------------------------------------


def offers_table(offers: Iterable[OfferFeedback]) -> pd.DataFrame:
    """One row per offer; who is latest first, then who loses most."""
    rows = [
        (
            offer.name,
            offer.place,
            str(offer.ranked.questions) if offer.ranked else words.FEWER_THAN_FIVE,
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
    rows = [(each.text[:1].upper() + each.text[1:], each.count) for each in unserved.by_rule]
    if unserved.other:
        rows.append((words.OTHER_REASONS, unserved.other))
    return pd.DataFrame(rows, columns=[words.REASON, words.NUMBER])


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
