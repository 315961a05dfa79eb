"""`listbot mail`: letters on their way, and a moderator's hand in it."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Annotated

import typer

from listbot.cli.common import ConfigOption, JsonOption, note
from listbot.cli.queues import Ids, Limit, one, some, who, with_context
from listbot.cli.tables import print_facts, print_json_row, print_rows, said
from listbot.domain.errors import ConfigError, WorkFailed

if TYPE_CHECKING:
    from datetime import datetime

    from listbot.domain.states import MailState
    from listbot.domain.work import Letter
    from listbot.pipeline.context import Context

HEADERS = ("From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID")
"""What a person wants to see of a letter's header."""


def mail(
    ids: Ids = None,
    release: Annotated[bool, typer.Option("--release", help="Let held letters go.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again now.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Withdraw letters that have not left.")] = False,
    state: Annotated[str, typer.Option("--state", help="held, queued, sent, deferred, refused, unsure …")] = "",
    show: Annotated[bool, typer.Option("--show", help="The letters themselves: header and readable text.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="The letters as they go over the wire (MIME).")] = False,
    limit: Limit = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List outgoing letters and when they are tried next; read, release, retry or drop them."""
    from listbot.domain.states import MailState

    if state and state not in set(MailState):
        raise ConfigError(f"--state {state}: is none of {', '.join(MailState)}")

    async def act(context: Context) -> None:
        outbox = context.outbox
        verbs = ((outbox.release, release), (outbox.retry, retry), (outbox.drop, drop))
        if chosen := [(verb, wanted) for verb, wanted in verbs if wanted]:
            verb = one(chosen, "--release, --retry and --drop")
            count = await verb(some(ids), who(), context.clock.now())
            note(f"{count} letters")
            return
        found = await outbox.letters(MailState(state) if state else None, limit=max(limit, len(ids or ())), ids=ids or ())
        if missing := sorted(set(ids or ()) - {id for id, *_ in found}):
            raise WorkFailed(f"there is no letter {said(missing)}{f' in state {state}' if state else ''}; see `listbot mail`")
        tries = await outbox.next_tries([id for id, *_ in found])
        rows = [_row(id, at, letter, tries.get(id), reply) for id, at, letter, reply in found]
        if show or raw:
            for row, (_, _, letter, _) in zip(rows, found, strict=True):
                _show(row, letter.raw, raw, json)
        else:
            print_rows(rows, json, "no letters")

    with_context(config, act)


def _row(id: int, state: MailState, letter: Letter, next_try: datetime | None, reply: str) -> dict[str, object]:
    return {
        "mail": id,
        "state": str(state),
        "kind": letter.kind,
        "to": letter.recipient,
        "next_try": next_try,
        "reply": reply,
    }


def _show(row: dict[str, object], raw: bytes, whole: bool, json: bool) -> None:
    """One letter: for people what they would read, with `whole` every byte."""
    mime = raw.decode("utf-8", "replace")
    message: EmailMessage = message_from_bytes(raw, policy=policy.default)
    headers = {name: str(message[name]) for name in HEADERS if message[name]}
    body = message.get_body(("plain",))
    text = str(body.get_content()).rstrip() if body else ""
    if json:
        print_json_row({**row, **({"raw": mime} if whole else {"headers": headers, "text": text})})
        return
    if whole:
        typer.echo(mime)
        return
    facts = [("next try", row["next_try"]), ("reply", row["reply"])]
    print_facts(f"letter {row['mail']}, {row['kind']}, {row['state']}", [*facts, *headers.items()])
    typer.echo(f"\n{text}\n" if text else "\nits words were emptied by `listbot purge`\n")
