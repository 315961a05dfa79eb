"""A TCP proxy that breaks connections on demand."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

from tests.servers.process import HOST


class Proxy:
    """Forwards `port` to `target`. `total` counts connections so far."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.total = 0
        self.refusing = False
        self.greeting = b""  #: sent instead of the server's, and the connection closed
        self.bytes_per_second = 0
        self.rewrite: Callable[[bytes], bytes] = bytes  #: what to make of each piece the server sends
        self._cut_after: int | None = None
        self._moving = asyncio.Event()
        self._moving.set()
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> Proxy:
        self._server = await asyncio.start_server(self._client, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        if self._server:
            self._server.close()
        self._moving.set()
        self.rst()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def open(self) -> int:
        """Connections at this moment."""
        return len(self._pairs)

    def cut(self) -> None:
        """End every connection (FIN)."""
        for pair in list(self._pairs):
            for writer in pair:
                writer.close()

    def rst(self) -> None:
        """Reset every connection (RST)."""
        for pair in list(self._pairs):
            for writer in pair:
                raw = writer.get_extra_info("socket")
                if raw:
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()

    def freeze(self) -> None:
        """A black hole: connections stay, nothing passes."""
        self._moving.clear()

    def thaw(self) -> None:
        self._moving.set()

    def cut_after(self, count: int) -> None:
        """Cut one connection after `count` more bytes from the server."""
        self._cut_after = count

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.total += 1
        if self.refusing or self.greeting:
            writer.write(self.greeting)
            writer.close()
            return
        try:
            server_reader, server_writer = await asyncio.open_connection(HOST, self.target)
        except OSError:
            writer.close()
            return
        pair = (writer, server_writer)
        self._pairs.add(pair)
        pumps = {
            asyncio.create_task(self._pump(reader, server_writer, from_server=False)),
            asyncio.create_task(self._pump(server_reader, writer, from_server=True)),
        }
        self._tasks |= pumps
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            for each in pair:
                each.close()
            self._pairs.discard(pair)
            self._tasks -= pumps

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, from_server: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(max(1, self.bytes_per_second // 10) if self.bytes_per_second else 65536):
                await self._moving.wait()
                if from_server:
                    data = self.rewrite(data)
                    if self._cut_after is not None and len(data) >= self._cut_after:
                        writer.write(data[: self._cut_after])
                        self._cut_after = None
                        await writer.drain()
                        return
                    if self._cut_after is not None:
                        self._cut_after -= len(data)
                writer.write(data)
                await writer.drain()
                if self.bytes_per_second:
                    await asyncio.sleep(len(data) / self.bytes_per_second)
