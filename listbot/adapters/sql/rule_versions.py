"""The versions of the rule set in SQL. See `ports.RuleVersions`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema import rule_version
from listbot.adapters.sql.statements import found, log
from listbot.domain.work import RuleVersion

TABLE = "rule_version"
_NOW = sa.select(rule_version).where(rule_version.c.in_force)


class SqlRuleVersions:
    """The versions."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def apply(self, files: Mapping[str, str], difference: str, author: str, now: datetime) -> RuleVersion:
        """See `ports.RuleVersions`."""
        async with self._db.write() as connection:
            before = (await connection.execute(_NOW.with_for_update())).first()
            if before is not None and dict(before.files) == dict(files):
                return _version(before)
            highest = sa.select(sa.func.coalesce(sa.func.max(rule_version.c.number), 0))
            number = (await connection.execute(highest)).scalar_one() + 1
            row = {"number": number, "created_at": now, "author": author, "files": files, "difference": difference}
            await connection.execute(sa.insert(rule_version).values({**row, "in_force": False}))
            return await self._enforce(connection, number, author, now, "applied")

    async def put_in_force(self, number: int, author: str, now: datetime) -> RuleVersion:
        """See `ports.RuleVersions`."""
        async with self._db.write() as connection:
            return await self._enforce(connection, number, author, now, "put in force")

    async def _enforce(self, connection: AsyncConnection, number: int, author: str, now: datetime, what: str) -> RuleVersion:
        await connection.execute(sa.update(rule_version).where(rule_version.c.in_force).values(in_force=False))
        change = sa.update(rule_version).where(rule_version.c.number == number).values(in_force=True).returning(rule_version)
        version = _version(found("rule version", number, (await connection.execute(change)).first()))
        await log(connection, now, author, TABLE, [number], what)
        return version

    async def in_force(self) -> RuleVersion | None:
        """See `ports.RuleVersions`."""
        async with self._db.read() as connection:
            row = (await connection.execute(_NOW)).first()
        return _version(row) if row else None

    async def version(self, number: int) -> RuleVersion:
        """See `ports.RuleVersions`."""
        query = sa.select(rule_version).where(rule_version.c.number == number)
        async with self._db.read() as connection:
            return _version(found("rule version", number, (await connection.execute(query)).first()))

    async def history(self, limit: int = 100) -> list[RuleVersion]:
        """See `ports.RuleVersions`."""
        columns = [column for column in rule_version.c if column.name != "files"]
        query = sa.select(*columns).order_by(rule_version.c.number.desc()).limit(limit)
        async with self._db.read() as connection:
            return [_version(row) for row in await connection.execute(query)]


def _version(row: sa.Row[Any]) -> RuleVersion:
    return RuleVersion(
        number=row.number,
        created_at=row.created_at,
        author=row.author,
        files=getattr(row, "files", {}),
        difference=row.difference,
        in_force=row.in_force,
    )
