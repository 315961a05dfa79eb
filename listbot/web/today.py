"""What needs a moderator now: held posts, needs near their deadline, nobody left, mishaps; decided in place."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Role
from listbot.domain.errors import ListbotError
from listbot.domain.work import Queue
from listbot.pipeline import moderate
from listbot.web import presence
from listbot.web.doors import Door
from listbot.web.site import Site, back, form_of, page, site_of, visitor_of, word

NEAR = timedelta(days=14)
"""A deadline within so long is near."""

SHOWN = 25
"""Rows of each kind: whoever has ten minutes needs no more."""


async def today(request: Request) -> Response:
    """The desk."""
    site = site_of(request)
    insight = site.office.insight
    found, log = await asyncio.gather(insight.today(site.now(), NEAR, SHOWN), insight.log(200))
    decided = [change for _, change in log if "@" in change.who and change.table in ("post", "need", "mail")][:6]
    return page(
        request,
        "today.html",
        found=found,
        decided=decided,
        today=site.today(),
        looking=presence.others(site, visitor_of(request).email),
        quiet=not any(part.rows for part in (found.held, found.urgent, found.nobody, found.answers, found.undelivered)),
    )


async def decide(request: Request) -> Response:
    """Release or drop held posts, one or many."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    one, _, id = word(form, "one", 40).partition(":")
    deed = one or word(form, "do", 20)
    ids = [int(i) for i in ([id] if one else form.getlist("post")) if isinstance(i, str) and i.isdecimal()]
    done, faults = 0, []
    for each in ids:
        try:
            await _decide(site, each, deed, who, word(form, "why", 200))
            done += 1
        except ListbotError as error:
            faults.append(str(error))
    said = f"{done} {'post' if done == 1 else 'posts'} {'released' if deed == 'release' else 'set aside'}" if done else ""
    return back(request, "/", ". ".join([said, *faults[:3]]).strip(". ") or "Choose posts first, then what to do with them.")


async def _decide(site: Site, id: int, deed: str, who: str, why: str) -> None:
    post = await site.office.context.cases.post(id)
    if deed == "release":
        await moderate.release(site.office, post, post.reading.needs if post.reading else (), who)
    elif deed == "drop":
        await moderate.drop(site.office, post, who, why or "not a plea")


async def decide_letters(request: Request) -> Response:
    """Let held letters go, withdraw them, or try undelivered ones again."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    outbox, now = site.office.context.outbox, site.now()
    ids = [int(i) for i in form.getlist("mail") if isinstance(i, str) and i.isdecimal()]
    verbs = {"release": (outbox.release, "released"), "drop": (outbox.drop, "withdrawn"), "retry": (outbox.retry, "tried again")}
    verb = verbs.get(word(form, "do", 20))
    number = await verb[0](ids, who, now) if verb and ids else 0
    site.office.context.wake(Queue.MAIL)
    return back(
        request, "/", f"{number} letters {verb[1]}" if verb and ids else "Choose letters first, then what to do with them."
    )


async def again(request: Request) -> Response:
    """Something that was set aside is tried again."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    queue, _, id = word(form, "row", 40).partition(":")
    done = False
    if queue in set(Queue) and id.isdecimal():
        done = await site.office.context.work.again(Queue(queue), int(id), who, site.now())
        site.office.context.wake(Queue(queue))
    return back(request, "/", "It is tried again." if done else "It was tried again already, or is gone.")


DOORS = (
    Door("GET", "/", today, Role.READER),
    Door("POST", "/posts/decide", decide, Role.MODERATOR),
    Door("POST", "/letters/decide", decide_letters, Role.MODERATOR),
    Door("POST", "/again", again, Role.MODERATOR),
)
