"""The check of template folders finds every fault, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from listbot.adapters.letters import check

TEMPLATES = Path(__file__).parents[3] / "templates"


def faults_of(tmp_path: Path, name: str, text: str) -> list[str]:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in check([tmp_path, TEMPLATES])]


def test_the_shipped_letters_have_no_fault() -> None:
    assert check([TEMPLATES]) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("en/ask.txt", "Subject: x\n\n{% if to %}\nno end\n", "en/ask.txt:"),
        ("en/ask.txt", "Subject: {{ nonsense }}\n\nx\n", "en/ask.txt:1: 'nonsense' is not known in the letter 'ask'"),
        ("en/ask.txt", "Subject: x\n\n\n{{ nonsense }}\n", "en/ask.txt:4: 'nonsense' is not known"),
        ("en/ask.txt", "Subject: x\n\n{{ facts.colour }}\n", "en/ask.txt:3: 'listbot.domain.letters.Facts object' has no"),
        ("en/ask.txt", "Subject: x\n\n{{ words | shout }}\n", "en/ask.txt:3: No filter named 'shout'"),
        ("en/ask.txt", "Dear colleague\n", 'en/ask.txt:1: the first line must be "Subject: …"'),
        ("en/ask.html", '{% include "elsewhere.html" %}\n', "en/ask.html:1: there is no template 'elsewhere.html'"),
        ("es/note.html", "<p>{{ cases.first.second }}</p>\n", "es/note.html:1: 'tuple object' has no attribute 'first'"),
        ("en/aks.txt", "Subject: x\n", "en/aks.txt:1: no letter has this name"),
        ("xx/ask.txt", "Subject: x\n", "xx/ask.txt:1: no letter has this name"),
    ],
)
def test_a_fault_is_found_with_file_and_line(tmp_path: Path, name: str, text: str, found: str) -> None:
    assert any(fault.startswith(found) for fault in faults_of(tmp_path, name, text)), faults_of(tmp_path, name, text)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faults_of(tmp_path, "en/ask.txt", "Subject: {{ one }}\n\n{{ two }}\n{{ three }}\n")
    told = [str(fault) for fault in check([tmp_path, TEMPLATES])]
    assert len(told) == 3


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "there is no such folder" in str(check([tmp_path / "nowhere", TEMPLATES])[0])


def test_a_folder_without_the_letters_lacks_them_all(tmp_path: Path) -> None:
    assert any("en/ask.txt:1: the template is missing" in str(fault) for fault in check([tmp_path]))
