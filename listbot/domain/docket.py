"""Several needs at once: a problem for a solver, so that they do not all ask the same person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from listbot.domain.chance import how_many
from listbot.domain.matching import Match
from listbot.domain.reading import Need
from listbot.domain.rules import RuleSet
from listbot.domain.urgency import certainty_of_wave, urgency_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Who could be given to which need, and what that is worth.

    `worth[need][taker]` is the score over the waves there is time for; `wanted[need]` how many people its next wave takes.
    Each taker goes to one need at most. Whoever no need wants is free to all.
    """

    worth: Mapping[int, Mapping[int, float]]
    wanted: Mapping[int, int]


def problem(shortlists: Mapping[int, Sequence[Match]], needs: Mapping[int, Need], rules: RuleSet, now: datetime) -> Problem:
    """The problem of the first waves of these needs. The more urgent a need, the more its people are worth."""
    worth, wanted = {}, {}
    for id, matches in shortlists.items():
        step = urgency_of(needs[id], rules.outreach, now)
        certainty = certainty_of_wave(rules.outreach.certainty, step.waves)
        number = how_many([m.chance for m in matches], certainty)
        wanted[id] = min(len(matches), step.most, max(rules.outreach.least, number))
        worth[id] = {m.taker_id: m.score / step.waves for m in matches[: 4 * wanted[id] + 10]}
    return Problem(worth, wanted)


def shared(shortlists: Mapping[int, Sequence[Match]], given: Mapping[int, frozenset[int]]) -> dict[int, list[Match]]:
    """The shortlists again, each without the people given to another need; order unchanged."""
    owner = {taker: need for need, takers in given.items() for taker in takers}
    return {need: [m for m in matches if owner.get(m.taker_id, need) == need] for need, matches in shortlists.items()}
