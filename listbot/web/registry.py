"""The registry: found as one types, edited with faults named, imported after a look at the difference, exported, forgotten."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Role
from listbot.domain.errors import ConfigError, Fault, WorkFailed
from listbot.domain.geography import STATES
from listbot.domain.registry import Candidate, Standing, Taker, TakerKind
from listbot.pipeline.office import TakerQuery
from listbot.web.doors import Door
from listbot.web.lists import PAGE, address_of, offset_of
from listbot.web.shelf import Shelf
from listbot.web.site import Site, back, form_of, page, site_of, visitor_of, word

STANDINGS = {
    "": "everybody",
    "ready": "may be asked",
    "paused": "paused",
    "full": "no room",
    "stopped": "stopped",
    "bounced": "bounced",
    "no_consent": "no consent yet",
}
HELP = {
    "bar_states": "NC;SC",
    "service_states": "states served, NC;SC",
    "radius_miles": "how far they go",
    "relief": "asylum:expert;sijs:able;u_visa:mentored",
    "languages": "es;fr",
    "scopes": "full;limited",
    "open_slots": "cases they have room for",
    "paused_until": "not asked before this day",
    "max_asks_per_month": "asks they agreed to",
    "funding_limits": "no_uac;income_eligible",
    "consent_at": "day of their consent; without it nobody is asked",
    "kind": "attorney, clinic, organization …",
}
CHOICES = dict.fromkeys(("remote", "detained", "minors"), ("", "yes", "no"))
"""Columns that hold one of a few words; "" is unknown."""

SHOWN = 200
"""Changed rows that a review lists."""


@dataclass(frozen=True, slots=True)
class Review:
    """An import that somebody looks at before it counts."""

    name: str
    who: str
    at: datetime
    takers: tuple[Taker, ...]  #: new and changed
    new: int
    same: int
    changes: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]  #: address, and column, before, after; the first ones
    faults: tuple[Fault, ...]


REVIEWS = Shelf("import", Review, timedelta(hours=1))


def standing_of(candidate: Candidate, site: Site) -> str:
    """One word for whether somebody may be asked."""
    taker, standing, today = candidate.taker, candidate.standing, site.today()
    if standing.opted_out_at:
        return "stopped"
    if standing.bounced_at:
        return "bounced"
    if taker.consent_at is None:
        return "no_consent"
    if taker.paused_until and taker.paused_until > today:
        return "paused"
    return "full" if taker.open_slots is not None and taker.open_slots <= standing.open_placements else "ready"


async def registry(request: Request) -> Response:
    """All takers."""
    site, asked = site_of(request), request.query_params
    query = TakerQuery(
        words=asked.get("q", "")[:100],
        state_code=asked.get("state", "")[:2].upper(),
        relief=asked.get("relief", "")[:60],
        standing=asked.get("standing", "") if asked.get("standing") in STANDINGS else "",
        order=asked.get("order", "email"),
    )
    offset = offset_of(request)
    found = await site.office.insight.takers(query, site.now(), PAGE, offset)
    return page(
        request,
        "registry.html",
        found=found,
        query=query,
        offset=offset,
        size=PAGE,
        address=address_of(request),
        states=STATES,
        standings=STANDINGS,
        standing_of=lambda candidate: standing_of(candidate, site),
    )


async def taker(request: Request) -> Response:
    """One entry with what was learned of its owner."""
    site = site_of(request)
    return await _page(request, await _found(site, request.path_params["id"]))


async def new(request: Request) -> Response:
    """An empty entry."""
    return await _page(request, None)


async def _page(
    request: Request,
    candidate: Candidate | None,
    cells: dict[str, str] | None = None,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> Response:
    site = site_of(request)
    sheets, insight = site.office.sheets, site.office.insight
    own = sheets.cells(candidate.taker) if candidate else {}
    return page(
        request,
        "taker.html",
        status,
        candidate=candidate,
        id=candidate.id if candidate else 0,
        taker=candidate.taker if candidate else Taker(email=""),
        standing=candidate.standing if candidate else Standing(),
        word=standing_of(candidate, site) if candidate else "",
        columns=sheets.columns(),
        cells=cells or own,
        was=_mark(own),
        help=HELP,
        choices=CHOICES,
        standings=STANDINGS,
        kinds=list(TakerKind),
        faults={fault.column: fault for fault in faults},
        history=await insight.history(candidate.id, 100) if candidate else [],
        changes=await site.office.context.registry.changes(candidate.taker.email) if candidate else [],
        today=site.today(),
    )


async def save(request: Request) -> Response:
    """Write an entry; a fault, or somebody else's change in between, changes nothing."""
    site, form, id = site_of(request), await form_of(request), request.path_params.get("id", 0)
    sheets, candidate = site.office.sheets, await _found(site, id) if id else None
    cells = {name: word(form, name) for name in sheets.columns()}
    if candidate:
        cells["email"] = candidate.taker.email
        if word(form, "was") != _mark(sheets.cells(candidate.taker)):
            raise ConfigError("somebody else changed this entry in between; open it again and repeat your change")
    taker, faults = sheets.taker(cells)
    if taker and not candidate and await site.office.context.registry.taker(taker.email):
        faults = [Fault("", 0, "this address is in the registry already", "find it and edit it", "email")]
    if taker is None or faults:
        return await _page(request, candidate, cells, faults, 400)
    written = sheets.located(taker, candidate.taker if candidate else None)
    done = await site.office.context.registry.put([written], visitor_of(request).email, site.now())
    if done[written.email] == "forgotten":
        raise WorkFailed("this person asked to be forgotten; the address cannot be entered again")
    entry = await site.office.context.registry.taker(written.email)
    return back(
        request, f"/registry/{entry.id}" if entry else "/registry", "Saved." if done[written.email] != "same" else "No change."
    )


async def forget(request: Request) -> Response:
    """Delete a person's data for good; the address has to be typed, so that it is not done by mistake."""
    site, form = site_of(request), await form_of(request)
    candidate = await _found(site, request.path_params["id"])
    if word(form, "email", 300).lower() != candidate.taker.email:
        raise ConfigError("the address typed is not that of the entry; nobody was forgotten")
    await site.office.context.registry.forget(candidate.taker.email, visitor_of(request).email, site.now())
    return back(request, "/registry", "Forgotten: the data is deleted, and no import brings it back.")


async def upload(request: Request) -> Response:
    """The form for a file."""
    return page(request, "import.html", review=None, token="", columns=site_of(request).office.sheets.columns())


async def review(request: Request) -> Response:
    """What a file would change; nothing is changed yet."""
    site, form = site_of(request), await form_of(request)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise ConfigError("choose a CSV file first")
    raw = await file.read()
    known = {c.taker.email: c.taker for c in await site.office.context.registry.takers()}
    found = await asyncio.to_thread(_review, site, raw, file.filename[:100], visitor_of(request).email, known)
    token = secrets.token_urlsafe(12)
    await REVIEWS.put(site, token, found)
    return page(request, "import.html", review=found, token=token, columns=site.office.sheets.columns())


def _review(site: Site, raw: bytes, name: str, who: str, known: dict[str, Taker]) -> Review:
    sheets = site.office.sheets
    rows, faults, present = sheets.read(raw, name)
    counted: Counter[str] = Counter()
    takers: list[Taker] = []
    changes: list[tuple[str, tuple[tuple[str, str, str], ...]]] = []
    for _, row in rows:
        old = known.get(row.email)
        laid = sheets.located(sheets.merged(row, old, present), old)
        if old == laid:
            counted["same"] += 1
            continue
        counted["new"] += old is None
        takers.append(laid)
        if len(changes) < SHOWN:
            before, after = sheets.cells(old) if old else {}, sheets.cells(laid)
            differs = tuple((n, before.get(n, ""), after[n]) for n in after if after[n] != before.get(n, "") and n != "email")
            changes.append((laid.email, differs))
    return Review(name, who, site.now(), tuple(takers), counted["new"], counted["same"], tuple(changes), tuple(faults))


async def apply(request: Request) -> Response:
    """The import that was looked at counts now."""
    site, who = site_of(request), visitor_of(request).email
    token = request.path_params["token"]
    looked_at = await REVIEWS.get(site, token)
    found = await REVIEWS.take(site, token) if looked_at and looked_at.who == who else None
    if found is None:
        raise WorkFailed("this import is too old")
    counted: Counter[str] = Counter()
    for start in range(0, len(found.takers), 500):
        done = await site.office.context.registry.put(found.takers[start : start + 500], who, site.now())
        counted.update(done.values())
    return back(request, "/registry", f"{counted['new']} new and {counted['changed']} changed.")


async def export(request: Request) -> Response:
    """Everybody as CSV, as the import reads it."""
    site = site_of(request)
    takers = [c.taker for c in await site.office.context.registry.takers()]
    text = await asyncio.to_thread(site.office.sheets.write, takers)
    await site.office.drafts.note("registry", 0, "exported", visitor_of(request).email, site.now())
    headers = {"Content-Disposition": f'attachment; filename="registry-{site.today()}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


async def _found(site: Site, id: int) -> Candidate:
    candidate = await site.office.insight.taker(id, site.now())
    if candidate is None:
        raise WorkFailed(f"there is no taker {id}")
    return candidate


def _mark(cells: dict[str, str]) -> str:
    """What an entry looked like when the form was made."""
    return sha256(repr(sorted(cells.items())).encode()).hexdigest()[:16]


DOORS = (
    Door("GET", "/registry", registry, Role.READER),
    Door("GET", "/registry/new", new, Role.MODERATOR),
    Door("POST", "/registry/new", save, Role.MODERATOR),
    Door("GET", "/registry/import", upload, Role.MODERATOR),
    Door("POST", "/registry/import", review, Role.MODERATOR),
    Door("POST", "/registry/import/{token}", apply, Role.MODERATOR),
    Door("POST", "/registry/export", export, Role.MODERATOR),
    Door("GET", "/registry/{id:int}", taker, Role.READER),
    Door("POST", "/registry/{id:int}", save, Role.MODERATOR),
    Door("POST", "/registry/{id:int}/forget", forget, Role.MODERATOR),
)
