"""What somebody wrote in a cell as the plain value it means, the way Dutch people write it.

Reads only: whether a value may be stated is judged by `Figures`. A cell that cannot be read raises Unclear with a
sentence; the cell itself is never repeated.
"""

import math
import re
from datetime import date, timedelta
from decimal import Decimal

from availability.intake.spreadsheet import Cell

Value = int | bool | date | str | None


class Unclear(ValueError):
    """The cell cannot be read; the message is a Dutch sentence for the person who filled it in."""


A_NUMBER = "Geef een heel getal."
A_WAIT = "Geef een aantal dagen, of schrijf bijvoorbeeld 6 weken."
A_DAY = "Geef een datum, bijvoorbeeld 1-12-2026."
YES_OR_NO = "Vul ja of nee in."

UNKNOWN = {"?", "-", "–", "onbekend", "nvt", "n.v.t.", "n.v.t", "geen opgave"}
"""How people write that they do not know; an empty cell says the same."""

_NUMBER = re.compile(r"(-?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}|[0-9]{1,12}))(?:[.,]([0-9]{1,6}))?")
"""1200, 1.200, 12,5 or 12.5: three digits after a point are thousands, as in Dutch; after a mere 0 they are not."""


def text(cell: Cell) -> str | None:
    """Words, or a number that stands for them, as Excel keeps it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return None if cell is None else str(cell)


def whole_number(cell: Cell) -> int | None:
    number = _number(cell, A_NUMBER)
    if number is not None and number != number.to_integral_value():
        raise Unclear("Geef een heel getal, zonder cijfers achter de komma.")
    return None if number is None else int(number)


def identifier(cell: Cell) -> int | None:
    """A number that we gave out ourselves; the quotes of an ETag may be around it."""
    found = whole_number(cell.strip('"') if isinstance(cell, str) else cell)
    if found is not None and not 0 < found < 2**63:
        raise Unclear("Dit nummer kennen wij niet. Neem het over uit het sjabloon.")
    return found


_WAIT = re.compile(r"(.*?)\s*(d|dag|dagen|w|wk|wkn|week|weken)\.?", re.IGNORECASE)


def days(cell: Cell) -> int | None:
    """A wait in days; a unit in the cell itself may say weeks."""
    return _days(cell, 1)


def weeks(cell: Cell) -> int | None:
    """A wait from a column that counts weeks, in days: never promised shorter than was written."""
    return _days(cell, 7)


def _days(cell: Cell, unit: int) -> int | None:
    with_unit = _WAIT.fullmatch(cell) if isinstance(cell, str) else None
    if with_unit:
        cell, unit = with_unit[1], 7 if with_unit[2].lower().startswith("w") else 1
    number = _number(cell, A_WAIT)
    return None if number is None else math.ceil(number * unit)


def _number(cell: Cell, otherwise: str) -> Decimal | None:
    if cell is None or (isinstance(cell, str) and cell.lower() in UNKNOWN):
        return None
    if isinstance(cell, bool | date) or (isinstance(cell, float) and not math.isfinite(cell)):
        raise Unclear(otherwise)
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    found = _NUMBER.fullmatch(cell)
    if not found:
        raise Unclear(otherwise)
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}")


_YES = {"ja", "j", "x", "v", "✓", "✔", "1", "waar", "true", "yes", "y", "dicht"}
_NO = {"nee", "n", "0", "onwaar", "false", "no", "open", "geen", *UNKNOWN - {"?", "onbekend"}}


def yes_or_no(cell: Cell) -> bool:
    """Yes or no; who marks with an x leaves the others empty."""
    if cell is None or isinstance(cell, bool):
        return bool(cell)
    word = (text(cell) or "").lower()
    if word not in _YES | _NO:
        raise Unclear(YES_OR_NO)
    return word in _YES


_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_NUMBERS = {name: at for at, name in enumerate(_MONTHS, start=1)} | {"maa": 3, "mar": 3, "may": 5, "oct": 10}
_WRITTEN = re.compile(r"(?:[a-z]+\.?,?\s+)?(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9}\.?)[-/. ]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
"""Day 0 of the 1900 system, with the leap day in it that never was."""
_SERIALS = range(36_526, 73_051)
"""2000 up to 2099: a smaller number is no date that somebody meant."""


def day(cell: Cell) -> date | None:
    """A date as a Dutch person, a system or Excel writes it."""
    if isinstance(cell, bool):
        raise Unclear(A_DAY)
    if cell is None or isinstance(cell, date):
        return cell
    words = (text(cell) or "").lower()
    if words in UNKNOWN:
        return None
    if words.isascii() and words.isdigit() and len(words) == 5 and int(words) in _SERIALS:
        return _FIRST_DAY_OF_EXCEL + timedelta(days=int(words))
    try:
        return _written_day(words)
    except (ValueError, KeyError):
        raise Unclear(A_DAY) from None


def _written_day(words: str) -> date:
    if iso := _ISO.fullmatch(words):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    dutch = _WRITTEN.fullmatch(words)
    if not dutch:
        raise ValueError(words)
    month = int(dutch[2]) if dutch[2].isdigit() else _MONTH_NUMBERS[dutch[2][:3]]
    return date(int(dutch[3]) % 2000 + 2000 if len(dutch[3]) == 2 else int(dutch[3]), month, int(dutch[1]))
