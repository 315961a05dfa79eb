"""Jinja2 in its sandbox over template folders, one environment a language; faults are told with file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from listbot.adapters.letters import layout
from listbot.adapters.letters.words import Words
from listbot.domain.errors import Fault

OWN = "letters/"
"""Where a rule set holds the letters that moderators worded anew: `letters/en/ask.txt`."""

SUBJECT = "Subject:"
MEND = "correct the template; `listbot rules check` shows every fault"


class LetterLoader(BaseLoader):
    """Templates of one language, then those shared by all: those of a rule set first, then the first folder that has the file.

    A letter's `.txt` opens with a line `Subject: …`: that line is the template `<name>.subject`, the rest is `<name>.txt`.
    """

    def __init__(self, folders: Sequence[Path], language: str, own: Mapping[str, str]) -> None:
        self._files = FileSystemLoader([*(f / language for f in folders), *folders])
        self._language, self._own = language, own

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        name, _, ending = template.rpartition(".")
        file = f"{name}.txt" if ending == "subject" else template
        source, path, fresh = self._find(environment, file)
        first, _, rest = source.partition("\n")
        if ending == "subject":
            if not first.startswith(SUBJECT):
                raise TemplateSyntaxError(f'the first line must be "{SUBJECT} …"', 1, template, path)
            source = first.removeprefix(SUBJECT).strip()
        elif first.startswith(SUBJECT):
            source = "\n" + rest  # line numbers stay those of the file
        return source, path, fresh

    def _find(self, environment: Environment, file: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        for path in (f"{OWN}{self._language}/{file}", f"{OWN}{file}"):
            if path in self._own:
                return self._own[path], path, lambda: True
        return self._files.get_source(environment, file)


def own_letters(files: Mapping[str, str]) -> dict[str, str]:
    """The letters among the files of a rule set."""
    return {name: text for name, text in files.items() if name.startswith(OWN)}


def environment(folders: Sequence[Path], language: str, words: Words, own: Mapping[str, str] | None = None) -> Environment:
    """The sandbox for one language: templates see the words, nothing of the program."""
    made = ImmutableSandboxedEnvironment(
        loader=LetterLoader(folders, language, own or {}),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals = {"row": layout.row, "language": language}
    made.filters |= {
        "day": words.day,
        "short": words.short,
        "at": words.at,
        "listed": words.listed,
        "due": words.due_on,
        "days": words.days,
        "rows": words.rows,
        "relief": words.relief,
        "in_words": words.kind_of_relief,
        "speech": words.speech,
        "called": words.called,
        "identifier": words.identifier,
        "quoted": layout.quoted,
        "paragraphs": layout.paragraphs,
    }
    return made


def render(env: Environment, template: str, values: Mapping[str, object]) -> str:
    """One filled template. Raises what `fault` explains."""
    return env.get_template(template).render(MappingProxyType(dict(values)))


def fault(error: Exception, template: str) -> Fault:
    """What is wrong with a template, at which line of which file."""
    if isinstance(error, TemplateSyntaxError):
        return Fault(error.filename or error.name or template, error.lineno, error.message or "wrong syntax", MEND)
    if isinstance(error, TemplateNotFound):
        return Fault(template, 1, f"there is no template {error.name!r}", MEND)
    file, line = _place(error, template)
    return Fault(file, line, str(error), MEND)


FAULTS = (TemplateError, SecurityError, TypeError, ValueError, KeyError, AttributeError, ZeroDivisionError)
"""What rendering may raise where a template is wrong."""


def _place(error: Exception, template: str) -> tuple[str, int]:
    """The deepest line of the traceback that is a template's."""
    file, line, trace = template, 1, error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".txt", ".html")):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    return file, line
