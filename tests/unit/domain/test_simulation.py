"""The simulation: repeatable, the same luck for every policy, and nobody asked more than their budget."""

from __future__ import annotations

from datetime import timedelta

import pytest

from listbot.domain.simulation import POLICIES, Assumptions, summary
from listbot.domain.simulation.figures import gini
from listbot.domain.simulation.run import Outcome, Run, simulate
from tests.unit.domain.builders import shipped_rules

SMALL = Assumptions(takers=120, needs=25, days=60)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_seed_gives_the_same_run(policy: str) -> None:
    first, again = (simulate(POLICIES[policy], shipped_rules(), SMALL, 3) for _ in range(2))
    assert first == again
    assert len(first.outcomes) == SMALL.needs


def test_nobody_is_asked_more_often_than_the_largest_budget() -> None:
    run = simulate(POLICIES["listbot"], shipped_rules(), Assumptions(takers=60, needs=80, days=60), 1)
    for asked in run.asked_at:
        for at in asked:
            assert sum(timedelta(0) <= at - other < timedelta(days=30) for other in asked) <= 4


def test_asking_places_more_than_the_list_alone() -> None:
    placed = {
        name: summary(name, [simulate(POLICIES[name], shipped_rules(), SMALL, seed) for seed in range(3)], 120).values[
            "placed_in_time"
        ]
        for name in ("broadcast", "listbot")
    }
    assert placed["listbot"] > placed["broadcast"]


def test_figures_carry_their_intervals() -> None:
    figures = summary("listbot", [simulate(POLICIES["listbot"], shipped_rules(), SMALL, seed) for seed in (1, 2)], 120)
    assert {"placed_in_time", "asks_per_placement", "worst_state_ratio", "worst_state_by_luck"} < figures.values.keys()
    for name, value in figures.values.items():
        low, high = figures.ci[name]
        assert low <= value <= high
        assert figures.as_json()[f"{name}_ci"] == [round(low, 4), round(high, 4)]


def test_the_worst_of_alike_states_is_what_luck_makes_of_it_and_one_left_behind_is_worse() -> None:
    def outcomes(left_behind: str) -> tuple[Outcome, ...]:
        return tuple(
            Outcome(state=state, minutes=None if number % 4 == 0 or state == left_behind else 60.0, allowed=600, asks=5, lead=1)
            for state in ("AZ", "GA", "NC", "TX")
            for number in range(40)
        )

    def ratios(left_behind: str) -> tuple[float, float]:
        values = summary("listbot", [Run(outcomes(left_behind), (), (), 30)], 0).values
        return values["worst_state_ratio"], values["worst_state_by_luck"]

    worst, by_luck = ratios("")
    assert worst == pytest.approx(1)
    assert 0.8 < by_luck < 1
    worst, by_luck = ratios("GA")
    assert worst < 0.4 < by_luck


def test_gini_is_nought_for_equals_and_high_for_one_who_carries_all() -> None:
    assert gini([3, 3, 3, 3]) == pytest.approx(0)
    assert gini([0] * 99 + [5]) == pytest.approx(0.99)
