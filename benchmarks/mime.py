"""Messages a second and messages read, beside the standard library's modern e-mail API, on the hostile corpus in one run.

    python benchmarks/mime.py [--seconds 3]

A message counts as read by the standard library when `message_from_bytes(policy=default)`, the common fields and
`get_body().get_content()` work and give a text; by listbot when each post has a text, a report, or a verdict why not, and
nothing failed. Then the growth of time with size, for shapes that make parsers quadratic: twice the size should take about
twice the time (where a limit cuts in, less).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from listbot.adapters.mime import parse

CORPUS = Path(__file__).parent.parent / "tests" / "data" / "mime"
HEAD = b"From: a@x.example\nDate: Mon, 6 Jan 2025 09:15:00 -0500\n"
HTML = HEAD + b"Content-Type: text/html\n\n"
SHAPES: dict[str, Callable[[int], bytes]] = {
    "plain text": lambda n: HEAD + b"\n" + b"some words here\n" * (n // 16),
    "HTML paragraphs": lambda n: HTML + b"<p>some words here</p>\n" * (n // 23),
    "HTML table": lambda n: HTML + b"<table>" + b"<tr><td>some words<td>here</tr>" * (n // 31),
    "HTML nested": lambda n: HTML + b"<div>" * (n // 5),
    "HTML attributes": lambda n: HTML + b"<p " + b" a" * (n // 2) + b">",
    "multipart nested": lambda n: b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(n // 60)
    ),
    "boundaries": lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * (n // 4),
    "flowed": lambda n: HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * (n // 3),
    "bad UTF-8": lambda n: HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + b"\xff" * n,
    "digest": lambda n: HEAD + b"\n" + b"-" * 70 + (b"\nFrom: a@x.example\n\nx\n\n" + b"-" * 30 + b"\n") * (n // 55),
}


def by_listbot(raw: bytes) -> bool:
    """Whether listbot reads it."""
    posts = parse(raw)
    failed = any("could not be taken apart" in post.unreadable for post in posts)
    return not failed and all(post.text or post.report or post.unreadable or post.warnings for post in posts)


def by_library(raw: bytes) -> bool:
    """Whether the standard library reads it."""
    try:
        message = message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        for name in ("From", "To", "Cc", "Reply-To", "Date", "Subject", "Message-ID", "References"):
            str(message.get(name, ""))
        body = message.get_body(("plain", "html"))
        return body is not None and bool(body.get_content())
    except Exception:  # what is measured
        return False


def rate(read: Callable[[bytes], bool], messages: list[bytes], seconds: float) -> float:
    """Messages a second, over whole rounds of the corpus."""
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for raw in messages:
            read(raw)
        done += len(messages)
    return done / (time.perf_counter() - start)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each reader")
    seconds = parser.parse_args().seconds
    messages = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]
    ordinary = [path.read_bytes() for path in sorted(CORPUS.glob("real-*.eml"))]
    print(f"{'reader':<28}{'read':>12}{'all, msg/s':>14}{'real, msg/s':>14}")
    for name, read in (("listbot", by_listbot), ("email, policy.default", by_library)):
        passed = sum(map(read, messages))
        speeds = [rate(read, some, seconds) for some in (messages, ordinary)]
        print(f"{name:<28}{f'{passed} of {len(messages)}':>12}{speeds[0]:>14,.0f}{speeds[1]:>14,.0f}")
    print(f"\n{'milliseconds for':<28}{'250 kB':>12}{'500 kB':>14}{'1 MB':>14}")
    for name, shape in SHAPES.items():
        times = []
        for size in (250_000, 500_000, 1_000_000):
            raw = shape(size)
            start = time.perf_counter()
            parse(raw)
            times.append((time.perf_counter() - start) * 1000)
        print(f"{name:<28}{times[0]:>12,.0f}{times[1]:>14,.0f}{times[2]:>14,.0f}")


if __name__ == "__main__":
    main()
