"""Where a post brings in a person: the heads of items, paragraphs, sentences and clauses that begin to speak of somebody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from listbot.domain.reading import BINDING, Span
from listbot.reading.cast import names_told
from listbot.reading.client_words import CASE, FIELD, NAMED, NO_NAME, PERSON, PERSON_NOUN
from listbot.reading.date_roles import RoledDate
from listbot.reading.gazetteer import Gazetteer
from listbot.reading.lexicon import Word
from listbot.reading.origins import DENIED, Terms
from listbot.reading.place_roles import RoledPlace
from listbot.reading.relief import JudgedRelief

Told = tuple[tuple[int, str], ...]
"""Positions and what is told there, in order."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the tables found in a text that tells people apart."""

    origins: Told = ()  #: names of countries and peoples
    languages: Told = ()
    places: Told = ()  #: where somebody may be
    needed: Told = ()  #: those of `places` where help is needed, by their state and name
    cases: Told = ()  #: relief and days of a case
    asked: Told = ()  #: those of `cases` that are asked for or bind
    people: Told = ()  #: names by which somebody is called
    first: tuple[int, ...] = ()  #: where each of them is first called so

    def told(self, told: Told, span: Span, first: int = 10_000) -> list[str]:
        """What is told within a span (or its first characters), in order."""
        at, out = bisect_left(told, (span[0], "")), []
        while at < len(told) and told[at][0] < min(span[1], span[0] + first):
            out.append(told[at][1])
            at += 1
        return out

    def met(self, span: Span) -> int:
        """Where somebody is first called by name within a span; -1 where nobody is."""
        at = bisect_left(self.first, span[0])
        return self.first[at] if at < len(self.first) and self.first[at] < span[1] else -1

    def any_case(self, span: Span) -> bool:
        """Whether a sign of a case stands within a span."""
        return bool(self.told(self.cases, span))


def signs_of(
    text: str,
    words: list[Word],
    places: Iterable[RoledPlace],
    dates: Iterable[RoledDate],
    relief: Iterable[JudgedRelief],
    terms: Terms,
    gazetteer: Gazetteer,
) -> Signs:
    """The signs of a text, from what was found in it."""
    likely = [p for p in places if p.mention.plausible]
    found = [p.mention for p in likely]
    taken = [m.span for m in found]
    days = [(d.mention.span[0], d.role.value) for d in dates if d.role in BINDING and d.day]
    steps = [((r.mention.span[0], r.mention.ids[0]), r.status) for r in relief]
    spoken = [h for h in terms.languages.find(text, words) if _names(text, h.span)]
    widely = {h.span for h in spoken if h.value in _WIDELY}
    free = [h for h in terms.countries.find(text, words) if not any(a < h.span[1] and h.span[0] < b for a, b in taken)]
    peoples = {h.span[0] for h in (*spoken, *free)}
    people = names_told(text, words, taken, peoples, gazetteer)
    return Signs(
        people=people,
        first=tuple(sorted({name: at for at, name in reversed(people)}.values())),
        origins=tuple(
            (h.span[0], h.value)
            for h in free
            if _names(text, h.span) and h.span not in widely and not DENIED.match(text, h.span[1])
        ),
        languages=tuple((h.span[0], h.value) for h in spoken),
        places=tuple(sorted((m.span[0], m.text.lower()) for m in found)),
        needed=tuple(sorted((p.mention.span[0], p.mention.text.lower()) for p in likely if p.role == "need")),
        cases=tuple(sorted(days + [told for told, _ in steps])),
        asked=tuple(sorted(days + [told for told, status in steps if status == "asked"])),
    )


_WIDELY = frozenset(("en", "es", "fr", "pt"))
"""Languages whose names seldom tell a people."""


def _names(text: str, span: Span) -> bool:
    """Whether a word names a country or a language: capitalised, or long enough to be nothing else."""
    return text[span[0]].isupper() or span[1] - span[0] > 6


FRESH, NAME, ORDER, DEFINITE, KIN = "fresh", "name", "order", "definite", "kin"

_LEAD = re.compile(
    r"[\s*•·–—>\-]{0,20}(?:(?i:and|plus|also|then|but|so|ok|now|finally|lastly|y|también|luego|después|too|or)\b[,:]?\s+)*"
    r"(?:\(?(?:[a-h]|[1-9]|[ivx]{1,3}|[IVX]{1,3})[).]\s+)?"
    r"(?:(?i:at|in|from|over in|up in|down in|out at|out in|inside|over at|en) (?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3},?:?\s+)?"
    r"(?:(?i:(?:i|we)(?:'ve| have|'ve got| have got| saw| met|'m left with| also have| still have)|there(?:'s| is| are| was| were)|"
    r"here(?:'s| is)|hay|tengo|(?:left ?over|remaining|left|next|last|first|second|third|the maybe) (?:is|are|was|comes?)|"
    r"(?:that|which) leaves|also(?: have)?|leftover)\b:?\s+(?i:also |now |still |just |then |me |us |with |only |the (?:matter|case|story) of )*)?(?i:young |old |poor |little |dear )?"
)
_PLACE_HEAD = re.compile(
    r"[ \t*•·–—-]{0,20}[A-Z][\w'’]+(?:[ ,]+(?:[A-Z][\w.'’]*|de|of|the)){0,3}(?: ?\([^)\n]{1,20}\))?(?:\.|:|,|\s[-–—]+|\s?--)\s+"
)
"""A place (or name) that heads a line: "Rome. Burmese couple …"."""
_WHEN_OR_WHERE = re.compile(
    r"(?:(?:and|then|also)\s+)?(?:at|in|on|from|over|out|up|down|tomorrow|today|yesterday|tonight|\d[\d:]*(?: ?[ap]m)?)\b"
    r"(?:[^.;:\n]|(?<=\d):(?=\d)){0,40}?\s(?=(?:an?|un|una)\s)",
    re.IGNORECASE,
)
_PERSON_AHEAD = rf"(?:[\w'’/.-]+(?:\s\([^)\n]{{1,20}}\))?,?\s){{0,4}}?(?:{PERSON_NOUN}|\d\d)\b(?!['’]s\b|\s(?:court|judge|law|member|friend|unit|visa|support|advocate|clinic|shelter|docket|services|center)\b)"
_FRESH = re.compile(
    rf"(?:an?|one|un|una|another|otr[oa]|some|young|old|this)\s+{_PERSON_AHEAD}|"
    rf"(?:{PERSON_NOUN})\s?[,(:;/]|(?:{PERSON_NOUN}) (?:from|[\"“])|\d\d[- ]?(?:yo|y/o|year)|"
    rf"(?:wo)?man\b|girl\b|boy\b|couple\b|(?:[a-z]+ )?(?:{PERSON_NOUN}),? \(?\d\d\b|"
    rf"(?!(?:the|my|our|his|her|their|your|if|as|no|for|with|any|is|two|three|four|five|both|all|\d)\b)(?:[\w'’-]+\s){{1,2}}(?:{PERSON_NOUN})\s?[,(;]",
    re.IGNORECASE,
)
_DEFINITE = re.compile(rf"(?:the|my|our|el|la|mi)\s+(?:[\w'’/.-]+\s){{0,3}}?(?:{PERSON_NOUN})\b(?!['’]s\b)", re.IGNORECASE)
_DETERMINED = re.compile(
    r"(?:an?|one|un|una|another|otr[oa]|my|our|the|el|la|some|young|old|elderly|this|other)\s+", re.IGNORECASE
)
_ORDER = re.compile(
    r"(?:the |el |la |my |our )?(?:(?:first|second|third|fourth|fifth|sixth|last|other|former|latter|elder|older|oldest|"
    r"eldest|younger|youngest|littlest|middle|primer[oa]|segund[oa]|tercer[oa]|otr[oa]|mayor|menor|remaining|"
    r"(?!this|that|no|any|each|every)\w+ one(?=['’]s| is| was| has|:))\b(?! (?:anniversary|time|hearing|master|interview|page|circuit|chair|half|"
    r"language|floor|week|day|month|year|degree|offense|marriage|husband|wife|thing|request|lawyer|attorney|side|hand|parent|"
    r"issue|question|problem|part|end|option|bank|state|way|reason|piece|place|petition|call|visit|date|setting|name|paragraph|"
    r"was returned|ones are|lawyers|and\b))|"
    r"(?:one|uno|una)\b (?:is|was|has|lives|needs|wants|of them|es|est[aá]|vive|\(|in|at|,)|"
    r"(?:secondly|thirdly|first(?:ly)?|second|third|separately|unrelated(?:ly)?|next|next up|another|number (?:one|two|three))[,:]|"
    r"(?:also |i )?(?:also )?(?:have|looking|need|seeking|placing)\b[^.\n]{0,30}\b(?:another|second)\b|another (?:client|case|one)|next (?:is|are|comes|up)\b|"
    r"(?:second|separate(?:ly)?|different|unrelated|other) (?:client|case|ask|request|matter)|"
    r"(?:client|case|cliente|caso|kid|familia|family|matter) (?:#|no\.?)? ?(?:\d|one|two|three|four|uno|dos|tres|[A-D])\b|"
    r"(?:and |then )(?:also|finally|last)\b|while i'?m (?:at it|begging|here|asking)|same (?:goes )?for|"
    r"(?:his|her|their) [\w-]+ (?:also )?needs (?:one|a lawyer|help|counsel)(?: too| as well)?)",
    re.IGNORECASE,
)
_KIN = (
    r"mother|mom|mum|father|dad|son|daughter|husband|wife|brother|sister|nephew|niece|cousin|bro|sis|uncle|aunt|grandmother|grandson|"
    r"granddaughter|madre|padre|hij[oa]|herman[oa]|espos[oa]|(?-i:HE|SHE)|s?he(?= \()"
)
_KINSMAN = re.compile(
    rf"(?:the |his |her |their |my |el |la |su |(?:adult|grown) )*(?:{_KIN})\b(?!['’]s\b)(?: (?-i:[A-Z]\w*))?(?=\s?[,:(]| "
    r"(?:is|has|was|lives|needs|went|just|\d|in|at))",
    re.IGNORECASE,
)
_CALLED = re.compile(
    NO_NAME + r"(?:[A-Z][a-zà-ÿ]{2,}(?:\s[A-Z][\w.]*){0,3})(?:,? who\b|, (?:he|she|they)\b|['’]s\b| \(|"
    r" (?:is|was|has|had|lives|moved|went|needs|wants|stayed|followed|goes|got|came|entered|speaks|says|crossed|turns|works)\b)"
)


def opens(text: str, at: int, signs: Signs) -> str:
    """How the words at a position bring in a person: anew, by name, by order, as one already known, as kin; empty if they do not."""
    m = _LEAD.match(text, at)
    begin = m.end() if m else at
    if HEADER.match(text, at):
        return ""
    if _ORDER.match(text, begin) or _ORDER.match(text, at):
        return ORDER
    if FIELD.match(text, at):
        return ""
    line = text.find("\n", begin)
    end = min(begin + 60, line if line > 0 else len(text))
    if NAMED.match(text, begin):
        return NAME
    if _is_new(text, begin, end, signs):
        return FRESH
    for other in (_PLACE_HEAD.match(text, at), _WHEN_OR_WHERE.match(text, at)):
        if other and (_is_new(text, other.end(), other.end() + 60, signs) or NAMED.match(text, other.end())):
            return FRESH
    if _DEFINITE.match(text, begin) and not _KINSMAN.match(text, begin):
        return DEFINITE
    if _KINSMAN.match(text, begin):
        return KIN
    return NAME if _CALLED.match(text, begin) and not signs.told(signs.places, (begin, begin + 1)) else ""


HEADER = re.compile(r"[ \t>]{0,20}(?:-{3,}|From:|Sent:|To:|Cc:|Date:|Subject:|On .{5,90} wrote:|Begin forwarded)")


_NOT_A_PERSON = re.compile(
    r"[\w'’-]+(?:,? one\b|[\s-]+(?:speak\w*|interpret\w*|translat\w*|lawyers?|attorneys?|abogad\w*|consulate|embassy|passport|documents?|court|law|"
    r"government|community|restaurant|church|and (?:english|spanish))\b)",
    re.IGNORECASE,
)


_TWO_AT_ONCE = re.compile(
    r"(?:(?:one|an?|1)\s)?[\w'’-]+(?:\s?[+&/]|,? and|,)\s(?:one|an?|1)?\s?[A-Z][\w'’-]+[,:. ]", re.IGNORECASE
)
"""Two people announced: "One Guinean, one Malian, both …"."""


def _is_new(text: str, begin: int, end: int, signs: Signs) -> bool:
    """Whether somebody not known yet is spoken of at a position."""
    return bool(_FRESH.match(text, begin)) or _origin_at_head(text, begin, end, signs)


def _origin_at_head(text: str, begin: int, end: int, signs: Signs) -> bool:
    """Whether a people's name stands at the head, after an article and two words at most."""
    m = _DETERMINED.match(text, begin)
    after = m.end() if m else begin
    at = bisect_left(signs.origins, (begin, ""))
    if at == len(signs.origins) or signs.origins[at][0] >= end:
        return False
    between = text[after : signs.origins[at][0]]
    if _NOT_A_PERSON.match(text, signs.origins[at][0]) or _TWO_AT_ONCE.match(text, begin):
        return False
    return len(between.split()) <= 2 and not re.search(
        r"[.;:!?]|\b(?:from|in|to|of|is|was|speaks?|two|three|four|five|both|all|\d)\b", between, re.IGNORECASE
    )


LONGEST = 1500
"""Characters of a stretch in which a case must show."""


def is_person(text: str, span: Span, signs: Signs) -> bool:
    """Whether the first words of a stretch speak of a person."""
    head = (span[0], min(span[1], span[0] + 400))
    return bool(
        PERSON.search(text, *head)
        or NAMED.match(text[head[0] : head[1]].lstrip(" \t\n-*•·–—>#()[].:0123456789"))
        or signs.told(signs.origins, head)
        or signs.told(signs.languages, head)
    )


def is_case(text: str, span: Span, signs: Signs) -> bool:
    """Whether a stretch speaks of a case."""
    return signs.any_case(span) or bool(CASE.search(text, span[0], min(span[1], span[0] + LONGEST)))


def is_client(text: str, span: Span, signs: Signs) -> bool:
    """Whether a stretch speaks of a person and a case."""
    return is_person(text, span, signs) and is_case(text, span, signs) and len(text[span[0] : span[1]].split()) >= 3
