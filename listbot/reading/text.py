"""Small tools on text with offsets: every stage works on one string and keeps its character positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from listbot.domain.reading import Span

LIMIT = 60_000
"""Characters of a post that are read; the rest of a longer one is kept, but not understood."""

# A sentence ends at . ! ? before a capital or digit, at a blank line, or where a list item begins; see _NOT_AN_END.
_END = re.compile(
    r"[.!?]+[\"')\]]{0,3}(?=\s+[\"'(\[]?[A-Z0-9¿¡ÁÉÍÓÚÑ])|\n[ \t]*\n|\n(?=[ \t]{0,20}(?:[-*•·–]|\(?\d{1,2}[.)]|"
    r"\(?[A-Za-z][.)])[ \t])"
)
_NOT_AN_END = re.compile(
    r"(?:\b(?:No|St|Ste|Ft|Mt|v|vs|Dr|Ms|Mr|Mrs|Sr|Sra|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Cir|Dist|"
    r"approx|atty|Atty|"
    r"appt|Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Co|Inc|Esq|Prof|Ave|Blvd|Rd)|(?<!['’])\b[A-Za-z]|\.[A-Za-z])$"
)


def lowered(text: str) -> str:
    """Lower case of the same length, so that positions stay; typographic apostrophes made plain."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("’", "'")


def sentence_starts(text: str) -> list[int]:
    """Offsets at which sentences (or list items, or paragraphs) begin."""
    starts = [0]
    for end in _END.finditer(text):
        if end[0].startswith(".") and _NOT_AN_END.search(text, max(0, end.start() - 8), end.start()):
            continue
        starts.append(end.end())
    return starts


class Sentences:
    """The sentences of a text, found by position."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = sentence_starts(text)

    def span(self, at: int) -> Span:
        """The sentence that holds a position."""
        i = bisect_right(self._starts, at) - 1
        end = self._starts[i + 1] if i + 1 < len(self._starts) else len(self.text)
        return self._starts[i], end

    def spans(self) -> list[Span]:
        """All of them, in order."""
        ends = [*self._starts[1:], len(self.text)]
        return [(a, b) for a, b in zip(self._starts, ends, strict=True) if self.text[a:b].strip()]

    def before(self, at: int, width: int = 90) -> str:
        """What stands before a position in its sentence, at most `width` characters."""
        start, _ = self.span(at)
        return self.text[max(start, at - width) : at]

    def after(self, at: int, width: int = 90) -> str:
        """What stands after a position in its sentence, at most `width` characters."""
        _, end = self.span(max(at - 1, 0))
        return self.text[at : min(end, at + width)]


def masked(text: str, keep: Iterable[Span]) -> str:
    """The text with everything outside `keep` blanked, newlines left: same length, same offsets."""
    out: list[str] = []
    at = 0
    for start, end in sorted(keep):
        if start > at:
            out.append(blank(text[at:start]))
        out.append(text[max(start, at) : end])
        at = max(at, end)
    out.append(blank(text[at:]))
    return "".join(out)


def blank(text: str) -> str:
    """Spaces of the same length; newlines stay."""
    return re.sub(r"[^\n]", " ", text)
