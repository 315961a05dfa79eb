"""Plain text laid out for mail: 72 columns (RFC 5322 asks for 78, and quoting adds some), no control characters."""

from __future__ import annotations

import re
import textwrap

WIDTH = 72
LABEL = 10  #: columns of a fact's label

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LEAD = re.compile(r"[ \t]*(?:> ?)*(?:[-*•] )?")


def clean(text: str) -> str:
    """Text without control characters and direction overrides; newlines and tabs stay."""
    return _BIDI.sub("", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    """Text folded into one line: what a header or a subject can hold."""
    return " ".join(clean(text.replace("\x00", "")).split())


def fill(text: str) -> str:
    """Every line within WIDTH, continued under its own text; an address too long for a line is left whole; single blank lines."""
    lines = [part for line in clean(text).expandtabs(4).split("\n") for part in _wrapped(line.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _wrapped(line: str) -> list[str]:
    if line == "--":
        return ["-- "]  # so that mail programs know what follows as a signature (RFC 3676, 4.3)
    if len(line) <= WIDTH:
        return [line]
    lead = _LEAD.match(line)
    prefix = lead.group() if lead else ""
    below = prefix if ">" in prefix else " " * len(prefix)
    return textwrap.wrap(
        line[len(prefix) :],
        WIDTH,
        initial_indent=prefix,
        subsequent_indent=below,
        break_long_words=False,
        break_on_hyphens=False,
    )


def quoted(text: str) -> str:
    """Somebody else's words, each line after "> "."""
    lines = (f"> {line}".rstrip() for line in clean(text).strip().split("\n"))
    return "\n".join(part for line in lines for part in _wrapped(line))


def row(label: str, value: str) -> str:
    """A fact: the label, then its value filled in a column of its own."""
    lead = f"  {label:<{LABEL}} "
    return textwrap.fill(
        value, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False, break_on_hyphens=False
    )


def paragraphs(text: str) -> list[list[str]]:
    """Paragraphs, each a list of its lines: for HTML."""
    blocks = re.split(r"\n[ \t]*\n", clean(text).strip())
    return [[line.strip() for line in block.split("\n") if line.strip()] for block in blocks if block.strip()]
