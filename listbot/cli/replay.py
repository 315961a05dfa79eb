"""`listbot replay`: past posts through two rule sets; what differs, need by need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listbot.cli.common import ConfigOption, JsonOption, note, print_json, run, settings_from
from listbot.cli.messages import messages
from listbot.cli.progress import progress
from listbot.domain.errors import ConfigError

if TYPE_CHECKING:
    from listbot.cli.progress import Step
    from listbot.config import Settings
    from listbot.domain.mail import Post
    from listbot.domain.reading import Need, Reading
    from listbot.domain.registry import Candidate
    from listbot.domain.replay import Past, Replayed
    from listbot.domain.rules import RuleSet
    from listbot.pipeline.ports import Reader

EVERY_POST = 1_000_000
"""More than any journal has."""


def replay(
    archive: Annotated[
        list[Path] | None, typer.Argument(help="Past posts: mbox, Maildir, folder of .eml. Without: those in the database.")
    ] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="The new rules; those in force without.")] = None,
    against: Annotated[Path | None, typer.Option("--against", help="The old rules; those in force without.")] = None,
    registry: Annotated[Path | None, typer.Option("--registry", help="A registry CSV instead of the database.")] = None,
    last: Annotated[int | None, typer.Option("--last", min=1, help="Of the database, only the last so many posts.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Also write a page, complete in one file.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """What would have happened on past posts, and what a change of the rules changes; sends nothing.

    The registry is as it is now, without what was learned later; each post is looked at as of its own date. Posts of an archive are
    read by either rule set, so that a change of relief types, places or thresholds shows; those of the database are taken as they
    were understood and put right.
    """
    settings = None if registry and archive and config is None else settings_from(config)
    found = _replayed(settings, registry, archive, last or EVERY_POST, [against, rules])
    _tell(found, changed=against is not None or rules is not None, json=json, html=html)


def _replayed(
    settings: Settings | None, registry: Path | None, archive: list[Path] | None, last: int, folders: Sequence[Path | None]
) -> list[Replayed]:
    """Each need under the old rules and the new; those in force where no folder is named."""
    from listbot.adapters import rulefiles
    from listbot.cli.match import in_use

    in_force, reader, people = run(in_use(registry, settings))
    old, new = (rulefiles.load(folder) if folder else in_force for folder in folders)
    with progress() as step:
        if archive:
            pasts = _from_files(archive, [reader.under(folder) if folder else reader for folder in folders], step)
        else:
            pasts = run(_from_database(settings, last))
        return list(_compared(pasts, people, old, new, step))


def _tell(found: list[Replayed], *, changed: bool, json: bool, html: Path | None) -> None:
    from listbot.cli.replay_report import as_json, page, show

    if not found:
        note("no need was found in these posts")
    if json:
        for one in found:
            print_json(as_json(one))
    else:
        show(found, changed=changed)
    if html:
        html.write_text(page(found, changed=changed), encoding="utf-8")
        note(str(html))


def _compared(pasts: Sequence[Past], people: Sequence[Candidate], old: RuleSet, new: RuleSet, step: Step) -> Iterator[Replayed]:
    from listbot.domain.eligibility import searched
    from listbot.domain.matching import Shortlist
    from listbot.domain.reading import Need
    from listbot.domain.replay import ByState, Replayed, beside, compare, unlearned
    from listbot.domain.shortlist import shortlist

    near = ByState([unlearned(candidate) for candidate in people])
    for past in pasts:
        sides = ((past.before, old), (past.need, new))
        could = {c.id: c for need, rules in sides if need for c in near.reaching(searched(need, rules))}
        who = list(could.values())
        if past.before == past.need and past.need:
            comparison = compare(past.need, past.author, who, old, new, past.at, takers=past.takers, seed=past.seed)
        else:
            then, now = (
                shortlist(need, past.author, who, rules, past.at, seed=past.seed) if need else Shortlist()
                for need, rules in sides
            )
            comparison = beside(then, now, past.takers)
        step("comparing", len(pasts))
        yield Replayed(past=past, what=_what(past.need or past.before or Need(), new.relief_labels), comparison=comparison)


async def _from_database(settings: Settings | None, last: int) -> list[Past]:
    """The needs of the journal's posts, and who led them."""
    from listbot import bootstrap
    from listbot.domain.replay import Past
    from listbot.domain.wording import redacted_subject

    if settings is None:
        raise ConfigError("replay: name an archive of posts, or a configuration whose database has some")
    async with bootstrap.opened_office(settings) as office:
        found, subjects = [], dict[int, str]()
        for past in await office.insight.past(last):
            if past.post not in subjects:
                subjects[past.post] = redacted_subject(await office.context.cases.post(past.post))
            one = Past(
                name=f"need {past.id}",
                subject=subjects[past.post],
                author=past.author,
                at=past.at,
                before=past.need,
                need=past.need,
                takers=frozenset({past.taken_by} - {""}),
                seed=past.id,
            )
            found.append(one)
        return found


def _from_files(archive: list[Path], readers: Sequence[Reader], step: Step) -> list[Past]:
    """The needs of archived posts as the old and the new reader find them; who answered on the list with a yes took them."""
    from listbot.adapters.mime import parse
    from listbot.domain.replay import Past, paired, read_otherwise

    old, new = readers
    raws = list(messages(archive))
    posts: list[tuple[str, Post, Reading, Reading]] = []
    for name, raw in raws:
        for post in parse(raw):
            reading = old.read(post)
            posts.append((name, post, reading, reading if new is old else new.read(post)))
        step("reading", len(raws))
    took = _who_took([(post, reading) for _, post, reading, _ in posts], old)
    found: list[Past] = []
    for name, post, then, now in posts:
        for before, need in paired(then.needs, now.needs):
            one = Past(
                name=name,
                subject=post.subject,
                author=post.author,
                at=(post.date or datetime.now(UTC)).astimezone(UTC),
                before=before,
                need=need,
                read=() if now is then else read_otherwise(then, now, before, need),
                takers=frozenset(took.get(post.message_id, ())),
                seed=len(found),
            )
            found.append(one)
    return found


def _who_took(posts: Sequence[tuple[Post, Reading]], reader: Reader) -> dict[str, set[str]]:
    """Who took cases on the list, by the Message-ID of the plea: authors of answers on the list that say yes."""
    from listbot.domain.reading import Kind
    from listbot.domain.states import AnswerKind

    found: dict[str, set[str]] = {}
    for post, reading in posts:
        if reading.kind is Kind.RESPONSE and post.references:
            said = reader.read_answer(post, post.date or datetime.now(UTC))
            if said.kind is AnswerKind.YES:
                for reference in post.references:
                    found.setdefault(reference, set()).add(post.author.email)
    return found


def _what(need: Need, labels: dict[str, str]) -> str:
    from listbot.domain.wording import place_names

    relief = ", ".join(labels.get(r, r) for r in need.relief) or "relief not said"
    return f"{relief} · {'; '.join(place_names(need)) or 'place not said'}"
