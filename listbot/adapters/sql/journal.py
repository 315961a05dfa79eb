"""Every message that ever arrived, in SQL. See `ports.Journal`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema import cursor as cursors
from listbot.adapters.sql.schema import message, source_beat
from listbot.adapters.sql.statements import found, upsert
from listbot.domain.health import SourceStatus
from listbot.domain.mail import Arrival, Cursor
from listbot.domain.states import MessageState
from listbot.domain.work import StoredMessage

_UID = re.compile(r"(\d+)\.(\d+)")
"""The key of a message from IMAP."""


class SqlJournal:
    """The journal."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def cursor(self, source: str) -> Cursor | None:
        """See `ports.Journal`."""
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(cursors).where(cursors.c.source == source))).first()
        return Cursor(row.uidvalidity, row.uid) if row else None

    async def keep(self, arrivals: Sequence[Arrival], cursor: Cursor | None, now: datetime) -> list[int]:
        """See `ports.Journal`. The arrivals of one call come from one source."""
        if not arrivals:
            return []
        async with self._db.write() as connection:
            insert = upsert(self._db, message).on_conflict_do_nothing(index_elements=["source", "key"])
            insert = insert.values(next_at=self._db.moment(now)).returning(message.c.id)
            ids = (await connection.execute(insert, [self._row(arrival, now) for arrival in arrivals])).scalars().all()
            if cursor is not None:
                await self._move(connection, arrivals[0].source, cursor, now)
        return sorted(ids)

    def _row(self, arrival: Arrival, now: datetime) -> dict[str, object]:
        uid = _UID.fullmatch(arrival.key)
        return {
            "source": arrival.source,
            "key": arrival.key,
            "raw": arrival.raw,
            "received_at": arrival.received_at,
            "recipient": arrival.recipient,
            "uidvalidity": int(uid[1]) if uid else None,
            "uid": int(uid[2]) if uid else None,
            "kept_at": now,
            "state": MessageState.RECEIVED,
        }

    async def _move(self, connection: AsyncConnection, source: str, cursor: Cursor, now: datetime) -> None:
        values = {"uidvalidity": cursor.uidvalidity, "uid": cursor.uid, "at": now}
        statement = upsert(self._db, cursors).values(source=source, **values)
        await connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))

    async def message(self, id: int) -> StoredMessage:
        """See `ports.Journal`."""
        async with self._db.read() as connection:
            row = found("message", id, (await connection.execute(sa.select(message).where(message.c.id == id))).first())
        return StoredMessage(id=row.id, arrival=Arrival(row.source, row.key, row.raw, row.received_at, row.recipient))

    async def beat(self, source: str, status: SourceStatus, now: datetime) -> None:
        """See `ports.Journal`."""
        values = {"at": now, "status": status}
        statement = upsert(self._db, source_beat).values(source=source, **values)
        async with self._db.write() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))

    async def gaps(self, source: str) -> list[tuple[int, int]]:
        """See `ports.Journal`."""
        here = await self.cursor(source)
        if here is None:
            return []
        of_source = (message.c.source == source) & (message.c.uidvalidity == here.uidvalidity) & (message.c.uid <= here.uid)
        before = sa.func.lag(message.c.uid, 1, 0).over(order_by=message.c.uid).label("before")
        pairs = sa.select(message.c.uid, before).where(of_source).subquery()
        async with self._db.read() as connection:
            holes = await connection.execute(sa.select(pairs).where(pairs.c.uid > pairs.c.before + 1).order_by(pairs.c.uid))
            gaps = [(row.before + 1, row.uid - 1) for row in holes]
            last = (await connection.execute(sa.select(sa.func.max(message.c.uid)).where(of_source))).scalar() or 0
        return gaps + ([(last + 1, here.uid)] if last < here.uid else [])
