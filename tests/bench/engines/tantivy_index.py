"""tantivy, the text index: it filters by terms and ranges, and orders by a stored number."""

import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import tantivy

from matcher.offers import NEVER
from matcher.question import Question
from tests.bench.asked import Asked, in_numbers
from tests.bench.engines.engine import Engine
from tests.bench.worlds import World

INDEXED = (
    *("care_type", "area", "valid_from", "valid_until", "suspended_from", "suspended_until"),
    *("published_from", "published_until", "setting", "stop", "age_until", "past_eighteen"),
)
MASKS = ("excludes", "only_for", "genders")
SHOWN = 20


class Tantivy(Engine):
    """A document per offer and agreement; the best twenty by the expected start."""

    name: ClassVar[str] = "tantivy"
    exact: ClassVar[bool] = False
    note: ClassVar[str] = (
        "cannot do the ranking: it filters, and orders by one number stored beforehand (the pessimistic start);"
        " it knows no distance to a child, no sum of points and no age at the expected start; twenty documents only"
    )

    def build(self, world: World) -> float:
        self._world = world
        self._folder = TemporaryDirectory()
        began = time.perf_counter()
        self._index = tantivy.Index(_schema(), path=self._folder.name)
        writer = self._index.writer(heap_size=200_000_000, num_threads=1)
        for row in world.sheet[["offer_id", "pessimistic", *INDEXED, *MASKS]].to_dict("records"):
            writer.add_document(_document(row))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        return time.perf_counter() - began

    def answer(self, question: Question) -> list[int]:
        asked = in_numbers(self._world, question)
        found = self._searcher.search(
            self._query(asked), limit=SHOWN, count=False, order_by_field="pessimistic", order=tantivy.Order.Asc
        )
        ids = [self._searcher.doc(address)["offer_id"][0] for _, address in found.hits]
        return list(dict.fromkeys(ids))

    @property
    def nbytes(self) -> int:
        return sum(file.stat().st_size for file in Path(self._folder.name).iterdir())

    def close(self) -> None:
        self._folder.cleanup()

    def _query(self, asked: Asked) -> tantivy.Query:
        """Every clause must hold; what the question does not ask is left out."""
        must, must_not, wanted = tantivy.Occur.Must, tantivy.Occur.MustNot, asked.wanted
        oldest = int((asked.outgrown <= wanted).argmin())
        clauses = [
            (must, self._any("care_type", asked.care_types)),
            (must, self._any("area", asked.areas)),
            (must, self._range("valid_from", -NEVER, wanted)),
            (must, self._range("valid_until", wanted, NEVER)),
            (must, self._range("published_from", -NEVER, asked.today)),
            (must, self._range("published_until", wanted, NEVER)),
            (must, self._range("age_until", oldest, 99)),
            (must, self._any("stop", [0])),
            (must, self._any("genders", _bits(asked.genders))),
            (must, self._any("only_for", [-1, *_bits(asked.needs)])),
            *((must_not, self._any("excludes", [bit])) for bit in _bits(asked.needs)),
        ]
        if asked.setting >= 0:
            clauses.append((must, self._any("setting", [asked.setting])))
        if asked.past_eighteen:
            clauses.append((must_not, self._any("past_eighteen", [0])))
        return tantivy.Query.boolean_query(clauses)

    def _any(self, field: str, wanted: list[int]) -> tantivy.Query:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(self._index.schema, field, each)) for each in wanted]
        return tantivy.Query.boolean_query(terms)

    def _range(self, field: str, least: int, most: int) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self._index.schema, field, kind, least, most, True, True)


def _schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    for name in (*INDEXED, *MASKS):
        fields.add_integer_field(name, indexed=True, fast=True)
    fields.add_integer_field("offer_id", stored=True)
    fields.add_integer_field("pessimistic", fast=True)
    return fields.build()


def _document(row: Mapping[Any, Any]) -> tantivy.Document:
    document = tantivy.Document()
    for name, value in row.items():
        for each in (_bits(value) or [-1]) if name in MASKS else [value]:
            document.add_integer(name, each)
    return document


def _bits(mask: int) -> list[int]:
    """The numbers of the bits; a mask is a list of terms to a text index."""
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
