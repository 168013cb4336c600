"""Does anything fit? The rules of the field in the plainest words, one question at a time, without the matcher."""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pandas as pd

from data.demo.world import World


@dataclass(frozen=True)
class Asked:
    """As much of a question as the plain rules need."""

    municipality_code: str
    pc4: str
    birth_month: str
    care_type_codes: list[str]
    needed_from: pd.Timestamp
    max_distance_km: float
    need_codes: list[str]
    gender: str | None


def read_questions(asked: pd.DataFrame) -> list[Asked]:
    columns = [asked[field.name].tolist() for field in fields(Asked)]
    return [Asked(*row) for row in zip(*columns, strict=True)]


class PlainJudge:
    """Keeps the world as one table of offers per way of being available, and filters it for each question."""

    def __init__(self, world: World, today: date) -> None:
        self.today = pd.Timestamp(today)
        places = world.locations.set_index("id")[["lon", "lat"]]
        offers = world.offers.join(places, on="location_id").rename(columns={"id": "offer_id"})
        said = world.statements[world.statements.id.isin(world.current.statement_id)]
        offers = offers.merge(said[["offer_id", "admission_stop"]], on="offer_id", how="left")
        contracts = world.contracts.rename(columns={"id": "contract_id"}).drop(columns=["provider"])
        agreed = world.contract_lines.merge(contracts, on="contract_id")
        self.contracted = offers.merge(agreed, on=["provider_agb", "care_type_code"])
        self.free = offers.merge(world.served_areas, on="offer_id")
        self.region = world.ground.municipalities.set_index("code").region
        self.home = world.ground.postcodes.set_index("pc4")[["lon", "lat"]]
        self.bit = dict(zip(world.ground.needs.code, world.ground.needs.bit, strict=True))

    def fitting(self, question: Asked) -> pd.DataFrame:
        """The offers that fit, once each."""
        found = pd.concat([self._contracted(question), self._free(question)])
        return found[self._suits(found, question)].drop_duplicates("offer_id")

    def _contracted(self, question: Asked) -> pd.DataFrame:
        of_type = self.contracted[self.contracted.care_type_code.isin(question.care_type_codes)]
        areas = [question.municipality_code, self.region[question.municipality_code], "NL"]
        day = max(self.today, question.needed_from)
        here = of_type[of_type.area_code.isin(areas)]
        runs = (here.valid_from <= day) & (here.valid_until.isna() | (here.valid_until >= day))
        paused = (here.suspended_from <= day) & (here.suspended_until.isna() | (here.suspended_until >= day))
        return here.loc[runs & ~paused]

    def _free(self, question: Asked) -> pd.DataFrame:
        of_type = self.free[self.free.care_type_code.isin(question.care_type_codes)]
        return of_type.loc[of_type.municipality_code == question.municipality_code]

    def _suits(self, offers: pd.DataFrame, question: Asked) -> "pd.Series[bool]":
        born = pd.Period(question.birth_month, "M")
        months = (self.today.year - born.year) * 12 + self.today.month - born.month
        needs = sum(1 << self.bit[code] for code in question.need_codes)
        published = (offers.published_from <= self.today) & ~(offers.published_until < self.today)
        suits = published & (offers.age_until >= months // 12) & ~offers.admission_stop.fillna(False).astype(bool)
        suits &= (offers.excludes & needs) == 0
        suits &= (offers.only_for == 0) | ((offers.only_for & needs) != 0)
        if question.gender:
            suits &= (offers.genders & (1 << ("boy", "girl", "other").index(question.gender))) != 0
        if not np.isnan(question.max_distance_km):
            suits &= self._distance_km(offers, question) <= question.max_distance_km
        return pd.Series(suits)

    def _distance_km(self, offers: pd.DataFrame, question: Asked) -> "pd.Series[float]":
        home = self.home.loc[question.pc4]
        east = (offers.lon - home.lon) * 111.2 * np.cos(np.radians(home.lat))
        north = (offers.lat - home.lat) * 111.2
        return np.hypot(east, north)  # type: ignore[no-any-return]  # a float of numpy
