"""What benchmarks of the whole bot share: a real Dovecot and Postfix, a configured bot with takers, pleas that differ."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from smtplib import LMTP

from listbot import bootstrap, config
from listbot.domain.invented import invented_takers
from tests.acceptance.bot import CONFIG, LIST, LIST_ID
from tests.servers import certificates
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.process import free_ports

TAKERS = 500
BOUNCES = "fellows-bounces@lists.example"

_TOWNS = (
    ("Charlotte", "NC"), ("Houston", "TX"), ("Tampa", "FL"), ("Fresno", "CA"), ("Buffalo", "NY"), ("Newark", "NJ"),
    ("Atlanta", "GA"), ("Chicago", "IL"), ("Denver", "CO"), ("Boston", "MA"), ("Tucson", "AZ"),
)  # fmt: skip
_HELP = (
    ("asylum", "his I-589"), ("withholding", "the prehearing brief"), ("a U visa", "the I-918"), ("VAWA", "her self-petition"),
    ("cancellation of removal", "the 42B"), ("bond", "the bond motion"), ("naturalization", "the N-400"),
)  # fmt: skip
_FROM = ("Honduras", "Haiti", "Ukraine", "Guatemala", "Cameroon")
_WORDS = (
    "We lost our only attorney in the region and I am at a loss. {who} from {country} moved to {town}, {state} and needs {help}; "
    "{form} is due {due}. Grateful for anybody with room.",
    "Can anyone take {who} for {help} in {town}, {state}? Originally from {country}. {form} is due on {due}. I can send the file.",
    "Looking for a new lawyer for {who} ({country}), whom I have represented until the move to {town}, {state}. The matter is {help}, "
    "and {form} has to be in by {due}.",
)
_NAMES = (
    "Ana Field",
    "Bo Marsh",
    "Cy Hale",
    "Di Rook",
    "Ed Vane",
    "Flo Birk",
    "Gus Lorn",
    "Hal Wick",
    "Ivy Stow",
    "Jo Tarn",
    "Kit Moor",
)


@dataclass(frozen=True, slots=True)
class Stack:
    """The servers that are up, and a bot configured to live between them (not running)."""

    dovecot: Dovecot
    postfix: Postfix
    settings: config.Settings
    address: str

    def deliver(self, post: EmailMessage, sender: str = BOUNCES) -> None:
        """Into the bot's mailbox by LMTP."""
        with LMTP("127.0.0.1", self.dovecot.lmtp_port) as lmtp:
            lmtp.send_message(post, sender, [self.address])


@contextmanager
def stack() -> Iterator[Stack]:
    """Start both servers in a folder of their own; all is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lb-", dir="/tmp"))
    folder.chmod(0o755)
    smtp_port, submission_port = free_ports(2)
    keys = certificates.make(folder / "tls")
    dovecot = Dovecot(folder / "dc", keys, smtp_port)
    postfix = Postfix(folder / "pf", dovecot, keys, smtp_port, submission_port)
    dovecot.start()
    postfix.start()
    try:
        yield Stack(dovecot, postfix, *_configured(folder, dovecot, postfix))
    finally:
        postfix.stop()
        dovecot.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _configured(folder: Path, dovecot: Dovecot, postfix: Postfix) -> tuple[config.Settings, str]:
    """The bot's settings, and its address."""
    mailbox = dovecot.new_mailbox()
    path = folder / "listbot.toml"
    path.write_text(
        CONFIG.format(
            address=mailbox.address,
            mode="auto",
            database="sqlite:///listbot.db",
            imaps=dovecot.imaps_port,
            submission=postfix.submission_port,
            ca=dovecot.ca_file,
            list_id=LIST_ID,
            list=LIST,
            web=free_ports(1)[0],
            moderator="moderator@alumni.example",
        )
    )
    config.write_secret(folder / "secret")
    return config.load(path), mailbox.address


def register(settings: config.Settings, number: int = TAKERS) -> None:
    """Takers whose mail Postfix can deliver; budgets and cool-downs out of the way of a day with many pleas."""
    now = datetime.now(UTC)
    takers = [
        replace(t, email=f"taker{n}@alumni.example", open_slots=None, max_asks_per_month=None)
        for n, t in enumerate(invented_takers(number, today=now.date()))
    ]

    async def put() -> None:
        async with bootstrap.opened(settings) as context:
            await context.registry.put(takers, "benchmark", now)

    asyncio.run(put())


def plea(number: int) -> EmailMessage:
    """A plea as the list hands it over. Client, place, relief, date, words and poster differ from those of its neighbours."""
    (town, state), (help, form) = _TOWNS[number % len(_TOWNS)], _HELP[number % len(_HELP)]
    due = datetime.now(UTC) + timedelta(days=20 + number)
    name = _NAMES[number % len(_NAMES)] + "abcdefghij"[number // len(_NAMES) % 10]
    post = EmailMessage()
    post["From"] = f"{name} <fellow{number}@fellows.example>"
    post["To"] = LIST
    post["Subject"] = f"[Fellows] {town}: {help}, client aged {22 + number % 40}"
    post["Date"] = format_datetime(datetime.now(UTC))
    post["Message-ID"] = make_msgid(domain="fellows.example")
    post["List-Id"] = f"Fellows <{LIST_ID}>"
    words = _WORDS[number % len(_WORDS)].format(
        who=f"A client aged {22 + number % 40}",
        country=_FROM[number % len(_FROM)],
        town=town,
        state=state,
        help=help,
        form=form,
        due=f"{due:%B} {due.day}, {due.year}",
    )
    post.set_content(f"Dear all,\n\n{words}\n\n{name.split()[0]}\n")
    return post
