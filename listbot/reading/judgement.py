"""A second opinion on a post: shares of 1 for its kind and for every candidate's role, as an encoder gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from listbot.domain.reading import DateRole, Kind, Span
from listbot.reading import date_roles
from listbot.reading.date_roles import RoledDate
from listbot.reading.place_roles import RoledPlace
from listbot.reading.relief import JudgedRelief
from listbot.reading.text import Sentences

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All candidates of a post, with the roles that rules give them."""

    places: tuple[RoledPlace, ...]
    dates: tuple[RoledDate, ...]
    relief: tuple[JudgedRelief, ...]

    def where(self, told: Callable[[Span], bool]) -> Mentions:
        """Those at whose span this holds."""
        return Mentions(
            tuple(p for p in self.places if told(p.mention.span)),
            tuple(d for d in self.dates if told(d.mention.span)),
            tuple(r for r in self.relief if told(r.mention.span)),
        )


@dataclass(frozen=True, slots=True)
class View:
    """What a judge sees of a post: its text without signature, footer and banner (blanked), and the candidates."""

    text: str
    subject_end: int
    new: tuple[Span, ...]  #: the writer's own words
    brought: tuple[Span, ...]  #: what is quoted or forwarded
    today: date  #: the day the post was written
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Judgement:
    """Shares of 1; a mapping that is empty says nothing. Roles stand in the order of the view's candidates."""

    kind: Mapping[Kind, float] = field(default_factory=dict)
    places: tuple[Shares, ...] = ()
    dates: tuple[Shares, ...] = ()
    relief: tuple[Shares, ...] = ()
    asked: Shares = field(default_factory=dict)  #: relief id to the share that it is asked for
    detained: float | None = None
    minor: float | None = None
    scope: Shares = field(default_factory=dict)
    several: float | None = None  #: that the post speaks of several clients
    names: tuple[Span, ...] = ()  #: words that seem to be clients' names


class Judge(Protocol):
    """Judges candidates in context; pure, the same answer every time."""

    def judge(self, view: View) -> Judgement: ...


def judged(view: View, opinion: Judgement) -> Mentions:
    """The candidates with the roles of the opinion; days are resolved anew, as they depend on the role."""
    m = view.mentions
    sentences, today = Sentences(view.text), view.today
    places = [_place(p, shares) for p, shares in zip(m.places, opinion.places, strict=True)] if opinion.places else m.places
    dates = (
        [_date(d, s, view.text, sentences, today) for d, s in zip(m.dates, opinion.dates, strict=True)]
        if opinion.dates
        else m.dates
    )
    relief = [_relief(r, shares) for r, shares in zip(m.relief, opinion.relief, strict=True)] if opinion.relief else m.relief
    return Mentions(tuple(places), tuple(date_roles.told_alike(list(dates))), tuple(relief))


MODEL_WEIGHT = {"P": 0.7, "D": 0.4, "R": 0.7}
"""How much an encoder's opinion on a role counts beside the rules' (measured on held-back writers)."""
_RULES_SHARE = 0.75
"""The share that a rule's role has at its surest; the rest is spread over the others."""


def best(shares: Shares, rule: str, strength: float, weight: float) -> tuple[str, float]:
    """The likeliest role and its share: the weighted geometric mean of the encoder's shares and the rule's."""
    sure = 0.25 + (_RULES_SHARE - 0.25) * strength
    rest = (1 - sure) / max(1, len(shares) - 1)
    raw = {k: max(s, 1e-6) ** weight * (sure if k == rule else rest) ** (1 - weight) for k, s in shares.items()}
    name = max(raw, key=lambda k: raw[k])
    return name, raw[name] / sum(raw.values())


def _place(p: RoledPlace, shares: Shares) -> RoledPlace:
    role, share = best(shares, p.role, p.strength, MODEL_WEIGHT["P"])
    return replace(p, role=role, strength=share)


def _date(d: RoledDate, shares: Shares, text: str, sentences: Sentences, today: date) -> RoledDate:
    role, share = best(shares, d.role.value, d.strength, MODEL_WEIGHT["D"])
    if role == "none":
        found = replace(d, role=DateRole.OTHER, strength=0.0)
    else:
        found = date_roles.resolve(d.mention, DateRole(role), d.cue, share, text, sentences, today)
    return replace(found, shares=tuple(shares.items()), ruled=(d.role, d.strength))


def _relief(r: JudgedRelief, shares: Shares) -> JudgedRelief:
    status, share = best(shares, r.status, r.strength, MODEL_WEIGHT["R"])
    pending = r.pending and status in ("handled", "background")
    return replace(r, status="background" if status == "none" else status, strength=share, pending=pending)
