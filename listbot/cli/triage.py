"""`listbot triage`: read posts offline and say what was understood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listbot.cli.common import JsonOption, plain, print_json
from listbot.cli.messages import messages

if TYPE_CHECKING:
    from listbot.domain.mail import Post
    from listbot.domain.reading import Reading


def triage(
    paths: Annotated[list[Path], typer.Argument(help="Messages: .eml, folder, Maildir, mbox, or - for standard input.")],
    json: JsonOption = False,
) -> None:
    """Read messages and say what was understood of each; no database, no mail."""
    from listbot.adapters.mime import parse
    from listbot.bootstrap import make_reader

    reader = make_reader()
    for name, raw in messages(paths):
        for post in parse(raw):
            reading = reader.read(post)
            if json:
                print_json(as_json(name, post, reading))
            else:
                from listbot.cli.highlight import show

                show(name, post, reading)


def as_json(name: str, post: Post, reading: Reading) -> dict[str, object]:
    """The object of the contract `listbot triage --json`."""
    warnings = [*post.warnings, *reading.warnings, *filter(None, [post.unreadable])]
    needs = [
        {key: plain(getattr(need, key)) for key in need.__dataclass_fields__} | {"confidence": round(need.confidence, 3)}
        for need in reading.needs
    ]
    return {
        "file": name,
        "message_id": post.message_id,
        "kind": reading.kind,
        "confidence": round(reading.confidence, 3),
        "hold": reading.hold,
        "needs": needs,
        "redacted_text": reading.redacted_text,
        "identifiers": plain(reading.identifiers),
        "warnings": warnings,
    }
