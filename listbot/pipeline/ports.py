"""What the pipeline needs of the world, each a small interface with a real adapter and an in-memory twin.

One contract suite a port (`tests/contract/`) runs on both. Every method that writes is one transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from listbot.domain.corrections import Correction
from listbot.domain.docket import Problem
from listbot.domain.health import SourceStatus
from listbot.domain.letters import LetterSpec
from listbot.domain.mail import Arrival, Cursor, Post
from listbot.domain.matching import Match
from listbot.domain.reading import Need, Reading
from listbot.domain.registry import Candidate, Organization, Proposal, Taker
from listbot.domain.states import AnswerState, AskState, MailState, NeedState, PostState, ProposalState
from listbot.domain.work import (
    AnswerReading,
    Change,
    Delivery,
    Lease,
    Letter,
    NewAnswer,
    NewPost,
    NewWave,
    Outgoing,
    Queue,
    RuleVersion,
    SentLetter,
    SetAside,
    StoredAnswer,
    StoredAsk,
    StoredMessage,
    StoredNeed,
    StoredPost,
    Told,
    Traffic,
)

Keep = Callable[[Sequence[Arrival], Cursor | None], Awaitable[None]]
"""Commits arrivals together with the cursor behind them; when it returns, they are safe."""


class Clock(Protocol):
    """The time, as an argument."""

    def now(self) -> datetime:
        """An aware UTC time."""

    async def sleep(self, seconds: float) -> None:
        """Wait, or move a test's clock on."""


class Source(Protocol):
    """A place where messages arrive."""

    name: str
    status: SourceStatus  #: how it is doing at this moment

    async def run(self, cursor: Cursor | None, keep: Keep, stop: asyncio.Event) -> None:
        """Hand over every message behind the cursor, then every new one, until `stop`.

        Nothing is marked or moved before `keep` has returned. Faults of the connection are mended inside, with growing pauses;
        only a fault no waiting can mend (wrong password) is raised, as Never.
        """


class Parser(Protocol):
    """Bytes to posts: never raises, linear time; a digest gives several."""

    def __call__(self, raw: bytes, *, recipient: str = "") -> tuple[Post, ...]: ...


class Reader(Protocol):
    """Understands posts and answers; pure, the same answer every time."""

    def read(self, post: Post) -> Reading: ...

    def read_answer(self, post: Post, today: datetime) -> AnswerReading: ...

    def read_room(self, post: Post, today: datetime) -> AnswerReading:
        """What somebody says when asked how much room they have: capacity, or yes where their entry is right as it is."""

    def read_correction(self, post: Post, need: Need, today: date) -> Correction:
        """What a fellow's reply to a note puts right of a need."""

    def read_further(self, post: Post, known: Need, today: date) -> Need | None:
        """The one further client whom a fellow's reply adds to a known one; None where not all that matters is plain."""

    def redact(self, text: str) -> str:
        """The text with every identifier replaced by its kind in brackets."""


class Journal(Protocol):
    """Every message that ever arrived, bytes first."""

    async def cursor(self, source: str) -> Cursor | None: ...

    async def keep(self, arrivals: Sequence[Arrival], cursor: Cursor | None, now: datetime) -> list[int]:
        """Store the bytes and the cursor in one transaction; ids of those that were new (same source and key: known)."""

    async def message(self, id: int) -> StoredMessage: ...

    async def beat(self, source: str, status: SourceStatus, now: datetime) -> None:
        """How a source is doing, told by the process that follows it, for those that only serve pages."""

    async def gaps(self, source: str) -> list[tuple[int, int]]:
        """Ranges of UIDs below the cursor, under its UIDVALIDITY, of which no message is kept (a hole is not always a loss)."""


class Work(Protocol):
    """Claims on rows. A wake-up may be lost or doubled: `due` offers every overdue row again."""

    async def due(self, queue: Queue, now: datetime, limit: int = 100) -> list[int]:
        """Ids of rows to act on, most urgent first."""

    async def next_due(self, now: datetime) -> datetime | None:
        """When the earliest waiting row of any queue falls due, or None."""

    async def claim(self, queue: Queue, id: int, now: datetime, lease: timedelta) -> Lease | None:
        """Take the row, or None where somebody else has it or it is no longer due.

        A row claimed five times without a result is set aside instead. Letters are claimed by `Outbox.take`.
        """

    async def later(self, lease: Lease, at: datetime, error: str) -> None:
        """Give the row back, to be tried again at `at`. This is not a result. Raises LostLease."""

    async def set_aside(self, lease: Lease, error: str, now: datetime) -> None:
        """End a row that cannot be worked on; it is seen among the held. Raises LostLease."""

    async def aside(self, limit: int = 100) -> list[SetAside]:
        """Rows set aside, newest first."""

    async def reclaim(self, now: datetime) -> int:
        """Everything leased falls due at once; how many rows. Only for a worker that is certainly alone, as it starts after a crash."""

    async def again(self, queue: Queue, id: int, who: str, now: datetime) -> bool:
        """Have a row that was set aside tried again, now; False where it was not set aside."""


class Cases(Protocol):
    """Posts, needs and asks: from the journal to the outbox.

    Methods with a lease raise LostLease, and those that make asks or move needs raise Refused (`states.Refusal`);
    then nothing was written.
    """

    async def parsed(
        self, lease: Lease, posts: Sequence[NewPost], answer: NewAnswer | None, state: str, why: str, now: datetime
    ) -> tuple[list[int], int | None]:
        """A message became posts or an answer; ids of the posts kept and of the answer.

        A post whose list and message_id, or whose content_key within the last 14 days, is known is joined to the known one and
        not kept; likewise an answer whose Message-ID is known.
        `state` is the message's MessageState.
        """

    async def post(self, id: int) -> StoredPost: ...

    async def posts(self, state: PostState | None = None, limit: int = 100, before: int | None = None) -> list[StoredPost]: ...

    async def find_posts(self, message_ids: Sequence[str]) -> list[StoredPost]:
        """Known posts with one of these Message-IDs, newest first."""

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
        """Write the reading, open its needs, put letters into the outbox; ids of the needs.

        In state `read` the post is due again at once, to be matched; in state `held`, `hold` says why.
        """

    async def release(self, post: int, needs: Sequence[Need], who: str, now: datetime) -> list[int]:
        """A moderator releases a held post with these needs: it is `read` and due to be matched; ids of the needs."""

    async def drop(self, post: int, who: str, why: str, now: datetime) -> None:
        """A moderator sets a held post aside."""

    async def take_back(self, post: int, who: str, now: datetime) -> datetime:
        """A drop is undone: the post waits as it did before, for the same reason. When it was dropped.

        Needs that were closed with it stay closed. Raises Refused where no moderator dropped it, or it was decided anew since.
        """

    async def need(self, id: int) -> StoredNeed: ...

    async def needs(self, states: Sequence[NeedState] = (), post: int | None = None, limit: int = 100) -> list[StoredNeed]: ...

    async def asked(self, lease: Lease, waves: Sequence[NewWave], letters: Sequence[Letter], now: datetime) -> list[int]:
        """Write waves: asks with their letters, decision records, the needs' new states; ids of the asks.

        The lease is on the post (its first waves, all needs at once: the post becomes matched) or on one need (a later wave).
        Raises Refused where the database forbids an ask (see the schema's triggers): nothing is written, the caller plans again.
        """

    async def close_need(self, need: int, state: NeedState, who: str, why: str, letters: Sequence[Letter], now: datetime) -> None:
        """Place, close or expire a need.

        Asks not yet sent are withdrawn, and whoever plans for the need at this moment loses the lease.
        With `state=ASKING` the need is opened again, without its lead and due at once.
        """

    async def correct(self, need: int, corrected: Need, who: str, why: str, now: datetime) -> None:
        """What a need is about was understood wrongly: it is rewritten, and looked at again at once where it is still open."""

    async def reschedule(self, need: int, at: datetime, who: str, why: str, now: datetime) -> None:
        """When an open need is looked at next. Raises Refused where it is not open."""

    async def leave_out(self, need: int, match: Match, who: str, why: str, now: datetime) -> None:
        """Somebody is not to be asked about a need.

        An ask of theirs that has not left is withdrawn; where there is none, one is put down as withdrawn already.
        """

    async def fall_silent(self, need: int, before: datetime, now: datetime) -> int:
        """Asks of a need sent before a time and not answered become silent; how many."""

    async def asks(
        self, need: int | None = None, taker: int | None = None, states: Sequence[AskState] = (), limit: int = 1000
    ) -> list[StoredAsk]: ...

    async def answer(self, id: int) -> StoredAnswer: ...

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
        """Write what an answer was read as and what follows, in one transaction. Without a lease it was no mail but a click.

        `held` says why a moderator should look; with `look_at` its writer was asked back, and it is due again then.

        With `need=(id, OFFERED)` the ask's taker becomes the lead if the need has none: True; if it has another or is past
        offering: False, nothing at all is written, the lease still holds, and the caller plans again with what it finds. A need whose state
        changes is due at once, so that it plans its next look; one that is placed, closed or expired is not.
        """

    async def answers(self, state: AnswerState | None = None, need: int | None = None, limit: int = 1000) -> list[StoredAnswer]:
        """Answers, newest first; `need`: to asks about it."""

    async def decide_answer(self, id: int, reading: AnswerReading | None, who: str, why: str, now: datetime) -> None:
        """A moderator decides about a held answer: it is acted on as `reading` says, or with None left alone.

        One whose writer was asked back is decided likewise, when they say it again. Raises Refused where neither is so (any more).
        """

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
        """An answer adds clients to a post, whose reading tells of them and the `words` too: the answer is applied and their
        needs are opened, due at once, in one transaction; ids of the needs.

        Clients whom the post has already, be it since this moment, are left out; with none left only the answer is applied.
        """

    async def correct_need(
        self, id: int, need: Need, who: str, why: str, detail: Mapping[str, object], letters: Sequence[Letter], now: datetime
    ) -> None:
        """Put what is known of a need right, and search on from there: due at once, open again if it had ended.

        Asks not yet sent are withdrawn, and whoever plans for the need at this moment loses the lease; a lead stays the lead.
        `detail` says in words what was changed; it is kept in the log.
        """

    async def lead(self, lease: Lease, ask: int, letters: Sequence[Letter], now: datetime) -> None:
        """The leased need, which has no lead, is offered by the taker of an earlier ask: a reserve steps in."""

    async def chore(self, id: int) -> str:
        """The name of a chore."""

    async def ensure_chore(self, name: str, at: datetime) -> None:
        """Have a chore done first at a time; one that is known keeps its own."""

    async def chored(self, lease: Lease, letters: Sequence[Letter], next_at: datetime, now: datetime) -> None:
        """A chore is done, its letters are kept, and it is due again."""

    async def changes(self, table: str, row: int) -> list[Change]: ...


class Registry(Protocol):
    """Takers, and what has been learned of them."""

    async def candidates(self, need: Need, now: datetime, limit: int | None = None) -> list[Candidate]:
        """Everybody worth considering for a need, with standing; an indexed narrowing, never a decision.

        Who shares a relief (or whose relief is broad or unknown) and reaches a state (bar, service area, office, remote, or
        nothing known) or has an office near a place of the need, on whichever side of a border; where no place is on the map,
        also those of the states next to it. The limits of the taker's organisation are laid over the entry.
        With `limit`: the most promising (`listbot.domain.promise`), best first.
        """

    async def takers(self, query: str = "", limit: int | None = None, offset: int = 0) -> list[Candidate]: ...

    async def taker(self, email: str) -> Candidate | None: ...

    async def put(self, takers: Sequence[Taker], who: str, now: datetime) -> Mapping[str, str]:
        """Insert or update by e-mail in one transaction; email to "new", "changed", "same" or "forgotten"."""

    async def stated(self, one: Taker, who: str, now: datetime) -> None:
        """The owner says how much room there is: the entry is written, and counts as said now where it is the same, too."""

    async def stale(self, before: datetime, now: datetime, limit: int) -> list[Candidate]:
        """Who may be asked and has no ask open, and neither said how much room there is nor was asked for it since `before`.

        Whose word is the oldest comes first.
        """

    async def count(self) -> int:
        """How many there are."""

    async def opt_out(self, email: str, who: str, now: datetime) -> None: ...

    async def bounced(self, email: str, why: str, now: datetime) -> None: ...

    async def languages(self, emails: Collection[str]) -> Mapping[str, str]:
        """In which language (ISO 639-1) each of these, taker or not, wished to be written to; those who said nothing are left out."""

    async def write_in(self, email: str, language: str, who: str, now: datetime) -> None:
        """Somebody, taker or not, wishes to be written to in a language."""

    async def forget(self, email: str, who: str, now: datetime) -> bool:
        """Delete a person's data; figures stay. The address is kept only as a keyed hash, so an import cannot bring it back."""

    async def changes(self, email: str) -> list[Change]:
        """What was changed of an entry, oldest first."""

    async def organizations(self) -> list[Organization]: ...

    async def put_organization(self, organization: Organization, who: str, now: datetime) -> None: ...


class Proposals(Protocol):
    """What people wrote on the list of their own room for cases, until it is confirmed or declined."""

    async def propose(self, proposal: Proposal) -> None:
        """Keep a proposal; of one post the first counts."""

    async def proposal(self, post: int) -> Proposal | None:
        """That of a post."""

    async def settle(
        self, post: int, state: ProposalState, who: str, now: datetime, *, entry: Taker | None = None, anew: bool = False
    ) -> None:
        """Confirm or decline, and write the `entry` that follows, in one transaction.

        Raises Refused where that was done already; with `anew` the last word counts.
        """


class Outbox(Protocol):
    """Letters on their way."""

    async def put(self, letters: Sequence[Letter], now: datetime) -> list[int]:
        """Keep letters; one with a known key is left out."""

    async def take(self, now: datetime, limit: int, lease: timedelta) -> list[Outgoing]:
        """Claim due letters; one whose lease ran out while it was being sent is claimed as `unsure`.

        The last look before an ask leaves: one whose need has its yes, or whose taker may no longer be asked, is withdrawn
        instead.
        """

    async def settle(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Write what became of attempts, and with them the state of their asks, in one transaction.

        A letter given back as QUEUED was not tried: its `attempts` stay. Those whose lease is lost are left out, and when the
        others are committed LostLease names them.
        """

    async def answered_letter(self, token: str, message_ids: Sequence[str]) -> SentLetter | None:
        """The letter with this token, else the newest with one of these Message-IDs."""

    async def told(self, need: int) -> list[Told]:
        """Letters written about a need, and those about its post as a whole, oldest first."""

    async def traffic(self, recipients: Sequence[str], needs: Sequence[int], now: datetime) -> Traffic:
        """What left for these people and about these needs in the last day, and in all in the last hour."""

    async def letters(
        self, state: MailState | None = None, need: int | None = None, limit: int = 100, ids: Sequence[int] = ()
    ) -> list[tuple[int, MailState, Letter, str]]:
        """Id, state, letter and last reply of the server, newest first; only `ids` where there are any."""

    async def next_tries(self, ids: Sequence[int]) -> dict[int, datetime]:
        """When those of these letters that wait are looked at next."""

    async def release(self, ids: Sequence[int], who: str, now: datetime) -> int: ...

    async def retry(self, ids: Sequence[int], who: str, now: datetime) -> int: ...

    async def drop(self, ids: Sequence[int], who: str, now: datetime) -> int: ...


class Retention(Protocol):
    """What is kept no longer than it is needed."""

    async def purge(self, before: datetime, now: datetime, *, dry_run: bool = False) -> dict[str, int]:
        """Empty the words of messages, posts, answers and letters that are over and from before a time; how many of each.

        Rows, states and figures stay. What waits or is under way is never touched.
        """


class RuleVersions(Protocol):
    """The versions of the rule set, one of them in force."""

    async def apply(self, files: Mapping[str, str], difference: str, author: str, now: datetime) -> RuleVersion:
        """Make a checked set of files the version in force; the same files as those in force are no new version."""

    async def put_in_force(self, number: int, author: str, now: datetime) -> RuleVersion:
        """Go back (or forward) to a version. Raises WorkFailed where there is none."""

    async def in_force(self) -> RuleVersion | None: ...

    async def version(self, number: int) -> RuleVersion: ...

    async def history(self, limit: int = 100) -> list[RuleVersion]:
        """Newest first, without their files."""


class Transport(Protocol):
    """Hands a letter to a mail server (RFC 5321)."""

    async def send(self, letter: Letter) -> str:
        """The server's reply on acceptance.

        Raises TryLater (4xx), Unreachable (no connection, TLS or login: nobody's letter would leave), Never (5xx), or Unsure
        (cut between the message and its reply).
        """

    async def close(self) -> None: ...


class Composer(Protocol):
    """Lays out letters: templates, headers, MIME."""

    def compose(self, spec: LetterSpec, now: datetime) -> Letter:
        """The finished mail. Raises ListbotError naming template and line where a template is wrong."""


class Assigner(Protocol):
    """Shares people out among needs."""

    def __call__(self, problem: Problem, /) -> Mapping[int, frozenset[int]]:
        """The people of each need: nobody twice, no need more than it wants, nobody who is worth nothing to it."""


class Dispatcher(Protocol):
    """Says "this row is due". Only wakes: the truth is in the rows."""

    def wake(self, queue: Queue, id: int | None = None) -> None:
        """A row was just written; look soon."""

    async def run(self, act: Callable[[Queue, int], Awaitable[None]], stop: asyncio.Event) -> None:
        """Offer due rows to `act` until `stop`; a sweep offers every overdue row again."""
