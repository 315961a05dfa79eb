"""What was learned of takers, counted from their asks and placements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.columns import Moment
from listbot.adapters.sql.schema import ask, need, taker
from listbot.adapters.sql.statements import Among
from listbot.domain.registry import Standing
from listbot.domain.states import AnswerKind, AskState, NeedState

MONTH = timedelta(days=30)


async def standings(connection: AsyncConnection, takers: Sequence[sa.Row[Any]], now: datetime) -> dict[int, Standing]:
    """The standing of each of these rows of `taker`."""
    these = {"takers": [row.id for row in takers]}
    counts = {row.taker: row for row in (await connection.execute(_COUNTS, these | {"month": now - MONTH})).all()}
    placements = {row.taker: row.number for row in (await connection.execute(_PLACEMENTS, these)).all()}
    return {row.id: _standing(row, counts.get(row.id), placements.get(row.id, 0)) for row in takers}


def _number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((condition, 1)))


_COUNTS = (
    sa.select(
        ask.c.taker,
        _number(ask.c.created_at > sa.bindparam("month", type_=Moment)).label("lately"),
        sa.func.max(ask.c.created_at).label("last"),
        _number(ask.c.state == AskState.SENT).label("open"),
        sa.func.max(ask.c.answered_at).label("answered"),
        _number(ask.c.answer == AnswerKind.YES).label("yes"),
        _number(ask.c.answer == AnswerKind.NO).label("no"),
        _number(ask.c.state == AskState.SILENT).label("silent"),
    )
    .where(Among(ask.c.taker, "takers"), ask.c.state != AskState.WITHDRAWN)
    .group_by(ask.c.taker)
)
"""Written once: a shortlist asks them each time."""

_PLACEMENTS = (
    sa.select(ask.c.taker, sa.func.count().label("number"))
    .select_from(ask)
    .join(need, (need.c.id == ask.c.need) & (need.c.lead == ask.c.taker))
    .join(taker, taker.c.id == ask.c.taker)
    .where(
        Among(need.c.lead, "takers"),
        need.c.state.in_([NeedState.OFFERED, NeedState.PLACED]),
        taker.c.capacity_at.is_(None) | (ask.c.answered_at > taker.c.capacity_at),
    )
    .group_by(ask.c.taker)
)
"""Needs that these takers lead and that are still open, since each last stated the capacity."""


def _standing(row: sa.Row[Any], asked: sa.Row[Any] | None, placements: int) -> Standing:
    known = {"opted_out_at": row.opted_out_at, "bounced_at": row.bounced_at, "capacity_at": row.capacity_at}
    if asked is None:
        return Standing(open_placements=placements, **known)
    return Standing(
        open_placements=placements,
        **known,
        asks_last_30_days=asked.lately,
        last_asked_at=asked.last,
        last_answered_at=asked.answered,
        open_asks=asked.open,
        said_yes=asked.yes,
        said_no=asked.no,
        silent=asked.silent,
    )
