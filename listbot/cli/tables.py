"""Rows for people: tables as wide as the terminal, and in a pipe whole lines of which nothing is cut."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from listbot.cli.common import note, print_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

ENDLESS = 10_000
"""Columns where no terminal sets a width."""

Row = Mapping[str, object]


def console() -> Console:
    """Standard output."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else ENDLESS)


def print_rows(rows: Sequence[Row], json: bool, nothing: str) -> None:
    """Rows of the same names, as JSON lines or as a table; `nothing` is said where there are none."""
    if json:
        for row in rows:
            print_json_row(row)
        return
    if not rows:
        note(nothing)
        return
    from rich.table import Table
    from rich.text import Text

    used = [name for name in rows[0] if any(said(row[name]) for row in rows)]
    table = Table(*(name.replace("_", " ") for name in used), box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(said(row[name])) for name in used))
    print_table(table)


def print_facts(heading: str, facts: Iterable[tuple[str, object]]) -> None:
    """One thing: a heading, and below it its facts, those not known left out."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, show_header=False, padding=(0, 0, 0, 2))
    for name, value in facts:
        if words := said(value):
            grid.add_row(Text(name, style="dim"), Text(words))
    console().print(Text(heading, style="bold"))
    if grid.row_count:
        print_table(grid)


def print_table(table: Table) -> None:
    """A table without the spaces with which the last column is filled up."""
    out = console()
    with out.capture() as drawn:
        out.print(table)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()), flush=True)


def said(value: object) -> str:
    """A value in words: nothing for what is not known, yes and no, lists with commas, times of this machine's zone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {said(inner)}".strip() for key, inner in value.items())
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(map(said, value)))
    if isinstance(value, list | tuple):
        return ", ".join(map(said, value))
    return str(value)


def print_json_row(row: Row) -> None:
    """A row as a JSON line."""
    print_json({name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()})
