"""From the server's IDLE push to the first ask accepted by SMTP, step by step, on real Dovecot and Postfix.

    python -m benchmarks.latency [--posts 30]

The running bot (embedded, SQLite, 500 takers) is in this process; a second IMAP connection in IDLE on the same mailbox tells when
Dovecot pushed. Beside it: the same from the delivery into the mailbox (Dovecot batches IDLE for half a second of its own), and how
long the same Postfix takes to bring one message to the last of 500 members, as a list server has it do.
Goals: from the push, p50 under 0.3 s and p99 under 1.5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from smtplib import SMTP

from benchmarks.servers import BOUNCES, TAKERS, Stack, plea, register, stack
from listbot import bootstrap
from listbot.adapters.sources.imap_session import Session
from listbot.pipeline.context import Event
from tests.servers.postfix import Postfix

P50, P99 = 0.3, 1.5
MEMBERS = 500
ASKED = "sent ask"
STEPS = ("kept", "read", "matched", ASKED)


class Watch:
    """When each step of the post now under way was first seen."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}
        self.done = asyncio.Event()

    def hear(self, event: Event) -> None:
        self.at.setdefault(f"{event.what} {event.detail}" if event.what == "sent" else event.what, time.perf_counter())
        if ASKED in self.at or "sent held" in self.at or (event.what == "matched" and event.detail.endswith(" 0 asks")):
            self.done.set()


async def measure(up: Stack, posts: int) -> dict[str, list[float]]:
    """Seconds of each step, a post at a time."""
    watch, stop = Watch(), asyncio.Event()
    bot = asyncio.create_task(bootstrap.serve(up.settings, stop, lambda event: watch.hear(event)))
    listener = await Session.open("127.0.0.1", up.dovecot.imap_port, None, 30)
    await listener.login(up.address, "secret")
    await listener.select("INBOX")
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    await asyncio.sleep(4)  # the bot connects and loads its tables
    for number in range(posts + 1):
        await listener.search("ALL")
        pushed = asyncio.create_task(listener.idle(30))
        await asyncio.sleep(1.5)  # the post before is over, and Dovecot's own batching of it
        watch.at, watch.done = {}, asyncio.Event()
        await asyncio.to_thread(up.deliver, plea(number))
        delivered = time.perf_counter()
        await pushed
        push = time.perf_counter()
        await asyncio.wait_for(watch.done.wait(), 30)
        if number == 0 or ASKED not in watch.at:
            continue  # the first warms caches and connections; one that is held, or has nobody left to ask, asks nobody
        seconds["push to first ask"].append(watch.at[ASKED] - push)
        seconds["delivery to first ask"].append(watch.at[ASKED] - delivered)
        before = push
        for step in STEPS:
            seconds[f"  {step}"].append(max(0.0, watch.at[step] - before))
            before = max(before, watch.at[step])
        await asyncio.sleep(0.3)
    stop.set()
    await bot
    listener.close()
    return seconds


def fan_out(postfix: Postfix) -> float:
    """Seconds until one message has reached the last of the members, as a list server has its mail server do it."""
    members = [f"reader{n}@alumni.example" for n in range(MEMBERS)]
    began = time.perf_counter()
    with SMTP("127.0.0.1", postfix.smtp_port) as smtp:
        for first in range(0, MEMBERS, 50):
            smtp.send_message(plea(0), BOUNCES, members[first : first + 50])
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
    parser.add_argument("--posts", type=int, default=30)
    posts = parser.parse_args().posts
    with stack() as up:
        register(up.settings)
        seconds = asyncio.run(measure(up, posts))
        last = fan_out(up.postfix)
    asked = len(seconds["push to first ask"])
    print(
        f"{posts} pleas, {posts - asked} of them held or with nobody left to ask; {TAKERS} takers, SQLite, one process; seconds"
    )
    print(f"{'':32}{'p50':>8}{'p99':>8}{'max':>8}")
    for name, values in seconds.items():
        print(f"{name:32}{statistics.median(values):8.3f}{percentile(values, 0.99):8.3f}{max(values):8.3f}")
    print(f"{'list server to its last of 500':32}{last:8.3f}")
    ours = seconds["push to first ask"]
    good = statistics.median(ours) < P50 and percentile(ours, 0.99) < P99
    print(f"goals: p50 under {P50} s, p99 under {P99} s: {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
