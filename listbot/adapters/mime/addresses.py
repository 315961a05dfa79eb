"""Address lists (RFC 5322, 3.4) as they are found: groups, comments, names with bare commas, brackets left out."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.adapters.mime.headers import decoded
from listbot.domain.mail import Address

_MAX_ADDRESSES = 1_000


@dataclass(slots=True)
class _Segment:
    """What stands between two commas."""

    words: str = ""
    comment: str = ""
    angle: str | None = None


def addresses(value: str) -> tuple[Address, ...]:
    """Every mailbox of a field that is not yet RFC 2047 decoded. What has no `@` is no mailbox."""
    found: list[Address] = []
    waiting = ""  # the first half of `Doe, Jane <jane@…>`
    for segment in _segments(value):
        email = _clean(segment.angle) if segment.angle is not None else ""
        if email:
            found.append(Address(email, _name(f"{waiting}, {segment.words}" if waiting else segment.words or segment.comment)))
            waiting = ""
        elif "@" in segment.words:
            found += _bare(segment)
            waiting = ""
        else:
            waiting = f"{waiting}, {segment.words}" if waiting else segment.words
        if len(found) >= _MAX_ADDRESSES:
            break
    return tuple(found)


def mailbox(value: str) -> Address:
    """The one mailbox of a field; where there is none, its words are the name."""
    return next(iter(addresses(value)), Address("", decoded(value)[:200]))


def normal(email: str) -> str:
    """An address with its domain in lower case."""
    local, at, domain = email.rpartition("@")
    return f"{local}{at}{domain.lower()}"


def _bare(segment: _Segment) -> list[Address]:
    words = segment.words.split()
    emails = [_clean(word) for word in words if "@" in word]
    name = " ".join(word for word in words if "@" not in word) if len(emails) == 1 else ""
    return [Address(email, _name(name or segment.comment)) for email in emails if email]


def _name(words: str) -> str:
    name = decoded(" ".join(words.split())).strip(' "')
    return (name[1:-1] if name[:1] == name[-1:] == "'" else name).strip()[:200]


def _clean(text: str) -> str:
    email = "".join(text.split()).removeprefix("mailto:").removeprefix("MAILTO:").strip("<>()[]'\",;.:")
    if email.startswith("@"):  # a source route: <@relay.example,@other.example:user@host.example>
        email = email.rpartition(":")[2]
    local, _, domain = email.rpartition("@")
    return normal(email) if local and domain and len(email) <= 320 else ""


def _segments(value: str) -> list[_Segment]:
    """Split at commas and semicolons outside quotes, comments and brackets; group names are left out."""
    value = value if value.count('"') % 2 == 0 else value.replace('"', "")
    last_round, last_angle = value.rfind(")"), value.rfind(">")
    done, current, at = [], _Segment(), 0
    words: list[str] = []

    def finish() -> None:
        nonlocal current
        current.words = "".join(words).strip()
        done.append(current)
        current = _Segment()
        words.clear()

    while at < len(value):
        char = value[at]
        at += 1
        if char == '"':
            text, at = _until(value, at, '"')
            words.append(f'"{text}"' if value[at : at + 1] == "@" else text)
        elif char == "(" and at <= last_round:
            end = value.find(")", at)
            current.comment, at = value[at:end].strip("( "), end + 1
        elif char == "<":
            current.angle, at = _angle(value, at, closed=at <= last_angle)
        elif char in ",;":
            finish()
        elif char == ":" and current.angle is None and "@" not in words:
            words.clear()  # the name of a group
        else:
            words.append(char)
    finish()
    return [segment for segment in done if segment.words or segment.angle]


def _until(value: str, at: int, mark: str) -> tuple[str, int]:
    out = []
    while at < len(value) and value[at] != mark:
        at += value[at] == "\\"
        out.append(value[at : at + 1])
        at += 1
    return "".join(out), at + 1


def _angle(value: str, at: int, *, closed: bool) -> tuple[str, int]:
    """What stands in angle brackets; where they are not closed, up to the comma."""
    end = value.find(">", at) if closed else value.find(",", at)
    end = len(value) if end < 0 else end
    return value[at:end], end + closed
