"""Need against capacity, state by state: a map, a table, the gaps in words."""

from __future__ import annotations

import asyncio
import csv
import io

from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import Cell, Coverage, Role
from listbot.domain.geography import STATES
from listbot.domain.languages import language_name
from listbot.web.doors import Door
from listbot.web.keeping import kept
from listbot.web.maps import Shade, poster, states
from listbot.web.site import HERE, Site, page, site_of

LANGUAGES = ("es", "ht", "fr", "pt", "ar", "zh", "ru", "fa", "ps", "uk", "am", "sw")
NAMED = 6
"""States that a sentence about a gap names."""

FONT = HERE / "fonts" / "DejaVuSans.ttf"
"""What the picture's words are set in, whatever fonts a machine has."""


async def coverage(request: Request) -> Response:
    """The page."""
    site, asked = site_of(request), request.query_params
    relief, language, detained = _filters(request)
    found = await _found(site, relief, language, detained)
    return page(
        request,
        "coverage.html",
        found=found,
        map=states(_shades(found), "Needs of the last twelve months against takers who may be asked, by state"),
        rows=sorted(((c, x) for c, x in found.by_state.items() if x.needs), key=lambda pair: (-_strain(pair[1]), pair[0])),
        others=sorted((c, x) for c, x in found.by_state.items() if not x.needs and c),
        gaps=_sentences(found, site),
        relief=relief,
        language=language,
        detained=asked.get("detained", ""),
        languages={code: language_name(code) for code in LANGUAGES},
        states=STATES,
        key=_KEY,
        query_string=str(request.url.query),
    )


async def table(request: Request) -> Response:
    """The same as CSV."""
    site = site_of(request)
    found = await _found(site, *_filters(request))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["state", "needs_12_months", "open_now", "placed", "takers_who_may_be_asked"])
    for code, cell in sorted(found.by_state.items()):
        writer.writerow([code or "not said", cell.needs, cell.open, cell.placed, cell.takers])
    return _file(out.getvalue(), "text/csv; charset=utf-8", site, "csv")


async def picture(request: Request) -> Response:
    """The map alone, as a file that any program shows and that stays sharp at any size."""
    return _file(await _poster(request), "image/svg+xml", site_of(request), "svg")


async def photograph(request: Request) -> Response:
    """The same in pixels, for slides and mails."""
    drawn = await _poster(request)
    return _file(await asyncio.to_thread(pixels, drawn), "image/png", site_of(request), "png")


def pixels(drawn: str) -> bytes:
    """A drawing as PNG: the same on every machine."""
    from resvg_py import svg_to_bytes  # a library in machine code that only this needs

    family = "DejaVu Sans"
    picture = svg_to_bytes(
        svg_string=drawn, skip_system_fonts=True, font_files=[str(FONT)], font_family=family, sans_serif_family=family
    )
    return bytes(picture)


async def _poster(request: Request) -> str:
    site = site_of(request)
    relief, language, detained = _filters(request)
    found = await _found(site, relief, language, detained)
    of = [
        site.labels.get(relief, ""),
        language_name(language) if language else "",
        {True: "detained", False: "not detained", None: ""}[detained],
    ]
    chosen = "".join(f", {words}" for words in of if words)
    return poster(_shades(found), f"Needs of twelve months for each taker{chosen}, {site.today()}", _KEY)


_KEY = (
    ("level0", "no need"),
    ("level1", "up to 1"),
    ("level2", "up to 3"),
    ("level3", "up to 8"),
    ("level4", "more"),
    ("gap", "nobody to ask"),
)


def _file(content: str | bytes, media_type: str, site: Site, ending: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="coverage-{site.today()}.{ending}"'}
    return Response(content, media_type=media_type, headers=headers)


def _filters(request: Request) -> tuple[str, str, bool | None]:
    asked = request.query_params
    detained = {"yes": True, "no": False}.get(asked.get("detained", ""))
    known = asked.get("relief", "")
    return known if known in site_of(request).labels else "", asked.get("language", "")[:20], detained


async def _found(site: Site, relief: str, language: str, detained: bool | None) -> Coverage:
    look = site.office.insight.coverage
    return await kept(site, f"coverage:{relief}:{language}:{detained}", 120, lambda: look(relief, language, detained, site.now()))


def _strain(cell: Cell) -> float:
    """Needs for each taker: how thin it is."""
    return cell.needs / max(0.5, cell.takers)


def _shades(found: Coverage) -> dict[str, Shade]:
    shades = {}
    for code, state in STATES.items():
        cell = found.by_state.get(code, Cell())
        title = f"{state.name}: {cell.needs} needs in twelve months, {cell.open} open, {cell.takers} takers"
        strain = _strain(cell)
        level = next((n for n, most in enumerate((0, 1, 3, 8)) if strain <= most), 4)
        shade = "gap" if cell.needs and not cell.takers else f"level{level}"
        shades[code] = Shade(shade, title, f"/needs?show=all&state={code}")
    return shades


def _sentences(found: Coverage, site: Site) -> list[str]:
    """The gaps in words, the widest first."""
    said = []
    for relief, codes in sorted(found.uncovered.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        names = [STATES[c].name for c in codes if c in STATES]
        listed = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
        label = site.labels.get(relief, relief)
        afar = found.afar.get(relief, 0)
        help_ = f" {afar} offer it from afar." if afar else " Nobody offers it from afar either."
        said.append(f"Nobody for {label} in {len(names)} state{'' if len(names) == 1 else 's'} that needed it: {listed}.{help_}")
    return said


DOORS = (
    Door("GET", "/coverage", coverage, Role.READER),
    Door("GET", "/coverage.csv", table, Role.READER),
    Door("GET", "/coverage.svg", picture, Role.READER),
    Door("GET", "/coverage.png", photograph, Role.READER),
)
