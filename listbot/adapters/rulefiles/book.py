"""Rule files as the pages use them. See `office.RuleBook`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from listbot.adapters.rulefiles import edit
from listbot.adapters.rulefiles.load import check, parse, read_folder
from listbot.domain.desk import RuleForm
from listbot.domain.errors import Fault
from listbot.domain.rules import RuleSet

Files = tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def _parsed(files: Files) -> RuleSet:
    return parse(dict(files))


class RuleFiles:
    """Checks and reads files; `folder` holds those in use where no version was ever applied; `faults` says what is wrong."""

    def __init__(self, folder: Path, faults: Callable[[Mapping[str, str]], Sequence[Fault]] = check) -> None:
        self._folder = folder
        # A page that shows a draft again and again need not check it each time.
        self._checked = lru_cache(maxsize=8)(lambda files: tuple(faults(dict(files))))

    def check(self, files: Mapping[str, str]) -> list[Fault]:
        """See `office.RuleBook`."""
        return list(self._checked(tuple(sorted(files.items()))))

    def parse(self, files: Mapping[str, str], version: int = 0) -> RuleSet:
        """See `office.RuleBook`."""
        return replace(_parsed(tuple(sorted(files.items()))), version=version)

    def forms(self, file: str, text: str) -> Sequence[RuleForm]:
        """See `office.RuleBook`."""
        return edit.forms(file, text)

    def replaced(self, file: str, text: str, rule: str, values: Mapping[str, str]) -> str:
        """See `office.RuleBook`."""
        return edit.replaced(file, text, rule, values)

    def shipped(self) -> Mapping[str, str]:
        """See `office.RuleBook`."""
        return read_folder(self._folder)
