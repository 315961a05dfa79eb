"""Deletes a person's data; rows stay where figures need them, empty of the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.outbox import withdraw
from listbot.adapters.sql.schema import answer, ask, change, decision, mail, message, taker, taker_reach
from listbot.adapters.sql.schema_desk import shelf, taker_word


async def erase(connection: AsyncConnection, id: int, blank: Mapping[str, object], now: datetime) -> None:
    """Empty the entry, its history, the letters to it, its asks' address, its answers and the messages they came in."""
    await withdraw(connection, ask.c.taker == id, "forgotten", now)
    asks = sa.select(ask.c.id).where(ask.c.taker == id)
    messages = sa.select(answer.c.message).where(answer.c.ask.in_(asks))
    nobody = blank["email"]
    await connection.execute(sa.update(message).where(message.c.id.in_(messages)).values(raw=b"", recipient=""))
    silent = {"author_email": nobody, "author_name": "", "subject": "", "reading": None, "answers": None}
    await connection.execute(sa.update(answer).where(answer.c.ask.in_(asks)).values(silent))
    await connection.execute(sa.update(mail).where(mail.c.ask.in_(asks)).values(recipient=nobody, raw=b"", reply="", token=""))
    await connection.execute(sa.update(ask).where(ask.c.taker == id).values(email=nobody))
    await connection.execute(sa.delete(change).where(change.c.table == "taker", change.c.row == id))
    await connection.execute(sa.delete(taker_reach).where(taker_reach.c.taker == id))
    await connection.execute(sa.delete(taker_word).where(taker_word.c.taker == id))
    await connection.execute(sa.delete(shelf))  # imports under review name people, what-ifs too
    await _leave_decisions(connection, id, str(nobody))
    await connection.execute(sa.update(taker).where(taker.c.id == id).values({**blank, "forgotten_at": now}))


async def _leave_decisions(connection: AsyncConnection, id: int, nobody: str) -> None:
    """Take the person out of every record in which they were considered, which then cannot be told again."""
    mentions = sa.cast(decision.c.shortlist, sa.Text).like(f'%"taker_id":{id},%')
    rows = await connection.execute(sa.select(decision.c.id, decision.c.shortlist).where(mentions))
    for row in rows.all():
        matches = tuple(replace(m, email=nobody, name="") if m.taker_id == id else m for m in row.shortlist.matches)
        excluded = tuple(replace(e, email=nobody) if e.taker_id == id else e for e in row.shortlist.excluded)
        without = replace(row.shortlist, matches=matches, excluded=excluded)
        await connection.execute(sa.update(decision).where(decision.c.id == row.id).values(shortlist=without, seen=None))
