"""What letters say and how they are addressed, before anybody lays them out.

Each letter is a template (`templates/<language>/<name>.txt` and `.html`) filled with one of the frozen types below; `LETTERS`
says which. Every text in them is free of identifiers already: whoever builds values hands in redacted words only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from listbot.domain.mail import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A need as a letter tells it. None and empty mean: not said, and the letter leaves it out."""

    relief: tuple[str, ...] = ()  #: in plain words
    places: tuple[str, ...] = ()  #: "Durham, NC"; several are alternatives
    deadline: date | None = None
    deadline_kind: str = "other"  #: a DateRole
    days_left: int | None = None  #: from today to the deadline; negative once it has passed
    detained: bool | None = None
    minor: bool | None = None
    age: int | None = None  #: years
    languages: tuple[str, ...] = ()  #: ISO 639-1 codes, else the English name
    country: str | None = None
    scope: str | None = None  #: full | limited
    remote: bool | None = None
    supervision: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskValues:
    """`ask`: one mail to one taker about one need."""

    facts: Facts
    fellow: Address
    list_name: str  #: where the post stood, "" if unknown
    posted_on: date | None
    reasons: tuple[str, ...]  #: why this taker, each a clause after "because"
    words: str  #: the post, redacted
    answers_to: str  #: the bot's plus-address for this ask
    link: str  #: page of this ask, "" where no pages are served


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsValues:
    """`reasons`: never sent alone; how each reason is worded within an ask (`domain.reasons`)."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCase:
    """One client in the fellow's note: what was understood and what was done."""

    facts: Facts
    asked: int  #: takers asked now
    left: int  #: further takers who may be asked later
    next_at: datetime | None  #: when the next are asked, in the bot's time zone


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteValues:
    """`note`: the one private note to the fellow about a post."""

    about: str  #: subject of the post, redacted
    posted_on: date | None
    cases: tuple[NoteCase, ...]
    held_back: tuple[str, ...]  #: kinds of identifiers that were seen and left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where else a fellow can turn."""

    name: str
    description: str
    url: str  #: public page, "" if there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class FellowValues:
    """`nobody`, `expired`, `corrected`, `further`, `settled`, `alarm`: news to the fellow about one need."""

    facts: Facts
    about: str  #: subject of the post, redacted
    asked: int  #: takers asked so far
    taker: str = ""  #: who leads, by name
    organization: str = ""  #: of that taker
    elsewhere: tuple[Elsewhere, ...] = ()  #: `nobody`, `expired`, `alarm`: the most particular first
    posting: tuple[tuple[str, str], ...] = ()  #: `nobody`, `alarm`: label and text of a volunteer posting, ready to be put up


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionValues:
    """`introduction` and `cocounsel`: one mail to taker and fellow; the details stay between them. `offered`: to the fellow alone."""

    facts: Facts
    about: str  #: subject of the post, redacted
    fellow: Address
    taker: Address
    organization: str  #: of the taker, "" if unknown
    leads: bool = True  #: takes the case, rather than a part of it as co-counsel


@dataclass(frozen=True, slots=True, kw_only=True)
class TakerValues:
    """`reserve`, `placed`, `stopped`, `paused`: a short word to somebody who was asked."""

    facts: Facts
    fellow: Address
    until: date | None = None  #: `paused`: the last day of the pause, None while it is open


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionValues:
    """`question`: what somebody who was asked wants to know first, to the fellow."""

    facts: Facts
    about: str  #: subject of the post, redacted
    taker: Address
    words: str  #: redacted


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearValues:
    """`unclear`: a reply of the fellow can be read in two ways, and they are asked which is meant."""

    about: str  #: subject of the post, redacted
    words: str  #: the reply, redacted
    question: str  #: which | further | end | what (`domain.corrections.Unclear`)
    cases: tuple[Facts, ...]  #: the clients as they are understood
    until: datetime  #: when a moderator looks if no word comes, in the bot's time zone


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityValues:
    """`capacity`: an entry of the registry was changed as its owner said. `capacity_confirm`: shall it be?"""

    slots: int | None  #: cases the owner has room for
    until: date | None  #: not asked before
    list_name: str = ""  #: `capacity_confirm`: where it was said


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityQuestionValues:
    """`capacity_question`: is what the entry says of its owner's room still so?"""

    slots: int | None  #: as it stands, None where it was never said
    stated_on: date | None
    answers_to: str  #: the bot's plus-address for this question
    link: str  #: page of this question, "" where no pages are served


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAnswerValues:
    """`held_answer`: an answer waits for a moderator."""

    answer: int
    about: str  #: subject of the post it is about, redacted, "" if unknown
    author: Address
    kind: str  #: the best guess
    confidence: float  #: of that guess, 0 to 1
    why: str  #: the reason it is held
    facts: Facts
    words: str  #: redacted


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedValues:
    """`decided`: another moderator has decided."""

    what: str  #: "post 12", "answer 7"
    about: str  #: subject, redacted
    verdict: str  #: released | left alone | corrected
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestNeed:
    """A need in the morning's digest."""

    need: int
    facts: Facts
    state: str
    asked: int
    waiting: int  #: asks sent that nobody answered yet


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestValues:
    """`digest`: what moderators should know on a working morning. `needs` are the open ones, the most urgent first."""

    day: date
    needs: tuple[DigestNeed, ...]
    more: int  #: open needs that are not shown
    held: tuple[str, ...]  #: what waits for a moderator, a line each
    trouble: tuple[str, ...]  #: what failed, and gaps in the mail, a line each
    link: str  #: moderators' pages, "" where none are served


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldValues:
    """`held`: a post waits for a moderator."""

    post: int
    about: str  #: subject of the post, redacted
    author: Address
    posted_on: date | None
    kind: str  #: what the post was read as
    confidence: float  #: of that reading, 0 to 1
    why: str  #: the reason it is held
    cases: tuple[Facts, ...]
    words: str  #: redacted
    warnings: tuple[str, ...]  #: what was odd about the message: cut, damaged, not read to its end
    link: str  #: moderators' page of the post, "" where no pages are served
    by_reply: bool  #: whether RELEASE or DROP in a reply is acted on


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldAsk:
    """Somebody who would have been asked, with score and chance (0 to 1)."""

    name: str
    email: str
    score: float
    chance: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowCase:
    """One need in shadow mode: the first wave, how many would follow, and how many each hard limit keeps out."""

    facts: Facts
    first: tuple[WouldAsk, ...]
    left: int
    excluded: tuple[tuple[str, int], ...]  #: rule and count, most first


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowValues:
    """`shadow`: what would have been done with a post, to moderators only."""

    post: int
    about: str  #: subject of the post, redacted
    author: Address
    cases: tuple[ShadowCase, ...]
    words: str  #: redacted


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleValues:
    """`trouble`: something needs a moderator's hand."""

    what: str  #: one line
    since: datetime | None  #: in the bot's time zone
    details: tuple[str, ...]
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInValues:
    """`sign_in`: the link that opens the moderators' pages, once, to the one who asked for it."""

    link: str
    minutes: int  #: how long it can be used


Values = (
    AskValues
    | ReasonsValues
    | NoteValues
    | FellowValues
    | IntroductionValues
    | TakerValues
    | QuestionValues
    | UnclearValues
    | CapacityValues
    | CapacityQuestionValues
    | HeldAnswerValues
    | DecidedValues
    | DigestValues
    | HeldValues
    | ShadowValues
    | TroubleValues
    | SignInValues
)

LETTERS: Mapping[str, type[Values]] = {
    "ask": AskValues,
    "reasons": ReasonsValues,
    "note": NoteValues,
    "nobody": FellowValues,
    "expired": FellowValues,
    "corrected": FellowValues,
    "further": FellowValues,
    "unclear": UnclearValues,
    "settled": FellowValues,
    "alarm": FellowValues,
    "question": QuestionValues,
    "introduction": IntroductionValues,
    "offered": IntroductionValues,
    "cocounsel": IntroductionValues,
    "reserve": TakerValues,
    "placed": TakerValues,
    "stopped": TakerValues,
    "paused": TakerValues,
    "capacity": CapacityValues,
    "capacity_confirm": CapacityValues,
    "capacity_question": CapacityQuestionValues,
    "held": HeldValues,
    "held_answer": HeldAnswerValues,
    "decided": DecidedValues,
    "digest": DigestValues,
    "shadow": ShadowValues,
    "trouble": TroubleValues,
    "sign_in": SignInValues,
}
"""Every letter by its template's name, with the type of its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSpec:
    """A letter to be composed from the templates `<template>.txt` and `<template>.html`.

    `key` names it over all time (see Letter). `values` fill the templates, beside `to` and `bot`. `reply_to` are the addresses an
    answer should go to. `unsubscribe` holds the tokened bot address and, if pages are served, the one-click URL (RFC 2369,
    RFC 8058). `answering` is the Message-ID of the bot's own earlier letter that this one follows; never one of the list.
    """

    key: str
    template: str
    to: Address
    values: Values
    cc: tuple[Address, ...] = ()  #: shown in the header; each gets a letter of its own with the same Message-ID: `copies`
    copy_of: str = ""  #: key of the letter that this is a copy of; the Message-ID follows from it
    recipient: Address | None = None  #: of a copy: whom it is delivered to, instead of `to`
    reply_to: tuple[Address, ...] = ()
    unsubscribe: tuple[str, str] | None = None  #: mailto address, https URL or ""
    answering: str = ""
    token: str = ""  #: of the plus-address among `reply_to`, so that answers find their letter
    language: str = "en"
    automatic: str = "auto-generated"  #: Auto-Submitted (RFC 3834): auto-generated, or auto-replied for acknowledgements
    post: int | None = None
    need: int | None = None
    held: bool = False


def copies(spec: LetterSpec) -> tuple[LetterSpec, ...]:
    """One mail to several people as letters of one recipient each, so that each is delivered, retried and refused on its own."""
    others = (
        replace(spec, key=f"{spec.key}:cc{n}", copy_of=spec.key, recipient=other) for n, other in enumerate(spec.cc, start=1)
    )
    return (spec, *others)
