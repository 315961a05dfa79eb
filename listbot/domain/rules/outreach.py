"""How people are asked: how many at once, how long to wait, and how likely an answer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from listbot.domain.registry import TakerKind
from listbot.domain.rules.base import about
from listbot.domain.rules.capacity_question import CapacityQuestion
from listbot.domain.rules.follow_up import FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """What is done while so much time is left; the first step whose time is not yet over counts."""

    name: str = field(metadata=about("what moderators call it"))
    within_hours: float | None = field(
        default=None, metadata=about("working hours left until the deadline, at most; none: any time, or no deadline", least=0)
    )
    waves: int = field(metadata=about("over how many waves the asks are spread; 1: everybody needed at once", least=1))
    pause_hours: float = field(metadata=about("working hours between two waves", least=0))
    most: int = field(default=20, metadata=about("people asked at once, at most", least=1))
    ignore_quiet: bool = field(default=False, metadata=about("yes: ask at night and on days off too"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceRules:
    """How the chance of a yes is estimated: a belief for everybody, moved by each one's own answers."""

    answers: float = field(
        default=0.2, metadata=about("share of asks that somebody never asked before answers at all", least=0.001, most=0.999)
    )
    answers_by_kind: Mapping[TakerKind, float] = field(
        default_factory=dict, metadata=about("the same for single kinds of takers", least=0.001, most=0.999)
    )
    answers_strength: float = field(default=2.5, metadata=about("how many own asks weigh as much as that belief", least=0.1))
    yes: float = field(
        default=0.35, metadata=about("share of answers that are a yes, at a middling fit", least=0.001, most=0.999)
    )
    yes_strength: float = field(default=4, metadata=about("how many own answers weigh as much as that belief", least=0.1))
    half_life_days: float = field(default=365, metadata=about("days after which an old ask or answer counts half", least=1))
    fit_slope: float = field(
        default=3.0, metadata=about("how much a good fit raises the odds of a yes: e to this, from worst to best", least=0)
    )
    fit_middle: float = field(default=0.6, metadata=about("a middling fit"))
    fatigue: float = field(default=0.75, metadata=about("what each ask of the last 30 days leaves of the odds", least=0, most=1))
    open_ask: float = field(default=0.6, metadata=about("what an ask not yet answered leaves of the odds", least=0, most=1))
    active_days: float = field(default=60, metadata=about("an answer within so many days shows somebody who reads mail", least=1))
    active: float = field(default=1.3, metadata=about("how much such an answer raises the odds", least=0.1))
    quiet: float = field(default=0.7, metadata=about("what a night or day off leaves of the odds", least=0, most=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """Waves, pauses, quiet hours, learning."""

    certainty: float = field(
        default=0.95, metadata=about("wanted certainty that somebody says yes before the time is up", least=0.05, most=0.999)
    )
    least: int = field(default=2, metadata=about("people in a wave, at least", least=1))
    urgency: tuple[Urgency, ...] = field(metadata=about("steps, the most urgent first; the last one has no hours"))
    margin_hours: float = field(default=8, metadata=about("working hours a taker needs before the deadline", least=0))
    quiet_from: time = field(default=time(20, 0), metadata=about("beginning of the night, by the taker's own clock"))
    quiet_until: time = field(default=time(8, 0), metadata=about("end of the night"))
    days_off: bool = field(default=True, metadata=about("weekends and federal holidays are quiet too"))
    closed: frozenset[date] = field(default=frozenset(), metadata=about("further days off"))
    first_wave_any_time: bool = field(
        default=True,
        metadata=about(
            "the first wave of a need does not wait for the morning: a mail wakes nobody, and whoever is up may have room"
        ),
    )
    again_hours: float = field(default=12, metadata=about("working hours until another look where nobody is left", least=1))
    zone: str = field(default="America/New_York", metadata=about("time zone of takers whose state is unknown", of="zone"))
    answer_median_minutes: float = field(default=47, metadata=about("half of those who answer have done so by then", least=0.1))
    answer_spread: float = field(
        default=1.9, metadata=about("spread of answer times: standard deviation of their logarithm", least=0.1)
    )
    learning: float = field(
        default=0.07, metadata=about("share of asks that go to people never asked, to learn of them", least=0, most=1)
    )
    chance_weight: float = field(
        default=0.4, metadata=about("how much the chance of a yes counts in the order, beside the fit", least=0, most=1)
    )
    good_chance: float = field(default=0.5, metadata=about("a chance of a yes that is worth full value", least=0.01, most=1))
    least_chance: float = field(
        default=0.01, metadata=about("chance of a yes below which an ask is not worth what it costs", least=0, most=0.5)
    )
    chance: ChanceRules = field(default=ChanceRules(), metadata=about("how the chance of a yes is estimated"))
    capacity_question: CapacityQuestion = field(
        default=CapacityQuestion(), metadata=about("how it is asked, now and then, how much room somebody has")
    )
    follow_up: FollowUp = field(default=FollowUp(), metadata=about("what is done between a yes and the end of a need"))
