"""What a look at a need was decided from, kept with the decision, so that it can be decided once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from listbot.domain.mail import Address
from listbot.domain.matching import Shortlist
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate


class Awaited(Protocol):
    """An ask that nobody has answered yet, as planning sees it."""

    @property
    def chance(self) -> float:
        """The estimated probability of a yes when it was made."""

    @property
    def sent_at(self) -> datetime | None:
        """None while it waits to be sent."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An `Awaited` on record."""

    chance: float
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything that a look at a need depended on, beside the time and an applied version of the rules.

    `order` names the takers who were free for the need, in the order of asking: whoever was named by another comes first, and
    whoever is kept for another client of the same post is not among them.
    """

    need: Need
    author: Address
    candidates: tuple[Candidate, ...]
    asked: frozenset[int]  #: takers asked before, or left out by a moderator
    seed: int
    order: tuple[int, ...]
    waves: int  #: sent before
    waiting: tuple[Waiting, ...]
    zone: str  #: of the bot
    rules: Mapping[str, str] = field(default_factory=dict, hash=False)  #: the files, where no version was applied yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The record of one look at a need: the shortlist, whom the look chose to ask, and why so many.

    `seen` is None where somebody in it has been forgotten since, or retention has emptied it.
    """

    at: datetime
    wave: int
    rules_version: int
    shortlist: Shortlist
    chosen: tuple[int, ...] = ()  #: takers
    why: str = ""
    seen: Seen | None = None
