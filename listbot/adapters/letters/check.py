"""Every fault of template folders at once, before a letter needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from jinja2 import Environment, meta, nodes

from listbot.adapters.letters.engine import FAULTS, OWN, environment, fault, render
from listbot.adapters.letters.samples import BOT, SAMPLES
from listbot.adapters.letters.words import LANGUAGES
from listbot.domain.errors import Fault
from listbot.domain.letters import LETTERS

SHARED = ("layout.html", "parts.html")
ALWAYS = {"to", "bot", "subject"}
"""What every letter's templates may use beside the fields of its values."""


def check(folders: Sequence[Path], own: Mapping[str, str] | None = None) -> list[Fault]:
    """The faults of the folders as the composer would use them, and of every file in them that is no letter.

    `own` are letters of a rule set, which go before the folders.

    Each letter is compiled, its names are held against the fields of its values, and it is filled twice: with everything said,
    and with nothing.
    """
    faults = [
        Fault(str(folder), 1, "there is no such folder", "name one that exists") for folder in folders if not folder.is_dir()
    ]
    own = own or {}
    faults += _strangers(OWN, {name.removeprefix(OWN) for name in own})
    for folder in folders:
        files = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
        faults += _strangers(f"{folder}/", files)
    for language in LANGUAGES:
        for name in LETTERS:
            files = (f"{language}/{name}{ending}" for ending in (".txt", ".html"))
            if any(f"{OWN}{file}" in own or any((folder / file).is_file() for folder in folders) for file in files):
                faults += check_letter(folders, own, name, language)
            elif language == "en":
                faults.append(Fault(f"en/{name}.txt", 1, "the template is missing", "English has every letter; add it"))
    return list(dict.fromkeys(faults))


def _strangers(folder: str, files: Iterable[str]) -> Iterator[Fault]:
    """Files of a folder, by their path in it, that are no letter."""
    known = {f"{language}/{name}{ending}" for language in LANGUAGES for name in LETTERS for ending in (".txt", ".html")}
    for file in sorted(set(files) - known - set(SHARED)):
        letters = ", ".join(sorted(LETTERS))
        yield Fault(
            f"{folder}{file}", 1, "no letter has this name", f"the letters are {letters}, each a .txt and .html of a language"
        )


def check_letter(folders: Sequence[Path], own: Mapping[str, str], name: str, language: str) -> Iterator[Fault]:
    """The faults of one letter in one language."""
    env = environment(folders, language, LANGUAGES[language], own)
    for ending in ("subject", "txt", "html"):
        template, file = f"{name}.{ending}", f"{language}/{name}.{ending}"
        try:
            env.get_template(template)
            undeclared = list(_undeclared(env, name, template))
            yield from undeclared
            if undeclared:
                continue
            for to, values in SAMPLES[name]:
                given: dict[str, object] = {f.name: getattr(values, f.name) for f in fields(values)}
                render(env, template, given | {"to": to, "bot": BOT, "subject": "A subject"})
        except FAULTS as error:
            yield fault(error, file)


def _undeclared(env: Environment, name: str, template: str) -> Iterator[Fault]:
    """Names that neither the letter's values nor the templates declare, each at its first line."""
    assert env.loader is not None
    source, path, _ = env.loader.get_source(env, template)
    tree = env.parse(source, template, path)
    allowed = {f.name for f in fields(LETTERS[name])} | ALWAYS | set(env.globals)
    # A block does not see the template's own names in this analysis, though it does when it is filled.
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    own |= {node.target for node in tree.find_all(nodes.Import)}
    unknown = meta.find_undeclared_variables(tree) - allowed - own
    for word in sorted(unknown):
        lines = [node.lineno for node in tree.find_all(nodes.Name) if node.name == word]
        names = ", ".join(sorted(allowed - set(env.globals)))
        yield Fault(path or template, min(lines, default=1), f"{word!r} is not known in the letter {name!r}", f"it knows {names}")
