"""Letters a second out of the outbox into a mail server, beside Postfix's own smtp-source into the same server, in one run.

    python -m benchmarks.delivery [--letters 2000] [--connections 1 4 8] [--rounds 3]

Two servers: a real Postfix, which queues each letter durably and then discards it (what listbot talks to in life), and smtp-sink,
which keeps nothing, so that the clients alone are compared. smtp-source (kept connections, `-d`) makes up its messages as it goes;
listbot takes its letters out of an SQLite file and commits there what became of each. Both send messages of the same size. The
median of the rounds counts, the two taking turns. Goal: at least half the rate of smtp-source with as many connections.
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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from listbot.adapters import sql
from listbot.adapters.clock import SystemClock
from listbot.adapters.letters import JinjaComposer
from listbot.adapters.letters.samples import BOT, SAMPLES
from listbot.adapters.smtp import SmtpSettings, SmtpTransport
from listbot.config import shipped
from listbot.domain.letters import LetterSpec
from listbot.domain.states import MailState
from listbot.domain.work import Letter
from listbot.pipeline.context import Event
from listbot.pipeline.deliver import Deliverer, Pace
from tests.servers import certificates
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.process import HOST, free_ports, wait_for_port

SHARE = 0.5


def letters(count: int) -> list[Letter]:
    """Asks as they leave; notes by kind, since there is no need behind them."""
    to, values = SAMPLES["note"][0]
    composer = JinjaComposer(BOT, b"a secret of the benchmark", [shipped("templates")])
    now = datetime.now(UTC)
    one = composer.compose(LetterSpec(key="0", template="note", to=to, values=values), now)
    return [
        Letter(key=f"{n}", kind="note", sender=one.sender, recipient=f"t{n}@alumni.example", message_id=f"<{n}@x>", raw=one.raw)
        for n in range(count)
    ]


async def listbot(folder: Path, port: int, some: list[Letter], connections: int) -> float:
    """Seconds from the first look at the outbox to the commit of the last letter."""
    url, left, all_sent = f"sqlite:///{folder / 'listbot.db'}", len(some), asyncio.Event()
    await asyncio.to_thread(sql.upgrade, url, shipped("migrations"))
    database = sql.Database(url)
    outbox, clock = sql.SqlOutbox(database), SystemClock()
    await outbox.put(some, clock.now())
    transport = SmtpTransport(SmtpSettings(host=HOST, port=port, tls="none", connections=connections, hello="bot.example"))
    stop = asyncio.Event()

    def count(event: Event) -> None:
        nonlocal left
        left -= event.what == "sent"
        if not left:
            all_sent.set()

    pace = Pace(connections=connections, per_minute=10**9, per_host_minute=10**9)
    deliverer = Deliverer(outbox, transport, clock, pace, count)
    start = time.perf_counter()
    task = asyncio.create_task(deliverer.run(stop))
    await all_sent.wait()
    stop.set()
    await task
    seconds = time.perf_counter() - start
    assert len(await outbox.letters(MailState.SENT, limit=len(some) + 1)) == len(some)
    await transport.close()
    await database.close()
    return seconds


def rival(port: int, count: int, size: int, connections: int) -> float:
    """Seconds that smtp-source takes."""
    command = ["smtp-source", "-d", "-l", size, "-m", count, "-s", connections, "-f", BOT.email, "-t", "t@alumni.example"]
    start = time.perf_counter()
    subprocess.run([*map(str, command), f"{HOST}:{port}"], check=True)
    return time.perf_counter() - start


@contextmanager
def sink() -> Iterator[int]:
    """smtp-sink; its port."""
    (port,) = free_ports(1)
    process = subprocess.Popen(["smtp-sink", "-u", "nobody", f"{HOST}:{port}", "1000"])
    try:
        wait_for_port(port, "smtp-sink")
        yield port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def real() -> Iterator[int]:
    """A Postfix that takes everything and discards it once it is queued; its port."""
    folder = Path(tempfile.mkdtemp(prefix="lb-", dir="/tmp"))
    folder.chmod(0o755)
    smtp_port, submission_port = free_ports(2)
    keys = certificates.make(folder / "tls")
    dovecot = Dovecot(folder / "dc", keys, smtp_port)
    postfix = Postfix(folder / "pf", dovecot, keys, smtp_port, submission_port)
    subprocess.run(["postconf", "-c", str(postfix.config), "-e", "virtual_transport=discard:"], check=True)
    postfix.start()
    try:
        yield smtp_port
    finally:
        postfix.stop()
        shutil.rmtree(folder, ignore_errors=True)


def compared(port: int, some: list[Letter], connections: int, rounds: int) -> float:
    """Letters a second of both, in turns; listbot's share."""
    ours, theirs = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            ours.append(len(some) / asyncio.run(listbot(Path(folder), port, some, connections)))
        theirs.append(len(some) / rival(port, len(some), len(some[0].raw), connections))
    mine, other = statistics.median(ours), statistics.median(theirs)
    share = f"share {mine / other:.2f} (goal {SHARE})"
    print(f"  {connections} connections: listbot {mine:.0f}, smtp-source {other:.0f}, {share}", flush=True)
    return mine / other


def main() -> int:
    """0 where the goal is met everywhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 4, 8])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not shutil.which("smtp-sink"):
        print("needs smtp-sink and smtp-source: apt-get install postfix", file=sys.stderr)
        return 1
    some, good = letters(options.letters), True
    print(f"{options.letters} letters of {len(some[0].raw)} bytes, letters a second, median of {options.rounds}")
    for name, server in (("Postfix", real), ("smtp-sink", sink)):
        with server() as port:
            print(f" into {name}")
            shares = [compared(port, some, n, options.rounds) for n in options.connections]
            good &= min(shares) >= SHARE
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
