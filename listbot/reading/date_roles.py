"""What a date is to the case: its role by the cues around it, and with the role its year."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from listbot.domain.reading import DateRole, Span
from listbot.reading.date_cues import Cue, between, find_cues
from listbot.reading.date_tense import THEN, WAS, WILL
from listbot.reading.dates import Mention, figure_order, in_mail_head
from listbot.reading.text import Sentences

R = DateRole
PAST_ROLES = frozenset({R.ENTRY, R.BIRTH, R.DECISION, R.PAST})
BINDING_ROLES = frozenset({R.FILING, R.HEARING, R.ONE_YEAR, R.AGE_OUT, R.APPEAL, R.RESPONSE, R.OTHER})


@dataclass(frozen=True, slots=True)
class RoledDate:
    """A mention with its role, its day, the words that told the role, and how sure that is (0 to 1)."""

    mention: Mention
    role: DateRole
    day: date | None
    cue: Span | None
    strength: float
    gives: tuple[DateRole, date] | None = None  #: a deadline that follows from it
    certain: bool = True  #: whether rules alone say that it follows
    shares: tuple[tuple[str, float], ...] = ()  #: an encoder's, of each role
    ruled: tuple[DateRole, float] | None = None  #: role and strength by rules alone, where an encoder had its say too


_REACH_BEFORE, _REACH_AFTER = 130, 75
_FAR_BEFORE, _FAR_AFTER = 40.0, 28.0
"""Characters over which a cue's weight falls to a third."""
_FULL = 3.2
"""The score of a cue of full weight right beside its date."""
_LEAST = 0.22
_LINK = re.compile(
    r"[\W_]*(?:(?:is|are|was|on|by|for|set|due|the|el|at|of|in|until|del?|es|next|this)\b[\W_]*)*\Z", re.IGNORECASE
)
_BREAK = re.compile(
    r"(?P<blank>\n[ \t]*\n)|(?P<line>\n)|(?P<hard>;|\s--+\s|\s[-–—]\s|—|\s{3,}|\|)|(?P<soft>,\s|\b(?:but|and|then|pero|so)\b|"
    r"[()])"
)
_COST = {"blank": 0.2, "hard": 0.55, "soft": 0.82}
_SHORT_LINE = 56
"""A line shorter than this ends on purpose: what stands in it belongs together."""


def roles_of(mentions: list[Mention], text: str, sentences: Sentences, today: date) -> list[RoledDate]:
    """Every mention with its role and, resolved by it, its day."""
    cues = find_cues(text, _windows(mentions, len(text)))
    ends = [m.span[1] for m in mentions]
    out: list[RoledDate] = []
    for i, mention in enumerate(mentions):
        low = mentions[i - 1].span[1] if i else 0
        high = mentions[i + 1].span[0] if i + 1 < len(mentions) else len(text)
        if _no_day_meant(mention, text, today):
            out.append(RoledDate(mention, R.PAST, mention.back, None, 0.0))
            continue
        role, cue, strength = _role(mention, cues, text, sentences, (low, high), ends)
        role, strength = _or_by_default(mention, role, strength, text, today)
        out.append(resolve(mention, role, cue, strength, text, sentences, today))
    return out


def _windows(mentions: list[Mention], length: int) -> list[Span]:
    """The stretches around mentions in which cues are looked for, merged."""
    found: list[Span] = []
    for m in mentions:
        start, end = max(0, m.span[0] - _REACH_BEFORE - 40), min(length, m.span[1] + _REACH_AFTER + 20)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _role(
    mention: Mention, cues: list[Cue], text: str, sentences: Sentences, neighbours: Span, ends: list[int]
) -> tuple[DateRole, Span | None, float]:
    """The role whose cue weighs most: the nearer the heavier; breaks and other dates between weaken it."""
    start, end = mention.span
    near = between(cues, start - _REACH_BEFORE, end + _REACH_AFTER)
    best: tuple[float, Cue | None] = (0.0, None)
    for cue in near:
        if cue.span[1] <= start:
            score = _before(cue, start, text, sentences, neighbours[0], ends)
        elif cue.span[0] >= end:
            score = _after(cue, end, text, sentences, neighbours[1])
        elif cue.span[0] < start and cue.role is not R.EVENT:
            score = cue.before  # "corte el 6 de mayo" read as one
        else:
            continue
        best = max(best, (score, cue), key=lambda b: b[0])
    score, chosen = best
    if chosen is None or score < _LEAST:
        return R.OTHER, None, 0.0
    role = chosen.role
    words = text[chosen.span[0] : chosen.span[1]].lower()
    if role is R.FILING and _own_until(near, chosen, text):
        role = R.EVENT
    elif chosen.before <= 2.5 or role is R.OTHER or words.startswith("clos"):
        role = _subject_of(near, chosen, text)
    if role is R.FILING or words.startswith("clock"):
        found = _kind_of_filing(near, chosen, mention.span, text, sentences)
        role = role if found is R.FILING else found
    return role, chosen.span, min(1.0, score / _FULL)


def _before(cue: Cue, start: int, text: str, sentences: Sentences, last_date: int, ends: list[int]) -> float:
    """What a cue weighs for a date that follows it."""
    score = cue.before * math.exp(-(start - cue.span[1]) / _FAR_BEFORE) * _kept(text, cue.span[1], start)
    if cue.span[1] <= last_date:
        score *= 0.42
    elif cue.after >= 2 and (at := bisect_right(ends, cue.span[0])) and _touches(text, ends[at - 1], cue.span[0]):
        score *= 0.4  # it is the word right after the date before: "2/3 hearing, 4/5 …"
    if sentences.span(cue.span[0]) != sentences.span(start - 1 if start else 0):
        score *= 0.4
    return score


def _after(cue: Cue, end: int, text: str, sentences: Sentences, next_date: int) -> float:
    """What a cue weighs for a date that stands before it."""
    score = cue.after * math.exp(-(cue.span[0] - end) / _FAR_AFTER) * math.pow(_kept(text, end, cue.span[0]), 1.5)
    if cue.span[0] >= next_date:
        score *= 0.3
    elif next_date - cue.span[1] <= 24 and _LINK.match(text[cue.span[1] : next_date]):
        score *= 0.3  # it leads to the next date
    if sentences.span(max(end - 1, 0)) != sentences.span(cue.span[0]):
        score *= 0.3
    return score


def _touches(text: str, end: int, start: int) -> bool:
    return 0 <= start - end <= 3 and not text[end:start].strip(" )")


def _kept(text: str, start: int, end: int) -> float:
    """The share of a cue's weight that is left across a stretch, by the breaks in it."""
    left: float = 1.0
    for m in _BREAK.finditer(text, start, end):
        kind = m.lastgroup or "soft"
        if kind == "line":
            left *= 0.4 if m.start() - text.rfind("\n", 0, m.start()) < _SHORT_LINE else 0.95
        else:
            left *= float(_COST[kind])
    return left


_APART = re.compile(r"(?<!i\.e)\.\s|\n\s*\n")


def _gap(text: str, one: Span, two: Span) -> str:
    """What stands between two stretches."""
    return text[min(one[1], two[1]) : max(one[0], two[0])]


def _kind_of_filing(near: list[Cue], chosen: Cue, span: Span, text: str, sentences: Sentences) -> DateRole:
    """What is to be filed: "due" and "deadline" stand for an appeal or a response where the sentence speaks of one."""
    first, last = sentences.span(span[0])
    others = [c for c in near if c.role in (R.APPEAL, R.RESPONSE) and c is not chosen and first <= c.span[0] < last]
    reach = range(span[0] - 75, span[1] + 31)
    others = [c for c in others if c.span[0] in reach and not _APART.search(_gap(text, c.span, span))]
    if not others:
        return R.FILING
    return min(others, key=lambda c: abs(c.span[0] - span[0])).role


def _own_until(near: list[Cue], chosen: Cue, text: str) -> bool:
    """Whether "until", "by" or "before" goes with the writer's own calendar: "I'm out until Tuesday"."""
    if not re.match(r"until|by|before|hasta", text[chosen.span[0] : chosen.span[1]], re.IGNORECASE):
        return False
    own = [c for c in near if c.role is R.EVENT and c.span[1] <= chosen.span[0] and chosen.span[0] - c.span[1] < 50]
    return any(not re.search(r"[.;\n]|\b(?:file|filed|due)\b", text[c.span[1] : chosen.span[0]]) for c in own)


_SAYS_WHEN = re.compile(
    r"(?:set|scheduled?|up|on for|coming|continued|moved|reset|calendared|report\w*|runs? out|expir\w+|"
    r"ends?|laps\w+|leave|clos\w+)\b",
    re.IGNORECASE,
)


def _subject_of(near: list[Cue], chosen: Cue, text: str) -> DateRole:
    """The role of what is "set for" a day: a flight, a treatment, a hearing; the word that stands before it in its sentence."""
    if not _SAYS_WHEN.search(text[chosen.span[0] : chosen.span[1]]):
        return chosen.role
    subjects = [
        c for c in near
        if c.span[1] <= chosen.span[0] and chosen.span[0] - c.span[1] < 40 and c.before > 2.5 and not re.search(r"[.;\n]", text[c.span[1] : chosen.span[0]])
    ]  # fmt: skip
    coming = [c for c in subjects if c.role in (R.EVENT, R.OTHER, R.HEARING, R.FILING, R.APPEAL, R.RESPONSE)]
    return coming[-1].role if coming else chosen.role


_RANGE = re.compile(
    r"[\s,@(]{0,3}(?:at |from )?\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:-|–|to|until)\s?\d{1,2}(?::\d\d|"
    r"\s?[ap]\.?m)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\s,.]{0,3}(?:(?:at|@|a las?)\s*)?(?:\d{1,2}(?::\d\d|\s?[ap]\.?m\b|h\d\d)|[01]\d[0-5]0\b|\d{1,2}\s?sharp|noon|[ap]m\b)|"
    r"\s*@\s?\d",
    re.IGNORECASE,
)
_HEARS = re.compile(
    r"\b(?:hearings?|hrg|court|judge|ij|master|individual|merits|bond|fianza|bail|docket|eoir|cover(?:ing|age)?|stand-?in|"
    r"sub|appearance|"
    r"42[ab]|webex|cfi|rfi|interview|corte|audiencia|juez|mcc|isap|asylum|wor|cat)\b",
    re.IGNORECASE,
)
_APPEALS = re.compile(r"\b(?:bia|appeal\w*|pfr|petition for review|eoir-?26|circuit|cir)\b", re.IGNORECASE)
_FILES = re.compile(r"\b(?:i-?\d{3}[a-z]?|mtr|motion|brief|renewal|re-?parole|589|360|751)\b", re.IGNORECASE)
_PASSING = re.compile(r"(?:as of |from )?(?:today|tonight|tonite|this (?:morning|afternoon|evening)|hoy)", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:i|we|i'm|i'll|we're|we'll|my|our|me|us)\b", re.IGNORECASE)


def _or_by_default(mention: Mention, role: DateRole, strength: float, text: str, today: date) -> tuple[DateRole, float]:
    """A coming day without a word of its own ("Batavia, bond, Thursday 8:30") is what the words beside it speak of."""
    start, end = mention.span
    if _RANGE.match(text, end):
        return R.EVENT, 0.8  # what has an end is no hearing
    if strength >= 0.3 or mention.ahead is None or mention.ahead < today:
        return role, strength
    if _COUNTED.match(mention.text):
        return R.FILING, 0.5
    line = (
        _ENDS.split(text[max(text.rfind("\n", 0, start) + 1, start - 60) : start])[-1]
        + _ENDS.split(text[start : _upto(text, "\n", end, 45)])[0]
    )
    titled = "\n" not in text[:start]
    timed, shown = _TIME.match(text, end), titled or len(line.split()) <= 12
    if not (titled or timed) and (_PERSON.search(line) or not (strength < 0.25 or role not in BINDING_ROLES)):
        return role, strength
    if shown and _APPEALS.search(line) and not timed:
        return R.APPEAL, 0.45
    if timed or (shown and _HEARS.search(line)):
        return R.HEARING, 0.5
    if shown and _FILES.search(line):
        return R.FILING, 0.4
    return (R.HEARING, 0.4) if titled and not mention.weekday and not _LISTS.search(line) else (role, strength)


_LISTS = re.compile(r"\b(?:as of|lists?|updated?|week|notes?|since|agenda|minutes|summary|digest)\b", re.IGNORECASE)


_ENDS = re.compile(r"[.!?]\s+(?=[A-Z]|\Z)")
_COUNTED = re.compile(r"(?:\d+|thirty|ninety)[- ]days? (?:from|after|of|since)", re.IGNORECASE)


def _no_day_meant(mention: Mention, text: str, today: date) -> bool:
    """Whether a date stands in a mail's head or a remark, or is a "today" that says when something was told."""
    start, end = mention.span
    if in_mail_head(text, start) or _is_told_of(text, start, end):
        return True
    if not _PASSING.fullmatch(mention.text):
        return False
    before = text[max(0, start - 40) : start]
    return (
        not (_TIME.match(text, end) or _SOON.search(before) or _LAST_DAY.match(text, end, end + 40))
        or bool(WAS.search(before))
        or bool(THEN.match(text, end, end + 40))
    )


_SOON = re.compile(
    r"\b(?:due|by|hearing|hrg|master|merits|individual|bond|interview|deadline|appeal|pfr|audiencia|corte|be filed|filing|file|before|is|"
    r"is for|set for|until)\W{0,3}(?:(?:is|on|at|of|it|in|by|(?:by )?\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\.?)?|noon|cob|eod|midnight)\W{0,2}){0,3}\Z",
    re.IGNORECASE,
)


_LAST_DAY = re.compile(
    r"\W{1,3}(?:is |es )(?:the |her |his |their |el )?(?:\w+ )?(?:deadline|last day|due|hearing|bond|master|plazo|último)",
    re.IGNORECASE,
)


def _upto(text: str, mark: str, start: int, reach: int) -> int:
    found = text.find(mark, start, start + reach)
    return found if found >= 0 else min(len(text), start + reach)


def _is_told_of(text: str, start: int, end: int) -> bool:
    """Whether a weekday is said of a date, not a day meant by itself: "the 15th is a Sunday", "MONDAY. I flew to …"."""
    return bool(
        re.search(r"\b(?:is|on|sobre) an?\s*\Z", text[max(0, start - 8) : start]) or re.match(r"\s+is an?\b", text[end : end + 7])
    )


def timed(mention: Mention, text: str) -> bool:
    """Whether a time of day stands after a date."""
    return bool(_TIME.match(text, mention.span[1]))


_COMING_ROLES = frozenset({R.HEARING, R.FILING, R.APPEAL, R.RESPONSE, R.OTHER, R.EVENT})


def resolve(
    mention: Mention, role: DateRole, cue: Span | None, strength: float, text: str, sentences: Sentences, today: date
) -> RoledDate:
    """The day that fits the role: what has happened looks back, what is to come looks ahead; a date gone by is past."""
    ahead, back = mention.ahead, mention.back
    if (
        role in (R.PAST, R.DECISION)
        and strength < 0.5
        and ahead
        and back
        and (ahead - today).days < 120
        and (today - back).days > 200
    ):
        role = R.OTHER  # a day that is near ahead, and long gone behind
    found = back if role in PAST_ROLES else ahead
    if role is R.BIRTH and not mention.sure and ahead:
        role, found = R.AGE_OUT, ahead  # a birthday without its year
    if role in _COMING_ROLES and ahead != back and ahead and back and _has_been(mention, strength, text, sentences, today):
        found, role = back, R.PAST
    if found and found < today and role in (R.HEARING, R.FILING, R.APPEAL, R.RESPONSE, R.OTHER):
        role = R.PAST
    after = text[mention.span[1] : mention.span[1] + 60]
    if role is R.PAST and (_DECIDED.search(sentences.before(mention.span[0], 60)) or _DECIDED_AFTER.match(after)):
        role = R.DECISION  # "lost at the individual on May 3"
    if found and found > today and role in (R.ENTRY, R.DECISION, R.PAST):
        role = R.HEARING if role is R.DECISION else R.OTHER
    return RoledDate(mention, role, found, cue, strength)


_DECIDED = re.compile(
    r"\b(?:lost|denied|ordered(?! to)|dismissed|affirmed|ruled|pretermitted|found removable)\b[^;:.,\n]{0,50}\Z", re.IGNORECASE
)


_DECIDED_AFTER = re.compile(
    r"[^.;\n]{0,40}\b(?:ordered (?:him |her |them )?removed|denied|dismissed|affirmed|"
    r"ruled)\b",
    re.IGNORECASE,
)


def _has_been(mention: Mention, strength: float, text: str, sentences: Sentences, today: date) -> bool:
    """Whether a day that could lie either way has gone by: told in the past tense, or just gone while the next is far off."""
    assert mention.ahead
    assert mention.back
    before = re.split(r"[;,(]|\s[-–—]+\s|\n", sentences.before(mention.span[0], 60))[-1]
    close = before[-24:]
    if mention.weekday:
        if WAS.search(before):
            return not WILL.search(close)
        return strength < 0.7 and not WILL.search(close) and bool(THEN.match(text, mention.span[1], mention.span[1] + 60))
    recent, distant = (today - mention.back).days, (mention.ahead - today).days
    if recent > 100 or distant < 240:
        return False
    return strength < 0.5 or not WILL.search(close) or bool(WAS.search(before))


def told_alike(dates: list[RoledDate]) -> list[RoledDate]:
    """A mention of uncertain role has that of the same day where the post says it plainly: an event in the subject and below."""
    plain: dict[date, RoledDate] = {}
    for d in dates:
        if d.day and d.strength > max(_PLAIN, plain[d.day].strength if d.day in plain else 0.0):
            plain[d.day] = d
    return [replace(d, role=plain[d.day].role, strength=_UNSURE) if d.day in plain and d.strength < _UNSURE else d for d in dates]


_UNSURE, _PLAIN = 0.5, 0.65
"""How sure a role is below which it gives way, and above which it counts for the same day elsewhere."""


def written_day_first(dates: list[RoledDate], text: str, sentences: Sentences, today: date) -> bool:
    """Whether 3/4/25 must be 3 April here: read as March, what has happened would lie ahead, or what is to come behind."""
    if figure_order(text) < 0:
        return False
    for d in dates:
        swapped, day = d.mention.swapped, d.mention.ahead
        if not swapped or not day or swapped == day:
            continue
        if any(o.mention.ahead and not o.mention.swapped and swapped in (o.mention.ahead, o.mention.back) for o in dates):
            return True
        gone = bool(WAS.search(sentences.before(d.mention.span[0], 50)))
        if (
            d.cue
            and day > today >= swapped
            and (gone or (d.mention.span[0] and _ENTRY_OR_DECISION.search(text[d.cue[0] : d.cue[1]])))
        ):
            return True
        if d.role is R.PAST and d.cue and day < today <= swapped and not gone and _COMING.search(text[d.cue[0] : d.cue[1]]):
            return True
    return False


_ENTRY_OR_DECISION = re.compile(
    r"entered|entry|arrived|denied|dated|dismissed|posted|issued|ordered|entr[óo]|refused", re.IGNORECASE
)
_COMING = re.compile(r"hearing|due|deadline|master|interview|audiencia|corte|vence|respon|listing|appeal", re.IGNORECASE)
