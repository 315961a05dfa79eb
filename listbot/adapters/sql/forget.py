"""Deletes a person's data; rows stay where figures need them, empty of the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.outbox import withdraw
from listbot.adapters.sql.schema import answer, ask, change, mail, message, taker, taker_reach
from listbot.adapters.sql.schema_desk import taker_word


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
    await connection.execute(sa.update(taker).where(taker.c.id == id).values({**blank, "forgotten_at": now}))
