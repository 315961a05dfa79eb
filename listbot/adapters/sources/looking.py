"""Sources that are looked at again and again: files."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace

from listbot.adapters.sources.running import Random, pause_after, until
from listbot.domain.health import SourceStatus
from listbot.domain.mail import Arrival, Cursor
from listbot.pipeline.ports import Clock, Keep

log = logging.getLogger(__name__)

Batch = tuple[Sequence[Arrival], Cursor | None]


class LookingSource(ABC):
    """Hands over what `look` finds, pauses, looks again; after a failure what was not kept is found again."""

    def __init__(self, name: str, poll_seconds: float, clock: Clock, random: Random) -> None:
        self.name = name
        self.status = SourceStatus()
        self._poll_seconds = poll_seconds
        self._clock = clock
        self._random = random

    async def run(self, cursor: Cursor | None, keep: Keep, stop: asyncio.Event) -> None:
        """See the port `Source`."""
        self.start(cursor)
        await until(stop, self._look_for_ever(keep))

    @abstractmethod
    def start(self, cursor: Cursor | None) -> None:
        """Begin behind the cursor."""

    @abstractmethod
    def look(self) -> Iterator[Batch]:
        """Batches of what is there and not kept, each with the cursor behind it. OSError where nothing can be read."""

    @abstractmethod
    def kept(self, batch: Batch) -> None:
        """A batch is safe: do not hand it over again."""

    async def _look_for_ever(self, keep: Keep) -> None:
        failures = 0
        while True:
            pause = self._poll_seconds
            try:
                await self._hand_over(keep)
                failures = 0
            except Exception as error:
                failures += 1
                pause = max(pause, pause_after(failures, self._random))
                why = f"{type(error).__name__}: {error}"
                log.warning("source %s: %s; trying again in %.1f s", self.name, why, pause)
                self.status = replace(self.status, connected=False, fault=why, reconnects=self.status.reconnects + 1)
            await self._clock.sleep(pause)

    async def _hand_over(self, keep: Keep) -> None:
        batches = self.look()
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            keeping = asyncio.ensure_future(self._keep(keep, batch))
            try:
                await asyncio.shield(keeping)
            finally:  # also when stopped: what is being kept is kept to the end
                await asyncio.gather(keeping, return_exceptions=True)
        if not self.status.connected:
            log.info("source %s: can be read; it is looked at every %g s", self.name, self._poll_seconds)
        self.status = replace(self.status, connected=True, fault="", last_contact=self._clock.now())

    async def _keep(self, keep: Keep, batch: Batch) -> None:
        await keep(*batch)
        self.kept(batch)
        now = self._clock.now()
        self.status = replace(self.status, connected=True, fault="", last_contact=now, last_message=now)
