"""For machines: is it alive, can it work, how is it doing (Prometheus text, no personal data); and the static files."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from listbot import __version__
from listbot.domain.desk import Health
from listbot.domain.errors import ListbotError
from listbot.web.doors import Door
from listbot.web.keeping import kept
from listbot.web.site import Site, site_of

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


async def alive(request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


async def ready(request: Request) -> Response:
    """The database answers."""
    try:
        await site_of(request).office.versions.in_force()
    except ListbotError:
        return PlainTextResponse("the database does not answer\n", 503)
    return PlainTextResponse("ok\n")


async def metrics(request: Request) -> Response:
    """Figures, a few seconds old at most."""
    site = site_of(request)
    health = await health_of(site)
    await asyncio.to_thread(site.office.models)  # whose first look reads them whole
    return PlainTextResponse("".join(_lines(health, site)), media_type=PROMETHEUS)


async def health_of(site: Site) -> Health:
    """The figures of the machinery, kept for some seconds."""
    return await kept(site, "health", 15, lambda: site.office.insight.health(site.now()))


Families = dict[str, tuple[str, dict[str, float]]]
"""Gauges by name: what each tells, and its values by their labels."""


def _lines(health: Health, site: Site) -> list[str]:
    lines = []
    for name, (help_text, values) in {**_work(health), **_people(health), **_sources(health), **_program(health, site)}.items():
        lines += [f"# HELP {name} {help_text}\n", f"# TYPE {name} gauge\n"]
        lines += [f"{name}{labels} {value:g}\n" for labels, value in values.items()]
    return lines


def _work(health: Health) -> Families:
    return {
        "listbot_rows_due": ("Rows waiting to be worked on.", _labelled("queue", health.due)),
        "listbot_rows_set_aside": ("Rows that a person has to look at.", _labelled("queue", health.aside)),
        "listbot_oldest_due_seconds": (
            "Age of the oldest row waiting.",
            {_label("queue", q): max(0.0, (health.at - t).total_seconds()) for q, t in health.oldest_due.items()},
        ),
        "listbot_posts": ("Posts by state.", _labelled("state", health.posts)),
        "listbot_needs": ("Needs by state.", _labelled("state", health.needs)),
        "listbot_asks": ("Asks by state.", _labelled("state", health.asks)),
        "listbot_mails": ("Letters by state.", _labelled("state", health.mail)),
        "listbot_mails_sent_last_hour": ("Letters accepted by the mail server in the last hour.", {"": health.sent_last_hour}),
        "listbot_mails_braked": ("Letters that a brake holds back.", {"": health.braked}),
    }


def _people(health: Health) -> Families:
    return {
        "listbot_takers": ("Takers in the registry.", {"": health.takers}),
        "listbot_takers_bounced": ("Takers whose address bounced.", {"": health.bounced_takers}),
        "listbot_list_last_post_seconds": (
            "Age of a list's last post.",
            {_label("list", x.name): (health.at - x.last_post).total_seconds() for x in health.lists if x.last_post},
        ),
        "listbot_list_quiet": (
            "Whether a list is silent for longer than it usually is.",
            {_label("list", x.name): float(x.quiet(health.at)) for x in health.lists},
        ),
    }


def _sources(health: Health) -> Families:
    told = [x for x in health.sources if x.told_at]
    return {
        "listbot_source_lag_seconds": (
            "From the mail server to the journal, the median of the last messages.",
            {_label("source", x.name): x.lag.total_seconds() for x in health.sources if x.lag is not None},
        ),
        "listbot_source_connected": (
            "Whether the process that follows the source is connected to it, as far as has been heard.",
            {_label("source", x.name): float(x.status.connected and not x.silent(health.at)) for x in told},
        ),
        "listbot_source_waiting": (
            "Messages known to wait at the source.",
            {_label("source", x.name): x.status.waiting for x in told},
        ),
    }


def _program(health: Health, site: Site) -> Families:
    return {
        "listbot_database_bytes": ("Size of the database.", {"": health.database_bytes}),
        "listbot_rules_version": ("The rule set in force.", {"": site.office.context.rules().version}),
        "listbot_model_info": (
            "The trained models in use.",
            {f'{{model="{name}",version="{version}"}}': 1 for name, version in site.office.models().items()},
        ),
        "listbot_info": ("The program.", {_label("version", __version__): 1}),
    }


def _labelled(label: str, values: object) -> dict[str, float]:
    assert hasattr(values, "items")
    return {_label(label, str(key)): number for key, number in values.items()}


def _label(label: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'{{{label}="{escaped}"}}'


DOORS = (
    Door("GET", "/healthz", alive),
    Door("GET", "/readyz", ready),
    Door("GET", "/metrics", metrics),
)
