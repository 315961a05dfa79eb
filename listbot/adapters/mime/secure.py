"""Signed and encrypted mail: what is signed is opened (not verified), what is encrypted gets a verdict."""

from __future__ import annotations

import re

from listbot.adapters.mime.limits import MAX_BLOCKS

ENCRYPTED = "encrypted, cannot be read"

_PKCS7 = bytes.fromhex("06092a864886f70d0107")  # the object identifiers 1.2.840.113549.1.7.*
_DATA, _SIGNED, _ENVELOPED, _ENCRYPTED_DATA = (_PKCS7 + bytes([kind]) for kind in (1, 2, 3, 6))
_AUTH_ENVELOPED = bytes.fromhex("060b2a864886f70d0109100117")
_PGP_MESSAGE = re.compile(r"^-----BEGIN PGP MESSAGE-----$", re.MULTILINE)
_PGP_END = "-----END PGP MESSAGE-----"
_PGP_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----\n"
_PGP_SIGNATURE = "\n-----BEGIN PGP SIGNATURE-----"
_PGP_SIGNATURE_END = "-----END PGP SIGNATURE-----"


def opened(cms: bytes) -> tuple[bytes, str]:
    """The MIME entity inside an S/MIME message (RFC 8551, 3.5), or why it cannot be read."""
    start = cms[:64]
    if any(oid in start for oid in (_ENVELOPED, _ENCRYPTED_DATA, _AUTH_ENVELOPED)):
        return b"", ENCRYPTED
    if _SIGNED not in start:
        return b"", "an S/MIME part of an unknown kind"
    at = cms.find(_DATA)
    content = _octets(cms, at + len(_DATA)) if at >= 0 else b""
    return content, "" if content else "an S/MIME signature without the text it signs"


def _octets(cms: bytes, at: int) -> bytes:
    """The octet string behind `[0] EXPLICIT`, whole or in pieces, with definite or indefinite lengths (X.690, 8.1)."""
    tag, at, _ = _tag(cms, at)
    if tag != 0xA0:
        return b""
    tag, at, end = _tag(cms, at)
    if tag == 0x04:
        return cms[at:end]
    pieces: list[bytes] = []
    while tag == 0x24 and at < end and len(pieces) < MAX_BLOCKS:
        inner, start, stop = _tag(cms, at)
        if inner != 0x04 or stop <= at:
            break
        pieces.append(cms[start:stop])
        at = stop
    return b"".join(pieces)


def _tag(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, start and end of the element at an offset; an indefinite length reaches to the end of the data."""
    if at + 2 > len(data):
        return 0, len(data), len(data)
    tag, length, at = data[at], data[at + 1], at + 2
    if length == 0x80:
        return tag, at, len(data)
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[at : at + min(size, 8)], "big")
        at += size
    return tag, at, min(len(data), at + length)


def plain(text: str) -> tuple[str, bool]:
    """Text without the armour of an inline PGP signature, and whether a stretch of it was encrypted and is taken out."""
    if _PGP_SIGNED in text:
        text = _unsigned(text)
    begin = _PGP_MESSAGE.search(text)
    if begin is None:
        return text, False
    end = text.find(_PGP_END, begin.end())
    rest = text[end + len(_PGP_END) :] if end >= 0 else ""
    return text[: begin.start()] + rest.lstrip("\n"), True


def _unsigned(text: str) -> str:
    """RFC 9580, 7: the signed words with `- ` escapes undone, and what stands around them."""
    before, _, rest = text.partition(_PGP_SIGNED)
    _, _, body = rest.partition("\n\n")
    words, _, signature = body.partition(_PGP_SIGNATURE)
    after = signature.partition(_PGP_SIGNATURE_END)[2]
    lines = (line.removeprefix("- ") for line in words.split("\n"))
    return before + "\n".join(lines) + after
