"""Bytes to a tree of MIME entities (RFC 2046), read by offsets in linear time.

The standard library's parser recurses with the nesting and tries every open boundary on every line; this one splits from the
outside in, one pass a level, with the levels and parts limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from listbot.adapters.mime import transfer
from listbot.adapters.mime.headers import parameters, unfolded
from listbot.adapters.mime.limits import MAX_DEPTH, MAX_HEADER, MAX_HEADER_BLOCK, MAX_HEADERS, MAX_PARTS, Notes

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_BLANK = re.compile(rb"\n\r?\n")
_GUESS = re.compile(rb"^--([!-~]{5,70})[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entity:
    """A MIME entity. `body` is as it was sent; a multipart's holds what stands before its first part."""

    fields: tuple[tuple[str, str], ...]  #: header fields in order, unfolded, RFC 2047 not yet undone
    type: str = "text/plain"
    params: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    disposition: str = ""
    filename: str = ""
    body: bytes = b""
    children: tuple[Entity, ...] = ()
    is_text: bool = False  #: the body is UTF-8 already, whatever the header says (a part of a plain digest)

    def get(self, name: str) -> str:
        """First value of a header field, or an empty string."""
        return next((value for key, value in self.fields if key.lower() == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a header field."""
        return tuple(value for key, value in self.fields if key.lower() == name)

    def data(self, notes: Notes) -> bytes:
        """The body with its transfer encoding undone."""
        return self.body if self.is_text else transfer.undo(self.body, self.encoding, notes)


class Splitter:
    """Takes one message apart and counts its parts."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._parts = 0

    def entity(self, raw: bytes, start: int = 0, end: int | None = None, depth: int = 0, default: str = "text/plain") -> Entity:
        """The entity between two offsets."""
        end = len(raw) if end is None else end
        self._parts += 1
        fields, body = header(raw, start, end, self._notes)
        found = described(fields, default)
        main = found.type.partition("/")[0]
        if main not in {"multipart", "message"}:
            return _with(found, raw[body:end])
        if depth >= MAX_DEPTH:
            self._notes.add(f"parts nested deeper than {MAX_DEPTH} levels were not opened")
            return _with(found, raw[body:end])
        if main == "multipart":
            return self._multipart(found, raw, body, end, depth)
        return self._message(found, raw, body, end, depth)

    def _multipart(self, found: Entity, raw: bytes, body: int, end: int, depth: int) -> Entity:
        boundary = found.params.get("boundary", "").encode("latin-1", "ignore")[:200]
        spans = list(islice(_spans(raw, boundary, body, end), MAX_PARTS + 2)) if boundary else []
        if len(spans) < 2:
            guess = _GUESS.search(raw, body, end)
            spans = list(islice(_spans(raw, guess[1], body, end), MAX_PARTS + 2)) if guess else spans
            self._notes.add("the boundary between parts is missing or wrong")
        if len(spans) < 2:
            return _with(found, raw[body:end], type="text/plain")
        default = "message/rfc822" if found.type == "multipart/digest" else "text/plain"
        children = []
        for start, stop in spans[1:]:
            if self._parts >= MAX_PARTS:
                self._notes.add(f"only the first {MAX_PARTS} parts were read")
                break
            children.append(self.entity(raw, start, stop, depth + 1, default))
        return _with(found, raw[slice(*spans[0])], children=tuple(children))

    def _message(self, found: Entity, raw: bytes, body: int, end: int, depth: int) -> Entity:
        if found.type not in {"message/rfc822", "message/global", "message/news"} or self._parts >= MAX_PARTS:
            return _with(found, raw[body:end])
        if found.encoding.strip().lower() in {"base64", "quoted-printable"}:  # forbidden, and seen
            raw = transfer.undo(raw[body:end], found.encoding, self._notes)
            body, end = 0, len(raw)
        while raw[body : body + 1] in {b"\r", b"\n"}:
            body += 1
        return _with(found, raw[body:end], children=(self.entity(raw, body, end, depth + 1),))


def _with(entity: Entity, body: bytes, *, type: str = "", children: tuple[Entity, ...] = ()) -> Entity:
    return Entity(
        entity.fields, type or entity.type, entity.params, entity.encoding, entity.disposition, entity.filename, body, children
    )


def described(fields: tuple[tuple[str, str], ...], default: str = "text/plain") -> Entity:
    """An entity without body, as its header describes it."""
    bare = Entity(fields)
    kind, params = parameters(bare.get("content-type"))
    kind = kind if re.fullmatch(r"[\w.+-]{1,80}/[\w.+-]{1,80}", kind) else default
    disposition, more = parameters(bare.get("content-disposition"))
    name = more.get("filename") or params.get("name") or ""
    return Entity(fields, kind, params, bare.get("content-transfer-encoding"), disposition, name)


def header(raw: bytes, start: int, end: int, notes: Notes) -> tuple[tuple[tuple[str, str], ...], int]:
    """Header fields, and where the body begins.

    A line that is no field is passed over if a field follows it; else the body begins there, blank line or not.
    """
    fields: list[tuple[str, str]] = []
    name, value = "", bytearray()
    at = start
    if raw.startswith((b"From ", b">From "), at, end):  # mbox
        at = _next_line(raw, at, end)
    while at < end:
        if at - start > MAX_HEADER_BLOCK:
            notes.add("the header is too long: part of it was left out")
            blank = _BLANK.search(raw, at, end)
            at = blank.end() if blank else end
            break
        after = _next_line(raw, at, end)
        line = raw[at : min(after, at + MAX_HEADER + 300)].rstrip(b"\r\n")
        if not line.strip(b" \t\r"):
            if not line or not _continues(raw, after, end):
                at = after
                break
        elif line[:1] in b" \t" and name:
            value += line if len(value) < MAX_HEADER else b""
        elif match := _FIELD.match(line):
            _keep(fields, name, value, notes)
            name, value = match[1].decode("ascii"), bytearray(line[match.end() :])
        elif name and _FIELD.match(raw, after, min(end, after + 300)):
            notes.add("a header line was damaged")
        else:
            if name:
                notes.add("the header ends without a blank line")
            break
        at = after
    _keep(fields, name, value, notes)
    return tuple(fields), at


def _continues(raw: bytes, at: int, end: int) -> bool:
    """A blank line of spaces in the midst of a header: a field or its continuation follows at once."""
    return raw[at : min(end, at + 1)] in {b" ", b"\t"} or _FIELD.match(raw, at, min(end, at + 300)) is not None


def _keep(fields: list[tuple[str, str]], name: str, value: bytearray, notes: Notes) -> None:
    if not name:
        return
    if len(fields) >= MAX_HEADERS or len(value) > MAX_HEADER:
        notes.add("the header is too long: part of it was left out")
    if len(fields) < MAX_HEADERS:
        fields.append((name, unfolded(bytes(value[:MAX_HEADER]))))


def _next_line(raw: bytes, at: int, end: int) -> int:
    found = raw.find(b"\n", at, end)
    return end if found < 0 else found + 1


def _spans(raw: bytes, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the preamble, then of each part; what follows the closing boundary is left out."""
    mark, begin, at = b"--" + boundary, start, start
    while (found := raw.find(mark, at, end)) >= 0:
        at = found + len(mark)
        line_end = _next_line(raw, at, end)
        rest = raw[at : min(line_end, at + 1000)].strip()
        if (found == start or raw[found - 1 : found] == b"\n") and rest in {b"", b"--"}:
            yield begin, max(begin, _before_newline(raw, found, begin))
            if rest:
                return
            begin = at = line_end
    if begin > start:
        yield begin, end


def _before_newline(raw: bytes, at: int, start: int) -> int:
    """The newline before a boundary belongs to the boundary."""
    if at > start and raw[at - 1 : at] == b"\n":
        at -= 1
    if at > start and raw[at - 1 : at] == b"\r":
        at -= 1
    return at
