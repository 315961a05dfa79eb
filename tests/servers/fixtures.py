"""The mail servers as pytest fixtures; each xdist worker has its own, with its own ports and folder.

`dovecot`, `postfix`: one a session, started when first asked for. `mailbox`: a fresh account of `dovecot`. `pymap`: an IMAP
server from pip alone. `chaos`: a maker of proxies in front of a port. `sink`: an SMTP sink; `sink_factory` makes one with TLS or
a password.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import certificates as authority
from tests.servers import dovecot as dovecot_server
from tests.servers import postfix as postfix_server
from tests.servers.certificates import Certificates
from tests.servers.chaos import Proxy
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.postfix import Postfix
from tests.servers.process import free_ports, require, unavailable
from tests.servers.pymap import Pymap
from tests.servers.sink import Sink


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was skipped for want of a server, so that nobody takes silence for success."""
    skipped = [report.longrepr for report in terminalreporter.stats.get("skipped", [])]
    reasons = {text[2].removeprefix("Skipped: ") for text in skipped if isinstance(text, tuple)}
    wanted = sorted(reason for reason in reasons if reason.startswith("needs "))
    if wanted:
        terminalreporter.section("SERVERS MISSING, TESTS SKIPPED", red=True)
        for reason in wanted:
            terminalreporter.line(reason)


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """Short, because Unix sockets live in it, and open to the servers' own users."""
    folder = Path(tempfile.mkdtemp(prefix="lb-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def certificates(server_folder: Path) -> Certificates:
    if shutil.which("openssl") is None:
        unavailable("needs openssl: apt-get install openssl")
    return authority.make(server_folder / "tls")


@pytest.fixture(scope="session")
def smtp_ports() -> tuple[int, int]:
    """Port 25 and submission: Dovecot must know them before Postfix runs."""
    smtp, submission = free_ports(2)
    return smtp, submission


@pytest.fixture(scope="session")
def dovecot(server_folder: Path, smtp_ports: tuple[int, int], request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    require(dovecot_server.PROGRAMS, dovecot_server.PACKAGES)
    server = Dovecot(server_folder / "dc", request.getfixturevalue("certificates"), smtp_ports[0])
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postfix(server_folder: Path, smtp_ports: tuple[int, int], request: pytest.FixtureRequest) -> Iterator[Postfix]:
    require(postfix_server.PROGRAMS, postfix_server.PACKAGES)
    dovecot: Dovecot = request.getfixturevalue("dovecot")
    server = Postfix(server_folder / "pf", dovecot, request.getfixturevalue("certificates"), *smtp_ports)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Mailbox:
    return dovecot.new_mailbox()


@pytest.fixture
def pymap() -> Iterator[Pymap]:
    server = Pymap().start()
    server.empty()
    yield server
    server.stop()


@pytest.fixture
async def chaos() -> AsyncIterator[Callable[[int], Awaitable[Proxy]]]:
    """`proxy = await chaos(dovecot.imap_port)`."""
    proxies: list[Proxy] = []

    async def start(target: int) -> Proxy:
        proxies.append(await Proxy(target).start())
        return proxies[-1]

    yield start
    for proxy in proxies:
        await proxy.close()


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    server = await Sink().start()
    yield server
    await server.close()


@pytest.fixture
async def sink_factory(request: pytest.FixtureRequest) -> AsyncIterator[Callable[..., Awaitable[Sink]]]:
    """`await sink_factory(tls="starttls" | "implicit" | "", password="...")`."""
    sinks: list[Sink] = []

    async def start(tls: str = "", password: str = "") -> Sink:
        context = request.getfixturevalue("certificates").server_context() if tls else None
        sinks.append(await Sink(tls=context, implicit=tls == "implicit", password=password).start())
        return sinks[-1]

    yield start
    for each in sinks:
        await each.close()
