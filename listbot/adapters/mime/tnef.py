"""winmail.dat (MS-OXTNEF): the text inside, and the names of what is attached.

A reader of our own for the few attributes needed: tnefparse copies the rest of the file for each attribute and believes counts of
four thousand million rows, so that a few hostile kilobytes keep it busy for hours.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from listbot.adapters.mime import charsets
from listbot.adapters.mime.limits import MAX_PARTS, MAX_TNEF
from listbot.adapters.mime.rtf import decompressed, rtf_text
from listbot.domain.mail import Attachment

_SIGNATURE = b"\x78\x9f\x3e\x22"
_BODY, _TITLE, _FILE_DATA, _NEW_FILE, _PROPERTIES, _FILE_PROPERTIES, _CODEPAGE = (
    0x800C,
    0x8010,
    0x800F,
    0x9002,
    0x9003,
    0x9005,
    0x9007,
)
_PR_BODY, _PR_HTML, _PR_RTF, _PR_LONG_NAME, _PR_CODEPAGE = 0x1000, 0x1013, 0x1009, 0x3707, 0x3FDE
_SIZES = {0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_COUNTED = frozenset([0x0D, 0x1E, 0x1F, 0x102])


@dataclass(slots=True)
class Tnef:
    """What a winmail.dat holds: `text` and `html` may both be empty."""

    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)


def read_tnef(data: bytes) -> Tnef | None:
    """The contents, as far as they can be read; None where it is no TNEF at all."""
    if not data.startswith(_SIGNATURE):
        return None
    found, codepage, rtf = Tnef(), "cp1252", b""
    names, sizes = [""], [0]
    for kind, value in _attributes(data[:MAX_TNEF]):
        if kind == _CODEPAGE and len(value) >= 4:
            codepage = _charset(value)
        elif kind == _BODY:
            found.text = charsets.decode(value, codepage)
        elif kind == _PROPERTIES:
            properties = dict(_properties(value))
            codepage = _charset(properties[_PR_CODEPAGE][1]) if _PR_CODEPAGE in properties else codepage
            found.text = _string(properties, _PR_BODY, codepage) or found.text
            found.html = _string(properties, _PR_HTML, codepage) or found.html
            rtf = properties.get(_PR_RTF, (0, b""))[1]
        elif kind == _NEW_FILE and len(names) <= MAX_PARTS:
            names.append("")
            sizes.append(0)
        elif kind == _TITLE:
            names[-1] = names[-1] or charsets.decode(value, codepage)
        elif kind == _FILE_PROPERTIES:
            names[-1] = _string(dict(_properties(value)), _PR_LONG_NAME, codepage) or names[-1]
        elif kind == _FILE_DATA:
            sizes[-1] = len(value)
    if not found.text.strip() and not found.html.strip() and rtf:
        found.text = rtf_text(decompressed(rtf))
    files = zip(names, sizes, strict=True)
    found.attachments = [
        Attachment(charsets.printable(name)[:255], "application/octet-stream", size) for name, size in files if name or size
    ]
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        kind, length = struct.unpack_from("<xH2xI", data, at)
        yield kind, data[at + 9 : at + 9 + length]
        at += 11 + length


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Property id to type and first value (MS-OXTNEF 2.1.3.4); stops where the lengths make no sense."""
    at = 4
    while at + 4 <= len(data):
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= 0x8000:
            at = _past_name(data, at)
        count = 1
        if kind & 0x1000 or kind in _COUNTED:
            count, at = _number(data, at), at + 4
        first = b""
        for index in range(min(count, len(data) // 4)):
            if at > len(data):
                return
            value, at = _value(data, at, kind & 0xEFFF)
            first = value if index == 0 else first
        yield name, (kind & 0xEFFF, first)


def _past_name(data: bytes, at: int) -> int:
    """Behind the GUID and the number or name of a named property."""
    at += 20
    return at + 4 if _number(data, at - 4) == 0 else at + 4 + _padded(_number(data, at))


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    if kind in _COUNTED:
        length = _number(data, at)
        return data[at + 4 : at + 4 + length], at + 4 + _padded(length)
    size = _SIZES.get(kind, 4)
    return data[at : at + size], at + size


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4


def _string(properties: dict[int, tuple[int, bytes]], name: int, codepage: str) -> str:
    kind, value = properties.get(name, (0, b""))
    return charsets.decode(value, "utf-16-le" if kind == 0x1F else codepage).rstrip("\0")


def _charset(value: bytes) -> str:
    number = _number(value, 0)
    return {65001: "utf-8", 1200: "utf-16-le", 28591: "cp1252", 20127: "cp1252"}.get(number, f"cp{number}")
