"""Lays out letters: fills the templates, writes headers by the book, makes the bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment

from listbot.adapters.letters import layout, mime
from listbot.adapters.letters.engine import FAULTS, OWN, environment, fault, render
from listbot.adapters.letters.words import ENGLISH, LANGUAGES
from listbot.domain.errors import ConfigError
from listbot.domain.letters import LetterSpec, Values
from listbot.domain.mail import Address
from listbot.domain.tokens import message_id, token
from listbot.domain.work import Letter

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled letter: subject in one line, text within 72 columns, HTML."""

    subject: str
    text: str
    html: str


class JinjaComposer:
    """See `listbot.pipeline.ports.Composer`. `folders` are template folders, the first that has a template wins.

    `own` are letters of a rule set, by their path in it (`letters/en/ask.txt`); they go before the folders.
    """

    def __init__(self, bot: Address, secret: bytes, folders: Sequence[Path], own: Mapping[str, str] | None = None) -> None:
        self._bot, self._secret, self._folders = bot, secret, tuple(folders)
        self.reword(own or {})

    def reword(self, own: Mapping[str, str]) -> None:
        """From the next letter on, these letters of a rule set go before the folders; they were checked before."""
        self._own = dict(own)
        self._environment = lru_cache(maxsize=None)(self._make_environment)

    def worded(self, own: Mapping[str, str]) -> JinjaComposer:
        """The same with other letters of its own."""
        return JinjaComposer(self._bot, self._secret, self._folders, own)

    def render(self, template: str, to: Address, values: Values, language: str = FALLBACK) -> Rendered:
        """A letter without headers, for previews. Raises ConfigError naming file and line of a wrong template."""
        env = self._environment(language if self._has(language, template) else FALLBACK)
        context: Mapping[str, object] = {f.name: getattr(values, f.name) for f in fields(values)} | {"to": to, "bot": self._bot}
        try:
            subject = layout.one_line(render(env, f"{template}.subject", context))
            context = {**context, "subject": subject}
            return Rendered(
                subject,
                layout.fill(render(env, f"{template}.txt", context)),
                layout.clean(render(env, f"{template}.html", context)),
            )
        except FAULTS as error:
            raise ConfigError(str(fault(error, template))) from error

    def compose(self, spec: LetterSpec, now: datetime) -> Letter:
        """The finished mail. Raises ConfigError for a wrong template, Never for an address or id that no header may hold."""
        filled = self.render(spec.template, spec.to, spec.values, spec.language)
        key = spec.copy_of or spec.key
        id = message_id(self._secret, mime.checked(self._bot), key)
        return Letter(
            key=spec.key,
            kind=spec.template,
            sender=mime.checked(self._bot),
            recipient=mime.checked(spec.recipient or spec.to),
            message_id=id,
            raw=mime.message(
                self._headers(spec, filled.subject, id, now), filled.text, filled.html, token(self._secret, "boundary", key)
            ),
            token=spec.token,
            post=spec.post,
            need=spec.need,
            held=spec.held,
        )

    def _headers(self, spec: LetterSpec, subject: str, id: str, now: datetime) -> list[str]:
        headers = [
            mime.header("From", mime.mailbox(self._bot)),
            mime.header("To", mime.mailbox(spec.to)),
            mime.text_header("Subject", subject),
            mime.header("Date", mime.date(now)),
            mime.header("Message-ID", mime.message_id(id)),
            mime.header("Auto-Submitted", spec.automatic),
        ]
        if spec.cc:
            headers.insert(2, mime.header("Cc", *map(mime.mailbox, spec.cc)))
        if spec.reply_to:
            headers.append(mime.header("Reply-To", *map(mime.mailbox, spec.reply_to)))
        if spec.answering:
            answered = mime.message_id(spec.answering)
            headers += [mime.header("In-Reply-To", answered), mime.header("References", answered)]
        if spec.unsubscribe:
            headers += self._unsubscribe(*spec.unsubscribe)
        return headers

    def _unsubscribe(self, address: str, link: str) -> list[str]:
        """RFC 2369 by mail; RFC 8058 by one click, which only an https address can be."""
        by_mail = f"<mailto:{mime.checked(Address(address))}?subject=STOP>"
        if not link:
            return [mime.header("List-Unsubscribe", by_mail)]
        headers = [mime.header("List-Unsubscribe", f"<{mime.url(link)}>", by_mail)]
        if link.startswith("https://"):
            headers.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        return headers

    def _has(self, language: str, template: str) -> bool:
        known = f"{OWN}{language}/{template}.txt" in self._own
        return language in LANGUAGES and (known or any((f / language / f"{template}.txt").is_file() for f in self._folders))

    def _make_environment(self, language: str) -> Environment:
        return environment(self._folders, language, LANGUAGES.get(language, ENGLISH), self._own)
