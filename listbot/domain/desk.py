"""What the moderators' desk knows beside the cases themselves: who may sign in, and what its pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from listbot.domain.health import SILENT, SourceStatus
from listbot.domain.mail import Address
from listbot.domain.reading import Kind, Need
from listbot.domain.registry import Proposal, Taker
from listbot.domain.states import AnswerKind, AnswerState, AskState, MailState, NeedState, PostState, ProposalState

T = TypeVar("T")


class Role(StrEnum):
    """What somebody who has signed in may do; each may do what the one before may."""

    READER = "reader"  #: looks
    MODERATOR = "moderator"  #: decides about posts, needs, takers and rules
    ADMIN = "admin"  #: says who may sign in

    def may(self, needed: Role) -> bool:
        """Whether this role is enough where `needed` is asked for."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in. `fixed`: named in the configuration, so no page can take it away."""

    email: str
    role: Role
    added_by: str = ""
    added_at: datetime | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """A part of a list. `total` counts the whole, up to some bound beyond which it says `more`."""

    rows: tuple[T, ...]
    total: int
    more: bool = False  #: there are at least `total`, and nobody counted on


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post in a list."""

    id: int
    state: PostState
    kind: Kind | None
    subject: str  #: identifiers left out
    author: str
    list_name: str
    posted_at: datetime
    hold: str = ""
    needs: tuple[Need, ...] = ()  #: as they were read

    @property
    def deadline(self) -> date | None:
        """The first day that binds."""
        return min((need.deadline.date for need in self.needs if need.deadline), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """A need in a list."""

    id: int
    post: int
    number: int
    state: NeedState
    need: Need
    opened_at: datetime
    next_at: datetime | None
    asked: int  #: asks that left or wait to
    waiting: int  #: of those, sent and not yet answered


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """A letter in a list: never its words."""

    id: int
    kind: str
    recipient: str
    state: MailState
    reply: str
    created_at: datetime
    need: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer in a list."""

    id: int
    state: AnswerState
    author: str
    subject: str
    posted_at: datetime
    kind: AnswerKind | None
    hold: str
    need: int | None
    words: str = ""  #: its new words, as they came: identifiers are still in them


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """Something that could not be worked on."""

    queue: str
    id: int
    at: datetime
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What needs a moderator now, each part most urgent first."""

    held: Paged[PostRow]
    urgent: Paged[NeedRow]  #: near their deadline without a yes
    nobody: Paged[NeedRow]  #: nobody is left to ask
    answers: Paged[AnswerRow]
    letters: Paged[MailRow]  #: wait for release
    undelivered: Paged[MailRow]  #: refused or unsure
    mishaps: Paged[Mishap]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPerson:
    """One ask about a need, with the taker's name and town."""

    id: int
    taker: int
    email: str
    name: str
    city: str
    state_code: str
    lat: float | None
    lon: float | None
    wave: int
    state: AskState
    answer: AnswerKind | None
    created_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """A proposal in a list: what was written on the list beside what the entry says. `state` as of the moment of looking."""

    proposal: Proposal
    state: ProposalState
    taker: Taker
    words: str  #: of the post, identifiers left out; "" where they are no longer kept
    list_name: str
    against: str = ""  #: why nobody but its owner may confirm it


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRow:
    """One ask in a taker's history."""

    id: int
    need: int
    about: Need
    state: AskState
    answer: AnswerKind | None
    created_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """Need and capacity in one state. `needs` of the last twelve months, `open` now; `takers` who may be asked there today."""

    needs: int = 0
    open: int = 0
    placed: int = 0
    takers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Need against capacity. `remote` takers reach every state and are not counted in each."""

    at: datetime
    by_state: Mapping[str, Cell] = field(hash=False)
    by_relief: Mapping[str, Cell] = field(hash=False)
    uncovered: Mapping[str, tuple[str, ...]] = field(hash=False)  #: relief to the states where it was needed and nobody has it
    afar: Mapping[str, int] = field(hash=False)  #: relief to takers who offer it from afar
    remote: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What became of the needs of one month, one state or one relief."""

    needs: int = 0
    asks: int = 0
    offered: int = 0  #: had a yes
    placed: int = 0
    in_time: int = 0  #: had their yes before the deadline
    with_deadline: int = 0
    closed: int = 0
    expired: int = 0
    first_yes_minutes: float | None = None  #: median from opening to the first yes


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of a stretch of time."""

    since: date
    until: date
    posts: int
    pleas: int
    all: Outcomes
    by_month: Mapping[str, Outcomes] = field(hash=False)
    by_state: Mapping[str, Outcomes] = field(hash=False)
    by_relief: Mapping[str, Outcomes] = field(hash=False)
    asks_per_person: tuple[int, ...]  #: takers asked once, twice, three times, four or more times in the last 30 days
    looked_at: int  #: readings that a moderator confirmed or corrected
    right: int  #: of those, confirmed as they were


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A mail source: what is kept of it, and how the process that follows it says it is doing."""

    name: str
    kept_at: datetime | None  #: when something was last kept of it
    messages: int
    lag: timedelta | None = None  #: from the mail server to the journal, the median of the last messages
    told_at: datetime | None = None  #: when the process that follows it last said how it is doing
    status: SourceStatus = field(default_factory=SourceStatus)  #: what it said

    def silent(self, now: datetime) -> bool:
        """Whether it was followed, and nothing has been heard of it for a while."""
        return self.told_at is not None and now - self.told_at > SILENT


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A mailing list: its last post, and how many came in a week on average over the last eight weeks."""

    name: str
    last_post: datetime | None
    per_week: float

    @property
    def pause(self) -> timedelta | None:
        """From one post to the next, on average; None of a list that was silent all the time."""
        return timedelta(weeks=1) / self.per_week if self.per_week else None

    def quiet(self, now: datetime) -> bool:
        """Whether it has been silent for longer than four of its usual pauses, and at least two days."""
        return bool(self.last_post and self.pause and now - self.last_post > max(4 * self.pause, timedelta(days=2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the machinery is doing."""

    at: datetime
    sources: tuple[SourceRow, ...]
    lists: tuple[ListRow, ...]
    due: Mapping[str, int] = field(hash=False)  #: rows waiting to be worked on, by queue
    oldest_due: Mapping[str, datetime] = field(hash=False)
    aside: Mapping[str, int] = field(hash=False)
    posts: Mapping[str, int] = field(hash=False)  #: by state
    needs: Mapping[str, int] = field(hash=False)
    mail: Mapping[str, int] = field(hash=False)
    asks: Mapping[str, int] = field(hash=False)
    sent_last_hour: int
    braked: int  #: letters that a brake holds back
    bounced_takers: int
    takers: int
    database_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rule set that somebody works on. `base` is the version it was made from."""

    id: int
    name: str
    author: str
    base: int
    updated_at: datetime
    files: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleField:
    """A declared field of a rule as the file has it. `long`: it goes over several lines and is edited in the file itself."""

    name: str
    help: str
    value: str  #: the words in the file, "" where it is left to the usual value
    long: bool = False
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleForm:
    """A rule as a sentence and a form."""

    name: str
    kind: str
    line: int
    group: str
    description: str
    reason: str
    source: str
    fields: tuple[RuleField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastNeed:
    """A need of a past post, to be looked at once more under other rules."""

    id: int
    post: int
    author: Address
    at: datetime
    need: Need
    taken_by: str = ""  #: address of the taker who led it


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A reading that a moderator looked at, and what it should have been: a labelled example. Equal: it was right."""

    post: int
    at: datetime
    who: str
    kind_before: Kind | None
    kind_after: Kind
    before: tuple[Need, ...]
    after: tuple[Need, ...]
