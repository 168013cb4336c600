"""How well the expected start foretells: figures on simulated queues that were not tuned on.

`python -m tests.matcher.validation` prints them. An error is measured against what could be known (the median of many
futures from the same true state) and against what came, in which chance has its share too. Choosing is from eight
offers of one care type; what it costs is how much longer the chosen one took than the best of the eight.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from matcher.foresight import Expectation, expected_start
from matcher.question import Month
from matcher.queues import TODAY, Sample, sample

SEEDS = range(1000, 1004)
CARE_TYPES = 40
OF_ANY_AGE = Month(1500, 1)
LEARNT = ("realised_wait", "realised_spread", "late_days", "left_before", "over_days")

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Trial:
    """Waits in days, one per simulated offer."""

    stated: Numbers
    foretold: Numbers
    pessimistic: Numbers
    early: Numbers
    late: Numbers
    knowable: Numbers
    came: Numbers
    counted: Rows
    """Whether the provider said how many wait and started."""
    proven: Rows
    """Whether a child of ours started there."""
    children: Numbers
    """How many left the list in a quarter: the weight of an offer when children, not offers, are counted."""

    def error(self, wait: Numbers, truth: Numbers, rows: Rows) -> float:
        return float(np.abs(wait - truth)[rows].mean())

    def error_ratio(self, truth: Numbers, rows: Rows) -> float:
        """The error of what is foretold over that of what was stated."""
        return self.error(self.foretold, truth, rows) / self.error(self.stated, truth, rows)

    def error_ratio_per_child(self, truth: Numbers) -> float:
        of_foretold, of_stated = (self.children * np.abs(wait - truth) for wait in (self.foretold, self.stated))
        return float(of_foretold[self.counted].sum() / of_stated[self.counted].sum())

    def cost_of_choosing(self, by: Numbers, truth: Numbers, rows: Rows) -> float:
        """Days lost by taking the first by this among eight."""
        eights = np.flatnonzero(rows)[: np.count_nonzero(rows) // 8 * 8].reshape(-1, 8)
        chosen = eights[np.arange(len(eights)), by[eights].argmin(axis=1)]
        return float((truth[chosen] - truth[eights].min(axis=1)).mean())

    def cost_ratio(self, truth: Numbers, rows: Rows) -> float:
        return self.cost_of_choosing(self.pessimistic, truth, rows) / self.cost_of_choosing(self.stated, truth, rows)

    @property
    def in_band(self) -> Rows:
        came = np.rint(self.came)
        return np.asarray((came >= self.early) & (came <= self.late))

    @property
    def pessimistic_holds(self) -> float:
        return float((np.rint(self.came) <= self.pessimistic).mean())

    @property
    def everyone(self) -> Rows:
        return np.ones(len(self.came), np.bool_)


@cache
def worlds() -> list[Sample]:
    return [sample(seed, CARE_TYPES) for seed in SEEDS]


def trial(*, of_a_new_service: bool = False) -> Trial:
    """All offers, with all that is learnt of them, or with nothing, as when a service begins."""
    samples = worlds()
    rows = np.concatenate([one.candidates for one in samples])
    if of_a_new_service:
        for name in LEARNT:
            rows[name] = np.nan
    told: Expectation = expected_start(rows, TODAY, OF_ANY_AGE, TODAY)
    return Trial(
        stated=told.stated_wait.astype(np.float64),
        foretold=(told.start - TODAY).astype(np.float64),
        pessimistic=(told.pessimistic - TODAY).astype(np.float64),
        early=(told.early - TODAY).astype(np.float64),
        late=(told.late - TODAY).astype(np.float64),
        knowable=np.concatenate([one.expected for one in samples]),
        came=np.concatenate([one.realised for one in samples]),
        counted=rows["waiting"] >= 0,
        proven=~np.isnan(rows["realised_wait"]),
        children=np.maximum(rows["started_90"] + rows["withdrawn_90"], 0).astype(np.float64),
    )


def report(of: Trial) -> list[str]:
    lines = [f"{len(of.came)} offers, {np.count_nonzero(of.counted)} of which say how many wait and started"]
    kinds = {
        "all offers": of.everyone,
        "those that count": of.counted,
        "those that do not count": ~of.counted,
        "no child of ours started": ~of.proven,
    }
    for name, rows in kinds.items():
        for truth_name, truth in (("what could be known", of.knowable), ("what came", of.came)):
            lines.append(
                f"{name}, against {truth_name}: "
                f"error stated {of.error(of.stated, truth, rows):.1f},"
                f" foretold {of.error(of.foretold, truth, rows):.1f} (x{of.error_ratio(truth, rows):.2f}); "
                f"choosing costs {of.cost_of_choosing(of.stated, truth, rows):.1f},"
                f" {of.cost_of_choosing(of.pessimistic, truth, rows):.1f} (x{of.cost_ratio(truth, rows):.2f});"
                f" the band holds {of.in_band[rows].mean():.1%}"
            )
    chance = of.error(of.knowable, of.came, of.everyone) / of.error(of.stated, of.came, of.everyone)
    lines.append(f"who knows everything still errs x{chance:.2f} of the stated wait against what came")
    lines.append(f"per child, against what could be known: x{of.error_ratio_per_child(of.knowable):.2f}")
    lines.append(f"the band holds {of.in_band.mean():.1%}, the pessimistic day {of.pessimistic_holds:.1%}")
    return lines


if __name__ == "__main__":
    print(*report(trial()), "", "A service that begins:", *report(trial(of_a_new_service=True)), sep="\n")  # noqa: T201
