"""Which offers lie surely too far from a home: told by the angle between two places, without working out a distance.

It only spares work: who is not surely too far is judged by the rules of `fit`.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.offers import EARTH_RADIUS_KM, Rows, unit_vector
from matcher.question import Place, Setting

Cosines = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ANYWHERE = -2.0
"""Below every cosine."""

DOUBT = 1e-12
"""In cosine: a thousand times what rounding does, and at ten kilometres four millimetres."""

_ONLINE = list(Setting).index(Setting.ONLINE)


class Whereabouts(NamedTuple):
    """Where offers are, and how far their teams travel; changed in place."""

    places: Cosines
    """Offer × axis: the unit vector of the location."""
    reach: Cosines
    """The cosine of the angle over which the team travels; NaN where the child does."""

    @classmethod
    def of(cls, offers: Rows) -> "Whereabouts":
        places = np.stack([offers[axis] for axis in "xyz"], axis=1)
        elsewhere = np.where(offers["setting"] == _ONLINE, ANYWHERE, np.nan)
        reach = np.cos(offers["travels_km"].astype(float) / EARTH_RADIUS_KM)
        return cls(places, np.where(np.isnan(reach), elsewhere, reach))

    def put(self, at: npt.NDArray[np.intp], offers: Rows) -> None:
        """Take over what offers say now."""
        news = Whereabouts.of(offers)
        self.places[at], self.reach[at] = news.places, news.reach

    def too_far(self, home: Place, maximum_km: float | None) -> Flags:
        """Where no team comes from, and where no child need travel to."""
        child = ANYWHERE if maximum_km is None else np.cos(maximum_km / EARTH_RADIUS_KM)
        reach = np.where(np.isnan(self.reach), child, self.reach)
        far: Flags = self.places @ np.array(unit_vector(home.lon, home.lat)) < reach - DOUBT
        return far
