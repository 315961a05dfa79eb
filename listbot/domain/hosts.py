"""What can be told of a host from its name, and from the way a connection to it failed."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from ipaddress import ip_address

LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost"})

USUAL = {"source": '993 with "implicit"', "smtp": '587 with "starttls", 465 with "implicit"'}
"""Ports and the TLS that goes with them, by table of the configuration."""


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this machine: then nothing on the way could read what is sent."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES


def obstacle(host: str, port: int, error: OSError, table: str) -> tuple[str, str]:
    """Why there is no connection, and what to check; `table` is where the configuration names the server: source or smtp."""
    place, both = f"{host}:{port}", f"{table}.host and {table}.port"
    error = _clearest(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        mend = f"use the name it is made for as {table}.host, or name its authority in {table}.ca_file"
        return f"the certificate of {place} is not trusted: {error.verify_message}", mend
    if isinstance(error, ssl.SSLError):
        return (
            f"no TLS with {place}: {getattr(error, 'reason', '') or error}",
            f"check {table}.port and {table}.tls, usually {USUAL[table]}",
        )
    if isinstance(error, socket.gaierror):
        return f"no connection to {place}: the name is not known", f"check the spelling of {table}.host, and this machine's DNS"
    if isinstance(error, ConnectionRefusedError):
        return f"no connection to {place}: refused, nothing listens there", f"check {both}, and whether the server runs"
    if isinstance(error, TimeoutError):
        return f"no connection to {place}: no answer in time", f"check {both}, and whether a firewall lets this machine through"
    if isinstance(error, ConnectionError):
        return f"no connection to {place}: it closed at once", f"check {table}.port and {table}.tls, usually {USUAL[table]}"
    if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return f"no connection to {place}: there is no way to it", f"check {table}.host, and this machine's network"
    return f"no connection to {place}: {error.strerror or error}", f"check {both}"


def _clearest(error: OSError) -> OSError:
    """Of several addresses that failed, which asyncio tells in one error without a number, the one that says the most."""
    if error.errno is not None or isinstance(error, ssl.SSLError | TimeoutError):
        return error
    numbers = {int(number) for number in re.findall(r"\[Errno (\d+)\]", str(error))}
    for number in (errno.ECONNREFUSED, errno.ETIMEDOUT, *sorted(numbers)):
        if number in numbers:
            return OSError(number, str(error))
    return error
