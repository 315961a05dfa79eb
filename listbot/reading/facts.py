"""The rest of a need: detained, languages, country, minor and age, scope, remote, supervision; each with where it stands."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from listbot.domain.reading import Span
from listbot.reading.lexicon import Hit, Lexicon, Word


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found of one client, and the spans that say so by field name."""

    detained: bool | None = None
    languages: tuple[str, ...] = ()
    country: str | None = None
    minor: bool | None = None
    age: int | None = None
    scope: str | None = None
    remote: bool | None = None
    supervision: bool | None = None
    evidence: dict[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """Names of countries (with their peoples) and of languages."""

    countries: Lexicon[str]
    languages: Lexicon[str]


def load_terms(data: Path) -> Terms:
    """The tables `countries.tsv` (code, name, weak, aliases, demonyms) and `languages.tsv` (code or name, name, aliases)."""
    countries: Lexicon[str] = Lexicon(plural=True)
    languages: Lexicon[str] = Lexicon(plural=True)
    for row in _rows(data / "countries.tsv"):
        if row[0] == "US":  # a citizen in the family, never where the client is from
            continue
        for cell in ([] if row[2] else [row[1]]) + row[3:]:
            _add(countries, cell, row[1])
    for spelling, value in _REGIONS.items():
        countries.add(spelling, value)
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
_REGIONS = {
    **dict.fromkeys(
        (
            "MX",
            "Sinaloan",
            "Sinaloa",
            "Michoacán",
            "Oaxaca",
            "Oaxacan",
            "Guerrero",
            "Chiapas",
            "Puebla",
            "Veracruz",
            "Jalisco",
            "Guanajuato",
            "Chihuahua",
        ),
        "Mexico",
    ),
    **dict.fromkeys(("GT", "Huehuetenango", "Quetzaltenango", "Sololá", "Totonicapán"), "Guatemala"),
    **dict.fromkeys(("HN", "Tegucigalpa", "San Pedro Sula"), "Honduras"),
    "SV": "El Salvador",
    "Port-au-Prince": "Haiti",
    "Kyiv": "Ukraine",
    "Kharkiv": "Ukraine",
    "Kinshasa": "Democratic Republic of the Congo",
}
_DETAINED = re.compile(
    r"\bdetain(?:ed|ee|ees)\b|\bdeten(?:ido|ida|idos|idas|ción|cion)\b|\bin (?:ice |dhs |"
    r"immigration )?(?:custody|detention|jail)\b|\bheld (?:at|in|by)\b|\bbeing held\b|\blocked up\b|"
    r"\bin ice detention\b|\bbehind bars\b|"
    r"\bice (?:has|picked|grabbed|took|arrested|detained)\b|\bpicked up by ice\b|\b(?:ice|"
    r"immigration) detention\b|\bdetention (?:center|centre|facility)\b|\bincarcerated\b|\bcentro de detenci|"
    r"\bin orr (?:custody|care)\b|\bsitting in\b|\bstuck (?:at|in)\b|\bpreso\b|"
    r"\bcredible fear interview\b|\bexpedited removal\b|\bcustody redetermination\b|\bicecustody\b|"
    r"\bin the (?:jail|box|hielera)\b|\binside\b(?= for)|\bunder ice\b|\btransferred to\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:non-?|not |un|no longer |never |isn'?t |wasn'?t |aren'?t |nobody is |"
    r"neither is )(?:currently )?detained\b|\breleased\b|\bout of (?:custody|detention)\b|\bbonded out\b|"
    r"\bout on (?:bond|parole|or|recog)\b|\bgot out\b|\bpending release\b(?! not)|"
    r"\b(?:on|with) (?:an )?ankle monitor\b|\bfree now\b|\bat liberty\b|\bliberad[oa]\b|\blibre\b|\bon (?:isap|"
    r"atd|osup)\b|\bbriefly detained\b|\bformerly detained\b|\bwas detained\b|\breunified\b|\bnondetained\b|"
    r"\bnon-detained\b|\bnot in custody\b|\bwas held\b|\bdetained (?:for|in) (?:\d|two|three|a)\b|"
    r"\bparoled (?:in|out)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<![\d/$.,-])(?P<a>\d{1,2})\s?(?:-|–)?\s?(?:y/?o\b|y\.o\.|yr?s?[- ]old\b|years?[- ]old\b|year-?old|años\b|"
    r"yrs old|y\.?o\.?m\b|yof\b|yom\b|yo\b|y/o)|\b(?:age[ds]?|edad)\s*(?:of |is |: ?|"
    r"= ?)?(?P<b>\d{1,2})\b(?!\s*(?:%|\d))|"
    r"(?:^|[,(;:–—-]\s?|\b(?:is|are|he's|she's|they're|just|only|M|F|client|boy|girl|kid|tiene|male|female|man|"
    r"woman|youth|teen|nephew|niece|son|daughter|brother|sister)\s?,?\s?\(?)(?P<c>\d{1,2})(?=\s*(?:,|\)|;|\.\s|"
    r"\.$|–|—|$|\band from\b|\bfrom\b|\bturning\b|\bin \d grade\b|\bnow\b|\bhondur|\bguatem|\bsalvad|\bmexic|"
    r"\bvenezu|\becuador|\bcolomb|\bhaiti|\bcub|\bnicarag|\bwhen\b(?! (?:he|she|they) (?:entered|came|arrived|"
    r"left|crossed))))",
    re.IGNORECASE | re.MULTILINE,
)
_AGE_WORD = re.compile(
    r"\b(sixteen|seventeen|fifteen|fourteen|thirteen|twelve|eleven|ten|nineteen|twenty|eighteen|twenty[- ]one|"
    r"nine|eight|seven|six|five|four|three|two)[- ](?:years?[- ]old|year-old)\b|\b(?:is|are|just|only|he's|she's|"
    r"turned) (sixteen|seventeen|fifteen|fourteen|thirteen|nineteen|twenty|eighteen)\b",
    re.IGNORECASE,
)
_AGE_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "twenty-one": 21,
    "twenty one": 21,
}
_NOT_CLIENT_AGE = re.compile(
    r"\b(?:daughter|son|kids?|child(?:ren)?|baby|toddler|brother|sister|siblings?|hij[oa]s?|niñ[oa]s?|who is|usc|"
    r"entered at|came at|came here at|arrived at|crossed at|since|when (?:he|she|they) was|was|"
    r"brought (?:here )?at|at age|at|until age|under|over|below|turn(?:s|ed|ing)?|cumple|girls?|boys?|"
    r"aged?\s+out|spouse|husband|wife|mother|father|aunt|uncle|grandmother|abuela)\b[\s,:(]*(?:\w+\s)?(?:are |"
    r"is |aged? |\()*\Z",
    re.IGNORECASE,
)
_MINOR = re.compile(
    r"\bminors?\b|\bunaccompanied\b|\buac?s?\b|\bkids?\b|\bchild\b|\bteen(?:ager|aged?)?\b|\byouth\b|\bboy\b|"
    r"\bgirl\b|\bmenor(?:es)?\b|\bniñ[oa]\b|\badolescente\b|\bORR\b|\bminor'?s\b|\bschool-?age|\bhigh ?school|"
    r"\b\d{1,2}th grade|\bsophomore\b|\btoddler\b|\binfant\b|\bbaby\b|\bfreshman\b|\bmuchach[oa]\b",
    re.IGNORECASE,
)
_MINOR_OTHER = re.compile(
    r"\b(?:her|his|their|my|two|three|four|five|2|3|4|5|usc|us citizen|with|w/|and|of|has|have|young|small|"
    r"little|mom of|mother of|father of|dad of|the|citizen|born|older|younger|minor|expecting)\s+(?:\w+\s)?\Z",
    re.IGNORECASE,
)
_ADULT = re.compile(
    r"\b(?:man|woman|gentleman|lady|mother|mom|mama|father|dad|husband|wife|spouse|couple|señora?|adult|veteran|"
    r"worker|farmworker|nurse|engineer|student at|married|grandmother|grandfather|grandma|lpr|college|divorced|"
    r"widow(?:er)?|parents?|mujer|hombre|esposa?|madre|padre|pareja|driver|teacher|professor|journalist|doctor|"
    r"abuel[oa]|roofer|cook|dishwasher|waitress|pastor|"
    r"businessman|activist|soldier|officer|guy|fellow|elder(?:ly)?|husband's|housekeeper|nanny|carpenter|"
    r"mechanic|electrician|chef|truck)\b",
    re.IGNORECASE,
)
_ADULT_RELIEF = {
    "naturalization",
    "cancellation_lpr",
    "i751",
    "cancellation_nonlpr",
    "consular",
    "deferred_action_labor",
    "bond",
    "vawa",
    "daca",
}
_LIMITED = re.compile(
    r"\blimited(?:[- ]scope)?\b|\bstand(?:ing)?[- ]?in\b|\bcover (?:a|the|an|my|this|her|his|one)\b|\bcoverage\b|"
    r"\bjust (?:the|one|a|for the)\b|\bonly (?:the|one|for the|need|looking|a)\b|\bone[- ](?:hearing|time|off)\b|"
    r"\be-?28\b|\be-?61\b|\bspecial appearance\b|\bfor the (?:bond )?hearing only\b|\bbond[- ]only\b|"
    r"\bconsult(?:ation)?\b|"
    r"\bscreen(?:ing)?\b|\bprep(?:are)?(?: and attend)?\b(?= (?:her|him|them|for))|\bsecond chair\b|"
    r"\bunbundled\b|\bpro se (?:help|assist|clinic)\b|\bghost ?writ\w+|\breview (?:her|his|the|an?) (?:form|"
    r"application|packet|draft|brief)\b|\bappear (?:on|at|for|by|with)\b|\bsolo (?:para )?(?:la|el|una)\b|"
    r"\bnothing (?:beyond|else|more|after)\b|\bthat'?s (?:it|all)\b|\bfile (?:the|an?) (?:one|single)\b|"
    r"\bwe(?:'ll| will| can)? (?:keep|handle|do|take) (?:the|everything|all)\b|\blocal counsel\b|\bwarm body\b|"
    r"\bsit (?:with|next to|beside)\b|\baccompan\w+\b|\bbond only\b|\bone hearing\b|\bhearing only\b|"
    r"\bnot the whole case\b|\bthe rest\b",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"\bfull(?:[- ]scope)?[- ](?:rep(?:resentation)?|case|service)\b|\bfull rep\b|\ball the way\b|"
    r"\bwhole (?:thing|case|way|file|kit|matter)\b|\bentire case\b|\btake (?:over|the case|it all|it over|"
    r"her case|his case|on the case|this case|the whole|him all|her all)\b|\bstart to finish\b|"
    r"\bbeginning to end\b|\blong[- ]term\b|\bthrough (?:the )?(?:merits|individual|end|trial|appeal|green card|"
    r"adjustment)\b|\btake over\b|"
    r"\brepresentation in full\b|\bcaso completo\b|\brepresentación completa\b|\bcompleto\b|\bnew (?:counsel|"
    r"attorney|lawyer)\b|\bsubstitut\w+|\bin full\b|\bwarm hand-?off\b|\bplace (?:the|this|her|his) case\b|"
    r"\bfull merits\b|\bnot limited\b|\bsoup to nuts\b|\bfrom here (?:on|out)\b|\bpermanent home\b|\badopt\b",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?(?: is)? (?:ok|okay|fine|work|possible|welcome|counsel|rep)|webex (?:is )?(?:ok|fine|"
    r"hearing)|by (?:webex|video|zoom|phone)|via (?:webex|video|zoom)|webex|can be (?:done )?remote(?:ly)?|"
    r"virtual(?:ly)?|from anywhere|anywhere in the (?:us|country)|any state|televideo)\b",
    re.IGNORECASE,
)
_IN_PERSON = re.compile(
    r"\b(?:in[- ]person(?: only| required| appearance)?|no webex|must be (?:local|there|in person)|someone local|"
    r"local (?:attorney|counsel)|physically|on the ground|en persona|presencial)\b",
    re.IGNORECASE,
)
_SUPERVISION = re.compile(
    r"\b(?:co-?counsel|mentor(?:ing|ship|s)?|supervis\w+|second[- ]chair|we(?:'ll| will| can) (?:help|support|"
    r"train|provide|share|draft)|i(?:'ll| will| can) (?:help|mentor|draft|second|support|share|train|consult)|"
    r"happy to (?:help|mentor|share|consult|support)|technical (?:assistance|support)|samples? (?:and|available)|"
    r"backup)\b",
    re.IGNORECASE,
)


def facts_of(
    text: str, words: list[Word], relief: Iterable[str], facility: bool, terms: Terms, taken: Sequence[Span] = ()
) -> Facts:
    """The facts of one client, read from the part of the post about him (`text` blanked elsewhere, `words` of that part).

    `taken` are the places: "Dutch Harbor" names no country.
    """
    evidence: dict[str, tuple[Span, ...]] = {}
    asked = set(relief)
    languages, country = _languages_and_country(text, words, terms, taken, evidence)
    age = _age(text, evidence)
    detained = _detained(text, asked, facility, evidence)
    return Facts(
        detained=detained,
        languages=languages,
        country=country,
        minor=_minor(text, age, asked, evidence),
        age=age,
        scope=_scope(text, asked, evidence),
        remote=_either(text, _REMOTE, _IN_PERSON, "remote", evidence),
        supervision=True if _first(text, _SUPERVISION, "supervision", evidence) else None,
        evidence=evidence,
    )


def _first(text: str, pattern: re.Pattern[str], name: str, evidence: dict[str, tuple[Span, ...]]) -> bool:
    m = pattern.search(text)
    if m:
        evidence[name] = (m.span(),)
    return m is not None


def _either(
    text: str, yes: re.Pattern[str], no: re.Pattern[str], name: str, evidence: dict[str, tuple[Span, ...]]
) -> bool | None:
    if _first(text, yes, name, evidence):
        return True
    return False if _first(text, no, name, evidence) else None


_SPEAKS_BEFORE = re.compile(
    r"\b(?:speak\w*|spoken|language[s]?|lang|fluent(?: in)?|in|only|monolingual|primary|native|best language|"
    r"some|good|little|limited|basic|habla[n]?|interpret\w+|and|or|&|y|e|/|\+|understands|bilingual|mostly|"
    r"decent|idioma|conversational|perfect|excellent|is|are|needs?|w/|with|no|first language)[\s:(,/-]*(?:is |"
    r"in |a |an |also |only |the )?\Z",
    re.IGNORECASE,
)
_NOT_CLIENTS_LANGUAGE = re.compile(
    r"\b(?:i|we|our (?:office|paralegal|staff|interpreter|clinic|team)|i'm|we're|attorney|lawyer|you|must be|"
    r"should be|who)\s+(?:also |both |all |all of us |can |do |have |has )*(?:speak\w*|am|are|have|bilingual|"
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
_NATIONAL = re.compile(r"\s*(?:national|citizen|man\b|woman\b|couple|family|mother|father|passport|boy|girl)", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*(?:/|&|\+|,|;|and|or|y|e|plus|but|\()\s*(?:some |a little |basic |decent |good |conversational |"
    r"un poco de |algo de |limited |fluent |is |very |better |also )*\Z",
    re.IGNORECASE,
)


def _languages_and_country(
    text: str, words: list[Word], terms: Terms, taken: Sequence[Span], evidence: dict[str, tuple[Span, ...]]
) -> tuple[tuple[str, ...], str | None]:
    """Languages the client speaks, and the country; a people's name that is also a language counts by what stands around it."""
    countries = [
        h
        for h in terms.countries.find(text, words)
        if _is_name(text, h) and not any(a < h.span[1] and h.span[0] < b for a, b in taken)
    ]
    origins = {h.span: h for h in countries}
    languages: list[Hit[str]] = []
    for hit in terms.languages.find(text, words):
        start, end = hit.span
        if (
            not _is_name(text, hit)
            or any(a <= start < b for a, b in taken)
            or _NOT_CLIENTS_LANGUAGE.search(text, max(0, start - 50), start)
        ):
            continue
        origin = origins.get(hit.span)
        spoken = bool(_SPEAKS_BEFORE.search(text, max(0, start - 40), start)) or bool(
            re.match(r"\s*(?:-?\s?speak|only\b|monoling|interpret|first\b)", text[end : end + 14], re.IGNORECASE)
        )
        listed = bool(languages) and languages[-1].span[1] <= start and bool(_JOINT.match(text[languages[-1].span[1] : start]))
        if hit.value in _MOSTLY_LANGUAGE:
            if _NATIONAL.match(text, end) and not spoken:
                continue
        elif origin is not None:
            other = any(h.value == origin.value and h.span != hit.span and h.span[0] < start for h in countries)
            if not (spoken or listed or other) or re.search(
                r"\b(?:from|citizen of|is an?|an?|our|the|two|three|young|older)\s*\Z",
                text[max(0, start - 12) : start],
                re.IGNORECASE,
            ):
                continue
        languages.append(hit)
    spoken_spans = {h.span for h in languages}
    found = _country(
        [h for h in countries if h.span not in spoken_spans and not (h.span in origins and _is_language(h, languages))],
        text,
        evidence,
    )
    if languages:
        evidence["languages"] = tuple(h.span for h in languages)
    return tuple(dict.fromkeys(h.value for h in languages)), found


def _is_name(text: str, hit: Hit[str]) -> bool:
    """Capitalised, or a word that is nothing else in lower case."""
    written = text[hit.span[0] : hit.span[1]]
    return (
        written[:1].isupper()
        or (len(written) > 4 and written.lower() not in _LOWER_WORDS)
        or bool(re.search(r"\b(?:from|de)\s\Z", text[max(0, hit.span[0] - 6) : hit.span[0]]))
    )


def _is_language(hit: Hit[str], languages: list[Hit[str]]) -> bool:
    return any(language.span == hit.span for language in languages)


_NOT_ORIGIN = re.compile(
    r"\b(?:via|through|in|to|removed to|deported to|return to|back to|expert (?:on|in|from)|worked in|lived in|"
    r"years in|third country|transit\w* (?:through|in)|time in|stop in|remov\w+ to|consulate in|embassy in|like|"
    r"including|such as|new)\s+\Z",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"\b(?:from|of|national of|citizen of|de|born in|native of|fled|escaped|out of|left)\s+(?:the )?\Z", re.IGNORECASE
)


def _country(hits: list[Hit[str]], text: str, evidence: dict[str, tuple[Span, ...]]) -> str | None:
    """The first country that is told as where the client is from."""
    scored = []
    for i, hit in enumerate(hits):
        before = text[max(0, hit.span[0] - 30) : hit.span[0]]
        score = 2.0 if _ORIGIN.search(before) else 0.4 if _NOT_ORIGIN.search(before) else 1.5
        scored.append((score - i * 0.05, hit))
    if not scored:
        return None
    _, best = max(scored, key=lambda s: s[0])
    evidence["country"] = (best.span,)
    return best.value


def _age(text: str, evidence: dict[str, tuple[Span, ...]]) -> int | None:
    """The client's age: the first told that is not a child's, a sibling's, or that of another time."""
    for m in _AGE.finditer(text):
        group = next(g for g in "abc" if m[g])
        value = int(m[group])
        if not 0 < value < 100 or _NOT_CLIENT_AGE.search(text, max(0, m.start() - 40), m.start(group)):
            continue
        if group == "c" and re.match(r"\s*(?:[/:%]|st\b|nd\b|rd\b|th\b)", text[m.end(group) : m.end(group) + 3]):
            continue
        if group == "c" and (value < 5 or _is_day(text, m.start(group))):
            continue
        evidence["age"] = (m.span(group),)
        return value
    m2 = _AGE_WORD.search(text)
    if m2 and not _NOT_CLIENT_AGE.search(text, max(0, m2.start() - 40), m2.start()):
        evidence["age"] = (m2.span(),)
        return _AGE_WORDS[(m2[1] or m2[2]).lower()]
    return None


def _is_day(text: str, start: int) -> bool:
    """A number behind a month, a hash or a word of counting is no age."""
    return bool(
        re.search(
            r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\Z|[#$/]\Z|\b(?:case|client|no|number|room|"
            r"judge|at|item|by|page|section|code|grade|exhibit|chapter)\.?\s\Z",
            text[max(0, start - 12) : start],
            re.IGNORECASE,
        )
    )


def _detained(text: str, asked: set[str], facility: bool, evidence: dict[str, tuple[Span, ...]]) -> bool | None:
    held, free = _DETAINED.search(text), _FREE.search(text)
    if facility and not (free and not held):
        evidence.setdefault("detained", (held.span(),) if held else ())
        return True
    if free and (
        not held
        or free.start() <= held.start() <= free.end()
        or not re.search(r"\bdetain(?:ed|ee)\b|custody|held at", held[0], re.IGNORECASE)
    ):
        evidence["detained"] = (free.span(),)
        return False
    if held and not free:
        evidence["detained"] = (held.span(),)
        return True
    return bool(asked & {"bond", "habeas"})


def _minor(text: str, age: int | None, asked: set[str], evidence: dict[str, tuple[Span, ...]]) -> bool | None:
    if age is not None:
        evidence["minor"] = evidence.get("age", ())
        return age < 18
    adult = _ADULT.search(text)
    for m in _MINOR.finditer(text):
        if not _MINOR_OTHER.search(text, max(0, m.start() - 24), m.start()):
            if not adult or m.start() < adult.start():
                evidence["minor"] = (m.span(),)
                return True
            break
    if adult or asked & _ADULT_RELIEF:
        evidence["minor"] = (adult.span(),) if adult else ()
        return False
    return None if asked & {"sijs", "guardianship"} else False


def _scope(text: str, asked: set[str], evidence: dict[str, tuple[Span, ...]]) -> str | None:
    limited, full = _LIMITED.search(text), _FULL.search(text)
    if full and (not limited or full.start() < limited.start()):
        evidence["scope"] = (full.span(),)
        return "full"
    if limited:
        evidence["scope"] = (limited.span(),)
        return "limited"
    return "limited" if asked == {"bond"} else None
