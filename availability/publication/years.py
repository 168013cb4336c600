"""A year of public waiting times, made of its published quarters and of nothing else."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from availability.geography.atlas import Atlas
from availability.publication.messages import Between, Total, YearOfWaiting
from availability.publication.telling import area, key, kind, tells_of_teams, working_days
from availability.vocabulary.lexicon import Lexicon
from matcher import over_time
from matcher.dutch import duration


def years_of(rows: Sequence[Row[Any]], atlas: Atlas, lexicon: Lexicon) -> list[YearOfWaiting]:
    """One per area and kind, from the figures of the quarters of one year."""
    cells = groupby(sorted(rows, key=key), key=key)
    return [_year(list(quarters), atlas, lexicon) for _, quarters in cells]


def _year(quarters: Sequence[Row[Any]], atlas: Atlas, lexicon: Lexicon) -> YearOfWaiting:
    waits = {name: _between(quarters, name) for name in ("waited_days", "realised_days", "stated_wait_days")}
    team_wait = _between(quarters, "team_wait_days")
    return YearOfWaiting(
        area=area(quarters[0], atlas),
        kind=kind(quarters[0], lexicon),
        started=_total(quarters, "started"),
        **waits,
        team_talks=_total(quarters, "team_talks") if any(map(tells_of_teams, quarters)) else None,
        team_wait_working_days=team_wait,
        text=" ".join(_sentences(waits["stated_wait_days"], waits["realised_days"], team_wait)),
    )


def _total(quarters: Sequence[Row[Any]], name: str) -> Total:
    found = over_time.total(getattr(row, name) for row in quarters)
    return Total(number=found.number, at_least=found.at_least)


def _between(quarters: Sequence[Row[Any]], name: str) -> Between | None:
    found = over_time.between(getattr(row, name) for row in quarters)
    return Between(low=found.low, high=found.high) if found else None


def _sentences(stated: Between | None, realised: Between | None, team: Between | None) -> Iterator[str]:
    if stated is None:
        yield "Hoe lang het duurt, is niet bekend."
    else:
        yield f"Bij de helft van het aanbod startte hulp binnen {_span(duration(stated.low), duration(stated.high))}."
    if realised is not None:
        yield f"Wie begon, wachtte in het midden {_span(duration(realised.low), duration(realised.high))}."
    if team is not None:
        yield f"Een gesprek met het lokale team kwam binnen {_span(working_days(team.low), working_days(team.high))}."


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} tot {high}"
