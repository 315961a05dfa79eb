"""Posts in SQL: from a parsed message to a reading with its needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.needs import move_need
from listbot.adapters.sql.outbox import put_letters
from listbot.adapters.sql.schema import answer, need, post
from listbot.adapters.sql.search import index_need, index_post, need_columns
from listbot.adapters.sql.statements import finish, found, log, upsert
from listbot.domain.errors import Refused
from listbot.domain.mail import Address
from listbot.domain.reading import Need, Reading
from listbot.domain.states import NEED_OPEN, AnswerState, MessageState, NeedState, PostState, Refusal
from listbot.domain.work import Lease, Letter, NewAnswer, NewPost, Queue, StoredPost

SAME_WORDS = timedelta(days=14)
"""Within this time the same words are the same post, whatever their Message-ID."""


class SqlPosts:
    """The part of `ports.Cases` that is about posts."""

    _db: Database

    async def parsed(
        self, lease: Lease, posts: Sequence[NewPost], answer: NewAnswer | None, state: str, why: str, now: datetime
    ) -> tuple[list[int], int | None]:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            await finish(connection, lease, state=MessageState(state), why=why)
            ids = [await self._keep_post(connection, lease.id, one, now) for one in posts]
            answer_id = await self._keep_answer(connection, lease.id, answer, now) if answer else None
        return [id for id in ids if id is not None], answer_id

    async def _keep_post(self, connection: AsyncConnection, message: int, new: NewPost, now: datetime) -> int | None:
        known = await self._same_words(connection, new, now)
        if known is None:
            row = _post_row(message, new, now, self._db.moment(now))
            insert = upsert(self._db, post).values(row).on_conflict_do_nothing(index_elements=["list_name", "message_id"])
            id: int | None = (await connection.execute(insert.returning(post.c.id))).scalar()
            if id is not None:
                await index_post(connection, id, new.subject, new.author.email, new.author.name)
                await log(connection, now, "listbot", Queue.POST, [id], new.state, new.reason)
                return id
            same_id = (post.c.list_name == new.list_name) & (post.c.message_id == new.message_id)
            known = (await connection.execute(sa.select(post.c.id).where(same_id))).scalar_one()
        await log(
            connection, now, "listbot", Queue.POST, [known], "joined", "a copy arrived", {"message": message, "part": new.part}
        )
        return None

    async def _same_words(self, connection: AsyncConnection, new: NewPost, now: datetime) -> int | None:
        if not new.content_key:
            return None
        if self._db.dialect == "postgresql":  # two workers must not both find that there is none
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(new.content_key, 0))))
        same = sa.select(post.c.id).where(post.c.content_key == new.content_key, post.c.kept_at > now - SAME_WORDS)
        return (await connection.execute(same.limit(1))).scalar()

    async def _keep_answer(self, connection: AsyncConnection, message: int, new: NewAnswer, now: datetime) -> int | None:
        same = sa.select(answer.c.id).where(answer.c.message_id == new.message_id).limit(1)
        if new.message_id and (known := (await connection.execute(same)).scalar()) is not None:
            await log(connection, now, "listbot", Queue.ANSWER, [known], "joined", "a copy arrived", {"message": message})
            return None
        row = {
            "message": message,
            "message_id": new.message_id,
            "author_email": new.author.email,
            "author_name": new.author.name,
            "subject": new.subject,
            "posted_at": new.posted_at,
            "answers": new.answers,
            "ask": new.answers.ask if new.answers else None,
            "trusted": new.trusted,
            "state": AnswerState.RECEIVED,
            "next_at": self._db.moment(now),
        }
        id: int = (await connection.execute(sa.insert(answer).values(row).returning(answer.c.id))).scalar_one()
        return id

    async def post(self, id: int) -> StoredPost:
        """See `ports.Cases`."""
        async with self._db.read() as connection:
            return _stored(found("post", id, (await connection.execute(sa.select(post).where(post.c.id == id))).first()))

    async def posts(self, state: PostState | None = None, limit: int = 100, before: int | None = None) -> list[StoredPost]:
        """See `ports.Cases`."""
        query = sa.select(post).order_by(post.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(post.c.state == state)
        if before is not None:
            query = query.where(post.c.id < before)
        async with self._db.read() as connection:
            return [_stored(row) for row in await connection.execute(query)]

    async def find_posts(self, message_ids: Sequence[str]) -> list[StoredPost]:
        """See `ports.Cases`."""
        query = sa.select(post).where(post.c.message_id.in_(message_ids)).order_by(post.c.id.desc())
        async with self._db.read() as connection:
            return [_stored(row) for row in await connection.execute(query)]

    async def read(
        self,
        lease: Lease,
        reading: Reading,
        state: PostState,
        needs: Sequence[Need],
        letters: Sequence[Letter],
        now: datetime,
        hold: str = "",
    ) -> list[int]:
        """See `ports.Cases`."""
        due = self._db.moment(now) if state is PostState.READ else None
        async with self._db.write() as connection:
            await finish(connection, lease, reading=reading, state=state, hold=hold, next_at=due)
            ids = await self._open_needs(connection, lease.id, needs, now)
            await put_letters(connection, self._db, letters, now)
            await log(connection, now, "listbot", Queue.POST, [lease.id], state, hold)
        return ids

    async def _open_needs(self, connection: AsyncConnection, post_id: int, needs: Sequence[Need], now: datetime) -> list[int]:
        numbers = sa.select(sa.func.coalesce(sa.func.max(need.c.number), 0)).where(need.c.post == post_id)
        known = (await connection.execute(numbers)).scalar_one()
        same = {"post": post_id, "state": NeedState.OPEN, "opened_at": now}
        ids: list[int] = []
        for number, one in enumerate(needs, known + 1):
            row = {**same, "number": number, "need": one, **need_columns(one)}
            ids.append((await connection.execute(sa.insert(need).values(row).returning(need.c.id))).scalar_one())
            await index_need(connection, ids[-1], one)
        return ids

    async def release(self, post: int, needs: Sequence[Need], who: str, now: datetime) -> list[int]:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            await self._decide(connection, post, {"state": PostState.READ, "released_by": who, "next_at": self._db.moment(now)})
            await log(connection, now, who, Queue.POST, [post], "released")
            await self._close_needs(connection, post, who, "released with other needs", now)
            return await self._open_needs(connection, post, needs, now)

    async def drop(self, post: int, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        async with self._db.write() as connection:
            was = await _as_it_waits(connection, post)
            await self._decide(connection, post, {"state": PostState.SET_ASIDE})
            await log(connection, now, who, Queue.POST, [post], "set aside", why, was)
            await self._close_needs(connection, post, who, why or "the post is set aside", now)

    async def _close_needs(self, connection: AsyncConnection, post_id: int, who: str, why: str, now: datetime) -> None:
        open_needs = sa.select(need.c.id).where(need.c.post == post_id, need.c.state.in_(list(NEED_OPEN)))
        for id in (await connection.execute(open_needs)).scalars().all():
            await move_need(connection, self._db, id, NeedState.CLOSED, who, why, now)

    async def _decide(self, connection: AsyncConnection, id: int, values: dict[str, object]) -> None:
        """A moderator decides about a post that is held; whoever acts on it at this moment loses the lease."""
        waiting = (post.c.id == id) & post.c.state.in_([PostState.HELD, PostState.SET_ASIDE, PostState.UNREADABLE])
        outdated = {"hold": "", "next_at": None, "lease_until": None, "aside_at": None, "tries": post.c.tries + 1}
        if (await connection.execute(sa.update(post).where(waiting).values({**outdated, **values}))).rowcount == 0:
            raise Refused(Refusal.MOVE, f"post {id} is not held")


async def _as_it_waits(connection: AsyncConnection, id: int) -> dict[str, object]:
    """What would bring a post back to where it is."""
    row = (await connection.execute(sa.select(post.c.state, post.c.hold).where(post.c.id == id))).first()
    return dict(row._mapping) if row else {}


def _post_row(message: int, new: NewPost, now: datetime, due: Any) -> dict[str, object]:
    return {
        "message": message,
        "part": new.part,
        "channel": new.channel,
        "list_name": new.list_name,
        "message_id": new.message_id,
        "references": new.references,
        "author_email": new.author.email,
        "author_name": new.author.name,
        "subject": new.subject,
        "posted_at": new.posted_at,
        "content_key": new.content_key,
        "warnings": new.warnings,
        "reason": new.reason,
        "kept_at": now,
        "state": new.state,
        "hold": new.reason if new.state is PostState.HELD else "",
        "next_at": due if new.state is PostState.RECEIVED else None,
    }


def _stored(row: sa.Row[Any]) -> StoredPost:
    new = NewPost(
        part=row.part,
        channel=row.channel,
        list_name=row.list_name,
        message_id=row.message_id,
        references=row.references,
        author=Address(row.author_email, row.author_name),
        subject=row.subject,
        posted_at=row.posted_at,
        content_key=row.content_key,
        warnings=row.warnings,
        state=row.state,
        reason=row.reason,
    )
    return StoredPost(id=row.id, message=row.message, state=row.state, post=new, reading=row.reading, hold=row.hold)
