"""What came of it: pleas, time to the first yes, placements, load, and how well posts were read."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Outcomes, Report, Role
from listbot.domain.geography import STATES
from listbot.web.charts import Bar, bars
from listbot.web.doors import Door
from listbot.web.keeping import kept
from listbot.web.site import Site, page, site_of

FEWEST = 5
"""The public report leaves out groups smaller than this: somebody might be known by them."""


async def report(request: Request) -> Response:
    """For those who have signed in."""
    return await _page(request, public=False)


async def public(request: Request) -> Response:
    """The version to hand around: no person, and no group so small that a person shows through."""
    return await _page(request, public=True)


async def _page(request: Request, *, public: bool) -> Response:
    site = site_of(request)
    since, until = _stretch(request, site.today())
    least = FEWEST if public else 1
    found = await kept(
        site, f"report:{since}:{until}", 300, lambda: site.office.insight.report(since, until + timedelta(days=1), site.now())
    )
    return page(
        request,
        "report.html",
        found=found,
        since=since,
        until=until,
        months=_chart(found, least),
        groups=_groups(found, site, least),
        least=least,
        band=wilson(found.right, found.looked_at),
        public=public,
    )


def _stretch(request: Request, today: date) -> tuple[date, date]:
    """The days asked for, else the last twelve months."""

    def day(name: str, otherwise: date) -> date:
        try:
            return date.fromisoformat(request.query_params.get(name, ""))
        except ValueError:
            return otherwise

    first = today - timedelta(days=365)
    until = min(day("until", today), today)
    return min(day("since", first), until), until


def _chart(found: Report, least: int) -> object:
    known = found.by_month
    rows = [_bar(month, known.get(month, Outcomes()), least) for month in _months(min(known), max(known))[-13:]] if known else []
    return bars(rows, "Needs by month, and how many of them were placed")


def _bar(month: str, x: Outcomes, least: int) -> Bar:
    name = _MONTHS[int(month[5:]) - 1]
    if 0 < x.needs < least:
        return Bar(name, 0, 0, f"{month}: fewer than {least} needs")
    return Bar(name, x.placed, x.needs, f"{month}: {x.needs} needs, {x.placed} placed")


def _months(first: str, last: str) -> list[str]:
    """Every month from one to another, such as 2026-03."""
    numbers = range(*(12 * int(month[:4]) + int(month[5:]) - 1 + after for month, after in ((first, 0), (last, 1))))
    return [f"{n // 12}-{n % 12 + 1:02}" for n in numbers]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _groups(found: Report, site: Site, least: int) -> list[tuple[str, list[tuple[str, Outcomes]]]]:
    """The tables by month, and by state and relief with the largest groups first."""

    def rows(groups: object, name: object) -> list[tuple[str, Outcomes]]:
        assert hasattr(groups, "items")
        assert callable(name)
        big = [(name(key), x) for key, x in groups.items() if x.needs >= least]
        return sorted(big, key=lambda pair: (-pair[1].needs, pair[0]))

    months = [
        (f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}", x) for month, x in sorted(found.by_month.items()) if x.needs >= least
    ]
    return [
        ("By month", months),
        ("By state", rows(found.by_state, lambda code: STATES[code].name if code in STATES else "not said")),
        ("By relief", rows(found.by_relief, lambda id: site.labels.get(id, id or "not said"))),
    ]


def wilson(right: int, of: int) -> tuple[float, float] | None:
    """The 95 % confidence band of a share (Wilson's interval); None where nothing was looked at."""
    if not of:
        return None
    z, p = 1.96, right / of
    middle, spread = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, (middle - spread) / (1 + z * z / of)), min(1.0, (middle + spread) / (1 + z * z / of))


DOORS = (
    Door("GET", "/report", report, Role.READER),
    Door("GET", "/report/public", public, Role.READER),
)
