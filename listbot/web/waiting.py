"""All answers and all letters: paged, sorted, linkable; decided upon as on Today."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Role
from listbot.domain.moderation import KINDS
from listbot.domain.states import AnswerKind, AnswerState, MailState
from listbot.web.doors import Door
from listbot.web.lists import PAGE, address_of, here_of, offset_of
from listbot.web.site import page, site_of
from listbot.web.today import redacted

ANSWERS = {"held": "To be read", "all": "All"}

LETTERS: dict[str, tuple[str, tuple[MailState, ...]]] = {
    "held": ("Wait for release", (MailState.HELD,)),
    "undelivered": ("Did not arrive", (MailState.REFUSED, MailState.UNSURE)),
    "waiting": ("On their way", (MailState.QUEUED, MailState.SENDING, MailState.DEFERRED)),
    "sent": ("Sent", (MailState.SENT,)),
    "all": ("All", ()),
}


async def answers(request: Request) -> Response:
    """Held answers, or all; the oldest first, unless asked otherwise."""
    site, asked = site_of(request), request.query_params
    show = asked.get("state", "") if asked.get("state") in ANSWERS else "held"
    offset, newest = offset_of(request), asked.get("order") == "newest"
    state = AnswerState.HELD if show == "held" else None
    found = await site.office.insight.answers(state, PAGE, offset, newest_first=newest)
    return page(
        request,
        "answers.html",
        found=found,
        answers=await asyncio.to_thread(redacted, site, found.rows),
        kinds=[kind for kind in AnswerKind if kind in KINDS],
        shows=ANSWERS,
        show=show,
        order="newest" if newest else "oldest",
        offset=offset,
        size=PAGE,
        address=address_of(request),
        here=here_of(request),
    )


async def mail(request: Request) -> Response:
    """Letters by what became of them."""
    site, asked = site_of(request), request.query_params
    show = asked.get("state", "") if asked.get("state") in LETTERS else "held"
    offset, oldest = offset_of(request), asked.get("order") == "oldest"
    return page(
        request,
        "mail.html",
        found=await site.office.insight.mail(LETTERS[show][1], PAGE, offset, oldest_first=oldest),
        shows={key: name for key, (name, _) in LETTERS.items()},
        show=show,
        order="oldest" if oldest else "newest",
        offset=offset,
        size=PAGE,
        address=address_of(request),
        here=here_of(request),
    )


DOORS = (
    Door("GET", "/answers", answers, Role.READER),
    Door("GET", "/mail", mail, Role.READER),
)
