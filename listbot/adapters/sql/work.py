"""Claims on rows, in SQL. See `ports.Work`.

A claim moves `next_at` to the end of its lease: the row of a killed worker falls due again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema import WORK
from listbot.adapters.sql.statements import finish, log
from listbot.domain.states import AnswerState, MailState, MessageState, PostState
from listbot.domain.work import Lease, Queue, SetAside

MOST_CLAIMS = 5
"""So often a row may be claimed without a result (its worker was killed, or failed) before a person has to look."""

_ASIDE: Mapping[Queue, dict[str, object]] = {
    Queue.MESSAGE: {"state": MessageState.UNREADABLE},
    Queue.POST: {"state": PostState.HELD},
    Queue.NEED: {},
    Queue.ANSWER: {"state": AnswerState.HELD},
    Queue.MAIL: {"state": MailState.HELD},
    Queue.CHORE: {},
}
"""The state of a row set aside: a need keeps its own."""

_AGAIN: Mapping[Queue, dict[str, object]] = {
    Queue.MESSAGE: {"state": MessageState.RECEIVED},
    Queue.POST: {"state": PostState.RECEIVED, "hold": ""},
    Queue.NEED: {},
    Queue.ANSWER: {"state": AnswerState.RECEIVED, "hold": ""},
    Queue.MAIL: {"state": MailState.QUEUED},
    Queue.CHORE: {},
}

_HELD_BECAUSE = frozenset({Queue.POST, Queue.ANSWER})
"""Tables with a column that tells moderators why a row is held."""


def aside_values(queue: Queue, error: str, now: datetime) -> dict[str, object]:
    """What is written of a row that is set aside."""
    hold = {"hold": error} if queue in _HELD_BECAUSE else {}
    return {**_ASIDE[queue], **hold, "error": error, "aside_at": now, "next_at": None, "lease_until": None}


def exhausted(error: str) -> str:
    """Why a row was set aside that nobody could finish."""
    return f"claimed {MOST_CLAIMS} times without a result" + (f"; the last time: {error}" if error else "")


class SqlWork:
    """The claims."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def due(self, queue: Queue, now: datetime, limit: int = 100) -> list[int]:
        """See `ports.Work`."""
        table = WORK[queue]
        query = sa.select(table.c.id).where(table.c.next_at <= self._db.moment(now)).order_by(table.c.next_at, table.c.id)
        async with self._db.read() as connection:
            return list((await connection.execute(query.limit(limit))).scalars())

    async def next_due(self, now: datetime) -> datetime | None:
        """See `ports.Work`."""
        earliest = (sa.select(sa.func.min(table.c.next_at)).scalar_subquery() for table in WORK.values())
        async with self._db.read() as connection:
            times = (await connection.execute(sa.select(*earliest))).one()
        return min((time for time in times if time is not None), default=None)

    async def claim(self, queue: Queue, id: int, now: datetime, lease: timedelta) -> Lease | None:
        """See `ports.Work`."""
        if queue is Queue.MAIL:
            raise ValueError("letters are claimed by Outbox.take")
        table = WORK[queue]
        due = sa.select(table.c.tries, table.c.claims, table.c.error).where(
            table.c.id == id, table.c.next_at <= self._db.moment(now)
        )
        async with self._db.write() as connection:
            row = (await connection.execute(due.with_for_update(skip_locked=True))).first()
            if row is None:
                return None
            if row.claims >= MOST_CLAIMS:
                await self._aside(connection, queue, id, exhausted(row.error), now)
                return None
            until = self._db.after(now, lease)
            values = {"tries": row.tries + 1, "claims": row.claims + 1, "lease_until": until, "next_at": until}
            taken = sa.update(table).where(table.c.id == id).values(values).returning(table.c.lease_until)
            return Lease(queue, id, row.tries + 1, (await connection.execute(taken)).scalar_one())

    async def _aside(self, connection: AsyncConnection, queue: Queue, id: int, error: str, now: datetime) -> None:
        table = WORK[queue]
        await connection.execute(sa.update(table).where(table.c.id == id).values(aside_values(queue, error, now)))
        await log(connection, now, "listbot", queue, [id], "set aside", error)

    async def later(self, lease: Lease, at: datetime, error: str) -> None:
        """See `ports.Work`."""
        table = WORK[lease.queue]
        async with self._db.write() as connection:
            await finish(connection, lease, next_at=at, error=error, claims=table.c.claims)

    async def set_aside(self, lease: Lease, error: str, now: datetime) -> None:
        """See `ports.Work`."""
        async with self._db.write() as connection:
            await finish(connection, lease, **aside_values(lease.queue, error, now))
            await log(connection, now, "listbot", lease.queue, [lease.id], "set aside", error)

    async def aside(self, limit: int = 100) -> list[SetAside]:
        """See `ports.Work`."""
        rows: list[SetAside] = []
        async with self._db.read() as connection:
            for queue, table in WORK.items():
                newest = sa.select(table.c.id, table.c.aside_at, table.c.error).where(table.c.aside_at.is_not(None))
                found = await connection.execute(newest.order_by(table.c.aside_at.desc()).limit(limit))
                rows += [SetAside(queue=queue, id=row.id, at=row.aside_at, error=row.error) for row in found]
        return sorted(rows, key=lambda row: row.at, reverse=True)[:limit]

    async def reclaim(self, now: datetime) -> int:
        """See `ports.Work`."""
        async with self._db.write() as connection:
            leased = (
                sa.update(table).where(table.c.lease_until > self._db.moment(now)).values(next_at=self._db.moment(now))
                for table in WORK.values()
            )
            return sum([(await connection.execute(statement)).rowcount for statement in leased])

    async def again(self, queue: Queue, id: int, who: str, now: datetime) -> bool:
        """See `ports.Work`."""
        table = WORK[queue]
        values = {**_AGAIN[queue], "aside_at": None, "claims": 0, "error": "", "next_at": self._db.moment(now)}
        async with self._db.write() as connection:
            aside = (table.c.id == id) & table.c.aside_at.is_not(None)
            if (await connection.execute(sa.update(table).where(aside).values(values))).rowcount == 0:
                return False
            await log(connection, now, who, queue, [id], "tried again")
            return True
