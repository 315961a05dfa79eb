"""How the machinery is doing, for people; the same for machines is in `machines`. And the log of all that was done."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from listbot import __version__
from listbot.domain.desk import Health, Role
from listbot.web.doors import Door
from listbot.web.machines import health_of
from listbot.web.site import number, page, site_of
from listbot.web.words import span

LINES = 100

LATE = timedelta(minutes=10)
"""A message that is kept so long after the mail server had it is late."""


async def health(request: Request) -> Response:
    """Sources, queues, deliveries, versions, size."""
    site = site_of(request)
    found = await health_of(site)
    return page(
        request,
        "health.html",
        health=found,
        troubles=_troubles(found),
        brakes=site.office.brakes,
        models=await asyncio.to_thread(site.office.models),
        version=__version__,
        rules=site.office.context.rules(),
    )


def _troubles(health: Health) -> list[str]:
    """What somebody should look at, in sentences."""
    late = [q for q, at in health.oldest_due.items() if at < health.at - timedelta(minutes=15)]
    said = [f"Work waits in the queue of {q}s for longer than a quarter of an hour; is “listbot run” running?" for q in late]
    said += [
        f"The list {row.name} is unusually quiet; is the bot still a member of it?"
        for row in health.lists
        if row.quiet(health.at)
    ]
    said += [
        f"Nothing has been heard of {x.name} lately; is “listbot run” running?" for x in health.sources if x.silent(health.at)
    ]
    said += [f"The source {x.name} is not read: {x.status.fault}" for x in health.sources if x.status.fault]
    lags = {row.name: row.lag for row in health.sources if row.lag}
    said += [f"Messages of {name} come {span(lag.total_seconds())} late." for name, lag in lags.items() if lag > LATE]
    if health.braked:
        said.append(f"A brake holds {health.braked} letters back; they stand under Today, to be released or withdrawn.")
    if aside := sum(health.aside.values()):
        said.append(f"{aside} rows could not be worked on; they stand under Today.")
    if refused := health.mail.get("refused", 0):
        said.append(f"{refused} letters were refused by the receiving server.")
    return said


async def log(request: Request) -> Response:
    """Who did what, newest first."""
    before = number(request.query_params.get("before"), 1, 2**53, 0)
    rows = await site_of(request).office.insight.log(LINES, before or None)
    return page(request, "log.html", rows=rows, more=len(rows) == LINES)


DOORS = (
    Door("GET", "/health", health, Role.READER),
    Door("GET", "/log", log, Role.MODERATOR),
)
