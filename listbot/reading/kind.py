"""What a post is, by weighted cues in its new words and subject."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass

from listbot.domain.reading import Kind, Span
from listbot.reading.judgement import Judgement

K = Kind


@dataclass(frozen=True, slots=True)
class KindGuess:
    """Shares of 1 for every kind, and the words that weighed most for the first."""

    shares: dict[Kind, float]
    evidence: tuple[Span, ...]

    @property
    def kind(self) -> Kind:
        return max(self.shares, key=lambda k: self.shares[k])

    @property
    def confidence(self) -> float:
        return self.shares[self.kind]


_ANY = (
    r"(?:anyone|anybody|someone|somebody|any one|some one|who|folks|y'all|you all|anyone's|colleagues?|people|"
    r"attorneys?|lawyers?|counsel|volunteers?|alumni|fellows)"
)
_CUES: tuple[tuple[Kind, float, str], ...] = (
    (
        K.REFERRAL,
        2.2,
        rf"\b{_ANY}\b[^.?!\n]{{0,50}}\b(?:able|available|willing|free|interested|open|admitted|licensed|barred|"
        rf"practic\w+|tak(?:e|ing)|cover|handle|step in|stand in|help|pick up|enter|appear|sit with|adopt|represent|"
        rf"do|in|at|near|around|have (?:capacity|bandwidth|room))\b",
    ),
    (
        K.REFERRAL,
        2.4,
        r"\b(?:need|needs|needed|needing|seek(?:s|ing)?|looking for|look for|searching for|in search of|hunting for|"
        r"trying to find|hoping (?:to find|for|someone|one of you)|wanted|requesting|"
        r"want)\b[^.?!\n]{0,45}\b(?:attorney|lawyer|counsel|representation|rep\b|co-?counsel|referrals?|placement|"
        r"pro bono|stand-?in|coverage|taker|home|someone|somebody|body|help|volunteer|hands?|appearance|colleague|"
        r"person|partner|atty|abogad[oa])",
    ),
    (
        K.REFERRAL,
        1.8,
        r"\b(?:co-?counsel|stand[- ]in|warm hand-?off|unrepresented|pro se\b|any takers|case (?:for|up for|in need)|"
        r"refer(?:ral)? (?:out|needed|request|for)|hand(?:ing)? (?:off|over)|up for adoption|"
        r"need(?:s)? (?:a )?new (?:home|lawyer|attorney|counsel)|low ?bono|please (?:take|help|consider|reply|"
        r"contact|reach out|let me know)|can(?:not|'t) (?:take|absorb|follow|keep)|no capacity|at capacity|"
        r"conflicted out|conflict\b|we don'?t (?:do|cover|handle|practice))",
    ),
    (
        K.REFERRAL,
        2.2,
        r"\b(?:busc(?:o|amos|ando|a)|necesit(?:o|amos|a|an)|alguien (?:que|en|disponible|puede)|(?:se )?busca|"
        r"solicit\w+ (?:abogad|ayuda|representaci)|quién (?:puede|podría)|pueden? (?:tomar|ayudar|llevar)|"
        r"algún abogad|abogad[oa](?:/a)? (?:en|para))\b",
    ),
    (
        K.REFERRAL,
        1.6,
        r"\b(?:would|could|can|will|might|may)\s+(?:any(?:one|body)|some(?:one|body)|one of you|any of you|you|"
        r"a (?:kind|brave|generous)\b[^.?!\n]{0,20})\b[^.?!\n]{0,40}\b(?:take|cover|help|represent|handle|stand|"
        r"appear|enter|file|sit|go|be there|pick|adopt|talk to|meet|prep)",
    ),
    (
        K.REFERRAL,
        2.0,
        r"\b(?:bump(?:ing)?|re-?post(?:ing)?|still (?:looking|need(?:s|ed)?|seeking|searching|hoping|nobody|no one|"
        r"no takers|unplaced|open|available|without)|trying (?:this )?again|second (?:try|request|ask|attempt)|"
        r"re-?upping|any luck|following up on this|deadline (?:is )?approaching|resending|last call)\b",
    ),
    (
        K.REFERRAL,
        1.0,
        r"\b(?:my client|our client|client is|client:|client (?:was|has|lives)|kiddo|respondent|detained (?:at|in)|"
        r"is detained|hearing (?:is|on|in)|due (?:on|by)|one[- ]year (?:deadline|clock|bar)|deadline (?:is|on|of)|"
        r"turns (?:18|21)|master (?:is|on)|speaks|declaration|facts are|great (?:client|facts)|lovely (?:client|"
        r"family)|strong (?:case|claim))\b",
    ),
    (
        K.REFERRAL,
        0.8,
        r"\b(?:happy to (?:mentor|co-?counsel|share|second)|i(?:'ll| will| can) (?:share|send|draft|mentor|second|"
        r"interpret|translate)|we(?:'ll| will| can) (?:share|send|mentor|interpret|provide|cover)|email me|"
        r"contact me|reply (?:to me )?off|reach out|dm me|call me|text me)\b",
    ),
    (
        K.QUESTION,
        2.6,
        r"\b(?:(?:sample|template|redacted|go-?by|model|example)s?\b[^.?!\n]{0,40}\b(?:brief|motion|motions|order|"
        r"petition|template|letter|declaration|complaint|i-?\d|form|script|retainer|foia|response|affidavit|"
        r"rebuttal)|(?:have|has|share|send|got|find)[^.?!\n]{0,25}\b(?:a |any )?(?:sample|template|go-?by|redacted|"
        r"model)s?\b)",
    ),
    (
        K.QUESTION,
        2.4,
        r"\b(?:has|have|had|did|does|do|is|are|was)\s+(?:anyone|anybody|any of you|folks|people|y'all|"
        r"others)\b[^.?!\n]{0,30}\b(?:ever|seen|had|heard|dealt|know|gotten|tried|experience[d]?|encountered|used|"
        r"litigated|argued|noticed|run into|successfully|filed|found|worked|won|receiv\w+|recommend|seeing|having|"
        r"getting|been|else)\b",
    ),
    (
        K.QUESTION,
        2.2,
        r"\b(?:any (?:advice|thoughts|tips|guidance|ideas|suggestions|insight|experience|wisdom|recommendations?|"
        r"intel|recs|pointers|war stories|case law|authority)|what(?:'s| is) (?:the|your|everyone|people)|how (?:do|"
        r"does|did|are|long|would|have|should) (?:you|i|we|people|folks|it|one|a|the|others|everyone)|curious|"
        r"wondering (?:if|whether|how|what)|is it (?:possible|true|just me|worth|ok)|am i (?:missing|crazy|right|"
        r"wrong)|do(?:es)? (?:i|we|he|she|they|the|this|that|it|uscis|a) (?:need|have|still|count|apply|require|toll|"
        r"accept|work|go)|which (?:form|fee|office|address|version)|can (?:i|we|he|she|they|a|uscis|the|dhs|"
        r"ice) (?:still|file|use|argue|get|adjust|apply|do|be|just|ask|travel|renew|sign)|should (?:i|we|he|she)|"
        r"where (?:do|does|should) (?:i|we|you))\b",
    ),
    (
        K.QUESTION,
        2.2,
        r"\b(?:expert(?: witness)?|interpreter|translator|psychologist|psych eval(?:uator)?|evaluator|social worker|"
        r"therapist|country conditions expert)s?\b[^.?!\n]{0,40}\b(?:recommend\w*|suggest\w*|who|for|needed|names?|"
        r"on|in|wanted)?",
    ),
    (
        K.QUESTION,
        2.6,
        r"\b(?:not (?:looking for|asking for|seeking|a referral|placing|trying to (?:place|refer))|we(?:'re|"
        r" are) keeping|i(?:'m| am) keeping|just (?:a question|advice|want(?:ing)? to (?:know|hear|pick)|brain|"
        r"looking for (?:advice|a sample|thoughts))|no (?:referral|placement) needed|pick (?:your|someone'?s|"
        r"the list'?s) brains?|quick (?:question|q\b)|question (?:about|on|for|re)|practice (?:question|pointer)|"
        r"hive ?mind|sanity check|brain ?trust|crowd ?sourc\w+|tengo una (?:pregunta|duda)|alguien (?:sabe|"
        r"ha (?:visto|tenido|usado)|tiene (?:una muestra|un modelo|ejemplo)))\b",
    ),
    (K.QUESTION, 0.5, r"\?"),
    (
        K.OFFER,
        3.0,
        r"\b(?:i|we|our (?:clinic|office|firm|program|project|students|team|org\w*)|my (?:firm|office|"
        r"clinic))\b[^.?!\n]{0,40}\b(?:have|has|got|now have|with)\s+(?:\w+ ){0,3}(?:capacity|room|bandwidth|"
        r"openings?|slots?|space|availability|time|spots?)\b(?! (?:for|until|to do) (?:this|her|him|it)\b)",
    ),
    (
        K.OFFER,
        2.6,
        r"\b(?:can|could|able to|ready to|happy to|would love to|want to|glad to|looking to|eager to|available to|"
        r"hoping to|will|we'll|i'll)\s+(?:\w+ ){0,2}(?:take|accept|handle|co-?counsel|pick up|do|"
        r"represent)\s+(?:on\s+)?(?:\w+ ){0,3}(?:cases|clients|matters|referrals|bonds|hearings|more|one or two|"
        r"a few|a couple|up to|two|three|four|five|six|eight|ten|\d+|pro bono|new|another|sijs?|asylum|bond|habeas|"
        r"u visas?|families|kids)\b",
    ),
    (
        K.OFFER,
        2.4,
        r"\b(?:accepting (?:new )?(?:referrals|cases|clients|intakes?)|open for (?:referrals|intake)|"
        r"taking (?:new )?(?:cases|referrals|clients|intakes)|send (?:them|us|me|your|cases|referrals|along|over|"
        r"'em)\b[^.?!\n]{0,25}(?:cases|referrals|clients|way|us|me)?|capacity (?:for|to|at|in|update|available|"
        r"alert)|have capacity|openings? (?:for|at)|free (?:consults?|clinic)|looking for (?:a |an |my first |some |"
        r"my next )?(?:\w+ )?(?:pro bono )?(?:case|cases|matter|matters)\b|if you have (?:a|any|cases|clients|"
        r"someone)|got (?:a|any) (?:case|client)s?|available for (?:stand|hearings|contract|coverage)|cupo|"
        r"tenemos (?:espacio|capacidad|cupo)|puedo tomar|podemos tomar|ofre(?:zco|cemos)|offering|at your service|"
        r"put me to work|hire me for)\b",
    ),
    (
        K.RESPONSE,
        3.0,
        r"^(?:[^\n]{0,40}[,\n!—–-]\s*)?(?:(?:i|we)(?:'d| would)? (?:can|could|will|would|am|are|may|"
        r"might)\b[^.?!\n]{0,30}\b(?:take|help|do|cover|handle|interested|able|available|jump|step|be there|talk)|"
        r"(?:i|we)'ll (?:take|do|cover|handle|help|go|be|grab|call)|happy to (?:take|help|cover|talk|do)|(?:yes|sure|"
        r"count me in|mine|dibs|me!|got it|on it|i'm in|interested)\b|i'm (?:interested|in|available|free|your)|"
        r"would love to (?:take|help)|(?:sorry|unfortunately|alas|wish (?:i|we) could|regrettably|(?:i|we) (?:can'?t|"
        r"cannot|won'?t|don'?t|am not|are not|wish)|would if|no can do|not (?:me|us|able|our)|pass)\b|lo tomo|puedo|"
        r"claro|no puedo|lo siento)",
    ),
    (
        K.RESPONSE,
        2.0,
        r"\b(?:i'?ll take (?:her|him|it|this|them|the)|we'?ll take (?:her|him|it|this|them|the)|i can take (?:her|"
        r"him|it|this|them|the|#|number|client)|we can take (?:her|him|it|this|them|the|#|number|client)|"
        r"emailing you|email(?:ed)? you off|writing you off|off-?list|i'?d be (?:happy|glad|willing)|can'?t (?:take|"
        r"do|help|this)|we(?:'re| are) (?:full|closed|at capacity|maxed)|maxed out|no bandwidth|too far|good luck|"
        r"try (?:the|calling|[A-Z]\w+)|have you (?:tried|contacted|reached)|you might (?:try|want|check)|"
        r"reach out to [A-Z]|conflict (?:check|here)|send (?:me|it|her|him|the (?:file|intake|packet))|is (?:this|"
        r"she|he|it) still (?:open|available|looking))\b",
    ),
    (
        K.PLACED,
        4.0,
        r"\b(?:placed|has been placed|found (?:a |an |her |him |them )?(?:someone|somebody|attorney|lawyer|counsel|"
        r"home|representation|taker|person|match)|no longer (?:needed|need|looking|seeking|necessary|available|"
        r"an issue)|(?:is|are|been|was|now|all) (?:taken|covered|spoken for|settled|all set|resolved|matched|"
        r"represented)|all set|case (?:is )?(?:taken|covered|closed)|withdraw(?:n|ing)? (?:this|my|the) (?:request|"
        r"post|ask|plea)|disregard|request (?:withdrawn|closed|filled)|never ?mind|please stop|got (?:a|someone|"
        r"an) (?:lawyer|attorney|taker|counsel)|stepped up|thank you all|thanks all|ya (?:tiene|encontr|está)|"
        r"colocad[oa]|resuelto)\b",
    ),
    (
        K.ANNOUNCEMENT,
        2.6,
        r"\b(?:webinar|training|cle\b|workshop|conference|register|registration|rsvp|join us|save the date|hiring|"
        r"we are hiring|job (?:opening|posting|announcement)|position|salary|\$\d\d[,k\d]*\s?(?:-|–|to)\s?\$?\d|"
        r"apply (?:by|at|here|now|to|online)|applications?(?: (?:are|due|open))|cover letter|resume|fellowship|"
        r"internship|newsletter|practice (?:advisory|alert)|new resource|toolkit|announc\w+|effective (?:immediately|"
        r"date|\w+ \d)|federal register|final rule|interim|litigation update|class action|policy (?:memo|manual|"
        r"alert|update)|press release|petition to sign|sign[- ]on|volunteer (?:day|opportunit\w+|attorney day)|"
        r"clinic day|happy hour|panel|speakers?|lunch|agenda|list (?:rules|etiquette|admin)|moderators?|"
        r"reminder from|housekeeping|digest|please do not post|fundraiser|gala|staff attorney|managing attorney|"
        r"vacante|taller|capacitaci[oó]n|inscr[ií]b)\b",
    ),
    (
        K.OTHER,
        4.0,
        r"\b(?:out of (?:the )?office|auto(?:matic)?[- ]?(?:reply|response)|autoreply|undeliver\w*|"
        r"delivery (?:status|failure|has failed)|mailer-daemon|mail delivery|returned mail|on (?:parental|maternity|"
        r"annual|medical|family) leave|limited access to (?:e-?mail)|fuera de (?:la )?oficina|respuesta autom)",
    ),
    (
        K.OTHER,
        1.8,
        r"\b(?:thank(?:s| you)\b|congrat\w*|welcome|happy (?:birthday|holidays|new year|retirement)|unsubscribe|"
        r"remove me|wrong (?:list|person|thread|reply|address)|reply[- ]all|lottery|bitcoin|crypto|viagra|invoice|"
        r"seo|click here|prize|loan|oops|test message|testing|sorry (?:for|about) (?:the|that|my|spam)|condolences|"
        r"miss(?:ed)? you all|well done|amazing work|bravo|farewell|goodbye|gracias a tod[oa]s)\b",
    ),
)
_COMPILED = tuple((kind, weight, re.compile(cue, re.IGNORECASE | re.MULTILINE)) for kind, weight, cue in _CUES)
_SUBJECT: tuple[tuple[Kind, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern, re.IGNORECASE))
    for kind, weight, pattern in (
        (
            K.OTHER,
            6.0,
            r"^\s*(?:automatic reply|auto(?:-| )?reply|out of (?:the )?office|ooo\b|undeliver|delivery (?:status|"
            r"failure)|mail delivery|returned mail|respuesta autom|vacation)|auto-?response|\bout of office\b",
        ),
        (
            K.PLACED,
            4.0,
            r"\b(?:placed|taken|covered|filled|withdrawn|no longer|resolved|found|closed|never ?mind|update: (?:placed|"
            r"taken)|all set|solved|colocad[oa])\b",
        ),
        (
            K.ANNOUNCEMENT,
            3.0,
            r"\b(?:webinar|training|cle|hiring|job|position|position|register|rsvp|save the date|reminder|announcement|"
            r"announcing|newsletter|\[?admin\]?|alert|resource|fellowship|conference|opening|opportunity|vacancy|"
            r"staff attorney|event|workshop|policy)\b",
        ),
        (
            K.QUESTION,
            2.4,
            r"\?\s*$|\b(?:question|sample|template|experts?|advice|thoughts|anyone (?:had|seen|know|have|got|else|dealt)|"
            r"how to|experience with|help understanding|practice)\b",
        ),
        (K.OFFER, 2.8, r"\b(?:capacity|offer(?:ing)?|available to|can take|accepting|openings?|have room|availability|slots?)\b"),
        (
            K.REFERRAL,
            2.4,
            r"\b(?:need(?:s|ed)?|seeking|looking for|attorney|lawyer|counsel|referral|urgent|detained|stand-?in|coverage|"
            r"pro bono|bump|help (?:needed|for|with)|co-?counsel|hearing|wanted|busco|deadline|due|asylum|bond|yo\b|y/o|"
            r"placement|sijs?|anyone)\b",
        ),
        (K.RESPONSE, 1.6, r"^\s*re:"),
    )
)


_THANKS_ONLY = re.compile(r"\bthank|\bgracias", re.IGNORECASE)


def judge_kind(subject: str, new: str, offset: int, *, quoted: bool, forwarded: bool, robot: bool) -> KindGuess:
    """The kind of a post by its new words (`new`, whose first character stands at `offset`) and its subject."""
    scores: dict[Kind, float] = defaultdict(float)
    spans: dict[Kind, list[tuple[float, Span]]] = defaultdict(list)
    text = new[:6000]
    for kind, weight, cue in _COMPILED:
        for count, m in enumerate(cue.finditer(text)):
            if count >= 4:
                break
            scores[kind] += weight * (0.5**count)
            spans[kind].append((weight, (offset + m.start(), offset + m.end())))
    reply = bool(re.match(r"\s*(?:re|r|rv|sv|aw)\s*:", subject, re.IGNORECASE))
    for kind, weight, cue in _SUBJECT:
        if m2 := cue.search(subject):
            scores[kind] += weight * (0.3 if reply and kind in (K.REFERRAL, K.ANNOUNCEMENT, K.OFFER, K.QUESTION) else 1.0)
            spans[kind].append((weight, m2.span()))
    _adjust(scores, text, reply=reply, quoted=quoted, forwarded=forwarded, robot=robot)
    return KindGuess(
        _shares(scores),
        tuple(s for _, s in sorted(spans[max(scores, key=lambda k: scores[k])], reverse=True)[:4]) if scores else (),
    )


def _adjust(scores: dict[Kind, float], text: str, *, reply: bool, quoted: bool, forwarded: bool, robot: bool) -> None:
    """What the shape of the message adds: replies answer, forwards ask, robots are robots."""
    words = len(text.split())
    if robot:
        scores[K.OTHER] += 8
    if not reply and not quoted:
        scores[K.RESPONSE] -= 3.5
    elif words < 60:
        scores[K.RESPONSE] += 1.2
    if forwarded and not reply:
        scores[K.REFERRAL] += 1.5
        scores[K.RESPONSE] -= 2
    if words < 25 and _THANKS_ONLY.search(text) and scores[K.REFERRAL] < 2:
        scores[K.OTHER] += 1.0
    for kind in K:
        scores[kind] += 0.0
    scores[K.REFERRAL] += 0.8


def _shares(scores: dict[Kind, float]) -> dict[Kind, float]:
    """Scores as shares of 1 (softmax at a temperature that was measured, see docs/reading.md)."""
    top = max(scores.values(), default=0.0)
    weights = {k: math.exp((scores[k] - top) / 1.4) for k in K}
    total = sum(weights.values())
    return {k: w / total for k, w in weights.items()}


MODEL_WEIGHT = 0.7
"""How much an encoder's opinion counts beside the rules' (measured on held-back writers)."""


def joined_kind(rules: KindGuess, opinion: Judgement) -> KindGuess:
    """Rules and encoder as one guess: the weighted geometric mean of their shares."""
    if not opinion.kind:
        return rules
    raw = {k: rules.shares[k] ** (1 - MODEL_WEIGHT) * opinion.kind.get(k, 0.0) ** MODEL_WEIGHT for k in K}
    total = sum(raw.values()) or 1.0
    return KindGuess({k: v / total for k, v in raw.items()}, rules.evidence)
