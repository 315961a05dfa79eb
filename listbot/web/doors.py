"""Every address of the pages with who may pass: the session, the role and the CSRF word are looked at here, nowhere else."""

from __future__ import annotations

import hmac
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import quote, urlsplit

from itsdangerous import BadSignature, Signer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from listbot.domain.desk import Role
from listbot.domain.errors import ListbotError
from listbot.web.site import Site, Visitor, failed, form_of, page, refused, site_of, word

log = logging.getLogger(__name__)

Act = Callable[[Request], Awaitable[Response]]

COOKIE = "listbot"
LASTS = timedelta(hours=10)
"""A session's life at most: one working day."""

IDLE = timedelta(hours=2)
"""A session not used for so long is over."""


@dataclass(frozen=True, slots=True)
class Door:
    """One address and method. Without a role anybody may pass; `csrf` is only left out where there is no session to abuse."""

    method: str
    path: str
    act: Act
    role: Role | None = None
    csrf: bool = True

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def route(door: Door) -> Route:
    """The door as Starlette knows it."""

    async def endpoint(request: Request) -> Response:
        try:
            return await pass_through(request)
        except ListbotError as error:
            return refused(request, error)
        except HTTPException:
            raise
        except Exception as error:
            # Nothing of it may reach a log whole: its words may be those of a post.
            return failed(request, error)
        finally:
            await request.close()  # files that came with a form

    async def pass_through(request: Request) -> Response:
        if door.method == "POST" and _from_elsewhere(request) and door.csrf:
            return _shut(request, "the form was on another site")
        visitor = await visitor_from(request) if door.role else None
        if door.role and visitor is None:
            return _to_sign_in(request)
        if visitor:
            request.state.visitor = visitor
            if door.role and not visitor.role.may(door.role):
                return _shut(request, f"a {visitor.role} may not; a {door.role} may")
            if door.method == "POST" and not await _carries(request, visitor.csrf):
                return _shut(request, "the form is too old or not ours")
        return await door.act(request)

    return Route(door.path, endpoint, methods=[door.method], name=door.name)


async def visitor_from(request: Request) -> Visitor | None:
    """Who has signed in."""
    site = site_of(request)
    try:
        secret = Signer(site.secret, salt="session").unsign(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return None
    session = sha256(secret).hexdigest()
    email = await site.office.sessions.visitor(session, IDLE, site.now())
    role = await role_of(site, email) if email else None
    if email is None or role is None:
        return None
    return Visitor(email, role, session, csrf_word(site.secret, session))


async def role_of(site: Site, email: str) -> Role | None:
    """What somebody may do: those named in the configuration everything, others what an admin gave them."""
    if any(email == m.email.lower() for m in site.office.context.identity.moderators):
        return Role.ADMIN
    return next((a.role for a in await site.office.sessions.accounts() if a.email == email), None)


def csrf_word(secret: bytes, session: str) -> str:
    """The word that forms of this session carry."""
    return hmac.digest(secret, b"csrf\x1f" + session.encode(), "sha256").hex()[:32]


async def _carries(request: Request, csrf: str) -> bool:
    given = request.headers.get("x-csrf") or word(await form_of(request), "csrf")
    return hmac.compare_digest(given.encode(), csrf.encode())


def _from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site sent this form."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    return origin not in (None, "null") and urlsplit(origin).netloc != request.headers.get("host", "")


def _to_sign_in(request: Request) -> Response:
    if request.method != "GET":
        return page(
            request, "error.html", 401, title="You are signed out", text="Sign in, go back and do it again.", sign_in=True
        )
    after = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse("/sign-in" + (f"?next={quote(after, safe='')}" if after != "/" else ""), 303)


def _shut(request: Request, why: str) -> Response:
    log.warning("refused %s %s: %s", request.method, request.scope["route"].path, why)
    text = f"You may not do this here: {why}. Nothing was changed."
    return page(request, "error.html", 403, title="Not allowed", text=text)


@dataclass(slots=True)
class Brake:
    """How often something may be done: so many times within a span, by key. Kept in this process only."""

    most: int
    within: timedelta
    _times: dict[str, deque[datetime]] = field(default_factory=dict)

    def allows(self, key: str, now: datetime) -> bool:
        """Whether it may be done now; if so, it counts."""
        if len(self._times) > 10_000:  # somebody tries many keys: those that are over are forgotten
            self._times = {k: t for k, t in self._times.items() if t and t[-1] > now - self.within}
        times = self._times.setdefault(key, deque(maxlen=self.most))
        if len(times) == self.most and times[0] > now - self.within:
            return False
        times.append(now)
        return True


def caller(request: Request) -> str:
    """Where a request came from, for brakes only: never logged."""
    return request.client.host if request.client else ""
