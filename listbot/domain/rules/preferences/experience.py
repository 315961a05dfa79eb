"""Those who do this kind of case often come before those who would with a mentor."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, Level
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case

_SAID = {
    Level.EXPERT: "you named {} as something you do often",
    Level.ABLE: "you named {} as something you do",
    Level.MENTORED: "you would take {} with a mentor",
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
    not_named: float = field(
        default=0.1, metadata=about("value of a relief the taker did not name beside others", least=0, most=1)
    )

    def judge(self, case: Case, candidate: Candidate) -> Judgement | None:
        """See `Preference`."""
        asked, named = case.need.relief, candidate.taker.relief
        if not asked:
            return None
        if not named:
            return Judgement(self.unknown)
        values = {
            Level.EXPERT: self.expert,
            Level.ABLE: self.able,
            Level.MENTORED: self.mentor_offered if case.need.supervision else self.mentored,
        }
        levels = {relief: named[relief] for relief in asked if relief in named}
        value = sum(values[levels[r]] if r in levels else self.not_named for r in asked) / len(asked)
        said = [r for level in Level for r in asked if levels.get(r) is level]
        return Judgement(value, _SAID[levels[said[0]]].format(case.label(said[0])) if said else "")
