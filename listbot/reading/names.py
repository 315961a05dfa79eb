"""Full names of clients: runs of capitalised words that read as a person's name and are nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from listbot.domain.reading import Span
from listbot.reading import states
from listbot.reading.gazetteer import Gazetteer, key_of

_PARTICLES = frozenset(("de", "la", "los", "las", "del", "da", "dos", "van", "von", "bin", "ibn", "al", "el", "y"))
_LETTERS = [chr(n) for n in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
_UPPER = "".join(c for c in _LETTERS if c.isupper())
_LOWER = "".join(c for c in _LETTERS if c.islower())
_PARTICLE = r"(?:de la|de los|de las|de|del|da|dos|van|von|bin|ibn|al|el|y|la)"
_PART = (
    rf"(?:[{_UPPER}][{_LOWER}'’]{{1,20}}(?:[{_UPPER}][{_LOWER}]{{1,20}})?|Ma\.)(?:-[{_UPPER}{_LOWER}][{_LOWER}]{{1,20}}){{0,2}}"
)
_RUN = re.compile(
    rf"(?<![\w@.-]){_PART}(?:[ \t]+(?:[A-Z]\.[ \t]+)?(?:[\"“(][A-Z]\w+[\"”)][ \t]+)?(?:{_PARTICLE}[ "
    rf"\t]+)?{_PART}){{1,4}}(?![\w@])"
)
_CAPITALS = re.compile(
    r"(?<![\w@.-])[A-ZÁÉÍÓÚÑ]{3,20}(?:[ \t-](?:DE |LA |"
    r"DEL )?[A-ZÁÉÍÓÚÑ]{3,20}){1,3},?[ \t]+[A-ZÁÉÍÓÚÑ][A-Za-záéíóúñ]{2,20}(?![\w@])"
)
_BETWEEN = re.compile(rf"(?<= ){_PARTICLE} ")
_FILED = re.compile(
    rf"(?<![\w@.-])[{_UPPER}]{{2,20}}(?:[ -][{_UPPER}]{{2,20}}){{0,2}},[ \t]+{_PART}(?:[ \t]+{_PART}){{0,2}}(?![\w@])"
)
"""A name as files have it: "NGUYEN, Thi Lan"."""
_CUE_BEFORE = re.compile(
    r"(?:\bclient(?:'s)?(?: name)?(?: is| named)?,?|\bnamed?|\bname(?: is|:)|\bse llama|\bllamad[oa]|\bI am|"
    r"\bI'm|\bmy (?:husband|wife|son|daughter|brother|sister|mother|father|client|uncle|cousin|friend)(?: is|,)?|"
    r"\b(?:respondent|petitioner|applicant|beneficiary|detainee|minor|child|youth|kid|teen|señora?|sra?\.|mr\.|"
    r"mrs\.|ms\.|cliente|joven|menor|esposo|esposa|hij[oa]|mamá|mother|father|sibling|brother|sister|son|"
    r"daughter|wife|husband|re:|matter of|case of|caso de|for|behalf of|represent(?:ing)?|meet|introduc\w+)(?:,|"
    r" is|:)?|\bhis name is|\bher name is|\bis called|\bcalled|\b(?:he|she|it|this|that)(?:['’]s| is)|"
    r"\bnames?\b[^.\n]{0,25}[:=]|\b(?:man|woman|lady|gentleman|guy|couple|person|elder|friend)(?:,|:| is| named)|"
    r"\bthey(?:['’]re| are)|\bI:|\breally|\(|\d[.)]|[•*-]|\A)\s*\Z",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    r"\s*[,(/–—-]*\s*(?:who\b|whose\b|here in\b|now in\b|SSN|\(?\d{3}[-–.) ]\s?\d{3}|(?:Bolivia|Peru|Honduras|"
    r"Guatemala|Ecuador|Colombia|Haiti|"
    r"Cuba|Nicaragua|Mexico|México|Venezuela|El Salvador|Brazil|DRC|Congo|Afghanistan|Vietnam|Laos|China|"
    r"Ukraine)\b|fifteen|sixteen|seventeen|"
    r"(?:is |a |an |age[d]? |edad )?\(?\d{1,2}(?:\)|,|\s*(?:-?\s?y|años|yrs?|yo\b|;))|"
    r"\(?A[-# ]?\d|A#|A-?num|a-?number|dob|d\.o\.b|born|nacid|b\.\s?\d|\(?\d{1,2}/\d|is (?:a|an|detained|held|"
    r"from|in)\b|de \d|\(DOB|(?:from|of|de) (?:Honduras|Guatemala|El Salvador|Mexico|Venezuela|Ecuador|Colombia|"
    r"Haiti|Cuba|Nicaragua|Peru|Brazil)|was (?:detained|arrested|picked|taken|born)|entered|fled|turns|will turn|"
    r"cumple|needs|has an?\b|lives|speaks)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:law|legal|justice|project|center|centre|clinic|court|county|office|immigration|immigrant|rights|"
    r"services?|university|college|school|church|coalition|foundation|institute|council|network|society|aid|"
    r"committee|catholic|"
    r"charities|department|district|circuit|board|appeals|removal|status|visa|protected|special|juvenile|asylum|"
    r"hearing|master|individual|interview|petition|motion|order|processing|facility|detention|prison|jail|"
    r"attorney|esq|fellow|judge|director|supreme|federal|state|states|united|new|north|south|east|west|san|santa|"
    r"los|las|fort|port|saint|street|avenue|road|english|spanish|french|arabic|portuguese|creole|dari|pashto|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|hello|dear|hi|thanks|thank|please|need|best|good|happy|urgent|"
    r"seeking|"
    r"looking|anyone|colleagues|friends|all|everyone|the|our|this|she|he|they|we|it|his|her|their|if|also|any|"
    r"are|is|can|bond|stay|habeas|credible|fear|convention|torture|violence|against|women|act|temporary|deferred|"
    r"action|"
    r"homeland|security|customs|border|patrol|enforcement|operations|citizenship|human|trafficking|national|"
    r"american|international|family|probate|superior|green|card|lpr|uscis|notice|appear|pro|bono|subject|sent|"
    r"from|date|"
    r"message|forwarded|original|via|matter|bulletin|policy|memo|form|one|year|deadline|client|case|training|"
    r"webinar|zoom|google|groups|fellows|alumni|list|listserv|bar|association|pacific|eastern|central|mountain|"
    r"gracias|buenos|buenas|"
    r"hola|estimad[oa]s|colegas|queridos?|k'iche'|mam|kiche|american|african|latin|middle|saudi|emergency|safe|"
    r"third|country|supervision|release|recognizance|supplement|service|field|regional|valley|island|islands|bay|"
    r"hills|park|lake|beach|city|springs|heights)\b",
    re.IGNORECASE,
)
_NOT_CLIENTS = re.compile(
    r"(?:\bjudge|\bij|\bhon\.?|\battorney|\batty\.?|\bprof\.?|\bprofessor|\bdr\.?|\besq\.?|\bcolleague|"
    r"\bco-?counsel|\bfriend of the list|\bthanks(?: to)?|\bthank|\bcc|\bpastor|\bfather|\bsister superior|"
    r"\bofficer|\bao|\bdeputy|\bjustice|\bsenator|\brep\.?|\bcontact|\bemail|\bask for|\bask|\btry|\bby|\bwith|"
    r"\bv\.?|\bvs\.?|\bmatter of|\bgeneral|\bpresident|\bgovernor|\bhi|\bhello|\bdear)\s*\Z",
    re.IGNORECASE,
)


_NOT_NAMES = frozenset(
    [
        "ivory",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "day",
        "week",
        "bridge",
        "coast",
        "leone",
        "lanka",
        "faso",
        "correctional",
        "held",
        "which",
        "stateless",
        "indigenous",
        "native",
        "apt",
        "rd",
        "st",
        "won",
        "thx",
        "turkish",
        "brazilian",
        "palestinian",
        "burmese",
        "chaldean",
        "miskito",
        "uzbek",
        "liberian",
        "mexican",
        "honduran",
        "guatemalan",
        "salvadoran",
        "haitian",
        "cuban",
        "venezuelan",
        "peruvian",
        "peruanos",
        "colombian",
        "afghan",
        "iraqi",
        "russian",
        "ukrainian",
        "chinese",
        "indian",
        "pier",
        "laken",
        "fri",
        "sat",
        "sun",
        "mon",
        "tue",
        "wed",
        "thu",
        "dec",
        "month",
        "fwd",
        "re",
        "cat",
        "tps",
        "sij",
        "daca",
    ]
)
"""Words that no person's name has, though they are written with a capital."""


def find_names(text: str, gazetteer: Gazetteer, people: Iterable[str]) -> list[Span]:
    """Full names in a text that are not those of `people` (the writers), of places, courts or organisations."""
    known = {w for person in people for w in key_of(person) if len(w) > 1}
    found: list[Span] = []
    for pattern in (_RUN, _CAPITALS):
        for m in pattern.finditer(text):
            span = _trimmed(m, text, gazetteer)
            if span and _is_client(text, span, gazetteer, known):
                found.append(span)
    found += [m.span() for m in _FILED.finditer(text) if _is_filed(key_of(m[0]), gazetteer, known)]
    return _with_repeats(text, found)


def _is_filed(keys: list[str], gazetteer: Gazetteer, known: set[str]) -> bool:
    """Whether "NGUYEN, Thi Lan" is a name and not "NY, Queens" or "CAT, Asylum"."""
    places = (keys[0], " ".join(keys[1:]))
    return (
        keys[0].upper() not in states.NAMES
        and not set(keys) & (gazetteer.words | known)
        and not any(p in gazetteer.towns.spots or p in gazetteer.curated.spots for p in places)
    )


def _trimmed(m: re.Match[str], text: str, gazetteer: Gazetteer) -> Span | None:
    """The run without a leading word that only begins the sentence ("Client Ana Paz", "But Ana Paz")."""
    start, end = m.span()
    words = list(re.finditer(r"\S+", m[0]))
    lead = re.compile(
        r"(?:Client|Our|My|The|Dear|Hi|Re|Name|Sr|Sra|Señora?|Don|Doña|Mother|Father|Brother|Sister|Minor|Child|"
        r"Respondent|And|For|Is|In|Client's|Detainee|Mr|Mrs|Ms|Baby|Then|Next|Also|With|About|Meet|\w+['’](?:s|m|re))\.?$"
    )
    while len(words) > 1 and lead.match(words[0][0]):
        words.pop(0)
    begins = not re.search(r"[\w,;:(–—-][ \t]?\Z", text[max(0, start - 2) : start])
    if begins and words and (first := " ".join(key_of(words[0][0]))) in gazetteer.words and first not in gazetteer.people:
        words.pop(0)
        while words and words[0][0][0].islower():
            words.pop(0)
    if len(words) < 2 or words[0][0] in ("El", "Los", "Las"):
        return None
    return start + words[0].start(), end


def _is_client(text: str, span: Span, gazetteer: Gazetteer, known: set[str]) -> bool:
    start, end = span
    name = text[start:end]
    keys = key_of(name)
    if _ORGANISATION.search(_BETWEEN.sub(" ", name)) or len(set(keys) & known) >= 2:
        return False
    if any(word in _NOT_NAMES for word in keys) or any(state in name for state in states.NAMES.values()):
        return False
    key = " ".join(keys)
    if key in gazetteer.curated.spots or key in gazetteer.towns.spots:
        return False
    before, after = text[max(0, start - 45) : start], text[end : end + 50]
    if _FIRM_AFTER.match(after):
        return False
    if _CUE_AFTER.match(after):
        return not re.search(r"\b(?:judge|ij|attorney|atty|hon\.?|officer)\s*\Z", before, re.IGNORECASE)
    if _NOT_CLIENTS.search(before):
        return False
    return bool(_CUE_BEFORE.search(before)) or _is_unusual(text, span, keys, gazetteer)


_FIRM_AFTER = re.compile(r"(?:\s|</?\w>)*(?:\(UK\) )?(?:LLP|LLC|PLLC|P\.?C\b|& [A-Z])")
_LAWYER_AFTER = re.compile(
    r"[ \t]*(?:,?[ \t]*(?:Esq|Staff|Attorney|Atty|Director|Managing|Legal|Partner|Counsel|Fellow|Supervis|Senior|Accredited|Paralegal|"
    r"LLP|LLC|PLLC|P\.?C\b|Law\b|P\.?A\.)|[,(|]?[ \t]*(?:she/|he/|they/|ella)|['’]s (?:office|firm|law|post|email|brief|template|"
    r"training|webinar|list|question|point|suggestion)|[ \t]*[<|]|[ \t]*\n[^\n]{0,60}(?:\n[^\n]{0,60})?[\w.-]+@)"
)
_PLACED = re.compile(
    r"\b(?:in|at|from|under|near|the|off|to|into|through|via|en|del?|outside|around|matter of|v\.?|on|like|after)\s(?:the )?\Z",
    re.IGNORECASE,
)
_HEADER = re.compile(r"(?:^|\n)[>\s]*(?:from|to|cc|bcc|sent|sender|reply-to|on|by|de|para|el)\b[^\n]{0,60}\Z", re.IGNORECASE)


def _is_unusual(text: str, span: Span, keys: list[str], gazetteer: Gazetteer) -> bool:
    """Whether a run in the body is made of words that are nothing else: neither ordinary ones, nor places, nor a lawyer's name.

    One that is a given name as well as a word may be among them, and any one of three and more.
    """
    start, end = span
    if _PLACED.search(text, max(0, start - 24), start):
        return False
    tokens = ["".join(key_of(token)) for token in text[start:end].split()]
    plain = [k for k in tokens if (k in gazetteer.words or k.rstrip("s") in gazetteer.words) and k not in _PARTICLES]
    if plain and (len(plain) > 1 or (plain[0] not in gazetteer.people and len(tokens) < 3)):
        return False
    if start < text.find("\n") or _LAWYER_AFTER.match(text, end) or _HEADER.search(text, max(0, start - 90), start):
        return False
    return any(k not in gazetteer.towns.spots and k not in gazetteer.curated.spots for k in keys)


def _with_repeats(text: str, found: list[Span]) -> list[Span]:
    """Every further place where a found name, or its surname behind a title, stands."""
    spans = set(found)
    for start, end in found[:20]:
        name = text[start:end]
        spans |= {m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)}
        surname = name.split()[-1]
        if len(surname) > 3:
            spans |= {
                m.span(1)
                for m in re.finditer(rf"\b(?:mr|mrs|ms|sr|sra|señora?)\.?\s+({re.escape(surname)})(?!\w)", text, re.IGNORECASE)
            }
    return sorted(spans)
