"""What every page shares: the office, templates, security headers, and errors that say what to do."""

from __future__ import annotations

import asyncio
import json
import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from itsdangerous import BadSignature, Signer
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from listbot.domain.desk import Role
from listbot.domain.errors import ListbotError, Refused, TryLater, WorkFailed
from listbot.pipeline.act import describe
from listbot.pipeline.office import Office
from listbot.web import words

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
MOST_BYTES = 8_000_000
"""A request's body at most: the registry of a hundred thousand takers would come in pieces."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect", "font", "frame")),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",  # addresses of takers' pages are secrets
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has signed in. `csrf` is the word that each of their forms must carry."""

    email: str
    role: Role
    session: str  #: hash of the session's secret
    csrf: str


@dataclass(slots=True)
class Site:
    """The pages' shared state in this process: slow figures kept for a while, work that goes on."""

    office: Office
    own_address: str  #: http://host:port, for links where no base_url is configured
    templates: Environment = field(default_factory=lambda: environment())
    notes: dict[str, Any] = field(default_factory=dict)
    working: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Have something done that goes on when the answer has left."""
        task = asyncio.create_task(work)
        self.working.add(task)
        task.add_done_callback(self.working.discard)

    def now(self) -> datetime:
        return self.office.context.clock.now()

    def today(self) -> date:
        return self.now().astimezone(self.office.context.identity.zone).date()

    @property
    def secret(self) -> bytes:
        return self.office.context.identity.secret

    @property
    def labels(self) -> dict[str, str]:
        """What each relief is called."""
        return self.office.context.rules().relief_labels


def environment() -> Environment:
    """Templates that escape everything and know the words of `words`."""
    made = Environment(
        loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= words.FILTERS
    return made


def site_of(request: Request) -> Site:
    """The site that serves this request."""
    site: Site = request.app.state.site
    return site


def visitor_of(request: Request) -> Visitor:
    """Who has signed in; only behind a door that lets nobody else in."""
    visitor: Visitor = request.state.visitor
    return visitor


def zone_of(request: Request) -> ZoneInfo:
    """The reader's time zone as the browser told, else the bot's."""
    said = request.cookies.get("zone", "")
    return ZoneInfo(said) if said in _ZONES else site_of(request).office.context.identity.zone


_ZONES = available_timezones()


def page(request: Request, name: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: object) -> Response:
    """A page from its template. With htmx only the part that it asked for: the block is chosen by the template itself."""
    site = site_of(request)
    visitor = getattr(request.state, "visitor", None)
    said, undo = _said(request)
    shared = {
        "visitor": visitor,
        "decides": visitor is not None and visitor.role.may(Role.MODERATOR),
        "administers": visitor is not None and visitor.role.may(Role.ADMIN),
        "bot": site.office.context.identity.address,
        "mode": site.office.context.identity.mode,
        "path": request.url.path,
        "query": str(request.url.query),
        "now": site.now(),
        "zone": zone_of(request),
        "labels": site.labels,
        "said": said,
        "undo": undo,
    }
    html = site.templates.get_template(name).render(shared | values)
    response = HTMLResponse(html, status, headers)
    if said:
        response.delete_cookie("said", path="/")
    return response


def back(request: Request, to: str, said: str = "", undo: Sequence[int] = ()) -> Response:
    """After a POST: to a page of ours, with a word on what was done, and a button to undo it for the posts that were dropped.

    The word travels in a signed cookie, once.
    """
    response = RedirectResponse(to, 303)
    if said:
        word = json.dumps([said[:300], list(undo)[:100]]).encode()
        signed = Signer(site_of(request).secret, salt="said").sign(urlsafe_b64encode(word)).decode()
        response.set_cookie("said", signed, max_age=60, path="/", httponly=True, samesite="lax")
    return response


def _said(request: Request) -> tuple[str, list[int]]:
    try:
        word = urlsafe_b64decode(Signer(site_of(request).secret, salt="said").unsign(request.cookies.get("said", "")))
        said, undo = json.loads(word)
    except (BadSignature, ValueError):
        return "", []
    return said, undo


async def form_of(request: Request) -> FormData:
    """The form, within bounds."""
    return await request.form(max_files=1, max_fields=2000, max_part_size=MOST_BYTES)


def word(form: FormData, name: str, most: int = 2000) -> str:
    """A field of a form as trimmed text, "" where it is missing."""
    value = form.get(name, "")
    return value.strip()[:most] if isinstance(value, str) else ""


def number(text: str | None, least: int, most: int, otherwise: int) -> int:
    """A number out of an address or form; anything else is the usual one."""
    try:
        return min(most, max(least, int(text or "")))
    except ValueError:
        return otherwise


def not_found(request: Request) -> Response:
    """A page that tells nothing of what there is."""
    return page(request, "error.html", 404, title="This page is not here", text=_NOT_HERE)


_NOT_HERE = "The address may be incomplete or too old. If it came in a mail, replying to that mail works as well."


def refused(request: Request, error: ListbotError) -> Response:
    """An error that a person can understand, on a page."""
    if isinstance(error, Refused):
        return page(request, "error.html", 409, title="This was not done", text=f"{error}. Go back, look again and decide anew.")
    if isinstance(error, WorkFailed) and getattr(request.state, "visitor", None) is None:
        return not_found(request)  # to strangers nothing is told of what there is
    if isinstance(error, WorkFailed):
        title = "This page is not here" if request.method == "GET" else "That did not work"
        return page(request, "error.html", 404, title=title, text=f"{str(error)[:1].upper()}{str(error)[1:]}.")
    later = isinstance(error, TryLater)
    text = "Nothing was changed. Please try again in a moment." if later else str(error)
    return page(request, "error.html", 503 if later else 400, title="That did not work", text=text)


def failed(request: Request, error: Exception) -> Response:
    """A fault of the program: nothing of it is shown."""
    log.error("%s %s failed: %s", request.method, request.scope["route"].path, describe(error))
    text = "The fault is in the program, not in what you did; it has been logged. Nothing was changed."
    return page(request, "error.html", 500, title="Something broke", text=text)


class Headers:
    """Adds the security headers to each response, unless it brings its own."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app = app
        self.headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)
