"""What a place is to the case: where help is needed, a former home, the writer's office, a court elsewhere, the border."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from listbot.domain.reading import Span
from listbot.reading.places import PlaceMention
from listbot.reading.text import Sentences

ROLES = ("need", "former", "office", "court", "entry", "other", "none")


@dataclass(frozen=True, slots=True)
class RoledPlace:
    """A place mention with its role, the words that told it, and how sure that is (0 to 1)."""

    mention: PlaceMention
    role: str
    cue: Span | None
    strength: float


_BEFORE: tuple[tuple[str, float, str], ...] = (
    (
        "need",
        3.0,
        r"(?:now|currently|presently|newly|just|recently) (?:living|lives|resid\w+|based|located|settled|moved|"
        r"relocated)?\s*(?:back )?(?:in|to|near|outside)|(?:mov(?:ed|ing|es)|relocat\w+|resettl\w+|transfer+ed|sent|"
        r"brought|shipped|on (?:his|her|their) way|go(?:es|ing)|head\w+|taken|flown|return\w*)"
        r"(?: (?:back|up|down|over|out|here|him|her|them|overnight|yesterday|last (?:week|month|night)|this (?:week|"
        r"month)|again))*\s+(?:to|into)(?: live (?:in|with[\w ]+ in))?|moved here|detained (?:at|in|by)|held (?:at|"
        r"in)|being held (?:at|in)|in custody (?:at|in)|sitting (?:at|in)|locked up (?:at|in)|"
        r"(?:who|she|he|they|client|family|kid|mom|clients) (?:now )?(?:live|lives|resides?|is|are|"
        r"living)\s+(?:\w+ ){0,3}(?:in|near|outside|at)|\blives?(?: \w+){0,5} in|living(?: \w+){0,4} in|resid(?:es|"
        r"ing|e|ents?)(?: \w+){0,2} (?:in|of)|settled in|based in|located in|vive(?:n)?(?: \w+){0,3} en|"
        r"detenid[oa]s? en|trasladad\w+ a|"
        r"se mud\w+ a|(?:attorney|lawyer|counsel|anyone|someone|somebody|colleague|colleagues|friends|folks|people|"
        r"atty|rep|representation|help|referral|abogad[oa]|alguien|local|coverage|taker|takers|cover|covers|"
        r"practic\w+|licensed|admitted|barred)(?: \w+){0,4} (?:in|near|around|at|out of|for|en|cerca de)|"
        r"looking (?:\w+ ){0,4}in|need(?:ed|s)? (?:\w+ ){0,4}(?:in|at|near)|out at|over at|down in|up in|"
        r"placed (?:at|in|with)|released to|bonded (?:out )?to|reunified (?:with [\w ]+ )?in|sponsor(?:ed)? (?:is |"
        r"lives )?in",
    ),
    (
        "former",
        3.4,
        r"(?:mov(?:ed|ing)|relocat\w+|transferred|came|driven|taken|fled|shipped|bused)(?: \w+){0,3} from|left|"
        r"formerly (?:in|of)|previously (?:in|at)|used to (?:live|be) (?:in|at)|before that(?: in)?|"
        r"originally (?:from|in)|lived in|was (?:in|at|living in)|arrested (?:in|at|outside|near)|picked up (?:in|at|"
        r"near|outside|leaving)|grabbed (?:in|at)|"
        r"stopped (?:in|near)|away from|out of|until (?:recently )?in|no longer in|from (?:our|his|her) (?:shelter|"
        r"program) in|released from|bonded out of|se mud\w+ de|venía de|vivía en|stop (?:in|near)|raid (?:in|at)|"
        r"venue (?:was )?in|initially (?:in|at)|first in|years in",
    ),
    (
        "office",
        3.2,
        r"(?:i'?m|i am|we'?re|we are|i sit|i practice|we practice|me|us|my office(?: is)?|our office(?: is)?|"
        r"our (?:little |small )?(?:clinic|shop|firm|program|project|team)(?: is)?|office|offices|i work|we work|"
        r"i live|estoy|estamos|based|here|out|clinic|firm|nosotr[oa]s)\s*(?:up |down |over |out |here |based |only |"
        r"all )*(?:in|at|en|of|\()|"
        r"i'?m (?:in|at|from|a)|we only (?:cover|do|practice)(?: \w+){0,2}|we don'?t (?:cover|do|practice in|go to)|"
        r"we cover|greetings from|hello from|saludos desde|my (?:own )?practice",
    ),
    (
        "court",
        2.8,
        r"(?:hearing|master|individual|court|case|venue|docket|interview|ij|judge|merits|appear\w*|on calendar|"
        r"before|calendar|nta|trial|scheduled|office|biometrics|corte|audiencia|cita|"
        r"fingerprints)(?: \w+){0,3} (?:in|at|before|is in|remains in|out of|en|transferred to|moved to|to)|"
        r"before the|venue (?:is|changed to|moved to)|admitted (?:at|to|in) the|in the",
    ),
    (
        "entry",
        3.4,
        r"(?:enter(?:ed|ing)|cross(?:ed|ing)|entry|arriv(?:ed|ing)|came (?:in|across|over|through)|apprehended|"
        r"encountered|paroled (?:in)?|inspected|port of entry|presented (?:\w+ )?|entr[óo]|cruz[óo]|llegó|"
        r"walked (?:up|across)|border|poe|landed|flew into|caught|nabbed)(?: \w+){0,3} (?:at|near|through|via|in|by|"
        r"into|from|por|en)|(?:entr[óo]|cruz[óo]|ingres[óo]) por|port of entry (?:at|in)|bridge (?:at|in)",
    ),
    (
        "other",
        2.8,
        r"(?:brother|sister|uncle|aunt|cousin|sponsor|family|relatives?|father|mother|son|daughter|husband|wife|"
        r"friend|tío|tía|prima|hermano|kids|usc|siblings?|parents?|fianc\w+|partner|witness|expert|hospital|school|"
        r"work(?:s|ed|ing)?|job|university|church|agency|police|born|trip|flight|conviction|convicted|arrest|charged|"
        r"crime|prosecut\w+|training|event|conference|hotel|visiting|consulate|drive (?:from|to)|minutes from|"
        r"hours from|hour from)(?: \w+){0,3} (?:in|at|near|from|by|en|to|outside|of)|"
        r"(?:hours?|minutes?|miles?|min) (?:from|to|away from|outside)|(?:university|college|school|law school|"
        r"church) (?:of|in)",
    ),
)
_AFTER: tuple[tuple[str, float, str], ...] = (
    (
        "court",
        2.6,
        r"(?:immigration )?court|ij\b|ijs\b|docket|master|asylum office|field office|uscis|judge|immigration judge|"
        r"\(?eoir|judges?|fo\b|ao\b|venue",
    ),
    ("office", 2.6, r"office\b(?! interview)|here\b|-based|attorney here|clinic\b|legal (?:aid|services)|law (?:firm|school)"),
    (
        "other",
        2.2,
        r"hospital|school|high school|police|univ\w*|pd\b|consulate|address|church|airport|prosecut\w+|da\b|sheriff|"
        r"county (?:conviction|case|charge)|circuit|bar\b",
    ),
    ("entry", 2.4, r"port of entry|bridge|poe\b|border|crossing"),
    (
        "need",
        2.6,
        r"(?:attorney|lawyer|counsel|client|kid|family|resident|teen|mom|man|woman|mother|couple|area|detainee|"
        r"detained|detention|anyone|help|referral|case|pro bono|bond|asylum|sij)",
    ),
)
_B = tuple(
    (
        role,
        weight,
        re.compile(
            rf"(?<![a-z])(?:{cue})\s+(?:the |el |la |greater |downtown |rural |north(?:ern)? |south(?:ern)? |"
            rf"east(?:ern)? |west(?:ern)? |beautiful |a |an )*\Z|(?<![a-z])(?:{cue})(?![a-z])",
            re.IGNORECASE,
        ),
    )
    for role, weight, cue in _BEFORE
)
_A = tuple(
    (role, weight, re.compile(rf"\s*(?:,|'s|\()?\s*(?:[\w.]+\s)?(?:{cue})", re.IGNORECASE)) for role, weight, cue in _AFTER
)
_BREAK = re.compile(r"[;:]|,\s|\bbut\b|\band\b|\n|\s[-–—]\s|—|\.")


def roles_of(mentions: list[PlaceMention], text: str, sentences: Sentences, subject_end: int) -> list[RoledPlace]:
    """Every mention with its role."""
    return [_role(m, mentions[i - 1].span[1] if i else 0, text, sentences, subject_end) for i, m in enumerate(mentions)]


def _role(mention: PlaceMention, low: int, text: str, sentences: Sentences, subject_end: int) -> RoledPlace:
    start, end = mention.span
    before, after = sentences.before(start, 90), sentences.after(end, 40)
    offset = start - len(before)
    best: tuple[float, str, Span | None] = (0.0, "", None)
    for role, weight, cue in _B:
        for m in cue.finditer(before):
            score = weight * math.exp(-(len(before) - m.end()) / 30) * 0.75 ** len(_BREAK.findall(before, m.end()))
            if offset + m.end() <= low:
                score *= 0.7
            best = max(best, (score, role, (offset + m.start(), offset + m.end())), key=lambda b: b[0])
    for role, weight, cue in _A:
        if m2 := cue.match(after):
            best = max(best, (weight, role, (end, end + m2.end())), key=lambda b: b[0])
    score, role, where = best
    if mention.kind in ("court", "office"):
        role, score = ("court", max(score, 2.0)) if role != "former" or score < 2 else (role, score)
    if mention.kind == "facility" and role in ("", "court", "other", "office", "entry"):
        role, score = "need", 2.0
    if start < subject_end and score < 2.6 and role != "former":
        role, score = ("court" if mention.kind in ("court", "office") else "need"), 1.8
    if not role or score < 0.5:
        role, score = "need", 0.4
    if not mention.plausible:
        role, score, where = "none", 1.0, None
    return RoledPlace(mention, role, where, min(1.0, score / 3))
