"""A plain HTTP client that keeps so many connections busy: one request on each at a time."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import cast

import uvloop

END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What the callers saw."""

    seconds: float
    milliseconds: list[float]
    refused: int

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds


def request(method: str, path: str, body: bytes = b"", token: str = "") -> bytes:
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    if token:
        head += [f"Authorization: Bearer {token}", "Content-Type: application/json"]
    return "\r\n".join(head).encode() + END_OF_HEAD + body


def keep_busy(port: int, requests: Sequence[bytes], *, connections: int, seconds: float) -> Load:
    """Send the requests round and round for so long."""
    return uvloop.run(_keep_busy(port, cycle(requests), connections, seconds))


def ask_once(port: int, requests: Sequence[bytes]) -> list[bytes]:
    """One after another; the bodies of the answers."""
    return uvloop.run(_ask_once(port, requests))


class _Caller(asyncio.Protocol):
    """One connection. The next request goes out when the answer is in, as long as there are any."""

    def __init__(self, requests: Iterator[bytes], keep: bool) -> None:
        self._requests, self._keep = requests, keep
        self.milliseconds: list[float] = []
        self.bodies: list[bytes] = []
        self.refused = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by name
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = self._received.find(END_OF_HEAD)
        if head < 0:
            return
        begin = head + len(END_OF_HEAD)
        if len(self._received) < begin + _length(self._received[:head]):
            return
        self.milliseconds.append((time.perf_counter() - self._sent) * 1000)
        if self._keep and not self._received.startswith(b"HTTP/1.1 200"):
            self.done.set_exception(ValueError(bytes(self._received).decode()))
            return
        self.refused += not self._received.startswith(b"HTTP/1.1 200")
        if self._keep:
            self.bodies.append(bytes(self._received[begin:]))
        self._received.clear()
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server hung up"))

    def _send(self) -> None:
        following = next(self._requests, None)
        if following is None:
            if not self.done.done():
                self.done.set_result(None)
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(following)


async def _keep_busy(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Load:
    began = time.perf_counter()
    callers = await _call(port, _until(requests, began + seconds), connections, keep=False)
    spent = time.perf_counter() - began
    times = [each for caller in callers for each in caller.milliseconds]
    return Load(spent, times, sum(caller.refused for caller in callers))


def _until(requests: Iterator[bytes], deadline: float) -> Iterator[bytes]:
    for each in requests:
        if time.perf_counter() > deadline:
            return
        yield each


async def _ask_once(port: int, requests: Sequence[bytes]) -> list[bytes]:
    (caller,) = await _call(port, iter(requests), 1, keep=True)
    return caller.bodies


async def _call(port: int, requests: Iterator[bytes], connections: int, *, keep: bool) -> list[_Caller]:
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Caller(requests, keep), "127.0.0.1", port) for _ in range(connections)
    ]
    callers = [caller for _, caller in made]
    await asyncio.gather(*(caller.done for caller in callers))
    return callers


def _length(head: bytes | bytearray) -> int:
    for line in bytes(head).split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("an answer without a length")
