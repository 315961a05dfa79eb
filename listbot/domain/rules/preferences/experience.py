"""Those who do this kind of case often come before those who would with a mentor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.reasons import Reason
from listbot.domain.registry import Candidate, Level
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case

_ORDER = tuple(Level)
_SAID = {
    Level.EXPERT: ("often", "you named {} as something you do often"),
    Level.ABLE: ("does", "you named {} as something you do"),
    Level.MENTORED: ("with_mentor", "you would take {} with a mentor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience(Preference):
    """The mean, over the reliefs asked for, of the taker's experience with each."""

    expert: float = field(default=1.0, metadata=about("value of doing it often", least=0, most=1))
    able: float = field(default=0.8, metadata=about("value of having done it", least=0, most=1))
    mentored: float = field(default=0.35, metadata=about("value of being willing with a mentor", least=0, most=1))
    mentor_offered: float = field(
        default=0.65, metadata=about("the same where the post offers a mentor or co-counsel", least=0, most=1)
    )
    covering: float = field(
        default=0.6,
        metadata=about(
            "share of its value that experience with a relief keeps that only covers the one asked for", least=0, most=1
        ),
    )
    not_named: float = field(
        default=0.1, metadata=about("value of a relief the taker did not name beside others", least=0, most=1)
    )

    def concerns(self, case: Case) -> bool:
        """See `Preference`."""
        return bool(case.need.relief)

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        asked, named = case.need.relief, candidate.taker.relief
        if not named:
            return Judgement(self.unknown)
        total, best = 0.0, ""
        for relief in asked:
            total += self._worth(relief, named, case)
            if relief in named and (not best or _ORDER.index(named[relief]) < _ORDER.index(named[best])):
                best = relief
        best = best or next((other for relief in asked for other in _covering(relief, named, case)), "")
        return Judgement(total / len(asked), _said(named[best], case.label(best)) if best else "")

    def _worth(self, relief: str, named: Mapping[str, Level], case: Case) -> float:
        """What somebody's experience is worth for one relief asked for."""
        if relief in named:
            return self._value(named[relief], case)
        near = _covering(relief, named, case)
        return max(self.not_named, self.covering * self._value(named[near[0]], case)) if near else self.not_named

    def _value(self, level: Level, case: Case) -> float:
        if level is Level.MENTORED:
            return self.mentor_offered if case.need.supervision else self.mentored
        return self.expert if level is Level.EXPERT else self.able


def _said(level: Level, label: str) -> Reason:
    kind, words = _SAID[level]
    return Reason(kind, words.format(label), relief=label)


def _covering(relief: str, named: Mapping[str, Level], case: Case) -> list[str]:
    """The reliefs named of which one is enough for another, what is done most often first."""
    return sorted(case.covered_by.get(relief, frozenset()) & named.keys(), key=lambda other: (_ORDER.index(named[other]), other))
