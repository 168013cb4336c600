"""What a worker's words mean: free text to care types, needs, places and providers.

The vocabulary is an argument; this knows only how people write. They make typing errors, use synonyms, and split or
join Dutch compounds: "trauma therapie" is "traumatherapie", "logeer opvang" is "logeeropvang". So words are compared
with the spaces taken out, alone and with their neighbours, and compounds are looked into from both ends.
"""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA


class Kind(StrEnum):
    CARE_TYPE = "care-type"
    NEED = "need"
    PLACE = "place"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a text can mean, with all that people call it."""

    kind: Kind
    code: str
    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text: how well, and in which of its words (first and one past the last)."""

    entry: Entry
    score: float
    begin: int
    end: int


SMALL_WORDS = frozenset(
    "de het een en of voor met in op bij van naar tot te aan over ad a d s t".split()  # noqa: SIM905
)
"""Say nothing alone; left out of text and vocabulary alike, so that "bij opa en oma" is "opa oma"."""

LEAST_READ = 0.55
"""Below this it is worth showing in a list, but not worth assuming."""

ANOTHER_WORD = 0.25
"""What a second hit elsewhere in the text adds: "behandelgroep in Ede voor LVB"."""

LONGEST_SPAN = 4
"""So many words may be one thing: "intensieve ambulante gezinsbegeleiding thuis"."""

LEAST_SCORE = 0.4
"""Below this it is more likely chance than meaning."""

SYNONYM_WEIGHT = 0.98
TURNED_WEIGHT = 0.95
"""Of a name with its words in another order."""

PART_WEIGHT = 0.8
"""A part of a name is worth this much of its share: "wilgen" for "Gezinshuis De Wilgen"."""

WHOLE_BEGINNING = 0.4
"""What a beginning is worth while somebody types; more as it nears the whole."""

MOST_SHARING = 25
"""A part that more entries of a kind have than this tells them not apart."""

SHORTEST_BEGINNING = 3
SHORTEST_PART = 3


def words(text: str) -> list[str]:
    """Lower case, no accents, hyphens and slashes as spaces; small words left out unless there is nothing else."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() or c == "+" else " " for c in plain if not unicodedata.combining(c))
    found = kept.split()
    return [word for word in found if word not in SMALL_WORDS] or found


@dataclass(frozen=True, slots=True)
class _Key:
    """One way to write an entry, without spaces, and how much it says: 1 for a whole name, less for a part."""

    text: str
    entry: int
    weight: float


class Vocabulary:
    """All that can be meant, ready to be searched."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        every = (key for number, entry in enumerate(self.entries) for key in _keys(number, entry))
        keys = sorted(_telling(every, self.entries))
        self._texts = [text for text, _, _ in keys]
        self._entry = np.array([entry for _, entry, _ in keys], np.intp)
        self._weight = np.array([weight for _, _, weight in keys])
        self._mistakes = np.array([_mistakes(len(text)) for text in self._texts], np.int32)
        self._backwards = sorted((text[::-1], key) for key, text in enumerate(self._texts))
        self._length = np.array([len(text) for text in self._texts], np.int32)

    def find(self, text: str, kind: Kind, limit: int = 3) -> list[Hit]:
        """The entries of one kind that the text most likely means, best first."""
        return self.find_all(text, limit)[kind]

    def find_all(self, text: str, limit: int = 3) -> dict[Kind, list[Hit]]:
        """The same for every kind at once."""
        found: dict[Kind, list[Hit]] = {kind: [] for kind in Kind}
        for hit in self._hits(text):
            if len(found[hit.entry.kind]) < limit:
                found[hit.entry.kind].append(hit)
        return found

    def read(self, text: str) -> list[Hit]:
        """What the whole text says, in its order. Hits share no word, but a need may hide in another's: "LVB-groep"."""
        taken: dict[bool, set[int]] = {True: set(), False: set()}
        chosen = []
        for hit in self._hits(text):
            claimed, own = taken[hit.entry.kind is Kind.NEED], range(hit.begin, hit.end)
            if hit.score >= LEAST_READ and claimed.isdisjoint(own):
                claimed.update(own)
                chosen.append(hit)
        return sorted(chosen, key=lambda hit: (hit.begin, hit.end))

    def _hits(self, text: str) -> list[Hit]:
        """One hit per entry, best first; ties by name, so that the order never wobbles."""
        per_entry: dict[int, list[Hit]] = {}
        for hit, entry in self._matches(words(text)):
            per_entry.setdefault(entry, []).append(hit)
        hits = (_together(hits) for hits in per_entry.values())
        return sorted(
            (hit for hit in hits if hit.score >= LEAST_SCORE),
            key=lambda hit: (-hit.score, hit.entry.name, hit.entry.code),
        )

    def _matches(self, asked: list[str]) -> Iterator[tuple[Hit, int]]:
        spans = [(b, e) for b in range(len(asked)) for e in range(b + 1, min(b + LONGEST_SPAN, len(asked)) + 1)]
        total = sum(map(len, asked)) or 1
        for (begin, end), close in zip(spans, self._close(asked, spans), strict=True):
            said = sum(map(len, asked[begin:end])) / total
            for key, likeness in close:
                entry = int(self._entry[key])
                score = likeness * float(self._weight[key]) * (1 - UNSAID + UNSAID * said)
                yield Hit(self.entries[entry], score, begin, end), entry

    def _close(self, asked: list[str], spans: list[tuple[int, int]]) -> Iterator[list[tuple[int, float]]]:
        """Per span the keys it is close to, and how close."""
        texts = ["".join(asked[begin:end]) for begin, end in spans]
        turned = ["".join(sorted(asked[begin:end])) for begin, end in spans]
        mistakes = process.cdist(texts, self._texts, scorer=OSA.distance, score_cutoff=MOST_MISTAKES, dtype=np.int32)
        for (_, end), text, sorted_text, wrong in zip(spans, texts, turned, mistakes, strict=True):
            yield [
                *self._misspelt(text, wrong),
                *([] if text == sorted_text else self._exact(sorted_text)),
                *(self._begun(text) if end == len(asked) else []),
                *self._inside(text),
                *self._at_the_end(text),
            ]

    def _misspelt(self, text: str, wrong: npt.NDArray[np.int32]) -> list[tuple[int, float]]:
        near = np.flatnonzero(wrong <= np.minimum(self._mistakes, _mistakes(len(text))))
        likeness = (1 - wrong[near] / np.maximum(self._length[near], len(text))) ** 1.5
        return list(zip(near.tolist(), likeness.tolist(), strict=True))

    def _exact(self, text: str) -> list[tuple[int, float]]:
        return [(key, 1.0) for key in self._range(text, text + "\0")]

    def _begun(self, text: str) -> list[tuple[int, float]]:
        """Keys that go on where the text stops: somebody is still typing."""
        if len(text) < SHORTEST_BEGINNING:
            return []
        rest = 1 - WHOLE_BEGINNING
        return [
            (key, WHOLE_BEGINNING + rest * len(text) / int(self._length[key]))
            for key in self._range(text, text + LAST_LETTER)
        ]

    def _inside(self, text: str) -> list[tuple[int, float]]:
        """Keys that a compound begins or ends with: "lvbgroep", "autismebegeleider"."""
        cuts = range(SHORTEST_PART, len(text) - SHORTEST_PART + 1)
        return [
            (key, COMPOUND + (1 - COMPOUND) * len(part) / len(text))
            for cut in cuts
            for part in (text[:cut], text[cut:])
            for key, _ in self._exact(part)
        ]

    def _at_the_end(self, text: str) -> list[tuple[int, float]]:
        """Compounds that end with the text; in Dutch the end says what it is: "psychiater" for "kinderpsychiater"."""
        if len(text) < SHORTEST_END:
            return []
        first = bisect_left(self._backwards, (text[::-1],))
        past = bisect_left(self._backwards, (text[::-1] + LAST_LETTER,))
        return [(key, COMPOUND + (1 - COMPOUND) * len(text) / len(found)) for found, key in self._backwards[first:past]]

    def _range(self, first: str, past: str) -> range:
        return range(bisect_left(self._texts, first), bisect_left(self._texts, past))


UNSAID = 0.25
"""How much a hit loses when it explains hardly any of the words; so the longer of two exact names wins."""

COMPOUND = 0.5
"""What a word inside a compound is worth at least."""

MOST_MISTAKES = 3

SHORTEST_END = 5
LAST_LETTER = "\U0010ffff"
"""Sorts after every other."""


def _together(hits: list[Hit]) -> Hit:
    """The best hit of an entry, and a little for the best of its other words."""
    best = max(hits, key=lambda hit: hit.score)
    others = [hit.score for hit in hits if hit.end <= best.begin or best.end <= hit.begin]
    return replace(best, score=best.score + ANOTHER_WORD * max(others, default=0.0))


def _mistakes(length: int) -> int:
    """How many letters may be wrong: none in an abbreviation, three in a long word."""
    return 0 if length <= 3 else 1 if length <= 5 else 2 if length <= 9 else MOST_MISTAKES


def _keys(number: int, entry: Entry) -> Iterator[_Key]:
    """Every name whole, with its words in another order, and in parts; a synonym says a little less than the name."""
    for name, worth in ((entry.name, 1.0), *((synonym, SYNONYM_WEIGHT) for synonym in entry.synonyms)):
        said = words(name)
        whole = "".join(said)
        yield _Key(whole, number, worth)
        yield _Key("".join(sorted(said)), number, worth * TURNED_WEIGHT)
        for begin, end in combinations(range(len(said) + 1), 2):
            part = "".join(said[begin:end])
            if SHORTEST_PART <= len(part) < len(whole):
                yield _Key(part, number, PART_WEIGHT * (0.4 + 0.6 * len(part) / len(whole)))


def _telling(keys: Iterable[_Key], entries: Sequence[Entry]) -> Iterator[tuple[str, int, float]]:
    """One key per text and entry, the heaviest; no part that many of a kind share: "gezinshuis" names no provider."""
    best: dict[tuple[str, int], float] = {}
    for key in keys:
        best[key.text, key.entry] = max(key.weight, best.get((key.text, key.entry), 0.0))
    shared = Counter((text, entries[entry].kind) for text, entry in best)
    for (text, entry), weight in best.items():
        if weight > PART_WEIGHT or shared[text, entries[entry].kind] <= MOST_SHARING:
            yield text, entry, weight
