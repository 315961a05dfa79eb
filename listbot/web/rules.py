"""The rules: what holds, drafts as forms beside their YAML, what a draft would have done, applying and going back."""

from __future__ import annotations

import asyncio
import difflib
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Draft, Role
from listbot.domain.errors import ConfigError, Fault, ListbotError, WorkFailed
from listbot.domain.replay import WhatIf
from listbot.domain.rules import RuleSet
from listbot.domain.rules.difference import differences, other_files
from listbot.pipeline.act import describe
from listbot.pipeline.ruling import apply_rules, files_in_force
from listbot.pipeline.whatif import what_if
from listbot.web.doors import Door
from listbot.web.shelf import Shelf
from listbot.web.site import Site, back, form_of, number, page, site_of, visitor_of, word

log = logging.getLogger(__name__)

FIRST = ("limits.yaml", "preferences.yaml", "outreach.yaml")
"""Files shown first; the others follow by name."""
STRETCHES = {"30": "the last 30 posts", "100": "the last 100 posts", "1000": "the last 1,000 posts", "100000": "all posts"}
MOST_TEXT = 400_000

STEP = timedelta(seconds=0.5)
"""How often it is told how far a what-if has come."""

CUT_SHORT = timedelta(seconds=30)
"""A what-if that tells nothing for so long will tell nothing more: its process has ended."""

CUT = "The program was stopped while it worked on this. Begin the what-if anew."
BROKE = "The program failed at this. The fault is in the program, not in the draft; it has been logged. Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A what-if that is being worked on, or is done."""

    draft: int
    name: str
    posts: int
    who: str
    at: datetime
    told_at: datetime  #: when it last told how far it had come
    done: float = 0.0
    fault: str = ""


TRIES = Shelf("what-if", Try, timedelta(hours=12))
FOUND = Shelf("what-if found", WhatIf, timedelta(hours=12))
"""What each of them found, by the same key: lists of what-ifs need not unpack it."""


async def rules(request: Request) -> Response:
    """What holds now, drafts and earlier versions."""
    site = site_of(request)
    office = site.office
    files, in_force = await files_in_force(site.office)
    return page(
        request,
        "rules.html",
        files=ordered(files),
        forms={name: office.rulebook.forms(name, files[name]) for name in ordered(files)},
        in_force=in_force,
        drafts=await office.drafts.drafts(),
        history=await office.versions.history(50),
        tries=await TRIES.all(site),
    )


def is_letter(name: str) -> bool:
    """Whether a file of a rule set is the wording of a letter."""
    return name.startswith("letters/")


def ordered(files: Mapping[str, str]) -> list[str]:
    """The rules among the files, the most used first."""
    rules = [name for name in files if not is_letter(name)]
    return sorted(rules, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))


async def new_draft(request: Request) -> Response:
    """A draft begins as a copy of what holds now."""
    site, form, who = site_of(request), await form_of(request), visitor_of(request).email
    files, base = await files_in_force(site.office)
    name = word(form, "name", 100) or f"Draft of {site.today():%B} {site.today().day}"
    id = await site.office.drafts.save(None, name, base, files, who, site.now())
    return back(request, f"/rules/drafts/{id}")


async def draft(request: Request) -> Response:
    """A draft: forms beside the file, faults at their lines, the difference to what holds."""
    site = site_of(request)
    found = await site.office.drafts.draft(request.path_params["id"])
    return await _page(request, found, request.query_params.get("file", FIRST[0]))


async def _page(request: Request, found: Draft, file: str, status: int = 200) -> Response:
    if file not in found.files:
        raise WorkFailed(f"there is no file {file}")
    if is_letter(file):
        file = FIRST[0]
    shared = await draft_words(site_of(request), found)
    forms = site_of(request).office.rulebook.forms(file, found.files[file])
    return page(request, "draft.html", status, file=file, text=found.files[file], forms=forms, **shared)


async def draft_words(site: Site, found: Draft) -> dict[str, Any]:
    """What every page of a draft says of it."""
    before, in_force = await files_in_force(site.office)
    faults = await asyncio.to_thread(site.office.rulebook.check, found.files)
    return {
        "draft": found,
        "files": ordered(found.files),
        "faults": faults,
        "changed": {name for name in {*before, *found.files} if before.get(name) != found.files.get(name)},
        "lines": _sentences(site, before, found.files) if not faults else [],
        "diff": _diff(site, before, found.files),
        "in_force": in_force,
        "stretches": STRETCHES,
    }


def _sentences(site: Site, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What changes, in lines a moderator reads."""
    book = site.office.rulebook
    try:
        return [*differences(book.parse(before), book.parse(after)), *other_files(before, after)]
    except ListbotError:
        return []


def _diff(site: Site, before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str]]:
    """Changed lines with what they are: ins, del, head or nothing. A letter that is not worded anew is as it was shipped."""

    def words(files: Mapping[str, str], name: str) -> list[str]:
        return (files[name] if name in files else site.office.wording.shipped(name) or "").splitlines()

    lines: list[tuple[str, str]] = []
    letters = sorted(name for name in {*before, *after} if is_letter(name))
    for name in [*ordered(after), *letters]:
        old, new = words(before, name), words(after, name)
        changed = list(difflib.unified_diff(old, new, name, name, n=1, lineterm=""))[2:]
        lines += [(_SIGNS.get(line[:1], ""), f"{name} {line}" if line[:1] == "@" else line) for line in changed]
    return lines


_SIGNS = {"+": "ins", "-": "del", "@": "head"}


async def save(request: Request) -> Response:
    """Write one file of a draft: its text, or single fields of one rule. A draft may be faulty; it cannot be applied then."""
    site, form, who = site_of(request), await form_of(request), visitor_of(request).email
    found = await site.office.drafts.draft(request.path_params["id"])
    file = word(form, "file", 200)
    if file not in found.files:
        raise WorkFailed(f"there is no file {file}")
    if "rule" in form:
        values = {key[2:]: word(form, key, 500) for key in form if key.startswith("f_")}
        text = site.office.rulebook.replaced(file, found.files[file], word(form, "rule", 200), values)
    else:
        raw = form.get("text", "")
        text = (raw if isinstance(raw, str) else "").replace("\r\n", "\n")[:MOST_TEXT]
    files = {**found.files, file: text}
    await site.office.drafts.save(found.id, found.name, found.base, files, who, site.now())
    return back(request, f"/rules/drafts/{found.id}?file={file}", "Saved in the draft; nothing of it holds yet.")


async def check(request: Request) -> Response:
    """The faults of a text as it is typed."""
    site, form = site_of(request), await form_of(request)
    found = await site.office.drafts.draft(request.path_params["id"])
    raw = form.get("text", "")
    files = {**found.files, word(form, "file", 200): (raw if isinstance(raw, str) else "")[:MOST_TEXT]}
    faults = await asyncio.to_thread(site.office.rulebook.check, files)
    return page(request, "faults.html", faults=faults, file=word(form, "file", 200))


async def discard(request: Request) -> Response:
    """Throw a draft away."""
    site = site_of(request)
    await site.office.drafts.discard(request.path_params["id"], visitor_of(request).email, site.now())
    return back(request, "/rules", "The draft is thrown away.")


async def apply(request: Request) -> Response:
    """The draft holds from now on."""
    site, who = site_of(request), visitor_of(request).email
    office = site.office
    found = await office.drafts.draft(request.path_params["id"])
    faults: list[Fault] = await asyncio.to_thread(office.rulebook.check, found.files)
    if faults:
        return await _page(request, found, faults[0].file if faults[0].file in found.files else FIRST[0], 400)
    before, in_force = await files_in_force(site.office)
    if in_force != found.base:
        raise ConfigError(
            f"version {in_force} was applied since this draft was begun from {found.base}; begin a new draft from it"
        )
    lines = _sentences(site, before, found.files) or [f"{n}: changed" for n, t in found.files.items() if before.get(n) != t]
    version = await apply_rules(office, found.files, "\n".join(lines), who)
    await office.renew_rules()
    await office.drafts.discard(found.id, who, site.now())
    return back(request, "/rules", f"Version {version.number} holds from now on.")


async def force(request: Request) -> Response:
    """Go back (or forward) to a version."""
    site, form = site_of(request), await form_of(request)
    version = await site.office.versions.put_in_force(
        number(word(form, "number"), 1, 10**6, 0), visitor_of(request).email, site.now()
    )
    await site.office.renew_rules()
    return back(request, "/rules", f"Version {version.number} holds again.")


async def try_draft(request: Request) -> Response:
    """Begin a what-if; it goes on while its page is left."""
    site, form, who = site_of(request), await form_of(request), visitor_of(request).email
    found = await site.office.drafts.draft(request.path_params["id"])
    faults = await asyncio.to_thread(site.office.rulebook.check, found.files)
    if faults:
        return await _page(request, found, faults[0].file if faults[0].file in found.files else FIRST[0], 400)
    parsed = await asyncio.to_thread(site.office.rulebook.parse, found.files)
    token, posts = secrets.token_urlsafe(9), number(word(form, "posts"), 1, 100_000, 30)
    one = Try(draft=found.id, name=found.name, posts=posts, who=who, at=site.now(), told_at=site.now())
    await TRIES.put(site, token, one)
    await FOUND.put(site, token, WhatIf())
    site.begin(_work(site, token, one, parsed))
    return back(request, f"/rules/tries/{token}")


async def _work(site: Site, token: str, one: Try, draft: RuleSet) -> None:
    """Look, tell how far it has come, and keep what was found.

    Only in its place: where that was cleared meanwhile, somebody was forgotten whom it may name.
    """
    told = one

    async def progress(done: float) -> None:
        nonlocal told
        if site.now() - told.told_at >= STEP:
            told = replace(one, done=min(done, 0.999), told_at=site.now())
            await TRIES.renew(site, token, told)

    fault = ""
    try:
        await FOUND.renew(site, token, await what_if(site.office, draft, one.posts, progress))
    except ListbotError as error:
        fault = str(error)
    except Exception as error:
        log.error("a what-if failed: %s", describe(error))
        fault = BROKE
    await TRIES.renew(site, token, replace(one, done=1.0, fault=fault))


async def tried(request: Request) -> Response:
    """How far a what-if has come, then what it found."""
    site = site_of(request)
    one = await TRIES.get(site, request.path_params["token"])
    found = await FOUND.get(site, request.path_params["token"])
    if one is None or found is None:
        raise WorkFailed("this what-if is over twelve hours old, or was cleared because somebody was forgotten; begin it anew")
    if one.done < 1 and site.now() - one.told_at > CUT_SHORT:
        one = replace(one, done=1.0, fault=CUT)
    headers = {} if one.done >= 1 else {"Refresh": "1"}  # without a script the page asks again by itself
    return page(
        request,
        "tried.html",
        200,
        headers,
        one=one,
        found=found,
        figures={
            "Needs looked at": found.needs,
            "With another first wave": found.differing,
            "First asks before": found.before,
            "First asks with the draft": found.after,
            "Nobody left to ask": found.nobody,
            "Actual takers gained": found.gained,
            "Actual takers missed": found.missed,
        },
    )


DOORS = (
    Door("GET", "/rules", rules, Role.READER),
    Door("POST", "/rules/drafts", new_draft, Role.MODERATOR),
    Door("GET", "/rules/drafts/{id:int}", draft, Role.READER),
    Door("POST", "/rules/drafts/{id:int}", save, Role.MODERATOR),
    Door("POST", "/rules/drafts/{id:int}/check", check, Role.MODERATOR),
    Door("POST", "/rules/drafts/{id:int}/discard", discard, Role.MODERATOR),
    Door("POST", "/rules/drafts/{id:int}/apply", apply, Role.MODERATOR),
    Door("POST", "/rules/drafts/{id:int}/try", try_draft, Role.MODERATOR),
    Door("GET", "/rules/tries/{token}", tried, Role.READER),
    Door("POST", "/rules/force", force, Role.MODERATOR),
)
