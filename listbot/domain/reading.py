"""What was understood of a post: kind, needs, places, relief, dates, identifiers; values of the label guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from enum import StrEnum

Span = tuple[int, int]
"""Start and end, in characters of the read text: subject, a newline, then the post's whole text."""


class Kind(StrEnum):
    """What a post is."""

    REFERRAL = "referral"  #: asks for somebody to take, co-counsel or stand in on a case
    OFFER = "offer"  #: offers capacity
    RESPONSE = "response"  #: answers a particular request
    PLACED = "placed"  #: an earlier request is placed or no longer needed
    QUESTION = "question"  #: asks for advice, samples, experts; not for a taker
    ANNOUNCEMENT = "announcement"  #: event, job, policy news, resource, list administration
    OTHER = "other"  #: thanks, chat, robots, spam


class DateRole(StrEnum):
    """What a date is to the case. The first seven can bind a taker."""

    FILING = "filing"
    HEARING = "hearing"
    ONE_YEAR = "one_year"
    AGE_OUT = "age_out"
    APPEAL = "appeal"
    RESPONSE = "response"
    OTHER = "other"
    ENTRY = "entry"
    BIRTH = "birth"
    DECISION = "decision"
    PAST = "past"
    EVENT = "event"


BINDING = frozenset(
    {
        DateRole.FILING,
        DateRole.HEARING,
        DateRole.ONE_YEAR,
        DateRole.AGE_OUT,
        DateRole.APPEAL,
        DateRole.RESPONSE,
        DateRole.OTHER,
    }
)
"""Roles of dates that can bind a taker."""


class PartKind(StrEnum):
    """What a stretch of a message's text is."""

    BODY = "body"
    QUOTE = "quote"
    FORWARDED = "forwarded"
    SIGNATURE = "signature"
    FOOTER = "footer"
    DISCLAIMER = "disclaimer"
    BANNER = "banner"


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled stretch of the text; the parts of a message cover it whole, nothing is deleted."""

    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where representation is needed. `text` as the post names it; a facility or court where one is named."""

    text: str
    city: str | None = None
    county: str | None = None
    state: str | None = None  #: USPS code
    facility: str | None = None
    court: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date of the post with its role. `date` is None where the words are too vague to name a day."""

    date: Day | None
    role: DateRole
    text: str
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """The earliest day that binds a taker."""

    date: Day
    kind: DateRole
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One client's (or one family's) case for which a taker is sought. None and empty mean: not said."""

    places: tuple[Place, ...] = ()
    relief: tuple[str, ...] = ()
    deadline: Deadline | None = None
    dates: tuple[DateMention, ...] = ()
    detained: bool | None = None
    languages: tuple[str, ...] = ()  #: ISO 639-1 codes, else the English name
    country: str | None = None
    minor: bool | None = None
    scope: str | None = None  #: full | limited
    age: int | None = None
    remote: bool | None = None  #: the post says that remote work is (not) acceptable
    supervision: bool | None = None  #: co-counsel or mentoring is offered
    confidence: float = 0.0
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, hash=False)

    @property
    def states(self) -> frozenset[str]:
        """USPS codes of the states where representation is needed."""
        return frozenset(p.state for p in self.places if p.state)


def difference(before: Need, after: Need) -> dict[str, list[object]]:
    """Field to what it said before and after, for the fields that differ: for the log."""
    fields = [name for name in Need.__dataclass_fields__ if name not in ("confidence", "evidence")]
    return {name: [_said(before, name), _said(after, name)] for name in fields if getattr(before, name) != getattr(after, name)}


def _said(need: Need, name: str) -> object:
    value = getattr(need, name)
    if name == "places":
        return [place.text for place in value]
    if name == "dates":
        return [mention.text for mention in value]
    if isinstance(value, Deadline):
        return f"{value.kind} {value.date}"
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that identifies a client: a_number, receipt, ssn, passport, birth_date, phone, email, address, name."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The whole of what was understood of one post.

    `hold` says why a moderator should look, in words, or is None. `redacted_text` is the new text of the post: quotes, signature
    and footer cut, identifiers replaced by their kind in brackets; only this may leave the machine.
    """

    kind: Kind
    confidence: float
    needs: tuple[Need, ...] = ()
    hold: str | None = None
    redacted_text: str = ""
    identifiers: tuple[Identifier, ...] = ()
    parts: tuple[Part, ...] = ()
    warnings: tuple[str, ...] = ()
    kind_evidence: tuple[Span, ...] = ()  #: the words that told the kind
