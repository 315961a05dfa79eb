"""How the machinery is doing, for people; the same for machines is in `machines`. And the log of all that was done."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from listbot import __version__
from listbot.domain.desk import Health, ListRow, Role
from listbot.web.doors import Door
from listbot.web.machines import health_of
from listbot.web.site import number, page, site_of

LINES = 100


async def health(request: Request) -> Response:
    """Sources, queues, deliveries, versions, size."""
    site = site_of(request)
    found = await health_of(site)
    return page(
        request,
        "health.html",
        health=found,
        troubles=_troubles(found),
        quiet=lambda row: _quiet(row, found),
        version=__version__,
        rules=site.office.context.rules(),
    )


def _troubles(health: Health) -> list[str]:
    """What somebody should look at, in sentences."""
    late = [q for q, at in health.oldest_due.items() if at < health.at - timedelta(minutes=15)]
    said = [f"Work waits in the queue of {q}s for longer than a quarter of an hour; does `listbot run` run?" for q in late]
    said += [
        f"The list {row.name} is unusually quiet; is the bot still a member of it?" for row in health.lists if _quiet(row, health)
    ]
    if aside := sum(health.aside.values()):
        said.append(f"{aside} rows could not be worked on; they stand under Today.")
    if refused := health.mail.get("refused", 0):
        said.append(f"{refused} letters were refused by the receiving server.")
    return said


def _quiet(row: ListRow, health: Health) -> bool:
    """Whether a list has been silent for longer than four of its usual pauses, and at least two days."""
    if row.last_post is None or not row.per_week:
        return False
    usual = timedelta(weeks=1) / row.per_week
    return health.at - row.last_post > max(4 * usual, timedelta(days=2))


async def log(request: Request) -> Response:
    """Who did what, newest first."""
    before = number(request.query_params.get("before"), 1, 2**53, 0)
    rows = await site_of(request).office.insight.log(LINES, before or None)
    return page(request, "log.html", rows=rows, more=len(rows) == LINES)


DOORS = (
    Door("GET", "/health", health, Role.READER),
    Door("GET", "/log", log, Role.MODERATOR),
)
