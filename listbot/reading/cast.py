"""Whom a post calls by a name: the words that are somebody's name, and that of a client rather than of a lawyer or a judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from listbot.domain.reading import Span
from listbot.reading.client_words import PERSON_NOUN
from listbot.reading.gazetteer import Gazetteer
from listbot.reading.lexicon import Word, norm

KIN_NOUN = (
    r"mother|mom|mum|mama|father|dad|papa|son|daughter|husband|wife|spouse|brother|sister|nephew|niece|cousin|uncle|aunt|auntie|"
    r"grand(?:mother|father|ma|pa|son|daughter)|partner|boyfriend|girlfriend|fianc[eé]e?|twin|sibling|in-law|kid|child|bro|sis|"
    r"stepson|stepdaughter|madre|padre|mamá|papá|hij[oa]|herman[oa]|espos[oa]|sobrin[oa]|prim[oa]|ti[oa]|tí[oa]|abuel[oa]|novi[oa]|pareja"
)
"""What somebody is to somebody else."""
AGE_WORD = (
    r"(?:eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|ten|nine|eight|seven|dieciséis|diecisiete|dieciocho|quince|catorce|"
    r"trece|veinte|veinti\w+|treinta|cuarenta|cincuenta|sesenta)\b"
)
_NO_SPAN = r"(?![ -](?:years? (?!old)|days?|weeks?|months?|hours?|miles?|minutes?|of))"
_VERB = (
    r"(?:is|was|has|had|isn['’]t|wasn['’]t|hasn['’]t|doesn['’]t|didn['’]t|can['’]?t|cannot|won['’]t|never|needs?|wants?|lives?|lived|moved|"
    r"went|goes|got|gets|came|comes|entered|arrived|crossed|speaks?|talks?|says?|said|turns?|turned|works?|worked|stayed|stays|sits|sat|"
    r"flew|fled|left|testified|escaped|followed|filed|missed|signed|told|asks?|asked|will|would|should|could|may|might|must|just|also|only|"
    r"still|already|es|está|tiene|vive|vino|llegó|entró|cruzó|necesita|quiere|habla|fue|cumple)\b"
)
_TOLD_AFTER = re.compile(
    rf"(?:['’]s\b|,? (?:who|whose|whom|quien)\b|, (?:he|she|they)['’]?\b|,? \(?(?:age |aged )?(?:\d\d?\b(?!\s?[:/%])|{AGE_WORD}){_NO_SPAN}|"
    rf"(?:,? too|,? meanwhile|,? however|,? on the other hand)?,? (?:{_VERB}|[a-z]{{2,}}ed\b|[a-z]+n['’]t\b)|, (?:an?|the|from|de|born)\s|,? from [A-Z]| \((?:he|she|they|not|\d))",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    rf"(?:\b(?:(?:I|we|let)(?:['’]ll|['’]s)? call (?:him|her|them )?|{PERSON_NOUN}|{KIN_NOUN}|comadre|compadre|neighbou?r|roommate|friend)(?:,| is| named| called|:)?|\b(?:there['’]?s|that['’]?s|"
    r"here['’]?s|this is|there is|meet|is called|named|called|se llama|llamad[oa]|for|about|then|and|also|plus|y|doña|don|miss|mr\.?|mrs\.?|"
    r"ms\.?|señora?|sra?\.?|little|young|old|quiet|poor|dear))\s\Z",
    re.IGNORECASE,
)
_KIN_BEFORE = re.compile(rf"\b(?:{KIN_NOUN})(?:,| is| named| called)?\s\Z", re.IGNORECASE)
_LAWYERS = (
    r"attorneys?|lawyers?|counsel|paralegal|colleague|interpreter|volunteer|social worker|caseworker|co-?counsel|officer|judge|pastor|"
    r"professor|director|fellow|intern|associate|partner|reporter|doctor|dr|deputy|agent|expert|senator|chair|abogad[oa]|clerk|supervisor"
)
_NO_CLIENT_BEFORE = re.compile(
    rf"\b(?:{_LAWYERS}|ij|hon|prof|father|sister|rev|reverend|attn|judges|justice|cc|hi|hello|dear|thanks|thank you|thanks to|gracias|"
    r"ask|ask for|call|contact|email|write|to|at|in|near|outside|from|of|with|by|v|vs|matter of|via|under|per|off|on|around|"
    r"through|st|ste|saint|san|santa|fort|ft|mt|lake|camp|new|north|south|east|west|los|las|el|la|the|my|our)\.?,?\s\Z",
    re.IGNORECASE,
)
_NO_CLIENT_AFTER = re.compile(rf",? (?:\(?(?:our|my|the|a|an|his|her|their) )(?:[\w-]+ ){{0,2}}(?:{_LAWYERS})\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    [
     "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
     "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ice",
     "uscis", "eoir", "dhs", "cbp", "orr", "sij", "sijs", "vawa", "tps", "daca", "cat", "asylum", "bond", "habeas", "master",
     "merits", "zoom", "webex", "whatsapp", "signal", "congress", "board", "circuit", "easter", "christmas", "thanksgiving",
     "ramadan", "english", "spanish", "i", "god", "lord", "mass", "don", "dona", "madame", "monsieur", "miss", "mister", "tia",
     "tio", "sister", "brother", "newsletter", "mrs", "mister", "doctor", "prof", "professor", "rev", "reverend", "hon", "messrs", "mme",
     "mlle", "sra", "senora", "senor", "srta", "senorita"
    ]
)  # fmt: skip
"""Words with a capital that are of the calendar, of the law, of faith, or titles."""
_LABEL = re.compile(
    rf"\b({PERSON_NOUN}|cliente|case|caso|matter)s? (?:#|no\. ?|number )?((?-i:[A-H])|[1-9])(?![\w/%]|['’]|\.\d|[-–]\d| ?(?:[ap]m|days?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
"""A client called by a letter or a number: "Mom A", "client 2"."""
MOST = 10_000
"""Words of a post among which names are looked for."""


def names_told(
    text: str, words: Sequence[Word], taken: Sequence[Span], peoples: Set[int], gazetteer: Gazetteer
) -> tuple[tuple[int, str], ...]:
    """Every place where a client, or somebody of the family, is called by name, with the name as it is compared.

    A word is a name where it is neither an ordinary one nor a place, and where one of its mentions tells of a person:
    an age, a verb, kin before it, a people behind it. `taken` are the places found, `peoples` where names of peoples begin.
    """
    covered = [False] * (len(text) + 1)
    for a, b in taken:
        covered[a:b] = [True] * (b - a)
    mentions: dict[str, list[tuple[int, bool]]] = {}
    for first, last in _runs(text, words, gazetteer):
        span = words[first].start, words[last].start + len(_base(words[last]))
        if span[0] in peoples:
            continue
        key = norm(_base(words[first]))
        doubtful = covered[span[0]] or (key in gazetteer.words and key not in gazetteer.people)
        mentions.setdefault(key, []).append((span[0], _tells(text, span, doubtful, peoples)))
    people = {name: at for name, at in mentions.items() if any(told for _, told in at)}
    _drop_announced(text, people)
    labels = [(m.start(), norm(f"{m[1]} {m[2]}")) for m in _LABEL.finditer(text)]
    return tuple(sorted([(a, name) for name, at in people.items() for a, _ in at] + labels))


def _drop_announced(text: str, people: dict[str, list[tuple[int, bool]]]) -> None:
    """Leave out where two are only announced together, and each is told of later."""
    later = sorted((at[0][0], name) for name, at in people.items() if len(at) > 1)
    for (a, one), (b, other) in pairwise(later):
        if b - a < 60 and not _BREAK.search(text, a, b) and a < b < people[one][-1][0]:
            for name in (one, other):
                people[name] = people[name][1:] if people[name][0][0] in (a, b) and len(people[name]) > 1 else people[name]


_BREAK = re.compile(r"[.!?;]\s|\n[ \t]*\n")


def _tells(text: str, span: Span, doubtful: bool, peoples: Set[int]) -> bool:
    """Whether the words around a name tell of a person who may be a client; a `doubtful` one is a place or a word too."""
    before = text[max(0, span[0] - 40) : span[0]].replace("\n", " ")
    after = text[span[1] : span[1] + 40].replace("\n", " ")
    if _NO_CLIENT_AFTER.match(after) or (_NO_CLIENT_BEFORE.search(before) and not _TOLD_BEFORE.search(before)):
        return False
    sure = bool(_AGED.match(after) or _KIN_BEFORE.search(before) or (after.startswith(", ") and span[1] + 2 in peoples))
    return sure or (not doubtful and bool(_TOLD_AFTER.match(after) or _TOLD_BEFORE.search(before)))


_AGED = re.compile(
    rf"(?:,? who\b|(?:, | \()(?:age |aged )?(?:\d\d?\b(?!\s?[:/%]|,? \d{{4}})|{AGE_WORD}){_NO_SPAN})", re.IGNORECASE
)
"""Behind a name that is a place too: an age tells a person."""


def is_kin(text: str, at: int) -> bool:
    """Whether the name at a position is brought in as somebody's kin."""
    return bool(_KIN_BEFORE.search(text[max(0, at - 30) : at].replace("\n", " ")))


def _runs(text: str, words: Sequence[Word], gazetteer: Gazetteer) -> Iterator[Span]:
    """First and last word of each run of words that may be a name."""
    run: list[int] = []
    for i, w in enumerate(words[:MOST]):
        if not _may_be_name(w) or (
            _base(w).lower() in gazetteer.words and not re.search(r"[a-z,]\s\Z", text[max(0, w.start - 2) : w.start])
        ):
            continue
        if run and i == run[-1] + 1 and text[words[i - 1].end : w.start] in (" ", "-", "\n"):
            run.append(i)
            continue
        if run:
            yield run[0], run[-1]
        run = [i]
    if run:
        yield run[0], run[-1]


def _may_be_name(w: Word) -> bool:
    """Whether a word is written as a name and is none of the calendar, of the law, of faith."""
    base = _base(w)
    return len(base) > 2 and base[0].isupper() and base[1:].islower() and norm(base) not in _NO_NAMES


def _base(w: Word) -> str:
    """A word without the s of the genitive; nothing of one with another ending, which is no name ("I've", "You'll")."""
    m = _ENDING.search(w.text)
    return w.text[: m.start()] if m and m[0][1:] in ("s", "") else "" if m else w.text


_ENDING = re.compile(r"['’](?:s|ve|ll|d|re|m|t|)\Z")
