"""`listbot run`, `listbot worker` and `listbot web`: the service, all in one process or in its parts."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

import typer

from listbot.cli.common import ConfigOption, note, settings_from

if TYPE_CHECKING:
    from listbot.config import Settings

log = logging.getLogger(__name__)


def run(config: ConfigOption = None) -> None:
    """Intake, work, delivery and pages in one process; stops cleanly on SIGTERM or Ctrl-C."""
    from listbot.bootstrap import serve
    from listbot.cli.events import tell
    from listbot.domain.errors import ConfigError
    from listbot.web.server import listening

    def service(settings: Settings, stop: asyncio.Event) -> Coroutine[None, None, None]:
        try:
            pages = listening(settings.web.listen)
        except ConfigError as error:  # mail goes on without pages
            log.error("the pages are not served: %s", error)
            pages = None
        return serve(settings, stop, tell, pages=pages)

    _serve(config, service)


def worker(config: ConfigOption = None) -> None:
    """The work and delivery alone, beside `listbot run` on another machine (PostgreSQL)."""
    from listbot.bootstrap import work
    from listbot.cli.events import tell

    _serve(config, lambda settings, stop: work(settings, stop, tell))


def web(config: ConfigOption = None) -> None:
    """The pages alone, beside `listbot worker` on another machine (PostgreSQL)."""
    from listbot.bootstrap import web as pages_alone
    from listbot.web.server import listening

    _serve(config, lambda settings, stop: pages_alone(settings, stop, listening(settings.web.listen)))


def _serve(config: ConfigOption, service: Callable[[Settings, asyncio.Event], Coroutine[None, None, None]]) -> None:
    settings = settings_from(config)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("alembic", "aioimaplib", "aiosmtplib", "aiosqlite", "mail.log", "procrastinate", "httpx", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        note(f"the bot runs in mode {settings.bot.mode}; Ctrl-C stops it")
        await service(settings, stop)

    try:
        asyncio.run(main())
    except BaseExceptionGroup as group:
        raise _first(group) from group
    raise typer.Exit(0)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """What went wrong first in a part of the service: the others were ended because of it."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
