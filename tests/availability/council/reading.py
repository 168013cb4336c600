"""Reads a PDF back as it was written: the texts of its pages, in order."""

import re
import zlib

_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")


def texts_in(pdf: bytes) -> list[str]:
    """Every piece of text that the pages show; pieces that follow each other are the lines of a paragraph."""
    pages = (zlib.decompress(stream) for stream in _STREAM.findall(pdf) if stream[:1] == b"x")
    return [_plain(shown) for page in pages for shown in _SHOWN.findall(page)]


def _plain(shown: bytes) -> str:
    return re.sub(rb"\\(.)", rb"\1", shown).decode("cp1252").strip()
