"""The rules that hold now, renewed while the bot runs."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from listbot.adapters.rulefiles.load import parse
from listbot.domain.errors import TryLater
from listbot.domain.rules import RuleSet
from listbot.pipeline.ports import RuleVersions

LOOK_SECONDS = 10
"""How often it is looked whether another version of the rules is in force."""


class RulesInForce:
    """`now` is the version in force in the database; `folder` where there is none, and always where the folder is `fixed`."""

    def __init__(self, folder: RuleSet, versions: RuleVersions, *, fixed: bool) -> None:
        self.now, self.versions, self._fixed = folder, versions, fixed

    async def renew(self) -> None:
        """Look whether another version is in force by now."""
        version = None if self._fixed else await self.versions.in_force()
        if version is not None and version.number != self.now.version:
            self.now = await asyncio.to_thread(parse, version.files, version.number)

    async def follow(self, stop: asyncio.Event) -> None:
        """Look now and then: another process may have applied a version."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
            with suppress(TryLater):
                await self.renew()
