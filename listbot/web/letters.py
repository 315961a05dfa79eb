"""The letters as they look, with invented values; and their wording in a draft of the rules, with a preview while it is typed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from listbot.domain.desk import Draft, Role
from listbot.domain.errors import Fault, ListbotError, WorkFailed
from listbot.web.doors import Door
from listbot.web.rules import MOST_TEXT, draft_words
from listbot.web.shelf import Shelf
from listbot.web.site import Site, back, form_of, page, site_of, visitor_of, word

LANGUAGES = {"en": "English", "es": "Spanish"}

FRAMED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A letter brings its own styles, as mail must; nothing else of it may do anything."""

TYPED = Shelf("letter", str, timedelta(minutes=30))
"""Letters of words that nobody saved yet, for their frames."""


@dataclass(frozen=True, slots=True)
class Look:
    """A letter as it would leave, or what is wrong with it."""

    subject: str = ""
    text: str = ""
    html: str = ""
    faults: tuple[Fault, ...] = ()


async def letters(request: Request) -> Response:
    """One letter, as text and as HTML."""
    name, language = _asked(request)
    subject, text, _ = site_of(request).office.wording.letter(name, language)
    return page(
        request, "letters.html", look=Look(subject, text), frame=f"/letters/{name}?language={language}", **_choice(request)
    )


async def framed(request: Request) -> Response:
    """The HTML of a letter, for the frame on the page."""
    _, _, html = site_of(request).office.wording.letter(request.path_params["name"], _asked(request)[1])
    return _frame(html)


async def in_draft(request: Request) -> Response:
    """The words of one letter in a draft, beside how they look."""
    site, (name, language) = site_of(request), _asked(request)
    found = await site.office.drafts.draft(request.path_params["id"])
    look = await asyncio.to_thread(_look, site, name, language, found.files)
    text, html = (_words(site, found.files, path) for path in _paths(site, name, language))
    return page(
        request,
        "draft_letters.html",
        file="letters",
        text=text,
        html=html,
        known=site.office.wording.known(name),
        own=[path for path in _paths(site, name, language) if path in found.files],
        look=look,
        frame=f"/rules/drafts/{found.id}/letters/{name}?language={language}",
        **_choice(request),
        **await draft_words(site, found),
    )


async def save(request: Request) -> Response:
    """Keep the words of a letter in the draft, or go back to the shipped ones."""
    site, form, who = site_of(request), await form_of(request), visitor_of(request).email
    found = await site.office.drafts.draft(request.path_params["id"])
    name, language = word(form, "name", 60), word(form, "language", 10)
    files = _reworded(site, found, form)
    if word(form, "do", 20) == "shipped":
        files = {path: text for path, text in files.items() if path not in _paths(site, name, language)}
    await site.office.drafts.save(found.id, found.name, found.base, files, who, site.now())
    return back(
        request,
        f"/rules/drafts/{found.id}/letters?name={name}&language={language}",
        "Saved in the draft; nothing of it holds yet.",
    )


async def look(request: Request) -> Response:
    """How the letter looks with words that are not saved yet."""
    site, form = site_of(request), await form_of(request)
    found = await site.office.drafts.draft(request.path_params["id"])
    name, language = word(form, "name", 60), word(form, "language", 10)
    made = await asyncio.to_thread(_look, site, name, language, _reworded(site, found, form))
    key = secrets.token_urlsafe(9)
    await TYPED.put(site, key, made.html)
    frame = f"/rules/drafts/{found.id}/letters/{name}?language={language}&look={key}"
    return page(request, "look.html", look=made, frame=frame)


async def draft_framed(request: Request) -> Response:
    """The HTML of a letter in a draft: as saved, or as it was just typed."""
    site, name = site_of(request), request.path_params["name"]
    found = await site.office.drafts.draft(request.path_params["id"])
    typed = await TYPED.get(site, request.query_params.get("look", ""))
    if typed is None:
        typed = (await asyncio.to_thread(_look, site, name, _asked(request)[1], found.files)).html
    return _frame(typed)


def _asked(request: Request) -> tuple[str, str]:
    language = request.query_params.get("language", "en")
    return request.query_params.get("name", "ask"), language if language in LANGUAGES else "en"


def _choice(request: Request) -> dict[str, Any]:
    """What the choice of a letter shows."""
    name, language = _asked(request)
    names = site_of(request).office.wording.names()
    return {"names": names, "chosen": name, "language": language, "languages": LANGUAGES}


def _paths(site: Site, name: str, language: str) -> tuple[str, str]:
    return site.office.wording.paths(name, language)


def _words(site: Site, files: Mapping[str, str], path: str) -> str:
    """The words that hold under a path: the draft's, else the shipped ones, else the English ones to begin from."""
    shipped = site.office.wording.shipped
    _, _, file = path.rpartition("/")
    return files[path] if path in files else shipped(path) or shipped(f"letters/en/{file}") or ""


def _reworded(site: Site, found: Draft, form: FormData) -> dict[str, str]:
    """The draft's files with the words of the form; words that are the shipped ones are none of its own."""
    files = dict(found.files)
    for path, name in zip(_paths(site, word(form, "name", 60), word(form, "language", 10)), ("text", "html"), strict=True):
        raw = form.get(name)
        if not isinstance(raw, str):
            raise WorkFailed("the form lacks the words of the letter")
        words = raw.replace("\r\n", "\n").rstrip("\n")[:MOST_TEXT] + "\n"
        if words == site.office.wording.shipped(path):
            files.pop(path, None)
        else:
            files[path] = words
    return files


def _look(site: Site, name: str, language: str, files: Mapping[str, str]) -> Look:
    wording = site.office.wording
    faults = tuple(wording.faults(name, language, files))
    if faults:
        return Look(faults=faults)
    try:
        return Look(*wording.letter(name, language, files))
    except WorkFailed:
        raise
    except ListbotError as error:
        return Look(faults=(Fault(wording.paths(name, language)[0], 1, str(error)),))


def _frame(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": FRAMED, "X-Frame-Options": "SAMEORIGIN"})


DOORS = (
    Door("GET", "/letters", letters, Role.READER),
    Door("GET", "/letters/{name}", framed, Role.READER),
    Door("GET", "/rules/drafts/{id:int}/letters", in_draft, Role.READER),
    Door("POST", "/rules/drafts/{id:int}/letters", save, Role.MODERATOR),
    Door("POST", "/rules/drafts/{id:int}/letters/look", look, Role.MODERATOR),
    Door("GET", "/rules/drafts/{id:int}/letters/{name}", draft_framed, Role.READER),
)
