"""Words of a text with their places, and phrases looked up among them in one linear pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from listbot.domain.reading import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

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
    """Phrases with a value each, found by spaCy's PhraseMatcher among compared words; the longest at every word wins."""

    def __init__(self, *, plural: bool = False) -> None:
        from spacy.matcher import PhraseMatcher  # takes most of a second to import, and not every command reads posts
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        self._new_doc = Doc
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        self._entries: dict[str, list[tuple[str | None, V]]] = {}
        self._key = stem if plural else str

    def add(self, phrase: str, value: V, *, exact: bool = False) -> None:
        """Know a phrase; `exact` asks for its case as well (for abbreviations that are words in lower case)."""
        doc = self._doc(words_of(phrase))
        if not len(doc):
            return
        if doc.text not in self._entries:
            self._matcher.add(doc.text, [doc])
        entries = self._entries.setdefault(doc.text, [])
        entries.append((re.sub(r"[\W_]+", "", phrase) if exact else None, value))
        entries.sort(key=lambda entry: entry[0] is None)

    def extend(self, phrases: Iterable[tuple[str, V]]) -> None:
        for phrase, value in phrases:
            self.add(phrase, value)

    def find(self, text: str, words: list[Word]) -> Iterator[Hit[V]]:
        """The phrases in a text, longest first at each place, none overlapping."""
        found = self._matcher(self._doc(words)) if words else []
        free = 0
        for key, first, last in sorted(found, key=lambda match: (match[1], -match[2])):
            if first < free or not joined(text, words, first, last):
                continue
            written = "".join(w.text for w in words[first:last])
            for exact, value in self._entries[self._vocab.strings[key]]:
                if exact is None or written in (exact, exact + "s"):
                    yield Hit(first, last, (words[first].start, words[last - 1].end), value)
                    free = last
                    break

    def _doc(self, words: list[Word]) -> Doc:
        return self._new_doc(
            self._vocab, words=[self._key(w.norm) for w in words], spaces=[True] * max(0, len(words) - 1) + [False] * bool(words)
        )


def joined(text: str, words: list[Word], first: int, last: int) -> bool:
    """Whether nothing but blanks and joints stands between these words."""
    return all(
        words[i + 1].start - words[i].end <= 4 and _JOINT.match(text[words[i].end : words[i + 1].start])
        for i in range(first, last - 1)
    )
