"""Everything a step needs, handed to it whole: the ports, who the bot is, and the rules in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from listbot.domain.mail import Address
from listbot.domain.rules import RuleSet
from listbot.domain.trust import Authenticated, ListIdentity
from listbot.domain.work import Queue
from listbot.pipeline.ports import (
    Assigner,
    Cases,
    Clock,
    Composer,
    Journal,
    Outbox,
    Parser,
    Proposals,
    Reader,
    Registry,
    Retention,
    Work,
)

Mode = Literal["shadow", "approve", "auto"]

LEASE = timedelta(seconds=30)
"""How long a worker may act on a row before another takes it over: far longer than any act takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the bot is and how far it may go on its own."""

    address: Address
    secret: bytes
    mode: Mode = "auto"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/New_York"))
    lists: tuple[ListIdentity, ...] = ()
    moderators: tuple[Address, ...] = ()
    base_url: str = ""
    host: str = ""  #: the own mail host as it calls itself in Authentication-Results (RFC 8601); "" trusts none
    sources: tuple[str, ...] = ()  #: what the journal calls the mail sources


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened that a person watching would like to see: no text of posts, no identifiers."""

    what: str  #: kept | read | matched | asked | sent | answered | …
    row: int
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The ports joined for one running bot. `rules` gives the rule set in force at the moment of asking."""

    identity: Identity
    clock: Clock
    journal: Journal
    work: Work
    cases: Cases
    registry: Registry
    proposals: Proposals
    outbox: Outbox
    retention: Retention
    parser: Parser
    reader: Reader
    composer: Composer
    assigner: Assigner
    authenticated: Authenticated
    rules: Callable[[], RuleSet]
    wake: Callable[[Queue], None] = lambda queue: None
    on_event: Callable[[Event], None] = lambda event: None
