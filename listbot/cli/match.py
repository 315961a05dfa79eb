"""`listbot match`: read posts and say who would be asked, who not, and why; sends nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from listbot.cli import tables
from listbot.cli.common import ConfigOption, JsonOption, note, plain, print_json, run, settings_from
from listbot.cli.messages import messages

if TYPE_CHECKING:
    from listbot.config import Settings
    from listbot.domain.matching import Shortlist
    from listbot.domain.reading import Need
    from listbot.domain.registry import Candidate
    from listbot.domain.rules import RuleSet
    from listbot.reading import ReaderInForce


def match(
    paths: Annotated[list[Path], typer.Argument(help="Messages: .eml, folder, Maildir, mbox, or - for standard input.")],
    registry: Annotated[
        Path | None, typer.Option("--registry", help="A registry CSV instead of the database; bad rows are named and left out.")
    ] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Read posts and make the shortlist of each need; sends nothing."""
    from listbot.adapters.mime import parse
    from listbot.domain.shortlist import shortlist

    settings = None if registry and config is None else settings_from(config)
    rules, reader, candidates = run(in_use(registry, settings))
    now = datetime.now(UTC)
    for name, raw in messages(paths):
        for post in parse(raw):
            for number, need in enumerate(reader.read(post).needs, 1):
                listed = shortlist(need, post.author, candidates, rules, now, seed=number)
                if json:
                    print_json(as_json(name, need, listed))
                else:
                    _show(name, need, listed, rules)


def as_json(name: str, need: Need, listed: Shortlist) -> dict[str, object]:
    """The object of the contract `listbot match --json`."""
    return {
        "file": name,
        "need": {key: plain(getattr(need, key)) for key in need.__dataclass_fields__} | {"confidence": round(need.confidence, 3)},
        "rules_version": listed.rules_version,
        "shortlist": [
            {
                "email": m.email,
                "score": m.score,
                "chance": m.chance,
                "wave": m.wave,
                "miles": m.miles,
                "reasons": list(m.reasons),
            }
            for m in listed.matches
        ],
        "excluded": [{"email": e.email, "rule": e.rule, "because": e.because} for e in listed.excluded],
    }


async def in_use(registry: Path | None, settings: Settings | None) -> tuple[RuleSet, ReaderInForce, list[Candidate]]:
    """The rules in force, the reader that goes by them, and everybody in the registry (or in a CSV file), to show why not, too."""
    from listbot import bootstrap
    from listbot.reading import ReaderInForce

    if settings is None:
        rules = bootstrap.load_rules(bootstrap.rules_folder())
        return rules, ReaderInForce(bootstrap.rules_folder()), _from_file(registry, rules) if registry else []
    async with bootstrap.opened(settings) as context:
        rules = context.rules()
        people = _from_file(registry, rules) if registry else await context.registry.takers()
        return rules, cast("ReaderInForce", context.reader), people


def _from_file(path: Path, rules: RuleSet) -> list[Candidate]:
    from listbot.cli.registry import read_sheet
    from listbot.domain.registry import Candidate
    from listbot.reading.offices import located

    sheet = read_sheet(path, rules.reliefs)
    for fault in sheet.faults:
        note(str(fault))
    if sheet.faults:
        note(f"bad rows left out: {len({fault.line for fault in sheet.faults})}; good rows matched: {len(sheet.rows)}")
    return [Candidate(id=number, taker=located(row.taker)) for number, row in enumerate(sheet.rows, 1)]


def _show(name: str, need: Need, listed: Shortlist, rules: RuleSet, most: int = 15) -> None:
    from rich.table import Table

    from listbot.domain.wording import place_names

    console = tables.console()
    where = "; ".join(place_names(need)) or "place not said"
    what = ", ".join(rules.relief_labels.get(r, r) for r in need.relief) or "relief not said"
    console.print(f"\n[bold]{name}[/]: {what} · {where} · {need.deadline.date if need.deadline else 'no deadline'}")
    table = Table("wave", "score", "yes", "miles", "who", "why", box=None, header_style="dim")
    for m in listed.matches[:most]:
        miles = "" if m.miles is None else f"{m.miles:.0f}"
        table.add_row(str(m.wave), f"{m.score:.2f}", f"{m.chance:.0%}", miles, m.name or m.email, "; ".join(m.reasons))
    tables.print_table(table)
    if len(listed.matches) > most:
        console.print(f"  and {len(listed.matches) - most} more", style="dim")
    counted: dict[str, list[str]] = {}
    for e in listed.excluded:
        counted.setdefault(e.rule, []).append(f"{e.email}: {e.because}")
    for rule, people in sorted(counted.items(), key=lambda pair: -len(pair[1])):
        console.print(f"  {len(people)} kept out by {rule}, e.g. {people[0]}", style="dim", highlight=False)
