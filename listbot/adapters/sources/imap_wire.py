"""What IMAP servers say, read without asking anything: pure functions over response lines (RFC 3501, RFC 9051)."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

Lines = Sequence[bytes | bytearray]
"""Response lines as aioimaplib hands them over: literals are bytearrays, everything else bytes, the tagged line's text last."""

EXISTS = re.compile(rb"\* \d+ EXISTS", re.IGNORECASE)

_FETCH = re.compile(rb"\d+ FETCH \(", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(rb'INTERNALDATE "([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE)
_QUOTED_BODY = re.compile(rb'BODY\[\](?:<\d+>)? "((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_UIDVALIDITY = re.compile(rb"\[UIDVALIDITY (\d+)\]", re.IGNORECASE)
_CODE = re.compile(r"\[([A-Z0-9-]+)")
_MONTHS = (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec")

_PASSING = {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"}
_PASSING_WORDS = re.compile(r"too many|try again|temporar|exceeded|unavailable", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One item of a FETCH answer that has a UID and a body."""

    uid: int
    received_at: datetime | None  #: INTERNALDATE
    body: bytes


def text(lines: Lines) -> str:
    """The tagged line's text, for people."""
    return bytes(lines[-1]).decode("utf-8", "replace").strip() if lines else ""


def code(words: str) -> str:
    """The response code (RFC 5530), "" where there is none."""
    found = _CODE.match(words)
    return found[1] if found else ""


def passing(words: str) -> bool:
    """Whether a refused login may be granted later (RFC 5530 codes; [ALERT] is told by its words)."""
    found = code(words)
    return found in _PASSING or (found in ("", "ALERT") and bool(_PASSING_WORDS.search(words)))


def uidvalidity(lines: Lines) -> int | None:
    """From the answer to SELECT."""
    found = next(filter(None, (_UIDVALIDITY.search(line) for line in lines)), None)
    return int(found[1]) if found else None


def searched(lines: Lines) -> list[int]:
    """UIDs of a SEARCH answer, ascending. A server may leave the untagged line out where nothing was found."""
    return sorted({int(word) for line in lines[:-1] for word in bytes(line).split() if word.isdigit()})


def fetched(lines: Lines) -> list[Fetched]:
    """The items with UID and body. Other clients' flag changes, NIL bodies and items without UID are left out."""
    items = (_fetched(item) for item in _items(lines))
    return [item for item in items if item is not None]


def sizes(lines: Lines) -> dict[int, int]:
    """UID to RFC822.SIZE in bytes."""
    found: dict[int, int] = {}
    for item in _items(lines):
        uid, size = _UID.search(_words(item)), _SIZE.search(_words(item))
        if uid and size:
            found[int(uid[1])] = int(size[1])
    return found


def _items(lines: Lines) -> list[list[bytes | bytearray]]:
    items: list[list[bytes | bytearray]] = []
    for line in lines[:-1]:
        if isinstance(line, bytes) and _FETCH.match(line):
            items.append([line])
        elif items:
            items[-1].append(line)
    return items


def _words(item: Lines) -> bytes:
    return b" ".join(line for line in item if isinstance(line, bytes))


def _fetched(item: Lines) -> Fetched | None:
    words = _words(item)
    body = next((bytes(line) for line in item if isinstance(line, bytearray)), None)
    if body is None and (quoted := _QUOTED_BODY.search(words)):
        body = re.sub(rb"\\(.)", rb"\1", quoted[1])
        words = words.replace(quoted[0], b"")
    uid = _UID.search(words)
    return Fetched(int(uid[1]), internaldate(words), body) if uid and body is not None else None


def internaldate(words: bytes) -> datetime | None:
    """When the server took the message in; None where it does not say, or says what is no date."""
    found = _DATE.search(words)
    if not found:
        return None
    day, year, hour, minute, second, hours, minutes = map(int, found.group(1, 3, 4, 5, 6, 8, 9))
    offset = timedelta(hours=hours, minutes=minutes)
    try:
        month = _MONTHS.index(found[2].lower()) + 1
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return local + offset if found[7] == b"-" else local - offset
    except (ValueError, OverflowError):
        return None


def quoted(word: str) -> str:
    """A quoted string (RFC 3501, 9)."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def mailbox_name(name: str) -> str:
    """A mailbox name in modified UTF-7 (RFC 3501, 5.1.3), quoted."""
    return quoted(re.sub(r"&|[^\x20-\x7e]+", _utf7, name))


def _utf7(match: re.Match[str]) -> str:
    if match[0] == "&":
        return "&-"
    return "&" + base64.b64encode(match[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


@dataclass
class Batches:
    """How many messages to fetch at once, and which to stop asking for.

    Usually `size`; after a connection broke in a batch, that batch is asked for one by one, so that one message which breaks the
    connection does not hold up the others. Such a message is given up after `strikes` broken connections.
    """

    size: int = 100
    strikes: int = 8
    _careful: int = 0
    _broken: Counter[int] = field(default_factory=Counter)

    def of(self, uids: Sequence[int]) -> Iterator[list[int]]:
        one_by_one = [uid for uid in uids if uid <= self._careful]
        yield from ([uid] for uid in one_by_one)
        for start in range(len(one_by_one), len(uids), self.size):
            yield list(uids[start : start + self.size])

    def broke(self, batch: Sequence[int]) -> None:
        """The connection was lost while this batch was fetched."""
        self._careful = batch[-1]
        if len(batch) == 1:
            self._broken[batch[0]] += 1

    def forget(self) -> None:
        """UIDs mean something else now (new UIDVALIDITY)."""
        self._careful = 0
        self._broken.clear()

    def given_up(self, uid: int) -> bool:
        return self._broken[uid] >= self.strikes
