"""`listbot replay`: past posts through two rule sets; what differs, need by need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listbot.cli import tables
from listbot.cli.common import ConfigOption, JsonOption, note, print_json, run, settings_from
from listbot.cli.messages import messages

if TYPE_CHECKING:
    from listbot.domain.mail import Post
    from listbot.domain.reading import Need, Reading
    from listbot.domain.registry import Candidate
    from listbot.domain.replay import Comparison
    from listbot.pipeline.ports import Reader


@dataclass(frozen=True, slots=True)
class Replayed:
    """One need of one past post, compared."""

    file: str
    subject: str
    at: datetime
    what: str
    comparison: Comparison


def replay(
    archive: Annotated[list[Path], typer.Argument(help="Past posts: mbox, Maildir, folder of .eml.")],
    rules: Annotated[Path | None, typer.Option("--rules", help="The new rules; the configured ones without.")] = None,
    against: Annotated[Path | None, typer.Option("--against", help="The old rules; the configured ones without.")] = None,
    registry: Annotated[Path | None, typer.Option("--registry", help="A registry CSV instead of the database.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Also write a page.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """What would have happened on past posts, and what a change of the rules changes; sends nothing.

    The registry is as it is now, without what was learned later; each post is looked at as of its own date.
    """
    from listbot.adapters import rulefiles
    from listbot.cli.match import in_use
    from listbot.domain.replay import compare

    settings = None if registry and config is None else settings_from(config)
    in_force, reader, people = run(in_use(registry, settings))
    old = rulefiles.load(against) if against else in_force
    new = rulefiles.load(rules) if rules else in_force
    candidates = [_unlearned(candidate) for candidate in people]
    posts = list(_posts(archive, reader))
    took, found = _who_took(posts, reader), list[Replayed]()
    for name, post, reading in posts:
        at = (post.date or datetime.now(UTC)).astimezone(UTC)
        for need in reading.needs:
            takers = took.get(post.message_id, set())
            comparison = compare(need, post.author, candidates, old, new, at, takers=takers, seed=len(found))
            found.append(Replayed(name, post.subject, at, _what(need, new.relief_labels), comparison))
            if json:
                print_json(as_json(found[-1]))
    if not json:
        _show(found)
    if html:
        html.write_text(page(found), encoding="utf-8")
        note(str(html))


def as_json(one: Replayed) -> dict[str, object]:
    """One object a need."""
    c = one.comparison
    return {
        "file": one.file,
        "need": one.what,
        "asks": {"old": c.asks[0], "new": c.asks[1]},
        "kept": [m.email for m in c.kept],
        "gone": [{"email": m.email, "now": why} for m, why in c.gone],
        "added": [m.email for m in c.added],
        "missed": [{"email": email, "now": why} for email, why in c.missed],
    }


def page(found: Sequence[Replayed]) -> str:
    """A self-contained page: figures on top, then the needs that differ."""
    rows = "".join(_row(one) for one in found if one.comparison.differs)
    figures = "".join(f"<li><b>{value}</b> {escape(words)}</li>" for value, words in _figures(found))
    style = (
        "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color-scheme:light dark}"
        "ul.figures{display:flex;flex-wrap:wrap;gap:1em 2em;list-style:none;padding:0}b{font-size:1.4em}"
        "section{border-top:1px solid #8888;padding:.6em 0}.gone{color:#b3261e}.added{color:#1b7f3b}small{opacity:.7}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Replay</title><style>{style}</style><h1>What the new rules change</h1>"
        f'<ul class="figures">{figures}</ul>{rows or "<p>Nothing: every first wave is the same.</p>"}</html>\n'
    )


def _row(one: Replayed) -> str:
    c = one.comparison
    gone = "".join(
        f'<li class="gone">no longer {escape(m.name or m.email)} <small>{escape(why)}</small></li>' for m, why in c.gone
    )
    added = "".join(
        f'<li class="added">now {escape(m.name or m.email)} <small>{escape("; ".join(m.reasons))}</small></li>' for m in c.added
    )
    missed = "".join(
        f'<li class="gone"><b>missed, who took it:</b> {escape(e)} <small>{escape(w)}</small></li>' for e, w in c.missed
    )
    about = f"{one.at:%Y-%m-%d} · {escape(one.what)} · {c.asks[0]} → {c.asks[1]} asks"
    head = f"<h3>{escape(one.subject or one.file)}</h3><small>{about}</small>"
    return f"<section>{head}<ul>{missed}{gone}{added}</ul></section>"


def _figures(found: Sequence[Replayed]) -> list[tuple[int, str]]:
    comparisons = [one.comparison for one in found]
    return [
        (len(found), "needs looked at"),
        (sum(c.differs for c in comparisons), "with another first wave"),
        (sum(c.asks[0] for c in comparisons), "first asks before"),
        (sum(c.asks[1] for c in comparisons), "first asks now"),
        (sum(bool(c.old.matches) and not c.new.matches for c in comparisons), "needs nobody is left for"),
        (sum(len(c.missed) for c in comparisons), "actual takers missed"),
    ]


def _show(found: Sequence[Replayed]) -> None:
    from rich.markup import escape as plain

    console = tables.console()
    for one in found:
        c = one.comparison
        if not c.differs:
            continue
        console.print(f"\n[bold]{plain(one.subject or one.file)}[/]  [dim]{one.at:%Y-%m-%d}[/]")
        console.print(f"  {plain(one.what)}  [dim]{c.asks[0]} -> {c.asks[1]} asks[/]")
        for email, why in c.missed:
            console.print(f"  [bold red]! {plain(email)} took it and would be missed[/] [dim]{plain(why)}[/]")
        for m, why in c.gone:
            console.print(f"  [red]- {plain(m.name or m.email)}[/] [dim]{plain(why)}[/]")
        for m in c.added:
            console.print(f"  [green]+ {plain(m.name or m.email)}[/] [dim]{plain('; '.join(m.reasons))}[/]")
    console.print()
    for value, words in _figures(found):
        console.print(f"{value:6} {words}")


def _posts(paths: list[Path], reader: Reader) -> Iterator[tuple[str, Post, Reading]]:
    from listbot.adapters.mime import parse

    for name, raw in messages(paths):
        for post in parse(raw):
            yield name, post, reader.read(post)


def _who_took(posts: Sequence[tuple[str, Post, Reading]], reader: Reader) -> dict[str, set[str]]:
    """Who took cases on the list, by the Message-ID of the plea: authors of answers on the list that say yes."""
    from listbot.domain.reading import Kind
    from listbot.domain.states import AnswerKind

    found: dict[str, set[str]] = {}
    for _, post, reading in posts:
        if reading.kind is Kind.RESPONSE and post.references:
            said = reader.read_answer(post, post.date or datetime.now(UTC))
            if said.kind is AnswerKind.YES:
                for reference in post.references:
                    found.setdefault(reference, set()).add(post.author.email)
    return found


def _unlearned(candidate: Candidate) -> Candidate:
    """The entry without what was learned after the post; a stop or a bounce stays."""
    from dataclasses import replace

    from listbot.domain.registry import Standing

    known = candidate.standing
    return replace(candidate, standing=Standing(opted_out_at=known.opted_out_at, bounced_at=known.bounced_at))


def _what(need: Need, labels: dict[str, str]) -> str:
    relief = ", ".join(labels.get(r, r) for r in need.relief) or "relief not said"
    return f"{relief} · {', '.join(p.text for p in need.places) or 'place not said'}"
