"""Run a source in a test and see what it hands over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from listbot.domain.mail import Arrival, Cursor
from listbot.pipeline.ports import Source


def message(number: int, body: str = "Words.") -> bytes:
    """A small post, different for every number, with CRLF line ends."""
    return (
        f"From: fellow{number}@fellows.example\r\nTo: fellows@lists.example\r\nSubject: post {number}\r\n"
        f"Message-ID: <{number}@fellows.example>\r\n\r\n{body} {number}\r\n"
    ).encode()


def number(raw: bytes) -> int:
    """The number of a post made by `message`, whatever a server put in front of it."""
    return int(raw.split(b"Subject: post ")[1].split()[0])


class Kept:
    """A journal that keeps in memory: known keys are joined, the cursor moves with the messages."""

    def __init__(self) -> None:
        self.offered: list[Arrival] = []
        self.arrivals: list[Arrival] = []
        self.cursor: Cursor | None = None
        self.failures = 0  #: how many of the next calls fail
        self.delay = 0.0
        self._news = asyncio.Event()

    async def __call__(self, arrivals: Sequence[Arrival], cursor: Cursor | None) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        self.offered += arrivals
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        known = {arrival.key for arrival in self.arrivals}
        self.arrivals += [arrival for arrival in arrivals if arrival.key not in known]
        self.cursor = cursor or self.cursor
        self._news.set()

    @property
    def numbers(self) -> list[int]:
        return [number(arrival.raw) for arrival in self.arrivals]

    async def wait_for(self, count: int, seconds: float = 20) -> list[Arrival]:
        """The arrivals, once there are `count`."""
        try:
            async with asyncio.timeout(seconds):
                while len(self.arrivals) < count:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{len(self.arrivals)} messages instead of {count} after {seconds} s") from None
        return self.arrivals


@asynccontextmanager
async def following(source: Source, kept: Kept) -> AsyncIterator[None]:
    """The source runs from the journal's cursor until the block ends; whatever it raises is raised here."""
    stop = asyncio.Event()
    running = asyncio.create_task(source.run(kept.cursor, kept, stop))
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(10):
            await running
