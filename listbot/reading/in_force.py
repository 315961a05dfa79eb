"""The reader under the rules in force: a version that is applied counts from the next post on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from listbot.domain.corrections import Correction
from listbot.domain.errors import ConfigError
from listbot.domain.mail import Post
from listbot.domain.reading import Need, Reading
from listbot.domain.work import AnswerReading
from listbot.reading.gazetteer import load_curated
from listbot.reading.reader import Reader
from listbot.reading.settings import load_settings


class ReaderInForce:
    """Reads by a folder of rules until other files are in force. Its tables are loaded when the first post comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: Mapping[str, str] | None = None
        self._loaded: Reader | None = None
        self._lock = Lock()  # posts are read in threads

    def renew(self, files: Mapping[str, str]) -> None:
        """Read by these rule files from the next post on. Raises ConfigError for faulty ones; then all stays as it was."""
        loaded = self._loaded
        made = _made(files, loaded) if loaded else None
        with self._lock:
            self._files, self._loaded = files, made

    def under(self, folder: Path) -> ReaderInForce | Reader:
        """A reader by another folder of rules: this one where the folder says the same of reading."""
        mine, other = self._files or _texts(self._folder), _texts(folder)
        if all(mine.get(name) == other.get(name) for name in mine.keys() | other.keys() if _on_reading(name)):
            return self
        return Reader(load_settings(folder), judge=self._now().judge)

    def read(self, post: Post) -> Reading:
        """See `ports.Reader`."""
        return self._now().read(post)

    def read_answer(self, post: Post, today: datetime) -> AnswerReading:
        """See `ports.Reader`."""
        return self._now().read_answer(post, today)

    def read_room(self, post: Post, today: datetime) -> AnswerReading:
        """See `ports.Reader`."""
        return self._now().read_room(post, today)

    def read_correction(self, post: Post, need: Need, today: date) -> Correction:
        """See `ports.Reader`."""
        return self._now().read_correction(post, need, today)

    def read_further(self, post: Post, known: Need, today: date) -> Need | None:
        """See `ports.Reader`."""
        return self._now().read_further(post, known, today)

    def redact(self, text: str) -> str:
        """See `ports.Reader`."""
        return self._now().redact(text)

    def _now(self) -> Reader:
        with self._lock:
            if self._loaded is None:
                self._loaded = _made(self._files, None) if self._files else Reader(load_settings(self._folder))
            return self._loaded


def check_reading(files: Mapping[str, str]) -> str:
    """What is wrong with the files that only reading knows (relief types, thresholds, places), "" where nothing is."""
    with TemporaryDirectory() as name:
        folder = _unpacked(files, Path(name))
        try:
            load_curated(load_settings(folder).places)
        except ConfigError as error:
            return str(error).replace(f"{folder}/", "")
    return ""


def _texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}


def _on_reading(name: str) -> bool:
    """Whether a rule file is one of those that reading goes by."""
    return name in ("relief.yaml", "reading.yaml", "kind.yaml") or name.startswith("places/")


def _made(files: Mapping[str, str], before: Reader | None) -> Reader:
    """A reader by these files; the encoder, which is no rule, is shared with the one before."""
    with TemporaryDirectory() as name:
        return Reader(load_settings(_unpacked(files, Path(name))), judge=before.judge if before else None)


def _unpacked(files: Mapping[str, str], folder: Path) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
