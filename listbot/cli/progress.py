"""Bars on standard error for work that takes a while, where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import TaskID

OFTEN = 200
"""A bar is drawn this many times at the most from empty to full."""


class Step(Protocol):
    """Says that more of some work is done: what it is called, how many there are in all, and how many that were."""

    def __call__(self, what: str, total: int, number: int = 1, /) -> None: ...


@contextmanager
def progress() -> Iterator[Step]:
    """A bar for each kind of work that is told of."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        tasks: dict[str, TaskID] = {}
        done: dict[str, int] = {}

        def step(what: str, total: int, number: int = 1, /) -> None:
            if what not in tasks:
                tasks[what], done[what] = bar.add_task(what, total=total), 0
            before, done[what] = done[what], done[what] + number
            if total <= OFTEN or before * OFTEN // total != done[what] * OFTEN // total:
                bar.update(tasks[what], completed=done[what])

        yield step
