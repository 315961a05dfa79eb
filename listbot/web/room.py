"""The page of the yearly question: this taker's room for cases, no login. GET shows, POST acts."""

from __future__ import annotations

import re
from datetime import date

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from listbot.domain.errors import ConfigError
from listbot.domain.registry import Candidate
from listbot.domain.tokens import TOKEN_LENGTH
from listbot.pipeline.capacity import changed
from listbot.web.doors import Door
from listbot.web.site import Site, form_of, not_found, number, page, site_of, word
from listbot.web.takers import PAUSES, until_of

_TOKEN = re.compile(rf"[a-z2-7]{{{TOKEN_LENGTH}}}")


async def show(request: Request) -> Response:
    """What the entry says of this taker's room."""
    entry = await _entry(request)
    return not_found(request) if entry is None else _page(request, entry)


async def act(request: Request) -> Response:
    """One button. Pressing it twice does it once."""
    entry, site = await _entry(request), site_of(request)
    if entry is None:
        return not_found(request)
    form = await form_of(request)
    done = _DEEDS.get(word(form, "do", 20))
    if done is None:
        return _page(request, entry, fault="Please choose one of the answers.", status=400)
    try:
        slots, until = done({key: word(form, key, 200) for key in form}, site.today())
    except ConfigError as error:
        return _page(request, entry, fault=str(error), status=400)
    await site.office.context.registry.stated(changed(entry.taker, slots, until), f"taker {entry.id}", site.now())
    fresh = await _entry(request)
    return not_found(request) if fresh is None else _page(request, fresh, done=True)


async def stop_page(request: Request) -> Response:
    """The page behind the unsubscribe link: it asks, for opening it must not change anything."""
    entry = await _entry(request)
    return not_found(request) if entry is None else page(request, "stop.html", taker=entry.taker, done=False)


async def stop(request: Request) -> Response:
    """RFC 8058: one POST, no cookie, no login, no question; the same from the page's button."""
    entry, site = await _entry(request), site_of(request)
    if entry is None:
        return not_found(request)
    await site.office.context.registry.opt_out(entry.taker.email, f"taker {entry.id}", site.now())
    form = await form_of(request)
    if word(form, "List-Unsubscribe"):
        return PlainTextResponse("You will not be asked again.\n")
    return page(request, "stop.html", taker=entry.taker, done=True)


async def _entry(request: Request) -> Candidate | None:
    """Whose question the token belongs to."""
    site, token = site_of(request), request.path_params["token"]
    context = site.office.context
    letter = await context.outbox.answered_letter(token, ()) if _TOKEN.fullmatch(token) else None
    if letter is None or letter.kind != "capacity_question":
        return None
    return await context.registry.taker(letter.recipient)


def _page(request: Request, entry: Candidate, *, fault: str = "", status: int = 200, done: bool = False) -> Response:
    site: Site = site_of(request)
    stopped = entry.standing.opted_out_at is not None
    known = {"taker": entry.taker, "today": site.today(), "pauses": PAUSES, "token": request.path_params["token"]}
    return page(request, "room.html", status, fault=fault, done=done, stopped=stopped, **known)


def _same(form: dict[str, str], today: date) -> tuple[int | None, date | None]:
    return None, None


def _room(form: dict[str, str], today: date) -> tuple[int | None, date | None]:
    return number(form.get("slots"), 0, 99, 0), None


def _pause(form: dict[str, str], today: date) -> tuple[int | None, date | None]:
    return None, until_of(form, today)


_DEEDS = {"same": _same, "room": _room, "pause": _pause}

DOORS = (
    Door("GET", "/c/{token}", show),
    Door("POST", "/c/{token}", act, csrf=False),
    Door("GET", "/c/{token}/stop", stop_page),
    Door("POST", "/c/{token}/stop", stop, csrf=False),
)
