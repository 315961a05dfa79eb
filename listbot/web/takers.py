"""The page of one ask: this taker, this need, no login. GET shows, POST acts; works in any browser, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from listbot.domain.errors import ConfigError
from listbot.domain.geography import STATES
from listbot.domain.registry import Taker
from listbot.domain.states import NEED_OPEN, AnswerKind, NeedState
from listbot.domain.tokens import TOKEN_LENGTH
from listbot.domain.wording import facts
from listbot.domain.work import AnswerReading, StoredAsk, StoredNeed, StoredPost
from listbot.pipeline.answer import answer_on_page
from listbot.web.doors import Door
from listbot.web.site import Site, back, form_of, not_found, number, page, site_of, word

LASTS = timedelta(days=180)
"""After so long a link shows nothing any more; stopping works for ever."""

REASONS = {
    "room": "No room for another case now",
    "area": "Not a kind of case I take",
    "place": "Too far, or not admitted there",
    "conflict": "A conflict of interest",
    "other": "Another reason",
}
LETTERS_IN = {"en": "English", "es": "Español"}
PAUSES = {"14": "two weeks", "30": "a month", "90": "three months", "180": "half a year"}

_TOKEN = re.compile(rf"[a-z2-7]{{{TOKEN_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a token opens."""

    ask: StoredAsk
    need: StoredNeed
    post: StoredPost
    taker: Taker


async def show(request: Request) -> Response:
    """Facts and redacted words of the need, and what this taker can answer."""
    asked = await _asked(request)
    return not_found(request) if asked is None else await _page(request, asked)


async def act(request: Request) -> Response:
    """One button. Pressing it twice does it once."""
    asked = await _asked(request)
    if asked is None:
        return not_found(request)
    form = await form_of(request)
    wanted = word(form, "do", 20)
    done = _DEEDS.get(wanted)
    if done is None:
        return await _page(request, asked, "Please choose one of the answers.", 400)
    try:
        said = await done(site_of(request), asked, {key: word(form, key, 200) for key in form})
    except ConfigError as error:
        return await _page(request, asked, str(error), 400)
    return back(request, f"/a/{request.path_params['token']}", said)


async def stop_page(request: Request) -> Response:
    """The page behind the unsubscribe link: it asks, for opening it must not change anything."""
    asked = await _asked(request, ever=True)
    return not_found(request) if asked is None else page(request, "stop.html", taker=asked.taker, done=False)


async def stop(request: Request) -> Response:
    """RFC 8058: one POST, no cookie, no login, no question; the same from the page's button."""
    asked = await _asked(request, ever=True)
    if asked is None:
        return not_found(request)
    await _stop(site_of(request), asked, {})
    form = await form_of(request)
    if word(form, "List-Unsubscribe"):
        return PlainTextResponse("You will not be asked again.\n")
    return page(request, "stop.html", taker=asked.taker, done=True)


async def _asked(request: Request, *, ever: bool = False) -> Asked | None:
    """What the token opens; None for one that is wrong or too old (`ever`: however old)."""
    site, token = site_of(request), request.path_params["token"]
    context = site.office.context
    letter = await context.outbox.answered_letter(token, ()) if _TOKEN.fullmatch(token) else None
    if letter is None or letter.ask is None or letter.need is None:
        return None
    ask = next((a for a in await context.cases.asks(need=letter.need) if a.id == letter.ask), None)
    entry = await context.registry.taker(ask.email) if ask else None
    if ask is None or entry is None or (not ever and ask.created_at < site.now() - LASTS):
        return None
    need = await context.cases.need(ask.need)
    return Asked(ask, need, await context.cases.post(need.post), entry.taker)


async def _page(request: Request, asked: Asked, fault: str = "", status: int = 200) -> Response:
    site = site_of(request)
    wishes = await site.office.context.registry.languages([asked.ask.email])
    return page(
        request,
        "ask.html",
        status,
        fault=fault,
        taker=asked.taker,
        ask=asked.ask,
        fellow=asked.post.post.author,
        facts=facts(asked.need.need, site.labels, site.today()),
        need=asked.need,
        text=asked.post.reading.redacted_text if asked.post.reading else "",
        stands=_stands(asked),
        open=asked.need.state in NEED_OPEN,
        token=request.path_params["token"],
        list_name=asked.post.post.list_name,
        posted_on=asked.post.post.posted_at.date(),
        reasons=REASONS,
        pauses=PAUSES,
        languages=LETTERS_IN,
        letters_in=wishes.get(asked.ask.email, "en"),
        today=site.today(),
        states=STATES,
    )


def _stands(asked: Asked) -> str:
    """How things stand between this taker and this need: lead, reserve, maybe, declined, placed, over, free."""
    ask, need = asked.ask, asked.need
    if need.lead == ask.taker and need.state in (NeedState.OFFERED, NeedState.PLACED):
        return "lead"
    if ask.answer is AnswerKind.YES:
        return "reserve"
    if ask.answer is AnswerKind.MAYBE:
        return "maybe"
    if ask.answer in (AnswerKind.NO, AnswerKind.LATER, AnswerKind.REFER, AnswerKind.STOP):
        return "declined"
    if need.state is NeedState.OFFERED:
        return "offered"
    return "over" if need.state not in NEED_OPEN else "free"


async def _take(site: Site, asked: Asked, form: dict[str, str]) -> str:
    if asked.ask.answer is not AnswerKind.YES:
        await _answer(site, asked, AnswerKind.YES)
    return "Thank you."


async def _cocounsel(site: Site, asked: Asked, form: dict[str, str]) -> str:
    if asked.ask.answer is None:
        await _answer(site, asked, AnswerKind.MAYBE, "co-counsel")
    return "Thank you. You and the one who posted are introduced by mail."


async def _decline(site: Site, asked: Asked, form: dict[str, str]) -> str:
    if asked.ask.answer is not AnswerKind.NO:
        await _answer(site, asked, AnswerKind.NO, REASONS.get(form.get("why", ""), ""))
    return "Thank you for saying so: the next person hears of it sooner."


async def _pause(site: Site, asked: Asked, form: dict[str, str]) -> str:
    until = until_of(form, site.today())
    await _change(site, replace(asked.taker, paused_until=until), asked.ask)
    if asked.ask.answer is None:
        await _answer(site, asked, AnswerKind.LATER, "pause", until=until)
    return f"You are not asked again until {until:%B} {until.day}, {until.year}."


def until_of(form: dict[str, str], today: date) -> date:
    """The day until which a form's owner wishes to be left alone."""
    if form.get("until"):
        try:
            until = date.fromisoformat(form["until"])
        except ValueError:
            raise ConfigError("That is not a day; write year-month-day, for instance 2026-01-31.") from None
        if until <= today:
            raise ConfigError("That day is over; choose one to come.")
        return until
    return today + timedelta(days=number(form.get("days"), 1, 730, 30))


async def _capacity(site: Site, asked: Asked, form: dict[str, str]) -> str:
    states = frozenset(re.findall(r"[A-Z]{2}", form.get("states", "").upper()))
    if unknown := sorted(states - STATES.keys()):
        raise ConfigError(f"There is no state {unknown[0]}; write the two letters of each, NC SC.")
    slots = form.get("slots", "")
    taker = replace(
        asked.taker,
        open_slots=number(slots, 0, 99, 0) if slots else None,
        service_states=states,
        remote={"yes": True, "no": False}.get(form.get("remote", "")),
    )
    await _change(site, taker, asked.ask)
    if form.get("letters_in") in LETTERS_IN:
        await site.office.context.registry.write_in(asked.ask.email, form["letters_in"], f"taker {asked.ask.taker}", site.now())
    return "Your entry is changed. Thank you."


async def _stop(site: Site, asked: Asked, form: dict[str, str]) -> str:
    await site.office.context.registry.opt_out(asked.ask.email, f"taker {asked.ask.taker}", site.now())
    if asked.ask.answer is None:
        await _answer(site, asked, AnswerKind.STOP)
    return "You are not asked again."


_DEEDS = {"take": _take, "cocounsel": _cocounsel, "decline": _decline, "pause": _pause, "capacity": _capacity, "stop": _stop}


async def _answer(site: Site, asked: Asked, kind: AnswerKind, words: str = "", until: date | None = None) -> None:
    day = until.isoformat() if until else None
    await answer_on_page(site.office.context, asked.ask, AnswerReading(kind=kind, confidence=1.0, words=words, until=day))


async def _change(site: Site, taker: Taker, ask: StoredAsk) -> None:
    await site.office.context.registry.put([taker], f"taker {ask.taker}", site.now())


DOORS = (
    Door("GET", "/a/{token}", show),
    Door("POST", "/a/{token}", act, csrf=False),
    Door("GET", "/a/{token}/stop", stop_page),
    Door("POST", "/a/{token}/stop", stop, csrf=False),
)
