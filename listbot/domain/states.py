"""The states of durable work, and which may follow which."""

from __future__ import annotations

from enum import StrEnum


class MessageState(StrEnum):
    """A message in the journal."""

    RECEIVED = "received"  #: bytes kept, nobody has looked inside
    PARSED = "parsed"  #: turned into posts or an answer
    UNREADABLE = "unreadable"  #: set aside, seen by moderators
    IGNORED = "ignored"  #: the bot's own mail, a duplicate


class PostState(StrEnum):
    """A post on the list."""

    RECEIVED = "received"
    READ = "read"  #: understood; its needs are to be matched
    MATCHED = "matched"  #: its needs were looked at; they go their own way
    HELD = "held"  #: a moderator decides
    SET_ASIDE = "set_aside"  #: nothing to do: talk, offers, answers
    UNREADABLE = "unreadable"


class NeedState(StrEnum):
    """One client's case."""

    OPEN = "open"
    ASKING = "asking"
    OFFERED = "offered"  #: somebody said yes
    PLACED = "placed"  #: fellow or taker confirmed
    CLOSED = "closed"
    EXPIRED = "expired"


class AskState(StrEnum):
    """One mail to one taker about one need."""

    QUEUED = "queued"
    SENT = "sent"
    ANSWERED = "answered"
    SILENT = "silent"
    BOUNCED = "bounced"
    WITHDRAWN = "withdrawn"


class MailState(StrEnum):
    """A letter in the outbox."""

    HELD = "held"  #: waits for a moderator's release
    QUEUED = "queued"  #: waits for its turn, or for a connection
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"  #: the server wants it later (4xx)
    REFUSED = "refused"  #: never (5xx), the reason is kept
    UNSURE = "unsure"  #: cut between DATA and 250
    DROPPED = "dropped"  #: withdrawn before it left


class ProposalState(StrEnum):
    """Of a proposal to change somebody's entry as they wrote on the list."""

    ASKED = "asked"  #: they were asked by mail
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"  #: never answered; a late answer still counts


class AnswerState(StrEnum):
    """A message to the bot itself."""

    RECEIVED = "received"
    APPLIED = "applied"
    HELD = "held"
    ASKED_BACK = "asked_back"  #: its writer was asked what is meant; a moderator looks when no word comes
    SET_ASIDE = "set_aside"


NEED_OPEN = frozenset({NeedState.OPEN, NeedState.ASKING})
"""States in which further asks may leave."""

NEED_MOVES: dict[NeedState, frozenset[NeedState]] = {
    NeedState.OPEN: frozenset({NeedState.ASKING, NeedState.OFFERED, NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED}),
    NeedState.ASKING: frozenset({NeedState.OPEN, NeedState.OFFERED, NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED}),
    NeedState.OFFERED: frozenset({NeedState.ASKING, NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED}),
    NeedState.PLACED: frozenset({NeedState.ASKING, NeedState.CLOSED}),
    NeedState.CLOSED: frozenset({NeedState.ASKING}),
    NeedState.EXPIRED: frozenset({NeedState.ASKING, NeedState.CLOSED}),
}
"""Which state of a need may follow which: a hand-back reopens even a placed one."""


class AnswerKind(StrEnum):
    """How an answer is read; the first that fits, in this order."""

    BOUNCE = "bounce"
    ROBOT = "robot"
    STOP = "stop"
    YES = "yes"
    REFER = "refer"
    LATER = "later"
    MAYBE = "maybe"
    NO = "no"
    QUESTION = "question"
    CAPACITY = "capacity"
    PLACED = "placed"
    OTHER = "other"


class Refusal(StrEnum):
    """Why the store refuses an ask or another change: what must never happen, each by its name."""

    ASKED_BEFORE = "asked_before"  #: this taker was asked about this need
    POSTER = "poster"  #: the taker wrote the post
    PAUSED = "paused"  #: the taker or the taker's organisation takes a pause
    FULL = "full"  #: no open slot
    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    FORGOTTEN = "forgotten"
    NO_CONSENT = "no_consent"  #: no consent on record
    NEED_DONE = "need_done"  #: placed, closed or expired
    POST_NOT_RELEASED = "post_not_released"  #: held, set aside, or never read
    POST_NOT_FROM_LIST = "post_not_from_list"  #: did not come through a list, and no moderator released it
    LETTER_KNOWN = "letter_known"  #: the letter's key was used before
    MOVE = "move"  #: this state may not follow that one (NEED_MOVES)
