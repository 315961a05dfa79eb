"""`listbot reading learn`: the reader learns from what moderators corrected."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from listbot.cli.common import ConfigOption, note, run, settings_from
from listbot.domain.errors import ListbotError

if TYPE_CHECKING:
    from listbot.pipeline.office import Office
    from listbot.reading import Reader
    from listbot.reading.learning import Example, Lesson

app = typer.Typer(help="How posts are read.", no_args_is_help=True)

FILE = "kind.yaml"
FEWEST = 8
"""Corrected posts without which there is nothing to measure on."""


@app.callback()
def _group() -> None:
    """How posts are read."""


@app.command()
def learn(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show before and after; change nothing.")] = False,
    config: ConfigOption = None,
) -> None:
    """Learn the kinds of posts anew from the corpus and the moderators' corrections; the better weights are put in force.

    Measured on posts that are held back: of the corpus, and every fourth corrected one. What was learned becomes `kind.yaml` of a
    new version of the rules, which `listbot rules rollback` takes back.
    """
    import yaml

    from listbot import bootstrap
    from listbot.pipeline.ruling import files_in_force
    from listbot.reading import learning
    from listbot.reading.kind import shipped_weights

    settings = settings_from(config)

    async def work() -> None:
        async with bootstrap.opened_office(settings) as office:
            own = await _corrected(office, bootstrap.make_reader(settings))
            if len(own) < FEWEST:
                raise ListbotError(
                    f"{len(own)} corrected posts: at least {FEWEST} are needed; correct or release posts on the desk, then learn again"
                )
            files = dict((await files_in_force(office))[0])
            weights = yaml.safe_load(files[FILE]) if FILE in files else shipped_weights()
            lesson = learning.lesson(learning.corpus_examples(), own, weights)
            _show(lesson, len(own))
            if not lesson.better:
                note("the weights in force are at least as good: nothing was changed")
            elif dry_run:
                note("better; nothing was changed (--dry-run)")
            else:
                number = await _apply(office, files, lesson)
                note(f"better: version {number} of the rules is in force; `listbot rules rollback` takes it back")

    run(work())


async def _corrected(office: Office, reader: Reader) -> list[Example]:
    """The posts whose kind a moderator confirmed or corrected, as they came; the last word on each. Purged ones teach no more."""
    from listbot.pipeline.parsing import parsed_post
    from listbot.reading.learning import Example

    last = {c.post: c.kind_after for c in reversed(await office.drafts.corrections())}
    found = []
    for id, kind in last.items():
        post = await parsed_post(office.context, await office.context.cases.post(id))
        if post.text.strip():
            found.append(Example(reader.kind_features(post), kind))
    return found


async def _apply(office: Office, files: dict[str, str], lesson: Lesson) -> int:
    """The rules in force with the new weights, as a version of its own."""
    import yaml

    from listbot.pipeline.ruling import apply_rules

    weights = {kind: dict(row) for kind, row in lesson.weights.items()}
    files[FILE] = "# Written by `listbot reading learn`: do not edit.\n" + yaml.safe_dump(weights, sort_keys=True)
    said = f"kinds learned from corrections: of those held back {lesson.own[0].right:.0%} right before, {lesson.own[1].right:.0%} after"
    return (await apply_rules(office, files, said, getpass.getuser())).number


def _show(lesson: Lesson, own: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("held-back posts", "posts", "kind right", "pleas seen or held", "true of those taken for pleas")
    for name, pair in (("the corpus", lesson.corpus), (f"{own} corrected posts", lesson.own)):
        for when, f in zip(("before", "after"), pair, strict=True):
            table.add_row(f"{name}, {when}", str(f.posts), f"{f.right:.1%}", f"{f.pleas_seen:.1%}", f"{f.pleas_true:.1%}")
    Console().print(table)
