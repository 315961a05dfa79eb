"""A post in the terminal with what was read highlighted, so a person sees why."""

from __future__ import annotations

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from listbot.domain.mail import Post
from listbot.domain.reading import Kind, Need, PartKind, Reading

STYLES = {
    "places": "bold green",
    "relief": "bold magenta",
    "deadline": "bold red",
    "dates": "yellow",
    "detained": "cyan",
    "languages": "blue",
    "country": "blue",
    "minor": "cyan",
    "age": "cyan",
    "scope": "cyan",
}
"""The colour of each field's words."""


def show(name: str, post: Post, reading: Reading) -> None:
    """Print the post, its words coloured by field, and a table of what was understood."""
    console = Console()
    title = f"{name}  {reading.kind} {reading.confidence:.0%}"
    console.print(Panel(_coloured(post, reading), title=title, title_align="left"))
    if reading.kind is Kind.REFERRAL:
        console.print(_table(reading.needs))
    if reading.hold:
        console.print(Text(f"a moderator should look: {reading.hold}", style="bold yellow"))
    for warning in (*post.warnings, *reading.warnings):
        console.print(Text(f"note: {warning}", style="dim"))


def _coloured(post: Post, reading: Reading) -> Text:
    text = Text(f"{post.subject}\n{post.text}")
    for part in reading.parts:
        if part.kind is not PartKind.BODY:
            text.stylize("dim", *part.span)
    for span in reading.kind_evidence:
        text.stylize("underline", *span)
    for need in reading.needs:
        for field, spans in need.evidence.items():
            for span in spans:
                text.stylize(STYLES.get(field, ""), *span)
    for identifier in reading.identifiers:
        text.stylize("reverse", *identifier.span)
    return text


def _table(needs: tuple[Need, ...]) -> Table:
    table = Table("", *(f"client {n}" for n in range(1, len(needs) + 1)), box=None)
    rows = {
        "places": [", ".join(p.text for p in n.places) or "-" for n in needs],
        "states": [", ".join(sorted(n.states)) or "-" for n in needs],
        "relief": [", ".join(n.relief) or "-" for n in needs],
        "deadline": [f"{n.deadline.date} ({n.deadline.kind})" if n.deadline else "-" for n in needs],
        "detained": [_said(n.detained) for n in needs],
        "languages": [", ".join(n.languages) or "-" for n in needs],
        "country": [n.country or "-" for n in needs],
        "minor": [_said(n.minor) for n in needs],
        "scope": [n.scope or "-" for n in needs],
    }
    for field, cells in rows.items():
        table.add_row(Text(field, style=STYLES.get(field, "")), *cells)
    return table


def _said(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "no"
