"""What the moderators' pages read. See `office.Insight`."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.cases import to_change
from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.figures import SqlFigures
from listbot.adapters.sql.paging import COUNTED, Condition, page
from listbot.adapters.sql.registry import to_taker
from listbot.adapters.sql.schema import WORK, answer, ask, change, decision, mail, need, post, taker
from listbot.adapters.sql.schema_desk import need_reach, post_word, taker_word
from listbot.adapters.sql.search import beginning, words
from listbot.adapters.sql.standing import standings
from listbot.adapters.sql.waiting import SqlWaiting, answer_rows, mail_rows
from listbot.domain.desk import (
    AskedPerson,
    AskRow,
    Mishap,
    NeedRow,
    Paged,
    PastNeed,
    PostRow,
    Today,
)
from listbot.domain.mail import Address, Channel
from listbot.domain.record import Decision
from listbot.domain.registry import Candidate
from listbot.domain.states import NEED_OPEN, AnswerState, AskState, MailState, NeedState, PostState
from listbot.domain.wording import redacted_subject
from listbot.domain.work import Change, NewPost, StoredPost
from listbot.pipeline.office import NeedQuery, PostQuery, TakerQuery

HELD_SORTED = 300
"""Of so many held posts the most urgent come first."""


class SqlInsight(SqlFigures, SqlWaiting):
    """The lists; the figures come from their own part."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def today(self, now: datetime, near: timedelta, limit: int) -> Today:
        """See `office.Insight`."""
        async with self._db.read() as connection:
            return Today(
                held=await _held(connection, limit),
                urgent=await _needs(connection, _urgent(now, near), [need.c.deadline, need.c.id], limit, 0),
                nobody=await _needs(connection, _nobody(), [need.c.deadline.asc().nulls_last(), need.c.id], limit, 0),
                answers=await answer_rows(connection, answer.c.state == AnswerState.HELD, answer.c.id, limit),
                letters=await mail_rows(connection, mail.c.state == MailState.HELD, mail.c.id.desc(), limit),
                undelivered=await mail_rows(
                    connection, mail.c.state.in_([MailState.REFUSED, MailState.UNSURE]), mail.c.id.desc(), limit
                ),
                mishaps=await _mishaps(connection, limit),
            )

    async def posts(self, query: PostQuery, limit: int, offset: int) -> Paged[PostRow]:
        """See `office.Insight`."""
        where: Condition = sa.true()
        if query.state:
            where &= post.c.state == query.state
        if query.list_name:
            where &= post.c.list_name == query.list_name
        for word in words(query.words):
            where &= post.c.id.in_(sa.select(post_word.c.post).where(beginning(post_word.c.word, word)))
        order = post.c.id.asc() if query.oldest_first else post.c.id.desc()
        async with self._db.read() as connection:
            return await _posts(connection, where, [order], limit, offset)

    async def needs(self, query: NeedQuery, limit: int, offset: int) -> Paged[NeedRow]:
        """See `office.Insight`."""
        where: Condition = need.c.state.in_(query.states) if query.states else sa.true()
        if query.state_code or query.relief:
            found = sa.select(need_reach.c.need)
            if query.state_code:
                found = found.where(need_reach.c.state == query.state_code)
            if query.relief:
                found = found.where(need_reach.c.relief == query.relief)
            where &= need.c.id.in_(found)
        by_day: Sequence[Any] = [need.c.deadline.asc().nulls_last(), need.c.id]
        order = {"oldest": [need.c.id], "deadline": by_day}.get(query.order, [need.c.id.desc()])
        async with self._db.read() as connection:
            return await _needs(connection, where, order, limit, offset)

    async def takers(self, query: TakerQuery, now: datetime, limit: int, offset: int) -> Paged[Candidate]:
        """See `office.Insight`."""
        where: Condition = taker.c.forgotten_at.is_(None) & _standing(query.standing, now)
        for word in words(query.words):
            where &= taker.c.id.in_(sa.select(taker_word.c.taker).where(beginning(taker_word.c.word, word)))
        if query.state_code:
            code = query.state_code
            where &= _holds(taker.c.bar_states, code) | _holds(taker.c.service_states, code) | (taker.c.state == code)
        if query.relief:
            where &= (";" + sa.cast(taker.c.relief, sa.Text)).like(f"%;{query.relief}:%")
        order = {"name": taker.c.name, "newest": taker.c.id.desc()}.get(query.order, taker.c.email)
        async with self._db.read() as connection:
            rows, total, more = await page(connection, sa.select(taker), where, [order, taker.c.id], limit, offset)
            known = await standings(connection, rows, now)
        found = tuple(Candidate(id=row.id, taker=to_taker(row), standing=known[row.id]) for row in rows)
        return Paged(found, total, more)

    async def taker(self, id: int, now: datetime) -> Candidate | None:
        """See `office.Insight`."""
        query = sa.select(taker).where(taker.c.id == id, taker.c.forgotten_at.is_(None))
        async with self._db.read() as connection:
            row = (await connection.execute(query)).first()
            if row is None:
                return None
            known = await standings(connection, [row], now)
        return Candidate(id=row.id, taker=to_taker(row), standing=known[row.id])

    async def decision(self, need: int) -> Decision | None:
        """See `office.Insight`."""
        return next(iter(await self.decisions(need, 1)), None)

    async def decisions(self, need: int, limit: int = 100) -> list[Decision]:
        """See `office.Insight`."""
        columns = [decision.c[name] for name in Decision.__dataclass_fields__]
        query = sa.select(*columns).where(decision.c.need == need).order_by(decision.c.id.desc()).limit(limit)
        async with self._db.read() as connection:
            return [Decision(**row._mapping) for row in await connection.execute(query)]

    async def asked(self, need: int) -> list[AskedPerson]:
        """See `office.Insight`."""
        columns = (ask, taker.c.name, taker.c.city, taker.c.state.label("state_code"), taker.c.lat, taker.c.lon)
        query = sa.select(*columns).join(taker, taker.c.id == ask.c.taker).where(ask.c.need == need)
        names = AskedPerson.__dataclass_fields__
        async with self._db.read() as connection:
            rows = (await connection.execute(query.order_by(ask.c.wave, ask.c.score.desc(), ask.c.id))).all()
        return [AskedPerson(**{name: getattr(row, name) for name in names}) for row in rows]

    async def offices(self, takers: Collection[int]) -> Mapping[int, tuple[float, float]]:
        """See `office.Insight`."""
        known = taker.c.lat.is_not(None) & taker.c.lon.is_not(None)
        query = sa.select(taker.c.id, taker.c.lat, taker.c.lon).where(taker.c.id.in_(takers), known)
        async with self._db.read() as connection:
            return {row.id: (row.lat, row.lon) for row in await connection.execute(query)}

    async def history(self, taker: int, limit: int) -> list[AskRow]:
        """See `office.Insight`."""
        columns = (
            ask.c.id,
            ask.c.need,
            need.c.need.label("about"),
            ask.c.state,
            ask.c.answer,
            ask.c.created_at,
            ask.c.answered_at,
        )
        query = sa.select(*columns).join(need, need.c.id == ask.c.need).where(ask.c.taker == taker)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(ask.c.created_at.desc()).limit(limit))
            return [AskRow(**row._mapping) for row in rows]

    async def past(self, posts: int) -> list[PastNeed]:
        """See `office.Insight`."""
        last = sa.select(need.c.post).distinct().order_by(need.c.post.desc()).limit(posts).subquery()
        columns = (need.c.id, need.c.post, need.c.need, post.c.author_email, post.c.author_name, post.c.posted_at)
        query = (
            sa.select(*columns, taker.c.email)
            .join(post, post.c.id == need.c.post)
            .outerjoin(taker, taker.c.id == need.c.lead)
            .where(need.c.post.in_(sa.select(last.c.post)))
            .order_by(need.c.id)
        )
        async with self._db.read() as connection:
            return [
                PastNeed(
                    id=row.id,
                    post=row.post,
                    author=Address(row.author_email, row.author_name),
                    at=row.posted_at,
                    need=row.need,
                    taken_by=row.email or "",
                )
                for row in await connection.execute(query)
            ]

    async def log(self, limit: int, before: int | None = None) -> list[tuple[int, Change]]:
        """See `office.Insight`."""
        query = sa.select(change).order_by(change.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(change.c.id < before)
        async with self._db.read() as connection:
            return [(row.id, to_change(row)) for row in await connection.execute(query)]


def _urgent(now: datetime, near: timedelta) -> sa.ColumnElement[bool]:
    """Open needs whose deadline is near: a yes would have moved them on."""
    return need.c.state.in_(list(NEED_OPEN)) & (need.c.deadline <= (now + near).date())


def _nobody() -> sa.ColumnElement[bool]:
    """Open needs about which the fellow was told that nobody is left, and nobody can answer any more."""
    waiting = sa.exists().where(ask.c.need == need.c.id, ask.c.state.in_([AskState.QUEUED, AskState.SENT]))
    told = sa.exists().where(mail.c.need == need.c.id, mail.c.kind == "nobody")
    looked = sa.exists().where(decision.c.need == need.c.id)
    return need.c.state.in_(list(NEED_OPEN)) & ~waiting & (told | ((need.c.state == NeedState.OPEN) & looked))


def _standing(word: str, now: datetime) -> sa.ColumnElement[bool]:
    today = now.date()
    paused, full = taker.c.paused_until > today, taker.c.open_slots <= 0
    ready = (
        taker.c.opted_out_at.is_(None)
        & taker.c.bounced_at.is_(None)
        & taker.c.consent_at.is_not(None)
        & sa.func.coalesce(~paused, sa.true())
        & sa.func.coalesce(~full, sa.true())
    )
    return {
        "ready": ready,
        "paused": paused,
        "full": full,
        "stopped": taker.c.opted_out_at.is_not(None),
        "bounced": taker.c.bounced_at.is_not(None),
        "no_consent": taker.c.consent_at.is_(None),
    }.get(word, sa.true())


def _holds(column: sa.ColumnElement[Any], code: str) -> sa.ColumnElement[bool]:
    return sa.cast(column, sa.Text).contains(code, autoescape=True)


async def _posts(connection: AsyncConnection, where: Condition, order: Sequence[Any], limit: int, offset: int) -> Paged[PostRow]:
    rows, total, more = await page(connection, sa.select(post), where, order, limit, offset)
    return Paged(tuple(map(_post_row, rows)), total, more)


def _post_row(row: sa.Row[Any]) -> PostRow:
    return PostRow(
        id=row.id,
        state=row.state,
        kind=row.reading.kind if row.reading else None,
        subject=redacted_subject(_stored(row)),
        author=row.author_name or row.author_email,
        list_name=row.list_name,
        posted_at=row.posted_at,
        hold=row.hold,
        needs=row.reading.needs if row.reading else (),
    )


async def _held(connection: AsyncConnection, limit: int) -> Paged[PostRow]:
    """Held posts, those with the nearest deadline first; of very many the oldest.

    Whole readings take long to make out, so only those shown are.
    """
    held = post.c.state == PostState.HELD
    cells = sa.select(post.c.id, sa.type_coerce(post.c.reading, sa.Text).label("reading"))
    found, total, more = await page(connection, cells, held, [post.c.id], HELD_SORTED, 0)
    ids = [row.id for row in sorted(found, key=lambda row: (_first_deadline(row.reading), row.id))[:limit]]
    rows = await connection.execute(sa.select(post).where(post.c.id.in_(ids)))
    shown = {row.id: _post_row(row) for row in rows}
    return Paged(tuple(shown[id] for id in ids), total, more)


def _first_deadline(reading: str | None) -> str:
    """The first day in a reading as it is stored, after which nothing can be done; far away where none is."""
    needs = json.loads(reading)["needs"] if reading else ()
    return min((need["deadline"]["date"] for need in needs if need.get("deadline")), default="9999")


def _stored(row: sa.Row[Any]) -> StoredPost:
    """Enough of a post to leave the identifiers out of its subject."""
    new = NewPost(
        part=0,
        channel=Channel.LIST,
        list_name=row.list_name,
        message_id="",
        references=(),
        author=Address(row.author_email, row.author_name),
        subject=row.subject,
        posted_at=row.posted_at,
        content_key="",
    )
    return StoredPost(id=row.id, message=row.message, state=row.state, post=new, reading=row.reading)


async def _needs(connection: AsyncConnection, where: Condition, order: Sequence[Any], limit: int, offset: int) -> Paged[NeedRow]:
    rows, total, more = await page(connection, sa.select(need), where, order, limit, offset)
    about = ask.c.need.in_([row.id for row in rows]) & (ask.c.state != AskState.WITHDRAWN)
    waiting = sa.func.count(sa.case((ask.c.state == AskState.SENT, 1)))
    counts = sa.select(ask.c.need, sa.func.count().label("asked"), waiting.label("waiting")).where(about).group_by(ask.c.need)
    asked = {row.need: (row.asked, row.waiting) for row in await connection.execute(counts)}
    return Paged(tuple(_need_row(row, *asked.get(row.id, (0, 0))) for row in rows), total, more)


def _need_row(row: sa.Row[Any], asked: int, waiting: int) -> NeedRow:
    return NeedRow(
        id=row.id,
        post=row.post,
        number=row.number,
        state=row.state,
        need=row.need,
        opened_at=row.opened_at,
        next_at=row.next_at,
        asked=asked,
        waiting=waiting,
    )


async def _mishaps(connection: AsyncConnection, limit: int) -> Paged[Mishap]:
    found: list[Mishap] = []
    for queue, table in WORK.items():
        aside = table.c.aside_at.is_not(None)
        rows = await connection.execute(
            sa.select(table.c.id, table.c.aside_at, table.c.error).where(aside).order_by(table.c.aside_at.desc()).limit(limit + 1)
        )
        found += [Mishap(queue=queue, id=row.id, at=row.aside_at, error=row.error) for row in rows]
    found.sort(key=lambda mishap: mishap.at, reverse=True)
    return Paged(tuple(found[:limit]), min(len(found), COUNTED), len(found) > limit)
