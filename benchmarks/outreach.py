"""Outreach against simulated takers: policies side by side under the same people, posts and luck; then under wrong assumptions.

    python -m benchmarks.outreach [--runs 6] [--svg outreach.svg]

What people do is assumed (`listbot.domain.simulation.behaviour`), so that only the comparison counts. Goals: 10 points more
placed in time than broadcast, at most 12 asks a placement, nobody asked more than their budget, half of first yeses no later
than broadcast's, the worst state at least 0.8 of the mean. Broadcast is the post to the list alone; the others ask beside it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from listbot.adapters import rulefiles
from listbot.cli.simulate import compare
from listbot.domain.simulation import POLICIES, Assumptions
from listbot.domain.simulation.figures import Figures

SENSITIVITY = {
    "as assumed": Assumptions(),
    "answer rates halved": Assumptions(rate_factor=0.5),
    "a third of the registry stale": Assumptions(stale=0.34),
    "half the deadlines unknown": Assumptions(unknown_deadlines=0.5),
}
BUDGET = 4
"""The largest number of asks a month that anybody in the invented registry names."""


def show(name: str, rows: list[Figures]) -> None:
    """A table of one set of assumptions."""
    print(f"\n{name}: {rows[0].needs} needs a policy")
    print(
        "policy     placed in time      asks/placed   first yes p50, p90 (min)  asks/month p50 p99 max  Gini  worst state, by luck"
    )
    for row in rows:
        v, ci = row.values, row.ci
        low, high = ci["placed_in_time"]
        print(
            f"{row.policy:9} {v['placed_in_time']:6.3f} ({low:.3f}-{high:.3f}) {v['asks_per_placement']:12.1f} "
            f"{v['first_yes_minutes_p50']:13.0f} {v['first_yes_minutes_p90']:10.0f} "
            f"{v['asks_per_person_month_p50']:16.1f} {v['asks_per_person_month_p99']:4.1f} {v['asks_per_person_month_max']:4.1f} "
            f"{v['load_gini']:9.2f} {v['worst_state_ratio']:8.2f} {v['worst_state_by_luck']:9.2f}"
        )


def missed(rows: list[Figures]) -> list[str]:
    """The goals that were missed."""
    by_name = {row.policy: row.values for row in rows}
    ours, list_alone = by_name["listbot"], by_name["broadcast"]
    goals = {
        "10 points more placed than broadcast": ours["placed_in_time"] >= list_alone["placed_in_time"] + 0.1,
        "at most 12 asks a placement": ours["asks_per_placement"] <= 12,
        "nobody asked more than the budget": ours["asks_per_person_month_max"] <= BUDGET,
        "first yes p50 no later than broadcast": ours["first_yes_minutes_p50"] <= list_alone["first_yes_minutes_p50"],
        "worst state at least 0.8 of the mean": ours["worst_state_ratio"] >= 0.8,
    }
    return [goal for goal, held in goals.items() if not held]


def picture(rows: list[Figures]) -> str:
    """Placed in time beside asks a placement, as SVG bars."""
    bars = []
    for index, row in enumerate(rows):
        y, placed = 30 + index * 34, row.values["placed_in_time"]
        low, high = row.ci["placed_in_time"]
        asks = row.values["asks_per_placement"]
        bars.append(
            f'<text x="0" y="{y + 14}">{row.policy}</text>'
            f'<rect x="90" y="{y}" width="{placed * 300:.0f}" height="20" fill="#4a7"/>'
            f'<line x1="{90 + low * 300:.0f}" x2="{90 + high * 300:.0f}" y1="{y + 10}" y2="{y + 10}" stroke="#000"/>'
            f'<text x="400" y="{y + 14}">{placed:.0%}, {asks:.1f} asks a placement</text>'
        )
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 220" font-family="sans-serif" font-size="13">'
    return f'{head}<text x="90" y="18">placed in time (95 % interval)</text>{"".join(bars)}</svg>\n'


def main() -> int:
    """Print the figures; 1 where a goal is missed as assumed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=6)
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    rules, failed = rulefiles.load(), list[str]()
    for name, assumed in SENSITIVITY.items():
        rows = compare(list(POLICIES), rules, assumed, range(1, options.runs + 1))
        show(name, rows)
        if name == "as assumed":
            failed = missed(rows)
            if options.svg:
                options.svg.write_text(picture(rows), encoding="utf-8")
    for goal in failed:
        print(f"missed: {goal}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
