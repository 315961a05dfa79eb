"""What a draft of the rules would have done: the last posts once more, under the rules in force and under the draft."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from listbot.domain.desk import PastNeed
from listbot.domain.replay import ByState, Comparison, compare, unlearned
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
    people = ByState([unlearned(c) for c in await office.context.registry.takers()])
    found: list[Tried] = []
    for start in range(0, len(past), AT_ONCE):
        some = past[start : start + AT_ONCE]
        found += await asyncio.to_thread(_compared, some, people, in_force, draft)
        progress((start + len(some)) / len(past))
    return found


def _compared(some: Sequence[PastNeed], people: ByState, old: RuleSet, new: RuleSet) -> list[Tried]:
    tried = []
    for one in some:
        took = [one.taken_by] if one.taken_by else []
        near = people.reaching(one.need)
        tried.append(Tried(one, compare(one.need, one.author, near, old, new, one.at, takers=took, seed=one.id)))
    return tried
