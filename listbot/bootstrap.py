"""The one place that chooses adapters and joins them to a running bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from listbot import config
from listbot.config import Settings
from listbot.domain.errors import ConfigError
from listbot.domain.mail import Address
from listbot.domain.trust import ListIdentity
from listbot.domain.work import Queue
from listbot.pipeline.context import Context, Event, Identity

if TYPE_CHECKING:
    from listbot.domain.rules import RuleSet
    from listbot.reading import Reader

log = logging.getLogger(__name__)


def rules_folder(settings: Settings | None = None) -> Path:
    """The folder of rules in use: the configured one, else the shipped one."""
    return (settings.bot.rules if settings else None) or config.shipped("rules")


@cache
def load_rules(folder: Path) -> RuleSet:
    """The rule set of a folder. Raises ListbotError naming every fault with file and line."""
    from listbot.adapters.rulefiles import load

    return load(folder)


def make_reader(settings: Settings | None = None) -> Reader:
    """The reader with the rules' relief types and thresholds."""
    from listbot.reading import Reader

    return Reader(rules_folder(settings))


def upgrade_database(settings: Settings) -> None:
    """Bring the database to this version's structure."""
    from listbot.adapters.sql import upgrade

    upgrade(settings.database.url, config.shipped("migrations"))


def identity(settings: Settings) -> Identity:
    """Who the bot is. Raises ConfigError where the secret cannot be read."""
    file = settings.bot.secret_file
    secret = config.secret_of("", file, "bot.secret_file")
    if len(secret) < 32:
        raise ConfigError(f"{file}: the secret has fewer than 32 characters; make one with `listbot init`")
    return Identity(
        address=Address(settings.bot.address, settings.bot.name),
        secret=secret.encode(),
        mode=settings.bot.mode,
        zone=ZoneInfo(settings.bot.timezone),
        lists=tuple(ListIdentity(x.name, x.id, x.address, x.trust, x.secret_header) for x in settings.list),
        moderators=tuple(Address(m) for m in settings.web.moderators),
        base_url=settings.web.base_url.rstrip("/"),
    )


@asynccontextmanager
async def opened(
    settings: Settings,
    wake: Callable[[Queue], None] = lambda queue: None,
    on_event: Callable[[Event], None] = lambda event: None,
) -> AsyncIterator[Context]:
    """A context over the configured database; SQLite is brought up to date at once, PostgreSQL by `listbot db upgrade`."""
    from listbot.adapters import sql
    from listbot.adapters.clock import SystemClock
    from listbot.adapters.letters import JinjaComposer
    from listbot.adapters.mime import authenticated_domains, parse

    who = identity(settings)
    if settings.database.url.startswith("sqlite"):
        await asyncio.to_thread(upgrade_database, settings)
    rules = load_rules(rules_folder(settings))
    database = sql.Database(settings.database.url)
    try:
        yield Context(
            identity=who,
            clock=SystemClock(),
            journal=sql.SqlJournal(database),
            work=sql.SqlWork(database),
            cases=sql.SqlCases(database),
            registry=sql.SqlRegistry(database, who.secret),
            outbox=sql.SqlOutbox(database),
            parser=parse,
            reader=make_reader(settings),
            composer=JinjaComposer(who.address, who.secret, _template_folders(settings)),
            authenticated=authenticated_domains,
            rules=lambda: rules,
            wake=wake,
            on_event=on_event,
        )
    finally:
        await database.close()


def _template_folders(settings: Settings) -> Sequence[Path]:
    own = rules_folder(settings) / "letters"
    return [own, config.shipped("templates")] if own.is_dir() else [config.shipped("templates")]
