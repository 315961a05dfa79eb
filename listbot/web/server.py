"""Serves the pages by uvicorn, beside whatever else the process does."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from listbot.bootstrap import Pages
from listbot.domain.errors import ConfigError
from listbot.pipeline.office import Office

log = logging.getLogger(__name__)

GRACE_SECONDS = 5
"""How long open requests may take to end when the process stops."""


def listening(address: str) -> Pages:
    """The pages at `host:port`, bound at once. Raises ConfigError where that cannot be."""
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), int(port)))
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"web.listen = {address!r}: {error.strerror}; name another host and port, or stop what listens there"
        ) from None

    async def pages(office: Office, stop: asyncio.Event) -> None:
        await serve(office, listener, stop)

    return pages


async def serve(office: Office, listener: socket.socket, stop: asyncio.Event) -> None:
    """Answer requests until `stop`, then let the open ones end."""
    import uvicorn

    from listbot.web.app import make_app

    host, port = listener.getsockname()[:2]
    own = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    config = uvicorn.Config(
        make_app(office, own),
        log_config=None,
        access_log=False,  # addresses of takers' pages are secrets
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )

    class Server(uvicorn.Server):
        """Leaves the process's signals to the process."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    server = Server(config)
    log.info("the pages are at %s", office.context.identity.base_url or own)

    async def end() -> None:
        await stop.wait()
        server.should_exit = True

    ending = asyncio.create_task(end())
    try:
        await server.serve([listener])
    finally:
        ending.cancel()
        listener.close()
