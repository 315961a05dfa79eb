"""The letters as they look, with invented values: wording is changed in the folder of rules, under `letters/`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from listbot.domain.desk import Role
from listbot.web.doors import Door
from listbot.web.site import page, site_of

LANGUAGES = {"en": "English", "es": "Spanish"}

FRAMED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A letter brings its own styles, as mail must; nothing else of it may do anything."""


async def letters(request: Request) -> Response:
    """One letter, as text and as HTML."""
    previews, asked = site_of(request).office.previews, request.query_params
    name = asked.get("name", "ask")
    language = asked.get("language", "en") if asked.get("language") in LANGUAGES else "en"
    subject, text, _ = previews.letter(name, language)
    return page(
        request,
        "letters.html",
        names=previews.names(),
        chosen=name,
        language=language,
        languages=LANGUAGES,
        subject=subject,
        text=text,
    )


async def framed(request: Request) -> Response:
    """The HTML of a letter, for the frame on the page."""
    language = request.query_params.get("language", "en")
    _, _, html = site_of(request).office.previews.letter(request.path_params["name"], language if language in LANGUAGES else "en")
    return HTMLResponse(html, headers={"Content-Security-Policy": FRAMED, "X-Frame-Options": "SAMEORIGIN"})


DOORS = (
    Door("GET", "/letters", letters, Role.READER),
    Door("GET", "/letters/{name}", framed, Role.READER),
)
