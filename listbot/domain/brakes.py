"""How much mail may leave before somebody looks: a brake holds, and tells; it never drops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from listbot.domain.work import Letter, Traffic

FREE = frozenset({"trouble", "sign_in"})
"""Letters that no brake holds: they tell of it, or somebody waits for them at a screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brakes:
    """Letters at most: to one person in a day, about one need in a day, in all in an hour. `exempt`: moderators, by address."""

    person_day: int = 10
    need_day: int = 250
    hour: int = 2000
    exempt: frozenset[str] = frozenset()


def held_back(letters: Iterable[Letter], traffic: Traffic, brakes: Brakes) -> dict[str, str]:
    """Keys of those letters that must wait for a moderator, and why; the others leave."""
    people, needs, hour = Counter(traffic.people), Counter(traffic.needs), traffic.hour
    held: dict[str, str] = {}
    for letter in letters:
        if letter.kind in FREE:
            continue
        why = ""
        if letter.recipient not in brakes.exempt and people[letter.recipient] >= brakes.person_day:
            why = f"brake: one person gets {brakes.person_day} letters a day at the most"
        elif letter.need is not None and needs[letter.need] >= brakes.need_day:
            why = f"brake: {brakes.need_day} letters a day leave about one need at the most"
        elif hour >= brakes.hour:
            why = f"brake: {brakes.hour} letters an hour leave at the most"
        if why:
            held[letter.key] = why
            continue
        people[letter.recipient] += 1
        needs[letter.need or 0] += letter.need is not None
        hour += 1
    return held
