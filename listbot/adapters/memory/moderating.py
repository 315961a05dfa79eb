"""What moderators do to a need, in memory. See `ports.Cases`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from listbot.adapters.memory.asks import withdraw
from listbot.adapters.memory.tables import Tables
from listbot.domain.errors import Refused
from listbot.domain.matching import Match
from listbot.domain.reading import Need, difference
from listbot.domain.states import NEED_OPEN, AskState, PostState, Refusal
from listbot.domain.work import Queue


class MemoryModerating:
    """Correcting, rescheduling, leaving people out."""

    _tables: Tables

    async def correct(self, need: int, corrected: Need, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            before = self._tables.get("need", need)
            if before["state"] in NEED_OPEN:
                self._outdate(need, now)
            self._tables.update("need", need, need=corrected)
            self._tables.log(now, who, Queue.NEED, [need], "corrected", why, difference(before["need"], corrected))

    async def reschedule(self, need: int, at: datetime, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            before = self._tables.get("need", need)
            if before["state"] not in NEED_OPEN:
                raise Refused(Refusal.MOVE, f"need {need} is {before['state']}: nobody is asked any more")
            self._outdate(need, at)
            detail = {"next_at": [str(before["next_at"]), str(at)]}
            self._tables.log(now, who, Queue.NEED, [need], "rescheduled", why, detail)

    async def take_back(self, post: int, who: str, now: datetime) -> datetime:
        """See `ports.Cases`."""
        with self._tables.write():
            row = self._tables.get("post", post)
            log = [c for c in self._tables.changes if (c.table, c.row, c.what) == ("post", post, "set aside")]
            if row["state"] is not PostState.SET_ASIDE or not log or "state" not in log[-1].detail:
                raise Refused(Refusal.MOVE, f"post {post} was not dropped, or was decided anew since")
            self._tables.update("post", post, **log[-1].detail, tries=row["tries"] + 1)
            self._tables.log(now, who, Queue.POST, [post], "drop undone")
            return log[-1].at

    async def leave_out(self, need: int, match: Match, who: str, why: str, now: datetime) -> None:
        """See `ports.Cases`."""
        with self._tables.write():
            row = self._tables.get("need", need)
            if self._tables.where("ask", need=need, taker=match.taker_id):
                withdraw(self._tables, lambda ask: (ask["need"], ask["taker"]) == (need, match.taker_id), why, now)
            else:
                made = {"need": need, "taker": match.taker_id, "email": match.email, "wave": row["wave"], "created_at": now}
                said = {"match": replace(match, reasons=()), "state": AskState.WITHDRAWN}
                never = {"sent_at": None, "answered_at": None, "answer": None}
                self._tables.insert("ask", made | said | never)
            self._tables.log(now, who, Queue.NEED, [need], "left somebody out", why, {"taker": match.taker_id})

    def _outdate(self, need: int, at: datetime) -> None:
        tries = self._tables.get("need", need)["tries"] + 1
        self._tables.update("need", need, next_at=at, lease_until=None, tries=tries, claims=0)
