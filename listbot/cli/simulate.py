"""`listbot simulate`: outreach against simulated takers, policies side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from listbot.cli import tables
from listbot.cli.common import JsonOption, print_json
from listbot.domain.errors import ConfigError

if TYPE_CHECKING:
    from listbot.domain.rules import RuleSet
    from listbot.domain.simulation import Assumptions
    from listbot.domain.simulation.figures import Figures
    from listbot.domain.simulation.run import Run

TARGETS = "goals: 10 points more placed than broadcast, at most 12 asks a placement, worst state at least 0.8 of the mean"


def simulate(
    policy: Annotated[list[str] | None, typer.Option("--policy", help="One policy, or several; all without.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same people and luck.")] = 1,
    runs: Annotated[int, typer.Option("--runs", min=1, max=200, help="Runs, each with its own people.")] = 6,
    takers: Annotated[int, typer.Option("--takers", min=10, help="People in the registry.")] = 500,
    needs: Annotated[int, typer.Option("--needs", min=1, help="Needs in each run.")] = 240,
    days: Annotated[int, typer.Option("--days", min=30, help="Length of each run.")] = 120,
    assume: Annotated[list[str] | None, typer.Option("--assume", help="Another assumption: rate_factor=0.5.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="A folder of rules instead of the shipped ones.")] = None,
    json: JsonOption = False,
) -> None:
    """Outreach against simulated takers: placement, time, mail per placement. Nothing is sent, nobody is real."""
    from listbot.adapters import rulefiles
    from listbot.domain.simulation import POLICIES, Assumptions

    chosen = policy or list(POLICIES)
    for name in chosen:
        if name not in POLICIES:
            raise ConfigError(f"there is no policy {name}; there are: {', '.join(POLICIES)}")
    assumed = _assumed(Assumptions(takers=takers, needs=needs, days=days), assume or [])
    figures = compare(chosen, rulefiles.load(rules), assumed, range(seed, seed + runs))
    if json:
        for row in figures:
            print_json(row.as_json())
    else:
        _show(figures)


def compare(policies: list[str], rules: RuleSet, assumed: Assumptions, seeds: range) -> list[Figures]:
    """Figures of each policy over the same seeds, on all processors."""
    from concurrent.futures import ProcessPoolExecutor

    from listbot.domain.simulation import summary

    jobs = [(name, rules, assumed, seed) for name in policies for seed in seeds]
    with ProcessPoolExecutor() as pool:
        runs: list[Run] = list(pool.map(_one, jobs))
    number = len(seeds)
    return [summary(name, runs[i * number : (i + 1) * number], assumed.takers) for i, name in enumerate(policies)]


def _one(job: tuple[str, RuleSet, Assumptions, int]) -> Run:
    from listbot.domain.simulation import POLICIES
    from listbot.domain.simulation.run import simulate as play

    name, rules, assumed, seed = job
    return play(POLICIES[name], rules, assumed, seed)


def _assumed(assumed: Assumptions, changes: list[str]) -> Assumptions:
    from dataclasses import fields, replace

    known = {f.name: getattr(assumed, f.name) for f in fields(assumed)}
    for change in changes:
        name, _, text = change.partition("=")
        if not isinstance(known.get(name), (int, float)):
            names = ", ".join(name for name, value in known.items() if isinstance(value, (int, float)))
            raise ConfigError(f"--assume {change}: there is no such assumption; there are: {names}")
        try:
            value: Any = type(known[name])(text)
        except ValueError:
            raise ConfigError(f"--assume {change}: {text!r} is not a number; write {name}={known[name]}") from None
        assumed = replace(assumed, **{name: value})
    return assumed


def _show(figures: list[Figures]) -> None:
    from rich.table import Table

    console = tables.console()
    table = Table(box=None, header_style="bold")
    for heading in (
        "policy",
        "placed in time",
        "",
        "asks/placement",
        "first yes p50",
        "p90",
        "asks/person-month p99",
        "Gini",
        "worst state",
    ):
        table.add_column(heading, justify="left" if heading in ("policy", "") else "right")
    for row in figures:
        v, ci = row.values, row.ci
        placed = v["placed_in_time"]
        table.add_row(
            row.policy,
            f"{placed:.0%} ±{(ci['placed_in_time'][1] - placed) * 100:.0f}",
            f"[green]{'█' * round(placed * 30)}[/][dim]{'░' * (30 - round(placed * 30))}[/]",
            f"{v['asks_per_placement']:.1f}",
            _time(v["first_yes_minutes_p50"]),
            _time(v["first_yes_minutes_p90"]),
            f"{v['asks_per_person_month_p99']:.1f}",
            f"{v['load_gini']:.2f}",
            f"{v['worst_state_ratio']:.2f}",
        )
    tables.print_table(table)
    console.print(f"{figures[0].needs} simulated needs a policy, same people and luck for each. {TARGETS}", style="dim")
    luck = max(figures, key=lambda row: row.values["placed_in_time"])
    middle, (low, high) = luck.values["worst_state_by_luck"], luck.ci["worst_state_by_luck"]
    console.print(
        f"Were no state worse than another, luck alone would make the worst of them {middle:.2f} ({low:.2f} to {high:.2f}); "
        "with more --runs less so.",
        style="dim",
    )
    console.print(
        "A need never placed counts with all the time it had. Broadcast: the list post alone, a mail to each reader.", style="dim"
    )


def _time(minutes: float) -> str:
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h" if minutes < 2880 else f"{minutes / 1440:.0f} d"
