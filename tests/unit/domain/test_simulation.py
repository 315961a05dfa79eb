"""The simulation: repeatable, the same luck for every policy, and nobody asked more than their budget."""

from __future__ import annotations

from datetime import timedelta

import pytest

from listbot.domain.simulation import POLICIES, Assumptions, summary
from listbot.domain.simulation.figures import gini
from listbot.domain.simulation.run import simulate
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
    row = summary("listbot", [simulate(POLICIES["listbot"], shipped_rules(), SMALL, seed) for seed in (1, 2)], 120).as_json()
    for name in ("placed_in_time", "asks_per_placement", "first_yes_minutes_p50", "load_gini", "worst_state_ratio"):
        low, high = row[f"{name}_ci"]  # type: ignore[misc]
        assert low <= row[name] <= high


def test_gini_is_nought_for_equals_and_high_for_one_who_carries_all() -> None:
    assert gini([3, 3, 3, 3]) == pytest.approx(0)
    assert gini([0] * 99 + [5]) == pytest.approx(0.99)
