"""What needs a moderator now: held posts, needs near their deadline, nobody left, mishaps; decided in place."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from listbot.domain.desk import AnswerRow, Role
from listbot.domain.errors import ConfigError, ListbotError, WorkFailed
from listbot.domain.moderation import KINDS, Decision, Verdict
from listbot.domain.states import AnswerKind
from listbot.domain.work import Queue
from listbot.pipeline import moderate
from listbot.pipeline.decide import decide_answer
from listbot.web import presence
from listbot.web.doors import Door
from listbot.web.lists import way_back
from listbot.web.site import Site, back, form_of, page, site_of, visitor_of, word
from listbot.web.words import amount

NEAR = timedelta(days=14)
"""A deadline within so long is near."""

SHOWN = 25
"""Rows of each kind: whoever has ten minutes needs no more."""

MOST_WORDS = 600
"""Characters of an answer that are shown."""


async def today(request: Request) -> Response:
    """The desk."""
    site = site_of(request)
    insight = site.office.insight
    found, log = await asyncio.gather(insight.today(site.now(), NEAR, SHOWN), insight.log(200))
    decided = [change for _, change in log if "@" in change.who and change.table in ("post", "need", "mail", "answer")][:6]
    return page(
        request,
        "today.html",
        found=found,
        answers=await asyncio.to_thread(redacted, site, found.answers.rows),
        kinds=[kind for kind in AnswerKind if kind in KINDS],
        decided=decided,
        today=site.today(),
        looking=await presence.others(site, visitor_of(request).email),
        quiet=not any(part.rows for part in (found.held, found.urgent, found.nobody, found.answers, found.undelivered)),
    )


def redacted(site: Site, rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """The answers with their words and subjects as a moderator may read them."""
    redact = site.office.context.reader.redact
    return [replace(row, subject=redact(row.subject), words=redact(row.words)[:MOST_WORDS] if row.words else "") for row in rows]


async def decide(request: Request) -> Response:
    """Release or drop held posts, one or many."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    deed, ids = _chosen(form, "post")
    done, faults = await _each(ids, lambda id: _decide(site, id, deed, who, word(form, "why", 200)))
    said = f"{amount(len(done), 'post')} {'released' if deed == 'release' else 'left alone'}" if done else ""
    said = ". ".join([said, *faults]).strip(". ") or "Choose posts first, then what to do with them."
    return back(request, "/", said, done if deed == "drop" else ())


async def undo(request: Request) -> Response:
    """Posts that were dropped wait again as they did before."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    _, ids = _chosen(form, "post")
    done, faults = await _each(ids, lambda id: moderate.take_back(site.office, id, who))
    said = f"{amount(len(done), 'post')} {'waits' if len(done) == 1 else 'wait'} again" if done else ""
    to = f"/posts/{ids[0]}" if len(ids) == 1 else "/"
    return back(request, to, ". ".join([said, *faults]).strip(". ") or "There was nothing to undo.")


async def decide_answers(request: Request) -> Response:
    """Held answers, one or many: acted on as they were read or as a moderator says, or left alone."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    deed, ids = _chosen(form, "answer")
    if deed not in set(Verdict):
        raise ConfigError("there is no such action; go back and use the buttons")

    async def act(id: int) -> None:
        named = word(form, f"kind{id}", 20)
        kind = AnswerKind(named) if named in KINDS else None
        if deed == Verdict.CORRECT and kind is None:
            raise WorkFailed(f"answer {id}: say what it is")
        await decide_answer(site.office.context, await site.office.context.cases.answer(id), Decision(Verdict(deed), kind), who)

    done, faults = await _each(ids, act)
    site.office.context.wake(Queue.ANSWER)
    verb = "left alone" if deed == Verdict.DROP else "acted on"
    said = f"{amount(len(done), 'answer')} {verb}" if done else ""
    said = ". ".join([said, *faults]).strip(". ") or "Choose answers first, then what to do with them."
    return back(request, way_back(form, "/"), said)


def _chosen(form: FormData, name: str) -> tuple[str, list[int]]:
    """The deed and the rows it is for: the one whose own button was pressed, else all that are ticked."""
    one, _, id = word(form, "one", 40).partition(":")
    ids = [id] if one else form.getlist(name)
    return one or word(form, "do", 20), [int(i) for i in ids if isinstance(i, str) and i.isdecimal()]


async def _each(ids: Sequence[int], act: Callable[[int], Awaitable[None]]) -> tuple[list[int], list[str]]:
    """Each by itself: those that were done, and the first reasons why others were not."""
    done, faults = list[int](), list[str]()
    for id in ids:
        try:
            await act(id)
            done.append(id)
        except ListbotError as error:
            faults.append(str(error))
    return done, faults[:3]


async def _decide(site: Site, id: int, deed: str, who: str, why: str) -> None:
    post = await site.office.context.cases.post(id)
    if deed == "release":
        await moderate.release(site.office, post, post.reading.needs if post.reading else (), who)
    elif deed == "drop":
        await moderate.drop(site.office, post, who, why or "not a plea")


async def decide_letters(request: Request) -> Response:
    """Let held letters go, withdraw them, or try undelivered ones again."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    outbox, now = site.office.context.outbox, site.now()
    ids = [int(i) for i in form.getlist("mail") if isinstance(i, str) and i.isdecimal()]
    verbs = {"release": (outbox.release, "released"), "drop": (outbox.drop, "withdrawn"), "retry": (outbox.retry, "tried again")}
    verb = verbs.get(word(form, "do", 20))
    number = await verb[0](ids, who, now) if verb and ids else 0
    site.office.context.wake(Queue.MAIL)
    said = f"{amount(number, 'letter')} {verb[1]}" if verb and ids else "Choose letters first, then what to do with them."
    return back(request, way_back(form, "/"), said)


async def again(request: Request) -> Response:
    """Something that was set aside is tried again."""
    site, who, form = site_of(request), visitor_of(request).email, await form_of(request)
    queue, _, id = word(form, "row", 40).partition(":")
    done = False
    if queue in set(Queue) and id.isdecimal():
        done = await site.office.context.work.again(Queue(queue), int(id), who, site.now())
        site.office.context.wake(Queue(queue))
    return back(request, "/", "It is tried again." if done else "It was tried again already, or is gone.")


DOORS = (
    Door("GET", "/", today, Role.READER),
    Door("POST", "/posts/decide", decide, Role.MODERATOR),
    Door("POST", "/posts/undo", undo, Role.MODERATOR),
    Door("POST", "/answers/decide", decide_answers, Role.MODERATOR),
    Door("POST", "/letters/decide", decide_letters, Role.MODERATOR),
    Door("POST", "/again", again, Role.MODERATOR),
)
