"""How many clients a post speaks of, and which stretches of its text belong to which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from listbot.domain.reading import Span


@dataclass(frozen=True, slots=True)
class Clients:
    """The stretches of each client, the stretches common to all, and whether the count is doubtful."""

    own: tuple[tuple[Span, ...], ...]
    shared: tuple[Span, ...]
    doubt: str = ""


_ITEM = re.compile(
    r"^[ \t>]*(?P<mark>(?:\(?#?(?P<number>\d{1,2})\s?[.):\-–—]|\(?(?P<letter>[A-Ha-h])[.)]|(?P<bullet>[-*•·–—▪◦>+])|(?:client|case|cliente|caso|kid|matter|person|family)\s*(?:#|no\.?|number)?\s*(?P<case>\d{1,2}|[A-H]|one|two|three|four|five|uno|dos|tres)\b\s*[.:)\-–—(]?|"
    r"(?P<word>first|second|third|fourth|fifth|primero|segundo|tercero)\b\s*[,:.)–—-]))\s*(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
_ROW = re.compile(r"^[^\n|]*(?:\|[^\n|]*){2,}$|^[^\n\t]+(?:\t+[^\n\t]+){2,}$", re.MULTILINE)
_PERSON = re.compile(
    r"\b(?:man|woman|boy|girl|kid|teen\w*|youth|minor|mother|mom|father|dad|couple|family|client|lady|gentleman|señora?|joven|menor|niñ[oa]|muchach[oa]|pareja|familia|hombre|mujer|sisters?|brothers?|siblings|guy|husband|wife|person|student|asylum seeker|lpr|resident|citizen|national|madre|padre|grandmother|"
    r"worker|detainee|[A-Z]\.\s?(?:[A-Z]\.)+|[A-Z]\.(?=[ ,|(])|M\b,|F\b,|(?-i:[MF])/?\d\d|yo\b|y/o|años|\d{1,2}\s?(?:yo|y/o|yrs?|years?[- ]old|año)|(?:age|edad)d? \d)\b|\b\d{1,2}[MF]\b|\b(?:honduran|guatemalan|salvadoran|mexican|venezuelan|colombian|ecuador\w+|haitian|cuban|nicaraguan|peruvian|brazilian|dominican|"
    r"chinese|indian|afghan|ukrainian|russian|nigerian|ghanaian|cameroonian|congolese|angolan|eritrean|ethiopian|somali|sudanese|senegalese|mauritanian|guinean|malian|turkish|kurdish|syrian|iraqi|iranian|pakistani|nepali|bangladeshi|burmese|vietnamese|cambodian|lao|filipin[oa]|jamaican|uzbek|kyrgyz|georgian|armenian|"
    r"egyptian|moroccan|ugandan|kenyan|rwandan|burundian|gambian|togolese|liberian|hondureñ[oa]|guatemaltec[oa]|salvadoreñ[oa]|mexican[oa]|venezolan[oa]|colombian[oa]|ecuatorian[oa]|haitian[oa]|cuban[oa]|nicaragüense|from (?:the )?[A-Z][a-z]+)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"asylum|589|bond|sij|u visa|t visa|vawa|cancel|42[ab]|i-?\d{3}|habeas|2241|appeal|bia|pfr|mtr|reopen|tps|daca|hearing|master|individual|merits|interview|due|deadline|\d/\d|detain|removal|natural|n-?400|stay|cat\b|withholding|adjust|guardian|custody|cfi|rfe|work permit|ead|parole|asilo|fianza|turns|entered|court|speaks?|spanish|\bMam\b|"
    r"needs?|lives|wants|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^[ \t]*(?:[-*•·–\d.)]+\s*)?(?:client|name|age|dob|country|nationality|language|location|city|where|relief|case|court|judge|ij|hearing|next (?:hearing|date)|deadline|scope|what|who|when|status|entry|facts|background|need|fee|funding|contact|procedural|posture|detained|custody|timeline|pros|cons|issues?|summary|from|lang|office)s?[\w /]{0,15}:", re.IGNORECASE)
_PROSE = re.compile(
    r"(?:(?<=[.!?;\n])|(?<=[.!?]\s)|^)\s*(?P<lead>(?:(?:and |but |then |also,? |finally,? |next,? )?(?:the|my|our|one|a|an) (?:(?:first|second|third|fourth|other|last|older|oldest|elder|eldest|younger|youngest|middle|next|latter|former|remaining) (?:one|client|case|kid|boy|girl|brother|sister|sibling|man|woman|teen|youth|is\b|was\b|\w+,|,|\(|\w+ is|\w+ \()|second\b|other\b|third\b|elder\b|older\b|younger\b|youngest\b|oldest\b))|"
    r"(?:client|case|cliente|caso|kid)\s*(?:#|no\.?)?\s*(?:\d|one|two|three|four|uno|dos|tres|[A-D]\b)|(?:el|la|un|una|otro|otra) (?:primer[oa]?|segund[oa]|tercer[oa]?|otr[oa]|mayor|menor)\b|(?:secondly|thirdly|first(?:ly)?|number (?:one|two|three))[,:]|also (?:have|have a|looking|need|seeking)[^.\n]{0,30}\b(?:client|case|kid|woman|man|family|another|second)|another (?:client|case|one|kid|woman|man|family|teen)|(?:second|separate(?:ly)?|different|unrelated|other) (?:client|case|ask|request|matter))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?P<n>two|three|four|five|six|2|3|4|5|6|dos|tres|cuatro|cinco|couple of|a couple|several|handful of|pair of)\s+(?:\w+[- ]){0,3}?(?:clients|cases|matters|kids|minors|people|folks|men|women|families|referrals|asks|needs|placements|detainees|brothers|sisters|teens|boys|girls|siblings|unrelated|separate|casos|clientes|personas|jóvenes|niños|hermanos|guys|bonds|hondurans|guatemalans|venezuelans|brazilians|haitians|cubans)\b",
    re.IGNORECASE,
)
_ONE_CASE = re.compile(r"\b(?:one|same|single|joint|consolidated|derivative|lead respondent|rider|family (?:unit|case|of)|together|same (?:case|judge|facts|a file)|consolidat\w+|mother and|mom and|her (?:two|three|four|2|3|4)|his (?:two|three|four|2|3|4)|with (?:two|three|four|2|3|4|her|his))\b", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "couple of": 2, "a couple": 2, "pair of": 2}
_GONE = re.compile(r"\b(?:placed|taken|covered|already (?:placed|has|represented)|no longer|withdrawn|resolved|spoken for|done|handled|we(?:'re| are) (?:keeping|taking)|colocad[oa])\b|~~", re.IGNORECASE)


def find_clients(text: str, body_start: int) -> Clients:
    """The clients of a post; one whose text is everything where nothing shows several."""
    whole: Span = (0, len(text))
    for find in (_rows, _items, _prose):
        spans = find(text, body_start)
        if len(spans) >= 2:
            live = [s for s in spans if not _placed(text[s[0] : s[1]])]
            if not live:
                live = spans
            return Clients(tuple((s,) for s in live), _outside(spans, len(text)), _doubt(text, len(spans), len(live)))
    return Clients(((whole,),), (), _doubt(text, 1, 1))


def _placed(item: str) -> bool:
    head = item.strip()[:40]
    return bool(re.match(r"[\W\d]*(?:placed|taken|covered|done)\b", head, re.IGNORECASE) or re.search(r"\((?:placed|taken|covered)\)|[-–—:] ?(?:PLACED|TAKEN|COVERED)\b|~~", item))


def _outside(spans: list[Span], length: int) -> tuple[Span, ...]:
    out, at = [], 0
    for start, end in spans:
        if start > at:
            out.append((at, start))
        at = end
    if at < length:
        out.append((at, length))
    return tuple(out)


def _doubt(text: str, found: int, live: int) -> str:
    """Why the count may be wrong: the post says another number than was found."""
    m = _COUNT.search(text[:3000])
    said = (int(m["n"]) if m["n"].isdigit() else _NUMBERS.get(m["n"].lower(), 0)) if m else 0
    if said and said not in (found, live) and (found > 1 or not _ONE_CASE.search(text)):
        return f"the post seems to speak of {said} clients, {live} found"
    return ""


def _is_client(item: str) -> bool:
    return bool(_PERSON.search(item[:400])) and bool(_CASE.search(item)) and len(item.split()) >= 3


def _rows(text: str, body_start: int) -> list[Span]:
    """Rows of a table, without its head and rules."""
    rows = [m.span() for m in _ROW.finditer(text, body_start)]
    rows = [r for r in rows if re.search(r"[a-z0-9]", text[r[0] : r[1]], re.IGNORECASE)]
    if len(rows) < 3 and not (len(rows) == 2 and all(_CASE.search(text[a:b]) for a, b in rows)):
        return []
    heads = re.compile(r"\b(?:client|initials|name|country|language|relief|court|date|facility|city|deadline|location|age|case|what|when|where|need|from|fac|lang)\b", re.IGNORECASE)
    if len(heads.findall(text[rows[0][0] : rows[0][1]])) >= 2 and not re.search(r"\d/\d", text[rows[0][0] : rows[0][1]]):
        rows = rows[1:]
    return [r for r in rows if _CASE.search(text[r[0] : r[1]]) and len(re.findall(r"\w+", text[r[0] : r[1]])) >= 3]


def _items(text: str, body_start: int) -> list[Span]:
    """Numbered, lettered or bulleted items that each speak of a person and a case."""
    marks = [m for m in _ITEM.finditer(text, max(0, body_start - 1)) if m.start() >= body_start - 1]
    best: list[Span] = []
    for group in ("number", "letter", "case", "word", "bullet"):
        chosen = [m for m in marks if m[group]]
        if len(chosen) < 2:
            continue
        spans = []
        for i, m in enumerate(chosen):
            end = chosen[i + 1].start() if i + 1 < len(chosen) else _item_end(text, m.end())
            spans.append((m.start(), end))
        clients = [s for s in spans if _is_client(text[s[0] : s[1]]) and not _FIELD.match(text[s[0] : s[1]])]
        if len(clients) >= 2 and len(clients) >= 0.6 * len(spans) and len(clients) > len(best):
            best = clients
    return best


def _item_end(text: str, start: int) -> int:
    """The end of the last item: its paragraph."""
    m = re.search(r"\n[ \t]*\n", text[start:])
    return start + m.start() if m else len(text)


def _prose(text: str, body_start: int) -> list[Span]:
    """'The elder … The younger …', 'Client 1 … Client 2 …', 'The first … The other …' in running text or paragraphs."""
    leads = [m for m in _PROSE.finditer(text, body_start)]
    if not leads:
        return []
    starts = [m.start("lead") for m in leads]
    first = leads[0]["lead"].lower()
    if re.search(r"\b(?:second|other|another|also|younger|separate|third|otr[oa]|segund[oa]|different|unrelated|next)\b", first):
        opening = _opening(text, body_start, starts[0])
        if opening is None:
            return []
        starts.insert(0, opening)
    spans = []
    for i, start in enumerate(starts):
        end = starts[i + 1] if i + 1 < len(starts) else _item_end(text, start)
        if _is_client_loose(text[start:end]):
            spans.append((start, end))
    return spans if len(spans) >= 2 else []


def _opening(text: str, body_start: int, before: int) -> int | None:
    """Where the first client begins, when only the second has a word of order."""
    lead = text[body_start:before]
    m = _PERSON.search(lead)
    return body_start + max(lead.rfind("\n", 0, m.start()), 0) if m else None


def _is_client_loose(item: str) -> bool:
    return bool(_CASE.search(item)) and len(item.split()) >= 5
