"""A backlog of 10,000 posts: stored, beside a bare fetch of the same mailbox; and read, beside the reader alone.

    python -m benchmarks.backlog [--messages 10000]

The bare fetch is plain aioimaplib with a hundred messages a command, which keeps nothing. Storing is the bot's own source with
the journal on SQLite, every batch committed with its cursor. Reading is the whole step (claim, parse, read, write) over stored
posts, beside `Reader.read` on the same parsed posts. Goal: stored within 1.5 times the bare fetch.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime

from aioimaplib import IMAP4

from benchmarks.servers import plea, stack
from listbot import bootstrap, config
from listbot.adapters.clock import SystemClock
from listbot.adapters.mime import parse
from listbot.domain.work import Queue
from listbot.pipeline.act import actor
from listbot.pipeline.context import Context
from listbot.pipeline.intake import keeper
from tests.servers.dovecot import Dovecot, Mailbox

GOAL = 1.5
CHUNK = 100
READ = 200
"""How many of the stored posts are read: the rate is the same for the rest."""


def backlog(number: int) -> list[bytes]:
    """So many different posts of about 1.85 kB."""
    made = bytes(plea(0))
    room = 1850 - len(made) % 1850
    filling = (b"\r\n" + b"Nothing of this paragraph matters, but posts have many such words in them. " * 30)[:room]
    return [
        made.replace(b"client aged", b"client %d aged" % n).replace(b"Message-ID: <", b"Message-ID: <%d." % n) + filling
        for n in range(number)
    ]


async def bare(dovecot: Dovecot, address: str, number: int) -> float:
    """Seconds to fetch everything and keep nothing."""
    client = IMAP4("127.0.0.1", dovecot.imap_port, timeout=60)
    await client.wait_hello_from_server()
    await client.login(address, "secret")
    await client.select("INBOX")
    began = time.perf_counter()
    for first in range(1, number + 1, CHUNK):
        await client.uid("fetch", f"{first}:{first + CHUNK - 1}", "(UID BODY.PEEK[])")
    seconds = time.perf_counter() - began
    await client.logout()
    return seconds


async def stored(settings: config.Settings, number: int) -> float:
    """Seconds until the journal holds everything."""
    async with bootstrap.opened(settings) as context:
        source, stop, kept = bootstrap.make_sources(settings, SystemClock())[0], asyncio.Event(), 0
        keep = keeper(context)

        async def counted(arrivals, cursor) -> None:  # type: ignore[no-untyped-def]
            nonlocal kept
            await keep(arrivals, cursor)
            kept += len(arrivals)
            if kept >= number:
                stop.set()

        began = time.perf_counter()
        await source.run(None, counted, stop)
        return time.perf_counter() - began


async def read(settings: config.Settings) -> tuple[float, float]:
    """Posts a second by the whole step, and by the reader alone."""
    async with bootstrap.opened(settings) as context:
        act = actor(context, lambda: None)
        for id in await context.work.due(Queue.MESSAGE, datetime.now(UTC), READ):
            await act(Queue.MESSAGE, id)
        ids = await context.work.due(Queue.POST, datetime.now(UTC), READ)
        posts = [parse((await context.journal.message((await context.cases.post(id)).message)).arrival.raw)[0] for id in ids]
        context.reader.read(posts[0])
        began = time.perf_counter()
        for post in posts:
            context.reader.read(post)
        alone = len(posts) / (time.perf_counter() - began)
        return len(ids) / await timed(context, act, ids), alone


async def timed(context: Context, act, ids: list[int]) -> float:  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    for id in ids:
        await act(Queue.POST, id)
    return time.perf_counter() - began


def main() -> int:
    """0 where the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    number = parser.parse_args().messages
    with stack() as up:
        Mailbox(up.dovecot, up.address).fill(backlog(number))
        asyncio.run(bare(up.dovecot, up.address, number))  # warms Dovecot's indexes
        rival = asyncio.run(bare(up.dovecot, up.address, number))
        seconds = asyncio.run(stored(up.settings, number))
        whole, alone = asyncio.run(read(up.settings))
    print(f"{number} messages of about 1.85 kB")
    print(f"bare fetch (aioimaplib)  {rival:7.2f} s")
    print(f"stored (SQLite)          {seconds:7.2f} s   {seconds / rival:.2f} times; goal at most {GOAL}")
    print(f"read, the whole step     {whole:7.1f} posts/s")
    print(f"read, the reader alone   {alone:7.1f} posts/s")
    return 0 if seconds <= GOAL * rival else 1


if __name__ == "__main__":
    sys.exit(main())
