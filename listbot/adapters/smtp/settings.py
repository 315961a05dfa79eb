"""What the transport must know of its server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from listbot.domain.errors import ConfigError
from listbot.domain.hosts import is_loopback

TokenProvider = Callable[[], Awaitable[str]]
"""Gives a fresh OAuth 2 access token (XOAUTH2); asked at each new connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Times are seconds. With a `token` the user logs in by XOAUTH2, with a `password` by the best way the server offers."""

    host: str
    port: int = 587
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    ca_file: Path | None = None  #: trusted instead of the system's authorities
    username: str = ""
    password: str = field(default="", repr=False)
    token: TokenProvider | None = field(default=None, repr=False, hash=False)
    connections: int = 4
    hello: str = ""  #: name said at EHLO; empty: this machine's
    timeout: float = 30.0  #: for each answer of the server
    data_timeout: float = 120.0  #: for the answer to the message itself
    idle: float = 20.0  #: how long a connection is kept unused; servers under stress close theirs after 10 to 300

    def __post_init__(self) -> None:
        if self.tls == "none" and not is_loopback(self.host):
            raise ConfigError(f'smtp.tls = "none" is for loopback only, and {self.host} is not; use "starttls" or "implicit"')
