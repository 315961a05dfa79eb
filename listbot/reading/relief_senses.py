"""Words of relief that have many senses, and words of relief in another sense altogether."""

from __future__ import annotations

import re

GENERIC: dict[str, tuple[tuple[str, str], ...]] = {
    # a word of many senses: the first whose surroundings are found in the text around it, else none
    **dict.fromkeys(
        ("petition", "petitions", "peticion"),
        (
            (
                r"petition for review|circuit|\bcir\b|\bpfr\b|court of appeals|\b\d(?:st|nd|d|rd|th) cir|"
                r"board (?:dismissed|affirmed)|bia (?:dismissed|affirmed|denied)|affirmed (?:by|on)",
                "circuit_petition",
            ),
            (
                r"habeas|2241|zadvydas|\bd\. ?n\. ?[a-z]|\b[nsewmcd]\. ?d\. ?[a-z]|(?:north|south|east|west)ern district|"
                r"(?:middle|central) district|district of [A-Z]|federal (?:district )?court|\bwrit\b|\btro\b|prolonged detention",
                "habeas",
            ),
            (r"marri|spouse|wife|husband|stepfather|\b130s?\b|relative|widow|esposo|esposa|matrimonio", "family_petition"),
            (r"abus|batter|vawa", "vawa"),
            (r"\bcert(?:s|ified|ification)?\b|\b918\b|crime|\bU\b", "u_visa"),
            (r"traffick|\b914\b", "t_visa"),
            (r"\b751\b|remov\w+ (?:the )?conditions|conditional resid", "i751"),
            (
                r"\bsij|\b360s?\b|juvenil|special immigrant|guardian|findings|custody order|predicate|probate|"
                r"before (?:he|she|they)(?:['’]s| is| turns?)|turns (?:18|21|eighteen|twenty)",
                "sijs",
            ),
        ),
    ),
    **dict.fromkeys(
        ("cert", "certification", "certified", "certify"),
        (
            (
                r"\b(?:police|\bPD|sheriff\w*|troopers?|detective|prosecutors?|district attorney|DA|state['’]s attorney|"
                r"county attorney|commonwealth['’]s attorney|EEOC|sergeant|chief|victim|fiscal|polic[ií]a)\b[^.;]{0,60}"
                r"\bcert(?:s|ified|ification|ify)?\b|\bcert(?:s|ified|ification|ify)?\b[^.;]{0,50}\b(?:police|PD|sheriff|"
                r"prosecutor|detective|DA|victim|expire|good (?:un)?til|six months)",
                "u_visa",
            ),
        ),
    ),
    "findings": (
        (
            r"(?:enter|sign|make|get|ask for|issue|need|want|with|and|custody|guardian\w*|state|court|judge) (?:\w+ ){0,2}findings|"
            r"findings (?:for|from|in|order|before|and)",
            "guardianship",
        ),
    ),
    "the 26": ((r"(?:lodg|fil|prepar|draft|send)\w* the 26\b(?!th)", "bia_appeal"),),
    "special immigrant": ((r"religious|minister|pastor|iraqi|afghan|interpreter|translator|siv\b", "other"), (r"", "sijs")),
    **dict.fromkeys(("convention", "the convention"), ((r"withholding|torture|deferral|asylum|241|\bcat\b", "cat"),)),
    **dict.fromkeys(
        ("appealing", "appealed"), ((r"circuit|\bcir\b|\bpfr\b|court of appeals", "circuit_petition"), (r"", "bia_appeal"))
    ),
    "fear": ((r"(?:case|claim|interview|finding|determination|review|screening) (?:on|of) (?:the )?fear", "asylum"),),
    "re reg": ((r"", "tps"),),
    "reopened": (
        (
            r"(?:wants?|wanted|get(?:ting)?|needs?|be|have|like[sd]?|see|seek(?:ing)?) (?:[\w']+ ){0,5}reopened",
            "motion_to_reopen",
        ),
    ),
    "affirmative": ((r"asylum|one[- ]year|office|persecut|589|country|\bao\b|fear|filing|interview", "asylum"),),
    "claim": ((r"(?:lodge|file|bring|make|put in)\w* (?:his|her|their|an?|the) claim|claim within|protection claim", "asylum"),),
    **dict.fromkeys(
        ("renewal", "renew", "renovacion", "renovar"),
        ((r"\bdaca", "daca"), (r"\btps\b", "tps"), (r"\bead\b|work (?:permit|card|authorization)|765", "work_permit")),
    ),
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
    "stay": (
        (
            r"remov|deport|emergency|flight|circuit|\bbia\b|board|motion|request|246|habeas|petition|\bmtr|reopen|"
            r"injunct|tro\b|ticket|imminent|manifest|asap|check[- ]?in|(?:\ban?|\bthe|[+&]|\bplus|\bno) stay\b(?! (?:in|at|with|here|home))",
            "stay_of_removal",
        ),
    ),
    "custody": (
        (
            r"custody (?:order|petition|case|piece|part|and)|sole custody|sij|predicate|findings|family (?:court|"
            r"ct)|probate|360|guardian|juvenile|"
            r"county|state court|district court|uncontested|aunt|uncle|abuel|grandm|tutela|minor",
            "guardianship",
        ),
    ),
    "cir": ((r"petition|pfr|review|bia|brief|argument|due|reply|record", "circuit_petition"),),
    "circuit": ((r"petition|pfr|review due|reply|oral argument|opening brief|remand", "circuit_petition"),),
    "application": (
        (r"asylum|589|one[- ]year|persecut", "asylum"),
        (r"naturaliz|citizenship|n-?400", "naturalization"),
        (r"green card|485|adjust", "adjustment"),
    ),
    "U": (
        (
            r"\bcert|visa|918|\bT\b|crime|police|victim|bond \+|vawa|stabb|assault|robb|\bpd\b|nonimmigrant|obstruct|"
            r"witness|abus|supp|report|BFD|DV|polic[ií]a|detective|fiscal|v[ií]ctima|firm",
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
    "I-929": ((r"", "family_petition"),),
    "DA": ((r"deferred action|statement of interest|labor|nlrb|wage", "deferred_action_labor"),),
    "deferred action": (
        (r"labor|nlrb|wage|dol\b|statement of interest|osha|workplace|employer|worker", "deferred_action_labor"),
        (r"childhood|daca", "daca"),
        (r"sij", "other"),
    ),
    "green card": (
        (
            r"(?:petition|i-?130|apply(?:ing)? for|files?|obtain|get|application|remains is|till the|until the|toward) [^.;]{0,40}green card",
            "adjustment",
        ),
    ),
    "trafficking": ((r"t visa|visa|attorney|need|survivor|victim|rfe|914", "t_visa"),),
    "cancelacion": ((r"residente|lpr|residencia", "cancellation_lpr"), (r"", "cancellation_nonlpr")),
}
_GENERIC_CUES = {
    word: tuple((re.compile(cue, re.IGNORECASE if len(word) > 1 else 0), id) for cue, id in senses)
    for word, senses in GENERIC.items()
}


_BARE_VISA = re.compile(r"\b(?:her|his|their|an?|pending|approved|filed|derivative|possible|maybe|and|or|about a|w/)\s\Z")
_INITIAL = re.compile(r"['’-]|\.[A-Za-z]|\.\s[A-Z]\.|\s(?:[A-Z]\b|[a-z]+ed\b)")
"""Before and behind a letter that is a visa's, and behind one that is a person's."""


def meant(word: str, text: str, start: int, end: int) -> str | None:
    """What a word of many senses means here."""
    width = 200 if len(word) == 1 or word in ("stay", "custody", "circuit", "cir") else 250 if len(word) > 2 else 4000
    around = text[max(0, start - width) : end + width]
    if word in ("U", "T") and _BARE_VISA.search(text, max(0, start - 12), start) and not _INITIAL.match(text, end):
        return "u_visa" if word == "U" else "t_visa"
    if (len(word) == 1 and re.search(r"\.\Z", text[max(0, start - 1) : start] + "")) or (
        len(word) == 1 and text[end : end + 1] in ".'’-"
    ):
        return None
    id = _nearest(_GENERIC_CUES[word], around, start - max(0, start - width))
    other = OTHER_SENSE.get(id or "")
    return None if other and other.search(text[max(0, start - 25) : end + 25]) else id


def _nearest(senses: tuple[tuple[re.Pattern[str], str], ...], around: str, at: int) -> str | None:
    """The sense whose words stand nearest to `at`; of equals the first, and one without words only where no other is."""
    best: tuple[int, str | None] = (1 << 30, None)
    for cue, id in senses:
        if not cue.pattern:
            return best[1] or id
        for m in cue.finditer(around):
            best = min(best, (max(m.start() - at, at - m.end(), 0), id), key=lambda b: b[0])
    return best[1]


def is_amount(text: str, start: int, end: int) -> bool:
    """A bare number that counts money, pages or miles, or is part of a longer figure."""
    if not text[start : start + 1].isdigit():
        return False
    return bool(
        re.search(
            r"(?:[$#\d.,:-]|\b(?:page|pp|room|suite|apt|line|docket|flight|route|exit|bed|unit|bus)\.? )\Z",
            text[max(0, start - 8) : start],
            re.IGNORECASE,
        )
        or re.match(
            r"[\d%:]|,\d|-\d|\s*(?:miles?|pages?|pp|people|dollars|hours|days|cases|f\.?\d|u\.s\.)", text[end:], re.IGNORECASE
        )
    )


OTHER_SENSE = {
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
    "cat": re.compile(
        r"\b(?:a|my|her|his|the) CAT\b(?! (?:hearing|claim|case|application|merits|appeal|brief|grant|protection|deferral|denial|only))",
        0,
    ),
    "adjustment": re.compile(r"adjust(?:ing|ment)? (?:to|your|the|our|my) (?!status)|schedule adjust", re.IGNORECASE),
    "family_petition": re.compile(r"petici[óo]n de|\bk 1[0-9]", re.IGNORECASE),
    "deferred_action_labor": re.compile(r"\bDale\b", 0),
    "consular": re.compile(r"\bIV\b (?:drip|fluids)", 0),
}
"""The phrases of a type in another sense, found close to them."""
