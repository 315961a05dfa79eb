"""The words of a post as places are looked for among them: runs of them, and what stands before and behind a name."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.reading.gazetteer import SAME, Gazetteer
from listbot.reading.lexicon import Word, joined
from listbot.reading.place_cues import AFTER, CLASS_OF, PREPOSITIONS, SKIPPED
from listbot.reading.place_words import OF_PLACES, ORGANISATION


def _reaches(text: str, words: list[Word]) -> list[int]:
    """For each word the index behind the last that joints alone part from it."""
    reach = [len(words)] * len(words)
    for i in range(len(words) - 2, -1, -1):
        start, end = words[i].end, words[i + 1].start
        one = end - start == 1 and text[start] == " "
        whole = one or (joined(text, words, i, i + 2) and "\n\n" not in text[start:end])
        reach[i] = reach[i + 1] if whole else i + 1
    return reach


def _bare_name(word: Word, before: str, gazetteer: Gazetteer) -> Word:
    """A word without the "'s" of possession, unless it is part of a name: "Denver's court", but "Prince George's"."""
    if word.text[-2:] not in ("'s", "’s") or not word.capital or before in ("prince", "queen", "st", "saint"):
        return word
    if word.norm in gazetteer.towns.longest or word.norm in gazetteer.curated.longest:
        return word
    return Word(word.start, word.end - 2, word.text[:-2], word.norm[:-1])


class PlaceText:
    """A text, its words and their keys in the tables."""

    def __init__(self, text: str, words: list[Word], gazetteer: Gazetteer) -> None:
        self.text, self.gazetteer = text, gazetteer
        self.words = words = [_bare_name(w, words[i - 1].norm if i else "", gazetteer) for i, w in enumerate(words)]
        self.keys = [SAME.get(w.norm, w.norm) for w in words]
        self.reach = _reaches(text, words)

    def ngrams(self, at: int, longest: int) -> Iterator[tuple[int, str]]:
        """The runs of words from `at` with nothing but joints between, longest first: index behind the last, key."""
        for last in range(min(self.reach[at], at + longest), at, -1):
            yield last, " ".join(self.keys[at:last])

    def names_organisation(self, last: int) -> bool:
        """Whether the name is part of an organisation's: "Harbor Asylum Alliance"."""
        end = self.words[last - 1].end
        return (
            self.text[end : end + 1] == " "
            and self.text[end + 1 : end + 2].isupper()
            and bool(ORGANISATION.match(self.text[end : end + 80].split("\n")[0]))
        )

    def before_court(self, last: int) -> bool:
        """Whether a word of a court stands right behind."""
        return last < len(self.words) and AFTER.get(self.words[last].norm, ("",))[0] == "court" and self.gap(last) == " "

    def gap(self, at: int) -> str:
        """What stands between the word before `at` and the word at it."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at else "\n"

    def behind_preposition(self, at: int) -> bool:
        """Whether "in", "from", "to" … stands before, words of direction between."""
        i = at - 1
        while i >= 0 and self.words[i].norm in SKIPPED and self.words[i].norm not in PREPOSITIONS and at - i < 4:
            i -= 1
        if 0 <= i < at - 1 and self.words[i + 1].norm == "of" and self.words[i].norm in OF_PLACES:
            return True
        return (
            i >= 0
            and self.words[i].norm in PREPOSITIONS
            and self.words[i].norm not in ("a", "por", "left", "before")
            and self.gap(i + 1).isspace()
        )

    def class_before(self, at: int) -> bool:
        """Whether a word right before speaks of homes, moves, clients, lawyers or courts."""
        return (
            at > 0
            and self.gap(at).isspace()
            and CLASS_OF.get(self.words[at - 1].norm) in ("seek", "client", "court", "held", "live", "move", "now", "shop")
        )
