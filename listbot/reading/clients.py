"""How many clients a post speaks of, and which stretches of its text belong to which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from listbot.domain.reading import Span


@dataclass(frozen=True, slots=True)
class Clients:
    """The stretches of each client, the stretches common to all, and what is doubtful of the count."""

    own: tuple[tuple[Span, ...], ...]
    shared: tuple[Span, ...]
    doubt: str = ""
    listed: bool = False  #: by a list or table, not by the wording


_MARKS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"^[ \t]*{mark}[ \t]*(?=\S)", re.MULTILINE | re.IGNORECASE)
    for mark in (
        r"\(?#?\d{1,2}\s?(?:[.):/]|[-–—](?=\s))",
        r"\(?[A-Ha-h](?:[.)/]|\s[-–—:](?=\s))(?!\s?[A-Z]\.)",
        r"(?:client|case|cliente|caso|kid|matter|person|family|ask|need|minor)\s*(?:#|no\.?|number)?\s*(?:\d{1,2}|"
        r"[A-H]|one|two|three|four|five|uno|dos|tres)\b\s*[.:)\-–—(]?",
        r"(?:first|second|third|fourth|fifth|one|two|three|primer[oa]?|segund[oa]|tercer[oa]?|uno|dos)\b\s*[,:.)–—-]+",
        r"(?:[-*•·–—▪◦+~→»]|>{2,4}|=>|->|o(?=\s))",
    )
)
_ROW = re.compile(
    r"^[^\n|]*(?:\|[^\n|]*){2,}$|^[^\n\t]+(?:\t+[^\n\t]+){2,}$|"
    r"^[ \t]*\S[^\n]{0,200}?(?:[^\s.!?] {2,}\S[^\n]{0,200}?){2,}$",
    re.MULTILINE,
)
_LABEL = re.compile(r"^[ \t]*(?P<label>[^\W\d_][\w.'’() ]{0,30}?)\s*(?:--|—|–|:|\s-\s|\|)\s*(?=\S)", re.MULTILINE)
_PERSON = re.compile(
    r"\b(?:man|woman|boy|girl|kid|teen\w*|youth|minor|mother|mom|father|dad|couple|family|client|lady|gentleman|"
    r"señora?|joven|menor|niñ[oa]|muchach[oa]|pareja|familia|hombre|mujer|sisters?|brothers?|siblings|guy|"
    r"husband|wife|person|student|asylum seeker|lpr|resident|citizen|national|madre|padre|grandmother|"
    r"worker|detainee|(?-i:[A-Z][a-zé]+),? \(?(?:age )?\d{2}(?=[,;) ])(?! ?(?:am|pm))|[A-Z]\.\s?(?:[A-Z]\.)+|"
    r"[A-Z]\.(?=[ ,|(])|M\b,|F\b,|(?-i:[MF])/?\d\d|yo\b|y/o|años|\d{1,2}\s?(?:yo|y/o|yrs?|years?[- ]old|año)|"
    r"(?:age|edad)d? \d)\b|\b\d{1,2}[MF]\b|\b(?:honduran|guatemalan|salvadoran|mexican|venezuelan|colombian|"
    r"ecuador\w+|haitian|cuban|nicaraguan|peruvian|brazilian|dominican|"
    r"chinese|indian|afghan|ukrainian|russian|nigerian|ghanaian|cameroonian|congolese|angolan|eritrean|ethiopian|"
    r"somali|sudanese|senegalese|mauritanian|guinean|malian|turkish|kurdish|syrian|iraqi|iranian|pakistani|"
    r"nepali|bangladeshi|burmese|vietnamese|cambodian|lao|filipin[oa]|jamaican|uzbek|kyrgyz|georgian|armenian|"
    r"egyptian|moroccan|ugandan|kenyan|rwandan|burundian|gambian|togolese|liberian|hondureñ[oa]|guatemaltec[oa]|"
    r"salvadoreñ[oa]|mexican[oa]|venezolan[oa]|colombian[oa]|ecuatorian[oa]|haitian[oa]|cuban[oa]|nicaragüense|"
    r"from (?:the )?[A-Z][a-z]+)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"asylum|589|bond|sij|u visa|t visa|vawa|cancel|42[ab]|i-?\d{3}|habeas|2241|appeal|bia|pfr|mtr|reopen|tps|"
    r"daca|hearing|master|individual|merits|interview|due|deadline|\d/\d|detain|removal|natural|n-?400|stay|"
    r"cat\b|withholding|adjust|guardian|custody|cfi|rfe|work permit|ead|parole|asilo|fianza|turns|entered|court|"
    r"speaks?|spanish|\bMam\b|"
    r"needs?|lives|wants|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^[ \t]*(?:[-*•·–\d.)/]+\s*)?(?:client|name|age|dob|country|nationality|language|location|city|where|relief|"
    r"case|court|judge|ij|hearing|next|deadline|scope|what|who|when|status|entry|facts|background|need|fee|"
    r"funding|contact|procedural|posture|detained|custody|timeline|pros|cons|issues?|summary|from|lang|"
    r"office|date|subject|sent|to|cc|re|p\.?s|note|update|edit|nb|btw|ask|about|bio|details|why|how|pay|time|hi|"
    r"hello|dear|thanks|screened|entered|not eligible|nta|practicalities|history|eligib|strength|weakness|born|"
    r"\d+(?:st|nd|th)|we can|i can|i will|we will|bonus|warning|caveat|important|reminder|urgent|please|"
    r"interpreter|travel|link|register|topics|cost|when|speakers?|location|salary|apply|"
    r"requirements|duties|position|deadline|zoom|agenda|http|https|fax|tel|phone|cell|email|e-mail|web|"
    r"office hours|cohort|tl;?dr|short version|long version|the ask|the facts|question|issue|"
    r"posture)s?\b[\w /'()]{0,25}?\s*(?:--|—|–|:|\s-\s|(?<=[a-z])\.\s)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"(?:(?<=[.!?;\n,])|(?<=[.!?,]\s)|^)\s*(?P<lead>while i'?m (?:at it|begging|here|asking)|(?:his|her|"
    r"their) [\w-]+ (?:also )?needs (?:one|a lawyer|help|counsel)(?: too| as well)?|same (?:goes )?for|"
    r"(?:(?:and |but |then |also,? |finally,? |next,? )?(?:the|my|our|one|a|an) (?:(?:first|second|third|fourth|"
    r"other|last|older|oldest|elder|eldest|younger|youngest|middle|next|latter|former|remaining) (?:one|client|"
    r"case|kid|boy|girl|brother|sister|sibling|man|woman|teen|youth|is\b|was\b|\w+,|,|\(|\w+ is|\w+ \()|(?:second|"
    r"other|third)\b(?! (?:anniversary|time|hearing|master|interview|judge|page|circuit|chair|half|language|floor|week|day|month|"
    r"year|degree|offense|marriage|husband|wife|thing|request|lawyer|attorney|side|hand|parent|issue|question|problem|part|end|"
    r"option|bank|state|way|reason|piece|place))|elder\b|older\b|younger\b|youngest\b|oldest\b))|"
    r"(?:client|case|cliente|caso|kid)\s*(?:#|no\.?)?\s*(?:\d|one|two|three|four|uno|dos|tres|[A-D]\b)|"
    r"(?:the )?(?:first|second|third),|separately,?|unrelated(?:ly)?[:,]|(?:uno|una|el uno|la una) (?:es|está|"
    r"vive)|(?:el|la|y el|y la) otr[oa] |one (?:is|lives|of them)\b|the other\b(?! \w+ing\b| (?:thing|side|hand|parent|issue|"
    r"question|problem|part|end|option|bank|way|half|reason|piece|place))|(?:el|la|un|una|otro|"
    r"otra) (?:primer[oa]?|segund[oa]|tercer[oa]?|otr[oa]|mayor|menor)\b|(?:secondly|thirdly|first(?:ly)?|"
    r"number (?:one|two|three))[,:]|also (?:have|have a|looking|need|seeking)[^.\n]{0,30}\b(?:client|case|kid|"
    r"woman|man|family|another|second)|another (?:client|case|one|kid|woman|man|family|teen)|(?:second|"
    r"separate(?:ly)?|different|unrelated|other) (?:client|case|ask|request|matter))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\d/$.,-])(?<!with )(?<!her )(?<!his )(?<!their )(?<!has )(?<!have )(?<!plus )\b(?P<n>two|three|four|five|six|"
    r"[2-6]|dos|tres|cuatro|cinco|couple of|a couple|"
    r"pair of)\b(?:\s\(\d\))?\s+(?:(?!year|yr|week|month|day|hour|hr|usc|more week|minute|page|mile|"
    r"kid)\w+[- ]){0,3}?(?:clients?|cases|matters|people|folks|men|women|families|referrals|asks|detainees|"
    r"brothers|sisters|siblings|teens|boys|girls|cousins|unrelated|separate|casos|clientes|personas|jóvenes|hermanos|guys|"
    r"bonds|"
    r"hondurans|guatemalans|venezuelans|brazilians|haitians|cubans|mexicans|left(?:over)?s?|still|asylum seekers|"
    r"placements|of (?:them|our)|in|at|en)\b|\b(?:so|hay|place|need|the|all|of these|other|these|last) (?P<n2>two|"
    r"three|four|five|2|3|4|5|dos|tres)\b(?=\s*[.:,(!]|$)|\b[a-z]{3,} ?x ?(?P<n3>[2-6])\b|"
    r"^(?P<n4>[2-6]) [A-Za-z]",
    re.IGNORECASE | re.MULTILINE,
)
_ONE_CASE = re.compile(
    r"\b(?:one|same|single|joint|consolidated|derivative|lead respondent|rider|family (?:unit|case|of)|together|"
    r"same (?:case|judge|facts|a file)|consolidat\w+|mother and|mom and|her (?:two|three|four|2|3|4)|his (?:two|"
    r"three|four|2|3|4)|with (?:two|three|four|2|3|4|her|his))\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "couple of": 2,
    "a couple": 2,
    "pair of": 2,
}
_GONE = re.compile(
    r"\b(?:placed|taken|covered|already (?:placed|has|represented)|no longer|withdrawn|resolved|spoken for|done|"
    r"handled|we(?:'re| are) (?:keeping|taking)|colocad[oa])\b|~~",
    re.IGNORECASE,
)


def find_clients(text: str, body_start: int) -> Clients:
    """The clients of a post; one whose text is everything where nothing shows several."""
    whole: Span = (0, len(text))
    said = _said(text)
    for find in (_rows, _cells, _items, _labels, _paragraphs, _prose, _introduced):
        spans = find(text, body_start, said)
        if len(spans) >= 2:
            live = [s for s in spans if not _placed(text[s[0] : s[1]])] or spans
            outside = _outside(spans, len(text))
            own, shared = _with_mentions_elsewhere(text, live, outside)
            return Clients(own, shared, _doubt(said, text, len(spans), len(live)), find in (_rows, _cells, _items))
    return Clients(((whole,),), (), _doubt(said, text, 1, 1))


def _said(text: str) -> int:
    """How many clients the post says it speaks of; 0 where it does not say."""
    m = _COUNT.search(text[:3000])
    if not m:
        return 0
    word = (m["n"] or m["n2"] or m["n3"] or m["n4"]).lower()
    return int(word) if word.isdigit() else _NUMBERS.get(word, 0)


def _with_mentions_elsewhere(
    text: str, live: list[Span], outside: tuple[Span, ...]
) -> tuple[tuple[tuple[Span, ...], ...], tuple[Span, ...]]:
    """Sentences outside the items that begin with one's label ("Ortiz: Mexican …", "RG only needs …") go to that client."""
    labels = [_label_of(text[a:b]) for a, b in live]
    own: list[list[Span]] = [[s] for s in live]
    shared: list[Span] = []
    for start, end in outside:
        cuts = [
            (m.start(1), labels.index(m[1].lower().replace(".", "")))
            for m in _BEGINS.finditer(text, start, end)
            if m[1].lower().replace(".", "") in labels
        ]
        at = start
        for i, (cut, number) in enumerate(cuts):
            if cut > at and i == 0:
                shared.append((at, cut))
            stop = re.compile(r"\n[ \t]*\n").search(text, cut, end)
            upto = min(cuts[i + 1][0] if i + 1 < len(cuts) else end, stop.start() if stop else end)
            own[number].append((cut, upto))
            at = upto
        if at < end:
            shared.append((at, end))
    return tuple(tuple(spans) for spans in own), tuple(shared)


_BEGINS = re.compile(
    r"(?:(?<=[.;!?\n]\s)|(?<=\n)|(?<=\s{2}))((?:[A-Z]\.?){2,3}|[A-Z][a-z]{2,15}|[A-H1-9])(?=\s?[:,]|\s(?:is|has|"
    r"only|needs?|wants?|speaks|was|will|lives)\b|:)"
)


def _label_of(item: str) -> str:
    """The name, initials or letter by which an item may be called again."""
    m = re.match(r"[\W_]*(?:(?P<mark>[A-Ha-h1-9])[.)/:]\s+)?(?P<label>(?:[A-Z]\.?){2,3}|[A-Z][a-z]{2,15})?", item)
    return ((m["label"] or m["mark"] or "-") if m else "-").lower().replace(".", "")


_TAKEN = re.compile(
    r"\b(?:placed|taken (?:by|already)|gone\b|already (?:placed|has (?:a |an )?(?:lawyer|attorney|counsel)|"
    r"represented)|not asking|no (?:help|lawyer) needed|spoken for|found (?:private )?counsel|colocad[oa]|"
    r"ya tiene abogad[oa]|out!|has (?:her|him|them|counsel)\b|is already with)",
    re.IGNORECASE,
)


def _placed(item: str) -> bool:
    """Whether an item only says that this client is provided for."""
    head = item.strip()[:60]
    if re.match(r"[\W\d]*(?:placed|taken|covered|done|gone|out)\b[!,:. ]", head, re.IGNORECASE) or re.search(
        r"\((?:placed|taken|covered)\)|[-–—:] ?(?:PLACED|TAKEN|COVERED|GONE)\b|~~", item
    ):
        return True
    m = _TAKEN.search(item[:160])
    return bool(m) and not re.search(r"\b(?:hasn'?t|has not|still|needs?)\b", item[m.start() if m else 0 :], re.IGNORECASE)


def _outside(spans: list[Span], length: int) -> tuple[Span, ...]:
    out, at = [], 0
    for start, end in spans:
        if start > at:
            out.append((at, start))
        at = end
    if at < length:
        out.append((at, length))
    return tuple(out)


def _doubt(said: int, text: str, found: int, live: int) -> str:
    """Why the count may be wrong: the post says another number than was found."""
    if said and said not in (found, live) and (found > 1 or not _ONE_CASE.search(text)):
        return f"the post seems to speak of {said} clients, {live} found"
    return ""


def _is_client(item: str) -> bool:
    head = item[:400]
    person = _PERSON.search(head) or _INITIAL.search(head)
    return bool(person) and bool(_CASE.search(item)) and len(item.split()) >= 3


_INITIAL = re.compile(r"(?:^|[\s(])(?:(?:M[rs]{1,2}|Mx|Sr|Sra)\.? )?[A-Z]\.?,? \(?\d{1,2}(?=[,;) ])")
"""A client named by one letter and an age."""


def _rows(text: str, body_start: int, said: int) -> list[Span]:
    """Rows of a table, without its head and rules."""
    rows = [m.span() for m in _ROW.finditer(text, body_start)]
    rows = [r for r in rows if re.search(r"[a-z0-9]", text[r[0] : r[1]], re.IGNORECASE)]
    if len(rows) < 3 and not (len(rows) == 2 and all(_CASE.search(text[a:b]) for a, b in rows)):
        return []
    heads = re.compile(
        r"\b(?:client|initials|name|country|language|relief|court|date|facility|city|deadline|location|age|case|what|"
        r"when|where|need|from|fac|lang)\b",
        re.IGNORECASE,
    )
    if len(heads.findall(text[rows[0][0] : rows[0][1]])) >= 2 and not re.search(r"\d/\d", text[rows[0][0] : rows[0][1]]):
        rows = rows[1:]
    return [r for r in rows if _CASE.search(text[r[0] : r[1]]) and len(re.findall(r"\w+", text[r[0] : r[1]])) >= 3]


_HEADS = re.compile(
    r"[ \t]*(?:who|what|where|when|client|initials|name|country|from|language|lang|relief|case|court|date|facility|city|"
    r"place|location|age|"
    r"next|deadline|need|needs|status|detained|custody|notes?|hearing|judge|forum|stage|ask|quién|dónde|qué|cuándo)\??[ \t]*",
    re.IGNORECASE,
)


def _cells(text: str, body_start: int, said: int) -> list[Span]:
    """The rows of a table that mail has taken apart, one cell a line under three and more lines of heads."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text[body_start:]) if m[0].strip()]
    heads = [bool(_HEADS.fullmatch(text, body_start + a, body_start + b)) for a, b in lines]
    first = next((i for i in range(len(heads) - 2) if all(heads[i : i + 3])), None)
    if first is None:
        return []
    width = next((n for n in range(3, len(heads) - first) if not heads[first + n]), 0)
    cells = lines[first + width :]
    rows = (
        [(body_start + cells[i][0], body_start + cells[i + width - 1][1]) for i in range(0, len(cells) - width + 1, width)]
        if width
        else []
    )
    rows = rows[:said] if said >= 2 else rows
    good = [bool(_CASE.search(text[a:b])) and b - a < 600 for a, b in rows]
    return rows[: good.index(False)] if False in good else rows


def _items(text: str, body_start: int, said: int) -> list[Span]:
    """Numbered, lettered or bulleted items that each speak of a person and a case."""
    best: list[Span] = []
    for mark in _MARKS:
        starts = [m.start() for m in mark.finditer(text, body_start)][:40]
        spans = _spans(text, starts)
        good = [s for s in spans if not _FIELD.match(text[s[0] : s[1]])]
        clients = [s for s in good if _is_client(text[s[0] : s[1]])]
        loose = [s for s in good if s in clients or _CASE.search(text[s[0] : s[1]]) or _PERSON.search(text[s[0] : s[1]])]
        if said >= 2 and len(good) == said and 2 * len(clients) >= said:
            chosen = good
        elif len(clients) >= 2 and len(clients) >= 0.6 * len(spans):
            chosen = loose
        else:
            continue
        if len(chosen) > len(best):
            best = chosen
    return best


def _spans(text: str, starts: list[int]) -> list[Span]:
    return [(start, starts[i + 1] if i + 1 < len(starts) else _item_end(text, start)) for i, start in enumerate(starts)]


def _labels(text: str, body_start: int, said: int) -> list[Span]:
    """Lines or paragraphs that each begin with a name, place or word and a dash or colon ("Geauga -- Marvin, 41 …", "MOM: …")."""
    found = [m for m in _LABEL.finditer(text, body_start) if not _FIELD.match(m[0]) and len(m["label"].split()) <= 4][:40]
    spans = _spans(text, [m.start() for m in found])
    if said >= 2 and len(spans) == said:
        return spans
    good = [s for s in spans if _is_client(text[s[0] : s[1]])]
    if len(good) >= 2 and (len(good) == len(spans) or len(good) == said):
        return good
    cases = [s for s in spans if _CASE.search(text[s[0] : s[1]]) and len(text[s[0] : s[1]].split()) > 4]
    return cases if said >= 2 and len(cases) == said else []


_STARTS_PERSON = re.compile(
    r"\s*(?:(?:[A-Z]\.\s?){1,3},?\s|(?:an?|un|una|my|our|one|also,? an?|the|mr|ms|"
    r"mrs)\.?\s+(?:[\w-]+\s){0,4}?(?:man|woman|boy|girl|kid|teen\w*|youth|minor|mother|mom|father|dad|couple|"
    r"family|client|lady|gentleman|person|student|guy|señora?|joven|muchach[oa]|brothers?|sisters?|siblings|"
    r"worker|grandm\w+|lpr|resident|refugee|national|asylee|\d\d)\b|"
    r"(?:honduran|guatemalan|salvadoran|mexican|venezuelan|colombian|ecuador\w+|haitian|cuban|nicaraguan|"
    r"peruvian|brazilian|dominican|chinese|indian|afghan|ukrainian|russian|nigerian|ghanaian|cameroonian|"
    r"congolese|angolan|eritrean|ethiopian|somali|senegalese|mauritanian|turkish|kurdish|syrian|iraqi|iranian|"
    r"pakistani|nepali|burmese|vietnamese|jamaican)\b|"
    r"[A-Z][\w-]+,? (?:is |age[d]? )?\(?\d{1,2}\b|(?:separately|second|also|another|otr[oa]|next|finally|lastly|"
    r"unrelated|and then)\b)",
    re.IGNORECASE,
)


def _paragraphs(text: str, body_start: int, said: int) -> list[Span]:
    """Paragraphs that each begin by bringing in a person, with a case of their own."""
    starts = [body_start] + [m.end() for m in re.finditer(r"\n[ \t]*\n", text[body_start:])]
    starts = [starts[0]] + [body_start + s for s in starts[1:]]
    ends = [*starts[1:], len(text)]
    spans = [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]
    good = [s for s in spans if _STARTS_PERSON.match(text, s[0]) and _is_client(text[s[0] : s[1]])]
    if len(good) >= 2 and (len(good) == said or all(_BY_NAME.match(text, s[0]) for s in good)):
        return good
    head = _PLURAL.search(text[: good[0][0]]) if good else None
    between = [s for s in spans if (good and _from(head, good) <= s[0] <= good[-1][0]) or _BY_NAME.match(text, s[0])]
    listed = [s for s in between if _CASE.search(text[s[0] : s[1]]) and len(text[s[0] : s[1]].split()) >= 6]
    if said >= 2:
        cases = [s for s in spans if _is_client(text[s[0] : s[1]]) and len(text[s[0] : s[1]].split()) >= 8]
        return listed if len(listed) == said else cases if len(cases) == said else []
    return listed if len(good) >= 2 and head else []


def _from(head: re.Match[str] | None, good: list[Span]) -> int:
    """Where a list of people may begin: after the words that announce it."""
    return head.end() if head else good[0][0]


_BY_NAME = re.compile(r"\s*(?:(?:[A-Z]\.\s?){1,3}|[A-Z][a-zé]+),?\s\(?\d{1,2}[,;) ]")
_PLURAL = re.compile(
    r"\b(?:below|following|these|everyone|folks|people|clients|cases|list|kids|asks|both|each|several|few|"
    r"handful|estos|estas|casos|clientes)\b",
    re.IGNORECASE,
)


def _item_end(text: str, start: int) -> int:
    """The end of the last item: its paragraph."""
    m = _BLANK.search(text, start)
    return m.start() if m else len(text)


_BLANK = re.compile(r"\n[ \t]*\n")


def _prose(text: str, body_start: int, said: int) -> list[Span]:
    """'The elder … The younger …', 'Client 1 … Client 2 …', 'The first … The other …' in running text or paragraphs."""
    leads = list(_PROSE.finditer(text, body_start))
    if not leads:
        return []
    starts = [m.start("lead") for m in leads]
    first = leads[0]["lead"].lower()
    if re.search(
        r"\b(?:second|other|another|also|younger|separate(?:ly)?|third|otr[oa]|segund[oa]|different|unrelated|next|"
        r"too|as well|same|while)\b",
        first,
    ):
        opening = _opening(text, body_start, starts[0])
        if opening is None:
            return []
        starts.insert(0, opening)
    spans = []
    for i, start in enumerate(starts):
        end = starts[i + 1] if i + 1 < len(starts) else _item_end(text, start)
        if _is_client_loose(text[start:end]) or len(starts) == said:
            spans.append((start, end))
    return spans if len(spans) >= 2 else []


_KIN = (
    r"mother|mom|father|dad|son|daughter|husband|wife|brother|sister|nephew|niece|cousin|uncle|aunt|grandmother|madre|"
    r"padre|hij[oa]|herman[oa]|espos[oa]"
)
_BOUNDARY = re.compile(
    r"(?<=[.!?:;])\s+|\n\s*|\s[-–—]+\s|\s(?=\([a-d1-6]\)\s)|,\s(?=(?:and|plus|y)\s)|\s(?=and (?:his|her|their|a|an|one)\s)"
)
_LEAD = (
    r"(?i:(?:and|plus|also|then|y|también|finally|lastly|next)\b,?\s+)?(?:\(?[a-d1-6][).]\s+)?(?:(?i:at|in|from|"
    r"en)\s+[A-Z][\w .'-]{1,30}[:,]\s+)?"
)
_NEW_PERSON = re.compile(
    _LEAD + r"(?:(?i:an?|one|un|una|another|otr[oa])\s+(?:[\w'-]+,?\s+){0,4}?(?i:man|woman|boy|girl|kid|teen\w*|mother|"
    r"father|couple|family|señora?|joven|muchach[oa]|"
    r"lady|guy|person|student|worker|(?:\d\d)(?=[\s,-]))\b|(?i:an?|one)\s+[A-Z]\w+,?\s\(?\d|(?:M[rs]{1,2}|Mx|Sra?|Don|"
    r"Doña)\.?\s[A-Z]|(?:[A-Z]\.\s?){1,3}(?=[,(\s:])|"
    r"[A-Z]{2}(?=[,:(])|[A-Z][a-zé]+\s(?:[A-Z]\.\s)?\(\d{1,2}\b|[A-Z][a-zé]+,\s(?:age )?\d{1,2}\b|[A-Z][a-zé]{2,}\s(?:in|"
    r"at)\s[A-Z]|(?i:the)\s[A-Z]\w+\s(?:sisters|brothers|family|couple)|"
    r"(?i:woman|man|boy|girl)\b,?\s)"
)
_RELATIVE = re.compile(
    _LEAD + rf"(?i:(?:my client\b|(?:the|his|her|their|el|la)\s(?:{_KIN})\b|(?:{_KIN})\s(?:is|has|was|"
    rf"lives)\b))"
)
_SEPARATE = re.compile(
    r"\b(?:also an?|also another|separate(?:ly)?|two cases|own case|each (?:one|of them|needs?)|for each|"
    r"different (?:lawyers?|judges?|courts?|states?|sponsors?|attorneys?)|unrelated|both need|"
    r"dos casos|casos (?:separados|distintos))\b",
    re.IGNORECASE,
)
_STRONG_CASE = re.compile(
    r"\b(?:asylum|asilo|bond|fianza|sijs?|u visa|t visa|vawa|42[ab]|i-?\d{3}|habeas|appeal|pfr|mtr|reopen|tps|daca|hearing|"
    r"master|individual|merits|interview|cfi|rfe|noid|"
    r"withholding|cat|adjust\w*|guardianship|custody|n-?400|natural\w+|parole|290b|removal|audiencia|corte|turns (?:18|21))\b",
    re.IGNORECASE,
)


def _introduced(text: str, body_start: int, said: int) -> list[Span]:
    """Clauses of running text that each bring in a person, where the post counts as many or each has a case of its own."""
    begins = [body_start, *(m.end() for m in _BOUNDARY.finditer(text, body_start, body_start + 4000))]
    apart = bool(_SEPARATE.search(text))
    persons = {
        m.end(): at
        for at in reversed(begins)
        if (m := _NEW_PERSON.match(text, at) or (_RELATIVE.match(text, at) if apart else None))
    }
    found = sorted(persons.values())
    if not 2 <= len(found) <= 8:
        return []
    spans = [(a, found[i + 1] if i + 1 < len(found) else _item_end(text, a)) for i, a in enumerate(found)]
    cased = [s for s in spans if _STRONG_CASE.search(text[s[0] : s[1]])]
    if said == len(spans) and len(cased) >= said - 1:
        return spans
    if apart and said == len(cased):
        return cased
    return spans if apart and len(cased) == len(spans) else []


def _opening(text: str, body_start: int, before: int) -> int | None:
    """Where the first client begins, when only the second has a word of order."""
    lead = text[body_start:before]
    m = _PERSON.search(lead)
    return body_start + max(lead.rfind("\n", 0, m.start()), 0) if m else None


def _is_client_loose(item: str) -> bool:
    return bool(_CASE.search(item)) and len(item.split()) >= 5
