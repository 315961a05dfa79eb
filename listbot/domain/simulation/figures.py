"""Figures of a policy over several runs, each with its 95 % confidence interval."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from math import sqrt
from statistics import mean, stdev

from listbot.domain.simulation.run import START, Outcome, Run

STUDENT = {2: 12.7, 3: 4.3, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36, 9: 2.31, 10: 2.26}
"""Two-sided 95 % quantiles of Student's t for so many runs; beyond ten, 2.1."""

PULL = 12
"""A state's share is drawn towards the mean as by so many needs placed like all others: few needs prove little."""

DEALS = 400
"""How often outcomes are dealt out anew to tell what luck alone does."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The contract of `listbot simulate --json`. Times are minutes; a need never placed counts with all the time it had."""

    policy: str
    needs: int
    values: dict[str, float]
    ci: dict[str, tuple[float, float]]

    def as_json(self) -> dict[str, object]:
        """One flat object."""
        row: dict[str, object] = {"policy": self.policy, "needs": self.needs}
        for name, value in self.values.items():
            row[name] = round(value, 4)
            row[f"{name}_ci"] = [round(bound, 4) for bound in self.ci[name]]
        return row


def summary(policy: str, runs: Sequence[Run], readers: int) -> Figures:
    """Figures of a policy. `readers` is how many a post to the list reaches: what a broadcast sends for each need."""
    measures: dict[str, Callable[[Run], float]] = {
        "placed_in_time": lambda run: mean(o.minutes is not None for o in run.outcomes),
        "asks_per_placement": lambda run: _per_placement(run, readers if policy == "broadcast" else 0),
        "first_yes_minutes_p50": lambda run: _quantile([_waited(o) for o in run.outcomes], 0.5),
        "first_yes_minutes_p90": lambda run: _quantile([_waited(o) for o in run.outcomes], 0.9),
        "asks_per_person_month_p50": lambda run: _quantile(_per_month(run), 0.5),
        "asks_per_person_month_p99": lambda run: _quantile(_per_month(run), 0.99),
        "asks_per_person_month_max": lambda run: max(_per_month(run), default=0.0),
        "load_gini": lambda run: gini(run.cases),
    }
    values = {name: mean(measure(run) for run in runs) for name, measure in measures.items()}
    intervals = {name: _interval([measure(run) for run in runs]) for name, measure in measures.items()}
    outcomes = [o for run in runs for o in run.outcomes]
    values["worst_state_ratio"] = _worst(outcomes)
    without_one = [[o for run in runs if run is not left_out for o in run.outcomes] for left_out in runs]
    intervals["worst_state_ratio"] = _jackknife(values["worst_state_ratio"], [_worst(rest) for rest in without_one])
    values["worst_state_by_luck"], intervals["worst_state_by_luck"] = _by_luck(outcomes)
    return Figures(policy, len(outcomes), values, intervals)


def gini(loads: Sequence[float]) -> float:
    """0 where everybody carries the same, 1 where one carries all."""
    total, number = sum(loads), len(loads)
    if not total:
        return 0.0
    ranked = sorted(loads)
    return 2 * sum(rank * load for rank, load in enumerate(ranked, 1)) / (number * total) - (number + 1) / number


def _waited(outcome: Outcome) -> float:
    return outcome.allowed if outcome.minutes is None else outcome.minutes


def _per_placement(run: Run, readers: int) -> float:
    placed = sum(o.minutes is not None for o in run.outcomes)
    mails = sum(o.asks for o in run.outcomes) + readers * len(run.outcomes)
    return mails / max(1, placed)


def _per_month(run: Run) -> list[float]:
    months = max(1, run.days // 30)
    return [float(count) for asked in run.asked_at for count in _months(asked, months)]


def _months(asked: Sequence[datetime], months: int) -> list[int]:
    counts = [0] * months
    for at in asked:
        month = (at - START).days // 30
        if month < months:
            counts[month] += 1
    return counts


def _worst(outcomes: Sequence[Outcome]) -> float:
    """The smallest share placed of any state over the share of all."""
    return _smallest([o.state for o in outcomes], [o.minutes is not None for o in outcomes])


def _smallest(states: Sequence[str], placed: Sequence[bool]) -> float:
    """Each state's share is drawn towards the mean, the more the fewer needs it had."""
    if not any(placed):
        return 0.0
    overall, had, met = mean(placed), Counter(states), Counter(compress(states, placed))
    return min((met[state] + PULL * overall) / (number + PULL) for state, number in had.items()) / overall


def _by_luck(outcomes: Sequence[Outcome]) -> tuple[float, tuple[float, float]]:
    """The worst state if none were worse than another: the same outcomes dealt out to the states anew; median and 95 % range.

    Of many states with few needs each the worst is far from the mean whatever a policy does; this tells how far.
    """
    states, placed = [o.state for o in outcomes], [o.minutes is not None for o in outcomes]
    dice = random.Random(DEALS)
    dealt = sorted(_smallest(states, dice.sample(placed, len(placed))) for _ in range(DEALS))
    return dealt[DEALS // 2], (dealt[DEALS // 40], dealt[-DEALS // 40])


def _quantile(values: Sequence[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def _interval(values: Sequence[float]) -> tuple[float, float]:
    middle = mean(values)
    if len(values) < 2:
        return middle, middle
    half = STUDENT.get(len(values), 2.1) * stdev(values) / sqrt(len(values))
    return middle - half, middle + half


def _jackknife(value: float, without_one: Sequence[float]) -> tuple[float, float]:
    number = len(without_one)
    if number < 2:
        return value, value
    middle = mean(without_one)
    half = STUDENT.get(number, 2.1) * sqrt((number - 1) / number * sum((x - middle) ** 2 for x in without_one))
    return value - half, value + half
