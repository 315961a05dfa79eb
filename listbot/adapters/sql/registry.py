"""Takers in SQL. See `ports.Registry`."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.cases import to_change
from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.forget import erase
from listbot.adapters.sql.narrowing import REACH, narrowed, promising, reach_rows
from listbot.adapters.sql.schema import ask, change, forgotten, letters_in, mail, taker, taker_reach
from listbot.adapters.sql.schema import organization as organizations
from listbot.adapters.sql.search import index_takers
from listbot.adapters.sql.standing import standings
from listbot.adapters.sql.statements import chunks, insert_text, log, upsert
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate, Organization, Taker
from listbot.domain.states import AskState
from listbot.domain.work import Change

_FIELDS = tuple(field.name for field in fields(Taker))
_ORGANIZATIONS = sa.select(organizations)
_cells = itemgetter(*(taker.c.keys().index(name) for name in _FIELDS))
TABLE = "taker"

FOUND_AGAIN = 5000
"""So many takers at a time are read when it is written anew where they are found."""


class SqlRegistry:
    """The registry. `key` makes the hashes of forgotten addresses: without it nobody can tell whose they are."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._db = database
        self._key = key

    async def candidates(self, need: Need, now: datetime, limit: int | None = None) -> list[Candidate]:
        """See `ports.Registry`."""
        async with self._db.read() as connection:
            if limit is None:
                rows = (await connection.execute(narrowed(need))).all()
            else:
                rows = await self._promising(connection, need, limit)
            found = await self._with_standing(connection, rows, now)
            limits = {row.name: row for row in (await connection.execute(_ORGANIZATIONS)).all()}
        return [_under(candidate, limits.get(candidate.taker.organization)) for candidate in found]

    async def _promising(self, connection: AsyncConnection, need: Need, limit: int) -> Sequence[sa.Row[Any]]:
        rows = (await connection.execute(*promising(need, limit))).all()
        if len(rows) == limit:
            return rows
        everybody = (await connection.execute(narrowed(need).limit(2 * limit))).all()  # so few that all can be looked at
        found = {row.id: row for row in [*rows, *everybody]}
        return list(found.values())[:limit]

    async def takers(self, query: str = "", limit: int | None = None, offset: int = 0) -> list[Candidate]:
        """See `ports.Registry`. `query` is looked for in address, name, organisation and city."""
        select = sa.select(taker).where(taker.c.forgotten_at.is_(None)).order_by(taker.c.email).limit(limit).offset(offset)
        if query:
            columns = (taker.c.email, taker.c.name, taker.c.organization, taker.c.city)
            select = select.where(sa.or_(*(sa.func.lower(column).contains(query.lower(), autoescape=True) for column in columns)))
        return await self._found(select)

    async def taker(self, email: str) -> Candidate | None:
        """See `ports.Registry`."""
        return next(iter(await self._found(sa.select(taker).where(taker.c.email == email.lower()))), None)

    async def _found(self, query: sa.Select[Any]) -> list[Candidate]:
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
            return await self._with_standing(connection, rows, datetime.now(UTC))

    async def _with_standing(self, connection: AsyncConnection, rows: Sequence[sa.Row[Any]], now: datetime) -> list[Candidate]:
        known = await standings(connection, rows, now)
        return [Candidate(id=row.id, taker=to_taker(row), standing=known[row.id]) for row in rows]

    async def put(self, takers: Sequence[Taker], who: str, now: datetime) -> Mapping[str, str]:
        """See `ports.Registry`."""
        async with self._db.write() as connection:
            return await self.write(connection, takers, who, now)

    async def write(self, connection: AsyncConnection, takers: Sequence[Taker], who: str, now: datetime) -> Mapping[str, str]:
        """`put` within somebody's transaction."""
        wanted = {one.email.lower(): one for one in takers}
        gone = await self._forgotten(connection, wanted)
        before = await self._before(connection, list(wanted))
        new = [one for email, one in wanted.items() if email not in before and email not in gone]
        changed = [(*before[email], one) for email, one in wanted.items() if _differs(before.get(email), one)]
        ids = await self._insert(connection, new, now)
        await self._update(connection, changed, now)
        await self._reach(connection, [*zip(ids, new, strict=True), *((id, one) for id, _, one in changed)], len(new))
        await log(connection, now, who, TABLE, ids, "added")
        for id, old, one in changed:
            await log(connection, now, who, TABLE, [id], "changed", detail=_difference(old, one))
        words = dict.fromkeys(wanted, "same") | dict.fromkeys(gone, "forgotten") | {one.email.lower(): "new" for one in new}
        words |= {one.email.lower(): "changed" for _, _, one in changed}
        return {one.email: words[one.email.lower()] for one in takers}

    async def _forgotten(self, connection: AsyncConnection, emails: Iterable[str]) -> set[str]:
        if (await connection.execute(sa.select(forgotten.c.hash).limit(1))).first() is None:
            return set()
        hashes = {self._hash(email): email for email in emails}
        gone: set[str] = set()
        for some in chunks(list(hashes)):
            known = await connection.execute(sa.select(forgotten.c.hash).where(forgotten.c.hash.in_(some)))
            gone |= {hashes[hash] for hash in known.scalars()}
        return gone

    def _hash(self, email: str) -> str:
        return hmac.digest(self._key, email.lower().encode(), "sha256").hex()

    async def _before(self, connection: AsyncConnection, emails: Sequence[str]) -> dict[str, tuple[int, Taker]]:
        before: dict[str, tuple[int, Taker]] = {}
        for some in chunks(emails):
            rows = await connection.execute(sa.select(taker).where(taker.c.email.in_(some)))
            before |= {row.email: (row.id, to_taker(row)) for row in rows}
        return before

    async def _insert(self, connection: AsyncConnection, new: Sequence[Taker], now: datetime) -> list[int]:
        if not new:
            return []
        stated = [{"capacity_at": None if one.open_slots is None else now} for one in new]
        await connection.execute(sa.insert(taker), [_row(one) | when for one, when in zip(new, stated, strict=True)])
        ids: dict[str, int] = {}
        for some in chunks([one.email.lower() for one in new]):
            rows = await connection.execute(sa.select(taker.c.email, taker.c.id).where(taker.c.email.in_(some)))
            ids |= {row.email: row.id for row in rows}
        return [ids[one.email.lower()] for one in new]

    async def _update(self, connection: AsyncConnection, changed: Sequence[tuple[int, Taker, Taker]], now: datetime) -> None:
        for id, before, one in changed:
            stated = {"capacity_at": now} if one.open_slots != before.open_slots else {}
            await connection.execute(sa.update(taker).where(taker.c.id == id).values(_row(one) | stated))

    async def _reach(self, connection: AsyncConnection, takers: Sequence[tuple[int, Taker]], new: int) -> None:
        """Write where the takers can be found; the first `new` ones are not there yet."""
        for some in chunks([id for id, _ in takers[new:]]):
            await connection.execute(sa.delete(taker_reach).where(taker_reach.c.taker.in_(some)))
        if takers:
            await connection.exec_driver_sql(insert_text(connection.dialect.name, taker_reach, REACH), reach_rows(takers))
        await index_takers(connection, takers, new)

    async def stated(self, one: Taker, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        await self.put([one], who, now)
        mine = sa.update(taker).where(taker.c.email == one.email.lower()).values(capacity_at=now)
        async with self._db.write() as connection:
            ids = (await connection.execute(mine.returning(taker.c.id))).scalars().all()
            await log(connection, now, who, TABLE, ids, "said how much room there is")

    async def stale(self, before: datetime, now: datetime, limit: int) -> list[Candidate]:
        """See `ports.Registry`."""
        may = taker.c.opted_out_at.is_(None) & taker.c.bounced_at.is_(None) & taker.c.forgotten_at.is_(None)
        may &= taker.c.consent_at.is_not(None) & (taker.c.paused_until.is_(None) | (taker.c.paused_until <= now.date()))
        long_ago = (taker.c.capacity_at < before) | (taker.c.capacity_at.is_(None) & (taker.c.consent_at < before.date()))
        busy = sa.exists().where(ask.c.taker == taker.c.id, ask.c.state.in_((AskState.QUEUED, AskState.SENT)))
        mine = (mail.c.recipient == taker.c.email) & (mail.c.kind == "capacity_question")
        questioned = sa.exists().where(mine, mail.c.created_at > before)
        oldest = sa.func.coalesce(sa.func.date(taker.c.capacity_at), sa.func.date(taker.c.consent_at))
        query = sa.select(taker).where(may, long_ago, ~busy, ~questioned).order_by(oldest, taker.c.id).limit(limit)
        return await self._found(query)

    async def count(self) -> int:
        """See `ports.Registry`."""
        query = sa.select(sa.func.count()).select_from(taker).where(taker.c.forgotten_at.is_(None))
        async with self._db.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def opt_out(self, email: str, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        await self._learn(email, "opted_out_at", "opted out", "", who, now)

    async def bounced(self, email: str, why: str, now: datetime) -> None:
        """See `ports.Registry`."""
        await self._learn(email, "bounced_at", "bounced", why, "listbot", now)

    async def _learn(self, email: str, column: str, what: str, why: str, who: str, now: datetime) -> None:
        first = (taker.c.email == email.lower()) & taker.c[column].is_(None)
        async with self._db.write() as connection:
            ids = await connection.execute(sa.update(taker).where(first).values({column: now}).returning(taker.c.id))
            await log(connection, now, who, TABLE, ids.scalars().all(), what, why)

    async def languages(self, emails: Collection[str]) -> Mapping[str, str]:
        """See `ports.Registry`."""
        wished: dict[str, str] = {}
        async with self._db.read() as connection:
            for some in chunks(sorted({email.lower() for email in emails})):
                rows = await connection.execute(sa.select(letters_in).where(letters_in.c.email.in_(some)))
                wished |= {row.email: row.language for row in rows}
        return {email: wished[email.lower()] for email in emails if email.lower() in wished}

    async def write_in(self, email: str, language: str, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        values = {"language": language, "at": now}
        wish = upsert(self._db, letters_in).values(email=email.lower(), **values)
        async with self._db.write() as connection:
            await connection.execute(wish.on_conflict_do_update(index_elements=["email"], set_=values))
            ids = await connection.execute(sa.select(taker.c.id).where(taker.c.email == email.lower()))
            await log(connection, now, who, TABLE, ids.scalars().all(), "wishes letters in", language)

    async def forget(self, email: str, who: str, now: datetime) -> bool:
        """See `ports.Registry`."""
        async with self._db.write() as connection:
            keep = upsert(self._db, forgotten).values(hash=self._hash(email), at=now)
            await connection.execute(keep.on_conflict_do_nothing(index_elements=["hash"]))
            await connection.execute(sa.delete(letters_in).where(letters_in.c.email == email.lower()))
            id = (await connection.execute(sa.select(taker.c.id).where(taker.c.email == email.lower()))).scalar()
            if id is not None:
                await erase(connection, id, _row(Taker(email=f"forgotten:{id}")), now)
                await log(connection, now, who, TABLE, [id], "forgotten")
        return id is not None

    async def changes(self, email: str) -> list[Change]:
        """See `ports.Registry`."""
        of_taker = sa.select(taker.c.id).where(taker.c.email == email.lower()).scalar_subquery()
        query = sa.select(change).where(change.c.table == TABLE, change.c.row == of_taker).order_by(change.c.id)
        async with self._db.read() as connection:
            return [to_change(row) for row in await connection.execute(query)]

    async def organizations(self) -> list[Organization]:
        """See `ports.Registry`."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(organizations).order_by(organizations.c.name))
            return [Organization(**row._mapping) for row in rows]

    async def put_organization(self, organization: Organization, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        values = {field.name: getattr(organization, field.name) for field in fields(Organization)}
        statement = upsert(self._db, organizations).values(values)
        async with self._db.write() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
            detail = {name: str(value) for name, value in values.items()}
            await log(connection, now, who, "organization", [0], "changed", organization.name, detail)


def find_again(connection: sa.Connection) -> None:
    """Write where everybody is found, if a migration left that to the program."""
    living = sa.select(taker).where(taker.c.forgotten_at.is_(None)).order_by(taker.c.id)
    if connection.execute(sa.select(taker_reach.c.taker).limit(1)).first() is None:
        for rows in connection.execute(living).partitions(FOUND_AGAIN):
            found = reach_rows([(row.id, to_taker(row)) for row in rows])
            connection.exec_driver_sql(insert_text(connection.dialect.name, taker_reach, REACH), found)


def _row(one: Taker) -> dict[str, object]:
    return {name: getattr(one, name) for name in _FIELDS} | {"email": one.email.lower()}


def to_taker(row: sa.Row[Any]) -> Taker:
    """A whole row of `taker` as the entry it holds."""
    return Taker(**dict(zip(_FIELDS, _cells(row), strict=True)))


def _differs(before: tuple[int, Taker] | None, now: Taker) -> bool:
    return before is not None and bool(_difference(before[1], now))


def _difference(before: Taker, now: Taker) -> dict[str, object]:
    """Column to its words before and after, for the columns that differ."""
    old, new = _row(before), _row(now)
    return {name: [_words(old[name]), _words(new[name])] for name in _FIELDS if old[name] != new[name]}


def _words(value: object) -> object:
    if isinstance(value, frozenset):
        return ";".join(sorted(value))
    if isinstance(value, Mapping):
        return ";".join(f"{key}:{level}" for key, level in sorted(value.items()))
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _under(candidate: Candidate, limits: Any) -> Candidate:
    """The entry under the limits of its organisation."""
    if limits is None:
        return candidate
    one = candidate.taker
    pauses = [day for day in (one.paused_until, limits.paused_until) if day is not None]
    slots = [number for number in (one.open_slots, limits.open_slots) if number is not None]
    merged = replace(
        one,
        paused_until=max(pauses, default=None),
        open_slots=min(slots, default=None),
        funding_limits=one.funding_limits | limits.funding_limits,
    )
    return Candidate(id=candidate.id, taker=merged, standing=candidate.standing)
