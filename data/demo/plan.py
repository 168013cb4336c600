"""Which worlds there are: the part of the map, the size, and how much history."""

from dataclasses import dataclass, replace
from datetime import date

SEED = 2025
"""Any number will do; this one is what everybody sees who does not choose."""

CENTRAAL_GELDERLAND = "JZ28"


@dataclass(frozen=True)
class Plan:
    """The same plan makes the same world."""

    regions: tuple[str, ...]
    """None: the whole country."""
    home: str | None
    """The region the stories play in: it has twice its share of the providers."""
    offers: int
    history: float
    """Earlier statements per offer, on average."""
    cases: int
    """Open cases."""
    past: int = 0
    """Children who were referred and started, or gave up, in the past year."""
    seed: int = SEED
    today: date = date.min

    def at(self, today: date, seed: int, offers: int | None) -> "Plan":
        return replace(self, today=today, seed=seed, offers=self.offers if offers is None else offers)


NEIGHBOURHOOD = (
    CENTRAAL_GELDERLAND,
    "JZ17",  # Midden IJssel / Oost Veluwe
    "JZ21",  # Food Valley
    "JZ25",  # Achterhoek
    "JZ30",  # Rivierenland
    "JZ32",  # Rijk van Nijmegen
)

WORLDS = {
    "region": Plan(NEIGHBOURHOOD, CENTRAAL_GELDERLAND, offers=1_500, history=4.0, cases=200, past=2_500),
    "national": Plan((), None, offers=100_000, history=0.0, cases=200),
}
"""`region` is the demo: Centraal Gelderland with its neighbours. `national` is for measuring, at any size."""
