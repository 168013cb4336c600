"""What was found in a region, told: names for numbers, sentences for codes."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy.orm import Session

from availability.board.areas import area_number
from availability.geography.atlas import Atlas
from availability.messages import CodeAndName
from availability.oversight import shortage_queries
from availability.oversight.region import RegionView, by_family
from availability.oversight.shortage_messages import (
    AboveTheRegion,
    CareKind,
    Neighbour,
    ObviousRule,
    Said,
    ShortageTold,
    Trend,
    WorthTold,
)
from availability.vocabulary.lexicon import CareType, Lexicon
from matcher.shortage import NOWHERE
from matcher.shortage_causes import Cause
from matcher.shortage_pairs import Flags
from matcher.shortage_radar import Shortage
from matcher.shortage_words import Reason, against, reasons_for, say, worth_of

REFUSED_WITHIN = timedelta(days=90)
MONTH, YEAR = timedelta(days=30), timedelta(days=365)


def said(reasons: Sequence[Reason]) -> list[Said]:
    return [Said(code=str(code), values=values, text=say(code, values)) for code, values in reasons]


@dataclass(frozen=True, slots=True)
class Before:
    """What was open earlier and refused lately, per care type and municipality."""

    open_on: dict[tuple[str, str, date], int]
    refusals: dict[tuple[str, str], int]
    today: date

    @classmethod
    def of(cls, session: Session, view: RegionView) -> "Before":
        members, today = [each.code for each in view.members], view.country.today
        then = shortage_queries.open_on(session, members, (today - MONTH, today - YEAR))
        refused = shortage_queries.refused_for_want_of_room(session, members, today - REFUSED_WITHIN)
        return cls(
            {(row.care_type_code, row.municipality_code, row.on_day): row.open_requests for row in then},
            {(row.care_type_code, row.municipality_code): row.refusals for row in refused},
            today,
        )

    def trend(self, care_types: Set[str], where: Set[str]) -> Trend:
        month, year = (
            sum(
                n
                for (care, place, day), n in self.open_on.items()
                if day == then and care in care_types and place in where
            )
            for then in (self.today - MONTH, self.today - YEAR)
        )
        return Trend(last_month=month, last_year=year)

    def refused(self, care_types: Set[str], where: Set[str]) -> int:
        return sum(n for (care, place), n in self.refusals.items() if care in care_types and place in where)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one row of the radar counts: a care type or a family, and the care types in it."""

    kind: CareKind
    care_types: frozenset[str]


class Telling:
    """Tells one region's view in words."""

    def __init__(self, view: RegionView, atlas: Atlas, lexicon: Lexicon, before: Before) -> None:
        self.view, self.atlas, self.lexicon, self.before = view, atlas, lexicon, before
        self._areas = {area_number(code): CodeAndName(code=code, name=name) for code, name in atlas.regions.items()}
        self._areas |= {area_number(each.code): CodeAndName(code=each.code, name=each.name) for each in view.members}
        self._care_types = {each.number: each for each in lexicon.care_types.values()}

    def shortages(self, *, per_municipality: bool, families: bool) -> list[ShortageTold]:
        counted, kind = self._counted(families), self.view.first_wish()
        if families:
            kind = by_family(self.lexicon)[0](kind)
        found = self.view.shortages(kind, per_municipality=per_municipality)
        return [self._shortage(cell, counted[cell.kind]) for cell in found]

    def _counted(self, families: bool) -> dict[int, Counted]:
        care_types = self._care_types.values()
        if not families:
            return {each.number: Counted(_kind(each), frozenset([each.code])) for each in care_types}
        return {
            number: Counted(
                CareKind(code=name, name=name, family=name),
                frozenset(each.code for each in care_types if each.family == name),
            )
            for number, name in by_family(self.lexicon)[1].items()
        }

    def _shortage(self, cell: Shortage, counted: Counted) -> ShortageTold:
        area = self._areas[cell.area]
        where = {area.code} if area.code.startswith("GM") else {each.code for each in self.view.members}
        trend = self.before.trend(counted.care_types, where)
        reasons = [*reasons_for(cell), against(cell.open_requests, trend.last_month, "vorige maand")]
        return ShortageTold.of(
            cell,
            kind=counted.kind,
            area=area,
            refusals=self.before.refused(counted.care_types, where),
            trend=trend,
            worth=self._best(counted.care_types, where) if cell.unplaced else None,
            reasons=said(reasons),
        )

    def _best(self, care_types: Set[str], where: Set[str]) -> WorthTold | None:
        """The cell in this area where places help most."""
        cells = self.view.country.cells
        limit, direct = cells.worth.limit, cells.worth.direct
        members = [at for at in self._helping() if cells.where[at][0] in care_types and cells.where[at][1] in where]
        return self.worth(max(members, key=lambda at: (limit[at], direct[at]))) if members else None

    def _helping(self) -> list[int]:
        """The region's cells in which places help somebody."""
        cells = self.view.cells
        helping: list[int] = cells[self.view.country.cells.worth.limit[cells] > 0].tolist()
        return helping

    def worth(self, cell: int) -> WorthTold:
        worth = self.view.country.cells.worth
        care_type, code, _ = self.view.country.cells.where[cell]
        municipality = self.atlas.municipalities[code]
        limit, through = int(worth.limit[cell]), self.view.through(cell)
        return WorthTold(
            care_type=CodeAndName(code=care_type, name=self.lexicon.care_types[care_type].name),
            municipality=CodeAndName(code=municipality.code, name=municipality.name),
            curve=[min(limit, places) for places in range(1, worth.most + 1)],
            saturated=limit < worth.most,
            direct=int(worth.direct[cell]),
            through=through,
            reasons=said(worth_of(limit, worth.most, through)),
        )

    def worths(self, care_type: str | None) -> list[WorthTold]:
        """Every cell where places help somebody, most first."""
        cells = self.view.country.cells
        asked = (at for at in self._helping() if care_type in (None, cells.where[at][0]))
        return [
            self.worth(at) for at in sorted(asked, key=lambda at: (-cells.worth.limit[at], -cells.worth.direct[at]))
        ]

    def obvious_rules(self) -> list[ObviousRule]:
        return [self._obvious(rule, cell) for rule, cell in self.view.obvious().items()]

    def _obvious(self, rule: str, cell: int) -> ObviousRule:
        worth = self.worth(cell)
        pointed: dict[str, object] = {"careType": worth.care_type.name, "area": worth.municipality.name}
        helped: dict[str, object] = {"help": "helpen", "places": len(worth.curve), "children": worth.curve[-1]}
        return ObviousRule(rule=rule, worth=worth, reasons=said([(rule, pointed), ("rule-helps", helped)]))

    def above_the_region(self) -> Iterator[AboveTheRegion]:
        """Per care type the children whom no place in the region can serve, however the region itself might change."""
        picture, kind = self.view.picture, self.view.first_wish()
        unplaced = self.view.among & (picture.placement.at == NOWHERE) & (kind != NOWHERE)
        near = np.zeros(len(unplaced), np.bool_)
        for cause, pairs in picture.remedies.opened.items():
            if cause != Cause.NEXT_DOOR:
                near[pairs.request] = True
        beyond = unplaced & ~near
        next_door = np.zeros(len(unplaced), np.bool_)
        next_door[picture.remedies.opened[Cause.NEXT_DOOR].request] = True
        for number in np.unique(kind[beyond]).tolist():
            members: Flags = beyond & (kind == number)
            yield AboveTheRegion(
                care_type=_kind(self._care_types[number]),
                children=int(members.sum()),
                neighbours=[
                    Neighbour(region=self._areas[region], places=places)
                    for region, places in self.view.neighbours(members)
                    if region in self._areas
                ],
                boeg=int((members & ~next_door).sum()),
            )


def _kind(care_type: CareType) -> CareKind:
    return CareKind(code=care_type.code, name=care_type.name, family=care_type.family)
