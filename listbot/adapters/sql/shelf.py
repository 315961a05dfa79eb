"""Things that a page keeps for a while, for whichever process shows them next, in SQL. See `office.Shelf`."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema_desk import shelf
from listbot.adapters.sql.statements import upsert


class SqlShelf:
    """The shelf; what is past its time is cleared away whenever something is put there."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def put(self, kind: str, key: str, value: bytes, until: datetime, now: datetime) -> None:
        """See `office.Shelf`."""
        packed = {"value": zlib.compress(value, 1), "until": until}
        row = upsert(self._db, shelf).values(kind=kind, key=key, at=now, **packed)
        async with self._db.write() as connection:
            await connection.execute(sa.delete(shelf).where(shelf.c.until < now))
            await connection.execute(row.on_conflict_do_update(index_elements=["kind", "key"], set_=packed))

    async def renew(self, kind: str, key: str, value: bytes, until: datetime, now: datetime) -> bool:
        """See `office.Shelf`."""
        there = (shelf.c.kind == kind) & (shelf.c.key == key) & (shelf.c.until >= now)
        row = sa.update(shelf).where(there).values(value=zlib.compress(value, 1), until=until)
        async with self._db.write() as connection:
            return (await connection.execute(row)).rowcount == 1

    async def get(self, kind: str, key: str, now: datetime) -> bytes | None:
        """See `office.Shelf`."""
        query = sa.select(shelf.c.value).where(shelf.c.kind == kind, shelf.c.key == key, shelf.c.until >= now)
        async with self._db.read() as connection:
            value = (await connection.execute(query)).scalar()
        return None if value is None else zlib.decompress(value)

    async def all(self, kind: str, now: datetime) -> Mapping[str, bytes]:
        """See `office.Shelf`."""
        query = sa.select(shelf).where(shelf.c.kind == kind, shelf.c.until >= now).order_by(shelf.c.at.desc(), shelf.c.key)
        async with self._db.read() as connection:
            return {row.key: zlib.decompress(row.value) for row in await connection.execute(query)}

    async def take(self, kind: str, key: str, now: datetime) -> bytes | None:
        """See `office.Shelf`."""
        gone = sa.delete(shelf).where(shelf.c.kind == kind, shelf.c.key == key, shelf.c.until >= now).returning(shelf.c.value)
        async with self._db.write() as connection:
            value = (await connection.execute(gone)).scalar()
        return None if value is None else zlib.decompress(value)
