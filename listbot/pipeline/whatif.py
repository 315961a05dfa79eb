"""What a draft of the rules would have done: the last posts once more, under the rules in force and under the draft."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence

from listbot.domain.desk import PastNeed
from listbot.domain.eligibility import searched
from listbot.domain.registry import Candidate
from listbot.domain.replay import ByState, Changed, WhatIf, changed, compare, unlearned
from listbot.domain.rules import RuleSet
from listbot.pipeline.look import PROMISING
from listbot.pipeline.office import Office

AT_ONCE = 10
"""Needs compared before the event loop gets its turn."""

SMALL = 1000
"""A registry of so many is read once for all needs; of a larger one the most promising for each need, as the bot itself begins."""

MOST_SHOWN = 200
"""Needs that change and are named; all are counted."""


async def what_if(office: Office, draft: RuleSet, posts: int, progress: Callable[[float], Awaitable[None]]) -> WhatIf:
    """The needs of the last so many posts, compared; `progress` hears from 0 to 1.

    The registry is as it is now, without what was learned later; each post is looked at as of its own date.
    """
    past = await office.insight.past(posts)
    in_force = office.context.rules()
    near = await _nearby(office, in_force)
    found, shown = WhatIf(), list[Changed]()
    for start in range(0, len(past), AT_ONCE):
        some = [(one, await near(one)) for one in past[start : start + AT_ONCE]]
        figures, differing = await asyncio.to_thread(_compared, some, in_force, draft)
        found = found.plus(figures)
        shown += differing
        await progress((start + len(some)) / len(past))
    return found.naming(shown[-MOST_SHOWN:])


async def _nearby(office: Office, rules: RuleSet) -> Callable[[PastNeed], Awaitable[Sequence[Candidate]]]:
    """What finds the people of a need."""
    registry = office.context.registry
    if await registry.count() <= SMALL:
        people = ByState([unlearned(c) for c in await registry.takers()])

        async def among_all(past: PastNeed) -> Sequence[Candidate]:
            return people.reaching(past.need)

        return among_all

    known: dict[Hashable, Sequence[Candidate]] = {}

    async def most_promising(past: PastNeed) -> Sequence[Candidate]:
        need = past.need
        alike = (need.places, need.relief, need.languages, need.detained, need.minor)  # all that they are found by
        if alike not in known:
            known[alike] = [unlearned(c) for c in await registry.candidates(searched(need, rules), past.at, PROMISING)]
        return known[alike]

    return most_promising


def _compared(some: Sequence[tuple[PastNeed, Sequence[Candidate]]], old: RuleSet, new: RuleSet) -> tuple[WhatIf, list[Changed]]:
    figures, differing = WhatIf(), list[Changed]()
    for past, near in some:
        took = [past.taken_by] if past.taken_by else []
        comparison = compare(past.need, past.author, near, old, new, past.at, takers=took, seed=past.id)
        figures = figures.plus(WhatIf.of(comparison))
        if comparison.differs:
            differing.append(changed(past.id, past.need, past.at, comparison))
    return figures, differing
