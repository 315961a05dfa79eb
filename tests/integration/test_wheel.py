"""Installed by pip alone, away from the tree, the program finds all it ships with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the installed wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, ROOT], check=True)
    (wheel,) = folder.glob("listbot-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", folder / "site", wheel], check=True)
    return folder / "site"


def listbot(site: Path, folder: Path, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "listbot", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_the_wheel_that_runs(site: Path, tmp_path: Path) -> None:
    code = "import listbot; print(listbot.__file__)"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(said.stdout.strip()).is_relative_to(site)


def test_it_finds_its_rules(site: Path, tmp_path: Path) -> None:
    listbot(site, tmp_path, "rules", "check")


def test_it_reads_a_message(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text("From: ana@fellows.example\nSubject: SIJS in Durham, NC\n\nCan anyone take this case?\n")
    assert '"sijs"' in listbot(site, tmp_path, "triage", "--json", "a.eml")


def test_it_starts_a_bot_and_makes_its_database(site: Path, tmp_path: Path) -> None:
    listbot(site, tmp_path, "init", tmp_path, "--defaults")
    assert (tmp_path / "rules" / "limits.yaml").is_file()
    listbot(site, tmp_path, "db", "upgrade")
    assert (tmp_path / "listbot.db").stat().st_size > 0


def test_it_finds_its_letters(site: Path, tmp_path: Path) -> None:
    code = (
        "from listbot.adapters.letters import check; from listbot.config import shipped; "
        "assert 'site' in str(shipped('templates')); print(check([shipped('templates')]))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"
