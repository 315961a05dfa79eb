"""The rules that hold now, renewed while the bot runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress

from listbot.adapters.rulefiles.load import parse
from listbot.domain.errors import ConfigError, TryLater
from listbot.domain.rules import RuleSet
from listbot.pipeline.ports import RuleVersions

log = logging.getLogger(__name__)

LOOK_SECONDS = 10
"""How often it is looked whether another version of the rules is in force."""


class RulesInForce:
    """`now` is the version in force in the database; `folder` until one was applied.

    `take_up` is handed the files of a version before it counts: with a ConfigError it never does.
    """

    def __init__(self, folder: RuleSet, versions: RuleVersions, take_up: Callable[[Mapping[str, str]], None]) -> None:
        self.now, self.versions, self._take_up = folder, versions, take_up

    async def renew(self) -> None:
        """Have another version take effect, if one is in force by now."""
        version = await self.versions.in_force()
        if version is None or version.number == self.now.version:
            return
        try:
            new = await asyncio.to_thread(parse, version.files, version.number)
            await asyncio.to_thread(self._take_up, version.files)
        except ConfigError as error:
            log.error("version %s of the rules does not count, the one before stays in force: %s", version.number, error)
        else:
            self.now = new

    async def follow(self, stop: asyncio.Event) -> None:
        """Look now and then: another process may have applied a version."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
            with suppress(TryLater):
                await self.renew()
