"""Who may take cases: people and organisations with capacity, and what the program has learned of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from listbot.domain.states import ProposalState


class TakerKind(StrEnum):
    """What a taker may lawfully do follows from this (8 CFR 1292.1)."""

    ATTORNEY = "attorney"
    ACCREDITED_PARTIAL = "accredited_partial"
    ACCREDITED_FULL = "accredited_full"
    LAW_STUDENT = "law_student"
    CLINIC = "clinic"
    ORGANIZATION = "organization"


class Level(StrEnum):
    """Experience with a type of relief."""

    EXPERT = "expert"
    ABLE = "able"
    MENTORED = "mentored"  #: willing, with a mentor


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A registry entry: what its owner said of it (the CSV of the registry). None and empty mean: unknown, not no."""

    email: str
    name: str = ""
    kind: TakerKind = TakerKind.ATTORNEY
    organization: str = ""
    cohort: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    lat: float | None = None  #: of the office, found from zip or city
    lon: float | None = None
    bar_states: frozenset[str] = frozenset()
    service_states: frozenset[str] = frozenset()
    radius_miles: int | None = None
    remote: bool | None = None
    relief: Mapping[str, Level] = field(default_factory=dict, hash=False)
    languages: frozenset[str] = frozenset()
    detained: bool | None = None
    minors: bool | None = None
    scopes: frozenset[str] = frozenset()  #: full, limited
    open_slots: int | None = None
    paused_until: date | None = None
    max_asks_per_month: int | None = None
    funding_limits: frozenset[str] = frozenset()
    consent_at: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the program has learned of a taker: counts over all time unless a window is named."""

    opted_out_at: datetime | None = None
    bounced_at: datetime | None = None
    asks_last_30_days: int = 0
    last_asked_at: datetime | None = None
    open_asks: int = 0  #: sent and not yet answered
    last_answered_at: datetime | None = None
    open_placements: int = 0  #: taken through the bot and still open, since the owner last stated the capacity
    capacity_at: datetime | None = None  #: when the owner last stated the capacity
    said_yes: int = 0
    said_no: int = 0
    silent: int = 0


PATIENCE = timedelta(days=30)
"""So long a proposal is said to wait for its owner's word; a later one still counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Somebody registered wrote on the list of their room for cases: shall their entry say so? One a post."""

    post: int
    taker: int
    slots: int | None
    until: date | None  #: not to be asked until then
    asked_at: datetime
    state: ProposalState = ProposalState.ASKED
    settled_at: datetime | None = None
    settled_by: str = ""

    def state_at(self, now: datetime) -> ProposalState:
        """Its state: unanswered for long it has expired."""
        late = self.state is ProposalState.ASKED and now - self.asked_at > PATIENCE
        return ProposalState.EXPIRED if late else self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """What holds for everybody of an organisation: one switch instead of many entries. `name` is the takers' `organization`."""

    name: str
    paused_until: date | None = None
    funding_limits: frozenset[str] = frozenset()
    open_slots: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A taker considered for a need."""

    id: int
    taker: Taker
    standing: Standing = Standing()


def outdated(proposal: Proposal, entry: Candidate) -> str:
    """Why nobody but its owner may confirm a proposal any more; "" where a moderator may."""
    standing = entry.standing
    if standing.opted_out_at is not None:
        return "they asked for no more mail"
    if standing.capacity_at is not None and standing.capacity_at > proposal.asked_at:
        return "they have said how much room they have since"
    return ""
