"""Journal, claims and rule versions in memory. See `ports.Journal`, `ports.Work`, `ports.RuleVersions`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from listbot.adapters.memory.tables import Row, Tables
from listbot.domain.errors import WorkFailed
from listbot.domain.health import SourceStatus
from listbot.domain.mail import Arrival, Cursor
from listbot.domain.states import AnswerState, MailState, MessageState, PostState
from listbot.domain.work import Lease, Queue, RuleVersion, SetAside, StoredMessage

_AGAIN: Mapping[Queue, Row] = {
    Queue.MESSAGE: {"state": MessageState.RECEIVED},
    Queue.POST: {"state": PostState.RECEIVED, "hold": ""},
    Queue.NEED: {},
    Queue.ANSWER: {"state": AnswerState.RECEIVED, "hold": ""},
    Queue.MAIL: {"state": MailState.QUEUED},
    Queue.CHORE: {},
}
_UID = re.compile(r"(\d+)\.(\d+)")


class MemoryJournal:
    """The journal."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._cursors: dict[str, Cursor] = {}
        self.beats: dict[str, tuple[datetime, SourceStatus]] = {}

    async def cursor(self, source: str) -> Cursor | None:
        """See `ports.Journal`."""
        return self._cursors.get(source)

    async def keep(self, arrivals: Sequence[Arrival], cursor: Cursor | None, now: datetime) -> list[int]:
        """See `ports.Journal`."""
        known = {(row["arrival"].source, row["arrival"].key) for row in self._tables.table("message").values()}
        ids: list[int] = []
        for arrival in arrivals:
            if (arrival.source, arrival.key) not in known:
                known.add((arrival.source, arrival.key))
                new = {"arrival": arrival, "state": MessageState.RECEIVED, "why": "", "next_at": now}
                ids.append(self._tables.insert("message", new))
        if arrivals and cursor is not None:
            self._cursors[arrivals[0].source] = cursor
        return ids

    async def message(self, id: int) -> StoredMessage:
        """See `ports.Journal`."""
        return StoredMessage(id=id, arrival=self._tables.get("message", id)["arrival"])

    async def beat(self, source: str, status: SourceStatus, now: datetime) -> None:
        """See `ports.Journal`."""
        self.beats[source] = (now, status)

    async def gaps(self, source: str) -> list[tuple[int, int]]:
        """See `ports.Journal`."""
        here = self._cursors.get(source)
        if here is None:
            return []
        arrivals = [row["arrival"] for row in self._tables.table("message").values()]
        keys = [_UID.fullmatch(arrival.key) for arrival in arrivals if arrival.source == source]
        kept = sorted(int(key[2]) for key in keys if key and int(key[1]) == here.uidvalidity and int(key[2]) <= here.uid)
        edges = [0, *kept, here.uid + 1]
        return [(low + 1, high - 1) for low, high in pairwise(edges) if high > low + 1]


class MemoryWork:
    """The claims."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def due(self, queue: Queue, now: datetime, limit: int = 100) -> list[int]:
        """See `ports.Work`."""
        rows = [row for row in self._tables.table(queue).values() if row["next_at"] is not None and row["next_at"] <= now]
        return [row["id"] for row in sorted(rows, key=lambda row: (row["next_at"], row["id"]))][:limit]

    async def next_due(self, now: datetime) -> datetime | None:
        """See `ports.Work`."""
        times = (row["next_at"] for queue in Queue for row in self._tables.table(queue).values())
        return min((time for time in times if time is not None), default=None)

    async def claim(self, queue: Queue, id: int, now: datetime, lease: timedelta) -> Lease | None:
        """See `ports.Work`."""
        if queue is Queue.MAIL:
            raise ValueError("letters are claimed by Outbox.take")
        row = self._tables.table(queue).get(id)
        if row is None or row["next_at"] is None or row["next_at"] > now or self._tables.leave_out_poison(queue, row, now):
            return None
        fence, until = row["tries"] + 1, now + lease
        self._tables.update(queue, id, tries=fence, claims=row["claims"] + 1, lease_until=until, next_at=until)
        return Lease(queue, id, fence, until)

    async def later(self, lease: Lease, at: datetime, error: str) -> None:
        """See `ports.Work`."""
        claims = self._tables.get(lease.queue, lease.id)["claims"]
        self._tables.finish(lease, next_at=at, error=error, claims=claims)

    async def set_aside(self, lease: Lease, error: str, now: datetime) -> None:
        """See `ports.Work`."""
        self._tables.finish(lease)
        self._tables.set_aside(lease.queue, lease.id, error, now)

    async def aside(self, limit: int = 100) -> list[SetAside]:
        """See `ports.Work`."""
        rows = [
            SetAside(queue=queue, id=row["id"], at=row["aside_at"], error=row["error"])
            for queue in Queue
            for row in self._tables.table(queue).values()
            if row["aside_at"] is not None
        ]
        return sorted(rows, key=lambda row: row.at, reverse=True)[:limit]

    async def reclaim(self, now: datetime) -> int:
        """See `ports.Work`."""
        leased = [
            (queue, id)
            for queue in Queue
            for id, row in self._tables.table(queue).items()
            if row["lease_until"] is not None and row["lease_until"] > now
        ]
        for queue, id in leased:
            self._tables.update(queue, id, next_at=now)
        return len(leased)

    async def again(self, queue: Queue, id: int, who: str, now: datetime) -> bool:
        """See `ports.Work`."""
        row = self._tables.table(queue).get(id)
        if row is None or row["aside_at"] is None:
            return False
        self._tables.update(queue, id, **_AGAIN[queue], aside_at=None, claims=0, error="", next_at=now)
        self._tables.log(now, who, queue, [id], "tried again")
        return True


class MemoryRuleVersions:
    """The versions of the rule set."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._versions: list[RuleVersion] = []

    async def apply(self, files: Mapping[str, str], difference: str, author: str, now: datetime) -> RuleVersion:
        """See `ports.RuleVersions`."""
        current = await self.in_force()
        if current is not None and dict(current.files) == dict(files):
            return current
        number = len(self._versions) + 1
        new = RuleVersion(number=number, created_at=now, author=author, files=dict(files), difference=difference)
        self._versions.append(new)
        return self._enforce(number, author, now, "applied")

    async def put_in_force(self, number: int, author: str, now: datetime) -> RuleVersion:
        """See `ports.RuleVersions`."""
        await self.version(number)
        return self._enforce(number, author, now, "put in force")

    def _enforce(self, number: int, author: str, now: datetime, what: str) -> RuleVersion:
        self._versions = [replace(version, in_force=version.number == number) for version in self._versions]
        self._tables.log(now, author, "rule_version", [number], what)
        return self._versions[number - 1]

    async def in_force(self) -> RuleVersion | None:
        """See `ports.RuleVersions`."""
        return next((version for version in self._versions if version.in_force), None)

    async def version(self, number: int) -> RuleVersion:
        """See `ports.RuleVersions`."""
        if not 1 <= number <= len(self._versions):
            raise WorkFailed(f"there is no rule version {number}")
        return self._versions[number - 1]

    async def history(self, limit: int = 100) -> list[RuleVersion]:
        """See `ports.RuleVersions`."""
        return [replace(version, files={}) for version in reversed(self._versions)][:limit]
