"""Place mentions: candidates from the tables, the state each lies in, what the post calls it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from listbot.domain.reading import Place, Span
from listbot.reading import states
from listbot.reading.gazetteer import Gazetteer, Spot, key_of
from listbot.reading.lexicon import Word, joined

LIMIT = 200
"""Place mentions of a post that are looked at."""


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


_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|outside|from|to|around|of|serving|covers?|based|leaving|within|between|into|toward|via|"
    r"through|en|de|cerca|desde|hacia|fuera|greater|downtown|"
    r"suburban|north|south|east|west|northern|southern|eastern|western|central|rural|and|or|y|live[sd]?|living|"
    r"resid\w+|moved|relocat\w+|detained|held|ex|than|outside of|"
    r"this|our|the|a|area|anyone|attorney|lawyer|counsel|someone|somebody|colleague|abogad[oa])|^|[/(\[,;:•|"
    r"–—>*#\"“-]|\d[.)])\s*\Z",
    re.IGNORECASE,
)
_STRONG_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|from|to|around|en|cerca de|fuera de|live[sd]? in|based in|into)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_HOLDING = re.compile(
    r"\b(?:detain\w*|detention|held|custody|jail|facility|prison|ice\b|bond|locked|transfer\w*|ipc\b|spc\b|dc\b|"
    r"orr|shelter|intake|deten\w+|preso|centro|inside|habeas|2241|parole|sitting in|unit|annex)",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:detain\w*|detention|held at|in custody|ice custody|bond hearing|bond|picked up|habeas|fianza|"
    r"deten\w+)\b",
    re.IGNORECASE,
)
_COURTS = re.compile(r"court|judge|\bij\b|master|docket|asylum office|uscis|field office|hearing|interview", re.IGNORECASE)
_PERSON_BEFORE = re.compile(r"\b(?:judge|justice|mr|mrs|ms|dr|prof|hon|thanks|thank you|dear|hi|hello)\.?,?\s*\Z", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:judge|justice|mr|mrs|ms|dr|prof|professor|attorney|hon|sr|sra|don|doña|matter of|v|vs|in re)\.?\s*\Z", re.IGNORECASE
)
_NEXT_NAME = re.compile(r"\s[A-Z][a-zé]+\b")
_NOT_THERE = re.compile(
    r"(?:['’]s\s+(?:law|office|firm|brief|team|email|post|case)|\s+(?:Law|University|College|School|Bar|Project|"
    r"Foundation|Family|Street|St\b|Ave|Avenue|Road|Rd|Blvd|Drive|LLP|LLC|PLLC|&))"
)
_LOWER_SMALL = frozenset(
    [
        "bond",
        "hope",
        "may",
        "reading",
        "mobile",
        "union",
        "grant",
        "trial",
        "home",
        "church",
        "center",
        "college",
        "park",
        "plain",
        "independence",
        "liberty",
        "freedom",
        "justice",
        "relief",
        "most",
        "many",
        "money",
        "early",
        "joy",
        "love",
        "peace",
        "price",
        "best",
        "white",
        "brown",
        "green",
        "gray",
        "bell",
        "rose",
        "christian",
        "english",
        "french",
        "guy",
        "lady",
        "young",
        "day",
        "week",
        "friend",
        "orange",
        "golden",
        "eagle",
        "lake",
        "forest",
        "normal",
        "media",
        "energy",
        "ready",
        "enterprise",
        "commerce",
        "progress",
        "success",
        "defiance",
        "opportunity",
        "truth",
        "or",
        "consequences",
        "hot",
        "needles",
        "globe",
        "blue",
        "why",
        "paradise",
        "eden",
        "angels",
        "faith",
        "can",
        "please",
        "march",
        "august",
        "sterling",
        "superior",
        "summit",
        "temple",
        "tower",
        "story",
        "stay",
        "star",
        "star",
        "junction",
        "central",
        "point",
        "corner",
        "high",
        "fair",
        "field",
        "wood",
        "clay",
        "stone",
        "rock",
        "sandy",
        "rich",
        "bath",
        "beach",
        "ball",
        "bend",
        "bow",
        "camp",
        "cash",
        "cook",
        "cross",
        "dale",
        "deal",
        "dell",
        "down",
        "duty",
        "fall",
        "ferry",
        "flat",
        "flint",
        "florence",
        "francis",
        "glen",
        "hall",
        "harbor",
        "hill",
        "jay",
        "john",
        "king",
        "knight",
        "land",
        "lane",
        "law",
        "lead",
        "limited",
        "luck",
        "martin",
        "mason",
        "mercy",
        "miles",
        "mission",
        "moody",
        "nice",
        "page",
        "palm",
        "parent",
        "parole",
        "pace",
        "parks",
        "petition",
        "pine",
        "post",
        "prior",
        "public",
        "short",
        "social",
        "south",
        "speed",
        "spring",
        "strong",
        "sun",
        "sunny",
        "sweet",
        "time",
        "tip",
        "trinity",
        "valley",
        "victor",
        "victory",
        "walker",
        "wall",
        "warm",
        "warning",
        "water",
        "way",
        "welcome",
        "west",
        "wing",
        "wise",
        "north",
        "east",
        "case",
        "client",
        "court",
        "date",
        "deadline",
        "deed",
        "driver",
        "honor",
        "interior",
        "intro",
        "mark",
        "minor",
        "motion",
        "note",
        "offer",
        "order",
        "partner",
        "plea",
        "pro",
        "rep",
        "see",
        "sister",
        "son",
        "team",
        "thanks",
        "urgent",
        "van",
        "visa",
    ]
)


def find_places(text: str, words: list[Word], gazetteer: Gazetteer, author: str = "") -> list[PlaceMention]:
    """Every place mention of a text, its state not yet chosen."""
    own = {w for w in key_of(author) if len(w) > 2}
    found: list[PlaceMention] = []
    at = 0
    keys = [k[0] if (k := key_of(w.text)) else "" for w in words]
    while at < len(words) and len(found) < LIMIT:
        step = (
            _curated(text, words, keys, at, gazetteer)
            or _town(text, words, keys, at, gazetteer, own)
            or _state(text, words, at)
            or _zip(words, at, gazetteer)
        )
        if step:
            mention, at = step
            found.append(mention)
        else:
            at += 1
    return found


Step = tuple[PlaceMention, int]


def _ngrams(text: str, words: list[Word], keys: list[str], at: int, longest: int) -> Iterator[tuple[int, str]]:
    """The runs of words from `at`, longest first: index behind the last, key."""
    for last in range(min(len(words), at + longest), at, -1):
        if joined(text, words, at, last) and "\n\n" not in text[words[at].start : words[last - 1].end]:
            yield last, " ".join(keys[at:last])


def _curated(text: str, words: list[Word], keys: list[str], at: int, gazetteer: Gazetteer) -> Step | None:
    names = gazetteer.curated
    for last, key in _ngrams(text, words, keys, at, names.longest.get(keys[at], 0)):
        entries = names.spots.get(key)
        if not entries or (last - at == 1 and not _written_as_name(words[at], entries[0][0])):
            continue
        span = (words[at].start, words[last - 1].end)
        usable = [spot for spot, weak in entries if not weak or _weak_counts(text, span, spot, last - at, words[at])]
        if usable:
            return _with_state(text, words, span, last, tuple(usable), usable[0].kind)
        if words[at].capital and key not in gazetteer.towns.spots:
            mention, behind = _with_state(text, words, span, last, tuple(s for s, _ in entries), entries[0][0].kind)
            return replace(mention, plausible=mention.said), behind
    return None


def _written_as_name(word: Word, spot: Spot) -> bool:
    """A single word counts in capitals, or in lower case where it is long and no common word (a facility's short name)."""
    if word.capital or word.text.isdigit():
        return True
    return len(word.text) >= 5 and word.norm not in _LOWER_SMALL and spot.kind in ("facility", "neighbourhood", "region", "court")


def _weak_counts(text: str, span: Span, spot: Spot, count: int, word: Word) -> bool:
    """A spelling that is also another word: needs words of detention (facility), or of place (the rest) near it."""
    start, end = span
    if spot.kind == "facility":
        if _PERSON_BEFORE.search(text, max(0, start - 14), start):
            return False
        return bool(_HOLDING.search(text, max(0, start - 70), end + 60)) or bool(_HELD.search(text))
    if not word.capital:
        return False
    if spot.kind in ("court", "office"):
        return count > 1 or bool(_COURTS.search(text, max(0, start - 80), end + 80))
    after = states.AFTER.match(text, end)
    if after and states.code_of(after["state"]) in (spot.state, *spot.states):
        return True
    in_city = bool(spot.city and re.search(rf"\b{re.escape(spot.city)}\b", text))
    return bool(_STRONG_BEFORE.search(text, max(0, start - 20), start)) and (
        in_city or bool(spot.state and states.NAMES[spot.state] in text)
    )


def _with_state(text: str, words: list[Word], span: Span, last: int, options: tuple[Spot, ...], kind: str) -> Step:
    """The mention, together with the state that stands behind it."""
    after = states.AFTER.match(text, span[1]) or (
        states.AFTER_LOWER.match(text, span[1]) if not text[span[0] : span[1]].isupper() else None
    )
    code = states.code_of(after["state"]) if after else None
    fitting = tuple(s for s in options if code and (s.state == code or code in s.states))
    if not after or not code or not fitting:
        return PlaceMention(span, text[span[0] : span[1]], kind, options), last
    end = after.end("state")
    while last < len(words) and words[last].start < end:
        last += 1
    narrowed = tuple(replace(s, state=code) if s.state is None else s for s in fitting)
    return PlaceMention((span[0], end), re.sub(r"\s+", " ", text[span[0] : end]), kind, narrowed, said=True), last


def _town(text: str, words: list[Word], keys: list[str], at: int, gazetteer: Gazetteer, own: set[str]) -> Step | None:
    names = gazetteer.towns
    for last, key in _ngrams(text, words, keys, at, names.longest.get(keys[at], 0)):
        entries = names.spots.get(key)
        if not entries:
            continue
        span = (words[at].start, words[last - 1].end)
        options = tuple(spot for spot, _ in entries)
        kind = "county" if all(o.kind == "county" for o in options) else "town"
        mention, behind = _with_state(text, words, span, last, options, kind)
        if (
            mention.said
            and (
                words[at].capital
                or re.match(r"\s?,", text[span[1] : span[1] + 2])
                or max(o.population for o in mention.options) > 900
            )
            and not _is_sentence(text, span, words[at])
        ):
            return replace(mention, holding=_holding(gazetteer, key, mention.options)), behind
        holding = next((s for s, _ in gazetteer.curated.spots.get(key, ()) if s.kind == "facility"), None)
        plausible = _is_town(text, words, at, last, key, options, gazetteer, own)
        if not plausible and (not words[at].capital or key in own or len(key) < 4):
            continue
        big = tuple(o for o in options if o.kind != "post")
        return PlaceMention(span, text[span[0] : span[1]], kind, big or options, plausible=plausible, holding=holding), last
    return None


def _holding(gazetteer: Gazetteer, key: str, options: tuple[Spot, ...]) -> Spot | None:
    """The place of detention that goes by a town's name in the same state."""
    return next(
        (s for s, _ in gazetteer.curated.spots.get(key, ()) if s.kind == "facility" and any(o.state == s.state for o in options)),
        None,
    )


def _is_sentence(text: str, span: Span, word: Word) -> bool:
    """'hope in …', 'can OR …': an ordinary lower-case word before what only looks like a state."""
    return not word.capital and word.norm in _LOWER_SMALL


def _is_town(
    text: str, words: list[Word], at: int, last: int, key: str, options: tuple[Spot, ...], gazetteer: Gazetteer, own: set[str]
) -> bool:
    """Whether a name without its state is meant as a place."""
    start, end = words[at].start, words[last - 1].end
    top = max(o.population for o in options)
    strong = bool(_STRONG_BEFORE.search(text, max(0, start - 20), start))
    if not words[at].capital:
        lower_name = key not in _LOWER_SMALL and key not in gazetteer.stop and len(key) > 3
        return lower_name and ((strong and top > 3_000) or top > 150_000)
    if _TITLE.search(text, max(0, start - 14), start) or (last - at == 1 and key in own and not strong):
        return False
    if options[0].kind == "county":
        return True
    if top == 0 or len(key) < 3:  # post offices and two-letter names count only with their state
        return False
    listed = bool(_BEFORE.search(text, max(0, start - 20), start))
    subject = start < text.find("\n")
    if key in gazetteer.stop or key in _LOWER_SMALL or _NOT_THERE.match(text, end):
        return False
    if subject and listed and top > 900:
        return True
    if _NEXT_NAME.match(text, end) and not text[end : end + 40].isupper() and not strong and top < 400_000:
        return False
    if (
        at
        and words[at - 1].capital
        and words[at - 1].end + 1 == start
        and not strong
        and not listed
        and top < 400_000
        and words[at - 1].norm not in ("the", "need")
    ):
        return False
    return strong or (listed and top > 3_000) or top > 40_000 or last - at > 1


def _state(text: str, words: list[Word], at: int) -> Step | None:
    """A state by its name, or by its code in capitals where it cannot be another word."""
    if words[at].norm not in states.FIRST_WORDS:
        return None
    for last in range(min(len(words), at + 3), at, -1):
        if not joined(text, words, at, last):
            continue
        start, end = words[at].start, words[last - 1].end
        written = text[start:end]
        code = _state_code(text, written, start, end, last - at)
        if code:
            spot = Spot("state", states.NAMES[code], code)
            denied = bool(_DENIED.search(text, max(0, start - 12), start))
            return PlaceMention((start, end), written, "state", (spot,), said=True, plausible=not denied), last
    return None


_DENIED = re.compile(r"\b(?:not|no)\s+(?:in\s+)?\Z", re.IGNORECASE)
_CODE_BEFORE = re.compile(
    r"(?:\b(?:in|from|to|of|near|outside|within|rural|central|northern|southern|eastern|western|upstate|ne|nw|se|"
    r"sw|n|s|e|w|any|north|south|east|west|across)\.?|[/(,:;&•|–—\[>-]|^|\n)\s*\Z",
    re.IGNORECASE,
)
_CODE_AFTER = re.compile(
    r"\s*(?:[/,;:.)|?!–—-]|\]|$|attorney|lawyer|bar\b|licens|counsel|client|resident|case|immigration|state\b|"
    r"family court|juvenile|probate|court|asylum|sij|removal|detain)",
    re.IGNORECASE,
)


def _state_code(text: str, written: str, start: int, end: int, count: int) -> str | None:
    if len(written) == 2:
        if written not in states.NAMES:
            return None
        if written in states.WORDS:
            return (
                written
                if written not in ("ME", "OR", "IN", "OK", "HI", "OH", "AS", "ID")
                and _CODE_BEFORE.search(text, max(0, start - 12), start)
                and _CODE_AFTER.match(text, end)
                else None
            )
        return written
    if count > 1 and re.fullmatch(r"[A-Z]\.\s?[A-Z]", written):
        return states.SHORT.get(written.replace(" ", ""))
    if not written[:1].isupper() and not re.search(r"\b(?:in|from|to)\s+\Z", text[max(0, start - 8) : start], re.IGNORECASE):
        return None
    code = states.code_of(written)
    if not code or len(written) < 4:
        return None
    if written.rstrip(".") in states.SHORT:
        return (
            code
            if _CODE_BEFORE.search(text, max(0, start - 12), start)
            and written not in ("Wash", "Miss", "Mass", "Conn", "Mont", "Kans")
            else None
        )
    return code


_ZIP_BEFORE = re.compile(r"(?:zip(?: code)?:?|[A-Z]{2},?|in|near)\s+\Z")


def _zip(words: list[Word], at: int, gazetteer: Gazetteer) -> Step | None:
    word = words[at]
    if len(word.text) != 5 or not word.text.isdigit() or word.text not in gazetteer.zips:
        return None
    before = words[at - 1].text if at else ""
    if not (before.lower() in ("zip", "code", "in", "near") or before in states.NAMES or states.code_of(before)):
        return None
    spot = gazetteer.zips[word.text]
    return PlaceMention((word.start, word.end), word.text, "zip", (spot,), said=True, spot=spot), at + 1


def choose_states(text: str, mentions: list[PlaceMention], home: str | None = None) -> list[PlaceMention]:
    """Each mention with its spot: the state said beside it, else the one the post's other places point to, else the far larger one.

    A name that is mostly another word ("Reading", "Union") counts where it stands as a place does and lies in such a state.
    """
    votes: Counter[str] = Counter()
    for m in mentions:
        places = {o.state for o in m.options if o.state}
        if not m.plausible:
            continue
        if len(places) == 1:
            votes[next(iter(places))] += 3 if m.said else 2
        elif m.options and m.kind == "town":
            first, second = _top_two(m.options)
            if first.state and first.population > 5 * max(second, 1):
                votes[first.state] += 1
    if home:
        votes[home] += 1
    chosen = [replace(m, spot=_choose(m, votes)) if m.spot is None else m for m in mentions]
    return [m if m.plausible else replace(m, plausible=_meant(text, m, votes)) for m in chosen]


def _meant(text: str, mention: PlaceMention, votes: Counter[str]) -> bool:
    start = mention.span[0]
    placed = _STRONG_BEFORE.search(text, max(0, start - 20), start) or start < text.find("\n")
    return bool(placed and mention.state and votes[mention.state] and not _TITLE.search(text, max(0, start - 14), start))


def _top_two(options: tuple[Spot, ...]) -> tuple[Spot, int]:
    ordered = sorted(options, key=lambda o: -o.population)
    rest = [o.population for o in ordered[1:] if o.state != ordered[0].state]
    return ordered[0], max(rest, default=0)


def _choose(mention: PlaceMention, votes: Counter[str]) -> Spot | None:
    options = mention.options
    if len({o.state for o in options}) == 1:
        return max(options, key=lambda o: o.population)
    scored = sorted(
        (
            (
                math.log10(o.population + 300)
                + 1.3 * min(votes[o.state or ""], 4)
                + (0.8 if mention.holding and mention.holding.state == o.state else 0),
                o,
            )
            for o in options
        ),
        key=lambda s: -s[0],
    )
    best, other = scored[0], next(s for s in scored if s[1].state != scored[0][1].state)
    return best[1] if best[0] - other[0] >= 0.45 else None


def place_of(mention: PlaceMention, gazetteer: Gazetteer, settled: Collection[str | None]) -> tuple[Place, ...]:
    """The mention as the reading's place; several where the state stays open and no settled state is among the candidates."""
    if mention.spot:
        return (_place(mention.text, mention.spot, gazetteer),)
    fitting = [o for o in mention.options if o.state in settled]
    if fitting:
        return (_place(mention.text, max(fitting, key=lambda o: o.population), gazetteer),)
    if settled:
        return ()
    wide = [replace(o, state=s) for o in mention.options if o.state is None for s in o.states]
    return tuple(_place(mention.text, s, gazetteer) for s in (wide or mention.options)[:4])


def _place(text: str, s: Spot, gazetteer: Gazetteer) -> Place:
    facility = s.name if s.kind == "facility" else None
    court = s.name if s.kind in ("court", "office") else None
    name = s.name if s.kind in ("place", "post") else s.city
    return Place(text, name, s.county, s.state, facility, court, s.lat, s.lon)
