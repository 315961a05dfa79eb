"""What a running bot does, a sentence each: numbers of rows only, no word of any post, nobody's address."""

from __future__ import annotations

import logging

from listbot.pipeline.context import Event

log = logging.getLogger("listbot")

SENTENCES = {
    "ready": "the reader has its tables: posts are read from now on",
    "kept": "message {row} is kept",
    "own": "message {row} is the bot's own mail and left alone",
    "copy": "message {row} is a copy of a known post",
    "unreadable": "message {row} cannot be read; moderators see it",
    "read": "post {row} is read: {detail}",
    "matched": "post {row} is matched: {detail}",
    "asked": "need {row} is looked at again: {detail}",
    "stepped in": "need {row}: the first reserve steps in",
    "answered": "answer {row} is heard: {detail}",
    "decided": "a moderator has decided: {detail}",
    "sent": "letter {row} is sent: {detail}",
    "deferred": "letter {row} is deferred: {detail}",
    "unsure": "letter {row} may have arrived: {detail}",
    "refused": "letter {row} is refused: {detail}; `listbot mail {row}` shows the reason",
    "brake": "{row} letters are held back by a brake; `listbot mail --state held` shows them",
    "trouble": "mail does not leave: {detail}",
    "trouble over": "mail leaves again",
    "chore": "the {detail} is done",
}


def sentence(event: Event) -> str:
    """An event in words."""
    return SENTENCES[event.what].format(row=event.row, detail=event.detail)


def tell(event: Event) -> None:
    """A line in the log. What delivery itself reports as trouble is not told twice."""
    if not event.what.startswith("trouble"):
        log.info("%s", sentence(event))
