"""Maps as SVG, drawn on the server: states shaded by a figure, and people around a place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin, sqrt

from markupsafe import Markup, escape

from listbot.domain.geography import STATES
from listbot.web.site import HERE

WIDTH, HEIGHT = 975, 610
"""The units of the outlines."""

_SCALE, _X, _Y = 1300.0, 487.5, 305.0

MILES = 3958.8 / _SCALE
"""Miles to a unit of the outlines, but in Alaska, which is drawn smaller."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Somebody or something on the map; `kind` is its class: target, asked, yes or nothing."""

    lat: float
    lon: float
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    """A state on the map: 0 (pale) to 4 (dark) or `gap`, and what is said of it."""

    level: str
    title: str
    href: str = ""


@cache
def outlines() -> Mapping[str, str]:
    """SVG paths of the states by USPS code, projected already."""
    found: dict[str, str] = json.loads((HERE / "states.json").read_text(encoding="utf-8"))
    return found


def states(shades: Mapping[str, Shade], label: str) -> Markup:
    """The country with each state in its shade."""
    parts = []
    for code, path in outlines().items():
        shade = shades.get(code, _nothing(code))
        shape = _shape(path, shade)
        link = f'<a href="{escape(shade.href)}" aria-label="{escape(shade.title)}">{shape}</a>'
        parts.append(link if shade.href else shape)
    return _svg(f"0 0 {WIDTH} {HEIGHT}", label, parts, role="group" if any(s.href for s in shades.values()) else "img")


def _nothing(code: str) -> Shade:
    return Shade("level0", f"{STATES[code].name}: nothing")


def _shape(path: str, shade: Shade) -> str:
    return f'<path class="edge {escape(shade.level)}" d="{path}"><title>{escape(shade.title)}</title></path>'


def poster(shades: Mapping[str, Shade], title: str, key: Sequence[tuple[str, str]]) -> str:
    """The country as a picture of its own, on paper: a title above it, below it what the shades mean."""
    parts = [f'<text x="24" y="-26" font-size="22">{escape(title)}</text>']
    parts += [_shape(path, shades.get(code, _nothing(code))) for code, path in outlines().items()]
    for n, (level, said) in enumerate(key):
        left = 24 + n * (WIDTH - 24) / len(key)
        parts.append(f'<rect class="edge {escape(level)}" x="{left:.0f}" y="{HEIGHT + 16}" width="22" height="14"/>')
        parts.append(f'<text x="{left + 30:.0f}" y="{HEIGHT + 28}" font-size="14">{escape(said)}</text>')
    box = f'viewBox="0 -64 {WIDTH} {HEIGHT + 114}" width="{2 * WIDTH}" height="{2 * (HEIGHT + 114)}"'
    paper = f'<rect x="0" y="-64" width="{WIDTH}" height="{HEIGHT + 114}" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><style>{_PAPER}</style>{paper}{"".join(parts)}</svg>'


_PAPER = (
    "text{font-family:'DejaVu Sans','Liberation Sans',Arial,Helvetica,sans-serif;fill:#22211d}"
    ".edge{stroke:#8b8a82;stroke-width:.7}.level0{fill:#f3f2ee}.level1{fill:#d6e2eb}.level2{fill:#a9c3d6}"
    ".level3{fill:#6b98b8}.level4{fill:#2f6f9f}.gap{fill:#a02c2c}"
)
"""Style for pictures that leave the pages: a file brings its own."""


def around(dots: Sequence[Dot], label: str) -> Markup | None:
    """The part of the country that these dots are in, one class over another: targets on top. None where none is on the map."""
    placed = [(dot, point) for dot in dots if (point := project(dot.lat, dot.lon))]
    if not placed:
        return None
    xs, ys = [x for _, (x, _) in placed], [y for _, (_, y) in placed]
    width = min(WIDTH, max(230.0, (max(xs) - min(xs)) * 1.15, (max(ys) - min(ys)) * 1.9))
    height = width * 0.6
    left = min(max(0.0, (min(xs) + max(xs) - width) / 2), WIDTH - width)
    top = min(max(0.0, (min(ys) + max(ys) - height) / 2), HEIGHT - height)
    size = width / 100
    parts = [f'<path class="land" d="{path}"/>' for path in outlines().values()]
    order = {"": 0, "asked": 1, "yes": 2, "target": 3}
    for dot, (x, y) in sorted(placed, key=lambda pair: order.get(pair[0].kind, 0)):
        radius = size * (1.5 if dot.kind == "target" else 1)
        circle = f'<circle class="dot {escape(dot.kind)}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        parts.append(f"{circle}<title>{escape(dot.title)}</title></circle>")
    if not any(dot.lat > 50 for dot in dots if dot.kind == "target"):
        parts.append(_bar(left, top, width, height))
    return _svg(f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}", label, parts)


def _bar(left: float, top: float, width: float, height: float) -> str:
    """How long some hundred miles are, in the lower left corner."""
    x, y, size = left + width * 0.03, top + height * 0.95, width / 34
    miles = next(some for some in (100, 250, 500) if some == 500 or some / MILES > width / 8)
    line = f'<path class="edge" d="M{x:.1f} {y - size / 2:.1f}v{size / 2:.1f}h{miles / MILES:.1f}v-{size / 2:.1f}"/>'
    return f'{line}<text class="faint" x="{x + size / 2:.1f}" y="{y - size / 3:.1f}" font-size="{size:.1f}">{miles} miles</text>'


def _svg(box: str, label: str, parts: Sequence[str], role: str = "img") -> Markup:
    """A map; one whose parts are links is a group, as what is inside a picture cannot be reached."""
    head = f'<svg class="map" viewBox="{box}" role="{role}" aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">'
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 - every text in it is escaped above


def project(lat: float, lon: float) -> tuple[float, float] | None:
    """Degrees to the units of the outlines (the composite Albers projection of d3-geo); None for places off this map."""
    if lat > 50 and lon < -129:
        return _conic(lat, lon, (55, 65), (-154, 58.5), -2, 0.35, (-0.307, 0.201))
    if 18 < lat < 23 and lon < -150:
        return _conic(lat, lon, (8, 18), (-157, 19.9), -3, 1.0, (-0.205, 0.212))
    if not (24 < lat < 50 and -125.5 < lon < -66):
        return None
    return _conic(lat, lon, (29.5, 45.5), (-96, 38.7), -0.6, 1.0, (0, 0))


def _conic(
    lat: float,
    lon: float,
    parallels: tuple[float, float],
    middle: tuple[float, float],
    off: float,
    scale: float,
    shift: tuple[float, float],
) -> tuple[float, float]:
    """Albers' equal-area conic projection, centred `off` degrees of longitude beside its middle meridian."""
    s0, s1 = (sin(radians(p)) for p in parallels)
    n = (s0 + s1) / 2
    c = 1 + s0 * (2 * n - s0)
    r0 = sqrt(c) / n

    def raw(x: float, y: float) -> tuple[float, float]:
        r = sqrt(c - 2 * n * sin(radians(y))) / n
        return r * sin(n * radians(x)), r0 - r * cos(n * radians(x))

    (x, y), (cx, cy) = raw(lon - middle[0], lat), raw(off, middle[1])
    k = _SCALE * scale
    return _X + shift[0] * _SCALE + k * (x - cx), _Y + shift[1] * _SCALE - k * (y - cy)
