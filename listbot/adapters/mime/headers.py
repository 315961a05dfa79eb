"""Values of header fields: unfolding, encoded words (RFC 2047), parameters (RFC 2231), ids and dates (RFC 5322)."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from listbot.adapters.mime import charsets

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?]|\?(?!=)){0,2000})\?=")
_ID = re.compile(r"<([^<>]{1,998})>")
_PARAMETER = re.compile(r"([^=;\s]{1,100})[ \t]*=[ \t]*")
_CONTINUED = re.compile(r"(.{1,80}?)\*(\d{1,3})?(\*)?\Z")
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?")


def unfolded(value: bytes) -> str:
    """One line of text; bytes above 127 are read as UTF-8, else as windows-1252."""
    return charsets.printable(charsets.decode(value))


def decoded(value: str) -> str:
    """The value with its encoded words undone: one line without control characters, whatever they hide."""
    if "=?" not in value:
        return value
    out: list[str] = []
    pending, charset, at = b"", "", 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        label = match[1].partition("*")[0]  # RFC 2231, 5: charset*language
        if between.strip(" \t") or label.lower() != charset.lower():
            out.append(charsets.decode(pending, charset))
            out.append(between if between.strip(" \t") or not pending else "")
            pending = b""
        pending, charset, at = pending + _word(match), label, match.end()
    out += [charsets.decode(pending, charset), value[at:]]
    return charsets.printable("".join(out))


def _word(match: re.Match[str]) -> bytes:
    """The bytes of an encoded word. Characters split between two words are joined by the caller."""
    text = match[3].encode("utf-8", "ignore")
    if match[2] in "qQ":
        return binascii.a2b_qp(text.replace(b"_", b" "))
    text = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    text = text[:-1] if len(text) % 4 == 1 else text
    return binascii.a2b_base64(text + b"=" * (-len(text) % 4))


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The value before the first semicolon in lower case, and the parameters by their names in lower case."""
    main, _, rest = value.partition(";")
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in _pairs(rest):
        match = _CONTINUED.match(name)
        base, number, encoded = (match[1], int(match[2] or 0), match[3] or match[2] is None) if match else (name, 0, "")
        pieces.setdefault(base, []).append((number, bool(encoded), text))
    return _COMMENT.sub("", main).strip().lower(), {name: _joined(parts) for name, parts in pieces.items()}


def _pairs(rest: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while len(found) < 100 and (match := _PARAMETER.search(rest, at)):
        at = match.end()
        if rest[at : at + 1] == '"':
            text, at = _quoted(rest, at + 1)
        else:
            end = rest.find(";", at)
            end = len(rest) if end < 0 else end
            text, at = rest[at:end].strip(), end
        found.append((match[1].lower(), text))
    return found


def _quoted(text: str, at: int) -> tuple[str, int]:
    out = []
    while at < len(text) and text[at] != '"':
        if text[at] == "\\" and at + 1 < len(text):
            at += 1
        out.append(text[at])
        at += 1
    return "".join(out), at + 1


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """One value of its continuations; `charset'language'percent%20encoded` undone."""
    pieces = sorted(pieces, key=lambda piece: piece[0])
    if not any(encoded for _, encoded, _ in pieces):
        return decoded("".join(text for _, _, text in pieces) if len({n for n, _, _ in pieces}) > 1 else pieces[0][2])
    charset, first, rest = "", True, b""
    for _, encoded, text in pieces:
        if encoded and first and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        rest += unquote_to_bytes(text) if encoded else text.encode("utf-8", "ignore")
        first = False
    return charsets.printable(charsets.decode(rest, charset))


def ids(value: str) -> tuple[str, ...]:
    """Message-IDs with angle brackets, each once, in order; white space that folding put into one is taken out."""
    found = ("".join(text.split()) for text in _ID.findall(value))
    return tuple(dict.fromkeys(f"<{text}>" for text in found if text))


def message_id(value: str) -> str:
    """The one id of a Message-ID field, with angle brackets added where they are missing; empty where there is none."""
    first = ids(value)
    if first:
        return first[0]
    bare = "".join(value.split()).strip("<>")[:998]
    return f"<{bare}>" if "@" in bare else ""


def date(value: str) -> datetime | None:
    """A Date field in its own zone (unknown zones and -0000: UTC), or None where no reading makes sense."""
    text = _COMMENT.sub("", value).strip()[:100]
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        found = None
    try:
        if found is None and _ISO.match(text):
            found = datetime.fromisoformat(text)
        if found is None or not 1970 <= found.year <= 9990:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
