"""What would have happened on past posts: one need under two rule sets, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from listbot.domain.mail import Address
from listbot.domain.matching import Match, Shortlist
from listbot.domain.promise import BROAD, states_around, states_of
from listbot.domain.reading import Need, Reading, difference
from listbot.domain.registry import Candidate, Standing
from listbot.domain.rules import RuleSet
from listbot.domain.shortlist import shortlists


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A need's first wave under the old and the new rules.

    `gone` would no longer be asked, each with the reason where a hard limit has it, `added` would be asked only now. `missed` are
    those who really took the case and whom the new rules keep out or would reach later than the old, `gained` those whom they would
    reach sooner.
    """

    old: Shortlist
    new: Shortlist
    kept: tuple[Match, ...]
    gone: tuple[tuple[Match, str], ...]
    added: tuple[Match, ...]
    missed: tuple[tuple[str, str], ...]
    gained: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[int, int]:
        """How many the first waves ask: old and new."""
        return len(self.kept) + len(self.gone), len(self.kept) + len(self.added)

    @property
    def differs(self) -> bool:
        """Whether anybody would notice."""
        return bool(self.gone or self.added or self.missed or self.gained)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A past need whose first wave would be another: names, each with the reason where there is one."""

    need: int
    about: Need
    at: datetime
    asks: tuple[int, int]  #: in the first wave before and after
    gone: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    gained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Many past needs under two rule sets, counted; and those that change, of very many the last."""

    needs: int = 0
    differing: int = 0  #: with another first wave
    before: int = 0  #: asks in first waves under the old rules
    after: int = 0  #: and under the new
    nobody: int = 0  #: needs that lose everybody who could be asked
    gained: int = 0  #: of those who really took a case, reached sooner
    missed: int = 0  #: of those, kept out or reached later
    changed: tuple[Changed, ...] = ()

    @classmethod
    def of(cls, one: Comparison) -> WhatIf:
        """The figures of one need."""
        return cls(
            needs=1,
            differing=int(one.differs),
            before=one.asks[0],
            after=one.asks[1],
            nobody=int(bool(one.old.matches) and not one.new.matches),
            gained=len(one.gained),
            missed=len(one.missed),
        )

    def plus(self, other: WhatIf) -> WhatIf:
        """Both together."""
        figures = ("needs", "differing", "before", "after", "nobody", "gained", "missed")
        return WhatIf(**{name: getattr(self, name) + getattr(other, name) for name in figures})

    def naming(self, changed: Sequence[Changed]) -> WhatIf:
        """With the needs that change."""
        return replace(self, changed=tuple(changed))


def changed(id: int, about: Need, at: datetime, comparison: Comparison) -> Changed:
    """What a moderator sees of a need whose first wave is another."""
    return Changed(
        need=id,
        about=replace(about, evidence={}),
        at=at,
        asks=comparison.asks,
        gone=tuple((match.name or match.email, why) for match, why in comparison.gone),
        added=tuple(match.name or match.email for match in comparison.added),
        missed=comparison.missed,
        gained=comparison.gained,
    )


def compare(
    need: Need,
    author: Address,
    candidates: Sequence[Candidate],
    old: RuleSet,
    new: RuleSet,
    at: datetime,
    *,
    takers: Collection[str] = (),
    seed: int = 0,
) -> Comparison:
    """One need at the time of its post. `takers` are the addresses of those who really took it, where that is known."""
    before, after = shortlists(need, author, candidates, [old, new], at, seed=seed)
    return beside(before, after, takers)


def beside(before: Shortlist, after: Shortlist, takers: Collection[str] = ()) -> Comparison:
    """Two lists of the same candidates; an empty one where the need was not found in the post."""
    first_old = {m.email: m for m in before.matches if m.wave == 1}
    first_new = {m.email: m for m in after.matches if m.wave == 1}
    reasons = {e.email: f"{e.rule}: {e.because}" for e in after.excluded}
    waves = {m.email: m.wave for m in after.matches}
    return Comparison(
        old=before,
        new=after,
        kept=tuple(m for email, m in first_new.items() if email in first_old),
        gone=tuple((m, _where(email, reasons, waves)) for email, m in first_old.items() if email not in first_new),
        added=tuple(m for email, m in first_new.items() if email not in first_old),
        missed=tuple(_missed(before, waves, reasons, takers)),
        gained=tuple(_gained(before, waves, takers)),
    )


def _where(email: str, reasons: dict[str, str], waves: dict[str, int]) -> str:
    return reasons.get(email) or (f"wave {waves[email]}" if email in waves else "the post is read otherwise")


def _missed(before: Shortlist, waves: dict[str, int], reasons: dict[str, str], takers: Collection[str]) -> list[tuple[str, str]]:
    earlier = {m.email: m.wave for m in before.matches}
    known = [email for email in takers if email in earlier]
    return [(e, _where(e, reasons, waves)) for e in known if e not in waves or waves[e] > earlier[e]]


def _gained(before: Shortlist, waves: dict[str, int], takers: Collection[str]) -> list[str]:
    earlier = {m.email: m.wave for m in before.matches}
    return [email for email in takers if email in waves and waves[email] < earlier.get(email, waves[email] + 1)]


class ByState:
    """The registry by state, so that a need looks only at those who could reach it."""

    def __init__(self, everybody: Sequence[Candidate]) -> None:
        self._by_state: dict[str, list[Candidate]] = defaultdict(list)
        for one in everybody:
            taker = one.taker
            states = states_of(taker)
            for state in {""} if taker.remote or not states else states:
                self._by_state[state].append(one)

    def reaching(self, need: Need) -> Sequence[Candidate]:
        """Those who reach the need's states and share a relief, as `Registry.candidates` narrows: unknown means any."""
        wanted = set(need.relief)
        states = ("", *sorted(states_around(need))) if need.states else tuple(self._by_state)
        found = {c.id: c for state in states for c in self._by_state.get(state, ())}
        if not wanted or wanted & BROAD:
            return list(found.values())
        return [c for c in found.values() if not c.taker.relief or (wanted | BROAD) & c.taker.relief.keys()]


def unlearned(candidate: Candidate) -> Candidate:
    """The entry without what was learned after the posts; a stop or a bounce stays."""
    known = candidate.standing
    return replace(candidate, standing=Standing(opted_out_at=known.opted_out_at, bounced_at=known.bounced_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A need of a past post, as the old rules read it and as the new do; None where one of them finds no such need.

    `takers` really took it, where that is known. `read` says what is read otherwise, in words.
    """

    name: str
    subject: str
    author: Address
    at: datetime
    before: Need | None
    need: Need | None
    read: tuple[str, ...] = ()
    takers: frozenset[str] = frozenset()
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One past need, compared. `what` says relief and place in plain words."""

    past: Past
    what: str
    comparison: Comparison

    @property
    def differs(self) -> bool:
        """Whether anybody would notice."""
        return self.comparison.differs or bool(self.past.read)


def paired(before: Sequence[Need], after: Sequence[Need]) -> list[tuple[Need | None, Need | None]]:
    """The needs of two readings of one post, each beside the one most like it; what only one of them has, beside None."""
    left, pairs = list(before), list[tuple[Need | None, Need | None]]()
    for need in after:
        like = min(left, key=lambda one: len(difference(one, need)), default=None)
        if like is not None:
            left.remove(like)
        pairs.append((like, need))
    return [*pairs, *((need, None) for need in left)]


def read_otherwise(old: Reading, new: Reading, before: Need | None, need: Need | None) -> tuple[str, ...]:
    """What two readings of a post understand differently of one need, in words."""
    said = []
    if old.kind is not new.kind:
        said.append(f"read as {new.kind}, before as {old.kind}")
    if old.hold != new.hold:
        said.append(f"held: {new.hold}" if new.hold else f"no longer held: {old.hold}")
    if before is None or need is None:
        return (*said, "this client is found only now" if need else "this client is no longer found")
    return (*said, *(f"{name}: {_words(then)} → {_words(now)}" for name, (then, now) in difference(before, need).items()))


def _words(value: object) -> str:
    """A value of `difference` in words."""
    if value is None or value == []:
        return "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
