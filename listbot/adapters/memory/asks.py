"""What must never happen to an ask, and the moves of needs, in memory: the twin of the database's constraints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from listbot.adapters.memory.tables import Row, Tables
from listbot.domain.errors import Refused
from listbot.domain.mail import Channel
from listbot.domain.registry import Organization, Taker
from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, MailState, NeedState, PostState, Refusal
from listbot.domain.work import Queue

ENDS = frozenset({NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED})
UNSENT = frozenset({MailState.HELD, MailState.QUEUED, MailState.DEFERRED, MailState.UNSURE})


def organization(tables: Tables, taker: Taker) -> Organization:
    """What holds for the taker's organisation: nothing where nothing is known."""
    found = tables.where("organization", name=taker.organization)
    return found[0]["organization"] if found else Organization(name=taker.organization)


def paused(tables: Tables, taker: Taker, now: datetime) -> bool:
    """The taker or the organisation takes a pause that ends after today."""
    return any(
        until is not None and until > now.date() for until in (taker.paused_until, organization(tables, taker).paused_until)
    )


def _full(tables: Tables, taker: Taker) -> bool:
    return any(slots is not None and slots <= 0 for slots in (taker.open_slots, organization(tables, taker).open_slots))


def refuse_ask(tables: Tables, need_id: int, taker_id: int, now: datetime) -> None:
    """Raise Refused where this ask must never be made."""
    need, row = tables.get("need", need_id), tables.get("taker", taker_id)
    post, taker = tables.get("post", need["post"]), row["taker"]
    asked = any(ask["state"] is not AskState.WITHDRAWN for ask in tables.where("ask", need=need_id, taker=taker_id))
    checks: tuple[tuple[Refusal, bool], ...] = (
        (Refusal.FORGOTTEN, row["forgotten_at"] is not None),
        (Refusal.OPTED_OUT, row["opted_out_at"] is not None),
        (Refusal.BOUNCED, row["bounced_at"] is not None),
        (Refusal.NO_CONSENT, taker.consent_at is None),
        (Refusal.PAUSED, paused(tables, taker, now)),
        (Refusal.FULL, _full(tables, taker)),
        (Refusal.POSTER, taker.email.lower() == post["post"].author.email.lower()),
        (Refusal.NEED_DONE, need["state"] in ENDS),
        (Refusal.POST_NOT_FROM_LIST, post["post"].channel is not Channel.LIST and not post["released_by"]),
        (Refusal.POST_NOT_RELEASED, post["state"] is not PostState.MATCHED),
        (Refusal.ASKED_BEFORE, asked),
    )
    for reason, broken in checks:
        if broken:
            raise Refused(reason, f"the store refuses: {reason.replace('_', ' ')}")


def withdraw(tables: Tables, chosen: Callable[[Row], bool], why: str, now: datetime) -> None:
    """Withdraw asks that have not left; one that is being sent at this moment is left alone."""
    for ask in [ask for ask in tables.where("ask", state=AskState.QUEUED) if chosen(ask)]:
        for mail in tables.where("mail", ask=ask["id"]):
            if mail["state"] in UNSENT:
                drop(tables, mail["id"], why, now)
                tables.update("ask", ask["id"], state=AskState.WITHDRAWN)


def drop(tables: Tables, id: int, why: str, now: datetime) -> None:
    """A letter will not leave."""
    tables.update("mail", id, state=MailState.DROPPED, reply=why, next_at=None, lease_until=None)


def may_not_leave(tables: Tables, ask: Row, now: datetime) -> bool:
    """The last look: the need has its yes, or the taker may no longer be asked."""
    row = tables.get("taker", ask["taker"])
    gone = any(row[name] is not None for name in ("opted_out_at", "bounced_at", "forgotten_at"))
    return gone or tables.get("need", ask["need"])["state"] not in NEED_OPEN or paused(tables, row["taker"], now)


def move_need(tables: Tables, id: int, state: NeedState, who: str, why: str, now: datetime, **more: object) -> None:
    """Put a need into a state, which outdates the lease of whoever plans for it."""
    ended, row = state in ENDS, tables.get("need", id)
    lead = row["lead"]
    if state is NeedState.ASKING:  # handed back: that yes is none any more
        for ask in tables.where("ask", need=id, taker=lead):
            tables.update("ask", ask["id"], answer=AnswerKind.NO)
        lead = None
    outdated = {"next_at": None if ended else now, "lease_until": None, "tries": row["tries"] + 1, "claims": 0, "error": ""}
    tables.update("need", id, **{**outdated, "lead": lead, "state": state, **more})
    if ended:
        withdraw(tables, lambda ask: ask["need"] == id, f"the need is {state}", now)
    tables.log(now, who, Queue.NEED, [id], state, why)
