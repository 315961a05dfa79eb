"""`listbot answer`: read replies to an ask, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listbot.cli.common import JsonOption, print_json
from listbot.cli.messages import messages


def answer(
    paths: Annotated[list[Path], typer.Argument(help="Messages: .eml, folder, Maildir, mbox, or - for standard input.")],
    json: JsonOption = False,
) -> None:
    """Read replies to an ask: yes, no, later, out of office …; no database, no mail."""
    from datetime import UTC, datetime

    from listbot.adapters.mime import parse
    from listbot.bootstrap import make_reader

    reader = make_reader()
    for name, raw in messages(paths):
        post = parse(raw)[0]
        reading = reader.read_answer(post, post.date or datetime.now(UTC))
        if json:
            print_json(
                {
                    "file": name,
                    "message_id": post.message_id,
                    "reading": reading.kind,
                    "also": list(reading.also),
                    "until": reading.until,
                    "refer_to": reading.refer_to,
                    "slots": reading.slots,
                    "confidence": round(reading.confidence, 3),
                    "hold": reading.hold,
                }
            )
        else:
            extra = ", ".join(f"{k} {v}" for k, v in [("until", reading.until), ("refer to", reading.refer_to)] if v)
            typer.echo(f"{name}: {reading.kind} ({reading.confidence:.2f}){' ' + extra if extra else ''}")
            if reading.hold:
                typer.echo(f"  held: {reading.hold}")
