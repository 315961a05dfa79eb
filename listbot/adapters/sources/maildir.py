"""A Maildir (D. J. Bernstein, "Using maildir format"): `new/` and `cur/`, whoever moves messages between them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from listbot.adapters.sources.looking import Batch, LookingSource
from listbot.adapters.sources.running import Random, within
from listbot.domain.errors import ConfigError
from listbot.domain.mail import Arrival, Cursor
from listbot.pipeline.ports import Clock

BATCH = 100
SLACK = 600_000_000_000
"""Nanoseconds: how far behind the cursor files are offered again, for clocks that differ (network file systems)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaildirSettings:
    """`mark_seen` moves a message to `cur/` with the flag S once it is kept; else nothing in the folder is touched."""

    name: str
    path: str
    poll_seconds: float = 1.0
    size_limit: int = 50_000_000
    mark_seen: bool = False

    def __post_init__(self) -> None:
        if not (Path(self.path) / "cur").is_dir():
            raise ConfigError(
                f"source {self.name!r}: path {self.path!r} is no Maildir; name a folder with new, cur and tmp in it"
            )


@dataclass(frozen=True, slots=True)
class _File:
    key: str  #: the name without flags: the same in new/ and in cur/
    path: Path
    modified: int
    changed: int  #: ns; set when the file comes into its folder, also where an old mtime was kept


def files(path: Path) -> list[_File]:
    """Every message of a Maildir, oldest first."""
    found: dict[str, _File] = {}
    for folder in ("cur", "new"):
        with os.scandir(path / folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or not entry.is_file():
                    continue
                status = entry.stat()
                key = entry.name.partition(":")[0]
                found[key] = _File(key, Path(entry.path), status.st_mtime_ns, status.st_ctime_ns)
    return sorted(found.values(), key=lambda file: (file.modified, file.key))


def messages(path: Path, limit: int = 50_000_000) -> Iterator[tuple[str, bytes]]:
    """Key and bytes of every message, oldest first; for reading offline."""
    for file in files(path):
        yield file.key, within(file.path.read_bytes(), limit)


class MaildirSource(LookingSource):
    """Source over a Maildir (port `Source`).

    The cursor is (0, ctime in ns of the newest file kept): it only saves work, because keys make every repetition harmless.
    It moves when a whole look is kept, for files do not come in the order of their times.
    """

    def __init__(self, settings: MaildirSettings, clock: Clock, random: Random) -> None:
        super().__init__(settings.name, settings.poll_seconds, clock, random)
        self._settings = settings
        self._path = Path(settings.path)
        self._since = 0
        self._known: set[str] = set()

    def start(self, cursor: Cursor | None) -> None:
        self._since = cursor.uid - SLACK if cursor else 0
        self._known = set()

    def look(self) -> Iterator[Batch]:
        fresh = [file for file in files(self._path) if file.key not in self._known and file.changed >= self._since]
        for start in range(0, len(fresh), BATCH):
            part = fresh[start : start + BATCH]
            last = start + BATCH >= len(fresh)
            cursor = Cursor(0, max(file.changed for file in fresh)) if last else None
            yield [arrival for file in part if (arrival := self._arrival(file))], cursor

    def kept(self, batch: Batch) -> None:
        for arrival in batch[0]:
            self._known.add(arrival.key)
            if self._settings.mark_seen:
                self._mark(arrival.key)

    def _arrival(self, file: _File) -> Arrival | None:
        """None where somebody moved the file meanwhile: the next look finds it under its new name."""
        try:
            raw = file.path.read_bytes()
        except FileNotFoundError:
            return None
        received_at = datetime.fromtimestamp(file.modified / 1e9, UTC)
        return Arrival(self.name, file.key, within(raw, self._settings.size_limit), received_at)

    def _mark(self, key: str) -> None:
        delivered = self._path / "new" / key
        if delivered.exists():
            delivered.rename(self._path / "cur" / f"{key}:2,S")
