"""Figures that take long are kept for a while: readers get what is there, and a new look is taken behind them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from listbot.pipeline.act import describe
from listbot.web.site import Site

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST = 200
"""Kept figures at most: filters can be combined in many ways."""


@dataclass(slots=True)
class _Kept:
    value: object
    at: datetime
    renewing: asyncio.Task[None] | None = None


async def kept(site: Site, name: str, seconds: float, look: Callable[[], Awaitable[T]]) -> T:
    """What `look` found at most `seconds` ago; older figures are given too, while they are renewed. The first reader waits."""
    shelf: dict[str, _Kept] = site.notes.setdefault("kept", {})
    found = shelf.get(name)
    if found is None:
        if len(shelf) >= MOST:
            shelf.clear()
        found = shelf[name] = _Kept(await look(), site.now())
    elif site.now() - found.at > timedelta(seconds=seconds) and (found.renewing is None or found.renewing.done()):
        found.renewing = asyncio.create_task(_renew(site, found, look))
    value: T = found.value  # type: ignore[assignment]
    return value


async def _renew(site: Site, found: _Kept, look: Callable[[], Awaitable[object]]) -> None:
    try:
        found.value, found.at = await look(), site.now()
    except Exception as error:
        log.warning("figures were not renewed: %s", describe(error))
