"""Needs: the list, and one with its way from post to placed, its shortlist and what a moderator may do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import AskedPerson, Role
from listbot.domain.errors import ConfigError, WorkFailed
from listbot.domain.geography import STATES
from listbot.domain.matching import Match
from listbot.domain.record import Decision
from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, NeedState
from listbot.domain.work import Change, Queue, StoredNeed
from listbot.pipeline import moderate
from listbot.pipeline.office import NeedQuery, Office
from listbot.web import presence
from listbot.web.doors import Door
from listbot.web.lists import PAGE, address_of, offset_of
from listbot.web.maps import Dot, around
from listbot.web.needform import need_from
from listbot.web.posts import form_words
from listbot.web.site import Site, back, form_of, number, page, site_of, visitor_of, word

SHOWS = {
    "open": ("Being searched", (NeedState.OPEN, NeedState.ASKING)),
    "offered": ("Has a taker", (NeedState.OFFERED,)),
    "placed": ("Placed", (NeedState.PLACED,)),
    "over": ("Closed or expired", (NeedState.CLOSED, NeedState.EXPIRED)),
    "all": ("All", ()),
}
SHOWN = 40
"""Rows of a shortlist at first; the rest on demand."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, for the timeline."""

    at: datetime
    what: str
    who: str = ""
    why: str = ""
    big: bool = False


async def needs(request: Request) -> Response:
    """All needs, by state, place, relief."""
    site, asked = site_of(request), request.query_params
    show = asked.get("show") if asked.get("show") in SHOWS else "open"
    assert show
    order = asked.get("order", "deadline" if show == "open" else "newest")
    code, relief = asked.get("state", "")[:2].upper(), asked.get("relief", "")[:60]
    query = NeedQuery(states=SHOWS[show][1], state_code=code, relief=relief, order=order)
    offset = offset_of(request)
    found = await site.office.insight.needs(query, PAGE, offset)
    return page(
        request,
        "needs.html",
        found=found,
        query=query,
        show=show,
        shows=SHOWS,
        offset=offset,
        size=PAGE,
        address=address_of(request),
        today=site.today(),
        states=STATES,
    )


async def need(request: Request) -> Response:
    """One need."""
    return await _page(request)


async def _page(request: Request, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    site, id = site_of(request), request.path_params["id"]
    context, insight = site.office.context, site.office.insight
    stored = await context.cases.need(id)
    post = await context.cases.post(stored.post)
    people = await insight.asked(id)
    if request.query_params.get("fresh"):
        listed = await moderate.shortlist_now(site.office, stored, post)
        decision: Decision | None = Decision(
            at=site.now(), wave=stored.wave + 1, rules_version=listed.rules_version, shortlist=listed
        )
    else:
        decision = await insight.decision(id)
    asked_ids = {p.taker for p in people}
    matches = [m for m in (decision.shortlist.matches if decision else ()) if m.taker_id not in asked_ids]
    excluded = decision.shortlist.excluded if decision else ()
    all_rows = bool(request.query_params.get("all"))
    dots = await _dots(stored, people, matches[:SHOWN] if stored.state in NEED_OPEN else (), site)
    return page(
        request,
        "need.html",
        status,
        need=stored,
        post=post,
        people=[p for p in people if not _left_out(p)],
        left_out=[p for p in people if _left_out(p)],
        decision=decision,
        matches=matches if all_rows else matches[:SHOWN],
        further=0 if all_rows else max(0, len(matches) - SHOWN),
        rules=Counter(e.rule for e in excluded).most_common(),
        excluded=excluded if all_rows else excluded[:200],
        map=around(dots, "Where help is needed, and where those who were asked or may be asked have their offices"),
        kinds={dot.kind for dot in dots},
        steps=_steps(stored, post.post.posted_at, people, await context.cases.changes(Queue.NEED, id)),
        open=stored.state in NEED_OPEN,
        lead=next((p for p in people if p.taker == stored.lead), None),
        looking=await presence.looks(site, visitor_of(request).email, "need", id),
        faults=faults or {},
        today=site.today(),
        fields=form_words(site),
    )


def _left_out(person: AskedPerson) -> bool:
    return person.state is AskState.WITHDRAWN and person.sent_at is None


async def _dots(need: StoredNeed, people: Sequence[AskedPerson], matches: Sequence[Match], site: Site) -> list[Dot]:
    """The place, and around it the offices of those who were asked or are shortlisted."""
    offices = await site.office.insight.offices([m.taker_id for m in matches])
    dots = [Dot(*offices[m.taker_id], m.name or m.email) for m in matches if m.taker_id in offices]
    dots += [
        Dot(p.lat, p.lon, f"{p.name or p.email}, {p.city}", "yes" if p.answer is AnswerKind.YES else "asked")
        for p in people
        if p.lat is not None and p.lon is not None and not _left_out(p)
    ]
    return dots + [Dot(x.lat, x.lon, x.text, "target") for x in need.need.places if x.lat is not None and x.lon is not None]


def _steps(need: StoredNeed, posted: datetime, people: Sequence[AskedPerson], changes: Sequence[Change]) -> list[Step]:
    steps = [Step(posted, "posted to the list", big=True)]
    if need.opened_at:
        steps.append(Step(need.opened_at, "read and opened", "listbot"))
    waves: dict[tuple[int, datetime], list[AskedPerson]] = {}
    for p in people:
        if p.sent_at:
            waves.setdefault((p.wave, p.sent_at.replace(second=0, microsecond=0)), []).append(p)
    for (wave, _), asked in waves.items():
        at = min(p.sent_at for p in asked if p.sent_at)
        names = ", ".join(p.name or p.email for p in asked[:4]) + (f" and {len(asked) - 4} more" if len(asked) > 4 else "")
        steps.append(Step(at, f"wave {wave}: {len(asked)} asked", "listbot", names))
    steps += [
        Step(p.answered_at, f"answered {p.answer}", p.name or p.email, big=p.answer is AnswerKind.YES)
        for p in people
        if p.answered_at and p.answer
    ]
    ends = (NeedState.OFFERED, NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED)
    steps += [Step(c.at, c.what, c.who, c.why, c.what in ends) for c in changes]
    return sorted(steps, key=lambda step: step.at)


async def act(request: Request) -> Response:
    """One of the moderator's buttons."""
    site, form, id = site_of(request), await form_of(request), request.path_params["id"]
    who, deed, why = visitor_of(request).email, word(form, "do", 20), word(form, "why", 200)
    office = site.office
    if deed == "hurry":
        await moderate.hurry(office, id, who)
        said = "The next wave is planned at once."
    elif deed == "pause":
        until = _moment(word(form, "until"), site)
        await moderate.pause(office, id, until, who)
        said = f"Nobody further is asked until {until:%B} {until.day}."
    elif deed in _ENDS:
        state, usual, said = _ENDS[deed]
        await moderate.end(office, id, state, who, why or usual)
    else:
        raise ConfigError("there is no such action; go back and use the buttons")
    return back(request, f"/needs/{id}", said)


_ENDS = {
    "placed": (NeedState.PLACED, "marked placed", "It is marked placed; nobody further is asked."),
    "close": (NeedState.CLOSED, "closed by a moderator", "It is closed; nobody further is asked."),
    "reopen": (NeedState.ASKING, "handed back", "The search begins again; those who declined are not asked again."),
}


def _moment(text: str, site: Site) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ConfigError("that is not a day; write year-month-day, 2026-01-31") from None
    if day <= site.today():
        raise ConfigError("that day is over; choose one to come")
    return datetime.combine(day, time(9), site.office.context.identity.zone).astimezone(UTC)


async def people(request: Request) -> Response:
    """Ask one person out of turn, or leave one out."""
    site, form, id = site_of(request), await form_of(request), request.path_params["id"]
    who, office = visitor_of(request).email, site.office
    stored = await office.context.cases.need(id)
    deed, _, chosen = word(form, "do", 40).partition(":")
    if deed not in _DEEDS:
        raise ConfigError("there is no such action; go back and use the buttons")
    try:
        if deed == "add":
            said = await _ask(office, stored, word(form, "email", 300).lower(), who)
        else:
            said = await _listed(office, stored, deed, number(chosen, 1, 2**53, 0), who)
    except WorkFailed as error:
        said = f"Nobody was {_DEEDS[deed]}: {error}."
    return back(request, f"/needs/{id}", said)


_DEEDS = {"add": "asked", "ask": "asked", "out": "left out"}
"""What may be done about one person, and how it is said."""


async def _ask(office: Office, need: StoredNeed, email: str, who: str) -> str:
    """Ask somebody whose address a moderator typed."""
    entry = await office.context.registry.taker(email)
    if entry is None:
        raise WorkFailed(f"{email} is not in the registry; add the person there first")
    await moderate.ask_person(office, need, entry.id, who)
    return f"{entry.taker.email} is asked."


async def _listed(office: Office, need: StoredNeed, deed: str, taker: int, who: str) -> str:
    """Ask somebody of the shortlist at once, or leave them out."""
    decision = await office.insight.decision(need.id)
    match = next((m for m in decision.shortlist.matches if m.taker_id == taker), None) if decision else None
    if match is None:
        raise WorkFailed("this person is not on the shortlist any more")
    if deed == "ask":
        await moderate.ask_person(office, need, taker, who)
        return f"{match.name or match.email} is asked."
    await moderate.leave_out(office, need, match, who, "left out by a moderator")
    return f"{match.name or match.email} is left out of this search."


async def correct(request: Request) -> Response:
    """What was read is put right, and the search goes on from there."""
    site, form, id = site_of(request), await form_of(request), request.path_params["id"]
    stored = await site.office.context.cases.need(id)
    corrected, faults = need_from(form, "n_", stored.need, site.labels, site.office.locate)
    if faults:
        return await _page(request, faults, 400)
    await moderate.correct(site.office, stored, corrected, visitor_of(request).email)
    return back(request, f"/needs/{id}", "Corrected." if corrected != stored.need else "Nothing was changed.")


DOORS = (
    Door("GET", "/needs", needs, Role.READER),
    Door("GET", "/needs/{id:int}", need, Role.READER),
    Door("POST", "/needs/{id:int}", act, Role.MODERATOR),
    Door("POST", "/needs/{id:int}/people", people, Role.MODERATOR),
    Door("POST", "/needs/{id:int}/correct", correct, Role.MODERATOR),
)
