"""Messages named on the command line: files, folders, Maildirs, mboxes, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from listbot.domain.errors import ConfigError


def messages(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each message, in the order given. Raises ConfigError for a path that is not there."""
    for path in paths:
        if str(path) == "-":
            yield "-", sys.stdin.buffer.read()
        elif not path.exists():
            raise ConfigError(f"{path}: there is no such file or folder; name .eml files, a folder, a Maildir, an mbox, or -")
        elif path.is_dir():
            yield from _folder(path)
        elif _is_mbox(path):
            from listbot.adapters.sources import mbox

            yield from ((f"{path}:{key}", raw) for key, raw in mbox.messages(path))
        else:
            yield str(path), path.read_bytes()


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    if (path / "cur").is_dir() and (path / "new").is_dir():
        files = sorted([*(path / "cur").iterdir(), *(path / "new").iterdir()], key=lambda p: p.name)
    else:
        files = sorted(p for p in path.rglob("*.eml"))
    for file in files:
        yield str(file), file.read_bytes()


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "
