"""From the server's IDLE push to the first ask accepted by SMTP, step by step, on real Dovecot and Postfix.

    python -m benchmarks.latency [--posts 40]

The running bot (embedded, SQLite, 500 takers) is in this process; a second IMAP connection in IDLE on the same mailbox tells when
Dovecot pushed. Beside it: the same from the delivery into the mailbox (Dovecot batches IDLE for half a second of its own), and how
long the same Postfix takes to bring one message to the last of 500 members, as a list server has it do.
Goals: from the push, p50 under 0.3 s and p99 under 1.5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from smtplib import SMTP

from listbot import bootstrap, config
from listbot.adapters.sources.imap_session import Session
from listbot.domain.invented import invented_takers
from listbot.pipeline.context import Event
from tests.acceptance.bot import CONFIG, LIST, LIST_ID, plea
from tests.servers import certificates
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.process import free_ports

P50, P99 = 0.3, 1.5
TAKERS = MEMBERS = 500
STEPS = ("kept", "read", "matched", "sent")


class Watch:
    """When each step of the post now under way was first seen."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}
        self.done = asyncio.Event()

    def hear(self, event: Event) -> None:
        self.at.setdefault(event.what, time.perf_counter())
        if event.what == "sent":
            self.done.set()


def message(number: int) -> tuple[str, str, EmailMessage]:
    """A plea with words of its own, as the list hands it over."""
    subject, words = plea(20 + number)
    post = EmailMessage()
    post["From"] = f"Ana Field <fellow{number}@fellows.example>"
    post["To"] = LIST
    post["Subject"] = f"[Fellows] {subject} #{number}"
    post["Date"] = format_datetime(datetime.now(UTC))
    post["Message-ID"] = make_msgid(domain="fellows.example")
    post["List-Id"] = f"Fellows <{LIST_ID}>"
    post.set_content(words)
    return "fellows-bounces@lists.example", f"#{number}", post


async def measure(settings: config.Settings, dovecot: Dovecot, address: str, posts: int) -> dict[str, list[float]]:
    """Seconds of each step, a post at a time."""
    watch, stop = Watch(), asyncio.Event()
    bot = asyncio.create_task(bootstrap.serve(settings, stop, lambda event: watch.hear(event)))
    listener = await Session.open("127.0.0.1", dovecot.imap_port, None, 30)
    await listener.login(address, "secret")
    await listener.select("INBOX")
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    await asyncio.sleep(4)  # the bot connects and loads its tables
    for number in range(posts + 1):
        await listener.search("ALL")
        pushed = asyncio.create_task(listener.idle(30))
        await asyncio.sleep(1.5)  # the post before is over, and Dovecot's own batching of it
        watch.at, watch.done = {}, asyncio.Event()
        delivered = await asyncio.to_thread(deliver, dovecot, address, message(number)[2])
        await pushed
        push = time.perf_counter()
        await asyncio.wait_for(watch.done.wait(), 30)
        if number == 0:
            continue  # the first warms caches and connections
        seconds["push to first ask"].append(watch.at["sent"] - push)
        seconds["delivery to first ask"].append(watch.at["sent"] - delivered)
        before = push
        for step in STEPS:
            seconds[f"  {step}"].append(max(0.0, watch.at[step] - before))
            before = max(before, watch.at[step])
        await asyncio.sleep(0.3)
    stop.set()
    await bot
    listener.close()
    return seconds


def deliver(dovecot: Dovecot, address: str, post: EmailMessage) -> float:
    """Into the mailbox by LMTP; when it was accepted."""
    from smtplib import LMTP

    with LMTP("127.0.0.1", dovecot.lmtp_port) as lmtp:
        lmtp.send_message(post, "fellows-bounces@lists.example", [address])
    return time.perf_counter()


def fan_out(postfix: Postfix) -> float:
    """Seconds until one message has reached the last of the members, as a list server has its mail server do it."""
    members = [f"reader{n}@alumni.example" for n in range(MEMBERS)]
    began = time.perf_counter()
    with SMTP("127.0.0.1", postfix.smtp_port) as smtp:
        for first in range(0, MEMBERS, 50):
            smtp.send_message(message(0)[2], "fellows-bounces@lists.example", members[first : first + 50])
    while waiting(postfix):
        time.sleep(0.05)
    return time.perf_counter() - began


def waiting(postfix: Postfix) -> bool:
    """Whether anything is still in Postfix's queue."""
    listed = subprocess.run(["postqueue", "-c", str(postfix.config), "-p"], capture_output=True, text=True, check=True)
    return "empty" not in listed.stdout


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> int:
    """0 where the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=40)
    posts = parser.parse_args().posts
    folder = Path(tempfile.mkdtemp(prefix="lb-", dir="/tmp"))
    folder.chmod(0o755)
    smtp_port, submission_port = free_ports(2)
    keys = certificates.make(folder / "tls")
    dovecot = Dovecot(folder / "dc", keys, smtp_port)
    dovecot.start()
    postfix = Postfix(folder / "pf", dovecot, keys, smtp_port, submission_port)
    postfix.start()
    try:
        settings, address = configured(folder, dovecot, postfix)
        asyncio.run(register(settings))
        seconds = asyncio.run(measure(settings, dovecot, address, posts))
        last = fan_out(postfix)
    finally:
        postfix.stop()
        dovecot.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{posts} posts, {TAKERS} takers, SQLite, one process; seconds")
    print(f"{'':32}{'p50':>8}{'p99':>8}{'max':>8}")
    for name, values in seconds.items():
        print(f"{name:32}{statistics.median(values):8.3f}{percentile(values, 0.99):8.3f}{max(values):8.3f}")
    print(f"{'list server to its last of 500':32}{last:8.3f}")
    ours = seconds["push to first ask"]
    good = statistics.median(ours) < P50 and percentile(ours, 0.99) < P99
    print(f"goals: p50 under {P50} s, p99 under {P99} s: {'met' if good else 'MISSED'}")
    return 0 if good else 1


def configured(folder: Path, dovecot: Dovecot, postfix: Postfix) -> tuple[config.Settings, str]:
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


async def register(settings: config.Settings) -> None:
    """500 takers whose mail Postfix can deliver; budgets and cool-downs out of the way of a day with many pleas."""
    from dataclasses import replace

    now = datetime.now(UTC)
    takers = [
        replace(t, email=f"taker{n}@alumni.example", open_slots=None, max_asks_per_month=None)
        for n, t in enumerate(invented_takers(TAKERS, today=now.date()))
    ]
    async with bootstrap.opened(settings) as context:
        await context.registry.put(takers, "benchmark", now)


if __name__ == "__main__":
    sys.exit(main())
