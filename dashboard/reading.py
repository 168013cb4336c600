"""What people type, as values: a birth month, a postcode. None where it cannot be read."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SHORT = {"mrt": "maa"}
_OLDEST_YEARS = 25


def birth_month(text: str, today: date) -> str | None:
    """`YYYY-MM` from "mei 2013", "5-2013", "05/2013" or "2013-05"; never in the future."""
    parts = re.findall(r"[a-zé]+|\d+", text.lower())
    if len(parts) != 2:
        return None
    year, month = sorted(parts, key=len, reverse=True) if parts[0].isdigit() else (parts[1], parts[0])
    number = _month_number(month)
    if number is None or not re.fullmatch(r"\d{4}", year):
        return None
    in_reach = (today.year - _OLDEST_YEARS, 1) <= (int(year), number) <= (today.year, today.month)
    return f"{year}-{number:02d}" if in_reach else None


def _month_number(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    start = _SHORT.get(text, text[:3])
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def postcode(text: str) -> str | None:
    """The four digits of "6811", "6811 AB" or " 6811"."""
    found = re.fullmatch(r"\s*([1-9]\d{3})\s*([A-Za-z]{2})?\s*", text)
    return found[1] if found else None


def age_on(month: str, day: date) -> int:
    """Whole years on `day`, counted from the first of the birth month."""
    year, number = (int(part) for part in month.split("-"))
    return day.year - year - (day.month < number)
