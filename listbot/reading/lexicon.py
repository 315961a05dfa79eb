"""Words of a text with their places, and phrases looked up among them in one linear pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from listbot.domain.reading import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼʻ`][^\W\d_]+)*['’ʼ]?|\d+")
_JOINT = re.compile(r"[\s\-–/.,'’()§&:]{0,4}\Z")

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or of digits, as written and as compared (lower case, no accents or apostrophes)."""

    start: int
    end: int
    text: str
    norm: str

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def norm(word: str) -> str:
    """What makes two spellings the same word."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.lower().replace("'", "").replace("’", "").replace("ʼ", "").replace("ʻ", "").replace("`", "")


def stem(word: str) -> str:
    """A normalised word without its plural s."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [Word(m.start(), m.end(), m[0], norm(m[0])) for m in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """A phrase found: first and last word (exclusive), characters, value."""

    first: int
    last: int
    span: Span
    value: V


class Lexicon(Generic[V]):
    """Phrases with a value each; finds the longest at every word."""

    def __init__(self, *, plural: bool = False) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str | None, V]]] = {}
        self._key = (lambda w: stem(w)) if plural else (lambda w: w)

    def add(self, phrase: str, value: V, *, exact: bool = False) -> None:
        """Know a phrase; `exact` asks for its case as well (for abbreviations that are words in lower case)."""
        keys = tuple(self._key(w.norm) for w in words_of(phrase))
        if keys:
            entries = self._by_first.setdefault(keys[0], [])
            entries.append((keys, re.sub(r"[\W_]+", "", phrase) if exact else None, value))
            entries.sort(key=lambda e: (-len(e[0]), e[1] is None))

    def extend(self, phrases: Iterable[tuple[str, V]]) -> None:
        for phrase, value in phrases:
            self.add(phrase, value)

    def find(self, text: str, words: list[Word]) -> Iterator[Hit[V]]:
        """The phrases in a text, longest first at each place, none overlapping."""
        keys = [self._key(w.norm) for w in words]
        at = 0
        while at < len(words):
            hit = self._at(text, words, keys, at)
            if hit:
                yield hit
                at = hit.last
            else:
                at += 1

    def _at(self, text: str, words: list[Word], keys: list[str], at: int) -> Hit[V] | None:
        for phrase, exact, value in self._by_first.get(keys[at], ()):
            last = at + len(phrase)
            if last > len(words) or tuple(keys[at:last]) != phrase or not joined(text, words, at, last):
                continue
            written = "".join(w.text for w in words[at:last])
            if exact is not None and written != exact and written != exact + "s":
                continue
            return Hit(at, last, (words[at].start, words[last - 1].end), value)
        return None


def joined(text: str, words: list[Word], first: int, last: int) -> bool:
    """Whether nothing but blanks and joints stands between these words."""
    return all(
        words[i + 1].start - words[i].end <= 4 and _JOINT.match(text[words[i].end : words[i + 1].start])
        for i in range(first, last - 1)
    )
