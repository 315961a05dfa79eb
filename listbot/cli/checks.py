"""What the doctor looks at, in the order in which one thing needs another."""

from __future__ import annotations

import asyncio
import secrets
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from listbot import bootstrap, config
from listbot.adapters.clock import SystemClock
from listbot.adapters.sources.imap_session import Session
from listbot.adapters.sources.oauth import Tokens
from listbot.config import ImapSource, LmtpSource, MaildirSource, Settings
from listbot.domain.errors import ConfigError, ListbotError, Never, TryLater
from listbot.domain.tokens import plus_address
from listbot.domain.work import Letter

SECONDS = 15.0
"""Patience with a server."""
ROUND_TRIP_SECONDS = 60.0
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `ok` is None for what is worth knowing but no fault."""

    name: str
    ok: bool | None
    words: str
    mend: str = ""


Show = Callable[[Check], None]


async def diagnose(path: Path | None, show: Show) -> None:
    """Look at everything; what depends on something broken is left out."""
    try:
        settings = config.load(path)
    except ConfigError as error:
        show(Check("configuration", False, str(error)))
        return
    show(Check("configuration", True, f"mode {settings.bot.mode}, {len(settings.source)} sources, {len(settings.list)} lists"))
    _secret(settings, show)
    _rules(settings, show)
    _templates(settings, show)
    await _database(settings, show)
    if not settings.list:
        show(Check("lists", False, "no list is configured, so every post would wait for a moderator", "add a table [[list]]"))
    if not settings.web.moderators:
        show(Check("moderators", False, "nobody would see what the bot is unsure of", "add addresses to web.moderators"))
    sessions = [s for x in settings.source if (s := await _source(settings, x, show))]
    sends = await _smtp(settings, show)
    if sends and sessions:
        await _round_trip(settings, sessions[0], show)
    for session, _ in sessions:
        session.close()
    await asyncio.sleep(0.1)  # TLS says goodbye


def _secret(settings: Settings, show: Show) -> None:
    try:
        bootstrap.identity(settings)
    except ListbotError as error:
        show(
            Check("secret", False, str(error), f"run `listbot init`, or write 64 random characters to {settings.bot.secret_file}")
        )
        return
    mode = settings.bot.secret_file.stat().st_mode & 0o077
    private = Check("secret", True, "can be read")
    loose = Check("secret", False, "others on this machine can read it", f"chmod 600 {settings.bot.secret_file}")
    show(loose if mode else private)


def _rules(settings: Settings, show: Show) -> None:
    folder = bootstrap.rules_folder(settings)
    try:
        rules = bootstrap.load_rules(folder)
    except ListbotError as error:
        show(Check("rules", False, str(error), f"mend the lines named; `listbot rules check {folder}` shows them again"))
        return
    show(
        Check(
            "rules", True, f"{len(rules.limits)} hard limits, {len(rules.preferences)} preferences, {len(rules.reliefs)} reliefs"
        )
    )


def _templates(settings: Settings, show: Show) -> None:
    from listbot.adapters.letters import check

    faults = check(bootstrap.template_folders(settings))
    if faults:
        show(Check("letters", False, "; ".join(map(str, faults)), "mend the lines named"))
    else:
        show(Check("letters", True, "every letter can be written"))


async def _database(settings: Settings, show: Show) -> None:
    from listbot.adapters.sql import version

    kind = settings.database.url.partition(":")[0]
    try:
        here, newest = await asyncio.to_thread(version, settings.database.url, config.shipped("migrations"))
    except ListbotError as error:
        show(Check("database", False, str(error), "check database.url, and that the server runs and lets this user in"))
        return
    if here == newest:
        show(Check("database", True, f"{kind}, structure {here}"))
    elif here is None and kind == "sqlite":
        show(Check("database", True, "sqlite, made at the first run"))
    else:
        show(
            Check(
                "database", False, f"{kind}, structure {here or 'none'}, this version needs {newest}", "run `listbot db upgrade`"
            )
        )


async def _source(
    settings: Settings, source: ImapSource | MaildirSource | LmtpSource, show: Show
) -> tuple[Session, ImapSource] | None:
    name = bootstrap.source_name(source)
    if not isinstance(source, ImapSource):
        try:
            bootstrap.make_sources(settings.model_copy(update={"source": (source,)}), SystemClock())
        except ListbotError as error:
            show(Check(name, False, str(error)))
        else:
            show(Check(name, True, "is set up"))
        return None
    if not await _resolves(name, source.host, source.port, show):
        return None
    session = await _open(name, source, show)
    if session is None:
        return None
    if not await _log_in(name, source, session, show):
        session.close()
        return None
    return session, source


async def _resolves(name: str, host: str, port: int, show: Show) -> bool:
    try:
        await asyncio.get_running_loop().getaddrinfo(host, port)
    except socket.gaierror as error:
        show(Check(name, False, f"the name {host} is not known: {error.strerror}", "check the spelling, and this machine's DNS"))
        return False
    return True


async def _open(name: str, source: ImapSource, show: Show) -> Session | None:
    try:
        tls = ssl.create_default_context(cafile=source.ca_file) if source.tls == "implicit" else None
        session = await Session.open(source.host, source.port, tls, SECONDS)
    except ssl.SSLCertVerificationError as error:
        mend = "use the name the certificate is made for, or name its authority in ca_file"
        show(Check(f"{name} TLS", False, f"the certificate is not trusted: {error.verify_message}", mend))
    except ssl.SSLError as error:
        mend = "use port 993; the IMAP library has no STARTTLS"
        show(Check(f"{name} TLS", False, f"no TLS on port {source.port}: {error.reason}", mend))
    except (OSError, TryLater) as error:
        show(Check(f"{name} connection", False, f"{type(error).__name__}: {error}", "check host, port and firewall"))
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


async def _smtp(settings: Settings, show: Show) -> bool:
    """Connect, log in, and offer the bot's address as sender, without sending anything."""
    smtp = settings.smtp
    if smtp is None:
        show(Check("smtp", False, "is not configured", "add a table [smtp]"))
        return False
    name = f"smtp {smtp.host}:{smtp.port}"
    if not await _resolves(name, smtp.host, smtp.port, show):
        return False
    transport = bootstrap.make_transport(settings, SystemClock())
    try:
        await transport.greet(settings.bot.address)
    except Never as error:
        mend = f"let {smtp.username or 'this machine'} send as {settings.bot.address}"
        show(Check(f"{name} sender", False, f"{settings.bot.address} is refused as sender: {error}", mend))
        return False
    except ListbotError as error:
        show(Check(name, False, str(error), "check smtp.host, port, tls, username and password"))
        return False
    finally:
        await transport.close()
    login = f", logged in as {smtp.username}" if smtp.username else ""
    show(Check(name, True, f"{smtp.tls}{login}; {settings.bot.address} may send"))
    return True


async def _round_trip(settings: Settings, opened: tuple[Session, ImapSource], show: Show) -> None:
    """A mail to a plus-address of the bot must come back to its mailbox: else answers are lost."""
    session, source = opened
    mark, began = f"doctor{secrets.token_hex(6)}", time.monotonic()
    before = max(await session.search("ALL"), default=0)
    letter = _probe(settings, mark)
    transport = bootstrap.make_transport(settings, SystemClock())
    try:
        await transport.send(letter)
        arrived = await _await(session, before, mark.encode())
    except ListbotError as error:
        mend = f"make {letter.recipient} reach the mailbox of {settings.bot.address} (Postfix: recipient_delimiter = +)"
        show(Check("plus-addressing", False, f"{letter.recipient}: {error}", mend))
        return
    finally:
        await transport.close()
    if arrived is None:
        mend = f"let the mail server deliver {letter.recipient} to {source.mailbox} (Postfix: recipient_delimiter = +)"
        show(Check("plus-addressing", False, f"a mail to itself did not come back within {ROUND_TRIP_SECONDS:.0f} s", mend))
        return
    show(Check("plus-addressing", True, f"a mail to {letter.recipient} came back in {time.monotonic() - began:.1f} s"))
    skew = abs(datetime.now(UTC) - arrived)
    if skew > CLOCK_TOLERANCE:
        show(Check("clock", False, f"this machine and the mail server differ by {skew}", "set the clock (systemd-timesyncd)"))
    else:
        show(Check("clock", True, "agrees with the mail server's"))


def _probe(settings: Settings, mark: str) -> Letter:
    to = plus_address(settings.bot.address, mark)
    message = EmailMessage()
    message["From"] = settings.bot.address
    message["To"] = to
    message["Subject"] = f"listbot doctor {mark}"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{mark}@{settings.bot.address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("The bot writes to itself to see whether answers will reach it. Nothing is to be done.\n")
    return Letter(
        key=mark, kind="doctor", sender=settings.bot.address, recipient=to, message_id=message["Message-ID"], raw=bytes(message)
    )


async def _await(session: Session, before: int, mark: bytes) -> datetime | None:
    """When the server received the probe, by its own clock; None where it does not come."""
    end = time.monotonic() + ROUND_TRIP_SECONDS
    while time.monotonic() < end:
        await session.noop()
        new = [uid for uid in await session.search(f"UID {before + 1}:*") if uid > before]
        for item in (await session.fetch(new[-100:], 10_000)).values() if new else ():
            if mark in item.body:
                return item.received_at
        await asyncio.sleep(0.5)
    return None
