"""What the pages need of the world beside the pipeline's ports: who signs in, what is shown, what moderators keep."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from listbot.domain.brakes import Brakes
from listbot.domain.desk import (
    Account,
    AnswerRow,
    AskedPerson,
    AskRow,
    Correction,
    Coverage,
    Draft,
    Health,
    MailRow,
    NeedRow,
    Paged,
    PastNeed,
    PostRow,
    ProposalRow,
    Report,
    Role,
    RuleForm,
    Today,
)
from listbot.domain.errors import Fault
from listbot.domain.reading import Need
from listbot.domain.record import Decision
from listbot.domain.registry import Candidate, Taker
from listbot.domain.rules import RuleSet
from listbot.domain.states import AnswerState, MailState, NeedState, PostState, ProposalState
from listbot.domain.work import Change
from listbot.pipeline.context import Context
from listbot.pipeline.ports import RuleVersions

Thing = tuple[str, int]
"""What a page is about: "post" or "need", and its id."""


class Sessions(Protocol):
    """Who may sign in, who has, and what they look at. Links and sessions are known by the hash of their secret only."""

    async def invite(self, hash: str, email: str, until: datetime, now: datetime) -> None:
        """A sign-in link was sent."""

    async def redeem(self, hash: str, now: datetime) -> str | None:
        """Whose link it is, once and in time; else None."""

    async def begin(self, hash: str, email: str, until: datetime, now: datetime) -> None:
        """Somebody signs in."""

    async def visitor(self, hash: str, idle: timedelta, now: datetime) -> str | None:
        """Whose session it is, if it lives and was used within `idle`."""

    async def end(self, email: str, hash: str | None, who: str, now: datetime) -> int:
        """End one session, or with None all of this person; how many."""

    async def look(self, email: str, thing: Thing, until: datetime, now: datetime) -> None:
        """Somebody opens the page of a thing, and is said to look at it until then."""

    async def looking(self, now: datetime) -> Mapping[Thing, tuple[str, ...]]:
        """Who looks at what, in whichever process their page was served."""

    async def accounts(self) -> list[Account]:
        """Those added by an admin."""

    async def put_account(self, email: str, role: Role | None, who: str, now: datetime) -> None:
        """Give a role, or with None take it away; that ends the sessions too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostQuery:
    """Which posts a list shows."""

    words: str = ""
    state: PostState | None = None
    list_name: str = ""
    oldest_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedQuery:
    """Which needs a list shows. `order`: newest, oldest or deadline."""

    states: tuple[NeedState, ...] = ()
    state_code: str = ""
    relief: str = ""
    order: str = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakerQuery:
    """Which takers a list shows. `standing`: ready, paused, full, stopped, bounced, no_consent or nothing for everybody."""

    words: str = ""
    state_code: str = ""
    relief: str = ""
    standing: str = ""
    order: str = "email"  #: email | name | newest


class Insight(Protocol):
    """What the pages read: each call one look, never a decision."""

    async def today(self, now: datetime, near: timedelta, limit: int) -> Today: ...

    async def answers(self, state: AnswerState | None, limit: int, offset: int, *, newest_first: bool) -> Paged[AnswerRow]: ...

    async def mail(self, states: Sequence[MailState], limit: int, offset: int, *, oldest_first: bool) -> Paged[MailRow]:
        """Letters in some states, or all."""

    async def posts(self, query: PostQuery, limit: int, offset: int) -> Paged[PostRow]: ...

    async def needs(self, query: NeedQuery, limit: int, offset: int) -> Paged[NeedRow]: ...

    async def takers(self, query: TakerQuery, now: datetime, limit: int, offset: int) -> Paged[Candidate]: ...

    async def taker(self, id: int, now: datetime) -> Candidate | None: ...

    async def decision(self, need: int) -> Decision | None:
        """The last look at a need."""

    async def decisions(self, need: int, limit: int = 100) -> list[Decision]:
        """The looks at a need, newest first; of those that chose nobody in a row the last."""

    async def asked(self, need: int) -> list[AskedPerson]: ...

    async def offices(self, takers: Collection[int]) -> Mapping[int, tuple[float, float]]:
        """Latitude and longitude of takers' offices, where they are known."""

    async def history(self, taker: int, limit: int) -> list[AskRow]: ...

    async def proposals(self, state: ProposalState | None, now: datetime, limit: int, offset: int) -> Paged[ProposalRow]:
        """What people wrote of their room on the list, newest first."""

    async def coverage(self, relief: str, language: str, detained: bool | None, now: datetime) -> Coverage: ...

    async def report(self, since: date, until: date, now: datetime) -> Report: ...

    async def health(self, now: datetime) -> Health: ...

    async def past(self, posts: int) -> list[PastNeed]:
        """The needs of the last so many posts that had any, oldest first."""

    async def log(self, limit: int, before: int | None = None) -> list[tuple[int, Change]]:
        """The log of changes, newest first."""


class Drafts(Protocol):
    """What moderators keep: drafts of rules, labelled examples."""

    async def drafts(self) -> list[Draft]: ...

    async def draft(self, id: int) -> Draft: ...

    async def save(self, id: int | None, name: str, base: int, files: Mapping[str, str], who: str, now: datetime) -> int: ...

    async def discard(self, id: int, who: str, now: datetime) -> None: ...

    async def note(self, table: str, row: int, what: str, who: str, now: datetime, why: str = "") -> None:
        """A line in the log of what somebody did without changing anything: looked at what is masked."""

    async def keep_correction(self, correction: Correction) -> None: ...

    async def forget_correction(self, post: int, at: datetime) -> None:
        """The decision of that moment was undone."""

    async def corrections(self, limit: int = 1000) -> list[Correction]: ...


class Shelf(Protocol):
    """Things that a page keeps for a while, for whichever process shows them next."""

    async def put(self, kind: str, key: str, value: bytes, until: datetime, now: datetime) -> None:
        """Keep something, in the place of what was there under this key."""

    async def renew(self, kind: str, key: str, value: bytes, until: datetime, now: datetime) -> bool:
        """The same, but only in the place of something: what was cleared away in the meantime, as a forgotten person's, stays away."""

    async def get(self, kind: str, key: str, now: datetime) -> bytes | None:
        """What is there, if its time is not over."""

    async def all(self, kind: str, now: datetime) -> Mapping[str, bytes]:
        """Everything of a kind by its key, what was put first last."""

    async def take(self, kind: str, key: str, now: datetime) -> bytes | None:
        """What is there, and it is gone: of two who take it one gets it."""


class RuleBook(Protocol):
    """Rule files to rules and back: what the pages need of the files' adapter."""

    def check(self, files: Mapping[str, str]) -> list[Fault]: ...

    def parse(self, files: Mapping[str, str], version: int = 0) -> RuleSet: ...

    def forms(self, file: str, text: str) -> Sequence[RuleForm]:
        """The rules of a file as forms."""

    def replaced(self, file: str, text: str, rule: str, values: Mapping[str, str]) -> str:
        """The file with some values of one rule replaced, everything else as it was."""

    def shipped(self) -> Mapping[str, str]:
        """The files in use where no version was ever applied."""


class Sheets(Protocol):
    """The registry as CSV."""

    def columns(self) -> tuple[str, ...]: ...

    def cells(self, taker: Taker) -> dict[str, str]: ...

    def taker(self, cells: Mapping[str, str]) -> tuple[Taker | None, list[Fault]]:
        """An entry from cells as a form holds them; its faults."""

    def read(self, raw: bytes, name: str) -> tuple[list[tuple[int, Taker]], list[Fault], frozenset[str]]:
        """Rows with their lines, faults, and the columns present."""

    def merged(self, new: Taker, known: Taker | None, present: frozenset[str]) -> Taker: ...

    def write(self, takers: Sequence[Taker]) -> str: ...

    def located(self, taker: Taker, before: Taker | None) -> Taker:
        """With the coordinates of the office; those from before where it has not moved."""


class Wording(Protocol):
    """The words of the letters. Of `files`, those of a rule set, its letters go before the shipped ones.

    Raises WorkFailed where there is no such letter or language.
    """

    def names(self) -> tuple[str, ...]: ...

    def known(self, name: str) -> tuple[str, ...]:
        """What a letter's templates may name."""

    def letter(self, name: str, language: str, files: Mapping[str, str] | None = None) -> tuple[str, str, str]:
        """Subject, text and HTML filled with invented values; without files as the rules in force have it.

        Raises ConfigError where a template is wrong.
        """

    def paths(self, name: str, language: str) -> tuple[str, str]:
        """Under which names a rule set holds a letter's text (which opens with its subject) and HTML."""

    def shipped(self, path: str) -> str | None:
        """The words that hold where a rule set has none of its own, or None where there are none."""

    def faults(self, name: str, language: str, files: Mapping[str, str]) -> list[Fault]:
        """All that is wrong with one letter."""


Places = Callable[[str], Sequence[tuple[str, str]]]
"""Towns that begin so: name and state, the largest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything the pages need, handed to them whole."""

    context: Context
    sessions: Sessions
    insight: Insight
    drafts: Drafts
    shelf: Shelf
    versions: RuleVersions
    rulebook: RuleBook
    sheets: Sheets
    wording: Wording
    brakes: Brakes
    models: Callable[[], Mapping[str, str]]  #: the trained models in use and the version of each
    renew_rules: Callable[[], Awaitable[None]]  #: have the version in force take effect
    follow_rules: Callable[[asyncio.Event], Coroutine[None, None, None]]  #: the same, now and then until the event
    locate: Callable[[Need], Need]  #: places with coordinates and county, as the gazetteer knows them
    complete: Places
