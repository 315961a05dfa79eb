"""Entities to posts: who, when, about what, and by which way."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from listbot.adapters.mime import charsets, digest
from listbot.adapters.mime.addresses import addresses, normal
from listbot.adapters.mime.author import ListNames, author_of, list_names
from listbot.adapters.mime.body import BodyReader, Content
from listbot.adapters.mime.headers import date, decoded, ids, message_id
from listbot.adapters.mime.limits import MAX_BYTES, MAX_TEXT, Notes
from listbot.adapters.mime.structure import Entity, Splitter
from listbot.adapters.mime.subject import untagged
from listbot.domain.mail import Address, Post

_CUT = re.compile(r"the first (\d+) of (\d+) bytes are kept")
_UNREAD = re.compile(r"UID (\d+)")


def posts_in(raw: bytes, recipient: str) -> tuple[Post, ...]:
    """Every post of a message: one, or those of a digest."""
    notes = Notes()
    if len(raw) > MAX_BYTES:
        notes.add(f"the message has {len(raw):,} bytes, of which the first {MAX_BYTES:,} were read")
    splitter = Splitter(notes)
    outer = splitter.entity(raw[:MAX_BYTES])
    if unread := _UNREAD.fullmatch(outer.get("x-listbot-unread")):
        return (
            unreadable(raw, f"the mail server did not hand over the message with UID {unread[1]}: look at it in the mailbox"),
        )
    if cut := _CUT.fullmatch(outer.get("x-listbot-truncated")):
        notes.add(f"the message has {int(cut[2]):,} bytes, of which the first {int(cut[1]):,} were kept")
    names = list_names(outer)
    found = digest.posts_of(outer, notes)
    if found:
        return tuple(
            _in_digest(_post(one, one, names, splitter, Notes()), outer, names, recipient, number, notes)
            for number, one in enumerate(found)
        )
    return (_addressed(_post(_unwrapped(outer, names), outer, names, splitter, notes), outer, names, recipient),)


def unreadable(raw: bytes, why: str) -> Post:
    """A post that stands for bytes nobody can read."""
    return Post(message_id=_made_up(raw.decode("latin-1")), author=Address(""), subject="", text="", unreadable=why)


def _post(inner: Entity, outer: Entity, names: ListNames, splitter: Splitter, notes: Notes) -> Post:
    """What the writer sent. `outer` is the list's wrapping, where there is one, else the same entity."""
    author, sender = author_of(inner, names)
    if inner is not outer:
        sender = author_of(outer, ListNames())[0]
    content = BodyReader(splitter, notes).read(inner)
    text = _limited(content.text, notes)
    given = message_id(inner.get("message-id")) or message_id(outer.get("message-id"))
    when = date(inner.get("date"))
    if not given:
        notes.add("there is no Message-ID")
        given = _made_up(inner.get("from"), inner.get("date"), inner.get("subject"), text, *content.reports)
    if when is None:
        notes.add("there is no Date that can be read")
    if not author.email:
        notes.add("there is no author that can be read")
    return Post(
        message_id=given,
        author=author,
        sender=sender,
        subject=untagged(decoded(inner.get("subject")), names.names),
        text=text,
        date=when,
        reply_to=addresses(inner.get("reply-to")),
        to=addresses(inner.get("to")),
        cc=addresses(inner.get("cc")),
        references=_references(inner),
        auto_submitted=_keyword(inner.get("auto-submitted")),
        headers=tuple((name, decoded(value)) for name, value in outer.fields),
        attachments=tuple(content.attachments),
        from_html=content.from_html,
        report="\n\n".join(content.reports)[:MAX_TEXT],
        original_id=content.original_id,
        warnings=notes.all(),
        unreadable=_verdict(content, text, inner),
    )


def _addressed(post: Post, outer: Entity, names: ListNames, recipient: str) -> Post:
    """The post with what the outermost header says of its way."""
    delivered = [one for name in ("delivered-to", "x-original-to") for value in outer.all(name) for one in _emails(value)]
    delivered += _emails(recipient) if recipient else []
    path = outer.get("return-path") if "return-path" in {name.lower() for name, _ in outer.fields} else None
    return replace(
        post,
        list_id=names.id,
        delivered_to=tuple(dict.fromkeys(delivered)),
        return_path=None if path is None else normal("".join(path.split()).strip("<>")),
        authentication_results=tuple(decoded(value) for value in outer.all("authentication-results")),
    )


def _in_digest(post: Post, outer: Entity, names: ListNames, recipient: str, number: int, notes: Notes) -> Post:
    both = _addressed(post, outer, names, recipient)
    headers = (*post.headers, *((name, decoded(value)) for name, value in outer.fields))
    return replace(both, part=number, headers=headers, warnings=tuple(dict.fromkeys((*notes.all(), *post.warnings))))


def _unwrapped(outer: Entity, names: ListNames) -> Entity:
    """The message that a list has put whole into its own, because of the writer's DMARC policy; else the message itself."""
    sender = next(iter(addresses(outer.get("from"))), Address(""))
    if sender.email.lower() not in names.emails:
        return outer
    parts = outer.children if outer.type == "multipart/mixed" else (outer,)
    inner = [part.children[0] for part in parts if part.type == "message/rfc822" and part.children]
    if len(inner) == 1 and (len(parts) == 1 or message_id(inner[0].get("message-id")) == message_id(outer.get("message-id"))):
        return inner[0]
    return outer


def _verdict(content: Content, text: str, entity: Entity) -> str:
    if text or content.reports:
        return ""
    if content.unreadable:
        return content.unreadable
    return "" if entity.fields else "there is neither a header nor a text"


def _limited(text: str, notes: Notes) -> str:
    if len(text) <= MAX_TEXT:
        return text
    notes.add(f"the text has {len(text):,} characters, of which the first {MAX_TEXT:,} were read")
    return text[:MAX_TEXT]


def _references(entity: Entity) -> tuple[str, ...]:
    """RFC 5322, 3.6.4: ancestors oldest first; the parent of In-Reply-To last if References leaves it out."""
    return tuple(dict.fromkeys((*ids(entity.get("references")), *ids(entity.get("in-reply-to")))))


def _keyword(value: str) -> str:
    return next(iter(value.partition(";")[0].partition("(")[0].lower().split()), "")


def _emails(value: str) -> list[str]:
    return [one.email for one in addresses(value)] or ([charsets.printable(value)[:320]] if value.strip() else [])


def _made_up(*pieces: str) -> str:
    """A Message-ID for a message without one: the same for the same words."""
    digested = hashlib.sha256("\0".join(pieces).encode("utf-8", "replace")).hexdigest()
    return f"<{digested[:32]}@missing.invalid>"
