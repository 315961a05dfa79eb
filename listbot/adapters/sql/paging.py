"""One page of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

Condition = sa.ColumnElement[bool]

COUNTED = 1000
"""Lists are counted so far and no further."""


async def page(
    connection: AsyncConnection,
    query: sa.Select[Any],
    where: Condition,
    order: Sequence[Any],
    limit: int,
    offset: int,
) -> tuple[Sequence[sa.Row[Any]], int, bool]:
    """Rows of one page, and how many there are, counted no further than makes sense."""
    rows = (await connection.execute(query.where(where).order_by(*order).limit(limit).offset(offset))).all()
    if len(rows) < limit and (rows or not offset):
        return rows, offset + len(rows), False
    table = query.get_final_froms()[0]
    counted = sa.select(sa.literal(1)).select_from(table).where(where).limit(COUNTED + 1).subquery()
    total = (await connection.execute(sa.select(sa.func.count()).select_from(counted))).scalar_one()
    return rows, min(total, COUNTED), total > COUNTED
