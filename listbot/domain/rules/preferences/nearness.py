"""The nearer the office, the better."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.reasons import Reason
from listbot.domain.registry import Candidate, Taker
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case

_REMOTELY = Reason("remote", "you take cases remotely")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness(Preference):
    """Full value next door, half of it at `half_at_miles`; never less than state, service or remote work are worth."""

    half_at_miles: float = field(default=60, metadata=about("miles at which nearness is worth half", least=1))
    same_state: float = field(default=0.55, metadata=about("value of an office in the state, however far", least=0, most=1))
    serves_state: float = field(default=0.5, metadata=about("value of serving the state from elsewhere", least=0, most=1))
    remote: float = field(default=0.3, metadata=about("value of a yes to remote work", least=0, most=1))
    remote_detained: float = field(
        default=0.1, metadata=about("the same for a detained client, who has to be visited", least=0, most=1)
    )
    elsewhere: float = field(default=0.05, metadata=about("value where nothing speaks for the place", least=0, most=1))
    say_within: float = field(default=150, metadata=about("miles within which the distance is said to the taker"))

    def concerns(self, case: Case) -> bool:
        """See `Preference`."""
        return bool(case.states or case.points)

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        taker, miles = candidate.taker, case.miles(candidate.taker)
        best = self._standing(case, taker)
        if miles is None:
            return best
        near = self.half_at_miles / (self.half_at_miles + miles)
        if miles > self.say_within:
            return Judgement(max(near, best.value), best.reason)
        place = case.nearest_place(taker)
        return Judgement(max(near, best.value), _distance(miles, place))

    def _standing(self, case: Case, taker: Taker) -> Judgement:
        if taker.state and taker.state in case.states:
            state = case.state_name(taker.state)
            return Judgement(self.same_state, Reason("in_state", f"you are in {state}", place=state))
        if served := sorted(taker.service_states & case.states):
            state = case.state_name(served[0])
            return Judgement(self.serves_state, Reason("serves", f"you take cases in {state}", place=state))
        if taker.remote and case.need.remote is not False:
            return Judgement(self.remote_detained if case.need.detained else self.remote, _REMOTELY)
        if not taker.state and not taker.service_states:
            return Judgement(self.unknown)
        return Judgement(self.elsewhere)


def _distance(miles: float, place: str) -> Reason:
    if miles < 2:
        return Reason("in_place", f"you are in {place}", place=place)
    return Reason("miles_from", f"you are {miles:.0f} miles from {place}", miles=round(miles), place=place)
