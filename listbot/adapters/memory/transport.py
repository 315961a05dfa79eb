"""A mail server in memory: answers as scripted, keeps what it accepts. See `ports.Transport`."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from listbot.domain.errors import Never, TryLater, Unreachable, Unsure
from listbot.domain.work import Letter

CUT = "cut"  #: the letter is taken, but its sender never hears of it


class MemoryTransport:
    """`replies[recipient] += ["450 4.2.1 busy", CUT]` are used up one by one; without any, everything is accepted.

    While `down` is not empty the server cannot be reached, for that reason.
    """

    def __init__(self) -> None:
        self.taken: list[Letter] = []
        self.replies: defaultdict[str, list[str]] = defaultdict(list)
        self.down = ""
        self.tries = 0

    async def send(self, letter: Letter) -> str:
        """See `ports.Transport`."""
        await asyncio.sleep(0)
        self.tries += 1
        if self.down:
            raise Unreachable(self.down)
        if not letter.recipient or any(c <= " " or c in "<>\x7f" for c in letter.sender + letter.recipient):
            raise Never(f"{letter.recipient!r} is no address; nothing was sent")
        script = self.replies[letter.recipient]
        reply = script.pop(0) if script else "250 2.0.0 kept"
        if reply == CUT or reply.startswith("2"):
            self.taken.append(letter)
        if reply == CUT:
            raise Unsure("the connection was cut after the message")
        if not reply.startswith("2"):
            raise (Never if reply.startswith("5") else TryLater)(reply)
        return reply

    async def close(self) -> None:
        """See `ports.Transport`."""
