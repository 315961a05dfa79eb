"""Durable work: rows that carry their own state, lease and fence; and the records that pass between store and pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from listbot.domain.mail import Address, Arrival, Channel
from listbot.domain.matching import Match, Shortlist
from listbot.domain.reading import Need, Reading
from listbot.domain.record import Seen
from listbot.domain.states import AnswerKind, AnswerState, AskState, MailState, NeedState, PostState


class Queue(StrEnum):
    """The tables whose rows are work."""

    MESSAGE = "message"
    POST = "post"
    NEED = "need"
    ANSWER = "answer"
    MAIL = "mail"
    CHORE = "chore"  #: periodic work, one row each


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to act on one row until `until`: writes count only while the row still carries this fence."""

    queue: Queue
    id: int
    fence: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """A journal entry."""

    id: int
    arrival: Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """What the journal learns of a post when its message is parsed; the bytes stay the truth.

    `content_key` is equal for copies of the same words (other Message-ID, cross-posting): see `pipeline.intake`.
    """

    part: int
    channel: Channel
    list_name: str
    message_id: str
    references: tuple[str, ...]
    author: Address
    subject: str
    posted_at: datetime
    content_key: str
    warnings: tuple[str, ...] = ()
    state: PostState = PostState.RECEIVED
    reason: str = ""  #: why it is set aside or held, where it is


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """A post with what is known of it so far."""

    id: int
    message: int  #: journal entry it came in
    state: PostState
    post: NewPost
    reading: Reading | None = None
    hold: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter of ours that somebody answers: what it was about."""

    kind: str
    recipient: str
    post: int | None
    need: int | None
    ask: int | None
    key: str = ""  #: of the letter


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """A message to the bot itself. `answers` is the letter it answers, where a token or a reference told."""

    message_id: str
    author: Address
    subject: str
    posted_at: datetime
    answers: SentLetter | None
    trusted: bool  #: by its own token or an aligned authenticated sender


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """An answer with the message it came in."""

    id: int
    message: int
    answer: NewAnswer
    state: AnswerState = AnswerState.RECEIVED
    kind: AnswerKind | None = None
    hold: str = ""
    reading: AnswerReading | None = None  #: of one just received: a moderator's decision, to be followed instead of being read


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReading:
    """What was understood of an answer. `hold` says why a moderator should look, or is None.

    `until` is an ISO day, `slots` a number of cases, `refer_to` a name or address; `also` holds the second thing said ("yes" and "stop").
    """

    kind: AnswerKind
    confidence: float
    until: str | None = None
    refer_to: str | None = None
    slots: int | None = None
    also: tuple[AnswerKind, ...] = ()
    words: str = ""  #: the new words of the answer, without what it quotes
    hold: str | None = None
    soft: bool = False  #: a bounce that may mend itself: a full mailbox, a 4.x.x status
    letters_in: str | None = None  #: the language (ISO 639-1) in which the writer plainly wishes to be written to


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredNeed:
    """One client's case under way."""

    id: int
    post: int
    number: int  #: from 1 within its post
    need: Need
    state: NeedState
    wave: int = 0  #: the last wave sent
    opened_at: datetime | None = None
    next_at: datetime | None = None
    lead: int | None = None  #: the taker who said yes first
    error: str = ""  #: why it could not be worked on, the last time


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A finished mail for the outbox. `message_id` is stable: a second sending carries the same.

    `key` is unique over all time: a letter with a known key is the same letter and is not kept twice.
    """

    key: str
    kind: str  #: the template: ask, note, introduction, …
    sender: str  #: envelope sender
    recipient: str  #: envelope recipient
    message_id: str
    raw: bytes
    token: str = ""  #: of the plus-address to which answers come, where the letter wants any
    post: int | None = None
    need: int | None = None
    held: bool = False  #: waits for a moderator


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsk:
    """An ask about to be made: the match, the taker's token and the letter."""

    match: Match
    letter: Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWave:
    """What was decided for one need: whom to ask now, out of which shortlist, and when to look again."""

    need: int
    asks: tuple[NewAsk, ...]
    shortlist: Shortlist
    state: NeedState
    wave: int
    next_at: datetime | None
    why: str = ""
    chosen: tuple[int, ...] = ()  #: takers to ask now, in shadow mode too, where no ask follows
    seen: Seen | None = None  #: what was decided from


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAsk:
    """An ask on record."""

    id: int
    need: int
    taker: int
    email: str
    wave: int
    state: AskState
    score: float
    chance: float
    reasons: tuple[str, ...]
    created_at: datetime
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    answer: AnswerKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A letter taken out of the outbox to be sent now. `attempts` counts earlier tries."""

    lease: Lease
    letter: Letter
    attempts: int
    created_at: datetime
    unsure: bool = False  #: an earlier attempt ended without a word: it may have arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A letter that was written to somebody about a need or its post, and not dropped."""

    recipient: str
    kind: str
    at: datetime  #: when it was written


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Letters that left lately: to each person and about each need within a day, and in all within an hour."""

    people: Mapping[str, int] = field(default_factory=dict, hash=False)
    needs: Mapping[int, int] = field(default_factory=dict, hash=False)
    hour: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one attempt: the letter's new state, the server's words, and when to try again."""

    lease: Lease
    state: MailState
    reply: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the log of changes: who did what to which row, when and why."""

    at: datetime
    who: str  #: "listbot", a moderator's address, a taker's id
    table: str
    row: int
    what: str
    why: str = ""
    detail: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row that could not be worked on, until a moderator has it tried again."""

    queue: Queue
    id: int
    at: datetime
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """One version of the rule set: its files by name, who made it, and how it differs from the one before."""

    number: int
    created_at: datetime
    author: str
    files: Mapping[str, str] = field(hash=False)
    difference: str = ""
    in_force: bool = False
