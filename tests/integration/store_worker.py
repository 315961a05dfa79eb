"""A worker for `test_kill_store`: keeps posts, reads, asks, sends; to be killed at any moment and started again.

The mail server is a file: a line is a letter taken, synced before the answer. The mailbox is a number of messages.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from listbot.adapters import sql
from listbot.domain.errors import LostLease, TryLater
from listbot.domain.mail import Address, Arrival, Channel, Cursor
from listbot.domain.matching import Match, Shortlist
from listbot.domain.reading import Kind, Need, Reading
from listbot.domain.states import MailState, MessageState, NeedState, PostState
from listbot.domain.work import Delivery, Lease, Letter, NewAsk, NewPost, NewWave, Outgoing, Queue

LEASE = timedelta(seconds=0.4)
TAKERS = 3
NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)


class Worker:
    def __init__(self, url: str, mailbox: int, server: Path) -> None:
        database = sql.Database(url)
        self.journal, self.work = sql.SqlJournal(database), sql.SqlWork(database)
        self.cases, self.outbox = sql.SqlCases(database), sql.SqlOutbox(database)
        self.mailbox, self.server = mailbox, server

    async def poll(self) -> None:
        """Fetch five messages behind the cursor."""
        here = await self.journal.cursor("inbox") or Cursor(7, 0)
        uids = range(here.uid + 1, min(here.uid + 6, self.mailbox + 1))
        arrivals = [Arrival("inbox", f"7.{uid}", b"post %d" % uid, NOON) for uid in uids]
        if arrivals:
            await self.journal.keep(arrivals, Cursor(7, uids[-1]), now())

    async def message(self, lease: Lease) -> None:
        number = int((await self.journal.message(lease.id)).arrival.raw.split()[1])
        post = NewPost(
            part=0,
            channel=Channel.LIST,
            list_name="fellows",
            message_id=f"<{number}@corps.example>",
            references=(),
            author=Address("fellow@corps.example"),
            subject=f"post {number}",
            posted_at=NOON,
            content_key=f"words {number}",
        )
        await self.cases.parsed(lease, [post], None, MessageState.PARSED, "", now())

    async def post(self, lease: Lease) -> None:
        stored = await self.cases.post(lease.id)
        if stored.state is PostState.RECEIVED:
            need = Need(relief=("asylum",))
            reading = Reading(kind=Kind.REFERRAL, confidence=1.0, needs=(need,))
            await self.cases.read(lease, reading, PostState.READ, [need], (), now())
            return
        waves = [wave(need.id, need.wave + 1) for need in await self.cases.needs(post=lease.id)]
        await self.cases.asked(lease, waves, [letter(f"note:{lease.id}", "note")], now())

    async def need(self, lease: Lease) -> None:
        need = await self.cases.need(lease.id)
        if need.wave < TAKERS:
            await self.cases.asked(lease, [wave(need.id, need.wave + 1)], (), now())
        else:
            ended = replace(wave(need.id, need.wave), asks=(), state=NeedState.ASKING, next_at=None)
            await self.cases.asked(lease, [ended], (), now())

    async def send(self) -> None:
        letters = await self.outbox.take(now(), 10, LEASE)
        sent = [Delivery(lease=one.lease, state=MailState.SENT, reply=self.deliver(one)) for one in letters]
        await self.outbox.settle(sent, now())

    def deliver(self, one: Outgoing) -> str:
        with self.server.open("a") as file:
            file.write(f"{one.letter.key} {one.letter.message_id} {'again' if one.unsure else 'first'}\n")
            file.flush()
            os.fsync(file.fileno())
        return "250 ok"

    async def act(self, queue: Queue) -> None:
        steps = {Queue.MESSAGE: self.message, Queue.POST: self.post, Queue.NEED: self.need}
        for id in await self.work.due(queue, now(), 5):
            lease = await self.work.claim(queue, id, now(), LEASE)
            if lease is not None:
                await steps[queue](lease)

    async def run(self) -> None:
        while True:
            for step in (self.poll(), *(self.act(queue) for queue in (Queue.MESSAGE, Queue.POST, Queue.NEED)), self.send()):
                try:
                    await step
                except (LostLease, TryLater) as error:
                    print(type(error).__name__, file=sys.stderr)
            print("round", flush=True)


def now() -> datetime:
    return datetime.now(UTC)


def letter(key: str, kind: str) -> Letter:
    return Letter(key=key, kind=kind, sender="bot@bot.example", recipient="x@y.example", message_id=f"<{key}>", raw=b"x")


def wave(need: int, number: int) -> NewWave:
    """One ask in each wave, to the taker of that number."""
    match = Match(taker_id=number, email=f"t{number}@y.example", score=1.0, chance=0.1, wave=number, miles=None, reasons=())
    ask = NewAsk(match=match, letter=letter(f"ask:{need}:{number}", "ask"))
    return NewWave(need=need, asks=(ask,), shortlist=Shortlist(), state=NeedState.ASKING, wave=number, next_at=now())


if __name__ == "__main__":
    asyncio.run(Worker(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])).run())
