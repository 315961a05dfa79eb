"""What moderators do to a need, in SQL. See `ports.Cases`."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.needs import lock_need
from listbot.adapters.sql.outbox import withdraw
from listbot.adapters.sql.schema import ask, change
from listbot.adapters.sql.schema import need as rows
from listbot.adapters.sql.schema import post as posts
from listbot.adapters.sql.search import index_need, need_columns
from listbot.adapters.sql.statements import log
from listbot.domain.errors import Refused
from listbot.domain.matching import Match
from listbot.domain.reading import Need, difference
from listbot.domain.states import NEED_OPEN, AskState, PostState, Refusal
from listbot.domain.work import Queue

_OUTDATED = {"lease_until": None, "tries": rows.c.tries + 1, "claims": 0}
"""Whoever plans for a need at this moment loses the lease."""


class SqlModerating:
    """The part of `ports.Cases` that corrects, reschedules and leaves people out."""

    _db: Database

    async def correct(self, need: int, corrected: Need, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            before = await lock_need(connection, need)
            due = {"next_at": self._db.moment(now), **_OUTDATED} if before.state in NEED_OPEN else {}
            values = {"need": corrected, **need_columns(corrected), **due}
            await connection.execute(sa.update(rows).where(rows.c.id == need).values(values))
            await index_need(connection, need, corrected)
            await log(connection, now, who, Queue.NEED, [need], "corrected", why, difference(before.need, corrected))

    async def reschedule(self, need: int, at: datetime, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            before = await lock_need(connection, need)
            if before.state not in NEED_OPEN:
                raise Refused(Refusal.MOVE, f"need {need} is {before.state}: nobody is asked any more")
            next_at = self._db.moment(now) if at <= now else at
            await connection.execute(sa.update(rows).where(rows.c.id == need).values(next_at=next_at, **_OUTDATED))
            detail = {"next_at": [str(before.next_at), str(at)]}
            await log(connection, now, who, Queue.NEED, [need], "rescheduled", why, detail)

    async def take_back(self, post: int, who: str, now: datetime) -> datetime:
        """See `ports.Cases`."""
        of_post = (change.c.table == Queue.POST) & (change.c.row == post) & (change.c.what == "set aside")
        last = sa.select(change.c.at, change.c.detail).where(of_post).order_by(change.c.id.desc()).limit(1)
        async with self._db.write() as connection:
            dropped = (await connection.execute(last)).first()
            was = dropped.detail if dropped else {}
            if dropped is None or "state" not in was:
                raise Refused(Refusal.MOVE, f"post {post} was not dropped")
            again = {"state": PostState(was["state"]), "hold": was["hold"], "tries": posts.c.tries + 1}
            aside = (posts.c.id == post) & (posts.c.state == PostState.SET_ASIDE)
            if (await connection.execute(sa.update(posts).where(aside).values(again))).rowcount == 0:
                raise Refused(Refusal.MOVE, f"post {post} was decided anew since")
            await log(connection, now, who, Queue.POST, [post], "drop undone")
        return dropped.at  # type: ignore[no-any-return]

    async def leave_out(self, need: int, match: Match, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            row = await lock_need(connection, need)
            theirs = (ask.c.need == need) & (ask.c.taker == match.taker_id)
            if (await connection.execute(sa.select(ask.c.id).where(theirs))).first() is None:
                made = {"need": need, "taker": match.taker_id, "email": match.email, "wave": row.wave, "created_at": now}
                said = {"score": match.score, "chance": match.chance, "reasons": (), "state": AskState.WITHDRAWN}
                await connection.execute(sa.insert(ask).values(made | said))
            else:
                await withdraw(connection, theirs, why, now)
            detail = {"taker": match.taker_id}
            await log(connection, now, who, Queue.NEED, [need], "left somebody out", why, detail)
