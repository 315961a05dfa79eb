"""A loop in the process that offers due rows. See `ports.Dispatcher`.

It sleeps until it is woken, until the next row falls due, or until the sweep, which finds what a lost wake-up left.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from listbot.domain.errors import TryLater
from listbot.domain.work import Queue
from listbot.pipeline.ports import Clock, Work

log = logging.getLogger(__name__)

Act = Callable[[Queue, int], Awaitable[None]]

AT_ONCE = 4
"""Rows of a queue acted on at a time."""


class EmbeddedDispatcher:
    """Offers due rows to `act` in this process. `sweep` is in seconds. Letters are not offered: delivery takes them in batches."""

    def __init__(self, work: Work, clock: Clock, sweep: float = 5.0) -> None:
        self._work = work
        self._clock = clock
        self._lanes: dict[Queue, _Lane] = {queue: _Lane(queue, AT_ONCE) for queue in Queue if queue is not Queue.MAIL}
        self._sweep = sweep

    def wake(self, queue: Queue, id: int | None = None) -> None:
        """See `ports.Dispatcher`."""
        if lane := self._lanes.get(queue):
            lane.wakes += 1
            lane.resting.clear()
            lane.woken.set()

    async def run(self, act: Act, stop: asyncio.Event) -> None:
        """See `ports.Dispatcher`. What is being acted on at the stop is finished first."""
        async with asyncio.TaskGroup() as group:
            for lane in self._lanes.values():
                group.create_task(self._serve(lane, act, stop))
            group.create_task(self._end(stop))

    async def _end(self, stop: asyncio.Event) -> None:
        await stop.wait()
        for lane in self._lanes.values():
            lane.woken.set()

    async def _serve(self, lane: _Lane, act: Act, stop: asyncio.Event) -> None:
        while not stop.is_set():
            lane.woken.clear()
            for id in await self._due(lane):
                task = asyncio.create_task(self._act(lane, id, act))
                lane.running[id] = task
            await self._pause(lane)
        await asyncio.gather(*lane.running.values())

    async def _due(self, lane: _Lane) -> list[int]:
        """Rows to start now: due, not at work already, not resting, and no more than there is room for."""
        room = lane.limit - len(lane.running)
        if room <= 0:
            return []
        now = self._clock.now()
        lane.resting = {id: until for id, until in lane.resting.items() if until > now.timestamp()}
        try:
            ids = await self._work.due(lane.queue, now, room + len(lane.running) + len(lane.resting))
        except TryLater as error:
            log.warning("%s: %s", lane.queue, error)
            return []
        return [id for id in ids if id not in lane.running and id not in lane.resting][:room]

    async def _act(self, lane: _Lane, id: int, act: Act) -> None:
        before, rest = lane.wakes, REST
        try:
            await act(lane.queue, id)
            rest = REST if lane.wakes == before else 0.0
        except Exception as error:
            # One row's trouble must not stop the others; its lease and the sweep bring it back.
            log.warning("%s %s: %s", lane.queue, id, type(error).__name__)
            rest = self._sweep
        finally:
            if rest:
                lane.resting[id] = self._clock.now().timestamp() + rest
            del lane.running[id]
            lane.woken.set()

    async def _pause(self, lane: _Lane) -> None:
        """Until woken, and no longer than until the next row of any queue is due, or the sweep."""
        if lane.woken.is_set():
            return
        if len(lane.running) >= lane.limit:
            await lane.woken.wait()
            return
        woken = asyncio.create_task(lane.woken.wait())
        timer = asyncio.create_task(self._clock.sleep(await self._seconds()))
        try:
            await asyncio.wait({woken, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
            timer.cancel()

    async def _seconds(self) -> float:
        now = self._clock.now()
        try:
            next_due = await self._work.next_due(now)
        except TryLater:
            return self._sweep
        return min(self._sweep, max(REST, ((next_due or datetime.max.replace(tzinfo=UTC)) - now).total_seconds()))


REST = 0.2
"""Seconds before a row just acted on is offered again unasked: nothing spins on a row that stays due."""


class _Lane:
    """One queue on its way: what runs, what rests, and whether somebody woke it."""

    def __init__(self, queue: Queue, limit: int) -> None:
        self.queue = queue
        self.limit = limit
        self.running: dict[int, asyncio.Task[None]] = {}
        self.resting: dict[int, float] = {}  # until when, by the clock's timestamp
        self.wakes = 0
        self.woken = asyncio.Event()
