"""Gives people to needs greedily, without a solver. See `ports.Assigner`."""

from __future__ import annotations

from collections.abc import Mapping

from listbot.domain.docket import Problem


def assign(problem: Problem) -> Mapping[int, frozenset[int]]:
    """The pair worth most first, then the next of those still free, until every need has as many as it wants."""
    pairs = sorted(
        (-value, need, taker) for need, people in problem.worth.items() for taker, value in people.items() if value > 0
    )
    given: dict[int, set[int]] = {need: set() for need in problem.wanted}
    taken = set[int]()
    for _, need, taker in pairs:
        if taker not in taken and len(given[need]) < problem.wanted[need]:
            given[need].add(taker)
            taken.add(taker)
    return {need: frozenset(people) for need, people in given.items()}
