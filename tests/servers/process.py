"""Start, watch and end server processes; say what to install where one is missing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

HOST = "127.0.0.1"


def require(programs: Sequence[str], packages: str) -> None:
    """Skip the test where a server is not installed; fail it where CI=true."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/lib/dovecot"
    missing = [program for program in programs if shutil.which(program, path=path) is None]
    if missing:
        unavailable(f"needs {', '.join(missing)}: apt-get install {packages}")
    if os.geteuid() != 0:
        unavailable(f"needs root to start {programs[0]}")


def unavailable(why: str) -> None:
    """Skip loudly (see `pytest_terminal_summary` in fixtures.py), or fail where CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


def run(*command: str | Path, check: bool = True, seconds: float = 60) -> str:
    """Run to the end; returns what was printed.

    The output goes to a file: a daemon that keeps a pipe open would block its reader for ever.
    """
    with tempfile.TemporaryFile("w+", errors="replace") as out:
        words = [str(word) for word in command]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, timeout=seconds, check=False)
        out.seek(0)
        printed = out.read()
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {printed}")
    return printed


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on at the moment."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind((HOST, 0))
    ports: list[int] = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for_port(port: int, what: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection((HOST, port), timeout=0.5).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{what}: nothing listens on {HOST}:{port} after {seconds} s")


def read_pid(path: Path) -> int | None:
    try:
        return int(path.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _stat(pid: int) -> list[str]:
    """State, parent and the rest of /proc/PID/stat; empty for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return []


def alive(pid: int | None) -> bool:
    """A zombie is dead."""
    return pid is not None and (_stat(pid) or ["Z"])[0] != "Z"


def children(pid: int) -> list[int]:
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [child for child in pids if _stat(child)[1:2] == [str(pid)]]


def stop(pid: int | None, seconds: float = 10) -> None:
    """SIGTERM, then SIGKILL."""
    if pid is None or not alive(pid):
        return
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    if alive(pid):
        os.kill(pid, signal.SIGKILL)


def kill(pid: int | None) -> None:
    """SIGKILL at once, as a power cut would."""
    if pid is not None and alive(pid):
        os.kill(pid, signal.SIGKILL)
