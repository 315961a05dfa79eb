"""Who wrote a post, where the list server put its own address into From (DMARC), and what the list is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from listbot.adapters.mime.addresses import addresses, mailbox
from listbot.adapters.mime.headers import decoded
from listbot.adapters.mime.structure import Entity
from listbot.domain.mail import Address

_LIST_ID = re.compile(r"<([^<>]{1,255})>")
_MAILTO = re.compile(r"<mailto:([^<>?\s]{1,320})", re.IGNORECASE)
_VIA = re.compile(r"(?P<who>.{1,150}?),?[ ](?:via|durch|por)[ ](?P<list>.{1,150})\Z", re.IGNORECASE)
_BEHALF = " on behalf of "


@dataclass(frozen=True, slots=True)
class ListNames:
    """What a message says of the list it came through."""

    id: str = ""  #: RFC 2919, lower case
    emails: frozenset[str] = frozenset()  #: posting addresses, lower case
    names: tuple[str, ...] = ()  #: display name, local parts


def list_names(entity: Entity) -> ListNames:
    """The list's id, addresses and names out of List-Id, List-Post, X-BeenThere and Google's and LISTSERV's fields."""
    value = entity.get("list-id")
    match = _LIST_ID.search(value)
    bare = match[1] if match else (value if "@" not in value and " " not in value else "")
    list_id = "".join(bare.split()).lower()
    emails = {found[1].lower() for found in _MAILTO.finditer(entity.get("list-post"))}
    emails |= {one.email.lower() for name in ("x-beenthere", "x-mailing-list") for one in addresses(entity.get(name))}
    local, dot, domain = list_id.partition(".")
    if dot:
        emails.add(f"{local}@{domain}")
    shown = decoded(value[: match.start()]).strip(" '\"") if match else ""
    names = [shown, local, *(email.partition("@")[0] for email in sorted(emails))]
    return ListNames(list_id, frozenset(emails), tuple(dict.fromkeys(name for name in names if name)))


def author_of(entity: Entity, names: ListNames) -> tuple[Address, Address | None]:
    """Who wrote it, and From as it stood if that was somebody else.

    Only where From is the list's own are the fields looked at that claim another author: elsewhere anybody could claim anybody.
    """
    shown = mailbox(entity.get("from")) if entity.get("from") else mailbox(entity.get("sender"))
    if _BEHALF in shown.name.lower():
        return _behalf(entity, shown)
    via = _VIA.match(shown.name)
    if shown.email.lower() not in names.emails and not (via and _is_list(entity, via["list"], names)):
        return shown, None
    name = via["who"].strip(" '\"") if via else ""
    return _claimed(entity, names, name) or Address(shown.email, name or shown.name), shown


def _is_list(entity: Entity, name: str, names: ListNames) -> bool:
    """Whether `Ana via NAME` names this list, or Google's fields prove the rewriting."""
    plain = re.sub(r"\W|_", "", name).lower()
    return bool(plain) and any(plain == re.sub(r"\W|_", "", known).lower() for known in names.names)


def _claimed(entity: Entity, names: ListNames, name: str) -> Address | None:
    """The author as list servers keep him: one who bears the name before "via", else whom a field of theirs names.

    Copies go to anybody: of them only the one who bears the name.
    """
    fields = ("x-original-from", "x-google-original-from", "reply-to", "cc", "x-original-sender", "x-mailfrom")
    claims = [
        (header, one) for header in fields for one in addresses(entity.get(header)) if one.email.lower() not in names.emails
    ]
    namesakes = [one for _, one in claims if name and one.name.strip(" '\"").lower() == name.lower()]
    others = [Address(one.email, one.name or name) for header, one in claims if header != "cc"]
    return next(iter([*namesakes, *others]), None)


def _behalf(entity: Entity, shown: Address) -> tuple[Address, Address | None]:
    """`list on behalf of Ana <ana@…>`: what Outlook shows, and some gateways write into From."""
    at = shown.name.lower().index(_BEHALF)
    who = shown.name[at + len(_BEHALF) :].strip(" '\"")
    author = next(iter(addresses(who)), Address(shown.email, who))
    return author, shown
