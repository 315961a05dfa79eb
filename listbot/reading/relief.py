"""Relief mentions and what the post says of each: asked for, background, granted, ruled out, handled by somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from listbot.domain.reading import Span
from listbot.reading.lexicon import Lexicon, Word
from listbot.reading.relief_types import ReliefType
from listbot.reading.text import Sentences

STATUSES = ("asked", "background", "granted", "ruled_out", "handled")
LIMIT = 150
"""Relief mentions of a post that are looked at."""


@dataclass(frozen=True, slots=True)
class ReliefMention:
    """A relief named in the text."""

    span: Span
    text: str
    ids: tuple[str, ...]
    form: bool = False  #: by form number


@dataclass(frozen=True, slots=True)
class JudgedRelief:
    """A relief mention with its status, the words that told it, and how sure that is (0 to 1)."""

    mention: ReliefMention
    status: str
    cue: Span | None
    strength: float
    pending: bool = False  #: filed or pending: asked for only where nothing else is


class ReliefFinder:
    """Knows the phrases of the relief types."""

    def __init__(self, types: Iterable[ReliefType]) -> None:
        self.types = {t.id: t for t in types}
        self._lexicon: Lexicon[tuple[str, bool]] = Lexicon(plural=True)
        for word in GENERIC:
            self._lexicon.add(word, (word, False), exact=len(word) == 1)
        for t in self.types.values():
            for phrase in t.phrases:
                self._lexicon.add(phrase, (t.id, False))
            for abbreviation in t.abbreviations:
                self._lexicon.add(abbreviation, (t.id, False), exact=True)
            for form in (*t.forms, *t.bare):
                self._lexicon.add(form, (t.id, True))

    def find(self, text: str, words: list[Word]) -> list[ReliefMention]:
        """The relief mentions of a text, in order."""
        found = []
        for hit in self._lexicon.find(text, words):
            start, end = hit.span
            if hit.value[0] in GENERIC:
                if meant := _meant(hit.value[0], text, start, end):
                    found.append(ReliefMention(hit.span, text[start:end], (meant,)))
                continue
            if hit.value[1] and _is_amount(text, start, end):
                continue
            if _OTHER_SENSE.get(hit.value[0]) and _OTHER_SENSE[hit.value[0]].search(text[max(0, start - 25) : end + 25]):
                continue
            found.append(ReliefMention(hit.span, text[start:end], (hit.value[0],), hit.value[1]))
            if len(found) >= LIMIT:
                break
        return found


GENERIC: dict[str, tuple[tuple[str, str], ...]] = {
    # a word of many senses: the first whose surroundings are found in the text around it, else none
    "petition": (
        (r"petition for review|circuit|\bcir\b|\bpfr\b|court of appeals|\b\d(?:st|nd|d|rd|th) cir", "circuit_petition"),
        (r"habeas|2241|d\. ?n\. ?[a-z]|\b[nsewmcd]\. ?d\. ?[a-z]|district court|federal court|writ|w\.d\.|tro\b", "habeas"),
        (r"board (?:dismissed|affirmed)|bia (?:dismissed|affirmed|denied)|affirmed (?:by|on)", "circuit_petition"),
        (r"marri|spouse|wife|husband|stepfather|i-?130", "family_petition"),
    ),
    "petitions": ((r"sij|360", "sijs"),),
    "appeal": (
        (r"circuit|\bcir\b|\bpfr\b|court of appeals", "circuit_petition"),
        (r"\bbond appeal", "bond"),
        (r"aao|290b|i-290|n-336", "other"),
        (r"", "bia_appeal"),
    ),
    "appellate": ((r"circuit|\bcir\b|\bpfr\b", "circuit_petition"), (r"", "bia_appeal")),
    "the board": ((r"appeal|notice|brief|dismiss|noa", "bia_appeal"),),
    "the motion": ((r"reopen|absentia|rescind|mtr|180 days|90 days", "motion_to_reopen"), (r"\bstay", "stay_of_removal")),
    "waiver": (
        (r"conditional|\\b751|divorce waiver|good faith marriage|bona fide marriage", "i751"),
        (r"inadmiss|601|212|unlawful presence|provisional", "other"),
    ),
    "bail": ((r"", "bond"),),
    "application": (
        (r"asylum|589|one[- ]year|persecut", "asylum"),
        (r"naturaliz|citizenship|n-?400", "naturalization"),
        (r"green card|485|adjust", "adjustment"),
    ),
    "U": (
        (
            r"\bcert|visa|918|\bT\b|crime|police|victim|bond \+|vawa|stabb|assault|robb|\bpd\b|nonimmigrant|obstruct|"
            r"witness|abus|supp|report|BFD|DV",
            "u_visa",
        ),
    ),
    "T": (
        (
            r"\bcert|visa|914|\bU\b|traffick|vawa|nonimmigrant|H-?2|contractor|passport|forced|coerc|HSI|recruit|labor|"
            r"brothel",
            "t_visa",
        ),
    ),
    "T-1": ((r"", "t_visa"),),
    "work papers": ((r"", "work_permit"),),
    "C14": ((r"", "work_permit"),),
    "I-929": ((r"", "family_petition"),),
    "DA": ((r"deferred action|statement of interest|labor|nlrb|wage", "deferred_action_labor"),),
    "deferred action": (
        (r"labor|nlrb|wage|dol\b|statement of interest|osha|workplace|employer|worker", "deferred_action_labor"),
        (r"childhood|daca", "daca"),
        (r"sij", "other"),
    ),
    "green card": ((r"(?:petition|i-?130|apply(?:ing)? for|file|obtain|application)[^.;]{0,40}green card", "adjustment"),),
    "trafficking": ((r"t visa|visa|attorney|need|survivor|victim|rfe|914", "t_visa"),),
    "cancelacion": ((r"residente|lpr|residencia", "cancellation_lpr"), (r"", "cancellation_nonlpr")),
}
_GENERIC_CUES = {
    word: tuple((re.compile(cue, re.IGNORECASE if len(word) > 1 else 0), id) for cue, id in senses)
    for word, senses in GENERIC.items()
}


def _meant(word: str, text: str, start: int, end: int) -> str | None:
    """What a word of many senses means here."""
    width = 200 if len(word) == 1 else 250 if len(word) > 2 else 4000
    around = text[max(0, start - width) : end + width]
    if (len(word) == 1 and re.search(r"\.\Z", text[max(0, start - 1) : start] + "")) or (
        len(word) == 1 and text[end : end + 1] in ".'’-"
    ):
        return None
    return next((id for cue, id in _GENERIC_CUES[word] if cue.search(around)), None)


def _is_amount(text: str, start: int, end: int) -> bool:
    """A bare number that counts money, pages or miles, or is part of a longer figure."""
    if not text[start : start + 1].isdigit():
        return False
    return bool(
        re.search(r"[$#\d.,:-]\Z", text[max(0, start - 1) : start])
        or re.match(
            r"[\d%:]|,\d|-\d|\s*(?:miles?|pages?|pp|people|dollars|hours|days|cases|f\.?\d|u\.s\.)", text[end:], re.IGNORECASE
        )
    )


# The same words in another sense.
_OTHER_SENSE = {
    "guardianship": re.compile(
        r"(?:ice|in|cbp|into|their|marshal'?s?|criminal|county|state|federal|physical|out of|taken into|dhs|"
        r"immigration|jail|from) custody|custody (?:redetermination|status|hearing|review|since|of (?:ice|dhs))|"
        r"chain of custody",
        re.IGNORECASE,
    ),
    "stay_of_removal": re.compile(
        r"\b(?:to|can|will|could|would|must|may|they|he|she|i'?ll|we'?ll|not|please|wants? to|did|should) stays?\b|"
        r"\bstays? (?:in|with|here|at|at home|home|on|tuned|safe|put|together|the night|up|out|away|late|quiet|"
        r"calm)\b|(?:hotel|extended|long|short|month|week) stay",
        re.IGNORECASE,
    ),
    "removal_defense": re.compile(
        r"individual(?:s|ly)\b|individual (?:case|client|consult|person|attorney|mentor|capacity)|master'?s?(?: of|"
        r" in| list| copy| degree| bedroom)",
        re.IGNORECASE,
    ),
    "other": re.compile(
        r"fee waiver|complaint department|check in with|check in on|checking in|to check in\b(?! with ice)", re.IGNORECASE
    ),
    "bond": re.compile(r"James Bond|bonds? (?:with|between|company|market)|bonding|Bond (?:St|Street|Law)", re.IGNORECASE),
    "cat": re.compile(r"\b(?:a|my|her|his|the) CAT\b", 0),
    "adjustment": re.compile(r"adjust(?:ing|ment)? (?:to|your|the|our|my) (?!status)|schedule adjust", re.IGNORECASE),
    "family_petition": re.compile(r"petici[óo]n de|\bk 1[0-9]", re.IGNORECASE),
    "deferred_action_labor": re.compile(r"\bDale\b", 0),
    "consular": re.compile(r"\bIV\b (?:drip|fluids)", 0),
}


_GRANTED_BEFORE = (
    r"(?:approved|granted|got (?:her|his|their|an?|the)|has (?:an? )?(?:approved|valid|his|her)|holds?|received|"
    r"won|obtained|already has|already have|with an approved|who has|with (?:current |valid |active )?|had|have|"
    r"released on|out on|posted|paid|made|on|bonded out on|beneficiary of an?|lpr|aprobad[oa]|tiene)\s*(?:an?|"
    r"the|his|her|their|un|una|el|la)?\s*(?:approved |valid |prima facie |current |\$[\d.,k]+ )?"
)
_GRANTED_AFTER = (
    r"(?:\s+(?:petition|application|order|visa|status))?\s*(?:\((?:approved|granted)\)|(?:was|were|is|got|"
    r"has been|have been|been|already|,|just)?\s*(?:recently |already |just |finally )?(?:approved|granted|"
    r"in hand|posted|issued|came through|won|aprobad[oa]))|\s*(?:until|through|thru|expires?|good (?:until|"
    r"through))|\s+holder"
)
_HANDLED_BEFORE = (
    r"(?:we(?:'re| are|'ll| will|'ve| have)? (?:\w+ )?(?:handl\w+|doing|do|keep\w*|filed|file|cover\w*|"
    r"took care of|represent\w*|got|prepared|will keep|retain\w*|continu\w+|finish\w*|already)|i(?:'m| am|'ll|"
    r" will|'ve| have)? (?:\w+ )?(?:handl\w+|doing|do|keep\w*|filed|file|cover\w*|took|draft\w*|finish\w*|"
    r"prepared|continu\w+)|our (?:office|clinic|firm) (?:is |will |has )?(?:\w+ )?(?:handl\w+|doing|filed|"
    r"keep\w*|do)|(?:colleague|co-?counsel|partner|family lawyer|other attorney|another (?:attorney|lawyer|"
    r"office|org\w*)|private (?:attorney|counsel)|prior (?:attorney|counsel)|someone else|family attorney|"
    r"local counsel|state court counsel|legal aid) (?:is |has |will |already )?(?:\w+ )?(?:handl\w+|doing|filed|"
    r"got|did|has|on)|not (?:asking|looking|seeking) (?:for )?(?:help )?(?:with|on)?|no help needed (?:with|on)|"
    r"already (?:have|has|did|got|finished|filed))\s*(?:\w+ ){0,4}"
)
_HANDLED_AFTER = (
    r"(?:\s+(?:petition|application|order|case|side|part|piece|petitions?|portion|matter|stuff|end))?\s*(?:,|is|"
    r"are|was|were|:|-|—|–|\()?\s*(?:already |being |all |also )?(?:handled|covered|taken care of|done|mine|ours|"
    r"complete[d]?|under control|with (?:our|another|a different|my)|by (?:us|our|another|a|my)|entered|signed|"
    r"obtained|finished|we (?:have|do|keep|are|can|will|filed)|i (?:have|do|keep|am|can|will|filed))"
)
_PENDING_BEFORE = (
    r"(?:filed|pending|submitted|lodged|(?:timely |pro se |self-)filed|has an?|with an?|mailed|presentad[oa]|"
    r"presentó|metió|ya tiene)\s*(?:an?|the|his|her|their|own|el|la|un|una|pro se|pending|timely|skeletal|"
    r"bare-?bones|skeleton|pro-se|a bare|asylum|form)*\s*(?:pending )?"
)
_PENDING_AFTER = (
    r"(?:\s+(?:petition|application|app|case|claim|visa|based on [\w ]{2,30}))?\s*(?:\()?(?:,|has been|have been|"
    r"was|were|is|are|already)?\s*(?:\w+ )?(?:been |already |still |timely |properly |currently |just )*(?:filed|"
    r"pending|on file|submitted|lodged|pendiente|presentad[oa]|was filed|timely filed|receipted)"
)
_RULED_BEFORE = (
    r"(?:not (?:eligible|qualify|qualified|a|an|for|about|available|asking for|looking for|seeking|interested in|"
    r"going to)|ineligible|(?:isn'?t|aren'?t|wasn'?t|not) (?:eligible|a|an|looking|asking)?|doesn'?t (?:qualify|"
    r"have|need|want)|don'?t (?:need|think|see|want)|does not (?:qualify|need|have)|didn'?t|can'?t|cannot|barred|"
    r"bars?|no(?:t)?(?: viable| real| path to| basis for| claim for| need for)?|never|lost|denied|too late|nor|"
    r"precluded|pretermitted|without|past the|missed|aged out of|out of time|instead of|rather than|withdrew|"
    r"abandon\w*|waiv\w+|expired|lapsed|terminated|neither|sin|lack\w*|unlikely|hopeless|dead|forget|failed|"
    r"rejected|lapse of|revoked|end(?:ed|ing) of)\s*(?:\w+ ){0,3}?(?:for |to |an? |the |any |his |her |from )*"
)
_RULED_AFTER = (
    r"(?:\s+(?:is|was|are|were|isn'?t|wasn'?t|not|has|claim|relief|bar|barred|ran|got))*\s*(?:not (?:available|"
    r"an option|viable|possible|needed|an issue|on the table)|barred|out\b|unavailable|denied|off the table|"
    r"expired|lapsed|terminated|foreclosed|time-?barred|dead|hopeless|no good|impossible|revoked|ended|runs? out|"
    r"ran out|rescinded|dismissed|cancel\w+|pretermitted)"
)
_BACK_BEFORE = (
    r"(?:entered (?:on|with|under)|came (?:in )?(?:on|with|under)|paroled|derivative of|denied|prior|previous|old|former|future|"
    r"later|eventually|down the road|someday|maybe|pending|sample|template|training|webinar|while (?:his|her|"
    r"their)|u4u|chnv|oar|cbp one|my|our|lost|original|"
    r"first filed|based on (?:an?|his|her))\s*(?:an?|the|his|her|their|humanitarian)?\s*"
)
_ON_BEFORE = r"(?:on|under|through|with|had|have|has|after)\s*(?:an?|the|his|her|their|humanitarian)?\s*"
_ASK_BEFORE = (
    r"(?:need(?:s|ed|ing)?|looking for|look(?:s)? for|seek(?:s|ing)?|help (?:with|on|filing|for)|"
    r"assist(?:ance)? (?:with|on|filing|in)|represent\w*(?: \w+){0,5} (?:in|at|for|on|with)|take(?:s)? (?:on|"
    r"over)?|want(?:s|ed)?|file|filing|to file|apply(?:ing)? for|eligible for|qualif(?:y|ies) for|pursu(?:e|ing)|"
    r"prepar(?:e|ing)|handle|attorney for|lawyer for|counsel (?:for|on)|do|for|case|busca\w*|necesit\w*|"
    r"ayuda con|solicit\w*|para|next|then|remaining|what'?s left is|interested in|prima facie|strong|good|solid|"
    r"great|viable|possible|potential|likely|clear|and|plus|also|w/|merits|ask|asks?|wants?|draft)\s*(?:an?|the|"
    r"his|her|their|this|some|one|limited|pro bono|on|in|un|una|el|la|su)*\s*"
)


def _cue(pattern: str, *, before: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){pattern}\Z" if before else pattern, re.IGNORECASE)


_CUES: tuple[tuple[str, float, re.Pattern[str], bool], ...] = (
    # status, strength, pattern, whether it stands before
    ("granted", 0.7, _cue(_GRANTED_BEFORE, before=True), True),
    ("granted", 0.9, _cue(_GRANTED_AFTER, before=False), False),
    ("handled", 0.9, _cue(_HANDLED_BEFORE, before=True), True),
    ("handled", 0.9, _cue(_HANDLED_AFTER, before=False), False),
    ("pending", 0.8, _cue(_PENDING_BEFORE, before=True), True),
    ("pending", 0.9, _cue(_PENDING_AFTER, before=False), False),
    ("ruled_out", 0.8, _cue(_RULED_BEFORE, before=True), True),
    ("ruled_out", 0.85, _cue(_RULED_AFTER, before=False), False),
    ("asked", 0.75, _cue(_ASK_BEFORE, before=True), True),
    ("background", 0.45, _cue(_BACK_BEFORE, before=True), True),
)
_LINGERS = _cue(_ON_BEFORE, before=True)
_WEAK_GRANT = re.compile(
    r"(?:\bon|\bhad|\bhave|\bwith|\bholds?|\btiene|\bwho has|\bhas (?:his|her))\s*(?:an?|the|his|her)?\s*\Z", re.IGNORECASE
)


def judge(mentions: list[ReliefMention], text: str, sentences: Sentences) -> list[JudgedRelief]:
    """Every mention with its status; asked for where nothing says otherwise."""
    return [_judge(m, text, sentences) for m in mentions]


_STATE_OF_CASE = {"bond", "parole", "tps", "daca", "work_permit", "sijs", "asylum", "refugee_adjustment"}


_UNDONE = re.compile(
    r"\b(?:not|never|nobody|no one|hasn'?t|haven'?t|no ha[n]?|sin|needs?|wants?|to be|must|should|get|before|"
    r"without|un|who will|has to|have to|still)\b"
    r"[^.;]{0,70}\Z",
    re.IGNORECASE,
)
_UNDONE_AFTER = re.compile(
    r"[^.;]{0,25}\b(?:not|never|un)\s?(?:yet )?(?:been )?(?:filed|done|started|prepared|submitted)", re.IGNORECASE
)
_HEARING_AFTER = re.compile(
    r"\s*(?:hearing|hrg|redetermination|merits|interview|individual|is (?:on|set|scheduled|next|this|at)|mon|tue|"
    r"wed|thu|fri|\d{1,2}/\d)",
    re.IGNORECASE,
)
_MINE_AFTER = re.compile(
    r"[^.\n]{0,30}[;,.—-]\s*(?:that(?:'?s| is) (?:mine|ours|me)\b|that (?:one )?(?:stays|is handled)|(?:i'?m|"
    r"i am|we'?re|we are) keeping|we keep|i keep|neither (?:fits|works))",
    re.IGNORECASE,
)
_LINGERING = frozenset({"parole", "tps", "daca", "refugee_adjustment", "work_permit"})
"""What a client may simply have or have had: "on TPS", "had DACA"."""


def _judge(mention: ReliefMention, text: str, sentences: Sentences) -> JudgedRelief:
    start, end = mention.span
    before = re.split(r"[;:]|\bbut\b", sentences.before(start, 80))[-1]
    after = sentences.after(end, 45)
    best: tuple[float, str, Span | None] = (0.0, "asked", None)
    for status, strength, pattern, stands_before in _CUES:
        m = pattern.search(before) if stands_before else pattern.match(after)
        if not m:
            continue
        if stands_before and status == "granted" and _WEAK_GRANT.search(before):
            strength = 0.72 if mention.ids[0] in ("tps", "daca", "parole") else 0.3
            if mention.ids[0] == "bond":
                strength = 0.76 if re.search(r"\b(?:on|out on)\s*(?:an? |the )?\Z", before) else 0.3
        if status in ("granted", "pending", "handled") and _is_undone(mention, status, text, before, after):
            status, strength = "asked", 0.7
        offset = start - len(before) if stands_before else end
        best = max(best, (strength, status, (offset + m.start(), offset + m.end())), key=lambda b: b[0])
    if _MINE_AFTER.match(text, end):
        best = (0.9, "handled", None)
    if best[0] < 0.5 and mention.ids[0] in _LINGERING and _LINGERS.search(before):
        best = (0.5, "background", None)
    strength, status, where = best
    if status == "pending":
        return JudgedRelief(mention, "handled", where, 0.4, pending=True)
    return JudgedRelief(mention, status, where, strength or 0.35)


def _is_undone(mention: ReliefMention, status: str, text: str, before: str, after: str) -> bool:
    """What reads as filed, had or done is still to do: "needs the I-589 filed", "has a bond hearing on Tuesday"."""
    if status == "granted":
        return mention.ids[0] == "bond" and bool(_HEARING_AFTER.match(after)) and not re.search(r"post|paid|on\s\Z", before)
    if _UNDONE_AFTER.match(after):
        return True
    return bool(_UNDONE.search(before)) and not re.search(
        r"\b(?:already|is pending|we(?:'re| are)|i(?:'m| am))\b", before + after, re.IGNORECASE
    )


def asked_ids(judged: list[JudgedRelief], types: dict[str, ReliefType], text: str) -> tuple[tuple[str, ...], list[JudgedRelief]]:
    """The relief a taker is to do or seek, in order of mention, with the mentions that say so.

    Fallback types (removal defense, other) count only alone. Where nothing is asked for, what is filed and pending is.
    """
    asked = [j for j in judged if j.status == "asked"]
    strong = {
        i
        for j in judged
        if j.status in ("granted", "handled", "ruled_out") and j.strength >= 0.75 and not j.pending
        for i in j.mention.ids
    }
    real = [j for j in asked if not _all_fallback(j, types)]
    kept = [j for j in real if not set(j.mention.ids) <= strong or j.strength >= 0.7]
    if not kept:
        kept = [j for j in judged if j.pending and not _all_fallback(j, types)]
    if not kept:
        kept = real
    if not kept:
        kept = [j for j in asked if "removal_defense" in j.mention.ids] or [j for j in asked if j.mention.ids]
    ids = list(dict.fromkeys(i for j in kept for i in j.mention.ids))
    return tuple(_consistent(ids, judged, text)), kept


def _all_fallback(j: JudgedRelief, types: dict[str, ReliefType]) -> bool:
    return all(types[i].fallback for i in j.mention.ids if i in types)


_LPR = re.compile(r"\blpr\b|green ?card|permanent resident|residente permanente|residencia", re.IGNORECASE)
_NON_LPR = re.compile(r"non-?lpr|42-?b|usc (?:kid|child|daughter|son)|ten years|10 years|nonpermanent", re.IGNORECASE)
_JUVENILE = re.compile(
    r"\bsij|juvenile|guardian|predicate|minor|unaccompanied|\bkid|\bteen|child|youth|\bboy|\bgirl|custody order|"
    r"1[0-9] ?(?:yo|y/o)|turns 21",
    re.IGNORECASE,
)
_ABUSED = re.compile(
    r"\b(?:abus\w+|beat\w*|hit her|hits her|violen\w+|battered|husband|wife|spouse|marri\w+|ex\b)", re.IGNORECASE
)
_REFUGEE = re.compile(
    r"\basylees?\b|\brefugees?\b (?:from|who|family|client|status)|as (?:a )?(?:refugee|asylee)|"
    r"admitted as refugee|asylum (?:was )?granted|granted asylum|refugiad[oa]",
    re.IGNORECASE,
)


def _consistent(ids: list[str], judged: list[JudgedRelief], text: str) -> list[str]:
    """Bare words settled by what stands around them: cancellation of an LPR, adjustment of an asylee, VAWA's I-360."""
    named = {i for j in judged for i in j.mention.ids}
    if "cancellation_nonlpr" in ids and _LPR.search(text) and not _NON_LPR.search(text):
        ids[ids.index("cancellation_nonlpr")] = "cancellation_lpr"
    if "adjustment" in ids and _REFUGEE.search(text) and not named & {"sijs", "u_visa", "t_visa", "vawa"}:
        ids[ids.index("adjustment")] = "refugee_adjustment"
    if "refugee_adjustment" in ids and "asylum" in ids and _REFUGEE.search(text):
        ids.remove("asylum")
    if "refugee_adjustment" in ids and "adjustment" in ids:
        ids.remove("adjustment")
    if (
        "sijs" in ids
        and "vawa" in named
        and not any(j.mention.text.lower().startswith("s") for j in judged if "sijs" in j.mention.ids)
    ):
        ids.remove("sijs")
    if "cancellation_lpr" in ids and "cancellation_nonlpr" in ids and not _NON_LPR.search(text):
        ids.remove("cancellation_nonlpr")
    if "vawa" in ids and "cancellation_nonlpr" in ids and re.search(r"vawa cancellation", text, re.IGNORECASE):
        ids.remove("cancellation_nonlpr")
    return list(dict.fromkeys(ids))
