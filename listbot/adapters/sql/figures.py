"""Figures over many rows: coverage, report, health. Slow where the tables are large; the pages keep them for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.narrowing import is_help
from listbot.adapters.sql.schema import WORK, ask, mail, message, need, organization, post, source_beat, taker, taker_reach
from listbot.adapters.sql.schema_desk import correction, need_reach
from listbot.domain.desk import Cell, Coverage, Health, ListRow, Outcomes, Report, SourceRow
from listbot.domain.promise import ANY, EVERY
from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, MailState, NeedState

YEAR = timedelta(days=365)
WEEKS = 8

LATELY, FEW = 2000, 21
"""How far back, in messages of all sources, a source's lag is looked for, and how many of its own tell it."""


class SqlFigures:
    """The part of `office.Insight` that counts."""

    _db: Database

    async def coverage(self, relief: str, language: str, detained: bool | None, now: datetime) -> Coverage:
        """See `office.Insight`."""
        wanted = need.c.opened_at > now - YEAR
        able = _ready(now)
        if language:
            wanted &= (";" + sa.cast(need.c.languages, sa.Text) + ";").contains(f";{language};", autoescape=True)
            able &= (";" + sa.cast(taker.c.languages, sa.Text) + ";").contains(f";{language};", autoescape=True)
        if detained is not None:
            wanted &= need.c.detained.is_(detained)
            able &= taker.c.detained.is_(True) if detained else sa.true()
        asked, offered = need_reach.c, taker_reach.c
        async with self._db.read() as connection:

            async def rows(query: sa.Select[*tuple[Any, ...]]) -> Sequence[sa.Row[*tuple[Any, ...]]]:
                return (await connection.execute(query)).all()

            states = await rows(_taker_counts(able, relief, offered.spot))
            pairs = await rows(_taker_counts(able, relief, offered.spot, offered.relief))
            return Coverage(
                at=now,
                by_state=_cells(await rows(_need_counts(wanted, relief, asked.state)), states),
                by_relief=_cells(
                    await rows(_need_counts(wanted, relief, asked.relief)),
                    await rows(_taker_counts(able, relief, offered.relief)),
                ),
                uncovered=_gaps(await rows(_need_counts(wanted, relief, asked.state, asked.relief)), pairs),
                afar={row.relief: row.takers for row in pairs if row.spot == ANY and row.relief != ANY},
                remote=next((row.takers for row in states if row.spot == ANY), 0),
            )

    async def report(self, since: date, until: date, now: datetime) -> Report:
        """See `office.Insight`. Needs count in the month in which they were opened."""
        start, end = _start(since), _start(until)
        async with self._db.read() as connection:
            rows = (await connection.execute(_lives(start, end))).all()
            reach = (await connection.execute(_where_and_what(start, end))).all()
            posts, pleas = (await connection.execute(_post_counts(start, end))).one()
            load = (await connection.execute(_load(now))).scalars().all()
            looked = (await connection.execute(_looked(start, end))).one()
        by_id = {row.id: row for row in rows}
        return Report(
            since=since,
            until=until,
            posts=posts,
            pleas=pleas,
            all=_outcomes(rows),
            by_month=_grouped((f"{row.opened_at:%Y-%m}", row) for row in rows),
            by_state=_grouped({(r.state, r.need): (r.state, by_id[r.need]) for r in reach if r.need in by_id}.values()),
            by_relief=_grouped({(r.relief, r.need): (r.relief, by_id[r.need]) for r in reach if r.need in by_id}.values()),
            asks_per_person=tuple(sum(n == k or (k == 4 and n > 4) for n in load) for k in (1, 2, 3, 4)),
            looked_at=looked[0],
            right=looked[1],
        )

    async def health(self, now: datetime) -> Health:
        """See `office.Insight`."""
        async with self._db.read() as connection:
            queues = {queue: (await connection.execute(_queue(table, now))).one() for queue, table in WORK.items()}
            sent = sa.select(sa.func.count()).where(mail.c.state == MailState.SENT, mail.c.settled_at > now - timedelta(hours=1))
            recent = sent.where(mail.c.id > sa.select(sa.func.max(mail.c.id) - 20_000).scalar_subquery())
            braked = sa.select(sa.func.count()).where(mail.c.state == MailState.HELD, mail.c.reply.startswith("brake:"))
            bounced = sa.select(sa.func.count()).where(taker.c.bounced_at.is_not(None))
            return Health(
                at=now,
                sources=await _sources(connection),
                lists=await _lists(connection, now),
                due={queue: row.due for queue, row in queues.items()},
                oldest_due={queue: row.oldest for queue, row in queues.items() if row.oldest},
                aside={queue: row.aside for queue, row in queues.items()},
                posts=await _by_state(connection, post),
                needs=await _by_state(connection, need),
                mail=await _by_state(connection, mail),
                asks=await _by_state(connection, ask),
                sent_last_hour=(await connection.execute(recent)).scalar_one(),
                braked=(await connection.execute(braked)).scalar_one(),
                bounced_takers=(await connection.execute(bounced)).scalar_one(),
                takers=(await connection.execute(sa.select(sa.func.count()).select_from(taker))).scalar_one(),
                database_bytes=await self._size(connection),
            )

    async def _size(self, connection: AsyncConnection) -> int:
        if self._db.dialect == "sqlite":
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
            return int(pages * (await connection.exec_driver_sql("PRAGMA page_size")).scalar_one())
        return int((await connection.execute(sa.text("SELECT pg_database_size(current_database())"))).scalar_one())


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _ready(now: datetime) -> sa.ColumnElement[bool]:
    """Takers who may be asked at all today."""
    today = now.date()
    return (
        taker.c.forgotten_at.is_(None)
        & taker.c.opted_out_at.is_(None)
        & taker.c.bounced_at.is_(None)
        & taker.c.consent_at.is_not(None)
        & (taker.c.paused_until.is_(None) | (taker.c.paused_until <= today))
        & (taker.c.open_slots.is_(None) | (taker.c.open_slots > 0))
        & taker.c.organization.not_in(sa.select(organization.c.name).where(organization.c.paused_until > today))
    )


def _need_counts(wanted: sa.ColumnElement[bool], relief: str, *by: sa.Column[str]) -> sa.Select[*tuple[Any, ...]]:
    """Needs by these columns: each counts once in every group that it belongs to."""

    def number(condition: sa.ColumnElement[bool]) -> Any:
        return sa.func.count(sa.distinct(sa.case((condition, need.c.id))))

    counts = (
        sa.func.count(sa.distinct(need.c.id)).label("needs"),
        number(need.c.state.in_(list(NEED_OPEN))).label("open"),
        number(need.c.state == NeedState.PLACED).label("placed"),
    )
    query = sa.select(*by, *counts).join(need, need.c.id == need_reach.c.need).where(wanted).group_by(*by)
    return query.where(need_reach.c.relief == relief) if relief else query


def _taker_counts(able: sa.ColumnElement[bool], relief: str, *by: sa.Column[str]) -> sa.Select[*tuple[Any, ...]]:
    """Takers by these columns, likewise."""
    number = sa.func.count(sa.distinct(taker_reach.c.taker)).label("takers")
    query = sa.select(*by, number).join(taker, taker.c.id == taker_reach.c.taker).where(able, ~is_help(taker_reach.c.spot))
    if relief:
        query = query.where(taker_reach.c.relief.in_([relief, ANY]))
    else:
        by_relief = taker_reach.c.relief in by
        query = query.where(taker_reach.c.relief != EVERY if by_relief else taker_reach.c.relief == EVERY)
    return query.group_by(*by)


def _cells(needs: Iterable[Any], takers: Iterable[Any]) -> dict[str, Cell]:
    wanted, able = {row[0]: row for row in needs}, {row[0]: row.takers for row in takers if row[0] != ANY}
    none = Cell()
    return {
        key: Cell(row.needs, row.open, row.placed, able.get(key, 0))
        if (row := wanted.get(key))
        else replace(none, takers=able[key])
        for key in sorted(wanted.keys() | able.keys())
    }


def _gaps(needs: Iterable[Any], takers: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """Relief to the states in which it was needed and nobody who may be asked offers it there."""
    able = {(row.spot, row.relief) for row in takers}
    gaps: dict[str, list[str]] = {}
    for row in needs:
        if row.state and row.relief and not {(row.state, row.relief), (row.state, ANY)} & able:
            gaps.setdefault(row.relief, []).append(row.state)
    return {relief: tuple(sorted(states)) for relief, states in gaps.items()}


def _lives(start: datetime, end: datetime) -> sa.Select[Any]:
    """Each need with its asks and its first yes."""
    about = (ask.c.need == need.c.id) & (ask.c.state != AskState.WITHDRAWN)
    yes = sa.func.min(sa.case((ask.c.answer == AnswerKind.YES, ask.c.answered_at))).label("first_yes")
    columns = (need.c.id, need.c.state, need.c.opened_at, need.c.deadline)
    return (
        sa.select(*columns, sa.func.count(ask.c.id).label("asks"), yes)
        .select_from(need.outerjoin(ask, about))
        .where(need.c.opened_at >= start, need.c.opened_at < end)
        .group_by(*columns)
    )


def _where_and_what(start: datetime, end: datetime) -> sa.Select[Any]:
    joined = need_reach.join(need, need.c.id == need_reach.c.need)
    return sa.select(need_reach).select_from(joined).where(need.c.opened_at >= start, need.c.opened_at < end)


def _post_counts(start: datetime, end: datetime) -> sa.Select[int, int]:
    plea = sa.exists().where(need.c.post == post.c.id)
    pleas = sa.func.count(sa.case((plea, 1)))
    return sa.select(sa.func.count(), pleas).where(post.c.posted_at >= start, post.c.posted_at < end)


def _load(now: datetime) -> sa.Select[Any]:
    lately = (ask.c.created_at > now - timedelta(days=30)) & (ask.c.state != AskState.WITHDRAWN)
    return sa.select(sa.func.count()).where(lately).group_by(ask.c.taker)


def _looked(start: datetime, end: datetime) -> sa.Select[int, int]:
    right = sa.func.count(sa.case((correction.c.right, 1)))
    return sa.select(sa.func.count(), right).where(correction.c.at >= start, correction.c.at < end)


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, Outcomes]:
    groups: dict[str, list[Any]] = {}
    for key, row in pairs:
        groups.setdefault(key, []).append(row)
    return {key: _outcomes(rows) for key, rows in sorted(groups.items())}


def _outcomes(rows: Iterable[Any]) -> Outcomes:
    rows = list(rows)
    states = [row.state for row in rows]
    waits = [(row.first_yes - row.opened_at).total_seconds() / 60 for row in rows if row.first_yes]
    due = [row for row in rows if row.deadline]
    return Outcomes(
        needs=len(rows),
        asks=sum(row.asks for row in rows),
        offered=len(waits),
        placed=states.count(NeedState.PLACED),
        in_time=sum(row.first_yes is not None and row.first_yes.date() <= row.deadline for row in due),
        with_deadline=len(due),
        closed=states.count(NeedState.CLOSED),
        expired=states.count(NeedState.EXPIRED),
        first_yes_minutes=median(waits) if waits else None,
    )


def _queue(table: sa.Table, now: datetime) -> sa.Select[Any]:
    due = table.c.next_at <= now
    return sa.select(
        sa.select(sa.func.count()).where(due).scalar_subquery().label("due"),
        sa.select(sa.func.min(table.c.next_at)).where(due).scalar_subquery().label("oldest"),
        sa.select(sa.func.count()).where(table.c.aside_at.is_not(None)).scalar_subquery().label("aside"),
    )


async def _by_state(connection: AsyncConnection, table: sa.Table) -> Mapping[str, int]:
    rows = await connection.execute(sa.select(table.c.state, sa.func.count().label("number")).group_by(table.c.state))
    return {str(row.state): row.number for row in rows}


async def _sources(connection: AsyncConnection) -> tuple[SourceRow, ...]:
    last = sa.func.max(message.c.kept_at).label("kept_at")
    query = sa.select(message.c.source, last, sa.func.count().label("number")).group_by(message.c.source)
    rows = (await connection.execute(query.order_by(message.c.source))).all()
    newest = sa.select(sa.func.max(message.c.id) - LATELY).scalar_subquery()
    times = sa.select(message.c.received_at, message.c.kept_at).where(message.c.id > newest)
    found = []
    beats = {row.source: row for row in await connection.execute(sa.select(source_beat))}
    kept = {row.source: row for row in rows}
    for name in sorted(kept.keys() | beats.keys()):
        last_few = await connection.execute(times.where(message.c.source == name).order_by(message.c.id.desc()).limit(FEW))
        lags = [max(timedelta(), kept - received) for received, kept in last_few]
        row, beat = kept.get(name), beats.get(name)
        told = {"told_at": beat.at, "status": beat.status} if beat else {}
        has = {"kept_at": row.kept_at, "messages": row.number} if row else {"kept_at": None, "messages": 0}
        found.append(SourceRow(name=name, lag=median(lags) if lags else None, **has, **told))
    return tuple(found)


async def _lists(connection: AsyncConnection, now: datetime) -> tuple[ListRow, ...]:
    lately = sa.func.count(sa.case((post.c.posted_at > now - timedelta(weeks=WEEKS), 1))).label("lately")
    query = sa.select(post.c.list_name, sa.func.max(post.c.posted_at).label("last"), lately).group_by(post.c.list_name)
    rows = await connection.execute(query.where(post.c.list_name != "").order_by(post.c.list_name))
    return tuple(ListRow(name=row.list_name, last_post=row.last, per_week=row.lately / WEEKS) for row in rows)
