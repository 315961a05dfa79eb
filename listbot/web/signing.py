"""Signing in by a link that is mailed, signing out, and who may sign in at all."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from hashlib import sha256

from itsdangerous import Signer
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Account, Role
from listbot.domain.errors import ConfigError
from listbot.domain.letters import LetterSpec, SignInValues
from listbot.domain.mail import Address
from listbot.domain.work import Queue
from listbot.web.doors import COOKIE, LASTS, Brake, Door, caller, role_of
from listbot.web.site import Site, back, form_of, page, site_of, visitor_of, word

LINK_LASTS = timedelta(minutes=15)

_BY_CALLER = Brake(10, timedelta(minutes=10))
_BY_ADDRESS = Brake(3, timedelta(minutes=10))
_TRIES = Brake(30, timedelta(minutes=10))
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


async def sign_in(request: Request) -> Response:
    """The form."""
    return page(request, "sign_in.html", sent=False, after=_inside(request.query_params.get("next", "")))


async def send_link(request: Request) -> Response:
    """The same page for every address; whether a mail leaves is decided behind it, so that nothing tells who may sign in."""
    site, form = site_of(request), await form_of(request)
    email, after = word(form, "email", 300).lower(), _inside(word(form, "next", 500))
    task = None
    if _BY_CALLER.allows(caller(request), site.now()) and _ADDRESS.fullmatch(email) and _BY_ADDRESS.allows(email, site.now()):
        task = BackgroundTask(_mail_link, site, email, after)
    response = page(request, "sign_in.html", sent=True, after=after, minutes=int(LINK_LASTS.total_seconds() // 60))
    response.background = task
    return response


async def _mail_link(site: Site, email: str, after: str) -> None:
    if await role_of(site, email) is None:
        return
    context, now, secret = site.office.context, site.now(), secrets.token_urlsafe(24)
    hash = sha256(secret.encode()).hexdigest()
    link = f"{context.identity.base_url or site.own_address}/sign-in/{secret}"
    values = SignInValues(link=link + (f"?next={after}" if after else ""), minutes=int(LINK_LASTS.total_seconds() // 60))
    spec = LetterSpec(key=f"sign_in:{hash}", template="sign_in", to=Address(email), values=values)
    await site.office.sessions.invite(hash, email, now + LINK_LASTS, now)
    await context.outbox.put([context.composer.compose(spec, now)], now)
    context.wake(Queue.MAIL)


async def arrive(request: Request) -> Response:
    """What the link opens: a button. Mail scanners open links too; only pressing it signs in."""
    return page(request, "arrive.html", after=_inside(request.query_params.get("next", "")))


async def enter(request: Request) -> Response:
    """The button: the link is used up and a session begins."""
    site = site_of(request)
    hash = sha256(request.path_params["secret"].encode()).hexdigest()
    allowed = _TRIES.allows(caller(request), site.now())
    email = await site.office.sessions.redeem(hash, site.now()) if allowed else None
    if email is None or await role_of(site, email) is None:
        return page(request, "error.html", 404, title="This link is used or too old", text=_AGAIN, sign_in=True)
    secret = secrets.token_urlsafe(32)
    until = site.now() + LASTS
    await site.office.sessions.begin(sha256(secret.encode()).hexdigest(), email, until, site.now())
    response = back(request, _inside(word(await form_of(request), "next", 500)) or "/")
    response.set_cookie(
        COOKIE,
        Signer(site.secret, salt="session").sign(secret).decode(),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=site.office.context.identity.base_url.startswith("https://"),
        path="/",
    )
    return response


_AGAIN = "Links work once, for a quarter of an hour. Ask for a new one."


async def sign_out(request: Request) -> Response:
    """End this session."""
    site, visitor = site_of(request), visitor_of(request)
    await site.office.sessions.end(visitor.email, visitor.session, visitor.email, site.now())
    response = back(request, "/sign-in")
    response.delete_cookie(COOKIE, path="/")
    return response


async def people(request: Request) -> Response:
    """Who may sign in."""
    site = site_of(request)
    fixed = [Account(email=m.email.lower(), role=Role.ADMIN, fixed=True) for m in site.office.context.identity.moderators]
    names = {a.email for a in fixed}
    added = [a for a in await site.office.sessions.accounts() if a.email not in names]
    return page(request, "people.html", accounts=[*fixed, *added], roles=list(Role))


async def change_people(request: Request) -> Response:
    """Give or take a role, or end somebody's sessions."""
    site, visitor, form = site_of(request), visitor_of(request), await form_of(request)
    email, wanted = word(form, "email", 300).lower(), word(form, "role", 20)
    if not _ADDRESS.fullmatch(email):
        raise ConfigError("that is not a mail address; write name@domain")
    if wanted == "sign out":
        number = await site.office.sessions.end(email, None, visitor.email, site.now())
        return back(request, "/people", f"{email}: {number} sessions ended")
    if wanted and wanted not in set(Role):
        raise ConfigError(f"there is no role {wanted}; choose one of {', '.join(Role)}")
    await site.office.sessions.put_account(email, Role(wanted) if wanted else None, visitor.email, site.now())
    return back(request, "/people", f"{email} is now {wanted}" if wanted else f"{email} may no longer sign in")


def _inside(address: str) -> str:
    """An address within these pages, else nothing: a link must not lead elsewhere after signing in."""
    return address if re.fullmatch(r"/[a-z][\w/?=&.%-]*", address) else ""


DOORS = (
    Door("GET", "/sign-in", sign_in),
    Door("POST", "/sign-in", send_link),
    Door("GET", "/sign-in/{secret}", arrive),
    Door("POST", "/sign-in/{secret}", enter),
    Door("POST", "/sign-out", sign_out, Role.READER),
    Door("GET", "/people", people, Role.ADMIN),
    Door("POST", "/people", change_people, Role.ADMIN),
)
