"""Needs and asks in SQL: waves, and the ends of needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.outbox import put_letters, withdraw
from listbot.adapters.sql.schema import ask, decision, mail, need
from listbot.adapters.sql.schema import ask as asks_table
from listbot.adapters.sql.schema import need as need_table
from listbot.adapters.sql.search import index_need, need_columns
from listbot.adapters.sql.statements import finish, found, log
from listbot.domain.errors import Refused
from listbot.domain.matching import Shortlist
from listbot.domain.reading import Need
from listbot.domain.states import NEED_MOVES, NEED_OPEN, AnswerKind, AskState, MailState, NeedState, PostState, Refusal
from listbot.domain.work import Lease, Letter, NewAsk, NewWave, Queue, StoredAsk, StoredNeed

ENDS = frozenset({NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED})
"""States in which a need waits for nothing."""


async def lock_need(connection: AsyncConnection, id: int) -> sa.Row[Any]:
    """The need, kept from being changed by others until the transaction ends."""
    return found("need", id, (await connection.execute(sa.select(need).where(need.c.id == id).with_for_update())).first())


async def move_need(
    connection: AsyncConnection,
    database: Database,
    id: int,
    state: NeedState,
    who: str,
    why: str,
    now: datetime,
    **more: object,
) -> None:
    """Put a need into a state, which outdates the lease of whoever plans for it; its end withdraws the asks not yet sent."""
    ended = state in ENDS
    outdated: dict[str, object] = {
        "next_at": None if ended else database.moment(now),
        "lease_until": None,
        "tries": need.c.tries + 1,
        "claims": 0,
    }
    if state is NeedState.ASKING:  # handed back: that yes is none any more
        outdated["lead"] = None
        led = sa.select(need.c.lead).where(need.c.id == id).scalar_subquery()
        handed_back = (ask.c.need == id) & (ask.c.taker == led)
        await connection.execute(sa.update(ask).where(handed_back).values(answer=AnswerKind.NO))
    await connection.execute(sa.update(need).where(need.c.id == id).values({**outdated, "state": state, "error": "", **more}))
    if ended:
        await withdraw(connection, ask.c.need == id, f"the need is {state}", now)
    await log(connection, now, who, Queue.NEED, [id], state, why)


class SqlNeeds:
    """The part of `ports.Cases` that is about needs and asks."""

    _db: Database

    async def need(self, id: int) -> StoredNeed:
        """See `ports.Cases`."""
        async with self._db.read() as connection:
            return _need(found("need", id, (await connection.execute(sa.select(need).where(need.c.id == id))).first()))

    async def needs(self, states: Sequence[NeedState] = (), post: int | None = None, limit: int = 100) -> list[StoredNeed]:
        """See `ports.Cases`. Those of a post in its order, else the newest first."""
        query = sa.select(need).limit(limit)
        if states:
            query = query.where(need.c.state.in_(states))
        query = query.order_by(need.c.id.desc()) if post is None else query.where(need.c.post == post).order_by(need.c.number)
        async with self._db.read() as connection:
            return [_need(row) for row in await connection.execute(query)]

    async def asked(self, lease: Lease, waves: Sequence[NewWave], letters: Sequence[Letter], now: datetime) -> list[int]:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            if lease.queue is Queue.POST:
                await finish(connection, lease, state=PostState.MATCHED)
                await log(connection, now, "listbot", Queue.POST, [lease.id], PostState.MATCHED)
            ids: list[int] = []
            for wave in waves:
                await self._write_need(connection, lease, wave, now)
                ids += await self._insert_asks(connection, wave, now)
                await self._record(connection, wave, now)
            await put_letters(connection, self._db, letters, now)
        return ids

    async def _write_need(self, connection: AsyncConnection, lease: Lease, wave: NewWave, now: datetime) -> None:
        """The need's new state; a need of a leased post must be as open as it was when the waves were planned."""
        before = await lock_need(connection, wave.need)
        values = {"state": wave.state, "wave": wave.wave, "next_at": wave.next_at}
        if lease.queue is Queue.NEED:
            await finish(connection, lease, **values)
        elif before.state in NEED_OPEN:
            await connection.execute(sa.update(need).where(need.c.id == wave.need).values(values))
        else:
            raise Refused(Refusal.NEED_DONE, f"need {wave.need} is {before.state}")
        if wave.state is before.state:
            return
        if wave.state not in NEED_MOVES[before.state]:
            raise Refused(Refusal.MOVE, f"need {wave.need} is {before.state} and cannot become {wave.state}")
        if wave.state in ENDS:
            await withdraw(connection, ask.c.need == wave.need, f"the need is {wave.state}", now)
        await log(connection, now, "listbot", Queue.NEED, [wave.need], wave.state, wave.why or f"wave {wave.wave}")

    async def _insert_asks(self, connection: AsyncConnection, wave: NewWave, now: datetime) -> list[int]:
        if not wave.asks:
            return []
        await _free_keys(connection, [new.letter.key for new in wave.asks])
        rows = [_ask_row(wave, new, now) for new in wave.asks]
        insert = sa.insert(ask).returning(ask.c.id, sort_by_parameter_order=True)
        ids = list((await connection.execute(insert, rows)).scalars())
        await put_letters(connection, self._db, [replace(new.letter, need=wave.need) for new in wave.asks], now, ids)
        return ids

    async def _record(self, connection: AsyncConnection, wave: NewWave, now: datetime) -> None:
        listed = wave.shortlist
        if listed == Shortlist():  # nobody was considered
            return
        if not wave.chosen:  # looks that choose nobody come again and again: of those the last one tells
            idle = (decision.c.need == wave.need) & (decision.c.wave == wave.wave) & (decision.c.chosen == ())
            await connection.execute(sa.delete(decision).where(idle))
        record = {"need": wave.need, "wave": wave.wave, "at": now, "rules_version": listed.rules_version, "shortlist": listed}
        record |= {"chosen": wave.chosen, "why": wave.why, "seen": wave.seen}
        await connection.execute(sa.insert(decision).values(record))

    async def close_need(self, need: int, state: NeedState, who: str, why: str, letters: Sequence[Letter], now: datetime) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            before = await lock_need(connection, need)
            if state not in NEED_MOVES[before.state]:
                raise Refused(Refusal.MOVE, f"need {need} is {before.state} and cannot become {state}")
            await move_need(connection, self._db, need, state, who, why, now)
            await put_letters(connection, self._db, letters, now)

    async def correct_need(
        self, id: int, need: Need, who: str, why: str, detail: Mapping[str, object], letters: Sequence[Letter], now: datetime
    ) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            before = await lock_need(connection, id)
            ended = before.state in ENDS
            state, lead = (NeedState.ASKING, None) if ended else (before.state, before.lead)
            await connection.execute(sa.update(need_table).where(need_table.c.id == id).values(need=need, **need_columns(need)))
            await index_need(connection, id, need)
            await move_need(connection, self._db, id, state, who, why, now, lead=lead)
            await log(connection, now, who, Queue.NEED, [id], "corrected", why, detail)
            await withdraw(connection, ask.c.need == id, "the need was corrected", now)
            await put_letters(connection, self._db, letters, now)

    async def lead(self, lease: Lease, ask: int, letters: Sequence[Letter], now: datetime) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            before = await lock_need(connection, lease.id)
            if NeedState.OFFERED not in NEED_MOVES[before.state]:
                raise Refused(Refusal.MOVE, f"need {lease.id} is {before.state} and cannot become offered")
            taker = (await connection.execute(sa.select(asks_table.c.taker).where(asks_table.c.id == ask))).scalar_one()
            await finish(connection, lease, state=NeedState.OFFERED, lead=taker, next_at=self._db.moment(now))
            why = "a reserve steps in"
            await log(connection, now, "listbot", Queue.NEED, [lease.id], NeedState.OFFERED, why, {"taker": taker})
            await put_letters(connection, self._db, letters, now)

    async def fall_silent(self, need: int, before: datetime, now: datetime) -> int:
        """See `ports.Cases`."""
        silent = (ask.c.need == need) & (ask.c.state == AskState.SENT) & (ask.c.sent_at < before)
        async with self._db.write() as connection:
            return (await connection.execute(sa.update(ask).where(silent).values(state=AskState.SILENT))).rowcount

    async def asks(
        self, need: int | None = None, taker: int | None = None, states: Sequence[AskState] = (), limit: int = 1000
    ) -> list[StoredAsk]:
        """See `ports.Cases`."""
        query = sa.select(ask).order_by(ask.c.id.desc()).limit(limit)
        if need is not None:
            query = query.where(ask.c.need == need)
        if taker is not None:
            query = query.where(ask.c.taker == taker)
        if states:
            query = query.where(ask.c.state.in_(states))
        async with self._db.read() as connection:
            return [_ask(row) for row in await connection.execute(query)]


async def _free_keys(connection: AsyncConnection, keys: Sequence[str]) -> None:
    """A letter that was dropped never left: its key may be used for a new one."""
    dropped = mail.c.key.in_(keys) & (mail.c.state == MailState.DROPPED)
    old = mail.c.key + "#dropped-" + sa.cast(mail.c.id, sa.Text)
    await connection.execute(sa.update(mail).where(dropped).values(key=old))


def _ask_row(wave: NewWave, new: NewAsk, now: datetime) -> dict[str, object]:
    return {
        "need": wave.need,
        "taker": new.match.taker_id,
        "email": new.match.email,
        "wave": wave.wave,
        "state": AskState.QUEUED,
        "score": new.match.score,
        "chance": new.match.chance,
        "reasons": new.match.reasons,
        "created_at": now,
    }


def _need(row: sa.Row[Any]) -> StoredNeed:
    return StoredNeed(
        id=row.id,
        post=row.post,
        number=row.number,
        need=row.need,
        state=row.state,
        wave=row.wave,
        opened_at=row.opened_at,
        next_at=row.next_at,
        lead=row.lead,
        error=row.error,
    )


def _ask(row: sa.Row[Any]) -> StoredAsk:
    return StoredAsk(
        id=row.id,
        need=row.need,
        taker=row.taker,
        email=row.email,
        wave=row.wave,
        state=row.state,
        score=row.score,
        chance=row.chance,
        reasons=row.reasons,
        created_at=row.created_at,
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        answer=row.answer,
    )
