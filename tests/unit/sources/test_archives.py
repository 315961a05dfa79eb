"""Reading mbox archives and Maildirs offline, and as sources where files are odd."""

from __future__ import annotations

import gzip
import io
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.adapters.clock import SystemClock
from listbot.adapters.sources import maildir, mbox
from listbot.domain.errors import ConfigError
from listbot.domain.mail import Cursor
from tests.following import Kept, following, message

FROM = b"From someone@fellows.example Mon Feb  3 12:00:00 2025\n"


def bodies(archive: bytes) -> list[bytes]:
    return [found.raw for found in mbox.read(io.BytesIO(archive), 0)]


def test_messages_are_told_apart_and_unquoted() -> None:
    archive = FROM + b"Subject: a\n\n>From me\n>>From you\n\n" + FROM + b"Subject: b\n\ntext\n\n"
    assert bodies(archive) == [b"Subject: a\n\nFrom me\n>From you\n", b"Subject: b\n\ntext\n"]


@pytest.mark.parametrize(
    "line",
    [
        b"From here on 12 of us work\n",
        b"From Monday 9:30 we meet\nSubject to change\n",
        b"From now on\nAddress: 5 Main Street\n",
    ],
)
def test_a_text_that_says_from_is_no_new_message(line: bytes) -> None:
    assert len(bodies(FROM + b"Subject: a\n\nHello.\n\n" + line + b"\n")) == 1


@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Feb 03 12:00:00 2025\r\n",
        b"From \n",
        b"From 1823@xxx Mon Feb 03 12:00:00 +0000 2025\n",
        b"From ann at fellows.example  Mon Feb  3 12:00:00 2025\n",
    ],
)
def test_from_lines_of_other_programs_are_known(line: bytes) -> None:
    assert bodies(line + b"Subject: a\n\nx\n\n" + line + b"Subject: b\n\ny\n") == [b"Subject: a\n\nx\n", b"Subject: b\n\ny\n"]


def test_a_file_without_from_lines_is_one_message() -> None:
    assert bodies(b"Subject: a\n\nx\n") == [b"Subject: a\n\nx\n"]


@pytest.mark.parametrize("archive", [b"", b"\n\n", FROM, FROM + FROM])
def test_an_archive_may_hold_next_to_nothing(archive: bytes) -> None:
    assert len(bodies(archive)) <= 1


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30)
LINES = st.lists(st.sampled_from(["", "From me", ">From you", FROM.decode().strip(), "Subject: x"]) | TEXT, max_size=8)


@given(st.lists(LINES, max_size=5))
def test_whatever_was_written_as_mboxrd_is_read_back(texts: list[list[str]]) -> None:
    posts = [b"Subject: s\n\n" + "".join(f"{line}\n" for line in lines).encode() for lines in texts]
    archive = b"".join(FROM + _quoted(post) + b"\n" for post in posts)
    found = list(mbox.read(io.BytesIO(archive), 0))
    assert [each.raw for each in found] == posts
    assert [each.end for each in found[:-1]] == [each.start for each in found[1:]]


def _quoted(post: bytes) -> bytes:
    lines = post.split(b"\n")
    return b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(archive: bytes) -> None:
    assert len(bodies(archive)) <= 1 + archive.count(b"From ")


def test_an_archive_is_read_compressed_as_well(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(FROM + b"Subject: a\n\nx\n")
    (tmp_path / "a.mbox.gz").write_bytes(gzip.compress(FROM + b"Subject: a\n\nx\n"))
    assert list(mbox.messages(tmp_path / "a.mbox")) == list(mbox.messages(tmp_path / "a.mbox.gz"))


def test_a_message_over_the_limit_is_shortened(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(FROM + b"Subject: a\n\n" + b"x" * 300_000 + b"\n")
    ((_, raw),) = mbox.messages(tmp_path / "a.mbox", limit=250_000)
    assert raw.startswith(b"X-Listbot-Truncated: the first 200000 of 300013 bytes")


async def test_another_archive_under_the_same_name_is_read_from_its_start(tmp_path: Path) -> None:
    path, kept = tmp_path / "a.mbox", Kept()
    path.write_bytes(FROM + message(1) + b"\n")
    source = mbox.MboxSource(mbox.MboxSettings(name="a", path=str(path), poll_seconds=0.01), SystemClock(), lambda: 0.01)
    async with following(source, kept):
        await kept.wait_for(1)
        path.write_bytes(FROM.replace(b"2025", b"2024") + message(2) + b"\n" + FROM + message(3) + b"\n")
        await kept.wait_for(3)
    assert kept.numbers == [1, 2, 3]


async def test_a_message_still_being_written_is_waited_for(tmp_path: Path) -> None:
    path, kept = tmp_path / "a.mbox", Kept()
    path.write_bytes(b"")
    source = mbox.MboxSource(mbox.MboxSettings(name="a", path=str(path), poll_seconds=0.1), SystemClock(), lambda: 0.01)
    whole = FROM + message(1)
    async with following(source, kept):
        for piece in (whole[:60], whole[60:90], whole[90:]):
            with path.open("ab") as file:
                file.write(piece)
            await SystemClock().sleep(0.03)
        await kept.wait_for(1)
    assert [arrival.raw for arrival in kept.offered] == [message(1)]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


def source(box: Path, **changes: object) -> maildir.MaildirSource:
    settings = maildir.MaildirSettings(name="box", path=str(box), poll_seconds=0.01, **changes)  # type: ignore[arg-type]
    return maildir.MaildirSource(settings, SystemClock(), lambda: 0.01)


def test_a_maildir_is_read_oldest_first_without_what_is_being_written(box: Path) -> None:
    for n, folder in ((3, "new"), (1, "cur"), (2, "new"), (4, "tmp")):
        name = f"{n}.host:2,S" if folder == "cur" else f"{n}.host"
        (box / folder / name).write_bytes(message(n))
        os.utime(box / folder / name, (n, n))
    assert [key for key, _ in maildir.messages(box)] == ["1.host", "2.host", "3.host"]


async def test_a_message_moved_by_a_mail_program_is_the_same(box: Path) -> None:
    (box / "new" / "1.host").write_bytes(message(1))
    kept = Kept()
    async with following(source(box), kept):
        await kept.wait_for(1)
        (box / "new" / "1.host").rename(box / "cur" / "1.host:2,RS")
        (box / "new" / "2.host").write_bytes(message(2))
        await kept.wait_for(2)
    assert kept.numbers == [1, 2]
    assert len(kept.offered) == 2


async def test_kept_messages_are_marked_where_asked_for(box: Path) -> None:
    (box / "new" / "1.host").write_bytes(message(1))
    kept = Kept()
    async with following(source(box, mark_seen=True), kept):
        await kept.wait_for(1)
    assert [path.name for path in (box / "cur").iterdir()] == ["1.host:2,S"]


async def test_old_files_are_not_read_again_but_newly_copied_ones_with_old_dates_are(box: Path) -> None:
    (box / "new" / "1.host").write_bytes(message(1))
    kept = Kept()
    kept.cursor = Cursor(0, time.time_ns() + 2 * maildir.SLACK)
    async with following(source(box), kept):
        await SystemClock().sleep(0.05)
    assert kept.offered == []
    os.utime(box / "new" / "1.host", (1, 1))
    kept.cursor = Cursor(0, time.time_ns())
    async with following(source(box), kept):
        await kept.wait_for(1)
    assert kept.arrivals[0].received_at.year == 1970


async def test_a_folder_that_is_away_for_a_while_is_waited_for(box: Path) -> None:
    kept, here = Kept(), source(box)
    away = str(box.with_name("away"))
    async with following(here, kept):
        await SystemClock().sleep(0.03)
        os.rename(box, away)
        await SystemClock().sleep(0.05)
        assert "FileNotFoundError" in here.status.fault
        os.rename(away, box)
        (box / "new" / "1.host").write_bytes(message(1))
        await kept.wait_for(1)
    assert here.status.fault == ""


def test_paths_that_are_no_archive_are_a_wrong_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no Maildir"):
        maildir.MaildirSettings(name="x", path=str(tmp_path))
    with pytest.raises(ConfigError, match="no file"):
        mbox.MboxSettings(name="x", path=str(tmp_path))
