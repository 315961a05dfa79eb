"""Builds `listbot/web/states.json`, the outlines of the states, from us-atlas (ISC) out of the npm registry.

    npm pack us-atlas@3 && tar xzf us-atlas-3.*.tgz
    python -m training.maps.build package/states-albers-10m.json

The shapes are the U.S. Census Bureau's cartographic boundaries (public domain), already projected (Albers, 975 by 610).
Each border is thinned once (Douglas-Peucker), so that neighbours still fit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUT = Path(__file__).parents[2] / "listbot" / "web" / "states.json"
CLOSE = 0.9
"""How far, in units of the map, a thinned border may lie from the true one."""
SMALLEST = 12
"""Islands with a smaller bounding box (square units) are left out, unless they are all there is of a state."""

_FIPS = """01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA 26MI 27MN
28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI
56WY 60AS 66GU 69MP 72PR 78VI"""
CODES = {word[:2]: word[2:] for word in _FIPS.split()}

Point = tuple[float, float]


def thinned(line: list[Point]) -> list[Point]:
    """Douglas-Peucker, without recursion; the ends stay."""
    keep, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        start, end = stack.pop()
        far, at = 0.0, 0
        for i in range(start + 1, end):
            if (d := _distance(line[i], line[start], line[end])) > far:
                far, at = d, i
        if far > CLOSE:
            keep.add(at)
            stack += [(start, at), (at, end)]
    return [line[i] for i in sorted(keep)]


def _distance(p: Point, a: Point, b: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = p, a, b
    dx, dy = x2 - x1, y2 - y1
    length = (dx * dx + dy * dy) ** 0.5
    if not length:
        return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
    return abs(dy * x - dx * y + x2 * y1 - y2 * x1) / length


def outlines(atlas: dict) -> dict[str, str]:
    """SVG paths by USPS code."""
    (kx, ky), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        line: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + tx, y * ky + ty))
        arcs.append(thinned(line) if line[0] != line[-1] else _ring(line))
    found = {}
    for shape in atlas["objects"]["states"]["geometries"]:
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [_joined(ring, arcs) for part in parts for ring in part]
        big = [ring for ring in rings if _box(ring) >= SMALLEST] or [max(rings, key=_box)]
        if shape["id"] in CODES:
            found[CODES[shape["id"]]] = "".join(map(_path, big))
    return dict(sorted(found.items()))


def _ring(line: list[Point]) -> list[Point]:
    """A closed arc is thinned in two halves, so that it keeps its extent."""
    middle = len(line) // 2
    return thinned(line[: middle + 1])[:-1] + thinned(line[middle:])


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line[1:] if points else line
    return points


def _box(ring: list[Point]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _path(ring: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring[:-1]) + "Z"


if __name__ == "__main__":
    shapes = outlines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    OUT.write_text(json.dumps(shapes, separators=(",", ":")).replace('","', '",\n"') + "\n", encoding="utf-8")
    print(f"{len(shapes)} states, {OUT.stat().st_size} bytes")
