"""The words before and behind a relief mention that tell its status."""

from __future__ import annotations

import re

_GRANTED_BEFORE = (
    r"(?:approved|granted|got (?:her|his|their|an?|the)|has (?:an? )?(?:approved|valid|his|her)|holds?|received|"
    r"won|obtained|already has|already have|with an approved|who has|with (?:current |valid |active )?|had|have|"
    r"released on|out on|posted|paid|made|on|bonded out on|beneficiary of an?|lpr|aprobad[oa]|tiene)\s*(?:an?|"
    r"the|his|her|their|un|una|el|la)?\s*(?:approved |valid |prima facie |current |\$?[\d.,]+k? )?"
)
_GRANTED_AFTER = (
    r"(?:\s+(?:petition|application|order|visa|status))?\s*(?:\((?:approved|granted)\)|(?:was|were|is|got|"
    r"has been|have been|been|already|,|just)?\s*(?:recently |already |just |finally )?(?:approved|granted|"
    r"in hand|posted|issued|came through|won|aprobad[oa]))|\s*(?:until|expires?|(?:good |valid )?(?:until|through|"
    r"thru) (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|\s+holder"
)
_HANDLED_BEFORE = (
    r"(?:we(?:'re| are|'ll| will|'ve| have)? (?:\w+ )?(?:handl\w+|doing|do|did|carry|run|keep\w*|filed|file|cover\w*|"
    r"took care of|represent\w*|got|prepared|will keep|retain\w*|continu\w+|finish\w*|already)|i(?:'m| am|'ll|"
    r" will|'ve| have)? (?:\w+ )?(?:handl\w+|doing|do|did|carry|run|keep\w*|filed|file|cover\w*|took|draft\w*|finish\w*|"
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
_LEFT_BEFORE = (
    r"(?:(?:do(?:es)? not|don['’]?t|didn['’]?t|never|no need to|please don['’]?t|needn['’]?t) (?:bother|chase|renew|touch|ask|"
    r"write|mention|want|worry|count|rely|build|need|seek|hope)\w*(?: (?:with|about|on|for|upon|me|to|us))*|"
    r"not worth|out of time for|too late for|past (?:any|the)|no (?:claim|right|path|road|way|door|case) (?:to|for|under)|"
    r"ignore|forget|leave (?:aside|out|alone)|leaving (?:aside|out)|aside from|apart from|nothing to do with|"
    r"(?:thought|asked|talked|spoke|wrote) (?:about|of)|look(?:ed|ing) (?:hard )?(?:at|into)|considered|explored|screened(?: out)?(?: for)?|"
    r"investigated|discarded|rejected|decided against|argued out of|talked (?:us |me |him |her )?out of|isn['’]?t about|"
    r"not about|is not an?|no es|no hay|no aplica|no califica (?:para|a)|no (?:pide|quiere|busca)|descart\w+|olvid\w+|"
    r"(?:le |les )?neg(?:aron|ó|ado|ada)|perdi(?:ó|eron))\s*(?:[\w'’]+\s+){0,2}?(?:for |to |an? |the |any |his |her |el |la |lo |del? )*"
)
_MATTER = (
    r"(?:\s+(?:petition|application|claim|relief|case|hearing|theory|angle|route|ship|question|idea|option|request|itself|matter|"
    r"interview|jurisdiction|path|side|order|part|piece|portion|proceeding|counsel|lawyer|motion))?"
)
_LEFT_AFTER = (
    rf"{_MATTER}\s*(?:[,(:–—-]\s*)?(?:"
    r"(?:(?:is|was|were|are|has|have|had|been|be|being|would|will|can|must|may|should|might|I['’]ve|we['’]ve|we|I|which|"
    r"now|also|just|simply|therefore|as|already|again|since|then|ship|so) )+"
    r"(?:considered|looked (?:into|at)|explored|investigated|checked|thought (?:through|about|of)|discarded|rejected|ruled out|"
    r"refused|given up|withdrawn|gone\b|closed|shut|spent|sailed|a no\b|over\b|out\b|left (?:alone|out|be)|wait\b|"
    r"for (?:later|another|someday)|another (?:day|year|life|matter)|too (?:early|late|soon)|lost\b|mandatory|not worth|"
    r"not (?:the ask|my|ours|our|part|asked|in play|at issue|open|there|a thing|needed|while))|"
    r"(?:doesn['’]?t|won['’]?t|does not|will not|can['’]?t|cannot|no longer) (?:apply|fit|fly|work|help|reach|exist|lie|run)|"
    r"(?:no aplica|no procede|no califica|qued[aó] (?:para|fuera)|descartad[oa]|negad[oa]|(?:ya )?se (?:lo|la) neg))"
)
_SCRATCHED_AFTER = r"\s*[,:]\s*(?:no\b(?! (?:date|rush|hurry|court|nta|one|hearing))|not while|denied)"
_OTHERS_AFTER = (
    rf"{_MATTER}\s*(?:[,(:–—-]\s*)?(?:"
    r"(?:(?:is|are|was|were|stays?|sits|remains?|rests|being|already|has|have|been|now|lives|belongs|goes|went|all|also|'s) )+"
    r"(?:with (?:\w+ ){0,2}(?:legal aid|colleague|counsel|lawyer|attorney|firm|clinic|office|friend|people|us|me|school|program)|"
    r"in (?:hand|other hands|competent|good hands)|(?:done|handled|litigated|covered|prepared|drafted|run|carried|argued|briefed) by|"
    r"litigated\b|represented\b|under advisement|not? our (?:job|concern|problem|lane))|"
    r"counsel (?:already )?exists|i(?:['’]ll| will) do\b|(?:which )?we(?:['’]ll| will) do\b)"
)
_KIN_BEFORE = (
    r"(?:mother|mom|mum|father|dad|husband|wife|spouse|sister|brother|daughter|son|cousin|uncle|aunt|parents?|grandmother|"
    r"grandfather|partner|boyfriend|girlfriend|ex|neighbor|friend|roommate|sibling|stepfather|stepmother|in-laws?)['’]s?\s+"
    r"(?:own |old |pending |approved |current )*"
)
_BACK_BEFORE = (
    r"(?:entered (?:on|with|under)|came (?:in )?(?:on|with|under)|paroled|derivative of|denied|prior|previous|old|former|future|"
    r"later|eventually|down the road|someday|maybe|pending|sample|template|training|webinar|while (?:his|her|"
    r"their)|u4u|chnv|oar|cbp one|my|our|lost|original|"
    r"first filed|based on (?:an?|his|her))\s*(?:an?|the|his|her|their|humanitarian)?\s*"
)
_ON_BEFORE = r"(?:on|under|through|with|had|have|has|after)\s*(?:an?|the|his|her|their|humanitarian)?\s*"
_UNFILED_BEFORE = (
    r"(?:\b(?:not|never|nobody|no one|hasn'?t|haven'?t|hadn'?t|nothing|without|yet to|didn'?t|no (?:se )?ha[n]?|"
    r"sin|nunca|failed to|forgot to|still needs? to|"
    r"no one's|nobody's)\s+(?:[\w']+\s+){0,2}?(?:fil(?:ed|e|ing)|appl(?:ied|y|ying)(?: for)?|submitted|lodged|"
    r"started|done|did|do|mailed|presentado|presentó|metido|"
    r"metió|solicitado|pedido|hecho)|didn'?t (?:do|file|apply for))\s*(?:for |an?|the|his|her|their|own|la|el|un|"
    r"una|solicitud de|an? affirmative|one-year)*\s*"
)
_UNFILED_AFTER = (
    r"(?:\s+(?:petition|application|app|claim))?\s*(?:[,(:–—-]\s*)?(?:(?:is|was|has|are|still|remains|been|yet|be|"
    r"to|which|has|hasn'?t|isn'?t) )*(?:not (?:yet )?(?:been )?(?:filed|started|"
    r"submitted|done|lodged)|unfiled|never (?:been )?(?:filed|done|started)|hasn'?t been|"
    r"nothing (?:has been )?filed|no presentad[oa]|sin (?:presentar|meter)|due\b|"
    r"deadline|needs to|must be|to (?:be )?(?:file|do)\b|ready to file)"
)
_QUERIED_BEFORE = (
    r"(?:\brfes?|\bnoid|\bnoir|\bnoit|request for (?:more )?evidence|notice of intent(?: to \w+)?|more evidence)"
    r"(?: response)?\s*(?:on|for|under|re|to|in|about|:)?\s*(?:an?|the|his|her|their|approved|pending)?\s*(?:an? )?"
)
_QUERIED_AFTER = r"\s*(?:-\s?)?(?:rfes?|noid|noir|request for evidence)\b"
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


CUES: tuple[tuple[str, float, re.Pattern[str], bool], ...] = (
    # status, strength, pattern, whether it stands before
    ("granted", 0.7, _cue(_GRANTED_BEFORE, before=True), True),
    ("granted", 0.9, _cue(_GRANTED_AFTER, before=False), False),
    ("handled", 0.9, _cue(_HANDLED_BEFORE, before=True), True),
    ("handled", 0.9, _cue(_HANDLED_AFTER, before=False), False),
    ("pending", 0.8, _cue(_PENDING_BEFORE, before=True), True),
    ("pending", 0.9, _cue(_PENDING_AFTER, before=False), False),
    ("ruled_out", 0.8, _cue(_RULED_BEFORE, before=True), True),
    ("ruled_out", 0.85, _cue(_RULED_AFTER, before=False), False),
    ("ruled_out", 0.8, _cue(_LEFT_BEFORE, before=True), True),
    ("ruled_out", 0.82, _cue(_LEFT_AFTER, before=False), False),
    ("ruled_out", 0.82, _cue(_SCRATCHED_AFTER, before=False), False),
    ("handled", 0.82, _cue(_OTHERS_AFTER, before=False), False),
    ("background", 0.78, _cue(_KIN_BEFORE, before=True), True),
    ("asked", 0.95, _cue(_UNFILED_BEFORE, before=True), True),
    ("asked", 0.92, _cue(_UNFILED_AFTER, before=False), False),
    ("asked", 0.95, _cue(_QUERIED_BEFORE, before=True), True),
    ("asked", 0.95, _cue(_QUERIED_AFTER, before=False), False),
    ("asked", 0.75, _cue(_ASK_BEFORE, before=True), True),
    ("background", 0.45, _cue(_BACK_BEFORE, before=True), True),
)
LINGERS = _cue(_ON_BEFORE, before=True)
WEAK_GRANT = re.compile(
    r"(?:\bon|\bhad|\bhave|\bwith|\bholds?|\btiene|\bwho has|\bhas (?:his|her))\s*(?:an?|the|his|her)?\s*\Z", re.IGNORECASE
)

UNDONE = re.compile(
    r"\b(?:not|never|nobody|no one|hasn'?t|haven'?t|no ha[n]?|sin|needs?|wants?|to be|must|should|get|before|"
    r"without|un|who will|has to|have to|still)\b"
    r"[^.;]{0,70}\Z",
    re.IGNORECASE,
)
UNDONE_AFTER = re.compile(
    r"[^.;]{0,25}\b(?:not|never|un)\s?(?:yet )?(?:been )?(?:filed|done|started|prepared|submitted)", re.IGNORECASE
)
HEARING_AFTER = re.compile(
    r"\s*(?:hearing|hrg|redetermination|merits|interview|individual|is (?:on|set|scheduled|next|this|at)|mon|tue|"
    r"wed|thu|fri|\d{1,2}/\d)",
    re.IGNORECASE,
)
MINE_AFTER = re.compile(
    r"[^.\n]{0,30}[;,.—-]\s*(?:that(?:'?s| is) (?:mine|ours|me)\b|that (?:one )?(?:stays|is handled)|(?:i'?m|"
    r"i am|we'?re|we are) keeping|we keep|i keep|neither (?:fits|works))",
    re.IGNORECASE,
)
LINGERING = frozenset({"parole", "tps", "daca", "refugee_adjustment", "work_permit"})
"""What a client may simply have or have had: "on TPS", "had DACA"."""
SCREENED_OUT = re.compile(
    r"[^.;\n]{0,25}\b(?:screened out|isn'?t (?:going to|viable|available)|doesn'?t (?:fit|work|apply)|won'?t work|"
    r"neither (?:fits|works)|not going to)\b",
    re.IGNORECASE,
)
TOGETHER = re.compile(r"\s*(?:,|/|&|\+|,?\s*\b(?:and|or|nor|y|o|e|ni|w/)\b|,\s*)\s*(?:an?|the|his|her|for)?\s*", re.IGNORECASE)
"""Between two mentions that share their status: "denied asylum, withholding and CAT"."""
