"""Retention: the words of what is long over are emptied, the rows and their figures stay."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema import answer, decision, mail, message, need, post
from listbot.adapters.sql.schema_desk import shelf
from listbot.adapters.sql.statements import log
from listbot.domain.states import AnswerState, MailState, MessageState, NeedState, PostState

UNDER_WAY = (NeedState.OPEN, NeedState.ASKING, NeedState.OFFERED)
MAIL_OVER = (MailState.SENT, MailState.REFUSED, MailState.DROPPED)


class SqlRetention:
    """See `ports.Retention`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def purge(self, before: datetime, now: datetime, *, dry_run: bool = False) -> dict[str, int]:
        """See `ports.Retention`."""
        busy = sa.select(need.c.post).where(need.c.state.in_(UNDER_WAY))
        over = post.c.kept_at < before
        waiting = post.c.state.in_((PostState.RECEIVED, PostState.READ, PostState.HELD))
        posts = over & ~waiting & post.c.id.not_in(busy)
        kept_posts = sa.select(post.c.message).where(sa.not_(posts))
        answers = (answer.c.state.in_((AnswerState.APPLIED, AnswerState.SET_ASIDE))) & (answer.c.posted_at < before)
        kept_answers = sa.select(answer.c.message).where(sa.not_(answers))
        untouched = message.c.state == MessageState.RECEIVED
        messages = (message.c.kept_at < before) & ~untouched & message.c.id.not_in(kept_posts) & message.c.id.not_in(kept_answers)
        letters = mail.c.state.in_(MAIL_OVER) & (mail.c.created_at < before)
        letters &= mail.c.need.is_(None) | mail.c.need.not_in(sa.select(need.c.id).where(need.c.state.in_(UNDER_WAY)))
        decisions = (decision.c.at < before) & decision.c.need.not_in(sa.select(need.c.id).where(need.c.state.in_(UNDER_WAY)))
        emptied = {
            "messages": sa.update(message).where(messages & (sa.func.length(message.c.raw) > 0)).values(raw=b""),
            "posts": sa.update(post).where(posts & post.c.reading.is_not(None)).values(reading=None, subject=""),
            "answers": sa.update(answer).where(answers & answer.c.reading.is_not(None)).values(reading=None, subject=""),
            "decisions": sa.update(decision).where(decisions & decision.c.seen.is_not(None)).values(seen=None),
            "letters": sa.update(mail).where(letters & (sa.func.length(mail.c.raw) > 0)).values(raw=b""),
        }
        if dry_run:
            return await self._count(emptied)
        async with self._db.write() as connection:
            # messages first: which of them are over is told by the rows emptied after them
            counts = {what: (await connection.execute(statement)).rowcount for what, statement in emptied.items()}
            await connection.execute(sa.delete(shelf).where(shelf.c.until < now))  # an import under review holds people's entries
            await log(connection, now, "listbot", "message", [0], "purged", f"words from before {before:%Y-%m-%d}", counts)
        return counts

    async def _count(self, emptied: dict[str, sa.Update]) -> dict[str, int]:
        counts = {}
        async with self._db.read() as connection:
            for what, statement in emptied.items():
                table, where = statement.table, statement.whereclause
                query = sa.select(sa.func.count()).select_from(table).where(where if where is not None else sa.true())
                counts[what] = int((await connection.execute(query)).scalar_one())
        return counts
