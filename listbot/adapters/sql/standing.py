"""What was learned of takers, counted from their asks and placements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.schema import ask, need, taker
from listbot.adapters.sql.statements import chunks
from listbot.domain.registry import Standing
from listbot.domain.states import AnswerKind, AskState, NeedState

MONTH = timedelta(days=30)


async def standings(connection: AsyncConnection, takers: Sequence[sa.Row[Any]], now: datetime) -> dict[int, Standing]:
    """The standing of each of these rows of `taker`."""
    counts: dict[int, sa.Row[Any]] = {}
    placements: dict[int, int] = {}
    for some in chunks([row.id for row in takers]):
        counts |= {row.taker: row for row in await connection.execute(_counts(some, now))}
        placements |= {row.taker: row.number for row in await connection.execute(_placements(some))}
    return {row.id: _standing(row, counts.get(row.id), placements.get(row.id, 0)) for row in takers}


def _counts(takers: Sequence[int], now: datetime) -> sa.Select[Any]:
    def number(condition: sa.ColumnElement[bool]) -> Any:
        return sa.func.count(sa.case((condition, 1)))

    return (
        sa.select(
            ask.c.taker,
            number(ask.c.created_at > now - MONTH).label("lately"),
            sa.func.max(ask.c.created_at).label("last"),
            number(ask.c.state == AskState.SENT).label("open"),
            sa.func.max(ask.c.answered_at).label("answered"),
            number(ask.c.answer == AnswerKind.YES).label("yes"),
            number(ask.c.answer == AnswerKind.NO).label("no"),
            number(ask.c.state == AskState.SILENT).label("silent"),
        )
        .where(ask.c.taker.in_(takers), ask.c.state != AskState.WITHDRAWN)
        .group_by(ask.c.taker)
    )


def _placements(takers: Sequence[int]) -> sa.Select[Any]:
    """Needs that these takers lead and that are still open, since each last stated the capacity."""
    led = ask.join(need, (need.c.id == ask.c.need) & (need.c.lead == ask.c.taker)).join(taker, taker.c.id == ask.c.taker)
    since = taker.c.capacity_at.is_(None) | (ask.c.answered_at > taker.c.capacity_at)
    return (
        sa.select(ask.c.taker, sa.func.count().label("number"))
        .select_from(led)
        .where(need.c.lead.in_(takers), need.c.state.in_([NeedState.OFFERED, NeedState.PLACED]), since)
        .group_by(ask.c.taker)
    )


def _standing(row: sa.Row[Any], asked: sa.Row[Any] | None, placements: int) -> Standing:
    learned = {name: getattr(row, name) for name in ("opted_out_at", "bounced_at", "capacity_at")}
    learned["open_placements"] = placements
    if asked is None:
        return Standing(**learned)
    return Standing(
        **learned,
        asks_last_30_days=asked.lately,
        last_asked_at=asked.last,
        last_answered_at=asked.answered,
        open_asks=asked.open,
        said_yes=asked.yes,
        said_no=asked.no,
        silent=asked.silent,
    )
