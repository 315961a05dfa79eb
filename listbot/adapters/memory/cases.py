"""Posts, needs, asks and answers in memory. See `ports.Cases`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from listbot.adapters.memory.asks import ENDS, move_need, refuse_ask, withdraw
from listbot.adapters.memory.moderating import MemoryModerating
from listbot.adapters.memory.outbox import put_letter, put_letters
from listbot.adapters.memory.tables import Row, Tables
from listbot.domain.corrections import newcomers, told_further
from listbot.domain.errors import Refused
from listbot.domain.matching import Shortlist
from listbot.domain.reading import Need, Reading
from listbot.domain.states import (
    NEED_MOVES,
    NEED_OPEN,
    AnswerState,
    AskState,
    MailState,
    MessageState,
    NeedState,
    PostState,
    Refusal,
)
from listbot.domain.work import (
    AnswerReading,
    Change,
    Lease,
    Letter,
    NewAnswer,
    NewAsk,
    NewPost,
    NewWave,
    Queue,
    StoredAnswer,
    StoredAsk,
    StoredNeed,
    StoredPost,
)

SAME_WORDS = timedelta(days=14)


class MemoryPosts:
    """The part that is about posts."""

    _tables: Tables

    async def parsed(
        self, lease: Lease, posts: Sequence[NewPost], answer: NewAnswer | None, state: str, why: str, now: datetime
    ) -> tuple[list[int], int | None]:
        """See `ports.Cases`."""
        with self._tables.write():
            self._tables.finish(lease, state=MessageState(state), why=why)
            ids = [id for one in posts if (id := self._keep_post(lease.id, one, now)) is not None]
            if answer is None:
                return ids, None
            return ids, self._keep_answer(lease.id, answer, now)

    def _keep_answer(self, message: int, new: NewAnswer, now: datetime) -> int | None:
        for row in self._tables.table("answer").values():
            if new.message_id and row["answer"].message_id == new.message_id:
                self._tables.log(now, "listbot", Queue.ANSWER, [row["id"]], "joined", "a copy arrived", {"message": message})
                return None
        row = {"message": message, "answer": new, "state": AnswerState.RECEIVED, "kind": None, "hold": "", "reading": None}
        return self._tables.insert("answer", row | {"ask": new.answers.ask if new.answers else None, "next_at": now})

    def _keep_post(self, message: int, new: NewPost, now: datetime) -> int | None:
        for row in self._tables.table("post").values():
            known: NewPost = row["post"]
            same_words = new.content_key and known.content_key == new.content_key and row["kept_at"] > now - SAME_WORDS
            if same_words or (known.list_name, known.message_id) == (new.list_name, new.message_id):
                copy = {"message": message, "part": new.part}
                self._tables.log(now, "listbot", Queue.POST, [row["id"]], "joined", "a copy arrived", copy)
                return None
        fresh = {"message": message, "post": new, "kept_at": now, "state": new.state, "reading": None, "released_by": ""}
        waits = {
            "hold": new.reason if new.state is PostState.HELD else "",
            "next_at": now if new.state is PostState.RECEIVED else None,
        }
        id = self._tables.insert("post", fresh | waits)
        self._tables.log(now, "listbot", Queue.POST, [id], new.state, new.reason)
        return id

    async def post(self, id: int) -> StoredPost:
        """See `ports.Cases`."""
        return _post(self._tables.get("post", id))

    async def posts(self, state: PostState | None = None, limit: int = 100, before: int | None = None) -> list[StoredPost]:
        """See `ports.Cases`."""
        rows = [row for row in self._tables.table("post").values() if state in (None, row["state"])]
        return [_post(row) for row in reversed(rows) if before is None or row["id"] < before][:limit]

    async def find_posts(self, message_ids: Sequence[str]) -> list[StoredPost]:
        """See `ports.Cases`."""
        rows = reversed(self._tables.table("post").values())
        return [_post(row) for row in rows if row["post"].message_id in message_ids]

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
        with self._tables.write():
            due = now if state is PostState.READ else None
            self._tables.finish(lease, reading=reading, state=state, hold=hold, next_at=due)
            self._tables.log(now, "listbot", Queue.POST, [lease.id], state, hold)
            put_letters(self._tables, letters, now)
            return self._open_needs(lease.id, needs, now)

    def _open_needs(self, post: int, needs: Sequence[Need], now: datetime) -> list[int]:
        known = len(self._tables.where("need", post=post))
        same = {"post": post, "state": NeedState.OPEN, "opened_at": now, "wave": 0, "lead": None}
        return [self._tables.insert("need", same | {"number": n, "need": one}) for n, one in enumerate(needs, known + 1)]

    async def release(self, post: int, needs: Sequence[Need], who: str, now: datetime) -> list[int]:
        """See `ports.Cases`."""
        with self._tables.write():
            self._decide(post, state=PostState.READ, released_by=who, next_at=now)
            self._tables.log(now, who, Queue.POST, [post], "released")
            self._close_needs(post, who, "released with other needs", now)
            return self._open_needs(post, needs, now)

    async def drop(self, post: int, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            was = {name: self._tables.table("post").get(post, {}).get(name) for name in ("state", "hold")}
            self._decide(post, state=PostState.SET_ASIDE)
            self._tables.log(now, who, Queue.POST, [post], "set aside", why, was)
            self._close_needs(post, who, why or "the post is set aside", now)

    def _decide(self, id: int, **values: object) -> None:
        row = self._tables.table("post").get(id)
        if row is None or row["state"] not in (PostState.HELD, PostState.SET_ASIDE, PostState.UNREADABLE):
            raise Refused(Refusal.MOVE, f"post {id} is not held")
        outdated = {"hold": "", "next_at": None, "lease_until": None, "aside_at": None, "tries": row["tries"] + 1}
        self._tables.update("post", id, **{**outdated, **values})

    def _close_needs(self, post: int, who: str, why: str, now: datetime) -> None:
        for row in self._tables.where("need", post=post):
            if row["state"] in NEED_OPEN:
                move_need(self._tables, row["id"], NeedState.CLOSED, who, why, now)


class MemoryNeeds:
    """The part that is about needs and asks."""

    _tables: Tables

    async def need(self, id: int) -> StoredNeed:
        """See `ports.Cases`."""
        return _need(self._tables.get("need", id))

    async def needs(self, states: Sequence[NeedState] = (), post: int | None = None, limit: int = 100) -> list[StoredNeed]:
        """See `ports.Cases`."""
        rows = [row for row in self._tables.table("need").values() if post in (None, row["post"])]
        rows = rows if post is not None else rows[::-1]
        return [_need(row) for row in rows if not states or row["state"] in states][:limit]

    async def asked(self, lease: Lease, waves: Sequence[NewWave], letters: Sequence[Letter], now: datetime) -> list[int]:
        """See `ports.Cases`."""
        with self._tables.write():
            if lease.queue is Queue.POST:
                self._tables.finish(lease, state=PostState.MATCHED)
                self._tables.log(now, "listbot", Queue.POST, [lease.id], PostState.MATCHED)
            ids: list[int] = []
            for wave in waves:
                self._write_need(lease, wave, now)
                ids += [self._insert_ask(wave, new, now) for new in wave.asks]
                self._record(wave, now)
            put_letters(self._tables, letters, now)
            return ids

    def _record(self, wave: NewWave, now: datetime) -> None:
        if wave.shortlist == Shortlist():  # nobody was considered
            return
        if not wave.chosen:
            decisions = self._tables.table("decision")
            for row in self._tables.where("decision", need=wave.need, wave=wave.wave, chosen=()):
                del decisions[row["id"]]
        record = {"need": wave.need, "wave": wave.wave, "at": now, "rules_version": wave.shortlist.rules_version}
        self._tables.insert("decision", record | {name: getattr(wave, name) for name in ("shortlist", "chosen", "why", "seen")})

    def _write_need(self, lease: Lease, wave: NewWave, now: datetime) -> None:
        before = self._tables.get("need", wave.need)["state"]
        values = {"state": wave.state, "wave": wave.wave, "next_at": wave.next_at}
        if lease.queue is Queue.NEED:
            self._tables.finish(lease, **values)
        elif before in NEED_OPEN:
            self._tables.update("need", wave.need, **values)
        else:
            raise Refused(Refusal.NEED_DONE, f"need {wave.need} is {before}")
        if wave.state is before:
            return
        _check_move(wave.need, before, wave.state)
        if wave.state in ENDS:
            withdraw(self._tables, lambda ask: ask["need"] == wave.need, f"the need is {wave.state}", now)
        self._tables.log(now, "listbot", Queue.NEED, [wave.need], wave.state, wave.why or f"wave {wave.wave}")

    def _insert_ask(self, wave: NewWave, new: NewAsk, now: datetime) -> int:
        refuse_ask(self._tables, wave.need, new.match.taker_id, now)
        for row in self._tables.where("mail", key=new.letter.key, state=MailState.DROPPED):
            self._tables.update("mail", row["id"], key=f"{row['key']}#dropped-{row['id']}")
        ask = {"need": wave.need, "taker": new.match.taker_id, "email": new.match.email, "match": new.match, "wave": wave.wave}
        fresh = {"state": AskState.QUEUED, "created_at": now, "sent_at": None, "answered_at": None, "answer": None}
        id = self._tables.insert("ask", ask | fresh)
        if put_letter(self._tables, new.letter, now, id) is None:
            raise Refused(Refusal.LETTER_KNOWN, "the store refuses: letter known")
        return id

    async def close_need(self, need: int, state: NeedState, who: str, why: str, letters: Sequence[Letter], now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            _check_move(need, self._tables.get("need", need)["state"], state)
            move_need(self._tables, need, state, who, why, now)
            put_letters(self._tables, letters, now)

    async def correct_need(
        self, id: int, need: Need, who: str, why: str, detail: Mapping[str, object], letters: Sequence[Letter], now: datetime
    ) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            before = self._tables.get("need", id)
            state = NeedState.ASKING if before["state"] in ENDS else before["state"]
            self._tables.update("need", id, need=need)
            move_need(self._tables, id, state, who, why, now, lead=None if before["state"] in ENDS else before["lead"])
            self._tables.log(now, who, Queue.NEED, [id], "corrected", why, detail)
            withdraw(self._tables, lambda ask: ask["need"] == id, "the need was corrected", now)
            put_letters(self._tables, letters, now)

    async def lead(self, lease: Lease, ask: int, letters: Sequence[Letter], now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            row = self._tables.get("need", lease.id)
            _check_move(lease.id, row["state"], NeedState.OFFERED)
            taker = self._tables.get("ask", ask)["taker"]
            self._tables.finish(lease, state=NeedState.OFFERED, lead=taker, next_at=now)
            self._tables.log(now, "listbot", Queue.NEED, [lease.id], NeedState.OFFERED, "a reserve steps in", {"taker": taker})
            put_letters(self._tables, letters, now)

    async def fall_silent(self, need: int, before: datetime, now: datetime) -> int:
        """See `ports.Cases`."""
        rows = [row for row in self._tables.where("ask", need=need, state=AskState.SENT) if row["sent_at"] < before]
        for row in rows:
            self._tables.update("ask", row["id"], state=AskState.SILENT)
        return len(rows)

    async def asks(
        self, need: int | None = None, taker: int | None = None, states: Sequence[AskState] = (), limit: int = 1000
    ) -> list[StoredAsk]:
        """See `ports.Cases`."""
        rows = (row for row in reversed(self._tables.table("ask").values()) if not states or row["state"] in states)
        return [_ask(row) for row in rows if need in (None, row["need"]) and taker in (None, row["taker"])][:limit]


class _Outrun(Exception):
    """Somebody else was faster: leave everything as it is."""


class MemoryCases(MemoryPosts, MemoryNeeds, MemoryModerating):
    """The whole of `ports.Cases`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def answer(self, id: int) -> StoredAnswer:
        """See `ports.Cases`."""
        return _answer(self._tables.get("answer", id))

    async def answers(self, state: AnswerState | None = None, need: int | None = None, limit: int = 1000) -> list[StoredAnswer]:
        """See `ports.Cases`."""
        of_need = {ask["id"] for ask in self._tables.where("ask", need=need)}
        rows = [row for row in reversed(self._tables.table("answer").values()) if state in (None, row["state"])]
        return [_answer(row) for row in rows if need is None or row["ask"] in of_need][:limit]

    async def decide_answer(self, id: int, reading: AnswerReading | None, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            row = self._tables.get("answer", id)
            if row["state"] not in (AnswerState.HELD, AnswerState.ASKED_BACK):
                raise Refused(Refusal.MOVE, f"answer {id} is not held")
            state = AnswerState.SET_ASIDE if reading is None else AnswerState.RECEIVED
            decided = {
                "state": state,
                "hold": "",
                "reading": reading or row["reading"],
                "aside_at": None,
                "claims": 0,
                "lease_until": None,
            }
            self._tables.update("answer", id, **decided, next_at=None if reading is None else now)
            self._tables.log(now, who, Queue.ANSWER, [id], "left alone" if reading is None else f"decided: {reading.kind}", why)

    async def chore(self, id: int) -> str:
        """See `ports.Cases`."""
        return str(self._tables.get("chore", id)["name"])

    async def ensure_chore(self, name: str, at: datetime) -> None:
        """See `ports.Cases`."""
        if not self._tables.where("chore", name=name):
            self._tables.insert("chore", {"name": name, "next_at": at})

    async def chored(self, lease: Lease, letters: Sequence[Letter], next_at: datetime, now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            self._tables.finish(lease, next_at=next_at)
            put_letters(self._tables, letters, now)

    async def answered(
        self,
        lease: Lease | None,
        reading: AnswerReading,
        ask: int | None,
        ask_state: AskState | None,
        need: tuple[int, NeedState] | None,
        letters: Sequence[Letter],
        held: str,
        now: datetime,
        look_at: datetime | None = None,
    ) -> bool:
        """See `ports.Cases`."""
        state = AnswerState.APPLIED if not held else AnswerState.ASKED_BACK if look_at else AnswerState.HELD
        try:
            with self._tables.write():
                if lease is not None:
                    self._tables.finish(lease, kind=reading.kind, reading=reading, hold=held, state=state, next_at=look_at)
                elif ask is not None:
                    what = f"answered on the page: {reading.kind}"
                    self._tables.log(now, f"ask {ask}", "ask", [ask], what, reading.words)
                if need is not None:
                    self._follow(*need, ask, reading, now)
                if ask is not None and ask_state is not None:
                    self._tables.update("ask", ask, state=ask_state, answered_at=now, answer=reading.kind)
                put_letters(self._tables, letters, now)
        except _Outrun:
            return False
        return True

    async def add_clients(
        self,
        lease: Lease,
        read_as: AnswerReading,
        post: int,
        needs: Sequence[Need],
        words: str,
        letters: Sequence[Letter],
        now: datetime,
    ) -> list[int]:
        """See `ports.Cases`."""
        with self._tables.write():
            self._tables.finish(lease, kind=read_as.kind, reading=read_as, hold="", state=AnswerState.APPLIED)
            new = newcomers(needs, [row["need"] for row in self._tables.where("need", post=post)])
            if not new:
                return []
            self._tables.update("post", post, reading=told_further(self._tables.get("post", post)["reading"], new, words))
            ids = self._open_needs(post, new, now)
            for id in ids:
                self._tables.update("need", id, next_at=now)
            self._tables.log(now, "fellow", Queue.NEED, ids, NeedState.OPEN, "a further client, added by reply")
            put_letters(self._tables, letters, now)
            return ids

    def _follow(self, id: int, state: NeedState, ask: int | None, reading: AnswerReading, now: datetime) -> None:
        row = self._tables.get("need", id)
        taker = self._tables.get("ask", ask)["taker"] if ask is not None else None
        offered = state is NeedState.OFFERED
        if offered and row["lead"] not in (None, taker):
            raise _Outrun
        if row["state"] is state and (not offered or row["lead"] == taker):
            return
        if row["state"] is not state and state not in NEED_MOVES[row["state"]]:
            raise _Outrun
        lead = {"lead": taker} if offered else {}
        move_need(self._tables, id, state, "listbot", f"an answer: {reading.kind}", now, **lead)

    async def changes(self, table: str, row: int) -> list[Change]:
        """See `ports.Cases`."""
        return [change for change in self._tables.changes if (change.table, change.row) == (table, row)]


def _check_move(id: int, before: NeedState, after: NeedState) -> None:
    if after not in NEED_MOVES[before]:
        raise Refused(Refusal.MOVE, f"need {id} is {before} and cannot become {after}")


def _post(row: Row) -> StoredPost:
    return StoredPost(
        id=row["id"], message=row["message"], state=row["state"], post=row["post"], reading=row["reading"], hold=row["hold"]
    )


def _need(row: Row) -> StoredNeed:
    names = ("id", "post", "number", "need", "state", "wave", "opened_at", "next_at", "lead", "error")
    return StoredNeed(**{name: row[name] for name in names})


def _answer(row: Row) -> StoredAnswer:
    return StoredAnswer(**{name: row[name] for name in ("id", "message", "answer", "state", "kind", "hold", "reading")})


def _ask(row: Row) -> StoredAsk:
    names = ("id", "need", "taker", "email", "wave", "state", "created_at", "sent_at", "answered_at", "answer")
    match = row["match"]
    return StoredAsk(score=match.score, chance=match.chance, reasons=match.reasons, **{name: row[name] for name in names})
