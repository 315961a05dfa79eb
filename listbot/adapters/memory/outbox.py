"""Letters in memory. See `ports.Outbox`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from listbot.adapters.memory.asks import UNSENT, drop, may_not_leave
from listbot.adapters.memory.tables import Row, Tables, lost
from listbot.domain.states import AskState, MailState
from listbot.domain.work import Delivery, Lease, Letter, Outgoing, Queue, SentLetter, Told, Traffic

_ASK_AFTER = {MailState.SENT: AskState.SENT, MailState.REFUSED: AskState.BOUNCED, MailState.DROPPED: AskState.WITHDRAWN}
_AGAIN = frozenset({MailState.QUEUED, MailState.DEFERRED, MailState.UNSURE})


def put_letter(tables: Tables, letter: Letter, now: datetime, ask: int | None = None) -> int | None:
    """Keep a letter; None where its key is known."""
    if tables.where("mail", key=letter.key):
        return None
    state = MailState.HELD if letter.held else MailState.QUEUED
    row = {"key": letter.key, "letter": letter, "ask": ask, "state": state, "reply": "", "attempts": 0, "created_at": now}
    return tables.insert("mail", row | {"next_at": None if letter.held else now})


def put_letters(tables: Tables, letters: Sequence[Letter], now: datetime) -> list[int]:
    """Keep letters; those with a known key are left out."""
    ids = [put_letter(tables, letter, now) for letter in letters]
    return [id for id in ids if id is not None]


class MemoryOutbox:
    """The outbox."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, letters: Sequence[Letter], now: datetime) -> list[int]:
        """See `ports.Outbox`."""
        with self._tables.write():
            return put_letters(self._tables, letters, now)

    async def take(self, now: datetime, limit: int, lease: timedelta) -> list[Outgoing]:
        """See `ports.Outbox`."""
        rows = [row for row in self._tables.table("mail").values() if row["next_at"] is not None and row["next_at"] <= now]
        taken: list[Outgoing] = []
        for row in sorted(rows, key=lambda row: (row["next_at"], row["id"]))[:limit]:
            if self._tables.leave_out_poison(Queue.MAIL, row, now) or self._withdrawn(row, now):
                continue
            until, fence, unsure = now + lease, row["tries"] + 1, row["state"] in (MailState.SENDING, MailState.UNSURE)
            claimed = {"state": MailState.SENDING, "lease_until": until, "next_at": until, "tries": fence}
            self._tables.update("mail", row["id"], **claimed, claims=row["claims"] + 1)
            held = Lease(Queue.MAIL, row["id"], fence, until)
            letter, attempts = replace(row["letter"], held=False), row["attempts"]
            taken.append(Outgoing(lease=held, letter=letter, attempts=attempts, created_at=row["created_at"], unsure=unsure))
        return taken

    def _withdrawn(self, row: Row, now: datetime) -> bool:
        if row["ask"] is None or not may_not_leave(self._tables, ask := self._tables.get("ask", row["ask"]), now):
            return False
        why = "withdrawn before it left: the need has its yes, or the taker may no longer be asked"
        drop(self._tables, row["id"], why, now)
        if ask["state"] is AskState.QUEUED:
            self._tables.update("ask", ask["id"], state=AskState.WITHDRAWN)
        return True

    async def settle(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """See `ports.Outbox`."""
        late = [delivery.lease for delivery in deliveries if not self._settle(delivery, now)]
        if late:
            raise lost(*late)

    def _settle(self, delivery: Delivery, now: datetime) -> bool:
        row = self._tables.get("mail", delivery.lease.id)
        if row["tries"] != delivery.lease.fence or row["lease_until"] is None:
            return False
        next_at = (delivery.next_at or now) if delivery.state in _AGAIN else None
        attempts = row["attempts"] + (delivery.state is not MailState.QUEUED)
        result = {"state": delivery.state, "reply": delivery.reply, "attempts": attempts}
        self._tables.finish(delivery.lease, **result, next_at=next_at, settled_at=now)
        ask_state = _ASK_AFTER.get(delivery.state)
        if row["ask"] is not None and ask_state and self._tables.get("ask", row["ask"])["state"] is AskState.QUEUED:
            sent = {"sent_at": now} if ask_state is AskState.SENT else {}
            self._tables.update("ask", row["ask"], state=ask_state, **sent)
        return True

    async def answered_letter(self, token: str, message_ids: Sequence[str]) -> SentLetter | None:
        """See `ports.Outbox`."""
        rows = sorted(self._tables.table("mail").values(), key=lambda row: (row["ask"] is None, -row["id"]))
        by_token = [row for row in rows if token and row["letter"].token == token]
        for row in by_token or [row for row in rows if row["letter"].message_id in message_ids]:
            letter: Letter = row["letter"]
            return SentLetter(
                key=row["key"], kind=letter.kind, recipient=letter.recipient, post=letter.post, need=letter.need, ask=row["ask"]
            )
        return None

    async def told(self, need: int) -> list[Told]:
        """See `ports.Outbox`."""
        post = self._tables.get("need", need)["post"]
        rows = [row for row in self._tables.table("mail").values() if row["state"] is not MailState.DROPPED]
        about = [row for row in rows if row["letter"].need == need or (row["letter"].need is None and row["letter"].post == post)]
        return [Told(recipient=r["letter"].recipient, kind=r["letter"].kind, at=r["created_at"]) for r in about]

    async def traffic(self, recipients: Sequence[str], needs: Sequence[int], now: datetime) -> Traffic:
        """See `ports.Outbox`."""
        sent = [row for row in self._tables.table("mail").values() if row["state"] is MailState.SENT]
        lately = [row["letter"] for row in sent if row["settled_at"] > now - timedelta(days=1)]
        return Traffic(
            people=Counter(letter.recipient for letter in lately if letter.recipient in recipients),
            needs=Counter(letter.need for letter in lately if letter.need in needs),
            hour=sum(row["settled_at"] > now - timedelta(hours=1) for row in sent),
        )

    async def letters(
        self, state: MailState | None = None, need: int | None = None, limit: int = 100, ids: Sequence[int] = ()
    ) -> list[tuple[int, MailState, Letter, str]]:
        """See `ports.Outbox`."""
        rows = [
            (row["id"], row["state"], replace(row["letter"], held=row["state"] is MailState.HELD), row["reply"] or row["error"])
            for row in reversed(self._tables.table("mail").values())
            if state in (None, row["state"]) and need in (None, row["letter"].need) and (not ids or row["id"] in ids)
        ]
        return rows[:limit]

    async def next_tries(self, ids: Sequence[int]) -> dict[int, datetime]:
        """See `ports.Outbox`."""
        rows = [row for row in self._tables.table("mail").values() if row["id"] in ids and row["next_at"] is not None]
        return {row["id"]: row["next_at"] for row in rows}

    async def release(self, ids: Sequence[int], who: str, now: datetime) -> int:
        """See `ports.Outbox`."""
        return self._set(ids, {MailState.HELD}, MailState.QUEUED, "released", who, now)

    async def retry(self, ids: Sequence[int], who: str, now: datetime) -> int:
        """See `ports.Outbox`."""
        again = {MailState.DEFERRED, MailState.REFUSED, MailState.UNSURE}
        return self._set(ids, again, MailState.QUEUED, "tried again", who, now)

    async def drop(self, ids: Sequence[int], who: str, now: datetime) -> int:
        """See `ports.Outbox`."""
        return self._set(ids, UNSENT | {MailState.REFUSED}, MailState.DROPPED, "dropped", who, now)

    def _set(
        self, ids: Sequence[int], before: Collection[MailState], after: MailState, what: str, who: str, now: datetime
    ) -> int:
        queued = after is MailState.QUEUED
        moved = [row for id in ids if (row := self._tables.table("mail").get(id)) and row["state"] in before]
        for row in moved:
            self._tables.update("mail", row["id"], state=after, next_at=now if queued else None, aside_at=None, claims=0)
            ask = self._tables.table("ask").get(row["ask"] or 0)
            if ask and ask["state"] in (AskState.QUEUED, AskState.BOUNCED):
                self._tables.update("ask", ask["id"], state=AskState.QUEUED if queued else AskState.WITHDRAWN)
        self._tables.log(now, who, Queue.MAIL, [row["id"] for row in moved], what)
        return len(moved)
