"""`listbot report`: what became of the pleas, in figures and bars, without any person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from listbot.cli import tables
from listbot.cli.common import ConfigOption, JsonOption, plain, print_json, run, settings_from
from listbot.domain.errors import ConfigError

if TYPE_CHECKING:
    from listbot.domain.desk import Outcomes, Report

BAR = 12
"""Characters of the longest bar."""


def report(
    since: Annotated[str, typer.Option("--since", help="First day, 2026-01-01; a year ago without.")] = "",
    until: Annotated[str, typer.Option("--until", help="Day after the last; tomorrow without.")] = "",
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """What became of the pleas of a stretch of time: placed, in time, asks and minutes; by month, state and relief."""
    from listbot.bootstrap import opened_office

    settings, now = settings_from(config), datetime.now(UTC)
    first = _day(since, now.date() - timedelta(days=365))
    last = _day(until, now.date() + timedelta(days=1))

    async def work() -> Report:
        async with opened_office(settings) as office:
            return await office.insight.report(first, last, now)

    found = run(work())
    if json:
        print_json(plain(found))
    else:
        _show(found)


def _day(text: str, default: date) -> date:
    try:
        return date.fromisoformat(text) if text else default
    except ValueError:
        raise ConfigError(f"{text}: is no day; write year-month-day, 2026-02-24") from None


def _show(found: Report) -> None:
    from rich.table import Table

    console, all_ = tables.console(), found.all
    console.print(f"{found.since} to {found.until}: {found.posts} posts, {found.pleas} pleas, {all_.needs} needs")
    if not all_.needs:
        console.print("No need was opened in this time, so there is nothing to tell yet.")
        return
    table = Table(box=None)
    for heading in ("", "needs", "", "placed", "in time", "asks each", "first yes"):
        table.add_column(heading, no_wrap=True)
    for title, rows in (("all", {"": all_}), ("month", found.by_month), ("state", found.by_state), ("relief", found.by_relief)):
        _rows(table, title, rows)
    console.print(table)
    if found.looked_at:
        console.print(f"readings looked at by moderators: {found.looked_at}, right as they were: {found.right}")


def _rows(table: object, title: str, rows: Mapping[str, Outcomes]) -> None:
    from rich.table import Table

    assert isinstance(table, Table)
    most = max((o.needs for o in rows.values()), default=1) or 1
    for name, o in rows.items():
        table.add_row(
            f"{title} {name}".strip(),
            str(o.needs),
            "█" * round(BAR * o.needs / most),
            _share(o.placed, o.needs),
            _share(o.in_time, o.with_deadline),
            f"{o.asks / o.placed:.1f}" if o.placed else "-",
            f"{o.first_yes_minutes:.0f} min" if o.first_yes_minutes is not None else "-",
        )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "-"
