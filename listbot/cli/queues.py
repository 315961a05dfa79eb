"""`listbot needs`, `asks`, `held`: what is under way, and a moderator's hand in it."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from listbot.cli.common import ConfigOption, JsonOption, note, print_json, run, settings_from
from listbot.cli.tables import print_facts, print_rows
from listbot.domain.errors import ConfigError

if TYPE_CHECKING:
    from listbot.pipeline.context import Context

T = TypeVar("T")

Limit = Annotated[int, typer.Option("--limit", min=1, help="How many at the most.")]
Ids = Annotated[list[int] | None, typer.Argument(help="Numbers to act on.")]

HOW_TO_DECIDE = """\
to decide, with the numbers:
  posts    listbot held 3 --release    or   --drop WHY
  answers  listbot held 3 --answers --release,  --as no   or   --drop WHY
  letters  listbot mail 3 --show       or   --release,  --drop"""


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

        show_why(settings_from(config), some(ids), json)
        return
    from listbot.domain.states import NEED_OPEN, NeedState
    from listbot.domain.wording import place_names
    from listbot.pipeline.closing import end

    async def act(context: Context) -> None:
        if chosen := [
            (s, w) for s, w in ((NeedState.PLACED, placed), (NeedState.CLOSED, close), (NeedState.ASKING, reopen)) if w
        ]:
            state = one(chosen, "--close, --placed and --reopen")
            for id in some(ids):
                why = close or ("marked placed" if placed else "searching again")
                if state is NeedState.ASKING or not await end(context, await context.cases.need(id), state, who(), why):
                    await context.cases.close_need(id, state, who(), why, (), context.clock.now())
                note(f"need {id} is {state}")
            return
        states = () if all_ else (*NEED_OPEN, NeedState.OFFERED)
        found = [await context.cases.need(i) for i in ids] if ids else await context.cases.needs(states, limit=limit)
        rows = [
            {
                "need": n.id,
                "post": n.post,
                "state": n.state,
                "wave": n.wave,
                "places": list(place_names(n.need)),
                "relief": list(n.need.relief),
                "deadline": n.need.deadline.date.isoformat() if n.need.deadline else None,
                "next_at": n.next_at,
            }
            for n in found
        ]
        print_rows(rows, json, "no needs")

    with_context(config, act)


def asks(
    need: Annotated[int | None, typer.Option("--need", help="Of this need only.")] = None,
    limit: Limit = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List asks: who was asked about what, and what came of it."""

    async def act(context: Context) -> None:
        rows = [
            {
                "ask": a.id,
                "need": a.need,
                "email": a.email,
                "wave": a.wave,
                "state": a.state,
                "answer": a.answer,
                "sent_at": a.sent_at,
                "reasons": list(a.reasons),
            }
            for a in await context.cases.asks(need=need, limit=limit)
        ]
        print_rows(rows, json, "no asks")

    with_context(config, act)


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

    async def act(context: Context) -> None:
        if release or drop or as_:
            for id in some(ids):
                await (_decide_answer(context, id, drop, as_) if answers or as_ else _decide(context, id, drop))
            return
        rows = [row async for row in _held(context, limit) if not ids or next(iter(row.values())) in ids]
        for row in rows:
            if json:
                print_json(row)
            else:
                (what, number), *facts = row.items()
                print_facts(f"{what} {number}", [(name.replace("_", " "), value) for name, value in facts])
        if not json:
            note(HOW_TO_DECIDE if rows else "nothing is held")

    with_context(config, act)


async def _held(context: Context, limit: int) -> AsyncIterator[dict[str, object]]:
    """Everything that waits for a moderator: what and its number first, then why."""
    from listbot.domain.states import AnswerState, MailState, PostState

    for p in [p for state in (PostState.HELD, PostState.UNREADABLE) for p in await context.cases.posts(state, limit=limit)]:
        warnings = [*p.post.warnings, *(p.reading.warnings if p.reading else ())]
        held = {"post": p.id, "held": p.hold or p.post.reason, "from": p.post.author.email, "subject": p.post.subject}
        yield held | {"read_as": p.reading.kind if p.reading else None, "warnings": warnings}
    for a in await context.cases.answers(AnswerState.HELD, limit=limit):
        yield {
            "answer": a.id,
            "held": a.hold,
            "from": a.answer.author.email,
            "subject": a.answer.subject,
            "read_as": a.kind,
        }
    for id, _, letter, reply in await context.outbox.letters(MailState.HELD, limit=limit):
        why = reply or "waits for `listbot mail --release`"
        yield {"mail": id, "held": why, "kind": letter.kind, "to": letter.recipient}
    for x in await context.work.aside(limit):
        yield {str(x.queue): x.id, "held": x.error}


async def _decide_answer(context: Context, id: int, drop: str, as_: str) -> None:
    from listbot.domain.moderation import KINDS, Decision, Verdict
    from listbot.domain.states import AnswerKind
    from listbot.pipeline.decide import decide_answer

    if as_ and as_ not in KINDS:
        raise ConfigError(f"--as {as_}: is none of {', '.join(sorted(KINDS))}")
    verdict = Verdict.DROP if drop else Verdict.CORRECT if as_ else Verdict.RELEASE
    decision = Decision(verdict, AnswerKind(as_) if as_ else None)
    await decide_answer(context, await context.cases.answer(id), decision, who())
    note(f"answer {id} is left alone" if drop else f"answer {id} is acted on by the running bot")


async def _decide(context: Context, id: int, drop: str) -> None:
    post = await context.cases.post(id)
    if drop:
        await context.cases.drop(id, who(), drop, context.clock.now())
        note(f"post {id} is left alone")
        return
    if post.reading is None or not post.reading.needs:
        raise ConfigError(
            f"post {id}: no client was made out in it, so there is nothing to release; drop it, or answer its writer"
        )
    await context.cases.release(id, post.reading.needs, who(), context.clock.now())
    note(f"post {id} is released; its needs are matched by the running bot")


def with_context(config: ConfigOption, act: object) -> None:
    """Run `act` with the context of the configured database."""
    from listbot.bootstrap import opened

    settings = settings_from(config)

    async def work() -> None:
        async with opened(settings) as context:
            assert callable(act)
            await act(context)

    run(work())


def some(ids: list[int] | None) -> list[int]:
    """The numbers given. Raises ConfigError where there are none."""
    if not ids:
        raise ConfigError("name the numbers to act on, for instance: 3 7")
    return ids


def one(chosen: list[tuple[T, Any]], options: str) -> T:
    """The one that was chosen. Raises ConfigError for several."""
    if len(chosen) > 1:
        raise ConfigError(f"{options} exclude each other; give one")
    return chosen[0][0]


def who() -> str:
    """Who acts, for the log."""
    return f"{getpass.getuser()} (command line)"
