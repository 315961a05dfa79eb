"""What may not be in the tree: paths of one machine, hosts of package mirrors, real addresses, unpinned requirements."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SKIP = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "__pycache__",
    "demo",
}

# a letter in brackets keeps a pattern from finding itself
MACHINE = re.compile(r"(?<![\w.])/(?:wor[k]|roo[t]|home/\w+)/|\.\./share[d]\b|file:/[/]/")
MIRROR = re.compile(r"--(?:extra-)?index-ur[l]|--find-link[s]|artifactregistr[y]|pkg\.de[v]\b", re.IGNORECASE)
ADDRESS = re.compile(r"(?<![\w.%+-])[\w.%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\b")
RESERVED = re.compile(r"(?:^|\.)(?:example|example\.(?:com|net|org)|test|invalid|localhost)$", re.IGNORECASE)
NOT_OURS = {"LICENSE"}


def committed() -> list[Path]:
    """The files of the tree; without git (an unpacked archive) all that are not caches."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=True)
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not SKIP & set(path.parts)]


def texts() -> dict[str, str]:
    found = {}
    for path in committed():
        raw = path.read_bytes()
        if b"\0" not in raw and path.name not in NOT_OURS:
            found[path.relative_to(ROOT).as_posix()] = raw.decode("utf-8", "replace")
    return found


TEXTS = texts()


@pytest.mark.parametrize("pattern", [MACHINE, MIRROR], ids=["paths of a machine", "package mirrors"])
def test_no_file_names_one_machine(pattern: re.Pattern[str]) -> None:
    # the script that looks for a machine's mirrors has to know pip's own words for them
    found = {name: match[0] for name, text in TEXTS.items() if name != "tests/fresh/prove.sh" and (match := pattern.search(text))}
    assert found == {}


def test_every_address_is_at_a_reserved_domain() -> None:
    found = {
        (name, address)
        for name, text in TEXTS.items()
        for address in ADDRESS.findall(text)
        if not RESERVED.search(address.rpartition("@")[2])
    }
    assert found == set()


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_holds_exact_versions_and_hashes_and_nothing_else(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").replace("\\\n", "")
    for line in text.splitlines():
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*==\S+( ; [^-]*?)? +(--hash=sha256:[0-9a-f]{64} *)+", line), line


def test_what_tests_install_includes_what_running_needs() -> None:
    run, dev = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / f"{n}.txt").read_text(), re.MULTILINE)) for n in ("run", "dev")
    )
    assert run <= dev
