"""Digests taken apart into their posts: MIME (RFC 2046, 5.1.5) and plain (RFC 1153)."""

from __future__ import annotations

import re

from listbot.adapters.mime import charsets
from listbot.adapters.mime.body import walk
from listbot.adapters.mime.limits import MAX_POSTS, MAX_TEXT_BYTES, Notes
from listbot.adapters.mime.structure import Entity, header

_PREAMBLE_END = re.compile(r"^-{70}[ \t]*\n", re.MULTILINE)
_SEPARATOR = re.compile(r"^-{30}[ \t]*\n", re.MULTILINE)
_FIELD = re.compile(r"\n*(?:Message|Date|From|Subject|To|Cc|Reply-To|Sender|Message-ID|Content-Type)[ \t]*:", re.IGNORECASE)
_END = re.compile(r"\n*End of .{1,200} Digest", re.IGNORECASE)


def posts_of(entity: Entity, notes: Notes) -> tuple[Entity, ...]:
    """The posts of a digest in order, or nothing if it is no digest."""
    found = _mime(entity) or _plain(entity, notes)
    if len(found) > MAX_POSTS:
        notes.add(f"only the first {MAX_POSTS} posts of the digest were read")
    return tuple(found[:MAX_POSTS])


def _mime(entity: Entity) -> list[Entity]:
    """Posts of the multipart/digest that is the message or stands in its multipart/mixed."""
    outer = [entity, *(entity.children if entity.type == "multipart/mixed" else ())]
    digest = next((one for one in outer if one.type == "multipart/digest"), None)
    return (
        [child.children[0] for child in digest.children if child.children and child.type.startswith("message/")] if digest else []
    )


def _plain(entity: Entity, notes: Notes) -> list[Entity]:
    part = next((one for one in walk(entity)[:20] if one.type == "text/plain" and not one.children), None)
    if part is None or part.disposition == "attachment":
        return []
    data = part.data(Notes())[:MAX_TEXT_BYTES]
    if b"-" * 70 not in data:
        return []
    text = charsets.tidy(charsets.decode(data, part.params.get("charset", "")))
    start = _PREAMBLE_END.search(text)
    if start is None or not _FIELD.match(text, start.end()):
        return []
    sections, begin = [], start.end()
    for match in _SEPARATOR.finditer(text, begin):
        if _FIELD.match(text, match.end()) or _END.match(text, match.end()):
            sections.append(text[begin : match.start()])
            begin = match.end()
    if not _END.match(text, begin):
        sections.append(text[begin:])
    posts = [_section(section.lstrip("\n"), notes) for section in sections]
    return [post for post in posts if post.get("from")]


def _section(section: str, notes: Notes) -> Entity:
    """A post of a plain digest. Its Content-Type tells of the original; what stands here is text."""
    raw = section.encode("utf-8", "replace")
    fields, body = header(raw, 0, len(raw), notes)
    return Entity(fields, body=raw[body:], is_text=True)
