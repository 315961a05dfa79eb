"""Who may sign in, who has, and what they look at, in SQL. See `office.Sessions`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema_desk import account, invitation, look, session
from listbot.adapters.sql.statements import log, upsert
from listbot.domain.desk import Account, Role

SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a session was used."""

FORGET_AFTER = timedelta(days=30)
"""Used links and ended sessions are kept so long."""


class SqlSessions:
    """Links, sessions and accounts."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def invite(self, hash: str, email: str, until: datetime, now: datetime) -> None:
        """See `office.Sessions`."""
        async with self._db.write() as connection:
            await connection.execute(sa.delete(invitation).where(invitation.c.until < now - FORGET_AFTER))
            await connection.execute(sa.insert(invitation).values(hash=hash, email=email, made_at=now, until=until))

    async def redeem(self, hash: str, now: datetime) -> str | None:
        """See `office.Sessions`."""
        usable = (invitation.c.hash == hash) & invitation.c.used_at.is_(None) & (invitation.c.until > now)
        async with self._db.write() as connection:
            used = sa.update(invitation).where(usable).values(used_at=now).returning(invitation.c.email)
            email: str | None = (await connection.execute(used)).scalar()
        return email

    async def begin(self, hash: str, email: str, until: datetime, now: datetime) -> None:
        """See `office.Sessions`."""
        async with self._db.write() as connection:
            await connection.execute(sa.delete(session).where(session.c.until < now - FORGET_AFTER))
            row = {"hash": hash, "email": email, "begun_at": now, "seen_at": now, "until": until}
            await connection.execute(sa.insert(session).values(row))
            await log(connection, now, email, "session", [0], "signed in")

    async def visitor(self, hash: str, idle: timedelta, now: datetime) -> str | None:
        """See `office.Sessions`."""
        used_lately = (session.c.until > now) & (session.c.seen_at > now - idle)
        lives = (session.c.hash == hash) & session.c.ended_at.is_(None) & used_lately
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(session.c.email, session.c.seen_at).where(lives))).first()
        if row is None:
            return None
        if row.seen_at < now - SEEN_EVERY:
            async with self._db.write() as connection:
                await connection.execute(sa.update(session).where(session.c.hash == hash).values(seen_at=now))
        return str(row.email)

    async def end(self, email: str, hash: str | None, who: str, now: datetime) -> int:
        """See `office.Sessions`."""
        async with self._db.write() as connection:
            return await _end(connection, email, hash, who, now)

    async def look(self, email: str, thing: tuple[str, int], until: datetime, now: datetime) -> None:
        """See `office.Sessions`."""
        kind, row = thing
        seen = upsert(self._db, look).values(kind=kind, row=row, email=email, until=until)
        async with self._db.write() as connection:
            await connection.execute(sa.delete(look).where(look.c.until < now))
            await connection.execute(seen.on_conflict_do_update(index_elements=["kind", "row", "email"], set_={"until": until}))

    async def looking(self, now: datetime) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """See `office.Sessions`."""
        query = sa.select(look.c.kind, look.c.row, look.c.email).where(look.c.until > now).order_by(look.c.email)
        found: dict[tuple[str, int], tuple[str, ...]] = {}
        async with self._db.read() as connection:
            for kind, row, email in await connection.execute(query):
                found[kind, row] = (*found.get((kind, row), ()), email)
        return found

    async def accounts(self) -> list[Account]:
        """See `office.Sessions`."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(account).order_by(account.c.email))
            return [Account(email=r.email, role=r.role, added_by=r.added_by, added_at=r.added_at) for r in rows]

    async def put_account(self, email: str, role: Role | None, who: str, now: datetime) -> None:
        """See `office.Sessions`."""
        async with self._db.write() as connection:
            before = (await connection.execute(sa.select(account.c.role).where(account.c.email == email))).scalar()
            if role is None:
                await connection.execute(sa.delete(account).where(account.c.email == email))
                await _end(connection, email, None, who, now)
            else:
                insert = upsert(self._db, account).values(email=email, role=role, added_by=who, added_at=now)
                await connection.execute(insert.on_conflict_do_update(index_elements=["email"], set_={"role": role}))
            detail = {"role": [before, role]}
            await log(connection, now, who, "account", [0], "removed" if role is None else "changed", email, detail)


async def _end(connection: AsyncConnection, email: str, hash: str | None, who: str, now: datetime) -> int:
    live = (session.c.email == email) & session.c.ended_at.is_(None)
    if hash is not None:
        live &= session.c.hash == hash
    ended = (await connection.execute(sa.update(session).where(live).values(ended_at=now))).rowcount
    if ended:
        await log(connection, now, who, "session", [0], "signed out", email if who != email else "")
    return ended
