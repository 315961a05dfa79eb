"""A whole mail world on loopback: an IMAP mailbox for the bot, a list server, and mailboxes for everybody else."""

from __future__ import annotations

import argparse
import asyncio
import imaplib
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from listbot.cli.demo.posts import LIST

BOT = "bot@bot.example"
LIST_ID = "fellows.lists.example"
PASSWORD = "demo"  # noqa: S105 - a mailbox that lives for a minute on loopback
FOOTER = "_______________________________________________\nFellows mailing list -- fellows@lists.example\n"


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@dataclass
class Network:
    """Mail servers on loopback. `folder` gets every mail that leaves for a person, as .eml and .html.

    `on_mail` is called with the recipient and the message when a person gets mail.
    """

    folder: Path
    on_mail: Callable[[str, EmailMessage, Path], None]
    imap_port: int = 0
    smtp_port: int = 0
    delivered: int = 0
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        """Bring up IMAP (pymap) and SMTP (aiosmtpd)."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.imap_port, self.smtp_port = free_port(), free_port()
        await self._start_imap()
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(self, hostname="demo", enable_SMTPUTF8=True, loop=asyncio.get_running_loop()),
            "127.0.0.1",
            self.smtp_port,
        )
        self._stack.callback(server.close)

    async def _start_imap(self) -> None:
        from pymap.backend import backends
        from pymap.service import services

        parser = argparse.ArgumentParser()
        parser.set_defaults(debug=False, passlib_cfg=None)
        commands = parser.add_subparsers(dest="backend")
        backend_type = backends["dict"]
        backend_type.add_subparser("dict", commands)
        for service in services.values():
            service.add_arguments(parser)
        words = ["--host", "127.0.0.1", "--port", str(self.imap_port), "--no-tls"]
        words += ["dict", "--demo-user", "bot", "--demo-password", PASSWORD]
        backend, config = await backend_type.init(parser.parse_args(words))
        config.apply_context()
        await backend.start(self._stack)
        await services["imap"](backend, config).start(self._stack)
        await asyncio.to_thread(self._empty_mailbox)

    def _empty_mailbox(self) -> None:
        """pymap's demo data comes with messages of its own; the bot's mailbox begins empty."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as imap:
            imap.login("bot", PASSWORD)
            imap.select("INBOX")
            imap.store("1:*", "+FLAGS", "(\\Deleted)")
            imap.expunge()

    async def stop(self) -> None:
        """Take the servers down."""
        await self._stack.aclose()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """A mail arrives: the list copies it to its members, the bot's goes to IMAP, everybody else's to the folder."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        for recipient in envelope.rcpt_tos:
            if recipient == LIST:
                await asyncio.to_thread(self._append, self._as_list_copy(raw))
            elif recipient.partition("@")[0].partition("+")[0] == BOT.partition("@")[0]:
                header = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {recipient}\r\n".encode()
                await asyncio.to_thread(self._append, header + raw)
            else:
                self._keep(recipient, raw)
        return "250 OK"

    def _as_list_copy(self, raw: bytes) -> bytes:
        """What a list server makes of a post: prefix, footer, list headers (RFC 2369, 2919)."""
        message = message_from_bytes(raw, policy=policy.SMTP)
        subject = str(message["Subject"])
        del message["Subject"]
        message["Subject"] = f"[Fellows] {subject}"
        message["List-Id"] = f"Fellows and alumni <{LIST_ID}>"
        message["List-Post"] = f"<mailto:{LIST}>"
        message["Precedence"] = "list"
        message.set_content(message.get_content() + FOOTER)
        return bytes(message)

    def _append(self, raw: bytes) -> None:
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as imap:
            imap.login("bot", PASSWORD)
            imap.append("INBOX", "", "", raw)

    def _keep(self, recipient: str, raw: bytes) -> None:
        self.delivered += 1
        message = message_from_bytes(raw, policy=policy.default)
        path = self.folder / f"{self.delivered:03d}-{recipient.partition('@')[0]}.eml"
        path.write_bytes(raw)
        page = message.get_body(("html",))
        if page is not None:
            path.with_suffix(".html").write_text(page.get_content(), encoding="utf-8")
        self.on_mail(recipient, message, path)
