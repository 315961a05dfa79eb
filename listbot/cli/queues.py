"""`listbot needs`, `asks`, `mail`, `held`: what is under way, and a moderator's hand in it."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from listbot.cli.common import ConfigOption, JsonOption, note, print_json, run, settings_from
from listbot.domain.errors import ConfigError

if TYPE_CHECKING:
    from listbot.pipeline.context import Context

T = TypeVar("T")

Limit = Annotated[int, typer.Option("--limit", min=1, help="How many at the most.")]
Ids = Annotated[list[int] | None, typer.Argument(help="Numbers to act on.")]


def needs(
    ids: Ids = None,
    close: Annotated[str, typer.Option("--close", help="Close them, with this reason.")] = "",
    placed: Annotated[bool, typer.Option("--placed", help="Mark them placed.")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Search again.")] = False,
    why: Annotated[bool, typer.Option("--why", help="How each wave was decided, and whether it would be so again.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    limit: Limit = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List open needs, show some, close or reopen them; with --why say who was and was not asked about them and why."""
    if why:
        from listbot.cli.why import show_why

        show_why(settings_from(config), _some(ids), json)
        return
    from listbot.domain.states import NEED_OPEN, NeedState
    from listbot.pipeline.closing import end

    async def act(context: Context) -> None:
        if chosen := [
            (s, w) for s, w in ((NeedState.PLACED, placed), (NeedState.CLOSED, close), (NeedState.ASKING, reopen)) if w
        ]:
            state = _one(chosen, "--close, --placed and --reopen")
            for id in _some(ids):
                why = close or ("marked placed" if placed else "searching again")
                if state is NeedState.ASKING or not await end(context, await context.cases.need(id), state, _who(), why):
                    await context.cases.close_need(id, state, _who(), why, (), context.clock.now())
                note(f"need {id} is {state}")
            return
        states = () if all_ else (*NEED_OPEN, NeedState.OFFERED)
        found = [await context.cases.need(i) for i in ids] if ids else await context.cases.needs(states, limit=limit)
        for n in found:
            row = {
                "need": n.id,
                "post": n.post,
                "state": n.state,
                "wave": n.wave,
                "places": [p.text for p in n.need.places],
                "relief": list(n.need.relief),
                "deadline": n.need.deadline.date.isoformat() if n.need.deadline else None,
                "next_at": n.next_at.isoformat() if n.next_at else None,
            }
            _print(row, json)

    _with_context(config, act)


def asks(
    need: Annotated[int | None, typer.Option("--need", help="Of this need only.")] = None,
    limit: Limit = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List asks: who was asked about what, and what came of it."""

    async def act(context: Context) -> None:
        for a in await context.cases.asks(need=need, limit=limit):
            row = {
                "ask": a.id,
                "need": a.need,
                "email": a.email,
                "wave": a.wave,
                "state": a.state,
                "answer": a.answer,
                "sent_at": a.sent_at.isoformat() if a.sent_at else None,
                "reasons": list(a.reasons),
            }
            _print(row, json)

    _with_context(config, act)


def mail(
    ids: Ids = None,
    release: Annotated[bool, typer.Option("--release", help="Let held letters go.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again now.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Withdraw letters that have not left.")] = False,
    state: Annotated[str, typer.Option("--state", help="held, queued, sent, deferred, refused, unsure …")] = "",
    show: Annotated[bool, typer.Option("--show", help="Print the letters themselves.")] = False,
    limit: Limit = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List outgoing letters, release, retry or drop them."""
    from listbot.domain.states import MailState

    if state and state not in set(MailState):
        raise ConfigError(f"--state {state}: is none of {', '.join(MailState)}")

    async def act(context: Context) -> None:
        outbox = context.outbox
        verbs = ((outbox.release, release), (outbox.retry, retry), (outbox.drop, drop))
        if chosen := [(verb, wanted) for verb, wanted in verbs if wanted]:
            verb = _one(chosen, "--release, --retry and --drop")
            count = await verb(_some(ids), _who(), context.clock.now())
            note(f"{count} letters")
            return
        for id, at, letter, reply in await context.outbox.letters(MailState(state) if state else None, limit=limit):
            if ids and id not in ids:
                continue
            _print({"mail": id, "state": at, "kind": letter.kind, "to": letter.recipient, "reply": reply}, json)
            if show:
                typer.echo(letter.raw.decode("utf-8", "replace"))

    _with_context(config, act)


def held(
    ids: Ids = None,
    release: Annotated[bool, typer.Option("--release", help="Act on these posts as they were read.")] = False,
    drop: Annotated[str, typer.Option("--drop", help="Leave these posts alone, with this reason.")] = "",
    answers: Annotated[bool, typer.Option("--answers", help="The numbers are those of answers, not of posts.")] = False,
    as_: Annotated[str, typer.Option("--as", help="With --answers: act on them as yes, no, maybe, later, placed, stop …")] = "",
    limit: Limit = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List posts, answers, letters and messages that wait for a moderator; release or drop posts and answers."""
    from listbot.domain.states import AnswerState, MailState, PostState

    async def act(context: Context) -> None:
        if release or drop or as_:
            for id in _some(ids):
                await (_decide_answer(context, id, drop, as_) if answers or as_ else _decide(context, id, drop))
            return
        posts = [p for state in (PostState.HELD, PostState.UNREADABLE) for p in await context.cases.posts(state, limit=limit)]
        for p in posts:
            row = {"post": p.id, "held": p.hold or p.post.reason, "from": p.post.author.email, "subject": p.post.subject}
            _print(row | {"read_as": p.reading.kind if p.reading else None}, json)
        for a in await context.cases.answers(AnswerState.HELD, limit=limit):
            row = {"answer": a.id, "held": a.hold, "from": a.answer.author.email, "subject": a.answer.subject}
            _print(row | {"read_as": a.kind}, json)
        for id, _, letter, _ in await context.outbox.letters(MailState.HELD, limit=limit):
            _print({"mail": id, "held": "waits for `listbot mail --release`", "kind": letter.kind, "to": letter.recipient}, json)
        for x in await context.work.aside(limit):
            _print({x.queue: x.id, "held": x.error}, json)

    _with_context(config, act)


async def _decide_answer(context: Context, id: int, drop: str, as_: str) -> None:
    from listbot.domain.moderation import KINDS, Decision, Verdict
    from listbot.domain.states import AnswerKind
    from listbot.pipeline.decide import decide_answer

    if as_ and as_ not in KINDS:
        raise ConfigError(f"--as {as_}: is none of {', '.join(sorted(KINDS))}")
    verdict = Verdict.DROP if drop else Verdict.CORRECT if as_ else Verdict.RELEASE
    decision = Decision(verdict, AnswerKind(as_) if as_ else None)
    await decide_answer(context, await context.cases.answer(id), decision, _who())
    note(f"answer {id} is left alone" if drop else f"answer {id} is acted on by the running bot")


async def _decide(context: Context, id: int, drop: str) -> None:
    post = await context.cases.post(id)
    if drop:
        await context.cases.drop(id, _who(), drop, context.clock.now())
        note(f"post {id} is left alone")
        return
    if post.reading is None or not post.reading.needs:
        raise ConfigError(
            f"post {id}: no client was made out in it, so there is nothing to release; drop it, or answer its writer"
        )
    await context.cases.release(id, post.reading.needs, _who(), context.clock.now())
    note(f"post {id} is released; its needs are matched by the running bot")


def _with_context(config: ConfigOption, act: object) -> None:
    from listbot.bootstrap import opened

    settings = settings_from(config)

    async def work() -> None:
        async with opened(settings) as context:
            assert callable(act)
            await act(context)

    run(work())


def _some(ids: list[int] | None) -> list[int]:
    if not ids:
        raise ConfigError("name the numbers to act on, for instance: 3 7")
    return ids


def _one(chosen: list[tuple[T, Any]], options: str) -> T:
    if len(chosen) > 1:
        raise ConfigError(f"{options} exclude each other; give one")
    return chosen[0][0]


def _who() -> str:
    return f"{getpass.getuser()} (command line)"


def _print(row: dict[str, object], json: bool) -> None:
    if json:
        print_json(row)
    else:
        typer.echo("  ".join(f"{key} {_shown(value)}" for key, value in row.items() if value not in (None, [], "")))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
