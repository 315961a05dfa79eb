"""`listbot needs N --why`: how each wave of a need was decided, and whether it would be decided so again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from listbot.cli.common import plain, print_json, run

if TYPE_CHECKING:
    from listbot.config import Settings
    from listbot.domain.matching import Match
    from listbot.domain.record import Decision
    from listbot.pipeline.office import Office

SHOWN = 10
"""People of a shortlist, and of those kept out by one rule, that the terminal shows."""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision, and what comes out otherwise when it is made again from its record; None where the record is gone."""

    decision: Decision
    differs: list[str] | None


def show_why(settings: Settings, needs: list[int], json: bool) -> None:
    """Print every decision about these needs, oldest first, each made again from its record."""
    from listbot import bootstrap

    async def work() -> list[tuple[int, list[Told]]]:
        async with bootstrap.opened_office(settings) as office:
            found = []
            for id in needs:
                need = await office.context.cases.need(id)
                decisions = await office.insight.decisions(need.id)
                found.append((need.id, [await _told(office, one) for one in reversed(decisions)]))
            return found

    for need, told in run(work()):
        for one in told:
            if json:
                print_json(_as_json(need, one))
            else:
                _show(need, one)
        if not told and not json:
            print(f"need {need}: nobody has been considered yet")


async def _told(office: Office, decision: Decision) -> Told:
    from listbot.domain.retold import differences

    if decision.seen is None:
        return Told(decision, None)
    number = decision.rules_version
    files = (await office.versions.version(number)).files if number else decision.seen.rules
    return Told(decision, differences(decision, decision.seen, office.rulebook.parse(files, number)))


def _as_json(need: int, told: Told) -> dict[str, object]:
    d = told.decision
    emails = {m.taker_id: m.email for m in d.shortlist.matches}
    return {
        "need": need,
        "at": d.at.isoformat(),
        "wave": d.wave,
        "rules_version": d.rules_version,
        "seed": d.seen.seed if d.seen else None,
        "why": d.why,
        "asked": [emails.get(id, f"taker {id}") for id in d.chosen],
        "shortlist": plain(d.shortlist.matches),
        "excluded": plain(d.shortlist.excluded),
        "again": None if told.differs is None else told.differs or "same",
    }


def _show(need: int, told: Told) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console, d = Console(highlight=False), told.decision
    chosen = set(d.chosen)
    console.print(f"\n[bold]need {need}, {d.at:%Y-%m-%d %H:%M} UTC[/]  rules version {d.rules_version}")
    console.print(f"  {escape(d.why or 'why is not on record')}")
    table = Table("", "score", "yes", "fit", "miles", "who", "for it", box=None, header_style="dim", padding=(0, 1))
    for m in [*(m for m in d.shortlist.matches if m.taker_id in chosen), *_others(d.shortlist.matches, chosen)[:SHOWN]]:
        mark = "[green]asked[/]" if m.taker_id in chosen else f"wave {m.wave}"
        miles = "" if m.miles is None else f"{m.miles:.0f}"
        figures = (f"{m.score:.2f}", f"{m.chance:.0%}", f"{m.fit:.2f}", miles)
        table.add_row(mark, *figures, escape(m.name or m.email), escape("; ".join(m.reasons)))
    console.print(table)
    if (left := len(_others(d.shortlist.matches, chosen)) - SHOWN) > 0:
        console.print(f"  and {left} more who may be asked later", style="dim")
    for rule, number in Counter(e.rule for e in d.shortlist.excluded).most_common():
        first = next(e for e in d.shortlist.excluded if e.rule == rule)
        console.print(f"  against: {number} kept out by {rule}, e.g. {escape(first.email)}: {escape(first.because)}", style="dim")
    if told.differs is None:
        console.print("  the record it was made from is gone: somebody in it was forgotten, or it was purged", style="yellow")
    elif not told.differs:
        console.print("  made again from its record: the same", style="green")
    for line in told.differs or ():
        console.print(f"  made again it differs: {escape(line)}", style="red")


def _others(matches: tuple[Match, ...], chosen: set[int]) -> list[Match]:
    return [m for m in matches if m.taker_id not in chosen]
