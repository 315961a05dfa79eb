"""A PostgreSQL of the tests' own: one cluster a session and xdist worker, one database a test, cloned from a migrated template.

`postgres_url` gives a test an empty, migrated database; `postgres_bare` one without any table.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from listbot.adapters.sql import upgrade
from tests.servers.process import free_ports, unavailable

MIGRATIONS = Path(__file__).parents[1] / "migrations"
TEMPLATE = "listbot_template"


def binaries() -> Path:
    """Where Debian keeps the server's programs: `postgres` on the PATH may be something else."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        unavailable("needs PostgreSQL: apt-get install postgresql-15")
    return found[-1].parent


@dataclass
class Cluster:
    """A running server; `url` names one of its databases."""

    port: int
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        return f"postgresql://listbot@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0") -> str:
        """A new database, a copy of the template; its name."""
        name = f"test_{next(self.numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def wait(self, seconds: float = 30) -> None:
        """Until it answers: the port is open while it still says that it is starting up."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self._run("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def _as_user(command: list[str | Path]) -> list[str]:
    """PostgreSQL does not run as root: as Debian's `postgres`, or as nobody."""
    words = [str(word) for word in command]
    if os.geteuid() != 0:
        return words
    return ["runuser", "-u", _user(), "--", *words]


def _user() -> str:
    known = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def running(where: Path = Path("/tmp"), memory: str = "64MB") -> Iterator[Cluster]:
    """A server of its own in a new folder under `where`, with so many shared buffers; gone with its data at the end."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="lb-pg-", dir=where))
    if os.geteuid() == 0:
        shutil.chown(folder, _user())
    (port,) = free_ports(1)
    data, quiet = folder / "data", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    initdb = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "listbot",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    subprocess.run(_as_user(initdb), check=True, cwd=folder, **quiet)
    settings = [
        "fsync=off",
        "full_page_writes=off",
        f"shared_buffers={memory}",
        "max_connections=100",
        "listen_addresses=127.0.0.1",
    ]
    options = [word for setting in settings for word in ("-c", setting)]
    server = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, *options]
    process = subprocess.Popen(_as_user(server), cwd=folder, **quiet)
    try:
        cluster = Cluster(port)
        cluster.wait()
        yield cluster
    finally:
        _stop(process, data)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    with running() as cluster:
        cluster._run(f"CREATE DATABASE {TEMPLATE}")
        upgrade(cluster.url(TEMPLATE), MIGRATIONS)
        yield cluster


def _stop(process: subprocess.Popen[bytes], data: Path) -> None:
    """At once, without waiting for clients; the server's own id, since runuser does not pass every signal on."""
    if pid := (data / "postmaster.pid"):
        os.kill(int(pid.read_text().split()[0]), signal.SIGQUIT)
    process.wait(20)


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    name = postgres_cluster.create(TEMPLATE)
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture
def postgres_bare(postgres_cluster: Cluster) -> Iterator[str]:
    name = postgres_cluster.create()
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)
