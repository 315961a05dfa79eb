"""Connections: one writer and some readers on SQLite, a pool on PostgreSQL; and errors in the pipeline's words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from listbot.domain.errors import ConfigError, Refused, TryLater
from listbot.domain.states import Refusal

READERS = 4
BUSY_MS = 30_000  # how long a SQLite writer waits for another process's write


class Database:
    """Where the rows are. `url` is `sqlite:///file` or `postgresql://user:password@host/database`.

    On PostgreSQL leases follow the database's clock, so that machines need not agree about the time; `own_clock=False` makes
    them follow the `now` of the caller, as they always do on SQLite (tests move that one).
    """

    def __init__(self, url: str, *, own_clock: bool = True, connections: int = 10) -> None:
        parsed = make_url(url)
        self.dialect = parsed.get_backend_name()
        if self.dialect == "sqlite":
            parsed = parsed.set(drivername="sqlite+aiosqlite")
            self._writer = _sqlite(parsed, "BEGIN IMMEDIATE", 1)
            self._reader = _sqlite(parsed, "BEGIN", READERS)
        elif self.dialect == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
            self._writer = self._reader = create_async_engine(parsed, pool_size=connections, max_overflow=0, pool_pre_ping=True)
        else:
            raise ConfigError(f"database.url: no database of kind {self.dialect!r}; use sqlite:///FILE or postgresql://…")
        self._own_clock = own_clock and self.dialect == "postgresql"

    def moment(self, now: datetime) -> Any:
        """`now` as a value of a statement: the database's own time where its clock rules."""
        return sa.func.now() if self._own_clock else now

    def after(self, now: datetime, span: timedelta) -> Any:
        """`now` and a span, likewise."""
        return sa.func.now() + span if self._own_clock else now + span

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes: committed at the end, rolled back by any error.

        Raises Refused for what a constraint forbids and TryLater where the database is away or busy.
        """
        try:
            async with self._writer.begin() as connection:
                yield connection
        except IntegrityError as error:
            raise _refusal(error) or error from error
        except OperationalError as error:
            raise TryLater(f"the database does not answer: {_first_line(error)}") from error

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads: one picture of the whole."""
        try:
            async with self._reader.begin() as connection:
                yield connection
        except OperationalError as error:
            raise TryLater(f"the database does not answer: {_first_line(error)}") from error

    async def close(self) -> None:
        """Give the connections back."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def _sqlite(url: sa.URL, begin: str, connections: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=sa.pool.AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY_MS / 1000,
        pool_use_lifo=True,  # each connection has a cache of its own: the one used last is the warmest
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # Without this the driver begins transactions by itself, and too late to be sure of the write lock.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}", "cache_size=-32768"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def start(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).splitlines() or [""])[0]


_SPOKEN = re.compile(r"listbot refuses: (\w+)")
"""What the triggers in `migrations/` say."""

_UNIQUE = {
    "uq_ask_need_taker": Refusal.ASKED_BEFORE,
    "ask.need, ask.taker": Refusal.ASKED_BEFORE,
    "uq_mail_key": Refusal.LETTER_KNOWN,
    "mail.key": Refusal.LETTER_KNOWN,
}
"""How PostgreSQL and SQLite name a broken unique constraint."""


def _refusal(error: IntegrityError) -> Refused | None:
    line = _first_line(error)
    if spoken := _SPOKEN.search(line):
        return Refused(Refusal(spoken[1]), f"the store refuses: {spoken[1].replace('_', ' ')}")
    for name, reason in _UNIQUE.items():
        if f'"{name}"' in line or line.endswith(name):
            return Refused(reason, f"the store refuses: {reason.replace('_', ' ')}")
    return None
