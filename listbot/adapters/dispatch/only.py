"""Whether this process is the only one that works on a SQLite file."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_worker(url: str) -> Iterator[bool]:
    """Whether this is certainly the only worker while the block lasts: on SQLite, by a lock that ends with its process."""
    prefix, _, file = url.partition("sqlite:///")
    if prefix or not file:
        yield False
        return
    with Path(f"{file}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
