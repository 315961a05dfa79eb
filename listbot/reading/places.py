"""Place mentions: candidates from the tables, the state each lies in, what the post calls it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from listbot.domain.reading import Span
from listbot.reading import states
from listbot.reading.gazetteer import Gazetteer, Spot, key_of
from listbot.reading.lexicon import Word
from listbot.reading.place_cues import AFTER
from listbot.reading.place_text import PlaceText
from listbot.reading.place_words import (
    AGED,
    CITY_INITIALS,
    COURT_OF,
    COURTS,
    HELD,
    HOLDING,
    INSIDE,
    JAIL,
    NOT_THERE,
    ORDINARY,
    TITLE,
)

LIMIT = 200
"""Place mentions of a post that are looked at."""
_SLIP = 0.85
"""How like a town's name a misspelt one must be."""
ENOUGH = 1.6
"""Weight of what speaks for a place, above which a name without its state is one."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as written, the spots it may be, and how plainly its state is told (said, or from context)."""

    span: Span
    text: str
    kind: str
    options: tuple[Spot, ...]
    said: bool = False  #: the state stands beside it
    plausible: bool = True  #: enough around it says that a place is meant
    holding: Spot | None = None  #: the place of detention that goes by the same name
    spot: Spot | None = None  #: the chosen one; None while several remain

    @property
    def state(self) -> str | None:
        return self.spot.state if self.spot else None


Step = tuple[PlaceMention, int]
"""A mention, and the index of the first word behind it."""


def find_places(text: str, words: list[Word], gazetteer: Gazetteer, author: str = "") -> list[PlaceMention]:
    """Every place mention of a text, its state not yet chosen."""
    finder = _Finder(text, words, gazetteer, author)
    found = finder.all()
    if not finder.held and any(m.kind == "facility" and m.plausible for m in found):
        finder.held = True  # one place of detention in the post: its short names count too
        found = finder.all()
    return found


class _Finder(PlaceText):
    """One pass over the words of a post, for its places."""

    def __init__(self, text: str, words: list[Word], gazetteer: Gazetteer, author: str) -> None:
        super().__init__(text, words, gazetteer)
        self.own = {w for w in key_of(author) if len(w) > 2}
        self.capital = gazetteer.town("Washington", "DC")
        self.subject_end = text.find("\n")
        self.held = bool(HELD.search(text))
        capitals = sum(w.capital for w in words if w.text[0].isalpha())
        self.casual = capitals < 0.06 * len(words)  # a writer who hardly ever uses capitals

    def all(self) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        at = 0
        curated, towns = self.gazetteer.curated.longest, self.gazetteer.towns.longest
        while at < len(self.words) and len(found) < LIMIT:
            key, word = self.keys[at], self.words[at]
            step = (
                (self._jail(at) if key in towns and word.capital else None)
                or (self._curated(at) if key in curated else None)
                or (self._district(at) if len(word.text) == 1 or word.text in states.DISTRICTS else None)
                or self._longer(
                    self._town(at) if key in towns else None,
                    self._state(at) if word.norm in states.FIRST_WORDS else None,
                )
                or (self._zip(at) if len(word.text) == 5 else None)
                or (self._misspelt(at) if word.capital and len(word.text) >= 5 else None)
            )
            if step:
                mention, at = step
                found.append(mention)
            else:
                at += 1
        return found

    @staticmethod
    def _longer(town: Step | None, state: Step | None) -> Step | None:
        """The one that takes in more words: "West Virginia" is not the town of West, and "Texas City" not Texas."""
        return state if town is None or (state is not None and state[1] > town[1]) else town

    def _curated(self, at: int) -> Step | None:
        """A facility, court, office, region or neighbourhood."""
        names = self.gazetteer.curated
        for last, key in self.ngrams(at, names.longest[self.keys[at]]):
            entries = names.spots.get(key)
            if not entries or not self._written_as_name(at, last, key, entries[0][0]):
                continue
            if self._longer_town(at, last) or self._in_another_state(last, key, entries):
                return None
            usable = [spot for spot, weak in entries if not weak or self._weak_counts(at, last, spot)]
            if self.before_court(last) and any(s.kind == "court" for s in usable):
                usable.sort(key=lambda s: s.kind != "court")
            if usable:
                options = self._jails(key, usable) if usable[0].kind == "facility" and key.endswith(" county") else tuple(usable)
                mention, behind = self._with_state(at, last, options, usable[0].kind)
                return replace(mention, plausible=mention.kind == "facility" or not self.names_organisation(last)), behind
            if self.words[at].capital and key not in self.gazetteer.towns.spots:
                mention, behind = self._with_state(at, last, tuple(s for s, _ in entries), entries[0][0].kind)
                return replace(mention, plausible=mention.said), behind
        return None

    def _jail(self, at: int) -> Step | None:
        """A county's jail: those of all counties of the name, whether or not the tables know that one."""
        counties, curated = self.gazetteer.towns, self.gazetteer.curated.spots
        for last, key in self.ngrams(at, counties.longest[self.keys[at]]):
            found = [s for s, _ in counties.spots.get(key, ())]
            m = JAIL.match(self.text, self.words[last - 1].end) if found and found[0].kind == "county" else None
            if not m:
                continue
            behind = last
            while behind < len(self.words) and self.words[behind].start < m.end():
                behind += 1
            listed = curated.get(" ".join(self.keys[at:behind])) or curated.get(f"{key} jail") or ()
            known = [s for s, _ in listed if s.kind == "facility"]
            if any(s.sort != "county_jail" for s in known):
                return None
            return self._with_state(at, behind, self._jails(key, known), "facility")
        return None

    def _jails(self, key: str, known: Sequence[Spot]) -> tuple[Spot, ...]:
        """The jails of all counties of a name, those of the tables first."""
        listed = {s.state for s in known}
        others = [s for s, _ in self.gazetteer.towns.spots.get(key, ()) if s.kind == "county" and s.state not in listed]
        called = (f"{s.name} {'Parish' if s.state == 'LA' else 'County'} Jail" for s in others)
        return (
            *known,
            *(replace(s, kind="facility", name=n, population=0, sort="county_jail") for s, n in zip(others, called, strict=True)),
        )

    def _longer_town(self, at: int, last: int) -> bool:
        """Whether a town's name begins here that is longer: "Texas City" is not "Texas"."""
        names = self.gazetteer.towns
        found = (names.spots.get(key) for end, key in self.ngrams(at, names.longest.get(self.keys[at], 0)) if end > last)
        return any(entries and any(s.kind == "place" for s, _ in entries) for entries in found)

    def _in_another_state(self, last: int, key: str, entries: list[tuple[Spot, bool]]) -> bool:
        """Whether a state stands behind in which only a town or county has this name: "Polk County, Ia." is not the jail in Texas."""
        after = states.AFTER.match(self.text, self.words[last - 1].end)
        code = states.code_of(after["state"]) if after else None
        if code is None or any(code in (s.state, *s.states) for s, _ in entries):
            return False
        return any(s.state == code for s, _ in self.gazetteer.towns.spots.get(key, ()))

    def _written_as_name(self, at: int, last: int, key: str, spot: Spot) -> bool:
        """A single word counts in capitals, or in lower case where it is long and no common word; initials only in capitals."""
        word = self.words[at]
        if len(key.replace(" ", "")) < 4:
            return word.text.isupper() or word.text.isdigit() or (key in CITY_INITIALS and self.behind_preposition(at))
        if last - at > 1 or word.capital or word.text.isdigit():
            return True
        if spot.kind == "facility":
            known = word.norm not in self.gazetteer.stop or self.behind_preposition(at)
        else:
            known = word.norm not in self.gazetteer.stop and spot.kind != "office"
        return len(word.text) >= (4 if self.casual else 5) and word.norm not in ORDINARY and known

    def _weak_counts(self, at: int, last: int, spot: Spot) -> bool:
        """A spelling that is also another word: needs words of detention (facility), or of place (the rest) near it."""
        text, start, end = self.text, self.words[at].start, self.words[last - 1].end
        if spot.kind == "facility":
            if TITLE.search(text, max(0, start - 14), start) or self.before_court(last):
                return False
            if COURT_OF.search(text, max(0, start - 24), start):
                return False
            near = [m[0].lower() for m in HOLDING.finditer(text, max(0, start - 70), end + 60)]
            sheltered = bool(near) and all(w in ("shelter", "orr", "intake") for w in near)
            return self.held or (bool(near) and (not sheltered or "orr" in spot.sort))
        if not self.words[at].capital:
            return False
        if spot.kind in ("court", "office"):
            return last - at > 1 or bool(COURTS.search(text, max(0, start - 80), end + 80))
        after = states.AFTER.match(text, end)
        if after and states.code_of(after["state"]) in (spot.state, *spot.states):
            return True
        in_city = bool(spot.city and spot.city in text)
        return self.behind_preposition(at) and (in_city or bool(spot.state and states.NAMES[spot.state] in text))

    def _with_state(self, at: int, last: int, options: tuple[Spot, ...], kind: str) -> Step:
        """The mention, together with the state that stands behind it."""
        text, words = self.text, self.words
        start, end = words[at].start, words[last - 1].end
        after = states.AFTER.match(text, end)
        if not after and not text[start:end].isupper():
            after = states.AFTER_LOWER.match(text, end)
        code = states.code_of(after["state"]) if after else None
        if after and self._begins_town(after.span("state"), last):
            code = None
        fitting = tuple(s for s in options if code and (s.state == code or code in s.states))
        if not after or not code or not fitting:
            return PlaceMention((start, end), text[start:end], kind, options), last
        end = after.end("state")
        while last < len(words) and words[last].start < end:
            last += 1
        narrowed = tuple(replace(s, state=code) if s.state is None else s for s in fitting)
        return PlaceMention((start, end), re.sub(r"\s+", " ", text[start:end]), kind, narrowed, said=True), last

    def _begins_town(self, state: Span, at: int) -> bool:
        """Whether what looks like a state behind a name is the begin of another town: "Rexburg/Idaho Falls"."""
        if at >= len(self.words) or self.words[at].start != state[0]:
            return False
        behind = at
        while behind < len(self.words) and self.words[behind].start < state[1]:
            behind += 1
        return self._longer_town(at, behind)

    def _town(self, at: int) -> Step | None:
        """A town or county of the tables."""
        names, word = self.gazetteer.towns, self.words[at]
        for last, key in self.ngrams(at, names.longest[self.keys[at]]):
            entries = names.spots.get(key)
            if not entries:
                continue
            options = tuple(spot for spot, _ in entries)
            kind = "county" if all(o.kind == "county" for o in options) else "town"
            mention, behind = self._with_state(at, last, options, kind)
            if mention.said and self._stated(at, last, mention):
                return replace(mention, holding=self._holding(key, mention.options)), behind
            if key in states.BARE_NAMES:
                continue
            plausible = (kind == "county" and word.capital) or self._weight(at, last, key, options) >= ENOUGH
            plausible = plausible and not self.names_organisation(last)
            if not plausible and (not word.capital or key in self.own or len(key) < 4):
                continue
            big = tuple(o for o in options if o.kind != "post") or options
            span = (word.start, self.words[last - 1].end)
            return PlaceMention(
                span, self.text[span[0] : span[1]], kind, big, plausible=plausible, holding=self._holding(key, big)
            ), last
        return None

    def _misspelt(self, at: int) -> Step | None:
        """A town with a slip in its name, known by the state behind it: "Charlote, NC"."""
        after = states.AFTER.match(self.text, self.words[at].end)
        code = states.code_of(after["state"]) if after else None
        if code is None or self.text[self.words[at].end] != ",":
            return None
        names = self.gazetteer.towns.known_towns.get((code, self.keys[at][0]), {})
        close = get_close_matches(self.keys[at], names, n=1, cutoff=_SLIP)
        return self._with_state(at, at + 1, (names[close[0]],), "town") if close else None

    def _stated(self, at: int, last: int, mention: PlaceMention) -> bool:
        """Whether what looks like a state behind a name is one: not "hope in …", "can OR …"."""
        word = self.words[at]
        if word.capital:
            return True
        comma = "," in self.text[self.words[last - 1].end : self.words[last - 1].end + 2]
        return word.norm not in ORDINARY and (comma or max(o.population for o in mention.options) > 900)

    def _holding(self, key: str, options: tuple[Spot, ...]) -> Spot | None:
        """The place of detention that goes by a town's name in the same state."""
        known = self.gazetteer.curated.spots.get(key, ())
        return next((s for s, _ in known if s.kind == "facility" and any(o.state == s.state for o in options)), None)

    def _weight(self, at: int, last: int, key: str, options: tuple[Spot, ...]) -> float:
        """How much speaks for a town in a name without its state."""
        start, end = self.words[at].start, self.words[last - 1].end
        top = max(o.population for o in options)
        strong = self.behind_preposition(at)
        size = math.log10(top + 1) - 3
        if not self.words[at].capital:
            if key in ORDINARY or key in self.gazetteer.stop or len(key) < 4:
                return 0.0
            placed = strong or start < self.subject_end or self.class_before(at) or last - at > 1
            return (
                2.5
                if (strong and top > 3_000) or top > 150_000 or (self.casual and placed and top > 5_000 and len(key) > 4)
                else 0.0
            )
        if len(key) < 3 or NOT_THERE.match(self.text, end) or TITLE.search(self.text, max(0, start - 14), start):
            return 0.0
        inside = strong and self.words[at - 1].norm in INSIDE
        if AGED.match(self.text, end) and not inside:
            return 0.0
        weight = (
            max(size, -2.0)
            + (2.0 if strong else 0.0)
            + (1.0 if last - at > 1 else 0.0)
            + (0.7 if start < self.subject_end else 0.0)
        )
        if key in self.gazetteer.stop or key in ORDINARY:
            weight -= 1.5 if inside and key in self.gazetteer.people else 3.0
        if last - at == 1 and key in self.own:
            weight -= 3.0
        if f"{key} immigration court" in self.gazetteer.curated.spots and COURTS.search(self.text, max(0, start - 40), end + 40):
            weight += 1.5
        return weight + self._neighbours(at, last, strong)

    def _neighbours(self, at: int, last: int, strong: bool) -> float:
        """What the words right before and behind add: a mark or line's begin, a court, another name."""
        before, weight = self.gap(at), 0.0
        if (
            at == 0
            or any(c in before for c in '\n,/();:•|–—>*#"“[-→&')
            or "  " in before
            or self.words[at - 1].norm in ("and", "or", "y", "o", "than")
        ) or self.class_before(at):
            weight += 1.0
        elif self.words[at - 1].text.isupper() and len(self.words[at - 1].text) > 1:  # "ERO Burlington", "CAT Eloy"
            weight += 0.8
        elif (
            self.words[at - 1].capital
            and "." not in before
            and not strong
            and at > 1
            and "." not in self.gap(at - 1)
            and "\n" not in self.gap(at - 1)
        ):
            weight -= 1.5
        if last < len(self.words) and self.gap(last) in (" ", "-"):
            after = self.words[last]
            if after.norm in AFTER or after.norm == "based":
                weight += 1.2
            elif after.capital and not after.text.isupper() and not strong:
                weight -= 1.5
        return weight

    def _district(self, at: int) -> Step | None:
        """A federal district by its short form: "N.D. Tex.", "D.N.H.", "WDWA"."""
        word = self.words[at]
        if word.text in states.DISTRICTS:
            spot = Spot("court", word.text, states.DISTRICTS[word.text], sort="district_court")
            return PlaceMention((word.start, word.end), word.text, "court", (spot,), said=True), at + 1
        m = states.DISTRICT.match(self.text, self.words[at].start)
        if not m:
            return None
        code = states.code_of(m["state"])
        if not code:
            return None
        last = at
        while last < len(self.words) and self.words[last].start < m.end("state"):
            last += 1
        spot = Spot("court", m[0].strip(), code, sort="district_court")
        return PlaceMention(m.span(), m[0], "court", (spot,), said=True), last

    def _state(self, at: int) -> Step | None:
        """A state by its name, or by its code in capitals where it cannot be another word."""
        text, words = self.text, self.words
        for last in range(min(len(words), at + 3), at, -1):
            if last > self.reach[at]:
                continue
            start, end = words[at].start, words[last - 1].end
            written = text[start:end]
            code = states.written_code(text, written, start, end, last - at)
            if code:
                spot = Spot("state", states.NAMES[code], code)
                options = (
                    (replace(spot, population=7_000_000), self.capital) if written == "Washington" and self.capital else (spot,)
                )
                denied = bool(states.DENIED.search(text, max(0, start - 12), start)) or bool(_ITS_SCHOOL.match(text, end))
                return PlaceMention((start, end), written, "state", options, said=len(options) == 1, plausible=not denied), last
        return None

    def _zip(self, at: int) -> Step | None:
        word = self.words[at]
        if not word.text.isdigit() or word.text not in self.gazetteer.zips:
            return None
        before = self.words[at - 1].text if at else ""
        if not (before.lower() in ("zip", "code", "in", "near") or before in states.NAMES or states.code_of(before)):
            return None
        spot = self.gazetteer.zips[word.text]
        return PlaceMention((word.start, word.end), word.text, "zip", (spot,), said=True, spot=spot), at + 1


_ITS_SCHOOL = re.compile(r"\s+(?:Law\b|School|College|State\s+(?:Law|Univ)|Univ|Bar\s+(?:No|#))")
