"""mbox archives (RFC 4155, with the quoting of mboxrd): read offline, or as a source that follows a growing file."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from listbot.adapters.sources.looking import Batch, LookingSource
from listbot.adapters.sources.running import Random, within
from listbot.domain.errors import ConfigError
from listbot.domain.mail import Arrival, Cursor
from listbot.pipeline.ports import Clock

BATCH = 100
_SEPARATOR = re.compile(rb"From (?:[^\r\n]*\b\d?\d:\d\d(?::\d\d)?\b[^\r\n]*\b\d{4}\b[^\r\n]*|-?[ \t]*)\r?\n$")
"""From_ lines carry a time and a year; those of some programs are bare. Unquoted "From here on" in a text is neither."""
_FIELD = re.compile(rb">?[!-9;-~]+[ \t]*:|>?From ")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """One message of an archive: where it starts and ends (bytes), and its own bytes, unquoted."""

    start: int
    end: int
    raw: bytes

    @property
    def key(self) -> str:
        """Stable where the archive only grows, different where it is rewritten."""
        return f"{self.start}.{hashlib.sha256(self.raw).hexdigest()[:16]}"


def messages(path: Path, limit: int = 50_000_000) -> Iterator[tuple[str, bytes]]:
    """Key and bytes of every message, in order; also of a .gz file."""
    with _open(path) as file:
        for found in read(file, 0):
            yield found.key, within(found.raw, limit)


def read(file: BinaryIO, start: int) -> Iterator[Found]:
    """Every message behind an offset at which one starts. A file without From_ lines is one message."""
    file.seek(start)
    lines: list[bytes] = []
    position = start
    held = file.readline()
    while held:
        following = file.readline()
        after_blank = not lines or not lines[-1].strip()
        if after_blank and _SEPARATOR.match(held) and _FIELD.match(following):
            if found := _found(start, position, lines):
                yield found
            start, lines = position, []
        lines.append(held)
        position += len(held)
        held = following
    if found := _found(start, position, lines):
        yield found


def _found(start: int, end: int, lines: list[bytes]) -> Found | None:
    if not any(line.strip() for line in lines):
        return None
    body = lines[1:] if _SEPARATOR.match(lines[0]) else lines
    if body and not body[-1].strip():  # the blank line belongs to the format, not to the message
        body = body[:-1]
    return Found(start, end, _QUOTED_FROM.sub(rb"\1", b"".join(body)))


def _open(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


@dataclass(frozen=True, slots=True, kw_only=True)
class MboxSettings:
    """`poll_seconds`: how often the file is looked at for more."""

    name: str
    path: str
    poll_seconds: float = 1.0
    size_limit: int = 50_000_000

    def __post_init__(self) -> None:
        if not Path(self.path).is_file():
            raise ConfigError(f"source {self.name!r}: path {self.path!r} is no file; name an mbox archive")


class MboxSource(LookingSource):
    """Source over an mbox file (port `Source`).

    The cursor is (checksum of the first line, offset behind the last message kept); another first line or a shorter file is
    another archive, read from its start. The last message counts as whole when the file did not grow between two looks.
    """

    def __init__(self, settings: MboxSettings, clock: Clock, random: Random) -> None:
        super().__init__(settings.name, settings.poll_seconds, clock, random)
        self._settings = settings
        self._path = Path(settings.path)
        self._cursor: Cursor | None = None
        self._size = -1

    def start(self, cursor: Cursor | None) -> None:
        self._cursor = cursor
        self._size = -1

    def look(self) -> Iterator[Batch]:
        with _open(self._path) as file:
            archive = crc32(file.readline())
            size = file.seek(0, 2)
            settled, self._size = size == self._size, size
            same = self._cursor is not None and self._cursor.uidvalidity == archive and self._cursor.uid <= size
            offset = self._cursor.uid if same and self._cursor else 0
            batch: list[Found] = []
            for found in read(file, offset):
                if found.end >= size and not settled:
                    break
                batch.append(found)
                if len(batch) == BATCH:
                    yield self._batch(archive, batch)
                    batch = []
            if batch:
                yield self._batch(archive, batch)

    def kept(self, batch: Batch) -> None:
        self._cursor = batch[1]

    def _batch(self, archive: int, found: list[Found]) -> Batch:
        now = self._clock.now()
        limit = self._settings.size_limit
        arrivals = [Arrival(self.name, f"{archive}.{each.key}", within(each.raw, limit), now) for each in found]
        return arrivals, Cursor(archive, found[-1].end)
