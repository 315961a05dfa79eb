"""One thing the doctor looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `ok` is None for what is worth knowing but no fault."""

    name: str
    ok: bool | None
    words: str
    mend: str = ""


Show = Callable[[Check], None]
