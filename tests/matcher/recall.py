"""How well words are understood: recall on queries as workers type them. `python -m tests.matcher.recall` prints it.

`queries.csv` was written before the search was, and is for measuring only; `queries_for_tuning.csv` is what the weights
were set by. A cell holds the codes that are right, or nothing if the query does not speak of that kind.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

from matcher.wording import Entry, Kind, Vocabulary

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "data"
COLUMNS = {
    "care_type": Kind.CARE_TYPE,
    "need": Kind.NEED,
    "place": Kind.PLACE,
    "provider": Kind.PROVIDER,
}
ASKED_FOR = {
    "p01": "Gezinshuis De Wilgen",
    "p02": "Het Gouden Anker",
    "p03": "Stichting Kompas Jeugdhulp",
    "p04": "Logeerhuis De Zonnebloem",
    "p05": "Praktijk De Kabbelende Libel",
    "p06": "De Zilveren Vuurtoren",
    "p07": "De Wakkere Merel",
    "p08": "De Houten Eekhoorn",
}
FORMS = ("Stichting", "Gezinshuis", "Praktijk", "Jeugdhulp")
COLOURS = ("Fluitende", "Zingende", "Dansende", "Koperen", "Blauwe", "Ruisende", "Dromende", "Groene", "Lachende")
THINGS = (
    "Wilg",
    "Merel",
    "Beuk",
    "Otter",
    "Zwaluw",
    "Hommel",
    "Egel",
    "Uil",
    "Bever",
    "Molen",
    "Poort",
    "Ster",
    "Maan",
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _listed(kind: Kind, file: str) -> Iterator[Entry]:
    for row in rows(DATA / file):
        yield Entry(kind, row["code"], row["name"], tuple(filter(None, row["synonyms"].split("|"))))


def _places() -> Iterator[Entry]:
    """Municipalities, with the places in them and what else they are called."""
    inside: dict[str, set[str]] = {}
    for row in rows(DATA / "postcodes.csv"):
        inside.setdefault(row["municipality_code"], set()).add(row["place"])
    for row in rows(DATA / "municipalities.csv"):
        called = {row["short_name"], *row["synonyms"].split("|"), *inside.get(row["code"], ())} - {""}
        yield Entry(Kind.PLACE, row["code"], row["name"], tuple(sorted(called)))


def _providers() -> Iterator[Entry]:
    """Those asked for, among two hundred that are called much the same."""
    for code, name in ASKED_FOR.items():
        yield Entry(Kind.PROVIDER, code, name)
    for number, (colour, thing) in enumerate(product(COLOURS, THINGS)):
        yield Entry(Kind.PROVIDER, f"x{number}", f"{FORMS[number % len(FORMS)]} De {colour} {thing}")


def vocabulary() -> Vocabulary:
    return Vocabulary(
        [
            *_listed(Kind.CARE_TYPE, "care_types.csv"),
            *_listed(Kind.NEED, "needs.csv"),
            *_places(),
            *_providers(),
        ]
    )


def missed(known: Vocabulary, queries: Iterable[Mapping[str, str]], column: str, limit: int = 3) -> list[str]:
    """The queries that speak of this kind and do not find it among the first `limit`."""
    return [
        query["query"]
        for query in queries
        if query[column]
        and not {hit.entry.code for hit in known.find(query["query"], COLUMNS[column], limit)}
        & set(query[column].split("|"))
    ]


def report(file: str) -> Iterator[str]:
    known, queries = vocabulary(), rows(HERE / file)
    for column in COLUMNS:
        asked = sum(bool(query[column]) for query in queries)
        first, third = (missed(known, queries, column, limit) for limit in (1, 3))
        yield f"{column:10} {asked:3} asked, first {1 - len(first) / asked:.3f}, top three {1 - len(third) / asked:.3f}"
        yield from (f"           missed: {query}" for query in third)


if __name__ == "__main__":
    for file in ("queries_for_tuning.csv", "queries.csv"):
        print(file, *report(file), sep="\n")  # noqa: T201
