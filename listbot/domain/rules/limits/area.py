"""Nobody is asked to work where they said they do not."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, Taker
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Limit):
    """States served and radius bind where they are stated; a yes to remote work opens both.

    Whoever stated neither is kept out of other states only by a plain no to remote work. A need whose place is unknown is
    nobody's wrong area.
    """

    remote_for_detained: bool = field(default=True, metadata=about("a yes to remote work counts for detained clients too"))

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.states or case.points)

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        taker = candidate.taker
        if self._remote(case, taker):
            return None
        where = " or ".join(sorted(case.states)) or "the place"
        if case.states and taker.service_states and not case.states & taker.service_states:
            return f"serves {', '.join(sorted(taker.service_states))} and not {where}"
        miles = case.least_miles(taker)
        if taker.radius_miles is not None and miles is not None and miles > taker.radius_miles:
            return f"is {'' if case.points else 'at least '}{miles:.0f} miles away and goes {taker.radius_miles}"
        stated = taker.service_states or (taker.radius_miles is not None and miles is not None)
        if case.states and not stated and taker.remote is False and taker.state and taker.state not in case.states:
            return f"is in {taker.state}, works in person only, and the case is in {where}"
        return None

    def _remote(self, case: Case, taker: Taker) -> bool:
        if not taker.remote or case.need.remote is False:
            return False
        return self.remote_for_detained or not case.need.detained
