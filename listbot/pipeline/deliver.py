"""Letters leave: taken out of the outbox in batches, sent over several connections, settled in groups.

    outbox.take | pace | transport.send (n at once) | outbox.settle (all that ended during the settling before)

What is decided about a letter that did not leave is in `domain.retry`. Between the server's 250 and the commit of that fact
lies the one window in which a crash sends a letter twice, under the same Message-ID; settling in groups keeps it small.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from listbot.domain import retry
from listbot.domain.brakes import Brakes, held_back
from listbot.domain.errors import LostLease, Never, TryLater, Unreachable, Unsure
from listbot.domain.pace import Window
from listbot.domain.states import MailState
from listbot.domain.work import Delivery, Outgoing
from listbot.pipeline.context import Event
from listbot.pipeline.ports import Clock, Outbox, Transport

log = logging.getLogger(__name__)


Tell = Callable[[Sequence[str]], Awaitable[None]]
"""Hears why letters are held back by a brake."""

SHORTEST_LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast letters leave, and how patiently."""

    connections: int = 4
    per_minute: int = 120
    per_host_minute: int = 60  #: to one recipient's domain
    unsure_after: timedelta = timedelta(minutes=15)  #: how long a cut after DATA is looked at before it is sent again
    batch: int = 128  #: letters taken out of the outbox at once; a crash leaves those not yet sent to the end of the lease
    settle_every: float = 0.02  #: seconds from one settling to the next: under load fewer, larger commits
    look_every: float = 5.0  #: seconds between looks at the outbox that nobody asked for

    @property
    def lease(self) -> timedelta:
        """How long a claimed letter is ours. One left behind by a crash is as unsure as one cut after DATA, and waits as long."""
        return max(self.unsure_after, SHORTEST_LEASE)


class Deliverer:
    """Sends what is due until told to stop. `trouble` says in words why nothing leaves; it is empty while all is well."""

    def __init__(
        self,
        outbox: Outbox,
        transport: Transport,
        clock: Clock,
        pace: Pace,
        on_event: Callable[[Event], None] = lambda event: None,
        brakes: Brakes | None = None,
        tell: Tell | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._outbox, self._transport, self._clock, self._pace = outbox, transport, clock, pace
        self._on_event, self._jitter = on_event, jitter
        self._brakes, self._tell = brakes, tell
        self._news, self._hungry, self._ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._queue: asyncio.Queue[Outgoing | None] = asyncio.Queue()
        self._done: list[Delivery] = []
        self._minute = Window(pace.per_minute)
        self._hosts: defaultdict[str, Window] = defaultdict(lambda: Window(pace.per_host_minute))
        self._closed_until: datetime | None = None
        self._failures = 0
        self._winding_up = False
        self.trouble = ""

    def wake(self) -> None:
        """A letter was put into the outbox: look at once."""
        self._news.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop`. Then letters on the wire are brought to their end, the others go back into the outbox."""
        self._winding_up = False
        flusher = asyncio.create_task(self._flush())
        workers = [asyncio.create_task(self._work()) for _ in range(self._pace.connections)]
        try:
            while not stop.is_set():
                await self._turn(stop)
        finally:
            await self._wind_up(workers, flusher)

    async def _turn(self, stop: asyncio.Event) -> None:
        """Take a batch for the workers, or wait until there is reason to."""
        now = self._clock.now()
        if self._closed(now):
            return await self._rest(stop, self._closed_until or now)
        if self._queue.qsize() > self._pace.batch // 2:
            self._hungry.clear()
            return await _first(stop.wait(), self._hungry.wait())
        room = min(self._pace.batch, self._minute.room(now))
        if room <= 0:
            return await self._rest(stop, self._minute.free_at(now))
        self._news.clear()
        batch = await self._within_brakes(await self._take(now, room), now)
        for outgoing in self._within_limits(batch, now):
            self._queue.put_nowait(outgoing)
        if not batch:
            await _first(stop.wait(), self._news.wait(), self._clock.sleep(self._pace.look_every))
        return None

    async def _take(self, now: datetime, limit: int) -> Sequence[Outgoing]:
        try:
            return await self._outbox.take(now, limit, self._pace.lease)
        except Exception as error:
            # A database that is busy or away must not end delivery: the next look may find it back.
            log.warning("the outbox cannot be read: %s; tried again", type(error).__name__)
            return ()

    async def _within_brakes(self, batch: Sequence[Outgoing], now: datetime) -> Sequence[Outgoing]:
        """Those that no brake holds; the others wait for a moderator, who is told."""
        if not batch or self._brakes is None:
            return batch
        letters = [outgoing.letter for outgoing in batch]
        needs = sorted({letter.need for letter in letters if letter.need is not None})
        try:
            traffic = await self._outbox.traffic(sorted({letter.recipient for letter in letters}), needs, now)
        except Exception as error:
            # Without the counts nothing may leave: all go back, and are looked at again.
            log.warning("the traffic cannot be counted: %s", type(error).__name__)
            for outgoing in batch:
                self._end(retry.given_back(outgoing, "the traffic could not be counted", now, now + timedelta(seconds=10)))
            return ()
        held = held_back(letters, traffic, self._brakes)
        for outgoing in batch:
            if why := held.get(outgoing.letter.key):
                self._end(Delivery(lease=outgoing.lease, state=MailState.HELD, reply=why))
        if held and self._tell:
            self._on_event(Event("brake", len(held)))
            await self._tell(sorted(set(held.values())))
        return [outgoing for outgoing in batch if outgoing.letter.key not in held]

    def _within_limits(self, batch: Sequence[Outgoing], now: datetime) -> list[Outgoing]:
        """Those that may leave now; each of the others goes back until its own place in its host's window is free."""
        leaving, ahead = [], Counter[str]()
        for outgoing in batch:
            host = outgoing.letter.recipient.rpartition("@")[2].lower()
            window = self._hosts[host]
            if window.room(now) > 0:
                window.spend(now)
                self._minute.spend(now)
                leaving.append(outgoing)
            else:
                at = window.free_at(now, ahead[host])
                ahead[host] += 1
                self._end(retry.given_back(outgoing, f"waits: {host} gets {self._pace.per_host_minute} a minute", now, at))
        return leaving

    async def _work(self) -> None:
        """One connection's worth of sending."""
        while (outgoing := await self._queue.get()) is not None:
            if self._queue.qsize() <= self._pace.batch // 2:
                self._hungry.set()
            self._end(await self._attempt(outgoing))

    async def _attempt(self, outgoing: Outgoing) -> Delivery:
        now = self._clock.now()
        if self._closed(now):
            return retry.given_back(outgoing, self.trouble, now, self._closed_until or now)
        if outgoing.lease.until - now < self._pace.lease / 2:
            # It waited long behind slow ones: another worker could take it over while it is on the wire.
            return retry.given_back(outgoing, "not begun in time", now, now)
        try:
            reply = await self._transport.send(outgoing.letter)
        except Unreachable as error:
            return self._unreachable(outgoing, str(error))
        except TryLater as error:
            delivery = retry.deferred(outgoing, str(error), self._clock.now(), self._jitter())
        except Never as error:
            delivery = retry.refused(outgoing, str(error))
        except Unsure as error:
            delivery = retry.unsure(outgoing, str(error), self._clock.now(), self._pace.unsure_after)
        except Exception as error:
            # One letter that the transport stumbles over must not stop the others; its words stay out of the log.
            log.error("letter %s could not be sent: %s", outgoing.lease.id, type(error).__name__)
            return retry.deferred(outgoing, f"fault in listbot: {type(error).__name__}", self._clock.now(), self._jitter())
        else:
            delivery = Delivery(lease=outgoing.lease, state=MailState.SENT, reply=reply)
        self._reached()
        again = f", tried again in {_span(delivery.next_at - self._clock.now())}" if delivery.next_at else ""
        self._on_event(Event(delivery.state, outgoing.lease.id, outgoing.letter.kind + again))
        return delivery

    def _closed(self, now: datetime) -> bool:
        return self._closed_until is not None and now < self._closed_until

    def _unreachable(self, outgoing: Outgoing, reason: str) -> Delivery:
        """The server as a whole fails: everything waits, and no letter's attempts are used up."""
        now = self._clock.now()
        if not self._closed(now):
            pause = retry.outage(self._failures, self._jitter())
            self._closed_until = now + pause
            self._failures += 1
            if reason == self.trouble:
                log.info("mail still does not leave; tried again in %s", _span(pause))
            else:
                log.error("mail does not leave: %s; tried again in %s, then after growing pauses", reason, _span(pause))
                self._on_event(Event("trouble", 0, reason))
            self.trouble = reason
        return retry.given_back(outgoing, reason, now, self._closed_until or now)

    def _reached(self) -> None:
        if self.trouble:
            log.warning("mail leaves again")
            self._on_event(Event("trouble over", 0))
        self._closed_until, self._failures, self.trouble = None, 0, ""

    def _end(self, delivery: Delivery) -> None:
        self._done.append(delivery)
        self._ended.set()

    async def _flush(self) -> None:
        """Settle whatever ended while the group before was settled."""
        while not (self._winding_up and not self._done):
            await self._ended.wait()
            self._ended.clear()
            done, self._done = self._done, []
            try:
                await self._outbox.settle(done, self._clock.now())
            except LostLease as error:
                log.warning("%s", error)
            except Exception as error:
                log.error("%s deliveries cannot be written: %s; tried again", len(done), type(error).__name__)
                if self._winding_up:
                    return  # their leases run out, and they are looked at as unsure
                self._done = done + self._done
                await self._clock.sleep(1)
                self._ended.set()
            if not self._winding_up:
                await self._clock.sleep(self._pace.settle_every)

    async def _rest(self, stop: asyncio.Event, until: datetime) -> None:
        await _first(stop.wait(), self._clock.sleep(max(0.0, (until - self._clock.now()).total_seconds())))

    async def _wind_up(self, workers: Sequence[asyncio.Task[None]], flusher: asyncio.Task[None]) -> None:
        now = self._clock.now()
        while not self._queue.empty():
            if outgoing := self._queue.get_nowait():
                self._end(retry.given_back(outgoing, "not begun before listbot stopped", now, now))
        for _ in workers:
            self._queue.put_nowait(None)
        await asyncio.gather(*workers)
        self._winding_up = True
        self._ended.set()
        await flusher


def _span(time: timedelta) -> str:
    seconds = time.total_seconds()
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


async def _first(*waits: Coroutine[Any, Any, Any]) -> None:
    """Until one of them is over; the others are given up."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
