"""`listbot registry`: the takers: import, export, list, show, edit, pause, forget."""

from __future__ import annotations

import getpass
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from listbot.cli.common import ConfigOption, JsonOption, note, plain, print_json, run, settings_from
from listbot.cli.progress import progress
from listbot.cli.tables import print_facts, print_rows, said
from listbot.domain.errors import ConfigError, WorkFailed

if TYPE_CHECKING:
    from listbot.adapters.registryfiles import Sheet
    from listbot.cli.progress import Step
    from listbot.domain.registry import Candidate, Taker
    from listbot.domain.work import Change
    from listbot.pipeline.context import Context

app = typer.Typer(help="The takers: who may be asked.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The taker's address.")]
DOUBTS = 30
"""Possible doubles that are named at the terminal."""

AT_ONCE = 5000
"""Rows written in one transaction, so that others can work in between."""

IMPORTED = {"new": "new", "changed": "changed", "same": "unchanged", "forgotten": "forgotten before, left out"}
"""What becomes of a row that is in order, and how it is said."""


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="CSV, UTF-8; - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Take in a CSV: new and changed rows; bad ones are named and left out (exit 1). The same file again changes nothing.

    Rows that may be somebody twice, in the file or in the registry, are taken in and named.
    """
    settings = settings_from(config)
    with progress() as step:
        counted, sheet = run(_with(settings, lambda context: _taken_in(context, path, dry_run, json, step)))
    _tell_faults(sheet)
    figures = {what: counted.get(what, 0) for what in IMPORTED} | {"bad": len({fault.line for fault in sheet.faults})}
    if json:
        print_json({"dry_run": dry_run, **figures, "faults": plain(sheet.faults), "doubts": plain(sheet.doubts)})
    else:
        told = [f"{figures[what]} {words}" for what, words in IMPORTED.items() if figures[what] or what != "forgotten"]
        note(f"{'would be: ' if dry_run else ''}{', '.join(told)}, {figures['bad']} bad")
    if sheet.faults:
        raise WorkFailed(f"{path}: {len(sheet.faults)} faults; mend those lines and import the file again")


async def _taken_in(context: Context, path: Path, dry_run: bool, quiet: bool, step: Step) -> tuple[Counter[str], Sheet]:
    """What became of how many rows, and the sheet with its faults and doubts."""
    from listbot.adapters.registryfiles import doubles, merged
    from listbot.reading.offices import located

    counted: Counter[str] = Counter()
    sheet = read_sheet(path, context.rules().reliefs, step)
    known = {c.taker.email: c.taker for c in await context.registry.takers()}
    sheet = replace(sheet, doubts=(*sheet.doubts, *doubles(sheet, path.name, known.values())))
    for start in range(0, len(sheet.rows), AT_ONCE):
        some = [(row.taker, known.get(row.taker.email)) for row in sheet.rows[start : start + AT_ONCE]]
        new = [located(merged(taker, before, sheet.columns), before) for taker, before in some]
        if dry_run:
            counted.update(_would_change(new, known, quiet))
        else:
            done = await context.registry.put(new, _who(), context.clock.now())
            counted.update(done.values())
        step("importing", len(sheet.rows), len(new))
    return counted, sheet


def _tell_faults(sheet: Sheet) -> None:
    for fault in (*sheet.doubts[:DOUBTS], *sheet.faults):
        note(str(fault))
    if len(sheet.doubts) > DOUBTS:
        note(f"and {len(sheet.doubts) - DOUBTS} more that may be somebody twice; --json names them all")


@app.command()
def export(
    path: Annotated[Path | None, typer.Argument(help="Where to; standard output without.")] = None, config: ConfigOption = None
) -> None:
    """Write everybody as CSV, as `import` reads it."""
    from listbot.adapters.registryfiles import write

    takers = [c.taker for c in run(_with(settings_from(config), lambda context: context.registry.takers()))]
    if path is None:
        number = write(takers, sys.stdout)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            number = write(takers, out)
    note(f"{number} takers written")


@app.command("list")
def list_(
    query: Annotated[str, typer.Argument(help="Part of an address, name, organisation or city.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at the most.")] = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Who is in the registry."""
    found = run(_with(settings_from(config), lambda context: context.registry.takers(query, limit)))
    if json:
        for candidate in found:
            print_json(as_json(candidate))
        return
    columns = ("email", "name", "kind", "city", "state")
    rows = [{name: getattr(c.taker, name) for name in columns} | {"standing": _state_of(c)} for c in found]
    print_rows(rows, False, "nobody")
    if len(found) == limit:
        note(f"the first {limit}; --limit shows more")


@app.command()
def show(email: Email, json: JsonOption = False, config: ConfigOption = None) -> None:
    """One taker: what they said, what was learned, and every change."""

    from listbot.adapters.registryfiles import COLUMNS

    async def work(context: Context) -> tuple[Candidate, list[Change]]:
        return await _one(context, email), await context.registry.changes(email)

    candidate, changes = run(_with(settings_from(config), work))
    if json:
        print_json(as_json(candidate) | {"changes": [plain(change) for change in changes]})
        return
    taker, standing = candidate.taker, candidate.standing
    print_facts(taker.email, [(name, getattr(taker, name)) for name in COLUMNS if name != "email"])
    print_facts("what was learned", [(field.name.replace("_", " "), getattr(standing, field.name)) for field in fields(standing)])
    print_facts("changes", [(said(c.at), f"{c.what} by {c.who}{_differences(c.detail)}") for c in changes])


@app.command()
def edit(
    email: Email,
    values: Annotated[list[str], typer.Argument(help="column=value, as in the CSV; column= for unknown.")],
    config: ConfigOption = None,
) -> None:
    """Change single columns of a taker: open_slots=2 languages='es;fr'."""
    from listbot import bootstrap
    from listbot.adapters.registryfiles import COLUMNS
    from listbot.adapters.registryfiles.cells import EMPTY, BadCell, columns, nearest

    settings = settings_from(config)
    readers = columns(bootstrap.load_rules(bootstrap.rules_folder(settings)).reliefs)
    changes: dict[str, Any] = {}
    for pair in values:
        name, _, text = pair.partition("=")
        if name not in COLUMNS or name == "email":
            raise ConfigError(f"{name}: there is no such column to edit; {nearest(name, set(COLUMNS) - {'email'})}")
        try:
            changes[name] = readers[name].read(text.strip()) if text.strip() else EMPTY[name]
        except BadCell as bad:
            raise ConfigError(f"{name}: {bad}; {bad.mend}") from None
    run(_with(settings, lambda context: _change(context, email, changes)))


@app.command()
def pause(
    email: Email,
    until: Annotated[str, typer.Option("--until", help="The day they are back, 2026-01-31; empty: back at once.")],
    config: ConfigOption = None,
) -> None:
    """Leave somebody alone until a day."""
    from datetime import date

    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        raise ConfigError(f"--until {until}: this is not a day; write year-month-day, 2026-01-31") from None
    run(_with(settings_from(config), lambda context: _change(context, email, {"paused_until": day})))


@app.command()
def forget(
    email: Email,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    config: ConfigOption = None,
) -> None:
    """Delete a person's data for good; figures stay, and no import brings the address back."""
    if not yes:
        typer.confirm(f"Delete all data of {email}?", abort=True, err=True)

    async def work(context: Context) -> bool:
        return await context.registry.forget(email, _who(), context.clock.now())

    note(
        "forgotten"
        if run(_with(settings_from(config), work))
        else "the address was not in the registry; it is barred from imports"
    )


def read_sheet(path: Path, reliefs: Collection[str], step: Step = lambda what, total, number=1: None) -> Sheet:
    """A registry file with the faults of its rows. Raises ConfigError where it cannot be read at all."""
    from listbot.adapters.registryfiles import read

    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; name a CSV file") from None
    lines = raw.count(b"\n") + 1
    name = path.name if str(path) != "-" else "standard input"
    sheet = read(raw, name, reliefs, lambda read: step("reading", lines, read))
    if not sheet.columns:
        raise ConfigError("\n".join(map(str, sheet.faults)))
    return sheet


def as_json(candidate: Candidate) -> dict[str, object]:
    """A taker for programs: the registry's columns, and what was learned."""
    from listbot.adapters.registryfiles import COLUMNS

    taker = plain(candidate.taker)
    sets = {name: sorted(taker[name]) for name in COLUMNS if isinstance(taker[name], list)}
    return {**{name: taker[name] for name in COLUMNS}, **sets, "standing": plain(candidate.standing)}


async def _with(settings: Any, work: Any) -> Any:
    from listbot import bootstrap

    async with bootstrap.opened(settings) as context:
        return await work(context)


async def _one(context: Context, email: str) -> Candidate:
    found = await context.registry.taker(email)
    if found is None:
        raise WorkFailed(f"{email} is not in the registry; `listbot registry list` shows who is")
    return found


async def _change(context: Context, email: str, changes: dict[str, Any]) -> None:
    from listbot.reading.offices import located

    before = (await _one(context, email)).taker
    new = located(replace(before, **changes), before)
    done = await context.registry.put([new], _who(), context.clock.now())
    note(f"{email}: {done[new.email]}")


def _would_change(new: Iterable[Taker], known: dict[str, Taker], quiet: bool) -> Counter[str]:
    counted: Counter[str] = Counter()
    for taker in new:
        old = known.get(taker.email)
        differs = [name for name in taker.__dataclass_fields__ if old and getattr(old, name) != getattr(taker, name)]
        counted["new" if old is None else "changed" if differs else "same"] += 1
        if not quiet and (differs or old is None):
            note(f"{taker.email}: {'new' if old is None else ', '.join(differs)}")
    return counted


def _state_of(candidate: Candidate) -> str:
    taker, standing, today = candidate.taker, candidate.standing, datetime.now(UTC).date()
    if standing.opted_out_at:
        return "stopped"
    if standing.bounced_at:
        return "bounced"
    if taker.consent_at is None:
        return "no consent"
    if taker.paused_until and taker.paused_until > today:
        return f"paused until {taker.paused_until}"
    return "" if taker.open_slots is None else f"{taker.open_slots} open"


def _differences(detail: Mapping[str, object]) -> str:
    """What a change changed: each value before and after."""
    pairs = [
        f"{name} {said(value[0]) or 'nothing'} → {said(value[1]) or 'nothing'}"
        if isinstance(value, list | tuple) and len(value) == 2
        else f"{name} {said(value)}"
        for name, value in detail.items()
    ]
    return f": {', '.join(pairs)}" if pairs else ""


def _who() -> str:
    return getpass.getuser()
