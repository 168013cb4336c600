"""Days that somebody plans with: near enough to be meant, and a last day that is not before the first."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def _meant(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PydanticCustomError("day_out_of_reach", "Kies een dag van 2000 tot en met 2099.")
    return day


Day = Annotated[date, AfterValidator(_meant)]


def not_before(last: date | None, first: date | None, sentence: str) -> date | None:
    """The last day itself, for a validator. Raises PydanticCustomError with the sentence when it comes too soon."""
    if last is not None and first is not None and last < first:
        raise PydanticCustomError("period", sentence)
    return last
