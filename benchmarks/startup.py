"""How long `listbot --help` takes, beside the bare interpreter and a bare Typer; and how much memory the running bot holds.

    python -m benchmarks.startup [--times 15]

Wall time, median of several runs, byte code compiled. Memory: resident set (VmRSS) and its peak (VmHWM) of `listbot run` on
SQLite, a Maildir and an SMTP sink, idle, and after it has read a hundred pleas and matched them with five hundred takers.
Goals: --help under 0.3 s, the running process under 400 MB.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from email.utils import formatdate
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from listbot.config import write_secret
from tests.servers.process import free_ports

HELP_SECONDS = 0.3
MEMORY_MB = 400
PLEAS = 100

TYPER = "import typer; app = typer.Typer(); app.command()(lambda: None); app(['--help'])"

CONFIGURATION = """
[bot]
address = "bot@bot.example"
mode = "auto"
[[source]]
kind = "maildir"
path = "Maildir"
poll_seconds = 1
[[list]]
name = "fellows"
id = "fellows.lists.example"
address = "fellows@lists.example"
[smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
[web]
listen = "127.0.0.1:0"
moderators = ["moderator@example.org"]
"""

PLEA = """\
From: Ali Fellow <ali@fellows.example>
To: fellows@lists.example
List-Id: Fellows <fellows.lists.example>
Message-ID: <{n}@fellows.example>
Date: {now}
Subject: [Fellows] Asylum attorney needed in {city}

Hi all, can anyone take my client in {city}? Number {n} of my list, from Honduras, Spanish speaker, needs an attorney for asylum.
The I-589 is due {due}. Not detained. Full representation if possible. Thank you, Ali
"""
CITIES = ("Charlotte, NC", "Houston, TX", "Tampa, FL", "Omaha, NE", "Buffalo, NY")

REGISTRY = "email,name,city,state,bar_states,relief,languages,consent_at\n" + "".join(
    f"taker{n}@alumni.example,Taker {n},{city.partition(',')[0]},{city[-2:]},{city[-2:]},asylum:able,es,2026-01-15\n"
    for n in range(500)
    for city in [CITIES[n % len(CITIES)]]
)


def seconds(times: int, *command: str) -> list[float]:
    """Wall time of each run; a first one, not counted, compiles and warms."""
    taken = []
    for _ in range(times + 1):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - began)
    return taken[1:]


def shown(name: str, taken: list[float]) -> float:
    """Print a line of figures; the median."""
    median = statistics.median(taken)
    print(f"{name:36} median {median:6.3f} s   best {min(taken):6.3f} s   worst {max(taken):6.3f} s")
    return median


def memory(pid: int) -> tuple[float, float]:
    """Resident set and its peak, MB (10**6 bytes)."""
    status = Path(f"/proc/{pid}/status").read_text()
    now, peak = (int(re.findall(rf"{key}:\s+(\d+) kB", status)[0]) * 1024 / 1e6 for key in ("VmRSS", "VmHWM"))
    return now, peak


def listbot(folder: Path, *arguments: str) -> str:
    """Standard output of a command on the benchmark's configuration."""
    command = [sys.executable, "-m", "listbot", *arguments, "--config", str(folder / "listbot.toml")]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def looked_at(folder: Path) -> tuple[int, int]:
    """Needs under way, and posts held for a moderator."""
    needs = listbot(folder, "needs", "--all", "--limit", "1000", "--json")
    return len(needs.splitlines()), listbot(folder, "held", "--limit", "1000", "--json").count('"post":')


def prepare(folder: Path, port: int) -> None:
    """A configuration, a registry, an empty Maildir."""
    (folder / "listbot.toml").write_text(CONFIGURATION.format(port=port))
    write_secret(folder / "secret")
    for name in ("cur", "new", "tmp"):
        (folder / "Maildir" / name).mkdir(parents=True)
    (folder / "registry.csv").write_text(REGISTRY)
    listbot(folder, "registry", "import", str(folder / "registry.csv"))


def feed(folder: Path) -> None:
    """Deliver the pleas as a mail server does: written aside, then renamed."""
    for n in range(PLEAS):
        due = date.today() + timedelta(days=20 + n)
        text = PLEA.format(n=n, now=formatdate(), city=CITIES[n % len(CITIES)], due=f"{due:%B} {due.day}, {due.year}")
        (folder / "Maildir" / "tmp" / f"{n}.eml").write_text(text)
        os.rename(folder / "Maildir" / "tmp" / f"{n}.eml", folder / "Maildir" / "new" / f"{n}.eml")


def running(folder: Path) -> bool:
    """Run the bot, feed it, print what it holds; whether it stays under the goal."""
    command = [sys.executable, "-m", "listbot", "run", "--config", str(folder / "listbot.toml")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        time.sleep(8)
        print("listbot run, idle                    {:6.0f} MB   peak {:4.0f} MB".format(*memory(process.pid)))
        feed(folder)
        end = time.monotonic() + 120
        while sum(done := looked_at(folder)) < PLEAS and time.monotonic() < end:
            time.sleep(1)
        time.sleep(3)
        now, peak = memory(process.pid)
        print(f"listbot run, after {PLEAS} pleas         {now:6.0f} MB   peak {peak:4.0f} MB   (goal: under {MEMORY_MB} MB)")
        print(f"of {PLEAS} pleas: {done[0]} needs, {done[1]} held")
        return peak < MEMORY_MB and sum(done) >= PLEAS
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def main() -> int:
    """Print the figures; 1 where a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=15)
    times = parser.parse_args().times
    shown("python -c pass", seconds(times, sys.executable, "-c", "pass"))
    shown("a bare Typer application --help", seconds(times, sys.executable, "-c", TYPER))
    taken = shown("listbot --help", seconds(times, sys.executable, "-m", "listbot", "--help"))
    print(f"goal: under {HELP_SECONDS} s")
    port = free_ports(1)[0]
    sink = Controller(Sink(), hostname="127.0.0.1", port=port)
    sink.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            prepare(Path(folder), port)
            small = running(Path(folder))
    finally:
        sink.stop()
    return 0 if taken < HELP_SECONDS and small else 1


if __name__ == "__main__":
    sys.exit(main())
