"""The outlines on the map as they go out, drawn once by each worker: two hundred kilobytes that hardly ever change.

They are as fresh as the map in memory: a worker that reads that anew begins here anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Annotated, Self

from fastapi import Depends, Request

Draw = Callable[[date, str | None], str]


@dataclass(frozen=True, slots=True)
class Outline:
    geojson: bytes
    etag: str

    @classmethod
    def of(cls, geojson: str) -> Self:
        encoded = geojson.encode()
        return cls(encoded, f'"{blake2b(encoded, digest_size=12).hexdigest()}"')


class Outlines:
    """Those of one day, whole and by region: regions change at midnight."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._drawn: dict[str | None, Outline] = {}

    def of(self, day: date, region: str | None, draw: Draw) -> Outline:
        if day != self._day:
            self._day, self._drawn = day, {}
        drawn = self._drawn  # by now another may have begun the next day
        if region not in drawn:
            drawn[region] = Outline.of(draw(day, region))
        return drawn[region]


async def _outlines(request: Request) -> Outlines:
    outlines: Outlines = request.app.state.outlines
    return outlines


TheOutlines = Annotated[Outlines, Depends(_outlines)]
"""The outlines as this worker knows them."""
