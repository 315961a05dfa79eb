"""Content-Transfer-Encoding undone (RFC 2045, 6), however broken."""

from __future__ import annotations

import binascii
import re
from itertools import islice

from listbot.adapters.mime.limits import MAX_BLOCKS, Notes

_BLOCK = re.compile(rb"[A-Za-z0-9+/]+")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
#: A line nobody writes in base64: where a list server has put its footer behind the encoded text.
_PLAIN_LINE = re.compile(rb"^(?:\S{1,200}[ \t]\S|_{5,}|-- ?\r?$)", re.MULTILINE)


def undo(data: bytes, encoding: str, notes: Notes) -> bytes:
    """The bytes behind a transfer encoding; an unknown one leaves them as they are."""
    kind = encoding.strip().strip("\"'").lower()
    if kind == "base64":
        return _base64(data, notes)
    if kind in {"quoted-printable", "quoted_printable", "quotedprintable"}:
        return binascii.a2b_qp(data)
    if kind not in {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "us-ascii", "utf-8"}:
        notes.add("the transfer encoding is unknown")
    return data


def _base64(data: bytes, notes: Notes) -> bytes:
    tail = _PLAIN_LINE.search(data)
    if tail is None:
        return _blocks(data, notes)
    notes.add("plain text stands among base64")
    head = _blocks(data[: tail.start()], notes)
    return head + (b"\n" if head else b"") + data[tail.start() :]


def _blocks(data: bytes, notes: Notes) -> bytes:
    """Each run up to its padding is decoded for itself: blocks joined with padding in their midst are common."""
    clean = data.translate(None, _NOT_BASE64)
    if len(clean) != len(data.translate(None, b" \t\r\n")):
        notes.add("the base64 is damaged")
    out = []
    for match in islice(_BLOCK.finditer(clean), MAX_BLOCKS):
        block = match[0]
        whole = block[: len(block) - 1] if len(block) % 4 == 1 else block
        if len(whole) != len(block):
            notes.add("the base64 is damaged")
        out.append(binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)))
    return b"".join(out)
