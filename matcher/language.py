"""How a reason is said: one catalogue of sentences per language, and how values are written in it.

The matcher thinks in codes and values; only here do they become words. A template names values in braces; a value is
written by the format of its name, so a date or a distance reads the same in every sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matcher.fit import Rule
from matcher.waiting import Basis, Certainty

Values = Mapping[str, object]

DAYS = (
    "start", "cautious", "neededFrom", "contractFrom", "contractUntil", "suspendedUntil", "availableFrom",
    "oldEnoughOn", "publishedFrom", "publishedUntil",
)  # fmt: skip
KILOMETRES = ("km", "maxKm", "travelsKm")
WAITS = ("days", "lateDays")
SETTINGS = ("setting", "wantedSetting")
"""Which values are of one kind, the same in every language."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language. Sentences are plain: at most fifteen words."""

    code: str
    reasons: Mapping[str, str]
    """Why an offer earns its points, by the code of a reason."""
    refusals: Mapping[str, str]
    """Why an offer is not the one, by the code of a refusal."""
    changes: Mapping[str, str]
    """What a worker could ask otherwise, by the code of a change."""
    rules: Mapping[Rule, str]
    """A rule in a few words, as the heading above a count."""
    certainty: Mapping[Certainty, str]
    basis: Mapping[Basis, str]
    formats: Mapping[str, Callable[..., str]]
    """How a value is written, by its name; others are written as they are."""

    def say(self, template: str, values: Values) -> str:
        """A template with its values written out."""
        return template.format(**{name: self.formats.get(name, str)(value) for name, value in values.items()})
