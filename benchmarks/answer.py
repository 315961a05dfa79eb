"""From the server's IDLE push of a yes to the introduction accepted by SMTP, step by step, on real Dovecot and Postfix.

    python -m benchmarks.answer [--answers 15]

The running bot (embedded, SQLite, 500 takers) is in this process; it is given pleas first, and when their asks have left, one taker of
each need says yes, one after the other. A second IMAP connection in IDLE on the same mailbox tells when Dovecot pushed.
Goal: from the push, p50 under 0.3 s.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections import defaultdict
from email.message import EmailMessage
from email.utils import formataddr, make_msgid

from benchmarks.servers import TAKERS, Stack, plea, register, stack
from listbot import bootstrap
from listbot.adapters.sources.imap_session import Session
from listbot.domain.states import MailState, NeedState
from listbot.domain.tokens import plus_address
from listbot.domain.work import Letter
from listbot.pipeline.context import Context, Event

P50 = 0.3
INTRODUCED = "sent introduction"
STEPS = ("kept", "answered", INTRODUCED)
WORDS = (
    "Happy to take this one. Please send me the file.",
    "Yes, I can take this case. Call me any time this week.",
    "I'll take it! Conflict check first, of course.",
    "Sí, con gusto tomo este caso.",
)


class Watch:
    """When each step of the answer now under way was first seen."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}
        self.done = asyncio.Event()

    def hear(self, event: Event) -> None:
        what = f"{event.what} {event.detail}" if event.what == "sent" else event.what
        self.at.setdefault(what, time.perf_counter())
        if what in (INTRODUCED, "sent held_answer"):
            self.done.set()


async def asks(context: Context, pleas: int) -> list[Letter]:
    """One ask of each need, once those of all pleas have left."""
    left: dict[int | None, Letter] = {}
    for _ in range(60):
        letters = await context.outbox.letters(MailState.SENT, limit=5000)
        left = {letter.need: letter for _, _, letter, _ in letters if letter.kind == "ask"}
        waiting = await context.outbox.letters(MailState.QUEUED)
        if len(left) >= pleas * 0.7 and not waiting:
            break
        await asyncio.sleep(1)
    return list(left.values())


def yes(ask: Letter, bot: str, number: int) -> EmailMessage:
    """The taker's reply, as it reaches the bot's mailbox."""
    reply = EmailMessage()
    reply["From"] = formataddr(("", ask.recipient))
    reply["To"] = plus_address(bot, ask.token)
    reply["Subject"] = "Re: Can you take a case?"
    reply["In-Reply-To"], reply["Message-ID"] = ask.message_id, make_msgid(domain="alumni.example")
    reply.set_content(f"{WORDS[number % len(WORDS)]}\n\nA. Taker\n")
    return reply


async def measure(up: Stack, answers: int) -> dict[str, list[float]]:
    """Seconds of each step, an answer at a time."""
    watch, stop = Watch(), asyncio.Event()
    bot = asyncio.create_task(bootstrap.serve(up.settings, stop, lambda event: watch.hear(event)))
    listener = await Session.open("127.0.0.1", up.dovecot.imap_port, None, 30)
    await listener.login(up.address, "secret")
    await listener.select("INBOX")
    await asyncio.sleep(4)  # the bot connects and loads its tables
    pleas = (answers + 1) * 3 // 2
    for number in range(pleas):
        await asyncio.to_thread(up.deliver, plea(number))
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    async with bootstrap.opened(up.settings) as looking:
        for number, ask in enumerate((await asks(looking, pleas))[: answers + 1]):
            await asyncio.sleep(1.5)  # the answer before is over, and Dovecot's own batching of it
            for _ in range(2):  # the first hears of everything so far
                await listener.search("ALL")
            pushed = asyncio.create_task(listener.idle(30))
            await asyncio.sleep(0.5)
            assert not pushed.done(), "Dovecot pushed something before the answer was delivered"
            watch.at, watch.done = {}, asyncio.Event()
            await asyncio.to_thread(up.deliver, yes(ask, up.address, number), ask.recipient)
            await pushed
            push = time.perf_counter()
            await asyncio.wait_for(watch.done.wait(), 30)
            if number == 0 or INTRODUCED not in watch.at:
                continue  # the first loads what answers alone need; one that is held introduces nobody
            seconds["push to introduction"].append(watch.at[INTRODUCED] - push)
            before = push
            for step in STEPS:
                seconds[f"  {step}"].append(max(0.0, watch.at[step] - before))
                before = max(before, watch.at[step])
        offered = await looking.cases.needs([NeedState.OFFERED])
        assert len(offered) >= len(seconds["push to introduction"]), "an introduction left without a lead"
    stop.set()
    await bot
    listener.close()
    return seconds


def main() -> int:
    """0 where the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=15)
    answers = parser.parse_args().answers
    with stack() as up:
        register(up.settings)
        seconds = asyncio.run(measure(up, answers))
    introduced = len(seconds["push to introduction"])
    print(f"{introduced} yeses introduced; {TAKERS} takers, SQLite, one process; seconds")
    print(f"{'':32}{'p50':>8}{'max':>8}")
    for name, values in seconds.items():
        print(f"{name:32}{statistics.median(values):8.3f}{max(values):8.3f}")
    good = statistics.median(seconds["push to introduction"]) < P50
    print(f"goal: p50 under {P50} s: {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
