"""What moderators keep: drafts of rules and labelled examples, in SQL. See `office.Drafts`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema_desk import correction as corrections
from listbot.adapters.sql.schema_desk import rule_draft
from listbot.adapters.sql.statements import found, log
from listbot.domain.desk import Correction, Draft

TABLE = "rule_draft"


class SqlDrafts:
    """Drafts and corrections."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def drafts(self) -> list[Draft]:
        """See `office.Drafts`. The last one worked on first."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(rule_draft).order_by(rule_draft.c.updated_at.desc()).limit(100))
            return [_draft(row) for row in rows]

    async def draft(self, id: int) -> Draft:
        """See `office.Drafts`."""
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(rule_draft).where(rule_draft.c.id == id))).first()
        return _draft(found("draft", id, row))

    async def save(self, id: int | None, name: str, base: int, files: Mapping[str, str], who: str, now: datetime) -> int:
        """See `office.Drafts`."""
        values = {"name": name, "base": base, "files": files, "author": who, "updated_at": now}
        async with self._db.write() as connection:
            if id is None:
                made = sa.insert(rule_draft).values(values).returning(rule_draft.c.id)
                id = int((await connection.execute(made)).scalar_one())
            else:
                change = sa.update(rule_draft).where(rule_draft.c.id == id).values(values).returning(rule_draft.c.id)
                found("draft", id, (await connection.execute(change)).first())
            await log(connection, now, who, TABLE, [id], "saved", name)
        return id

    async def discard(self, id: int, who: str, now: datetime) -> None:
        """See `office.Drafts`."""
        async with self._db.write() as connection:
            await connection.execute(sa.delete(rule_draft).where(rule_draft.c.id == id))
            await log(connection, now, who, TABLE, [id], "discarded")

    async def note(self, table: str, row: int, what: str, who: str, now: datetime, why: str = "") -> None:
        """See `office.Drafts`."""
        async with self._db.write() as connection:
            await log(connection, now, who, table, [row], what, why)

    async def keep_correction(self, correction: Correction) -> None:
        """See `office.Drafts`."""
        right = (correction.kind_before, correction.before) == (correction.kind_after, correction.after)
        row = {"post": correction.post, "at": correction.at, "right": right, "correction": correction}
        async with self._db.write() as connection:
            await connection.execute(sa.insert(corrections).values(row))

    async def forget_correction(self, post: int, at: datetime) -> None:
        """See `office.Drafts`."""
        async with self._db.write() as connection:
            await connection.execute(sa.delete(corrections).where(corrections.c.post == post, corrections.c.at == at))

    async def corrections(self, limit: int = 1000) -> list[Correction]:
        """See `office.Drafts`. Newest first."""
        query = sa.select(corrections.c.correction).order_by(corrections.c.id.desc()).limit(limit)
        async with self._db.read() as connection:
            return list((await connection.execute(query)).scalars())


def _draft(row: sa.Row[Any]) -> Draft:
    return Draft(id=row.id, name=row.name, author=row.author, base=row.base, updated_at=row.updated_at, files=row.files)
