"""Whether what listens on this machine can: the port is free, or listbot has it already."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from http.client import HTTPException
from ipaddress import ip_address
from urllib.request import urlopen

from listbot.cli.checks.check import Check, Show

SECONDS = 3.0
"""Patience with this machine."""


async def pages(listen: str, show: Show) -> None:
    """The pages' port."""
    show(await asyncio.to_thread(_checked, "pages", listen, "web.listen", _our_pages))


async def lmtp(name: str, listen: str, show: Show) -> None:
    """The port where the mail server hands messages over."""
    show(await asyncio.to_thread(_checked, name, listen, "source.listen", _our_lmtp))


def _checked(name: str, listen: str, key: str, ours: Callable[[str, int], bool]) -> Check:
    host, _, digits = listen.rpartition(":")
    host, port = host.strip("[]"), int(digits)
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return Check(
                name, False, f"cannot listen on {listen}: {error.strerror}", f"set {key} to an address and port it may have"
            )
        if ours(_reached(host), port):
            return Check(name, True, f"{listen}: listbot is running there")
        mend = f"set {key} to another port, or stop what listens there (`ss -ltnp` names it)"
        return Check(name, False, f"something else listens on {listen}", mend)
    return Check(name, True, f"{listen} is free")


def _reached(host: str) -> str:
    """Where one that listens on all of this machine's addresses is found."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return ("127.0.0.1" if address.version == 4 else "::1") if address.is_unspecified else host


def _our_pages(host: str, port: int) -> bool:
    place = f"[{host}]" if ":" in host else host
    try:
        with urlopen(f"http://{place}:{port}/metrics", timeout=SECONDS) as answer:
            return b"listbot_info" in answer.read(1_000_000)
    except (OSError, HTTPException):
        return False


def _our_lmtp(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), SECONDS) as connection:
            return connection.recv(100).startswith(b"220 listbot ")
    except OSError:
        return False
