"""Small charts as SVG, drawn on the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `part` of `whole`, both counts."""

    label: str
    part: float
    whole: float
    title: str


def bars(rows: Sequence[Bar], label: str) -> Markup:
    """Upright bars with a part of each filled: months side by side."""
    width, height, foot = 640, 180, 22
    most = max((row.whole for row in rows), default=0) or 1
    step = width / max(1, len(rows))
    parts = []
    for n, row in enumerate(rows):
        left, wide, middle = n * step + step * 0.18, step * 0.64, n * step + step / 2
        full, filled = (value / most * (height - 24) for value in (row.whole, row.part))
        text = f'x="{middle:.1f}" font-size="12" text-anchor="middle"'
        parts += [
            f"<g><title>{escape(row.title)}</title>",
            f'<rect class="bar other" x="{left:.1f}" y="{height - full:.1f}" width="{wide:.1f}" height="{full:.1f}"/>',
            f'<rect class="bar" x="{left:.1f}" y="{height - filled:.1f}" width="{wide:.1f}" height="{filled:.1f}"/>',
            f'<text class="faint" y="{height + 16}" {text}>{escape(row.label)}</text>',
            f'<text y="{height - full - 5:.1f}" {text}>{f"{row.whole:g}" if row.whole else ""}</text></g>',
        ]
    axis = f'<line class="axis" x1="0" x2="{width}" y1="{height}" y2="{height}"/>'
    head = f'<svg class="chart" viewBox="0 0 {width} {height + foot}" role="img" aria-label="{escape(label)}">'
    return Markup(f"{head}{axis}{''.join(parts)}</svg>")  # noqa: S704 - every text in it is escaped above
