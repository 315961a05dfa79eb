"""Statements that several tables share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from listbot.adapters.sql.columns import Numbers
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


def insert_text(dialect: str, table: sa.Table, columns: Iterable[str]) -> str:
    """An INSERT for `exec_driver_sql` and very many rows of plain values: the toolkit would look at each value of each."""
    names = list(columns)
    marks = ["%s" if dialect == "postgresql" else "?"] * len(names)
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(marks)})"  # noqa: S608 - only names of the schema


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The items, some at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


class Among(FunctionElement[bool]):
    """Whether a column is one of many numbers, bound as one value: so the statement is the same, however many they are."""

    type = sa.Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True  # else SQLite is asked whether it "= 1", for which no index serves

    def __init__(self, column: sa.ColumnElement[int], name: str) -> None:
        super().__init__(column, sa.bindparam(name, type_=Numbers))


@compiles(Among, "sqlite")
def _among_json(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - nothing but names of a column and a parameter


@compiles(Among, "postgresql")
def _among_array(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY({numbers})"


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
