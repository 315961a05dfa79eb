"""pymap in a process of its own: an IMAP server that needs no apt package; one account, in memory."""

from __future__ import annotations

import imaplib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.servers.process import HOST, free_ports, wait_for_port

USER = "bot"
PASSWORD = "secret"


class Pymap:
    """IDLE is announced only after login; there is no CONDSTORE, no SASL-IR, no TLS here."""

    def __init__(self) -> None:
        (self.port,) = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Pymap:
        program = Path(sys.executable).parent / "pymap"
        words = [
            program,
            "--host",
            HOST,
            "--port",
            self.port,
            "--no-tls",
            "dict",
            "--demo-user",
            USER,
            "--demo-password",
            PASSWORD,
        ]
        self._process = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_port(self.port, "pymap")
        return self

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def empty(self) -> None:
        """Throw the demo messages away."""
        with self._client() as imap:
            imap.select("INBOX")
            imap.store("1:*", "+FLAGS.SILENT", "(\\Deleted)")
            imap.expunge()

    def append(self, messages: Sequence[bytes]) -> None:
        with self._client() as imap:
            for message in messages:
                status, answer = imap.append("INBOX", "", "", message)
                if status != "OK":
                    raise RuntimeError(f"append: {answer!r}")

    def _client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(HOST, self.port, timeout=30)
        client.login(USER, PASSWORD)
        return client
