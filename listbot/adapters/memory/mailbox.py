"""A mailbox in memory: the twin of the mail sources."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from listbot.domain.health import SourceStatus
from listbot.domain.mail import Arrival, Cursor
from listbot.pipeline.ports import Clock, Keep

RETRY_SECONDS = 0.01


class MemoryMailbox:
    """Source whose messages are put in by `deliver`. `renumber` is a change of UIDVALIDITY."""

    def __init__(self, name: str, clock: Clock, batch: int = 100) -> None:
        self.name = name
        self.status = SourceStatus()
        self._clock = clock
        self._batch = batch
        self._uidvalidity = 1
        self._messages: list[tuple[bytes, str]] = []
        self._news = asyncio.Event()

    def deliver(self, raw: bytes, recipient: str = "") -> None:
        self._messages.append((raw, recipient))
        self._news.set()

    def renumber(self) -> None:
        """Every message counts as new under another UIDVALIDITY."""
        self._uidvalidity += 1
        self._news.set()

    async def run(self, cursor: Cursor | None, keep: Keep, stop: asyncio.Event) -> None:
        """See the port `Source`."""
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                self._news.clear()
                cursor = await self._hand_over(cursor, keep, stop)
                news = asyncio.ensure_future(self._news.wait())
                await asyncio.wait({news, stopping}, return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
        finally:
            stopping.cancel()

    async def _hand_over(self, cursor: Cursor | None, keep: Keep, stop: asyncio.Event) -> Cursor | None:
        while not stop.is_set():
            done = cursor.uid if cursor and cursor.uidvalidity == self._uidvalidity else 0
            arrivals = self._arrivals(done)
            if not arrivals:
                break
            behind = Cursor(self._uidvalidity, done + len(arrivals))
            try:
                await keep(arrivals, behind)
            except Exception:  # as with every source: whatever was not kept is offered again
                await self._clock.sleep(RETRY_SECONDS)
            else:
                cursor = behind
                now = self._clock.now()
                self.status = SourceStatus(connected=True, last_contact=now, last_message=now)
        return cursor

    def _arrivals(self, done: int) -> Sequence[Arrival]:
        return [
            Arrival(self.name, f"{self._uidvalidity}.{uid}", raw, self._clock.now(), recipient)
            for uid, (raw, recipient) in enumerate(self._messages[done : done + self._batch], done + 1)
        ]
