"""Pieces of JSON by what they say: what is equal is encoded once, for many offers say the same."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Said = TypeVar("Said", bound=Hashable)


class Encoded:
    """Remembers pieces by their kind and by what they say. Full, it forgets all, which costs one encoding each."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._kinds: dict[Hashable, dict[Hashable, bytes]] = {}

    def each(self, kind: Hashable, said: Sequence[Said], encode: Callable[[Said], bytes]) -> list[bytes]:
        """The piece for each of those that are said, of one kind."""
        known = self._kinds.setdefault(kind, {})
        try:
            return [known[one] for one in said]
        except KeyError:
            return self._with_new(kind, said, encode)

    def _with_new(self, kind: Hashable, said: Sequence[Said], encode: Callable[[Said], bytes]) -> list[bytes]:
        if self._count > self._most:
            self._kinds.clear()
            self._count = 0
        known = self._kinds.setdefault(kind, {})
        for one in said:
            if one not in known:
                known[one] = encode(one)
                self._count += 1
        return [known[one] for one in said]
