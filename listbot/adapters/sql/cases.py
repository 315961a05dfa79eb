"""Posts, needs, asks and answers in SQL. See `ports.Cases`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.moderating import SqlModerating
from listbot.adapters.sql.needs import SqlNeeds, lock_need, move_need
from listbot.adapters.sql.outbox import put_letters
from listbot.adapters.sql.posts import SqlPosts
from listbot.adapters.sql.schema import answer, ask, change, chore
from listbot.adapters.sql.schema import need as need_table
from listbot.adapters.sql.schema import post as post_table
from listbot.adapters.sql.statements import finish, found, log, upsert
from listbot.domain.corrections import newcomers, told_further
from listbot.domain.errors import Refused
from listbot.domain.mail import Address
from listbot.domain.reading import Need, Reading
from listbot.domain.states import NEED_MOVES, AnswerState, AskState, NeedState, Refusal
from listbot.domain.work import AnswerReading, Change, Lease, Letter, NewAnswer, Queue, StoredAnswer


class _Outrun(Exception):
    """Somebody else was faster: leave everything as it is."""


class SqlCases(SqlPosts, SqlNeeds, SqlModerating):
    """The whole of `ports.Cases`: posts, needs and asks come from the parts, answers are here."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def answer(self, id: int) -> StoredAnswer:
        """See `ports.Cases`."""
        async with self._db.read() as connection:
            return _answer(found("answer", id, (await connection.execute(sa.select(answer).where(answer.c.id == id))).first()))

    async def answers(self, state: AnswerState | None = None, need: int | None = None, limit: int = 1000) -> list[StoredAnswer]:
        """See `ports.Cases`."""
        query = sa.select(answer).order_by(answer.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(answer.c.state == state)
        if need is not None:
            query = query.where(answer.c.ask.in_(sa.select(ask.c.id).where(ask.c.need == need)))
        async with self._db.read() as connection:
            return [_answer(row) for row in await connection.execute(query)]

    async def decide_answer(self, id: int, reading: AnswerReading | None, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        values: dict[str, object] = {"hold": "", "aside_at": None, "claims": 0, "state": AnswerState.SET_ASIDE}
        values |= {"next_at": None, "lease_until": None}
        if reading is not None:
            values |= {"state": AnswerState.RECEIVED, "reading": reading, "next_at": self._db.moment(now)}
        held = (answer.c.id == id) & answer.c.state.in_((AnswerState.HELD, AnswerState.ASKED_BACK))
        async with self._db.write() as connection:
            if (await connection.execute(sa.update(answer).where(held).values(values))).rowcount == 0:
                raise Refused(Refusal.MOVE, f"answer {id} is not held")
            what = "left alone" if reading is None else f"decided: {reading.kind}"
            await log(connection, now, who, Queue.ANSWER, [id], what, why)

    async def chore(self, id: int) -> str:
        """See `ports.Cases`."""
        async with self._db.read() as connection:
            row = found("chore", id, (await connection.execute(sa.select(chore.c.name).where(chore.c.id == id))).first())
        return str(row.name)

    async def ensure_chore(self, name: str, at: datetime) -> None:
        """See `ports.Cases`."""
        insert = upsert(self._db, chore).values(name=name, next_at=self._db.moment(at))
        async with self._db.write() as connection:
            await connection.execute(insert.on_conflict_do_nothing(index_elements=["name"]))

    async def chored(self, lease: Lease, letters: Sequence[Letter], next_at: datetime, now: datetime) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            await finish(connection, lease, next_at=next_at)
            await put_letters(connection, self._db, letters, now)

    async def answered(
        self,
        lease: Lease | None,
        reading: AnswerReading,
        ask: int | None,
        ask_state: AskState | None,
        need: tuple[int, NeedState] | None,
        letters: Sequence[Letter],
        held: str,
        now: datetime,
        look_at: datetime | None = None,
    ) -> bool:
        """See `ports.Cases`."""
        state = AnswerState.APPLIED if not held else AnswerState.ASKED_BACK if look_at else AnswerState.HELD
        result = {"kind": reading.kind, "reading": reading, "hold": held, "state": state, "next_at": look_at}
        try:
            async with self._db.write() as connection:
                if lease is not None:
                    await finish(connection, lease, **result, **({} if ask is None else {"ask": ask}))
                elif ask is not None:
                    await log(connection, now, f"ask {ask}", "ask", [ask], f"answered on the page: {reading.kind}", reading.words)
                if need is not None:
                    await self._follow(connection, *need, ask, reading, now)
                if ask is not None and ask_state is not None:
                    await self._answer_ask(connection, ask, ask_state, reading, now)
                await put_letters(connection, self._db, letters, now)
        except _Outrun:
            return False
        return True

    async def add_clients(
        self,
        lease: Lease,
        read_as: AnswerReading,
        post: int,
        needs: Sequence[Need],
        words: str,
        letters: Sequence[Letter],
        now: datetime,
    ) -> list[int]:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            applied = {"kind": read_as.kind, "reading": read_as, "hold": "", "state": AnswerState.APPLIED}
            await finish(connection, lease, **applied)
            reading = await _lock_reading(connection, post)
            known = (await connection.execute(sa.select(need_table.c.need).where(need_table.c.post == post))).scalars().all()
            new = newcomers(needs, known)
            if not new:
                return []
            told = told_further(reading, new, words)
            await connection.execute(sa.update(post_table).where(post_table.c.id == post).values(reading=told))
            ids = await self._open_needs(connection, post, new, now)
            due = {"next_at": self._db.moment(now)}
            await connection.execute(sa.update(need_table).where(need_table.c.id.in_(ids)).values(due))
            await log(connection, now, "fellow", Queue.NEED, ids, NeedState.OPEN, "a further client, added by reply")
            await put_letters(connection, self._db, letters, now)
        return ids

    async def _answer_ask(
        self, connection: AsyncConnection, id: int, state: AskState, reading: AnswerReading, now: datetime
    ) -> None:
        values = {"state": state, "answered_at": now, "answer": reading.kind}
        await connection.execute(sa.update(ask).where(ask.c.id == id).values(values))

    async def _follow(
        self, connection: AsyncConnection, id: int, state: NeedState, ask_id: int | None, reading: AnswerReading, now: datetime
    ) -> None:
        """Move the need; raises _Outrun where it has a lead already, or has moved on."""
        row = await lock_need(connection, id)
        taker = (await connection.execute(sa.select(ask.c.taker).where(ask.c.id == ask_id))).scalar()
        offered = state is NeedState.OFFERED
        if offered and row.lead is not None and row.lead != taker:
            raise _Outrun
        if row.state is state and (not offered or row.lead == taker):
            return
        if row.state is not state and state not in NEED_MOVES[row.state]:
            raise _Outrun
        lead = {"lead": taker} if offered else {}
        await move_need(connection, self._db, id, state, "listbot", f"an answer: {reading.kind}", now, **lead)

    async def changes(self, table: str, row: int) -> list[Change]:
        """See `ports.Cases`. Oldest first."""
        query = sa.select(change).where(change.c.table == table, change.c.row == row).order_by(change.c.id)
        async with self._db.read() as connection:
            return [to_change(found) for found in await connection.execute(query)]


async def _lock_reading(connection: AsyncConnection, post: int) -> Reading:
    """What a post was read as; until the transaction ends nobody else adds to it."""
    row = await connection.execute(sa.select(post_table.c.reading).where(post_table.c.id == post).with_for_update())
    reading: Reading = found("post", post, row.first()).reading
    return reading


def _answer(row: sa.Row[Any]) -> StoredAnswer:
    new = NewAnswer(
        message_id=row.message_id,
        author=Address(row.author_email, row.author_name),
        subject=row.subject,
        posted_at=row.posted_at,
        answers=row.answers,
        trusted=row.trusted,
    )
    return StoredAnswer(
        id=row.id, message=row.message, answer=new, state=row.state, kind=row.kind, hold=row.hold, reading=row.reading
    )


def to_change(row: sa.Row[Any]) -> Change:
    """A line of the log."""
    return Change(at=row.at, who=row.who, table=row.table, row=row.row, what=row.what, why=row.why, detail=row.detail)
