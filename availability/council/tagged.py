"""A PDF that tells what each of its parts is, so that it can be read aloud: headings, paragraphs, tables with headers.

fpdf2 draws, and keeps a tree in which every element hangs under the document; here elements hold elements, as the rows
of a table do. What is only there to be looked at is marked as such, and is not read.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject

LETTERS = "cp1252"
"""What the fonts can write that every reader has: all letters of the names of places here."""


class Element(StructElem):
    """A part of the document on one page. `a` has the attributes of the standard, such as the scope of a header."""

    a: str | None = None


class Tree(StructureTreeBuilder):
    """The elements, each with those inside it."""

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from _inside(self.doc_struct_elem)

    def content_of(self, page: int) -> list[PDFObject]:
        """The elements that are drawn on a page, by the number that their drawing carries."""
        return self.struct_tree_root.parent_tree.nums[page - 1]


def _inside(element: StructElem) -> Iterator[StructElem]:
    for each in element.k:
        if isinstance(each, StructElem):
            yield each
            yield from _inside(each)


class TaggedPdf(FPDF):
    """A4 in millimetres, in Dutch. Parts are opened with `part` and drawn in `drawn`; pages turn between them only."""

    def __init__(self, title: str) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.struct_builder = self._tree = Tree()
        self._open: list[StructElem] = [self._tree.doc_struct_elem]
        self.core_fonts_encoding = LETTERS
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang("nl")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    @contextmanager
    def part(self, kind: str) -> Iterator[None]:
        """An element with elements in it: `Table`, `TR`."""
        element = self._element(kind, [])
        self._open.append(element)
        yield
        self._open.pop()

    @contextmanager
    def drawn(self, kind: str, *, scope: str = "", alt: str | None = None) -> Iterator[None]:
        """An element that is what is drawn in it: `H1`, `P`, `TH` (whose `scope` is Column or Row), `Figure`."""
        content = self._tree.content_of(self.page)
        number = len(content)
        element = self._element(kind, [number], alt)
        element.a = f"<</O /Table /Scope /{scope}>>" if scope else None
        content.append(element)
        self.pages[self.page].struct_parents = self.page - 1
        yield from self._marked(f"/{kind} <</MCID {number}>> BDC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn in it is not read: a line, the foot of a page."""
        yield from self._marked("/Artifact BMC")

    def _marked(self, begin: str) -> Iterator[None]:
        self._out(begin)
        yield
        self._out("EMC")

    def _element(self, kind: str, content: list[int], alt: str | None = None) -> Element:
        within = self._open[-1]
        element = Element(f"/{kind}", within, content, self.page, alt=alt)
        element.pg = self.pages[self.page]  # type: ignore[assignment]  # declared as None only
        within.k.append(element)
        return element


def writable(text: str) -> str:
    """The text with a question mark for every letter that the fonts do not have."""
    return text.encode(LETTERS, "replace").decode(LETTERS)
