"""The demo's story: who posts, who gets asked, who says yes; every step shown with its time."""

from __future__ import annotations

import asyncio
import shutil
import smtplib
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses, make_msgid
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from listbot import bootstrap, config
from listbot.cli.common import called
from listbot.cli.demo.network import BOT, LIST_ID, PASSWORD, Network, free_port
from listbot.cli.demo.posts import LIST, posts
from listbot.cli.events import sentence
from listbot.domain.errors import WorkFailed
from listbot.domain.invented import invented_takers
from listbot.domain.states import PostState
from listbot.pipeline.context import Context, Event

TAKERS = 500
PATIENCE = 60.0
"""Seconds after which a step that did not come is a failure."""
YES = "Happy to take this one. I am in Charlotte twice a week and have room. Please send me the file.\n"


@dataclass
class Tally:
    """What was seen so far, by the clock of this machine."""

    posted_at: dict[str, float] = field(default_factory=dict)  #: Message-ID of a post to when it was sent
    asked_at: list[float] = field(default_factory=list)
    asks: int = 0
    first_ask: EmailMessage | None = None
    first_ask_path: Path | None = None
    first_ask_seconds: float = 0.0
    notes: int = 0
    introduced: Path | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)


async def tell(folder: Path, *, once: bool) -> None:
    """Play it. Raises WorkFailed where something that must happen does not."""
    story = Story(Console(highlight=False), folder)
    await story.play(stay=not once)


def emptied(folder: Path) -> Path:
    """The folder, made or emptied of an earlier demo. Raises WorkFailed where somebody else's files are in it."""
    if folder.exists() and not (folder / "listbot.toml").exists() and any(folder.iterdir()):
        raise WorkFailed(f"{folder}: is not empty and not a demo's; name another with --folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder.absolute()


class Story:
    """One telling. `console` shows it, `folder` keeps it."""

    def __init__(self, console: Console, folder: Path) -> None:
        self.console = console
        self.folder = folder
        self.tally = Tally()
        self.began = time.monotonic()
        self.network = Network(folder / "mails", self._mail_arrived)
        self.context: Context | None = None
        self.introduction = asyncio.Event()
        self.asked = asyncio.Event()
        self.ready = asyncio.Event()

    async def play(self, *, stay: bool) -> None:
        """Servers up, bot up, posts, answer, summary."""
        self._say("network", "an IMAP mailbox, a list server and everybody's mail server start on loopback")
        await self.network.start()
        settings = self._settings()
        await self._register(settings)
        stop = asyncio.Event()
        self._say("bot", "connects to its mailbox; its reader loads places, words and model, which takes some seconds")
        bot = asyncio.create_task(bootstrap.serve(settings, stop, self._event))
        try:
            async with bootstrap.opened(settings) as context:
                self.context = context
                await self._until(self.ready, "the reader was not ready")
                await self._post()
                await self._answer()
                await self._summary(context)
            if stay:
                await self._stay(bot, settings)
        finally:
            stop.set()
            with suppress(asyncio.CancelledError):
                await bot
            await self.network.stop()

    def _settings(self) -> config.Settings:
        text = _CONFIG.format(
            bot=BOT,
            imap=self.network.imap_port,
            smtp=self.network.smtp_port,
            password=PASSWORD,
            list_id=LIST_ID,
            list=LIST,
            web=free_port(),
        )
        path = self.folder / "listbot.toml"
        path.write_text(text, encoding="utf-8")
        config.write_secret(self.folder / "secret")
        return config.load(path)

    async def _register(self, settings: config.Settings) -> None:
        self._say("database", f"is made, and {TAKERS} invented alumni put into it")
        async with bootstrap.opened(settings) as context:
            await context.registry.put(invented_takers(TAKERS, today=datetime.now(UTC).date()), "demo", datetime.now(UTC))
        self._say("registry", f"{TAKERS} invented alumni in {settings.database.url.rpartition('/')[2]}")

    async def _post(self) -> None:
        """The posts go to the list by SMTP, as their writers would send them."""
        for post in posts(datetime.now(UTC)):
            self._say("post", f"{post['From']}: {post['Subject']}", "bold")
            self.tally.posted_at[str(post["Message-ID"])] = time.monotonic()
            await asyncio.to_thread(self._send, post)
            await asyncio.sleep(0.25)
        await self._until(self.asked, "no ask left")
        await self._settled()

    def _send(self, message: EmailMessage, recipients: list[str] | None = None) -> None:
        with smtplib.SMTP("127.0.0.1", self.network.smtp_port) as smtp:
            smtp.send_message(message, to_addrs=recipients)

    async def _answer(self) -> None:
        """One taker answers by plain reply, to the addresses the ask named."""
        ask = self.tally.first_ask
        assert ask is not None
        reply = EmailMessage()
        reply["From"] = str(ask["To"])
        reply["To"] = str(ask["Reply-To"])
        reply["Subject"] = f"Re: {ask['Subject']}"
        reply["Message-ID"] = make_msgid(domain="alumni.example")
        reply["In-Reply-To"] = str(ask["Message-ID"])
        reply.set_content(YES)
        self._say("reply", f"{ask['To']}: {YES.splitlines()[0]}", "bold green")
        recipients = [address for _, address in getaddresses([str(ask["Reply-To"])])]
        await asyncio.to_thread(self._send, reply, recipients)
        await self._until(self.introduction, "no introduction left")
        await self._settled()

    async def _until(self, event: asyncio.Event, what: str) -> None:
        try:
            await asyncio.wait_for(event.wait(), PATIENCE)
        except TimeoutError:
            raise WorkFailed(f"{what} within {PATIENCE:.0f} s; look into {self.folder}") from None

    async def _settled(self) -> None:
        """Wait until every post is read and every letter has left."""
        assert self.context is not None
        for _ in range(int(PATIENCE / 0.1)):
            waiting = await self.context.work.next_due(datetime.now(UTC))
            busy = waiting is not None and waiting <= datetime.now(UTC)
            unread = await self.context.cases.posts(PostState.RECEIVED, limit=1) or await self.context.cases.posts(
                PostState.READ, limit=1
            )
            if not busy and not unread:
                return
            await asyncio.sleep(0.1)

    def _mail_arrived(self, recipient: str, message: EmailMessage, path: Path) -> None:
        """A person has mail."""
        subject = str(message["Subject"])
        is_ask = message["List-Unsubscribe"] is not None
        if is_ask:
            self.tally.asks += 1
            if self.tally.first_ask is None:
                self.tally.first_ask, self.tally.first_ask_path = message, path
                self.tally.first_ask_seconds = time.monotonic() - min(self.tally.posted_at.values())
                self.asked.set()
        elif self.tally.first_ask is not None and recipient in str(self.tally.first_ask["To"]):
            self.tally.introduced = path
            self.introduction.set()
        self._say("mail", f"{'ask' if is_ask else 'letter'} to {recipient}: {subject}", "cyan" if is_ask else "magenta")

    def _event(self, event: Event) -> None:
        """The bot did something."""
        if event.what == "ready":
            self.ready.set()
        self._say(event.what, sentence(event), "dim")

    def _say(self, what: str, words: str, style: str = "") -> None:
        seconds = time.monotonic() - self.began
        self.console.print(Text.assemble((f"{seconds:7.3f} s  ", "dim"), (f"{what:<10}", "bold"), (words, style)), soft_wrap=True)

    async def _summary(self, context: Context) -> None:
        found = await context.cases.posts(limit=100)
        table = Table("post", "read as", "then", "needs", title="What became of the posts", title_justify="left")
        for post in reversed(found):
            read_as = post.reading.kind if post.reading else "-"
            needs = await context.cases.needs(post=post.id)
            clients = "; ".join(
                f"{', '.join(sorted(n.need.states)) or '?'} {'/'.join(n.need.relief)}"
                f"{' by ' + n.need.deadline.date.isoformat() if n.need.deadline else ''} ({n.state})"
                for n in needs
            )
            table.add_row(post.post.subject[:48], read_as, post.state, clients or post.hold[:60])
        self.console.print(table)
        pleas = [p for p in found if p.state is PostState.MATCHED]
        lines = {
            "posts read": len(found),
            "pleas found": len(pleas),
            "asks sent": self.tally.asks,
            "held for a moderator": sum(p.state is PostState.HELD for p in found),
            "seconds from first post to first ask": f"{self.tally.first_ask_seconds:.2f}",
        }
        for what, value in lines.items():
            self.console.print(f"{what:<40}{value}")
        self.console.print(f"{'the first ask':<40}{self.tally.first_ask_path} (and .html)", soft_wrap=True)
        self.console.print(f"{'the introduction':<40}{self.tally.introduced}", soft_wrap=True)
        self.console.print(f"{'all mails':<40}{self.network.folder}", soft_wrap=True)

    async def _stay(self, bot: asyncio.Task[None], settings: config.Settings) -> None:
        here = self.folder / "listbot.toml"
        self.console.print(
            f"\nThe bot stays up. In another terminal: [bold]{called()} needs --config {here}[/bold], asks, held, mail.\n"
            f"Post to {LIST} by SMTP on 127.0.0.1:{self.network.smtp_port}. Ctrl-C ends it.",
            soft_wrap=True,
        )
        with suppress(asyncio.CancelledError):
            await bot


_CONFIG = """\
[bot]
name = "Referral bot"
address = "{bot}"
secret_file = "secret"
[database]
url = "sqlite:///listbot.db"
[[source]]
kind = "imap"
host = "127.0.0.1"
port = {imap}
tls = "none"
username = "bot"
password = "{password}"
[[list]]
name = "fellows"
id = "{list_id}"
address = "{list}"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
per_minute = 6000
per_host_minute = 6000
[web]
listen = "127.0.0.1:{web}"
moderators = ["moderator@lists.example"]
"""
