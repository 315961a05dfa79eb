"""Tables in memory: rows by number, a transaction that undoes itself, claims and the log of changes.

A row is a mapping that is never changed in place: an update puts a new one, so that a copy of a table is a copy of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from listbot.domain.errors import LostLease, WorkFailed
from listbot.domain.states import AnswerState, MailState, MessageState, PostState
from listbot.domain.work import Change, Lease, Queue

Row = Mapping[str, Any]

MOST_CLAIMS = 5
IDLE: Row = {"next_at": None, "lease_until": None, "tries": 0, "claims": 0, "error": "", "aside_at": None}
"""The work columns of a row that waits for nothing."""

ASIDE: Mapping[Queue, Row] = {
    Queue.MESSAGE: {"state": MessageState.UNREADABLE},
    Queue.POST: {"state": PostState.HELD},
    Queue.NEED: {},
    Queue.ANSWER: {"state": AnswerState.HELD},
    Queue.MAIL: {"state": MailState.HELD},
    Queue.CHORE: {},
}


class Tables:
    """All rows of one store."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[int, Row]] = {}
        self.changes: list[Change] = []
        self._last: dict[str, int] = {}

    def table(self, name: str) -> dict[int, Row]:
        return self.rows.setdefault(name, {})

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction: an error undoes everything. Nothing awaits inside, so nobody comes between."""
        before, logged = {name: dict(rows) for name, rows in self.rows.items()}, len(self.changes)
        try:
            yield
        except BaseException:
            self.rows = before
            del self.changes[logged:]
            raise

    def insert(self, table: str, values: Row) -> int:
        """A new row; its number."""
        self._last[table] = id = self._last.get(table, 0) + 1
        self.table(table)[id] = {"id": id, **IDLE, **values}
        return id

    def update(self, table: str, id: int, **values: object) -> None:
        self.table(table)[id] = {**self.table(table)[id], **values}

    def get(self, table: str, id: int) -> Row:
        """The row, or WorkFailed where there is none."""
        if id not in self.table(table):
            raise WorkFailed(f"there is no {table} {id}")
        return self.table(table)[id]

    def where(self, table: str, **values: object) -> list[Row]:
        """Rows with these values, by number."""
        return [row for row in self.table(table).values() if all(row[name] == value for name, value in values.items())]

    def finish(self, lease: Lease, **values: object) -> None:
        """Write a result and give the lease back, or raise LostLease."""
        row = self.table(lease.queue).get(lease.id)
        if row is None or row["tries"] != lease.fence or row["lease_until"] is None:
            raise lost(lease)
        self.update(lease.queue, lease.id, **{"next_at": None, "lease_until": None, "claims": 0, "error": "", **values})

    def set_aside(self, queue: Queue, id: int, error: str, now: datetime) -> None:
        hold = {"hold": error} if queue in (Queue.POST, Queue.ANSWER) else {}
        ended = {"error": error, "aside_at": now, "next_at": None, "lease_until": None}
        self.update(queue, id, **ASIDE[queue], **hold, **ended)
        self.log(now, "listbot", queue, [id], "set aside", error)

    def leave_out_poison(self, queue: Queue, row: Row, now: datetime) -> bool:
        """Set a row aside that was claimed time after time without a result."""
        if row["claims"] < MOST_CLAIMS:
            return False
        last = f"; the last time: {row['error']}" if row["error"] else ""
        self.set_aside(queue, row["id"], f"claimed {MOST_CLAIMS} times without a result{last}", now)
        return True

    def log(
        self, now: datetime, who: str, table: str, rows: Iterable[int], what: str, why: str = "", detail: Row | None = None
    ) -> None:
        for row in rows:
            self.changes.append(Change(at=now, who=who, table=str(table), row=row, what=what, why=why, detail=detail or {}))


def lost(*leases: Lease) -> LostLease:
    """The error that names rows whose lease is lost."""
    return LostLease("lost the lease of " + ", ".join(f"{lease.queue} {lease.id}" for lease in leases))
