"""Letters on their way, in SQL. See `ports.Outbox`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.schema import ask, mail, need, organization, taker
from listbot.adapters.sql.schema import need as needs
from listbot.adapters.sql.statements import chunks, log, lost, upsert
from listbot.adapters.sql.work import MOST_CLAIMS, aside_values, exhausted
from listbot.domain.states import NEED_OPEN, AskState, MailState
from listbot.domain.work import Delivery, Lease, Letter, Outgoing, Queue, SentLetter, Told, Traffic

_UNSENT = (MailState.HELD, MailState.QUEUED, MailState.DEFERRED, MailState.UNSURE)
_ASK_AFTER = {MailState.SENT: AskState.SENT, MailState.REFUSED: AskState.BOUNCED, MailState.DROPPED: AskState.WITHDRAWN}


async def put_letters(
    connection: AsyncConnection, database: Database, letters: Sequence[Letter], now: datetime, asks: Sequence[int] | None = None
) -> list[int]:
    """Keep letters; their ids. Those with a known key are left out; but the letters of asks must be new: else IntegrityError."""
    about = [None] * len(letters) if asks is None else asks
    rows = [_letter_row(letter, now, id) for letter, id in zip(letters, about, strict=True)]
    ids: list[int] = []
    for state, due in ((MailState.QUEUED, database.moment(now)), (MailState.HELD, None)):
        if some := [row for row in rows if row["state"] is state]:
            insert = upsert(database, mail).values(next_at=due).returning(mail.c.id)
            if asks is None:
                insert = insert.on_conflict_do_nothing(index_elements=["key"])
            ids += (await connection.execute(insert, some)).scalars()
    return sorted(ids)


def _letter_row(letter: Letter, now: datetime, ask_id: int | None) -> dict[str, object]:
    return {
        "key": letter.key,
        "kind": letter.kind,
        "sender": letter.sender,
        "recipient": letter.recipient,
        "message_id": letter.message_id,
        "token": letter.token,
        "raw": letter.raw,
        "post": letter.post,
        "need": letter.need,
        "ask": ask_id,
        "state": MailState.HELD if letter.held else MailState.QUEUED,
        "created_at": now,
    }


async def withdraw(connection: AsyncConnection, asks: sa.ColumnElement[bool], why: str, now: datetime) -> None:
    """Withdraw the asks of this condition that have not left; one that is being sent at this moment is left alone."""
    chosen = sa.select(ask.c.id).where(asks, ask.c.state == AskState.QUEUED)
    unsent = mail.c.ask.in_(chosen) & mail.c.state.in_(_UNSENT)
    dropped = (
        sa.update(mail).where(unsent).values(state=MailState.DROPPED, reply=why, next_at=None, lease_until=None, settled_at=now)
    )
    ids = (await connection.execute(dropped.returning(mail.c.ask))).scalars().all()
    for some in chunks(ids):
        await connection.execute(sa.update(ask).where(ask.c.id.in_(some)).values(state=AskState.WITHDRAWN))


def _gone(why: str, now: datetime) -> dict[str, object]:
    return {"state": MailState.DROPPED, "reply": why, "next_at": None, "lease_until": None, "settled_at": now}


class SqlOutbox:
    """The outbox."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def put(self, letters: Sequence[Letter], now: datetime) -> list[int]:
        """See `ports.Outbox`."""
        async with self._db.write() as connection:
            return await put_letters(connection, self._db, letters, now)

    async def take(self, now: datetime, limit: int, lease: timedelta) -> list[Outgoing]:
        """See `ports.Outbox`."""
        due = sa.select(mail).where(mail.c.next_at <= self._db.moment(now)).order_by(mail.c.next_at, mail.c.id).limit(limit)
        async with self._db.read() as connection:  # a look that takes no write lock: mostly there is nothing
            if (await connection.execute(due.with_only_columns(mail.c.id).limit(1))).first() is None:
                return []
        async with self._db.write() as connection:
            rows = (await connection.execute(due.with_for_update(skip_locked=True))).all()
            rows = await self._leave_out_poison(connection, rows, now)
            rows = await self._last_look(connection, rows, now)
            until = self._db.after(now, lease)
            claim = {"state": MailState.SENDING, "lease_until": until, "next_at": until}
            counted = {"tries": mail.c.tries + 1, "claims": mail.c.claims + 1}
            for some in chunks([row.id for row in rows]):
                await connection.execute(sa.update(mail).where(mail.c.id.in_(some)).values({**claim, **counted}))
            ends = await self._ends(connection, rows, now + lease)
        return [_outgoing(row, ends) for row in rows]

    async def _ends(self, connection: AsyncConnection, rows: Sequence[sa.Row[Any]], planned: datetime) -> datetime:
        if not rows or self._db.dialect == "sqlite":
            return planned
        until: datetime = (await connection.execute(sa.select(mail.c.lease_until).where(mail.c.id == rows[0].id))).scalar_one()
        return until

    async def _leave_out_poison(
        self, connection: AsyncConnection, rows: Sequence[sa.Row[Any]], now: datetime
    ) -> Sequence[sa.Row[Any]]:
        """Set letters aside whose sending was cut off time after time."""
        poison = [row for row in rows if row.claims >= MOST_CLAIMS]
        for row in poison:
            values = aside_values(Queue.MAIL, exhausted(row.error), now)
            await connection.execute(sa.update(mail).where(mail.c.id == row.id).values(values))
            await log(connection, now, "listbot", Queue.MAIL, [row.id], "set aside", str(values["error"]))
        return [row for row in rows if row.claims < MOST_CLAIMS] if poison else rows

    async def _last_look(self, connection: AsyncConnection, rows: Sequence[sa.Row[Any]], now: datetime) -> Sequence[sa.Row[Any]]:
        """Withdraw asks that may no longer leave: the need has its yes, or the taker's mind or address has changed."""
        asks = [row.ask for row in rows if row.ask is not None]
        too_late: set[int] = set()
        for some in chunks(asks):
            too_late |= {row.id for row in await connection.execute(_may_not_leave(some, now))}
        for ids in chunks([row.id for row in rows if row.ask in too_late]):
            why = "withdrawn before it left: the need has its yes, or the taker may no longer be asked"
            await connection.execute(sa.update(mail).where(mail.c.id.in_(ids)).values(_gone(why, now)))
        for some in chunks(sorted(too_late)):
            queued = ask.c.id.in_(some) & (ask.c.state == AskState.QUEUED)
            await connection.execute(sa.update(ask).where(queued).values(state=AskState.WITHDRAWN))
        return [row for row in rows if row.ask not in too_late] if too_late else rows

    async def settle(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """See `ports.Outbox`."""
        if not deliveries:
            return
        async with self._db.write() as connection:
            held = await self._held(connection, [delivery.lease.id for delivery in deliveries])
            good = [delivery for delivery in deliveries if held.get(delivery.lease.id, (0, None))[0] == delivery.lease.fence]
            await self._write(connection, good, now)
            await _settle_asks(connection, {held[d.lease.id][1]: d.state for d in good if held[d.lease.id][1] is not None}, now)
        if len(good) < len(deliveries):
            raise lost(*(delivery.lease for delivery in deliveries if delivery not in good))

    async def _held(self, connection: AsyncConnection, ids: Sequence[int]) -> dict[int, tuple[int, int | None]]:
        """Fence and ask of the letters that are claimed."""
        held: dict[int, tuple[int, int | None]] = {}
        for some in chunks(sorted(ids)):
            query = sa.select(mail.c.id, mail.c.tries, mail.c.ask).where(mail.c.id.in_(some), mail.c.lease_until.is_not(None))
            held |= {
                row.id: (row.tries, row.ask) for row in await connection.execute(query.order_by(mail.c.id).with_for_update())
            }
        return held

    async def _write(self, connection: AsyncConnection, deliveries: Sequence[Delivery], now: datetime) -> None:
        if not deliveries:
            return
        columns = ("state", "reply", "next_at")
        again = {MailState.QUEUED, MailState.DEFERRED, MailState.UNSURE}
        statement = (
            sa.update(mail)
            .where(mail.c.id == sa.bindparam("row"))
            .values({name: sa.bindparam(f"new_{name}", type_=mail.c[name].type) for name in columns})
            .values(
                attempts=mail.c.attempts + sa.bindparam("tried", type_=sa.Integer), lease_until=None, claims=0, settled_at=now
            )
        )
        rows = [
            {
                "row": delivery.lease.id,
                "tried": int(delivery.state is not MailState.QUEUED),
                "new_state": delivery.state,
                "new_reply": delivery.reply,
                "new_next_at": (delivery.next_at or now) if delivery.state in again else None,
            }
            for delivery in deliveries
        ]
        await connection.execute(statement, rows)

    async def answered_letter(self, token: str, message_ids: Sequence[str]) -> SentLetter | None:
        """See `ports.Outbox`. Of several letters with one token (an ask, then thanks for its answer) it is the ask."""
        columns = (mail.c.key, mail.c.kind, mail.c.recipient, mail.c.post, mail.c.need, mail.c.ask)
        ways: list[sa.ColumnElement[bool]] = []
        if token:
            ways.append((mail.c.token == token) & (mail.c.token != ""))  # both, so that the partial index serves
        if message_ids:
            ways.append(mail.c.message_id.in_(message_ids))
        async with self._db.read() as connection:
            for way in ways:
                query = sa.select(*columns).where(way)
                row = (await connection.execute(query.order_by(mail.c.ask.is_(None), mail.c.id.desc()).limit(1))).first()
                if row is not None:
                    return SentLetter(**row._mapping)
        return None

    async def told(self, need: int) -> list[Told]:
        """See `ports.Outbox`."""
        of_post = sa.select(needs.c.post).where(needs.c.id == need).scalar_subquery()
        about = (mail.c.need == need) | (mail.c.need.is_(None) & (mail.c.post == of_post))
        query = sa.select(mail.c.recipient, mail.c.kind, mail.c.created_at.label("at")).order_by(mail.c.id)
        async with self._db.read() as connection:
            rows = await connection.execute(query.where(about, mail.c.state != MailState.DROPPED))
            return [Told(**row._mapping) for row in rows]

    async def traffic(self, recipients: Sequence[str], needs: Sequence[int], now: datetime) -> Traffic:
        """See `ports.Outbox`."""
        sent, lately = mail.c.state == MailState.SENT, mail.c.settled_at > now - timedelta(days=1)

        def counted(column: sa.Column[Any], values: Sequence[object]) -> sa.Select[Any]:
            return sa.select(column, sa.func.count()).where(column.in_(values), sent, lately).group_by(column)

        async with self._db.read() as connection:
            people = [row for some in chunks(recipients) for row in await connection.execute(counted(mail.c.recipient, some))]
            about = [row for some in chunks(needs) for row in await connection.execute(counted(mail.c.need, some))]
            of_hour = sa.select(sa.func.count()).where(sent, mail.c.settled_at > now - timedelta(hours=1))
            hour = (await connection.execute(of_hour)).scalar_one()
        return Traffic(people=dict(map(tuple, people)), needs=dict(map(tuple, about)), hour=hour)

    async def letters(
        self, state: MailState | None = None, need: int | None = None, limit: int = 100, ids: Sequence[int] = ()
    ) -> list[tuple[int, MailState, Letter, str]]:
        """See `ports.Outbox`."""
        query = sa.select(mail).order_by(mail.c.id.desc()).limit(limit)
        if state is not None:
            query = query.where(mail.c.state == state)
        if need is not None:
            query = query.where(mail.c.need == need)
        if ids:
            query = query.where(mail.c.id.in_(ids))
        async with self._db.read() as connection:
            return [(row.id, row.state, _letter(row), row.reply or row.error) for row in await connection.execute(query)]

    async def next_tries(self, ids: Sequence[int]) -> dict[int, datetime]:
        """See `ports.Outbox`."""
        query = sa.select(mail.c.id, mail.c.next_at).where(mail.c.next_at.is_not(None))
        async with self._db.read() as connection:
            rows = [row for some in chunks(ids) for row in await connection.execute(query.where(mail.c.id.in_(some)))]
        return {row.id: row.next_at for row in rows}

    async def release(self, ids: Sequence[int], who: str, now: datetime) -> int:
        """See `ports.Outbox`."""
        return await self._set(ids, [MailState.HELD], MailState.QUEUED, "released", who, now)

    async def retry(self, ids: Sequence[int], who: str, now: datetime) -> int:
        """See `ports.Outbox`."""
        again = [MailState.DEFERRED, MailState.REFUSED, MailState.UNSURE]
        return await self._set(ids, again, MailState.QUEUED, "tried again", who, now)

    async def drop(self, ids: Sequence[int], who: str, now: datetime) -> int:
        """See `ports.Outbox`."""
        return await self._set(ids, [*_UNSENT, MailState.REFUSED], MailState.DROPPED, "dropped", who, now)

    async def _set(
        self, ids: Sequence[int], before: Iterable[MailState], after: MailState, what: str, who: str, now: datetime
    ) -> int:
        """A moderator moves letters; how many there were to move."""
        moved: list[sa.Row[Any]] = []
        queued = after is MailState.QUEUED
        values = {"state": after, "next_at": self._db.moment(now) if queued else None, "aside_at": None, "claims": 0}
        async with self._db.write() as connection:
            for some in chunks(ids):
                fitting = mail.c.id.in_(some) & mail.c.state.in_(list(before))
                change = sa.update(mail).where(fitting).values(values).returning(mail.c.id, mail.c.ask)
                moved += (await connection.execute(change)).all()
            ask_state = AskState.QUEUED if queued else AskState.WITHDRAWN
            back = ask.c.state.in_([AskState.QUEUED, AskState.BOUNCED])
            for asks in chunks([row.ask for row in moved if row.ask is not None]):
                await connection.execute(sa.update(ask).where(ask.c.id.in_(asks), back).values(state=ask_state))
            await log(connection, now, who, Queue.MAIL, [row.id for row in moved], what)
        return len(moved)


async def _settle_asks(connection: AsyncConnection, states: Mapping[int | None, MailState], now: datetime) -> None:
    for state, ask_state in _ASK_AFTER.items():
        ids = [id for id, of in states.items() if of is state and id is not None]
        values = {"state": ask_state, "sent_at": now} if state is MailState.SENT else {"state": ask_state}
        for some in chunks(ids):
            await connection.execute(sa.update(ask).where(ask.c.id.in_(some), ask.c.state == AskState.QUEUED).values(values))


def _may_not_leave(asks: Sequence[int], now: datetime) -> sa.Select[tuple[int]]:
    today = now.date()
    changed = (
        need.c.state.not_in(list(NEED_OPEN))
        | taker.c.opted_out_at.is_not(None)
        | taker.c.bounced_at.is_not(None)
        | taker.c.forgotten_at.is_not(None)
        | (taker.c.paused_until > today)
        | (organization.c.paused_until > today)
    )
    joined = ask.join(need, need.c.id == ask.c.need).join(taker, taker.c.id == ask.c.taker)
    joined = joined.outerjoin(organization, organization.c.name == taker.c.organization)
    return sa.select(ask.c.id).select_from(joined).where(ask.c.id.in_(asks), changed)


def _outgoing(row: sa.Row[Any], until: datetime) -> Outgoing:
    lease = Lease(Queue.MAIL, row.id, row.tries + 1, until)
    unsure = row.state in (MailState.SENDING, MailState.UNSURE)
    return Outgoing(lease=lease, letter=_letter(row), attempts=row.attempts, created_at=row.created_at, unsure=unsure)


def _letter(row: sa.Row[Any]) -> Letter:
    return Letter(
        key=row.key,
        kind=row.kind,
        sender=row.sender,
        recipient=row.recipient,
        message_id=row.message_id,
        token=row.token,
        raw=row.raw,
        post=row.post,
        need=row.need,
        held=row.state is MailState.HELD,
    )
