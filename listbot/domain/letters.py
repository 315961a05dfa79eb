"""What a letter says and how it is addressed, before anybody lays it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.mail import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSpec:
    """A letter to be composed from the templates `<template>.txt` and `<template>.html`.

    `key` names it over all time (see Letter). `values` fill the templates. `reply_to` are the addresses an answer should go to.
    `unsubscribe` holds the tokened bot address and, if pages are served, the one-click URL (RFC 2369, RFC 8058). `answering` is the
    Message-ID of the bot's own earlier letter that this one follows; a letter never threads into the list.
    """

    key: str
    template: str
    to: Address
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    reply_to: tuple[Address, ...] = ()
    unsubscribe: tuple[str, str] | None = None  #: mailto address, https URL or ""
    answering: str = ""
    token: str = ""  #: of the plus-address among `reply_to`, so that answers find their letter
    language: str = "en"
    automatic: str = "auto-generated"  #: Auto-Submitted (RFC 3834): auto-generated, or auto-replied for acknowledgements
    post: int | None = None
    need: int | None = None
    held: bool = False
