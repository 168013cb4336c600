"""Which provider a row means: by AGB code, else as a human said, else by its exact name. What is only alike is
proposed to a human, never assumed. Pure.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from availability.intake.columns import How
from availability.intake.spelling import told_apart
from availability.refusals import Fault


@dataclass(frozen=True, slots=True)
class Likeness:
    """A provider that a name might mean."""

    code: str
    percent: int


@dataclass(frozen=True, slots=True)
class Found:
    """The AGB code of the provider that is meant, or why it is not known and which it might be."""

    code: str | None = None
    how: How | None = None
    """GIVEN or REMEMBERED when a human said what the name means."""
    fault: Fault | None = None
    proposals: tuple[Likeness, ...] = ()


NO_PROVIDER = "Vul de AGB-code van de aanbieder in."
UNKNOWN_PROVIDER = "Deze aanbieder kennen wij niet. Kijk de AGB-code na, of voeg de aanbieder eerst toe."
UNKNOWN_NAME = "Deze naam kennen wij niet. Vul de AGB-code in, of voeg de aanbieder eerst toe."
TWO_PROVIDERS = "Meer dan één aanbieder heet zo. Zeg welke u bedoelt, of vul de AGB-code in."
DO_YOU_MEAN = "Bedoelt u {name}? Bevestig dat, of vul de AGB-code in."
OTHER_PROVIDER = "Deze AGB-code hoort bij {name}. Zijn de rijen verschoven?"

_LEGAL_FORMS = {"stichting", "st", "stg", "bv", "b", "v", "nv", "vof", "cooperatie", "vereniging"}
"""Written by one and left out by another: they say nothing of who it is."""
_WORTH_PROPOSING = 65
_SCORERS = ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, 0.9))
"""A slip of the hand; and words more or fewer, which says a little less."""
_MOST_PROPOSED = 5
_MOST_SEARCHES = 100
"""Distinct names of one file. Who answered these is asked the next."""


class Providers:
    """Every provider that a row may name, and what a human said of names that are not exactly theirs."""

    def __init__(
        self,
        names: Mapping[str, str],
        given: Mapping[str, str] | None = None,
        remembered: Mapping[str, str] | None = None,
    ) -> None:
        """`names`: by AGB code. By name its AGB code: `given` with this list, `remembered` (`told_apart`) before."""
        self.names = names
        self._said = {name: (code, How.REMEMBERED) for name, code in (remembered or {}).items()}
        self._said |= {told_apart(name): (code, How.GIVEN) for name, code in (given or {}).items()}
        self._codes: dict[str, list[str]] = defaultdict(list)
        for code, name in names.items():
            self._codes[told_apart(name)].append(code)
        self._called: dict[str, Found] = {}
        self._searches = 0

    def meant(self, code: str | None, name: str | None) -> Found:
        """What a row says of its provider, looked up."""
        if code is not None:
            return self._numbered(code, told_apart(name or ""))
        if not name:
            return Found(fault=Fault("/provider", NO_PROVIDER, "missing"))
        words = told_apart(name)
        if words not in self._called:
            self._called[words] = self._named(words)
        return self._called[words]

    def _numbered(self, code: str, name: str) -> Found:
        if code not in self.names:
            return Found(fault=Fault("/provider", UNKNOWN_PROVIDER, "unknown"))
        if name and code not in self._codes.get(name, [code]):
            sentence = OTHER_PROVIDER.format(name=self.names[code])
            return Found(fault=Fault("/provider", sentence, "other-name"))
        return Found(code)

    def _named(self, name: str) -> Found:
        said, how = self._said.get(name, (None, None))
        if how is How.GIVEN and said not in self.names:
            return Found(fault=Fault("/providerName", UNKNOWN_PROVIDER, "unknown"))
        same = self._codes.get(name, [])
        if how is not How.GIVEN and len(same) == 1:
            return Found(same[0])
        if said in self.names:
            return Found(said, how)
        if same:
            proposals = tuple(Likeness(each, 100) for each in same)
            return Found(fault=Fault("/providerName", TWO_PROVIDERS, "ambiguous-provider"), proposals=proposals)
        return self._proposed(name)

    def _proposed(self, name: str) -> Found:
        self._searches += 1
        found = self._alike(name) if self._searches <= _MOST_SEARCHES else ()
        if not found:
            return Found(fault=Fault("/providerName", UNKNOWN_NAME, "unknown-provider"))
        asked = DO_YOU_MEAN.format(name=self.names[found[0].code])
        return Found(fault=Fault("/providerName", asked, "provider-unconfirmed"), proposals=found)

    def _alike(self, name: str) -> tuple[Likeness, ...]:
        best: dict[str, float] = {}
        for scorer, weight in _SCORERS:
            near = process.extract(_telling(name), self._telling, scorer=scorer, limit=2 * _MOST_PROPOSED)
            for _, score, code in near:
                best[code] = max(best.get(code, 0.0), weight * score)
        ranked = sorted(best.items(), key=lambda item: -item[1])[:_MOST_PROPOSED]
        return tuple(Likeness(code, round(score)) for code, score in ranked if score >= _WORTH_PROPOSING)

    @cached_property
    def _telling(self) -> dict[str, str]:
        return {code: _telling(told_apart(name)) for code, name in self.names.items()}


def _telling(name: str) -> str:
    """What tells a name from another, if it has anything of the kind."""
    return " ".join(word for word in name.split() if word not in _LEGAL_FORMS) or name
