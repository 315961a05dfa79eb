"""Offers of room for cases made on a list: what would change in whose entry, confirmed or dropped on their behalf."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Role
from listbot.domain.errors import ConfigError
from listbot.domain.states import ProposalState
from listbot.pipeline import moderate
from listbot.web.doors import Door
from listbot.web.lists import PAGE, address_of, here_of, offset_of, way_back
from listbot.web.site import back, form_of, number, page, site_of, visitor_of, word

SHOWS = {
    "": "All",
    "asked": "Asked",
    "confirmed": "Confirmed",
    "declined": "Declined",
    "expired": "Never answered",
}


async def offers(request: Request) -> Response:
    """All of them, newest first, or those in one state."""
    site, show = site_of(request), request.query_params.get("state", "")
    state = ProposalState(show) if show in set(ProposalState) else None
    offset = offset_of(request)
    return page(
        request,
        "offers.html",
        found=await site.office.insight.proposals(state, site.now(), PAGE, offset),
        shows=SHOWS,
        show=state or "",
        offset=offset,
        size=PAGE,
        address=address_of(request),
        here=here_of(request),
    )


async def settle(request: Request) -> Response:
    """A moderator confirms for somebody, or leaves their entry as it is."""
    site, form = site_of(request), await form_of(request)
    deeds = {state: state for state in (ProposalState.CONFIRMED, ProposalState.DECLINED)}
    state = deeds.get(word(form, "do", 20))  # type: ignore[call-overload]
    if state is None:
        raise ConfigError("there is no such action; go back and use the buttons")
    await moderate.settle_proposal(site.office, number(word(form, "post"), 0, 2**53, 0), state, visitor_of(request).email)
    said = "The entry says so now." if state is ProposalState.CONFIRMED else "The entry stays as it is."
    return back(request, way_back(form, "/registry/offers"), said)


DOORS = (
    Door("GET", "/registry/offers", offers, Role.READER),
    Door("POST", "/registry/offers", settle, Role.MODERATOR),
)
