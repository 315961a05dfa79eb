"""Which languages a client speaks, and which country the client is from."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from listbot.domain.reading import Span
from listbot.reading.lexicon import Hit, Lexicon, Word


@dataclass(frozen=True, slots=True)
class Terms:
    """Names of countries (with their peoples) and of languages."""

    countries: Lexicon[str]
    languages: Lexicon[str]


def load_terms(data: Path) -> Terms:
    """The tables `countries.tsv` (code, name, weak, aliases, demonyms), `homelands.tsv` and `languages.tsv` (code or name, name, aliases)."""
    countries: Lexicon[str] = Lexicon(plural=True)
    languages: Lexicon[str] = Lexicon(plural=True)
    for row in _rows(data / "countries.tsv"):
        if row[0] == "US":  # a citizen in the family, never where the client is from
            continue
        for cell in ([] if row[2] else [row[1]]) + row[3:]:
            _add(countries, cell, row[1])
    for country, names in _rows(data / "homelands.tsv"):
        for spelling in names.split("|"):
            countries.add(spelling, country, exact=len(spelling) < 3)
    for spelling, value in _SLANG.items():
        countries.add(spelling, value, exact=True)
    for row in _rows(data / "languages.tsv"):
        for cell in row[1:]:
            _add(languages, cell, _SPOKEN.get(row[0], row[0]))
    return Terms(countries, languages)


def _rows(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows, None)
        yield from rows


def _add(lexicon: Lexicon[str], cell: str, value: str) -> None:
    for spelling in cell.split("|"):
        if len(spelling) > 1 and not spelling.endswith("~"):
            lexicon.add(spelling, value, exact=spelling.isupper() and len(spelling) < 5)


_SPOKEN = {"Dari": "fa"}  # the Persian of Afghanistan has no code of two letters of its own
_SLANG = {"hondo": "Honduras", "catracho": "Honduras", "catracha": "Honduras", "chapín": "Guatemala", "chapina": "Guatemala", "guanaco": "El Salvador",
          "salvi": "El Salvador", "nica": "Nicaragua", "Ukr": "Ukraine", "Salv": "El Salvador", "Guat": "Guatemala", "Hond": "Honduras", "Mex": "Mexico",
          "Venez": "Venezuela", "chilango": "Mexico", "boricua": "Puerto Rico"}  # fmt: skip
"""Colloquial and short forms, in this case only."""
_HOME_OF = {
    "vi": "Vietnam", "am": "Ethiopia", "lo": "Laos", "km": "Cambodia", "th": "Thailand", "ht": "Haiti", "zh": "China", "uk": "Ukraine", "ka": "Georgia",
    "hy": "Armenia", "ne": "Nepal", "mn": "Mongolia", "uz": "Uzbekistan", "ky": "Kyrgyzstan", "tg": "Tajikistan", "tl": "Philippines", "Ilocano": "Philippines",
    "Mam": "Guatemala", "K'iche'": "Guatemala", "Q'anjob'al": "Guatemala", "Q'eqchi'": "Guatemala", "Kaqchikel": "Guatemala", "Ixil": "Guatemala",
    "Achi": "Guatemala", "Akateko": "Guatemala", "Chuj": "Guatemala", "Poqomchi'": "Guatemala", "Mixtec": "Mexico", "Zapotec": "Mexico", "Nahuatl": "Mexico",
    "to": "Tonga", "sm": "Samoa", "mh": "Marshall Islands", "is": "Iceland", "hu": "Hungary", "dz": "Bhutan", "Kichwa": "Ecuador",
    "Awakateko": "Guatemala", "Ch'orti'": "Guatemala", "Jakaltek": "Guatemala", "Poqomam": "Guatemala", "Sakapulteko": "Guatemala",
    "Tz'utujil": "Guatemala", "Itza'": "Guatemala", "Tzotzil": "Mexico", "Tzeltal": "Mexico", "Tojolabal": "Mexico", "Ch'ol": "Mexico",
    "Purépecha": "Mexico", "Tarahumara": "Mexico", "Otomí": "Mexico", "Mixe": "Mexico", "Triqui": "Mexico", "Huichol": "Mexico",
    "Chatino": "Mexico", "Chinantec": "Mexico", "Amuzgo": "Mexico", "Cuicatec": "Mexico", "Huastec": "Mexico", "Mazatec": "Mexico",
    "Tlapanec": "Mexico", "Totonac": "Mexico", "Popoluca": "Mexico", "Yaqui": "Mexico", "Lenca": "Honduras",
    "Mayangna": "Nicaragua", "Patois": "Jamaica", "gn": "Paraguay", "gu": "India", "pa": "India", "te": "India", "ml": "India",
    "mr": "India", "kn": "India", "hi": "India", "si": "Sri Lanka", "bn": "Bangladesh", "Sylheti": "Bangladesh", "ur": "Pakistan",
    "my": "Myanmar", "Karen": "Myanmar", "Karenni": "Myanmar", "Kachin": "Myanmar", "Chin": "Myanmar", "Hakha Chin": "Myanmar",
    "Falam Chin": "Myanmar", "Rohingya": "Myanmar", "Cebuano": "Philippines", "Fuzhounese": "China", "ug": "China", "ko": "South Korea",
    "ja": "Japan", "id": "Indonesia", "ps": "Afghanistan", "Hazaragi": "Afghanistan", "tr": "Turkey", "az": "Azerbaijan",
    "kk": "Kazakhstan", "ce": "Russia", "be": "Belarus", "bg": "Bulgaria", "cs": "Czechia", "et": "Estonia", "lv": "Latvia",
    "lt": "Lithuania", "pl": "Poland", "sq": "Albania", "so": "Somalia", "Maay Maay": "Somalia", "ti": "Eritrea", "om": "Ethiopia",
    "ig": "Nigeria", "yo": "Nigeria", "Krio": "Sierra Leone", "Mende": "Sierra Leone", "Temne": "Sierra Leone",
    "Kpelle": "Liberia", "wo": "Senegal", "tw": "Ghana", "Twi": "Ghana", "rw": "Rwanda", "rn": "Burundi", "ny": "Malawi",
    "mg": "Madagascar", "lg": "Uganda", "Kikuyu": "Kenya", "Mooré": "Burkina Faso", "bm": "Mali", "Cape Verdean Creole": "Cape Verde",
    "Masalit": "Sudan", "Chuukese": "Micronesia", "Pohnpeian": "Micronesia", "Kosraean": "Micronesia", "Palauan": "Palau",
}  # fmt: skip
"""Languages spoken in little more than one country: they tell where a client is from when nothing else does."""
_SPEAKS_BEFORE = re.compile(
    r"\b(?:speak\w*|spoken|language[s]?|lang|fluent(?: in)?|in|only|monolingual|primary|native|best language|"
    r"some|good|little|limited|basic|habla[n]?|interpret\w+|and|or|&|y|e|/|\+|understands|bilingual|mostly|"
    r"decent|idioma|conversational|perfect|excellent|languages? (?:is|are)|idioma es|english is|needs?|w/|with|no|"
    r"first language)[\s:(,/-]*(?:is |"
    r"in |a |an |also |only |the )?\Z",
    re.IGNORECASE,
)
_NOT_CLIENTS_LANGUAGE = re.compile(
    r"\b(?:i|we|our (?:office|paralegal|staff|interpreter|clinic|team)|i'm|we're|attorney|lawyer|you|must be|"
    r"should be|(?:attorney|lawyer|counsel|anyone|someone|somebody|person|volunteer|"
    r"abogad[oa])s? who)\s+(?:also |both |all |all of us |can |do |have |has )*(?:speak\w*|am|are|have|bilingual|"
    r"fluent(?: in)?|is|has)\s*\Z",
    re.IGNORECASE,
)
_MOSTLY_LANGUAGE = {"es", "en", "fr", "pt", "ar", "zh", "ht", "nl"}
"""Languages of many countries: their names rarely tell where a client is from."""
_LOWER_WORDS = {
    "turkey",
    "chad",
    "jordan",
    "georgia",
    "guinea",
    "polish",
    "china",
    "mali",
    "cuba",
    "thai",
    "lao",
    "mam",
    "achi",
    "chin",
    "poland",
    "dutch",
    "welsh",
    "finish",
    "finnish",
}
_NATIONAL = re.compile(
    r"\s*(?:national|citizen|man\b|woman\b|couple|family|mother|father|passport|boy|girl|refugee|elder|client|"
    r"asylum seeker|teen|kid|guy)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*(?:/|&|\+|,|;|and|or|y|e|plus|but|\()\s*(?:some |a little |basic |decent |good |conversational |"
    r"un poco de |algo de |limited |fluent |is |very |better |also )*\Z",
    re.IGNORECASE,
)


def languages_and_country(
    text: str, words: list[Word], terms: Terms, taken: Sequence[Span], evidence: dict[str, tuple[Span, ...]]
) -> tuple[tuple[str, ...], str | None]:
    """Languages the client speaks, and the country; a people's name that is also a language counts by what stands around it.

    Where no country is told, a language spoken in one country tells it. `taken` are places: "Dutch Harbor" names no country.
    """
    countries = [
        h
        for h in terms.countries.find(text, words)
        if _is_name(text, h)
        and (
            not any(a < h.span[1] and h.span[0] < b for a, b in taken)
            or _HOME_BEFORE.search(text, max(0, h.span[0] - 30), h.span[0])
        )
        and not DENIED.match(text, h.span[1])
        and not _IS_NOT.search(text, max(0, h.span[0] - 8), h.span[0])
    ]
    origins = {h.span: h for h in countries}
    spoken_of = list(terms.languages.find(text, words))
    widely = {h.span for h in spoken_of if h.value in _MOSTLY_LANGUAGE and not _NATIONAL.match(text, h.span[1])}
    languages: list[Hit[str]] = []
    for hit in spoken_of:
        if any(a <= hit.span[0] < b for a, b in taken) or DENIED.match(text, hit.span[1]):
            continue
        if _is_clients(text, hit, origins.get(hit.span), languages, countries):
            languages.append(hit)
    spans = {h.span for h in languages}
    found = _country([h for h in countries if h.span not in spans | widely and not _FOOD.match(text, h.span[1])], text, evidence)
    spoken = list(dict.fromkeys(h.value for h in languages))
    if found is None:
        home = next((h for h in languages if h.value in _HOME_OF), None)
        if home:
            found, evidence["country"] = _HOME_OF[home.value], (home.span,)
    if not spoken and found in _SPANISH and (both := _BILINGUAL.search(text)):
        spoken, evidence["languages"] = ["es", "en"], (both.span(),)
    if languages:
        evidence["languages"] = tuple(h.span for h in languages)
    return tuple(spoken), found


_BILINGUAL = re.compile(
    r"\b(?:fully |totally |completely )?bilingual\b(?! (?:attorney|lawyer|counsel|staff|paralegal))", re.IGNORECASE
)
_SPANISH = frozenset(
    ("Mexico", "Guatemala", "Honduras", "El Salvador", "Nicaragua", "Costa Rica", "Panama", "Colombia", "Venezuela", "Ecuador", "Peru", "Bolivia",
     "Chile", "Argentina", "Cuba", "Dominican Republic")
)  # fmt: skip
_HOME_BEFORE = re.compile(
    r"\b(?:(?:wo)?m[ae]n|boy|girl|kid|child|couple|family|client|mother|father|mom|dad|national|citizen|native|refugee|nurse|teacher|"
    r"student|people|originally|sister|brother|\d\d),? (?:from|of)\s\Z",
    re.IGNORECASE,
)
"""Before a country's name that is a town's too: somebody comes from there."""
_IS_NOT = re.compile(r"\bnot (?:an? )?\Z", re.IGNORECASE)
DENIED = re.compile(r"\?\s*(?:[-–—]+\s*)?no\b", re.IGNORECASE)
"""Behind a name: asked and denied ("Marshallese? No, Mexican")."""
_NOT_SPOKEN = re.compile(
    r"\b(?:no|not|without|neither|zero|doesn'?t speak|don'?t speak|speaks? no|isn'?t|(?:son|daughter|aunt|uncle|"
    r"wife|husband|mother|father|sponsor|brother|sister)['’]s)\s+\Z",
    re.IGNORECASE,
)
_SPOKEN_AFTER = re.compile(r"\s*(?:-?\s?speak|only\b|monoling|interpret|first\b|fluent|okay|ok\b)", re.IGNORECASE)
_NOT_NEEDED = re.compile(r"\s+(?:is |are )?(?:not|isn'?t) (?:needed|required|necessary)|\s+translation", re.IGNORECASE)
_PERSON_BEFORE = re.compile(r"\b(?:from|citizen of|is an?|an?|our|the|two|three|young|older)\s*\Z", re.IGNORECASE)


def _is_clients(text: str, hit: Hit[str], origin: Hit[str] | None, languages: list[Hit[str]], countries: list[Hit[str]]) -> bool:
    """Whether a language's name tells what the client speaks."""
    start, end = hit.span
    if not _is_name(text, hit) or _NOT_CLIENTS_LANGUAGE.search(text, max(0, start - 50), start):
        return False
    if _NOT_SPOKEN.search(text, max(0, start - 20), start) or _NOT_NEEDED.match(text, end):
        return False
    spoken = bool(
        _SPEAKS_BEFORE.search(text, max(0, start - 40), start) or _SPOKEN_AFTER.match(text, end, min(len(text), end + 14))
    )
    if hit.value in _MOSTLY_LANGUAGE:
        return spoken or not _NATIONAL.match(text, end)
    if origin is None:
        return True
    listed = bool(languages) and languages[-1].span[1] <= start and bool(_JOINT.match(text[languages[-1].span[1] : start]))
    other = any(h.value == origin.value and h.span != hit.span and h.span[0] < start for h in countries)
    return (spoken or listed or other) and not _PERSON_BEFORE.search(text, max(0, start - 12), start)


_TOLD_LOWER = re.compile(r"(?:\b(?:from|de|speaks?|habla)\s|\()\Z", re.IGNORECASE)


def _is_name(text: str, hit: Hit[str]) -> bool:
    """Capitalised, or a word that is nothing else in lower case."""
    written = text[hit.span[0] : hit.span[1]]
    return (
        written[:1].isupper()
        or (len(written) > 4 and written.lower() not in _LOWER_WORDS)
        or bool(_TOLD_LOWER.search(text, max(0, hit.span[0] - 9), hit.span[0]))
        or bool(_NATIONAL.match(text, hit.span[1]))
    )


_NOT_ORIGIN = re.compile(
    r"\b(?:via|through|in|to|removed to|deported to|return to|back to|expert (?:on|in|from)|worked in|lived in|"
    r"years in|third country|transit\w* (?:through|in)|time in|stop in|remov\w+ to|consulate in|embassy in|like|"
    r"including|such as|new)\s+\Z",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"\b(?:from|of|national of|citizen of|de|born in|native of|fled|escaped|out of|left)\s+(?:the )?\Z", re.IGNORECASE
)


_OTHERS = re.compile(
    r"\s+(?:aunt|uncle|wife|husband|spouse|stepfather|stepmother|step-?dad|cousin|boyfriend|girlfriend|partner|"
    r"ex\b|fianc|grandmother by|sponsor|consulate|embassy|"
    r"restaurant|passport stamp|government|regime|police|lawyer|attorney)",
    re.IGNORECASE,
)
"""Behind a people's name: somebody else than the client."""


_FOOD = re.compile(r"\s+(?:plant|farm|processing|barn|hatchery|sandwich|line)\b", re.IGNORECASE)
"""Behind "Turkey": where the bird is worked on."""


def _country(hits: list[Hit[str]], text: str, evidence: dict[str, tuple[Span, ...]]) -> str | None:
    """The first country that is told as where the client is from."""
    scored = []
    for i, hit in enumerate(hits):
        before = text[max(0, hit.span[0] - 30) : hit.span[0]]
        score = 2.0 if _ORIGIN.search(before) else 0.4 if _NOT_ORIGIN.search(before) else 1.5
        score -= 1.2 if _OTHERS.match(text, hit.span[1]) else 0.0
        scored.append((score - i * 0.05, hit))
    if not scored:
        return None
    _, best = max(scored, key=lambda s: s[0])
    evidence["country"] = (best.span,)
    return best.value
