"""Sharing people out among needs: the solver, and its greedy twin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.adapters import assignment
from listbot.adapters.memory import assignment as greedy
from listbot.domain.docket import Problem
from listbot.pipeline.ports import Assigner

WORTH = st.dictionaries(st.integers(1, 4), st.dictionaries(st.integers(1, 9), st.floats(0.01, 1), max_size=9), min_size=1)
BOTH = pytest.mark.parametrize("assign", [assignment.assign, greedy.assign], ids=["solver", "greedy"])


@BOTH
@given(WORTH, st.integers(1, 4))
def test_nobody_is_given_twice_and_no_need_more_than_it_wants(
    assign: Assigner, worth: dict[int, dict[int, float]], wanted: int
) -> None:
    given = assign(Problem(worth, dict.fromkeys(worth, wanted)))
    everybody = [taker for takers in given.values() for taker in takers]
    assert set(given) == set(worth)
    assert len(set(everybody)) == len(everybody)
    for need_id, takers in given.items():
        assert len(takers) <= wanted
        assert takers <= set(worth[need_id])


@BOTH
def test_nobody_who_is_free_is_left_out_while_a_need_wants_more(assign: Assigner) -> None:
    given = assign(Problem({1: {10: 0.9, 11: 0.4}, 2: {10: 0.5, 12: 0.3}}, {1: 1, 2: 2}))
    assert given == {1: {10}, 2: {12}}


@BOTH
def test_without_anybody_each_need_gets_nobody(assign: Assigner) -> None:
    assert assign(Problem({1: {}, 2: {}}, {1: 2, 2: 0})) == {1: frozenset(), 2: frozenset()}
