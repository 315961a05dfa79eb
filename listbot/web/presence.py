"""Who looks at what at this moment, so that two moderators do not do the same work. Known to this process only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from listbot.web.site import Site

LATELY = timedelta(minutes=4)

Thing = tuple[str, int]


def looks(site: Site, email: str, kind: str, id: int) -> list[str]:
    """Somebody opens a page; who else has it open."""
    seen = _seen(site)
    seen[kind, id, email] = site.now()
    return others(site, email).get((kind, id), [])


def others(site: Site, email: str) -> Mapping[Thing, list[str]]:
    """What others look at."""
    found: dict[Thing, list[str]] = {}
    for kind, id, who in list(_seen(site)):
        if who != email:
            found.setdefault((kind, id), []).append(who)
    return found


def _seen(site: Site) -> dict[tuple[str, int, str], datetime]:
    """The looks of the last minutes; older ones are forgotten here."""
    seen: dict[tuple[str, int, str], datetime] = site.notes.setdefault("looks", {})
    for key in [key for key, at in seen.items() if at < site.now() - LATELY]:
        del seen[key]
    return seen
