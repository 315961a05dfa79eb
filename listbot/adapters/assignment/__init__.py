"""Gives people to needs by SciPy's assignment solver. See `domain.docket`."""

from __future__ import annotations

from collections.abc import Mapping

from listbot.domain.docket import Problem


def assign(problem: Problem) -> Mapping[int, frozenset[int]]:
    """The people of each need: the greatest worth in all, nobody twice, no need more than it wants.

    The worth of a need's later people counts less than that of its first, so that two needs of equal worth share rather than one
    taking all: each need has as many numbered places as it wants, and a place's worth falls with its number.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    places = [(need, number) for need, wanted in problem.wanted.items() for number in range(wanted)]
    takers = sorted({taker for people in problem.worth.values() for taker in people})
    if not places or not takers:
        return {need: frozenset() for need in problem.wanted}
    column = {taker: index for index, taker in enumerate(takers)}
    worth = np.zeros((len(places), len(takers)))
    for row, (need, number) in enumerate(places):
        for taker, value in problem.worth[need].items():
            worth[row, column[taker]] = value / (1 + 0.2 * number)
    given: dict[int, set[int]] = {need: set() for need in problem.wanted}
    for row, index in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
        if worth[row, index] > 0:
            given[places[row][0]].add(takers[index])
    return {need: frozenset(people) for need, people in given.items()}
