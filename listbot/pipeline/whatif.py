"""What a draft of the rules would have done: the last posts once more, under the rules in force and under the draft."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from listbot.domain.desk import PastNeed
from listbot.domain.promise import BROAD, states_of
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate, Standing
from listbot.domain.replay import Comparison, compare
from listbot.domain.rules import RuleSet
from listbot.pipeline.office import Office

AT_ONCE = 10
"""Needs compared before the event loop gets its turn."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One past need under both rule sets."""

    past: PastNeed
    comparison: Comparison


async def what_if(office: Office, draft: RuleSet, posts: int, progress: Callable[[float], None]) -> list[Tried]:
    """The needs of the last so many posts, compared; `progress` hears from 0 to 1.

    The registry is as it is now, without what was learned later; each post is looked at as of its own date.
    """
    past = await office.insight.past(posts)
    in_force = office.context.rules()
    people = _People([_unlearned(c) for c in await office.context.registry.takers()])
    found: list[Tried] = []
    for start in range(0, len(past), AT_ONCE):
        some = past[start : start + AT_ONCE]
        found += await asyncio.to_thread(_compared, some, people, in_force, draft)
        progress((start + len(some)) / len(past))
    return found


def _compared(some: Sequence[PastNeed], people: _People, old: RuleSet, new: RuleSet) -> list[Tried]:
    tried = []
    for one in some:
        took = [one.taken_by] if one.taken_by else []
        near = people.reaching(one.need)
        tried.append(Tried(one, compare(one.need, one.author, near, old, new, one.at, takers=took, seed=one.id)))
    return tried


class _People:
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
        states = ("", *sorted(need.states)) if need.states else tuple(self._by_state)
        found = {c.id: c for state in states for c in self._by_state.get(state, ())}
        if not wanted or wanted & BROAD:
            return list(found.values())
        return [c for c in found.values() if not c.taker.relief or (wanted | BROAD) & c.taker.relief.keys()]


def _unlearned(candidate: Candidate) -> Candidate:
    """The entry without what was learned after the posts; a stop or a bounce stays."""
    known = candidate.standing
    return replace(candidate, standing=Standing(opted_out_at=known.opted_out_at, bounced_at=known.bounced_at))
