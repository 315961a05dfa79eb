"""`listbot run` and `listbot worker`: the service, all in one process or its work alone."""

from __future__ import annotations

import asyncio
import logging
import signal

import typer

from listbot.cli.common import ConfigOption, note, settings_from


def run(config: ConfigOption = None) -> None:
    """Intake, work, delivery and pages in one process; stops cleanly on SIGTERM or Ctrl-C."""
    from listbot.bootstrap import serve

    _serve(config, serve)


def worker(config: ConfigOption = None) -> None:
    """The work and delivery alone, beside `listbot run` on another machine (PostgreSQL)."""
    from listbot.bootstrap import work

    _serve(config, work)


def _serve(config: ConfigOption, service: object) -> None:
    settings = settings_from(config)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("alembic", "aioimaplib", "aiosmtplib", "aiosqlite", "mail.log", "procrastinate", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        note(f"listbot runs in mode {settings.bot.mode}; Ctrl-C stops it")
        assert callable(service)
        await service(settings, stop)

    asyncio.run(main())
    raise typer.Exit(0)
