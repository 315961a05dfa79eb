"""Rules and kinds of relief in words, for `listbot rules show`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from listbot.cli.tables import console

if TYPE_CHECKING:
    from listbot.domain.rules import Rule
    from listbot.domain.rules.case import ReliefType


def explain(rules: Sequence[Rule], reliefs: Sequence[ReliefType]) -> None:
    """Print what each says, under the heading of its group."""
    from listbot.domain.rules import Limit

    group = ""
    for rule in rules:
        heading = f"{'Hard limit' if isinstance(rule, Limit) else 'Preference'} · {rule.group}"
        if heading != group:
            _line(f"\n[bold]{heading}[/]")
            group = heading
        _rule(rule)
    if reliefs:
        _line("\n[bold]Kinds of relief[/]")
    for relief in reliefs:
        _line(f"[bold cyan]{relief.id}[/]  {_safe(': '.join(filter(None, [relief.label, relief.description])))}", 2)
        if relief.forums:
            _line(f"[dim]sought in: {_safe(', '.join(sorted(relief.forums)).replace('_', ' '))}[/]", 6)


def _rule(rule: Rule) -> None:
    from listbot.domain.rules.difference import said

    off = "" if rule.enabled else " [red](not enabled)[/]"
    _line(f"[bold cyan]{rule.name}[/]{off}  {_safe(rule.description)}", 2)
    for word in ("reason", "source"):
        if text := getattr(rule, word):
            _line(f"[dim]{word}: {_safe(text)}[/]", 6)
    for declared in fields(rule):
        if declared.name not in ("name", "description", "reason", "source", "group", "enabled"):
            value = said(getattr(rule, declared.name))
            _line(f"{declared.name} = {_safe(value)}  [dim]{_safe(str(declared.metadata['help']))}[/]", 6)


def _line(markup: str, indent: int = 0) -> None:
    """A paragraph, all of its lines indented."""
    from rich.padding import Padding
    from rich.text import Text

    console().print(Padding(Text.from_markup(markup), (0, 0, 0, indent), expand=False))


def _safe(text: str) -> str:
    from rich.markup import escape

    return escape(text)
