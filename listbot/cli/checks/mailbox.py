"""The places where messages arrive: name, connection, login, mailbox, IDLE."""

from __future__ import annotations

import asyncio
import socket
import ssl

from listbot import bootstrap, config
from listbot.adapters.clock import SystemClock
from listbot.adapters.sources.imap_session import Session
from listbot.adapters.sources.oauth import Tokens
from listbot.cli.checks import ports
from listbot.cli.checks.check import Check, Show
from listbot.config import ImapSource, LmtpSource, MaildirSource, Settings
from listbot.domain.errors import ListbotError, TryLater
from listbot.domain.hosts import USUAL, obstacle

SECONDS = 15.0
"""Patience with a server."""

Opened = tuple[Session, ImapSource]


async def source(settings: Settings, source: ImapSource | MaildirSource | LmtpSource, show: Show) -> Opened | None:
    """Look at one source; a mailbox that can be read stays open."""
    name = source.name
    try:
        bootstrap.make_sources(settings.model_copy(update={"source": (source,)}), SystemClock())
    except ListbotError as error:
        show(Check(name, False, str(error)))
        return None
    if isinstance(source, MaildirSource):
        _maildir(name, source, show)
    elif isinstance(source, LmtpSource):
        await ports.lmtp(name, source.listen, show)
    elif await resolves(name, source.host, source.port, "source", show):
        return await _imap(name, source, show)
    return None


async def resolves(name: str, host: str, port: int, table: str, show: Show) -> bool:
    """Whether the name of a server is known."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        show(Check(f"{name} DNS", False, *obstacle(host, port, error, table)))
        return False
    addresses = dict.fromkeys(str(address[0]) for *_, address in found)
    show(Check(f"{name} DNS", True, f"{host} is {', '.join(addresses)}"))
    return True


def _maildir(name: str, source: MaildirSource, show: Show) -> None:
    missing = [folder for folder in ("cur", "new") if not (source.path / folder).is_dir()]
    if missing:
        mend = "name the Maildir itself in source.path, and let this user read it"
        show(Check(name, False, f"{source.path} has no folder {' and no '.join(missing)}", mend))
    else:
        show(Check(name, True, "is there"))


async def _imap(name: str, source: ImapSource, show: Show) -> Opened | None:
    session = await _open(name, source, show)
    if session is None:
        return None
    if not await _log_in(name, source, session, show):
        session.close()
        return None
    return session, source


async def _open(name: str, source: ImapSource, show: Show) -> Session | None:
    try:
        tls = ssl.create_default_context(cafile=source.ca_file) if source.tls == "implicit" else None
        session = await Session.open(source.host, source.port, tls, SECONDS)
    except OSError as error:
        step = "TLS" if isinstance(error, ssl.SSLError) else "connection"
        show(Check(f"{name} {step}", False, *obstacle(source.host, source.port, error, "source")))
    except TryLater as error:
        words, _, mend = str(error).partition("; ")
        mend = mend or f"check source.port and source.tls, usually {USUAL['source']}; the server's log may say more"
        show(Check(f"{name} connection", False, f"{source.host}:{source.port}: {words}", mend))
    else:
        show(Check(f"{name} connection", True, "TLS with a trusted certificate" if tls else "plain, on loopback"))
        return session
    return None


async def _log_in(name: str, source: ImapSource, session: Session, show: Show) -> bool:
    try:
        if oauth2 := bootstrap.oauth2_settings(source.oauth2):
            await session.xoauth2(source.username, await Tokens(oauth2, SystemClock()).token())
        else:
            await session.login(source.username, config.secret_of(source.password, source.password_file, "password_file"))
    except ListbotError as error:
        show(Check(f"{name} login", False, str(error), "check username and password; Gmail and Microsoft 365 need oauth2"))
        return False
    show(Check(f"{name} login", True, source.username))
    try:
        await session.select(source.mailbox)
        count = len(await session.search("ALL"))
    except ListbotError as error:
        show(Check(f"{name} mailbox", False, str(error), "check mailbox"))
        return False
    show(Check(f"{name} mailbox", True, f"{source.mailbox} with {count} messages"))
    if session.idles:
        show(Check(f"{name} IDLE", True, "new mail is pushed"))
    else:
        show(Check(f"{name} IDLE", None, "the server has none; the mailbox is polled"))
    return True
