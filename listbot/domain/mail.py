"""Messages as they arrive, and the typed post that is made of their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox (RFC 5322, 3.4): `email` lower-cased in its domain, `name` decoded, possibly empty."""

    email: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox has been read: every UID up to `uid` under this UIDVALIDITY is kept (RFC 9051, 2.3.1.1).

    Sources without UIDs (Maildir, LMTP) use their own monotonous numbers or none.
    """

    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes as a source handed them over, before anybody looked inside.

    `key` is unique within the source (`UIDVALIDITY.UID`, a Maildir file name, an LMTP envelope digest):
    the same key twice is the same message. `recipient` is the envelope recipient where the source knows it.
    """

    source: str
    key: str
    raw: bytes
    received_at: datetime
    recipient: str = ""


class Channel(StrEnum):
    """By which way a message reached the bot, hence what it may start."""

    LIST = "list"  #: demonstrably through a configured list: may start asks
    ANSWER = "answer"  #: sent to the bot with a token, or in reply to its mail
    DIRECT = "direct"  #: anything else: a moderator looks
    OWN = "own"  #: the bot's own mail come back: ignored


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the text: never opened beyond its name, type and size (bytes)."""

    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message to the list (or one part of a digest), typed; built from any bytes without ever failing.

    `text` is what a person would read: the text/plain part, else the HTML laid out as text, newlines as \\n, no NULs.
    `subject` is decoded, without the list's prefix ("[Fellows] "), with Re:/Fwd: kept. `author` is who wrote it, also behind a
    list's "via" rewriting. `references` are the ids of In-Reply-To and References, oldest first, with angle brackets.
    `warnings` tell what was odd, in words for a moderator. `unreadable` says why it was not read at all, else it is empty.
    """

    message_id: str
    author: Address
    subject: str
    text: str
    date: datetime | None = None
    sender: Address | None = None  #: From as it stood, where a list rewrote it
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()  #: Delivered-To, X-Original-To, envelope recipient
    return_path: str | None = None  #: "" is the null sender <>
    list_id: str = ""  #: RFC 2919, without angle brackets, lower case
    references: tuple[str, ...] = ()
    auto_submitted: str = ""  #: RFC 3834 keyword, "" where absent
    authentication_results: tuple[str, ...] = ()  #: RFC 8601 values, topmost first
    headers: tuple[tuple[str, str], ...] = ()  #: every header, decoded, in order
    attachments: tuple[Attachment, ...] = ()
    from_html: bool = False  #: the text was laid out from HTML
    report: str = ""  #: text of delivery-status or disposition parts (RFC 3464, 8098)
    original_id: str = ""  #: Message-ID of the message inside a report
    part: int = 0  #: number of the post within its digest, from 0
    warnings: tuple[str, ...] = ()
    unreadable: str = ""

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")
