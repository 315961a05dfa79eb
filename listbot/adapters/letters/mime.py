"""A letter's bytes: headers by the book and a multipart/alternative body, 7 bit clean, no line over 76 characters.

Written out here because the standard library folds structured headers into encoded words where a token is long, which spoils
List-Unsubscribe and Message-ID.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.quoprimime import body_encode
from email.utils import format_datetime

from listbot.adapters.letters.layout import one_line
from listbot.domain.errors import Never
from listbot.domain.mail import Address

WIDTH = 76
NAME = 120  #: characters of a display name that are shown

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+)*")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>")
_HEADER = re.compile(r"[A-Za-z-]+: [^\x00-\x1f\x7f]+(?:\r\n [^\x00-\x1f\x7f]+)*")
_URL = re.compile(r"https?://[\x21\x23-\x3b\x3d\x3f-\x7e]+")


def checked(address: Address) -> str:
    """The address as it may stand in a header or an envelope, its domain in ASCII (RFC 5891). Raises Never for anything odd."""
    local, _, domain = address.email.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    fits = len(local.encode()) <= 64 and len(domain) <= 255  # RFC 5321, 4.5.3.1
    if not (fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        raise Never(f"{address.email!r} is no address to which mail can go; mend it in the registry")
    return f"{local}@{domain}"


def mailbox(address: Address) -> str:
    """`name-addr` of RFC 5322: the name as atoms, quoted, or in encoded words (RFC 2047)."""
    email, name = checked(address), one_line(address.name)[:NAME]
    if not name:
        return email
    if not name.isascii() or "=?" in name:
        phrase = Header(name, "utf-8", maxlinelen=WIDTH - 10).encode()
    elif _ATOMS.fullmatch(name):
        phrase = name
    else:
        phrase = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{phrase} <{email}>"


def message_id(value: str) -> str:
    """A Message-ID, angle brackets included. Raises Never where it is none."""
    if not _ID.fullmatch(value):
        raise Never(f"{value!r} is no Message-ID")
    return value


def url(value: str) -> str:
    """An http(s) address for a header. Raises Never where it holds anything that does not belong in one."""
    if not _URL.fullmatch(value):
        raise Never(f"{value!r} is no web address; mend base_url")
    return value


def header(name: str, *parts: str, joint: str = ",") -> str:
    """A header whose parts are joined and folded between them, or within a name at its spaces (RFC 5322, 2.2.3)."""
    words = (f"{joint} ".join(parts)).replace("\n ", " ").split(" ")
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines)


def text_header(name: str, value: str) -> str:
    """A header of free text: folded, or in encoded words where it is not ASCII or a word is too long for a line."""
    plain = one_line(value)
    if plain.isascii() and "=?" not in plain and all(len(word) < WIDTH - len(name) - 2 for word in plain.split(" ")):
        return header(name, plain)
    return f"{name}: " + Header(plain, "utf-8", maxlinelen=WIDTH, header_name=name).encode(linesep="\r\n")


def date(when: datetime) -> str:
    """RFC 5322 date of an aware time."""
    return format_datetime(when)


def message(headers: Sequence[str], text: str, html: str, boundary: str) -> bytes:
    """The whole mail. `boundary` must be of letters and digits: quoted-printable never holds it after "=_"."""
    mark = f"=_{boundary}"
    for line in headers:
        if not _HEADER.fullmatch(line):
            raise Never(f"{line!r} is no header (RFC 5322, 2.2)")
    lines = [
        *headers,
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;\r\n boundary="{mark}"',
        "",
        f"--{mark}",
        _part("plain", text),
        f"--{mark}",
        _part("html", html),
        f"--{mark}--",
        "",
    ]
    joined = "\r\n".join(lines)
    # Only an address with a local part beyond ASCII (RFC 6531) needs more than 7 bits.
    return joined.encode("ascii" if joined.isascii() else "utf-8")


def _part(subtype: str, content: str) -> str:
    encoded = body_encode(content.encode().decode("latin-1"), WIDTH, "\r\n")
    return f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' + encoded
