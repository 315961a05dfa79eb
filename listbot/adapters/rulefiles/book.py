"""Rule files as the pages use them. See `office.RuleBook`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from listbot.adapters.rulefiles.load import check, parse, read_folder
from listbot.domain.errors import Fault
from listbot.domain.rules import RuleSet


class RuleFiles:
    """Checks and reads files; `folder` holds those in use where no version was ever applied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self, files: Mapping[str, str]) -> list[Fault]:
        """See `office.RuleBook`."""
        return check(files)

    def parse(self, files: Mapping[str, str], version: int = 0) -> RuleSet:
        """See `office.RuleBook`."""
        return parse(files, version)

    def shipped(self) -> Mapping[str, str]:
        """See `office.RuleBook`."""
        return read_folder(self._folder)
