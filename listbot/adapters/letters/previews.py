"""Letters filled with invented values, for moderators to look at. See `office.Previews`."""

from __future__ import annotations

from listbot.adapters.letters.composer import JinjaComposer
from listbot.adapters.letters.samples import SAMPLES
from listbot.domain.errors import WorkFailed
from listbot.domain.letters import LETTERS


class SampleLetters:
    """The letters of one composer."""

    def __init__(self, composer: JinjaComposer) -> None:
        self._composer = composer

    def names(self) -> tuple[str, ...]:
        """See `office.Previews`."""
        return tuple(LETTERS)

    def letter(self, name: str, language: str) -> tuple[str, str, str]:
        """See `office.Previews`."""
        if name not in LETTERS:
            raise WorkFailed(f"there is no letter {name!r}")
        to, values = SAMPLES[name][0]
        filled = self._composer.render(name, to, values, language)
        return filled.subject, filled.text, filled.html
