"""Lists that are paged, sorted and linkable: everything about them is in the address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request

from listbot.web.site import number

LISTS = ("/", "/answers", "/mail", "/registry/offers")
"""The lists whose rows are decided upon in place."""

PAGE = 50
"""Rows of one page."""

DEEPEST = 100_000
"""Further rows are found by searching, not by turning pages."""


def offset_of(request: Request) -> int:
    """The first row wanted."""
    return number(request.query_params.get("offset"), 0, DEEPEST, 0)


def address_of(request: Request) -> Callable[..., str]:
    """The address of this list with some of its parts changed; a change of filter begins at the first row."""
    here = dict(request.query_params)

    def address(**changes: object) -> str:
        asked = {k: v for k, v in {**here, "offset": "", **changes}.items() if v not in ("", None, 0)}
        return f"{request.url.path}?{urlencode(asked)}" if asked else request.url.path

    return address


def here_of(request: Request) -> str:
    """The address of this list, for a form that comes back to it."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def way_back(form: FormData, otherwise: str) -> str:
    """Where a form that was sent from a list leads back to: a list of these pages, nowhere else."""
    to = form.get("back", "")
    path, _, query = to.partition("?") if isinstance(to, str) else ("", "", "")
    return f"{path}?{urlencode(parse_qsl(query)[:20])}".rstrip("?") if path in LISTS else otherwise
