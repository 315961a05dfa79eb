"""What a date is to the case: its role by the nearest cue in its sentence, and with the role its year."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from listbot.domain.reading import DateRole, Span
from listbot.reading.dates import Mention
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


_CUES: tuple[tuple[DateRole, float, float, str], ...] = (
    # role, weight of a cue before the date, weight of one after it, the cue
    (
        R.ENTRY,
        3.0,
        1.2,
        r"enter(?:ed|ing)|entry(?: date| was)?|\bdoe\b|arriv(?:ed|al|ing)|came (?:in|to|here|over|across|through|"
        r"with|from)|cross(?:ed|ing)|\bewi'?(?:d|ed)?\b|"
        r"paroled in(?:to)?|evacuated|landed|admitted (?:to the u\.?s|on|as)|been (?:in the u\.?s\.?|here|"
        r"in the states|in the country) since|here since|"
        r"in the (?:us|u\.s\.|country|states) since|apprehended at the border|presented (?:him|her|them)?(?:self|"
        r"selves)? ?at|reached the (?:us|border)|"
        r"\bentr(?:[óo]|aron|é)\b|lleg(?:[óo]|aron)\b|cruz(?:[óo]|aron)\b|ingres(?:[óo]|aron)\b|inspected|last entry|"
        r"poe\b|cbp one|walked (?:in|up|across)|flew in",
    ),
    (
        R.BIRTH,
        3.5,
        1.0,
        r"\bborn\b|\bd\.?o\.?b\.?(?=\W|$)|date of birth|birth ?(?:date|day)|b-?day|\bnaci[óod]\w*|"
        r"fecha de nacimiento",
    ),
    (
        R.AGE_OUT,
        3.6,
        3.0,
        r"turn(?:s|ed|ing)? (?:18|21|eighteen|twenty-?one)|will be (?:18|21)|age[sd]?[- ]out|aging[- ]out|"
        r"ageing[- ]out|(?:21st|18th|eighteenth|twenty-first) b(?:irth|-)?day|cumpl\w+ (?:los )?(?:18|21)|"
        r"becomes? (?:18|21)|hits (?:18|21)|is (?:18|21) on|(?:18|21) on\b|18th|mayor[ií]a de edad",
    ),
    (
        R.ONE_YEAR,
        3.4,
        3.0,
        r"(?:one|1)[- ]?(?:year|yr)(?:[- ](?:deadline|bar|mark|clock|anniversary|date|filing deadline|limit|cutoff|"
        r"is|hits|runs|up))?|\bo(?:ne )?yd\b|\b1yd\b|año (?:límite|limite|se cumple)|first anniversary|"
        r"one-?year|cumple (?:el|un) año|plazo de un año|clock (?:runs|is up|expires|hits)|1yr",
    ),
    (
        R.APPEAL,
        3.6,
        2.8,
        r"appeal(?:s|ed)?(?: (?:is|deadline|due|must))?|\bnoa\b|eoir-?26|notice of appeal|\bpfr\b|"
        r"petition for review|appeal(?:able)? (?:by|until)|apelaci[óo]n|apelar|bia (?:brief|appeal|deadline)|"
        r"brief(?:ing)? (?:is )?(?:due|schedule)|opening brief|30[- ]days? (?:runs|is|are|expires?)",
    ),
    (
        R.RESPONSE,
        3.6,
        2.8,
        r"\brfe\b(?! dated| issued| of| came)|\bnoid\b(?! dated| issued)|\bnoit\b|\bnoir\b|respon(?:se|d|"
        r"ses)(?: (?:is )?due)?|contestar|responder|reply to the (?:rfe|noid)|rfe (?:response )?due|rebuttal",
    ),
    (
        R.DECISION,
        3.0,
        2.0,
        r"denied|denial|dismiss(?:ed|al)|decision|order(?:ed)?(?: (?:removed|of removal|entered|dated|from))|ordered|"
        r"affirmed|rfe (?:dated|issued|of|came)|noid (?:dated|issued)|\bissued|\bdated|\bin absentia|"
        r"revok(?:ed|ing)|terminated|granted|approv(?:ed|al)|rejected|refused|neg(?:[óo]|ada|ado|aron)|(?:orden|"
        r"decisi[óo]n) (?:de|del)|judge (?:denied|ordered|granted)|ruled|reinstated|sentenced|convicted|final order",
    ),
    (
        R.HEARING,
        3.0,
        2.4,
        r"hearing|\bhrg\b|\bhrng\b|master(?: calendar)?(?: hearing)?|\bmch?\b|individual(?: hearing)?|\bindiv\b|"
        r"merits|\bih\b|\bich\b|interview|\bij\b|court(?: date| on| is|\b)|trial|calendar(?:ed)?|docket|(?:is |are |"
        r"been )?set (?:for|on)|"
        r"(?:re|re-)?scheduled(?: for)?|appear(?:ance|s)?(?: on| in| before)?|audiencia|\bcorte\b|\bcita\b|"
        r"entrevista|oath|before (?:judge|ij|the judge|the ij)|biometrics|oral argument|calendario|"
        r"custody redetermination|"
        r"bond (?:is|on|hearing)|tiene (?:corte|cita|audiencia)|status conference|pre-?trial|up on|is up|comes up|"
        r"on for|fingerprint\w*|appointment|appt|cfi|\brfi\b|adjourn\w* (?:to|until)|continued to|reset (?:to|for)|"
        r"moved (?:up )?to|webex|advanced to|pleadings",
    ),
    (
        R.FILING,
        3.2,
        3.0,
        r"\bdue(?: on| by| date)?|fil(?:e|ed|ing) (?:by|before|deadline|no later|on or before)|deadline(?:s)?|"
        r"needs? to be (?:filed|in|submitted|sent|postmarked)|must be (?:filed|in|received|postmarked|submitted)|"
        r"call-?up|submit(?:ted)? (?:by|before|no later)|"
        r"no later than|\bvence\w*|\bplazo|fecha l[íi]mite|l[íi]mite|window (?:closes|ends|shuts)|re-?registration|"
        r"registration (?:period )?(?:ends|closes)|drop-?dead|cut-?off|by (?=close|cob|eod|end|noon|midnight)|"
        r"has to be (?:filed|in)|postmark\w*|lodged by|"
        r"get it in|in by|on file by|hasta el|antes del?|to file|limitations|before",
    ),
    (
        R.OTHER,
        2.6,
        2.2,
        r"check-?in|\bisap\b|flight|deport(?:ed|ation)? (?:on|date|flight|is)|remov(?:ed|al) (?:is )?(?:set|"
        r"scheduled|on|date)|expir\w+|lapses?|runs out|report(?:s|ing)? (?:to|on|date)|surrender|voluntary departure|"
        r"\bvd\b|leaves? (?:on|for|our)|release date|"
        r"released? (?:on|from)|finish(?:es)?|good (?:until|through|thru)|valid (?:until|through|thru)|ends|"
        r"withdraw\w*|stay (?:expires|ends)|sponsor|place(?:d|ment)|ticket|travel",
    ),
    (
        R.PAST,
        2.6,
        1.8,
        r"(?:was|were|got|been) (?:arrested|detained|picked|taken|transferred|moved|placed|grabbed|stopped|"
        r"encountered|nabbed|released|served|issued|scheduled)|picked up|arrested|detained (?:since|on|at)|"
        r"in custody since|since|transferred|filed(?: on| in| back)|submitted on|"
        r"(?:was|were) (?:on|set|due|supposed|at|in)|had (?:a|his|her|their|the)|missed|last (?:hearing|master)|"
        r"happened|started|lodged|mailed|sent|grabbed|met (?:with|him|her)|called|screened|retained|"
        r"continued (?:from|on)|receipt(?:ed)?|desde|detenid\w+",
    ),
    (
        R.EVENT,
        2.8,
        2.4,
        r"training|webinar|register(?: by)?|registration|apply by|applications?|start(?:s|ing)? (?:date|on)?|"
        r"workshop|rsvp|conference|\bcle\b|clinic day|happy hour|join us|zoom|out of (?:the )?office|vacation|leave|"
        r"back (?:on|in)|return(?:ing)?|away|maternity|office hours|"
        r"training|capacity|available (?:from|starting|after|until)|openings?|gala|fundraiser|deadline to apply|"
        r"meeting|call (?:on|at)|lunch|effective|in effect|final rule|federal register",
    ),
)
_COMPILED = tuple(
    (role, before, after, re.compile(rf"(?<![a-z])(?:{cue})(?![a-z])", re.IGNORECASE)) for role, before, after, cue in _CUES
)
_BREAK = re.compile(r"[;:]|,\s|\bbut\b|\band\b|\n|\s[-–—]\s|—")
_WAS = re.compile(r"\b(?:was|were|had|missed|already|fue|era|tuvo|went)\b", re.IGNORECASE)
_TRIGGER = 0.18


def roles_of(mentions: list[Mention], text: str, sentences: Sentences, today: date) -> list[RoledDate]:
    """Every mention with its role and, resolved by it, its day."""
    out: list[RoledDate] = []
    for i, mention in enumerate(mentions):
        low = mentions[i - 1].span[1] if i else 0
        high = mentions[i + 1].span[0] if i + 1 < len(mentions) else len(text)
        role, cue, strength = nearest_role(mention, text, sentences, (low, high))
        out.append(resolve(mention, role, cue, strength, text, sentences, today))
    return out


def nearest_role(mention: Mention, text: str, sentences: Sentences, neighbours: Span) -> tuple[DateRole, Span | None, float]:
    """The role whose cue stands nearest and weighs most; other dates and clause ends between them weaken a cue."""
    start, end = mention.span
    first, last = sentences.span(start)
    before, after = text[max(first, start - 110) : start], text[end : min(last, end + 70)]
    offset = start - len(before)
    best: tuple[float, DateRole, Span | None] = (0.0, R.OTHER, None)
    for role, weight_before, weight_after, cue in _COMPILED:
        for m in cue.finditer(before):
            far = len(before) - m.end()
            score = weight_before * math.exp(-far / 40) * 0.8 ** len(_BREAK.findall(before, m.end()))
            if offset + m.end() <= neighbours[0]:
                score *= 0.45
            best = max(best, (score, role, (offset + m.start(), offset + m.end())), key=lambda b: b[0])
        if m2 := cue.search(after):
            score = weight_after * math.exp(-m2.start() / 28) * 0.7 ** len(_BREAK.findall(after, 0, m2.start()))
            if end + m2.start() >= neighbours[1]:
                score *= 0.35
            best = max(best, (score, role, (end + m2.start(), end + m2.end())), key=lambda b: b[0])
    inside = [role for role, _, _, cue in _COMPILED if cue.search(mention.text)]
    if inside and best[0] < 1:
        best = (1.0, inside[0], mention.span)
    score, role, where = best
    if score < _TRIGGER:
        return R.OTHER, None, 0.0
    return role, where, min(1.0, score / 3)


def resolve(
    mention: Mention, role: DateRole, cue: Span | None, strength: float, text: str, sentences: Sentences, today: date
) -> RoledDate:
    """The day that fits the role: what has happened looks back, what is to come looks ahead; a date gone by is past."""
    ahead, back = mention.ahead, mention.back
    found = back if role in PAST_ROLES and role is not R.AGE_OUT else ahead
    if role in (R.HEARING, R.FILING, R.APPEAL, R.RESPONSE, R.OTHER, R.EVENT) and ahead != back and ahead and back:
        before = sentences.before(mention.span[0], 50)
        recent, distant = (today - back).days < 75, (ahead - today).days > 270
        gone = bool(_WAS.search(before)) and not re.search(r"\bwill|needs?|is\b", before[-20:], re.IGNORECASE)
        if mention.weekday:
            found = back if gone else ahead
        elif recent and (distant and gone):
            found, role = back, R.PAST
    coming = (R.HEARING, R.FILING, R.APPEAL, R.RESPONSE)
    if found and found < today and role in (*coming, R.OTHER):
        role = R.PAST
    if found and found > today and role in (R.ENTRY, R.DECISION, R.PAST):
        role = R.HEARING if role is R.DECISION else R.OTHER
    return RoledDate(mention, role, found, cue, strength)


def written_day_first(dates: list[RoledDate], text: str, sentences: Sentences, today: date) -> bool:
    """Whether 3/4/25 must be 3 April here: read as March, what has happened would lie ahead, or what is to come behind."""
    for d in dates:
        swapped, day = d.mention.swapped, d.mention.ahead
        if not swapped or not day or swapped == day:
            continue
        if any(o.mention.ahead and not o.mention.swapped and swapped in (o.mention.ahead, o.mention.back) for o in dates):
            return True
        gone = bool(_WAS.search(sentences.before(d.mention.span[0], 50)))
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
