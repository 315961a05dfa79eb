"""Words by which a post tells its clients apart: who is brought in, what a case is, how many are said, who is provided for."""

from __future__ import annotations

import re

from listbot.domain.reading import Span
from listbot.reading.text import lowered

PERSON_NOUN = (
    r"man|men|woman|women|boy|girl|kid|child|teen\w*|youth|minor|mother|mom|mum|mama|father|dad|papá|mamá|couple|family|"
    r"household|client|lady|gentleman|señora?|joven|menor|niñ[oa]|chic[oa]|muchach[oa]|pareja|familia|hombre|mujer|sisters?|"
    r"brothers?|siblings?|cousins?|guy|dude|fellow|lad|husband|wife|spouse|widow(?:er)?|person|student|asylum seeker|lpr|dreamer|"
    r"resident|citizen|refugee|asylee|parolee|madre|padre|grand(?:mother|father|ma|pa|son|daughter)|granny|abuel[oa]|elder|worker|"
    r"farmworker|detainee|nurse|teacher|cook|chef|waitress|driver|farmer|fisherman|roofer|pastor|priest|dentist|welder|barber|"
    r"mechanic|carpenter|poet|aide|nanny|housekeeper|supervisor|deckhand|picker|packer|hand|soldier|conscript|officer|journalist|"
    r"professor|doctor|engineer|pharmacist|musician|caller|survivor|resister|refuser|dishwasher|painter|tailor|sailor|seafarer"
)
PERSON = re.compile(
    rf"\b(?:{PERSON_NOUN})\b|\b(?:\d{{1,2}}\s?(?:yo\b|y/o|yrs?\b|years?[- ]old|año)|(?:age|edad)d? \d|M/?\d\d|F/?\d\d|\d{{1,2}}[MF]\b|"
    r"M\b,|F\b,)",
    re.IGNORECASE,
)
"""A person spoken of, by a noun or an age."""

NO_NAME = (
    r"(?!(?:The|This|That|These|Those|We|They|He|She|It|You|Our|My|Your|Please|Can|Could|Would|Should|Is|Are|Was|Were|Has|Had|Have|Do|"
    r"Does|Did|If|When|While|As|At|In|On|By|For|From|With|No|Not|Nothing|Nobody|None|Any|Anyone|All|Both|Each|Everyone|There|Here|What|"
    r"Who|Where|Why|How|Everything|Everybody|Courts?|Judge|Asylum|Master|Hearing|Bond|Next|Also|And|But|Or|So|Because|Since|Family|Counsel|Clients?|Form|"
    r"Detained|Spanish|English|Thanks|Thank|Dear|Hi|Hello|ICE|USCIS|EOIR|DHS|CBP|ORR|IJ|NTA|Mine|Venue|Entry|Either|Neither|Someone|"
    r"Somebody|One|Two|Three|Four|Five|Its|Their|His|Hers?|Turned|Turns|Age|Aged|Entered|Arrived|Individual|Interview|Merits|Due|Room|Rm|"
    r"Attorneys?|Lawyers?|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|June|July|August|September|"
    r"October|November|December|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|\w+day|Referral|Case|Client|Update|Re|Fwd?)\b)"
)
"""Capitalised words that are no name."""

NAMED = re.compile(
    r"(?:(?:M(?:(?:r\.? (?:and|&) M)?r?s|r|me|lle|x)|Miss|Sra?|Srta|Don|Doña|Señora?|Madame|Monsieur)\.?\s[\"“]?[A-Z]|"
    r"(?:[A-Z]\.[\s-]?){1,3}(?=[,;:(|]|$|\s?(?:is|was|has|needs|wants|lives|in|at|and|only|who|just|\(|,|\d)\b)|[A-Z]{2}(?=[,:(])|"
    r"[A-Z],? \(?\d\d(?=[\s,;:).(])|[\"“][A-Z][\w.]*[\"”]?|"
    + NO_NAME
    + r"[A-Z][a-zà-ÿ]+(?:[\s-][A-Z][\w.'’]*){0,2},?\s\(?(?:age )?\d{2}(?=[\s,;:).(]|$)(?! ?(?:am|pm|days?|weeks?|years? in|%|[A-Z][a-z]{2})\b))"
)
"""A client by title, initials, letter or name with an age."""
NAME_ALONE = re.compile(r"[A-Z][a-zà-ÿ'’]+(?:[\s-][A-Z][\w.'’é-]*){0,3}\s?[,(:]")
"""A name or place with more about it, at the head of an item."""

CASE = re.compile(
    r"asylum|589|bond\b|bonded|\bsij|\bu[- ]visa|\bt[- ]visa|vawa|cancel|42-?[ab]|\bi-?\d{3}|\b(?:130|131|360|485|601|730|751|765|918)s?\b|"
    r"habeas|2241|appeal|\bbia\b|\bpfr\b|\bmtr\b|reopen|"
    r"\btps\b|\bdaca\b|hearing|\bmaster\b|\bmch\b|individual\b|merits|interview|\bdue\b|deadline|detain|removal|removed|natural|n-?400|"
    r"\bstay\b|\bcat\b|withholding|adjust|guardian|custody|\bcfi\b|credible|\brfe\b|noid|work (?:permit|card)|\bead\b|parole|asilo|"
    r"fianza|turns \d\d|age out|entered|entrada|arrived|crossed|\bcourt\b|\bnta\b|petition|green card|citizenship|audiencia|corte|"
    r"deport|\border\b|290b|derivative|certif|trial|\bwrit\b|probate",
    re.IGNORECASE,
)
"""A step, paper or date of a case."""

FIELD = re.compile(
    r"[-*•·–\d.)/ \t]{0,16}(?:[IVXivx]{1,4}[.)][ \t]{0,4})?(?:client|name|age|dob|country|nationality|language|location|city|where|relief|"
    r"case|court|judge|ij|hearing|next|deadline|scope|what|who|when|status|entry|facts|background|need|fee|"
    r"funding|contact|procedural|posture|detained|custody|timeline|pros|cons|issues?|summary|from|lang|"
    r"office|date|subject|sent|to|cc|re|p\.?s|note|update|edit|nb|btw|ask|about|bio|details|why|how|pay|time|hi|"
    r"hello|dear|thanks|screened|entered|not eligible|nta|practicalities|history|eligib|strength|weakness|born|"
    r"\d+(?:st|nd|th)|we can|i can|i will|we will|bonus|warning|caveat|important|reminder|urgent|please|has been|is|was|must|wanted|collateral|disclosure|manner|residence|next|"
    r"conflicts?|merits|ruled out|interpreter|travel|link|register|topics|cost|speakers?|salary|apply|"
    r"requirements|duties|position|zoom|agenda|http|https|fax|tel|phone|cell|email|e-mail|web|"
    r"office hours|cohort|tl;?dr|short version|long version|the ask|the facts|question|issue)s?\b[\w /'()]{0,25}?\s*"
    r"(?:--|—|–|:|\s-\s|(?<=[a-z])\.\s)",
    re.IGNORECASE,
)
"""A line that tells one thing about a client or the post, not a client."""

_NUMBER = r"(?P<{0}>two|three|four|five|six|seven|[2-7]|dos|tres|cuatro|cinco|couple of|a couple|pair of)"
_COUNTED = (
    rf"(?:{PERSON_NOUN})s|clients?|cases|matters|requests|stories|people|folks|men|women|families|households|familias|referrals|asks|needs|detainees|brothers|sisters|"
    r"siblings|teens|boys|girls|kids|children|cousins|unrelated|separate|casos|clientes|personas|jóvenes|hermanos|hermanas|guys|bros|"
    r"bonds|callers|wards|files|muchach[oa]s|left(?:over)?s?|asylum seekers|placements|remain\w*|(?-i:[A-Z])\w+ns|who (?:need|remain)"
)
_COUNT = re.compile(
    r"(?<![\d/$.,-])(?<!with )(?<!her )(?<!his )(?<!their )(?<!has )(?<!have )\b"
    + _NUMBER.format("a")
    + r"\b(?:\s\(\d\))?\s+(?:(?!year|yr|week|month|day|hour|hr|usc|us citizen|citizen|minor|small|little|young|more week|minute|page|"
    rf"mile)\w+[- ]){{0,3}}?(?:{_COUNTED}|of (?:them|our|these|my)|in|at|en|are left)\b|"
    r"\b(?:so|hay|place|need|the|all|of these|other|these|those|last|leaves|the other|remaining|youngest) "
    + _NUMBER.format("b")
    + r"\b(?=\s*[.:,;(!?–—]|$| who| do not| don'?t| remain| are| that)|"
    r"\b(?:the other|these|those|remaining|(?:l[oa]s )?otr[oa]s|est[oa]s) " + _NUMBER.format("g") + r"\b|"
    r"\b[a-z]{3,} ?x ?(?P<c>[2-6])\b|^(?P<d>[2-6]) [A-Za-z]|(?:^|(?<=\. ))(?P<f>two|three|four|five)(?: for| from|, (?:all|both))\b|[:,–—-] ?"
    + _NUMBER.format("e")
    + r"\b(?= (?:left|easy|for|to go)|,)",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "couple of": 2, "a couple": 2, "pair of": 2,
}  # fmt: skip

TOGETHER = re.compile(
    r"\b(?:one|same|single|joint|consolidated|derivative|lead respondent|riders?|family (?:unit|case|of)|together|"
    r"same (?:case|judge|facts|a file)|consolidat\w+|mother and|mom and|her (?:two|three|four|2|3|4)|his (?:two|"
    r"three|four|2|3|4)|with (?:two|three|four|2|3|4|her|his))\b",
    re.IGNORECASE,
)
"""Words of several people with one case."""

APART = re.compile(
    r"\b(?:also an?|also another|separate(?:ly)?|(?:two|dos|2|different) (?:cases|needs|asks|casos|vawas)|own (?:case|judge)|"
    r"casos? (?:aparte|separados|distintos)|each (?:one|of them|needs?)|for each|one each|either of them|"
    r"not together|different (?:\w+ )?(?:ways|problems|stories|lawyers|judges|courts|states|sponsors|attorneys|families|jails)|diff lawyers|unrelated|"
    r"unconnected|both need)\b",
    re.IGNORECASE,
)
"""Words of several people with a case each."""

_HEAD_GONE = re.compile(
    r"[\W\d]*(?:(?:[ivx]{1,4}|[a-h])[.)]\s+)?(?:placed|taken|covered|done|gone|resolved|handled|colocad[oa]|listo)\b[!,:. ]",
    re.IGNORECASE,
)
_MARKED_GONE = re.compile(
    r"\((?i:placed|taken|covered|done|gone|closed|filled|colocad[oa]|listo)\)|[-–—:] ?(?:PLACED|TAKEN|COVERED|GONE|DONE|CLOSED)\b|~~"
)
_TAKER = r"(?:lawyers?|attorneys?|counsel|firm|clinic|somebody|someone|home|abogad[oa])"
_TO_NAMED = re.compile(
    r"\b(?:[Pp]laced|[Tt]aken|[Ss]cooped up|[Ss]napped up|[Pp]icked up|[Cc]laimed|[Ss]igned|[Aa]dopted) (?:\w+ )?(?:with|by) "
    r"(?!ICE\b|CBP\b|DHS\b|HSI\b|Agents|Police|Border|Deput|Officers|Sheriff|Marshals)[A-Z]|"
    r"\b(?!ICE|CBP|DHS|HSI|ERO|They|He|She|It|Agents|Police|Officers)[A-Z][\w.]+ (?:took|signed|is taking|has taken) (?:him|her|them)\b"
    r"(?! (?:cert|form|paper|petition|supplement|statement|request|declaration|letter|[Ii]-?\d|918|in\b|into|to\b|from|off|away))|"
    r"\b(?:[Gg]one|[Ww]ent|[Gg]oing) (?:w/|with) [A-Z]"
)
"""Somebody who took the case, by name."""
_GONE = re.compile(
    # somebody took the case
    r"\b(?:placed|taken|scooped up|snapped up|picked up|claimed|signed|adopted) (?:\w+ )?(?:with|by) (?!ice\b|cbp\b|dhs\b|hsi\b|agents|police|"
    r"border|deput|officers|sheriff|marshals)an? (?:firm|clinic|lawyer|law|volunteer|wonderful|solo|colleague)|"
    r"(?:has|have|was|were|is|are|been) (?:now |since |already |just |all )*(?:been )?(?:placed(?! (?:with|in) (?:an? |the |his |her |their )?(?:foster|famil|relativ|aunt|"
    r"uncle|cousin|sponsor|proceedings|removal|shelter|detention|custody))|scooped up|spoken for|provided for|rehoused|"
    r"represented)\b|have since been picked up|taken already|already taken|"
    r"(?:gone|went|going) (?:w/|with) (?:counsel|a (?:firm|lawyer))|can be left out|"
    r"(?:sent|gone|went) to a (?:guy|lawyer|firm|clinic)|"
    # somebody is found
    rf"(?:found|hired|(?<!or )retained|signed with|landed) (?:[\w'’]+ ){{0,3}}{_TAKER}\b|(?:found|hired|retained) (?:her|his|their) own way|"
    rf"already (?:has|have|had|got) (?:an? )?(?:new )?{_TAKER}|(?:she|he|they) (?:has|have) an? {_TAKER}\b(?! who| but| in| for)|"
    rf"have a {_TAKER} together|{_TAKER} found|{_TAKER}\b[^.;\n]{{0,25}} has (?:her|him|them)\b|hired somebody|"
    rf"is (?:already )?with (?:an?|the|our) (?:law school|{_TAKER})|with a {_TAKER} now|is already with|colocad[oa]|ya tiene {_TAKER}|"
    # nobody is needed
    rf"not asking|not a lawyer|no (?:help|{_TAKER}|one) needed|no need\b|(?:needs?|wants?) (?:nothing|no (?:one|lawyer))|doesn'?t need|nothing for the|"
    r"(?:scratch|skip|ignore|never mind|forget) (?:him|her|them|that one|this one)|off the list|(?:so|:|,) (?:handled|resolved|ignore)\b|"
    r"(?:is|that'?s) resolved|resolved itself|out!|i fixed|on the spot|swore in|passed (?:her|his) civics|don'?t worry about|"
    r"nobody needs to worry|nothing to do (?:there|here|for (?:him|her|them))|(?:gone|went|flew|flown) home\b(?! (?:to find|from work|and))|"
    r"nothing[.,;] clos\w+|clos(?:ing|ed) (?:this|the|out)|decided to go home|i (?:keep|kept|am keeping|'m keeping|'m doing)\b",
)
"""The same otherwise, in lower-case words."""
_STILL = re.compile(r"\b(?:hasn'?t|has not|still|needs? (?!nothing)|wants?|needs to|asks? for|looking for)\b", re.IGNORECASE)


_ONE_AND_ONE = re.compile(
    r"\b(?:one|1|an?) (?P<first>for|in|at|[\w'’-]+)[^.;\n]{0,40}?(?:,|and|\+|&|plus) (?:one|1|another) \w+(?P<third>[^.;\n]{0,40}?(?:,|and|\+|&) "
    r"(?:one|1) \w+)?",
    re.IGNORECASE,
)
_AND_SOME = re.compile(rf"\b(?:{PERSON_NOUN}|she|he|her|him|[A-Z]\.?),? (?:and|plus|&|with|y) \Z", re.IGNORECASE)
"""Before a number: those who come with a client already told."""
_TIMES = re.compile(r"\b[A-Za-z]{3,} ?x ?([1-6])\b", re.IGNORECASE)


def numbers_said(text: str) -> tuple[int, ...]:
    """Every number of clients that the first words of a post say, in order; none where it does not say."""
    out: dict[int, None] = {}
    for m in _COUNT.finditer(text[:4000]):
        if _AND_SOME.search(text, max(0, m.start() - 40), m.start()):
            continue
        word = next(m[g] for g in "abcdefg" if m[g]).lower()
        out[int(word) if word.isdigit() else _NUMBERS[word]] = None
    times = [int(n) for n in _TIMES.findall(text[:200])]
    if len(times) > 1:
        out[sum(times)] = None
    if pair := _ONE_AND_ONE.search(text[:600]):
        out[3 if pair["third"] else 2] = None
    return tuple(out)


def provided_for(item: str) -> bool:
    """Whether words about a client only say that a taker is found or none is needed."""
    if _HEAD_GONE.match(item.strip()[:60]) or _MARKED_GONE.search(item):
        return True
    head = item[:320]
    ends = [m.end() for m in (_GONE.search(lowered(head)), _TO_NAMED.search(head)) if m]
    return bool(ends) and not _STILL.search(item[:2000], min(ends))


def item_end(text: str, start: int) -> int:
    """The end of the paragraph that holds a position."""
    m = _BLANK.search(text, start)
    return m.start() if m else len(text)


_BLANK = re.compile(r"\n[ \t]*\n")


def spans_from(text: str, starts: list[int]) -> list[Span]:
    """From each start to the next, the last to the end of its paragraph."""
    return [(start, starts[i + 1] if i + 1 < len(starts) else item_end(text, start)) for i, start in enumerate(starts)]
