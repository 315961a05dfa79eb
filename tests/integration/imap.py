"""Settings and sources for the IMAP tests: short times, a cheap random."""

from __future__ import annotations

from typing import Any

from listbot.adapters.clock import SystemClock
from listbot.adapters.sources.imap import ImapSettings, ImapSource
from tests.servers.dovecot import Mailbox
from tests.servers.process import HOST


def settings(account: Mailbox, **changes: Any) -> ImapSettings:
    values: dict[str, Any] = {
        "name": "lists",
        "host": HOST,
        "port": account.server.imap_port,
        "tls": "none",
        "username": account.address,
        "password": account.password,
        "timeout_seconds": 2.0,
        "idle_seconds": 20.0,
    }
    if "oauth2" in changes:
        values["password"] = ""
    return ImapSettings(**(values | changes))


def source(account: Mailbox, **changes: Any) -> ImapSource:
    return ImapSource(settings(account, **changes), SystemClock(), lambda: 0.1)
