"""What the doctor looks at, in the order in which one thing needs another."""

from __future__ import annotations

import asyncio
from pathlib import Path

from listbot import bootstrap, config
from listbot.cli.checks import mailbox, ports, sending
from listbot.cli.checks.check import Check, Show
from listbot.config import MailingList, Settings
from listbot.domain.errors import ConfigError, ListbotError

__all__ = ["Check", "diagnose"]


async def diagnose(path: Path | None, show: Show) -> None:
    """Look at everything; what depends on something broken is left out."""
    try:
        settings = config.load(path)
    except ConfigError as error:
        show(Check("configuration", False, str(error)))
        return
    show(Check("configuration", True, f"mode {settings.bot.mode}, {len(settings.source)} sources, {len(settings.list)} lists"))
    _secret(settings, show)
    _rules(settings, show)
    _templates(settings, show)
    await _database(settings, show)
    _people(settings, show)
    await ports.pages(settings.web.listen, show)
    sessions = [s for x in settings.source if (s := await mailbox.source(settings, x, show))]
    sends = await sending.smtp(settings, show)
    await sending.round_trip(settings, sessions[0] if sends and sessions else None, show)
    for session, _ in sessions:
        session.close()
    await asyncio.sleep(0.1)  # TLS says goodbye


def _people(settings: Settings, show: Show) -> None:
    if not settings.source:
        show(Check("sources", False, "none is configured, so no post can arrive", "add a table [[source]]"))
    if not settings.list:
        show(Check("lists", False, "no list is configured, so every post would wait for a moderator", "add a table [[list]]"))
    for one in settings.list:
        _trust(one, show)
    if not settings.web.moderators:
        show(Check("moderators", False, "nobody would see what the bot is unsure of", "add addresses to web.moderators"))


def _trust(one: MailingList, show: Show) -> None:
    if one.trust == "list-id":
        words = "its List-Id alone is believed, a header that anybody can write"
        show(Check(f"list {one.name}", None, words, "see `trust` in docs/configuration.md before you leave shadow mode"))
    else:
        show(Check(f"list {one.name}", True, f"posts are believed by {one.trust}"))


def _secret(settings: Settings, show: Show) -> None:
    try:
        bootstrap.identity(settings)
    except ListbotError as error:
        show(
            Check("secret", False, str(error), f"run `listbot init`, or write 64 random characters to {settings.bot.secret_file}")
        )
        return
    mode = settings.bot.secret_file.stat().st_mode & 0o077
    private = Check("secret", True, "can be read")
    loose = Check("secret", False, "others on this machine can read it", f"chmod 600 {settings.bot.secret_file}")
    show(loose if mode else private)


def _rules(settings: Settings, show: Show) -> None:
    folder = bootstrap.rules_folder(settings)
    try:
        rules = bootstrap.load_rules(folder)
    except ListbotError as error:
        show(Check("rules", False, str(error), f"mend the lines named; `listbot rules check {folder}` shows them again"))
        return
    show(
        Check(
            "rules", True, f"{len(rules.limits)} hard limits, {len(rules.preferences)} preferences, {len(rules.reliefs)} reliefs"
        )
    )


def _templates(settings: Settings, show: Show) -> None:
    from listbot.adapters.letters import check

    faults = check(bootstrap.template_folders(settings))
    if faults:
        show(Check("letters", False, "; ".join(map(str, faults)), "mend the lines named"))
    else:
        show(Check("letters", True, "every letter can be written"))


async def _database(settings: Settings, show: Show) -> None:
    from listbot.adapters.sql import version

    kind = settings.database.url.partition(":")[0]
    try:
        here, newest = await asyncio.to_thread(version, settings.database.url, config.shipped("migrations"))
    except ListbotError as error:
        show(Check("database", False, str(error), "check database.url, and that the server runs and lets this user in"))
        return
    if here == newest:
        show(Check("database", True, f"{kind}, structure {here}"))
    elif kind == "sqlite" and (here is None or here < newest):
        show(Check("database", True, f"sqlite, {'made' if here is None else 'brought up to date'} when listbot next starts"))
    else:
        show(
            Check(
                "database", False, f"{kind}, structure {here or 'none'}, this version needs {newest}", "run `listbot db upgrade`"
            )
        )
