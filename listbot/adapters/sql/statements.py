"""Statements that several tables share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema import WORK, change
from listbot.domain.errors import LostLease, WorkFailed
from listbot.domain.work import Lease, Queue

T = TypeVar("T")

CHUNK = 500
"""How many values go into one `IN (…)`."""


def upsert(database: Database, table: sa.Table) -> Any:
    """An INSERT that knows ON CONFLICT."""
    return postgresql.insert(table) if database.dialect == "postgresql" else sqlite.insert(table)


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The items, some at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


def found(what: str, id: object, row: sa.Row[Any] | None) -> sa.Row[Any]:
    """The row, or WorkFailed where there is none."""
    if row is None:
        raise WorkFailed(f"there is no {what} {id}")
    return row


async def finish(connection: AsyncConnection, lease: Lease, **values: object) -> None:
    """Write the result of an act and give the lease back; raises LostLease where the row no longer carries the fence."""
    table = WORK[lease.queue]
    held = (table.c.id == lease.id) & (table.c.tries == lease.fence) & table.c.lease_until.is_not(None)
    result = {"next_at": None, "lease_until": None, "claims": 0, "error": "", **values}
    if (await connection.execute(sa.update(table).where(held).values(result))).rowcount != 1:
        raise lost(lease)


def lost(*leases: Lease) -> LostLease:
    """The error that names rows whose lease is lost."""
    return LostLease("lost the lease of " + ", ".join(f"{lease.queue} {lease.id}" for lease in leases))


async def log(
    connection: AsyncConnection,
    now: datetime,
    who: str,
    table: Queue | str,
    rows: Iterable[int],
    what: str,
    why: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write the log of changes: the same of several rows."""
    same = {"at": now, "who": who, "table": str(table), "what": what, "why": why, "detail": detail or {}}
    if values := [{**same, "row": row} for row in rows]:
        await connection.execute(sa.insert(change), values)
