"""The rest of a need: detained, languages, country, minor and age, scope, remote, supervision; each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from listbot.domain.reading import Span
from listbot.reading.lexicon import Word
from listbot.reading.origins import Terms as Terms
from listbot.reading.origins import languages_and_country
from listbot.reading.origins import load_terms as load_terms


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
    r"\bparoled (?:in|out)\b|\b(?:home|out) on (?:an? )?(?:\$[\d,.]+k? )?bond|\bout of [\w ]{3,25} on (?:an? )?(?:\$[\d,.]+k? )?bond",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\b(?:is|are) out with (?:an?|the|his|her)\b|\b(?:is|now|back) home\b|\bin foster care\b|\bmoved in with (?:an?|the|his|her)\b|"
    r"\b(?:he|she|client|they) (?:now )?lives? (?:in|at|with|near|on)\b",
    re.IGNORECASE,
)
"""Told of somebody who lives outside; where words of detention stand beside it, it may be told of another."""
_AGE = re.compile(
    r"(?<![\d/$.,-])(?P<a>\d{1,2})\s?(?:-|–)?\s?(?:y/?o\b|y\.o\.|yr?s?[- ]old\b|years?[- ]old\b|year-?old|años\b|"
    r"yrs old|y\.?o\.?m\b|yof\b|yom\b|yo\b|y/o)|\b(?:age[ds]?|edad)\s*(?:of |is |: ?|"
    r"= ?)?(?P<b>\d{1,2})\b(?!\s*(?:%|\d))|"
    r"(?:^|[,(;:–—-]\s?|\b(?:is|are|he's|she's|they're|just|only|M|F|client|boy|girl|kid|tiene|male|female|man|"
    r"woman|youth|teen|nephew|niece|son|daughter|brother|sister)\s?,?\s?\(?)(?P<c>\d{1,2})(?=\s*(?:,|\)|;|\.\s|"
    r"\.$|–|—|$|\band from\b|\bfrom\b|\bturning\b|\bin \d grade\b|\bnow\b|\bhondur|\bguatem|\bsalvad|\bmexic|"
    r"\bvenezu|\becuador|\bcolomb|\bhaiti|\bcub|\bnicarag|\bwhen\b(?! (?:he|she|they) (?:entered|came|arrived|"
    r"left|crossed))))|"
    r"\b(?:he|she|client|[A-Z]\.|m|f)(?:['’]s| is)(?: only| just| now| barely| about)? (?P<d>\d{1,2})(?=\s+(?:for|"
    r"and|but|until|with|who|in the|living|old enough|or|as of|today|already)\b)",
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
    r"\b(?:her|his|their|my|two|three|four|five|2|3|4|5|usc|us citizen|with|w/|&|and|of|has|have|young|small|"
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
    r"\bco-?counsel\b(?! (?:list|chat))|\b(?:need|find|seek\w*|want) (?:a )?sub\b|\b(?:attend|appear|brief|habeas|bond|"
    r"argument|filing|interview|hearing|prep|stay|motion|master) "
    r"(?:only|is all)\b|\bonly[.!](?=\s|$)|\b(?:i|we)(?:'ll| will| can) (?:keep|handle|draft|do|write|finish|prep) (?:the|"
    r"her|his|my|it|everything|all)\b|\b(?:i|we) keep (?:that|the)\b|"
    r"\bargue\b|\bjust (?:file|appear|sign|attend|argue|show up|read|review)\b|\b(?:someone|somebody|anyone|"
    r"person) to (?:argue|sign|attend|appear|cover|sit|file|review|stand)\b|"
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
    text: str,
    words: list[Word],
    relief: Iterable[str],
    facility: bool,
    terms: Terms,
    taken: Sequence[Span] = (),
    today: date | None = None,
) -> Facts:
    """The facts of one client, read from the part of the post about him (`text` blanked elsewhere, `words` of that part).

    `taken` are the places: "Dutch Harbor" names no country.
    """
    evidence: dict[str, tuple[Span, ...]] = {}
    asked = set(relief)
    languages, country = languages_and_country(text, words, terms, taken, evidence)
    age = _age(text, evidence)
    if age is None and today:
        age = _birth_age(text, today, evidence)
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


_CHILD_AFTER = re.compile(
    r"\s+(?:old )?(?:usc |us citizen |citizen |autistic |disabled )*(?:daughter|son|child|hij[oa]|grandson|"
    r"granddaughter|twins|baby|toddler|usc)\b",
    re.IGNORECASE,
)
"""Behind an age: it is a child's of the client's."""


def _age(text: str, evidence: dict[str, tuple[Span, ...]]) -> int | None:
    """The client's age: the first told that is not a child's, a sibling's, or that of another time."""
    for m in _AGE.finditer(text):
        group = next(g for g in "abcd" if m[g])
        value = int(m[group])
        if not 0 < value < 100 or _NOT_CLIENT_AGE.search(text, max(0, m.start() - 40), m.start(group)):
            continue
        if group == "c" and re.match(r"\s*(?:[/:%]|st\b|nd\b|rd\b|th\b)", text[m.end(group) : m.end(group) + 3]):
            continue
        if _CHILD_AFTER.match(text, m.end()):
            continue
        if group in "cd" and (value < 5 or _is_day(text, m.start(group))):
            continue
        evidence["age"] = (m.span(group),)
        return value
    m2 = _AGE_WORD.search(text)
    if m2 and not _NOT_CLIENT_AGE.search(text, max(0, m2.start() - 40), m2.start()):
        evidence["age"] = (m2.span(),)
        return _AGE_WORDS[(m2[1] or m2[2]).lower()]
    return None


_BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|born(?: on| in)?|b\.|birth ?date|date of birth|nacid[oa](?: el| en)?|naci[óo](?: el| en)?|"
    r"fecha de nacimiento)\s*(?:is|:|on|in)?\s*"
    r"(?:(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4}|\d{2})|(?P<iso>\d{4})-(?P<im>\d\d)-\d\d|"
    r"[^\n;()]{0,22}?\b(?P<year>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)


def _birth_age(text: str, today: date, evidence: dict[str, tuple[Span, ...]]) -> int | None:
    """The age that a birth date tells, where it is not somebody else's."""
    for m in _BORN.finditer(text):
        if _NOT_CLIENT_AGE.search(text, max(0, m.start() - 25), m.start()):
            continue
        year = int(m["y"] or m["iso"] or m["year"])
        year += 0 if year > 99 else 2000 if year <= today.year % 100 else 1900
        month = int(m["m"] or m["im"] or 6)
        age = today.year - year - (month > today.month)
        if 0 <= age < 100:
            evidence["age"] = (m.span(),)
            return age
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
    held = _DETAINED.search(text)
    free = _FREE.search(text) or (None if held else _AT_HOME.search(text))
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


_TURNS = re.compile(
    r"\b(?:turn(?:s|ing)|cumple|will be|about to be|before (?:she|he|they) (?:is|turns?)|until (?:she|he)(?:'s|"
    r" is| turns)) (?P<age>18|21)\b|\b(?P<eighteenth>(?:eighteenth|18th) birthday)\b",
    re.IGNORECASE,
)
_PARENT = re.compile(
    r"\b(?:(?:his|her|my client'?s|usc|us citizen|u\.s\. citizen|lpr|sus) (?:\w+ ){0,2}?(?:kids?|children|"
    r"daughters?|sons?|hijos|hijas|hij[oa]|wife|husband|spouse|fianc\w+|"
    r"esposa|esposo|grand\w+)|(?:father|mother|mom|dad|parent|padre|madre) (?:of|de)|wife (?:and|&)|"
    r"since (?:19\d\d|'[89]\d)|since the (?:eighties|nineties|'?[89]0s)|"
    r"(?:1[89]|[2-5]\d) (?:years|yrs|años) (?:here|in the|in this|aquí|de vivir)|green card holder|lpr|du[ii]s?|"
    r"dwis?|felon\w*|married|divorced|ex-?wife|ex-?husband|"
    r"(?:kids|children) are in|mid[- ](?:20|30|40|50|60|twent|thirt|fort|fift)\w*)\b",
    re.IGNORECASE,
)
"""What is told of an adult: children, a marriage, decades in the country, a conviction for driving."""


def _minor(text: str, age: int | None, asked: set[str], evidence: dict[str, tuple[Span, ...]]) -> bool | None:
    """Whether the client is under 18: by age, by the birthday to come, by words for children and for adults."""
    if age is not None:
        evidence["minor"] = evidence.get("age", ())
        return age < 18
    if turns := _TURNS.search(text):
        evidence["minor"] = (turns.span(),)
        return turns["age"] != "21"
    adult = _ADULT.search(text)
    parent = _PARENT.search(text)
    child = next((m for m in _MINOR.finditer(text) if not _MINOR_OTHER.search(text, max(0, m.start() - 24), m.start())), None)
    young = asked & {"sijs", "guardianship"}
    if child and (young or not parent) and (not adult or child.start() < adult.start()):
        evidence["minor"] = (child.span(),)
        return True
    if adult or parent or asked & _ADULT_RELIEF:
        told = adult or parent
        evidence["minor"] = (told.span(),) if told else ()
        return False
    return None if young else False


def _scope(text: str, asked: set[str], evidence: dict[str, tuple[Span, ...]]) -> str | None:
    limited, full = _LIMITED.search(text), _FULL.search(text)
    if full and (not limited or full.start() < limited.start()):
        evidence["scope"] = (full.span(),)
        return "full"
    if limited:
        evidence["scope"] = (limited.span(),)
        return "limited"
    return "limited" if asked == {"bond"} else None
