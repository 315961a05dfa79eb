"""All doors of the pages, joined to one application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from listbot.pipeline.office import Office
from listbot.web import (
    coverage,
    health,
    letters,
    machines,
    needs,
    offers,
    posts,
    registry,
    report,
    room,
    rules,
    signing,
    takers,
    today,
    waiting,
)
from listbot.web.doors import Door, route
from listbot.web.site import HERE, Headers, Site, not_found

PARTS = (
    today,
    waiting,
    posts,
    needs,
    offers,
    registry,
    rules,
    letters,
    coverage,
    report,
    health,
    takers,
    room,
    signing,
    machines,
)

DOORS: tuple[Door, ...] = tuple(door for part in PARTS for door in part.DOORS)
"""Every address there is; the test of all of them fails where one has no row in it."""


def make_app(office: Office, own_address: str) -> Starlette:
    """The application. `own_address` is used in mailed links where no base_url is configured."""
    site = Site(office, own_address)

    async def nothing(request: Request, error: Exception) -> Response:
        return not_found(request)

    routes: list[Route | Mount] = [route(door) for door in DOORS]
    app = Starlette(
        routes=[*routes, Mount("/static", Static(directory=HERE / "static"), name="static")],
        middleware=[
            Middleware(Headers, secure=office.context.identity.base_url.startswith("https://")),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers={404: nothing, 405: nothing},
    )
    app.state.site = site
    return app


class Static(StaticFiles):
    """The style sheet and scripts: they may be kept for an hour."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response
