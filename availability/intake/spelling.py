"""Words of a file as they are compared: how somebody writes them does not matter, what they say does."""

import re
import unicodedata


def unaccented(words: str) -> str:
    """Small letters without accents."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


def told_apart(words: str) -> str:
    """A name to compare by. Every word and a plus count: "Verblijf week" is not "Verblijf dag", 12+ is not 12."""
    return " ".join(re.findall(r"[a-z0-9]+|\+", unaccented(words)))
