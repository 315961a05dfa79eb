"""The words of the letters: as they are, as a draft has them, and as they look filled with invented values. See `office.Wording`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from listbot.adapters.letters.check import check_letter
from listbot.adapters.letters.composer import JinjaComposer
from listbot.adapters.letters.engine import OWN, own_letters
from listbot.adapters.letters.samples import SAMPLES
from listbot.adapters.letters.words import LANGUAGES
from listbot.domain.errors import Fault, WorkFailed
from listbot.domain.letters import LETTERS

ENDINGS = ("txt", "html")


class Letters:
    """The letters of one composer over these template folders."""

    def __init__(self, composer: JinjaComposer, folders: Sequence[Path]) -> None:
        self._composer, self._folders = composer, tuple(folders)

    def names(self) -> tuple[str, ...]:
        """See `office.Wording`."""
        return tuple(LETTERS)

    def known(self, name: str) -> tuple[str, ...]:
        """See `office.Wording`."""
        return ("to", "bot", *(f.name for f in fields(LETTERS[_known(name)])))

    def letter(self, name: str, language: str, files: Mapping[str, str] | None = None) -> tuple[str, str, str]:
        """See `office.Wording`."""
        composer = self._composer if files is None else self._composer.worded(own_letters(files))
        to, values = SAMPLES[_known(name)][0]
        filled = composer.render(name, to, values, language)
        return filled.subject, filled.text, filled.html

    def paths(self, name: str, language: str) -> tuple[str, str]:
        """See `office.Wording`."""
        if language not in LANGUAGES:
            raise WorkFailed(f"there are no letters in {language!r}")
        text, html = (f"{OWN}{language}/{_known(name)}.{ending}" for ending in ENDINGS)
        return text, html

    def shipped(self, path: str) -> str | None:
        """See `office.Wording`."""
        files = (folder / path.removeprefix(OWN) for folder in self._folders)
        return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), None)

    def faults(self, name: str, language: str, files: Mapping[str, str]) -> list[Fault]:
        """See `office.Wording`."""
        self.paths(name, language)
        return list(dict.fromkeys(check_letter(self._folders, own_letters(files), name, language)))


def _known(name: str) -> str:
    if name not in LETTERS:
        raise WorkFailed(f"there is no letter {name!r}")
    return name
