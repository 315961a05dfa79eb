"""A post's words with what was read in them marked, and what identifies a client masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from listbot.domain.reading import PartKind, Reading, Span
from listbot.web.words import plain

LABELS = {
    "kind": "what kind of post it is",
    "places": "where",
    "relief": "what kind of help",
    "deadline": "by when",
    "dates": "dates",
    "detained": "detained",
    "languages": "languages",
    "country": "country",
    "minor": "child",
    "scope": "scope",
    "remote": "remote",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text with what it told."""

    span: Span
    kind: str
    title: str
    client: int = 0  #: which, of several


def marked(text: str, reading: Reading | None, *, reveal: bool) -> Markup:
    """The text as HTML. `reveal`: identifiers are shown, otherwise only their kind."""
    if reading is None:
        return Markup(f'<pre class="source">{escape(text)}</pre>')  # noqa: S704 - escaped
    marks = _marks(reading)
    masks = [] if reveal else [(i.span, i.kind) for i in reading.identifiers]
    cut = [part.span for part in reading.parts if part.kind is not PartKind.BODY]
    edges = {0, len(text)}
    for span in (*(m.span for m in marks), *(s for s, _ in masks), *cut):
        edges |= {max(0, min(len(text), edge)) for edge in span}
    parts, masked = [], -1
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        mask = next((kind for span, kind in masks if span[0] <= start < span[1]), None)
        if mask is not None:
            if start >= masked:
                parts.append(f'<mark class="identifier">{escape(plain(mask))}</mark>')
                masked = next(span[1] for span, _ in masks if span[0] <= start < span[1])
            continue
        words = str(escape(text[start:end]))
        told = [m for m in marks if m.span[0] <= start < m.span[1]]
        if told:
            title = "; ".join(dict.fromkeys(m.title for m in told))
            clients = ", ".join(str(m.client) for m in told if m.client and m.span[1] == end)
            whose = f' data-client="{clients}"' if clients else ""
            words = f'<mark class="{escape(told[0].kind)}" title="{escape(title)}"{whose}>{words}</mark>'
        elif any(s <= start < e for s, e in cut):
            words = f'<span class="cut">{words}</span>'
        parts.append(words)
    return Markup(f'<div class="source">{"".join(parts)}</div>')  # noqa: S704 - every text in it is escaped above


def legend(reading: Reading | None) -> Sequence[tuple[str, str]]:
    """The kinds of marks that the post has, with their names."""
    kinds = dict.fromkeys(mark.kind for mark in _marks(reading)) if reading else ()
    return [(kind, LABELS[kind]) for kind in kinds if kind in LABELS]


def _marks(reading: Reading) -> list[Marked]:
    many = len(reading.needs) > 1
    marks = [
        Marked(span, kind, LABELS.get(kind, kind) + (f", client {number}" if many else ""), number if many else 0)
        for number, need in enumerate(reading.needs, 1)
        for kind, spans in need.evidence.items()
        for span in spans
    ]
    return marks + [Marked(span, "kind", LABELS["kind"]) for span in reading.kind_evidence]
