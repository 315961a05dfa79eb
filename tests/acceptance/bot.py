"""A real `listbot run` in a process of its own, between a real Dovecot and a real Postfix."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from smtplib import SMTP
from typing import Any

from listbot import bootstrap, config
from listbot.domain.mail import Address
from listbot.domain.registry import Level, Taker
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.postfix import Postfix

LIST_ID = "fellows.lists.example"
LIST = "fellows@lists.example"
FELLOW = Address("fellow1@fellows.example", "Ana Field")

CONFIG = """\
[bot]
address = "{address}"
mode = "{mode}"
secret_file = "secret"
[database]
url = "{database}"
[[source]]
kind = "imap"
host = "127.0.0.1"
port = {imaps}
ca_file = "{ca}"
username = "{address}"
password = "secret"
[[list]]
name = "fellows"
id = "{list_id}"
address = "{list}"
[smtp]
host = "localhost"
port = {submission}
ca_file = "{ca}"
username = "{address}"
password = "secret"
per_minute = 6000
per_host_minute = 6000
unsure_after_minutes = 0
[web]
listen = "127.0.0.1:{web}"
moderators = ["{moderator}"]
"""


class Bot:
    """One configured bot: its folder, its mailbox, its process."""

    def __init__(self, folder: Path, dovecot: Dovecot, postfix: Postfix, *, mode: str = "auto", database: str = "") -> None:
        self.folder, self.dovecot, self.postfix = folder, dovecot, postfix
        self.mailbox = dovecot.new_mailbox()
        self.moderator = dovecot.new_mailbox()
        self.path = folder / "listbot.toml"
        self.web = bootstrap_port()
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.path.write_text(
            CONFIG.format(
                address=self.mailbox.address,
                mode=mode,
                database=database or "sqlite:///listbot.db",
                imaps=dovecot.imaps_port,
                submission=postfix.submission_port,
                ca=dovecot.ca_file,
                list_id=LIST_ID,
                list=LIST,
                web=self.web,
                moderator=self.moderator.address,
            )
        )
        config.write_secret(folder / "secret")

    def register(self, takers: Sequence[Taker]) -> None:
        """Put takers into the registry."""

        async def put() -> None:
            async with bootstrap.opened(config.load(self.path)) as context:
                await context.registry.put(takers, "test", datetime.now(UTC))

        asyncio.run(put())

    def start(self) -> None:
        """Run it; it is ready when it has connected, which callers need not await: mail waits."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LISTBOT_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "listbot", "run", "--config", str(self.path)], stdout=log, stderr=log, env=environment
            )

    def kill(self) -> None:
        """As a crash would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """As an administrator would; the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def post(self, subject: str, text: str, *, author: Address = FELLOW, list_id: str = LIST_ID, **headers: str) -> str:
        """Send a post as the list server would hand it to the bot's mail server; its Message-ID."""
        message = EmailMessage()
        message["From"] = str(author)
        message["To"] = LIST
        message["Subject"] = f"[Fellows] {subject}"
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = make_msgid(domain="fellows.example")
        if list_id:
            message["List-Id"] = f"Fellows <{list_id}>"
            message["Precedence"] = "list"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        self.send(message, "fellows-bounces@lists.example", [self.mailbox.address])
        return str(message["Message-ID"])

    def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> None:
        """By SMTP to port 25, as mail from outside arrives."""
        with SMTP("127.0.0.1", self.postfix.smtp_port) as smtp:
            smtp.send_message(message, sender, list(recipients))

    def answer(self, ask: EmailMessage, text: str, *, only_bot: bool = False) -> None:
        """Reply to an ask as a mail program does: to every address of Reply-To."""
        reply = EmailMessage()
        taker = ask["To"].addresses[0].addr_spec
        to = [a.addr_spec for a in ask["Reply-To"].addresses]
        if only_bot:
            to = [a for a in to if "+" in a]
        reply["From"] = taker
        reply["To"] = ", ".join(to)
        reply["Subject"] = f"Re: {ask['Subject']}"
        reply["In-Reply-To"] = str(ask["Message-ID"])
        reply["Message-ID"] = make_msgid(domain="alumni.example")
        reply["Date"] = format_datetime(datetime.now(UTC))
        reply.set_content(text)
        self.send(reply, taker, to)

    def rows(self, query: Callable[[Any], Any]) -> Any:
        """Look into the database through the ports."""

        async def look() -> Any:
            async with bootstrap.opened(config.load(self.path)) as context:
                return await query(context)

        return asyncio.run(look())


def bootstrap_port() -> int:
    """A free port for the pages."""
    from tests.servers.process import free_ports

    return free_ports(1)[0]


def read(raw: bytes) -> EmailMessage:
    """A mail as its reader sees it."""
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


def mails(mailbox: Mailbox, subject: str = "") -> list[EmailMessage]:
    """What lies in a mailbox."""
    return [m for m in map(read, mailbox.messages()) if subject in str(m["Subject"])]


def taker(mailbox: Mailbox, **said: Any) -> Taker:
    """Somebody in Charlotte who takes asylum and SIJS, with what is said beside."""
    someone = Taker(
        email=mailbox.address,
        name=mailbox.address.partition("@")[0].title(),
        city="Charlotte",
        state="NC",
        zip="28202",
        lat=35.2271,
        lon=-80.8431,
        bar_states=frozenset({"NC"}),
        service_states=frozenset({"NC"}),
        relief={"asylum": Level.EXPERT, "sijs": Level.ABLE, "guardianship": Level.ABLE},
        languages=frozenset({"es", "en"}),
        minors=True,
        scopes=frozenset({"full", "limited"}),
        open_slots=3,
        consent_at=datetime.now(UTC).date() - timedelta(days=30),
    )
    return replace(someone, **said)


def plea(days: int = 30, country: str = "Honduras") -> tuple[str, str]:
    """Subject and words of a plea, for a client from a country, whose filing is due in so many days."""
    due = datetime.now(UTC) + timedelta(days=days)
    return (
        "17yo asylum + SIJS moved to Charlotte",
        f"Hi all, my client, 17, from {country}, just moved from Long Island to Charlotte, NC. She needs somebody for asylum and\n"
        f"SIJS, custody order included. Her I-589 is due {due:%B} {due.day}, {due.year}. Spanish. Can anyone take her?\n\nAna\n",
    )
