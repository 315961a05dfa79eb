"""Which rules hold, and putting others in their place."""

from __future__ import annotations

from collections.abc import Mapping

from listbot.domain.work import RuleVersion
from listbot.pipeline.office import Office

INSTALLED = "the rules as installed, which held until then"


async def files_in_force(office: Office) -> tuple[Mapping[str, str], int]:
    """The files of the rule set that holds, and the number of its version: 0 where none was ever applied."""
    version = await office.versions.in_force()
    return (version.files, version.number) if version else (office.rulebook.shipped(), 0)


async def apply_rules(office: Office, files: Mapping[str, str], difference: str, who: str) -> RuleVersion:
    """Make checked files the version in force.

    What held before the very first version is kept as one of its own, so that one can go back to it.
    """
    now = office.context.clock.now()
    before, number = await files_in_force(office)
    if not number:
        await office.versions.apply(before, INSTALLED, who, now)
    return await office.versions.apply(files, difference, who, now)
