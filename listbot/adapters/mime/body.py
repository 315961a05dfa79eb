"""The text of a message out of its parts, the names of the rest, and what a report reports."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from listbot.adapters.mime import charsets, secure
from listbot.adapters.mime.flowed import unflow
from listbot.adapters.mime.headers import decoded, message_id
from listbot.adapters.mime.html import to_text
from listbot.adapters.mime.limits import MAX_DEPTH, MAX_HTML, MAX_TEXT, MAX_TEXT_BYTES, Notes
from listbot.adapters.mime.structure import Entity, Splitter, header
from listbot.adapters.mime.tnef import read_tnef
from listbot.domain.mail import Attachment

_STUB = re.compile(
    r"(?:not|n't) (?:support|display|read) HTML|HTML (?:format|e-?mail|version|message)|in (?:a|your) browser"
    r"|plain text (?:part|version)",
    re.IGNORECASE,
)
_REPORTS = frozenset(
    ["message/delivery-status", "message/disposition-notification", "message/global-delivery-status", "message/feedback-report"]
)
_TEXTS = frozenset(["text/plain", "text/html", "text/markdown", "text/enriched", "text/richtext", "text/x-amp-html", "text"])
_ORIGINAL = re.compile(r"^Original-Message-ID:[ \t]*(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z]{1,30}>")
_EVENT = re.compile(r"^(SUMMARY|DTSTART|LOCATION|DESCRIPTION)(?:;[^:\n]{0,200})?:(.{0,50000})$", re.MULTILINE)


@dataclass(slots=True)
class Content:
    """What was found in the parts read so far."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    original_id: str = ""
    from_html: bool = False
    unreadable: str = ""

    @property
    def text(self) -> str:
        """Everything a person would read, one part after the other."""
        return "\n\n".join(text.strip("\n") for text in self.texts if text.strip()).rstrip()


class BodyReader:
    """Reads the entities of one message."""

    def __init__(self, splitter: Splitter, notes: Notes) -> None:
        self._splitter = splitter
        self._notes = notes
        self._html_left = MAX_HTML

    def read(self, entity: Entity) -> Content:
        """The content of a whole message; nothing in it is an attachment if it is all there is."""
        content = Content()
        self._read(entity, content, 0)
        if not content.texts and not content.reports and entity.type in _TEXTS and not entity.children:
            content.attachments.clear()
            self._text(entity, content)
        if not content.texts and not content.unreadable:
            self._calendar(entity, content)
        return content

    def _read(self, entity: Entity, content: Content, depth: int) -> None:
        main, _, kind = entity.type.partition("/")
        if depth > 2 * MAX_DEPTH:
            self._notes.add(f"parts nested deeper than {MAX_DEPTH} levels were not opened")
        elif entity.children and main == "multipart":
            self._multipart(kind, entity, content, depth)
        elif entity.children:
            self._forwarded(entity, content, depth)
        elif entity.type in _REPORTS:
            self._report(entity, content)
        elif entity.type == "text/rfc822-headers":
            self._original(header(entity.data(self._notes), 0, len(entity.body), self._notes)[0], content)
        elif kind in {"pkcs7-mime", "x-pkcs7-mime"}:
            self._smime(entity, content, depth)
        elif kind in {"ms-tnef", "vnd.ms-tnef"} or entity.filename.lower() == "winmail.dat":
            self._tnef(entity, content)
        elif entity.type in _TEXTS and entity.disposition != "attachment" and not (entity.filename and content.texts):
            self._text(entity, content)
        else:
            content.attachments.append(_attachment(entity))

    def _multipart(self, kind: str, entity: Entity, content: Content, depth: int) -> None:
        first, *rest = entity.children
        if kind == "alternative":
            self._alternative(entity, content, depth)
        elif kind == "encrypted":
            content.unreadable = content.unreadable or secure.ENCRYPTED
        elif kind in {"signed", "related"}:
            start = entity.params.get("start", "")
            root = next((child for child in entity.children if start and child.get("content-id") == start), first)
            self._read(root, content, depth + 1)
            for child in entity.children:
                if child is not root:
                    self._list(child, content)
        elif kind == "report":
            self._read(first, content, depth + 1)
            for child in rest:
                self._reported(child, content, depth)
        else:
            for child in entity.children:
                self._read(child, content, depth + 1)

    def _alternative(self, entity: Entity, content: Content, depth: int) -> None:
        """The plain text if it says anything, else the best of the others."""
        plain = next((child for child in entity.children if child.type == "text/plain" and not child.children), None)
        chosen: Content | None = None
        if plain is not None:
            chosen = Content()
            self._text(plain, chosen)
        if chosen is None or _is_stub(chosen.text):
            for child in reversed([child for child in entity.children if child is not plain]):
                other = Content()
                self._read(child, other, depth + 1)
                if len(other.text) > len(chosen.text if chosen else "") or other.unreadable:
                    self._take(other, content)
                    plain = child
                    chosen = None
                    break
        if chosen is not None:
            self._take(chosen, content)
        for child in entity.children:
            if child is not plain:
                self._list(child, content)

    def _take(self, other: Content, content: Content) -> None:
        content.texts += other.texts
        content.attachments += other.attachments
        content.reports += other.reports
        content.original_id = content.original_id or other.original_id
        content.from_html |= other.from_html
        content.unreadable = content.unreadable or other.unreadable

    def _list(self, entity: Entity, content: Content) -> None:
        """The attachments of a part whose text is not read."""
        if entity.type == "message/rfc822":
            content.attachments.append(_attachment(entity))
        elif entity.children:
            for child in entity.children:
                self._list(child, content)
        elif entity.type not in _TEXTS or entity.disposition == "attachment":
            content.attachments.append(_attachment(entity))

    def _text(self, entity: Entity, content: Content) -> None:
        data = entity.data(self._notes)
        if len(data) > MAX_TEXT_BYTES:
            self._notes.add(f"a text of {len(data):,} bytes was cut")
        label = "utf-8" if entity.is_text else entity.params.get("charset", "")
        source = charsets.decode(data[:MAX_TEXT_BYTES], label, self._notes)
        if entity.type in {"text/html", "text/x-amp-html"} or _looks_like_html(source):
            if len(source) > self._html_left:
                self._notes.add(f"of the HTML only the first {MAX_HTML:,} characters were read")
            source = source[: self._html_left]
            self._html_left -= len(source)
            text = to_text(source, self._notes)
            content.from_html = True
        elif entity.type in {"text/enriched", "text/richtext"}:
            text = _TAG.sub("", charsets.tidy(source)).replace("<<", "<")
        else:
            text = charsets.tidy(source)
            if entity.params.get("format", "").lower() == "flowed":
                text = unflow(text, entity.params.get("delsp", "").lower() == "yes")
        text, encrypted = secure.plain(text)
        if encrypted:
            self._notes.add("a part of the text is encrypted")
            content.unreadable = content.unreadable or ("" if text.strip() else secure.ENCRYPTED)
        if text.strip():
            content.texts.append(text)

    def _forwarded(self, entity: Entity, content: Content, depth: int) -> None:
        """A message within the message: its text under a block of its header, as mail programs write it."""
        inner = entity.children[0]
        found = Content()
        self._read(inner, found, depth + 1)
        lines = ["---------- Forwarded message ----------"]
        lines += [
            f"{name}: {decoded(inner.get(name.lower()))}" for name in ("From", "Date", "Subject", "To") if inner.get(name.lower())
        ]
        if found.unreadable:
            self._notes.add(f"a forwarded message is {found.unreadable}")
            found.unreadable = ""
        found.texts = ["\n".join([*lines, "", found.text])]
        self._take(found, content)

    def _reported(self, entity: Entity, content: Content, depth: int) -> None:
        """A part of a report (RFC 3464, 8098): machine-readable lines, or the message it is about, which nobody reads."""
        if entity.children and entity.type.startswith("message/"):
            self._original(entity.children[0].fields, content)
        elif entity.type in {"text/rfc822-headers", "message/rfc822"}:
            data = entity.data(self._notes)
            self._original(header(data, 0, len(data), self._notes)[0], content)
        elif entity.type in _REPORTS:
            self._report(entity, content)
        elif entity.type not in _TEXTS:
            self._list(entity, content)

    def _report(self, entity: Entity, content: Content) -> None:
        text = charsets.tidy(charsets.decode(entity.data(self._notes)[:MAX_TEXT]))
        content.reports.append(text.strip("\n"))
        match = _ORIGINAL.search(text)
        content.original_id = content.original_id or (match[1] if match else "")

    def _original(self, fields: tuple[tuple[str, str], ...], content: Content) -> None:
        found = next((message_id(value) for name, value in fields if name.lower() == "message-id"), "")
        content.original_id = found or content.original_id

    def _smime(self, entity: Entity, content: Content, depth: int) -> None:
        inner, verdict = secure.opened(entity.data(self._notes))
        if inner:
            self._read(self._splitter.entity(inner, depth=depth + 1), content, depth + 1)
        else:
            content.unreadable = content.unreadable or verdict

    def _tnef(self, entity: Entity, content: Content) -> None:
        found = read_tnef(entity.data(self._notes))
        if found is None:
            self._notes.add("a winmail.dat could not be read")
            content.attachments.append(_attachment(entity))
            return
        content.attachments += found.attachments
        if not content.texts:
            text = charsets.tidy(found.text) if found.text.strip() else to_text(found.html[:MAX_HTML], self._notes)
            content.from_html |= not found.text.strip() and bool(text)
            content.texts += [text] if text.strip() else []

    def _calendar(self, entity: Entity, content: Content) -> None:
        """An invitation alone: what it says of itself."""
        part = next((one for one in walk(entity) if one.type == "text/calendar"), None)
        if part is None:
            return
        source = charsets.tidy(charsets.decode(part.data(self._notes), part.params.get("charset", "")))
        lines = [
            f"{match[1].title()}: {_unescaped(match[2])}"
            for match in _EVENT.finditer(source.replace("\n ", "").replace("\n\t", ""))
        ]
        content.texts += ["\n".join(lines)] if lines else []


def walk(entity: Entity) -> list[Entity]:
    """An entity and all below it."""
    found = [entity]
    for one in found:
        found.extend(one.children)
    return found


def _unescaped(value: str) -> str:
    return value.replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";")


def _is_stub(text: str) -> bool:
    """Nothing, or only a sentence that the real text is elsewhere."""
    return not text.strip() or (len(text) < 400 and _STUB.search(text) is not None)


def _looks_like_html(source: str) -> bool:
    """HTML that calls itself plain text."""
    return source[:200].lstrip().lower().startswith(("<!doctype html", "<html"))


def _attachment(entity: Entity) -> Attachment:
    size = len(entity.body)
    if entity.encoding.strip().lower() == "base64":
        size = len(entity.body.translate(None, b" \t\r\n=")) * 3 // 4
    name = entity.filename or decoded(entity.get("content-description"))
    return Attachment(charsets.printable(name)[:255], entity.type, size)
