"""Who looks at what at this moment, so that two moderators do not do the same work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from listbot.pipeline.office import Thing
from listbot.web.site import Site

LATELY = timedelta(minutes=10)
"""How long somebody is said to look at a page that was opened and not left for another look."""


async def looks(site: Site, email: str, kind: str, id: int) -> list[str]:
    """Somebody opens a page; who else has it open."""
    now = site.now()
    await site.office.sessions.look(email, (kind, id), now + LATELY, now)
    return (await others(site, email)).get((kind, id), [])


async def others(site: Site, email: str) -> Mapping[Thing, list[str]]:
    """What others look at."""
    seen = await site.office.sessions.looking(site.now())
    return {thing: rest for thing, people in seen.items() if (rest := [who for who in people if who != email])}
