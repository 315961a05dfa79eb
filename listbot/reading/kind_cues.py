"""Words that tell what a post is: families of cues in its new words and in its subject, each one feature."""

from __future__ import annotations

import re

from listbot.domain.reading import Kind

K = Kind

_ANY = (
    r"(?:anyone|anybody|someone|somebody|any one|some one|who|folks|y'all|you all|anyone's|colleagues?|people|"
    r"attorneys?|lawyers?|counsel|volunteers?|alumni|fellows)"
)
_TOLD: tuple[tuple[Kind, float, str], ...] = (
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
        r"^(?:[^\n]{0,40}[,\n!—–-]\s{0,9})?(?:(?:i|we)(?:'d| would)? (?:can|could|will|would|am|are|may|"
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
        r"try (?:the|calling|[a-z]\w+)|have you (?:tried|contacted|reached)|you might (?:try|want|check)|"
        r"reach out to [a-z]|conflict (?:check|here)|send (?:me|it|her|him|the (?:file|intake|packet))|is (?:this|"
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
_IN_SUBJECT: tuple[tuple[Kind, float, re.Pattern[str]], ...] = tuple(
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


_MORE: tuple[tuple[str, str], ...] = (
    ("client", r"\b(?:my|our|the|a|his|her) (?:client|kid|guy|respondent)\b|\bclient(?:'s| is| was| has| lives)?\b|\bclienta?\b"),
    (
        "kept",
        r"\b(?:i(?:'m| am)|we(?:'re| are)) (?:keeping|his|her|their|doing|prepared|confident|already)|"
        r"\bi have (?:her|him|them)\b|\bwe(?:'ve| have) (?:filed|got)\b|\bi filed\b|my (?:brief|case|motion)\b",
    ),
    (
        "unable",
        r"\b(?:i|we) (?:can'?t|cannot|don'?t|won'?t|am not|are not|do not|have no|have never|never|had to)\b|"
        r"\b(?:i'?m|we'?re) (?:not|only|at|in|out|leaving|moving|on|closing|full|swamped|drowning|a)\b|"
        r"no (?:bandwidth|capacity|hours|time)|conflict|sunset|not admitted|grant (?:ends|ended|closed)|"
        r"\bwhy (?:not )?(?:me|us)\b|no estoy|no puedo|no hacemos",
    ),
    ("someone", r"\b(?:someone|somebody|anyone|anybody|alguien|whoever|a body|warm body|volunteer|taker|takers)\b"),
    ("who", r"\bwho(?:'s| is| can| does| wants| has| could| would| will| covers| out there| do i| knows)\b"),
    ("room", r"\b(?:room|capacity|openings?|slots?|spots?|space|available|availability|free ones|cupos?|espacio|bandwidth)\b"),
    (
        "taking",
        r"\b(?:taking|can take|will take|we take|i take|i'll take|may take|can start|can do|will screen|"
        r"we'?ll screen|take (?:one|two|three|up to)|offer(?:ing|ed)?|gratis|for free|happy to|at your disposal)\b",
    ),
    ("send", r"\b(?:send|email|text|call|book|write|dm|contact|ask)\b (?:me|us|them|names?|it|him|her|with|the|your|before)\b"),
    (
        "prefer",
        r"\b(?:prefer(?:red|ence|ably)?|please no|no (?:detained|philly|criminal|merits|court|hearings|waivers)|"
        r"not 42a|we (?:do not|don't) do|first come|sliding scale|per (?:quarter|month|year)|this (?:quarter|month|"
        r"year))\b",
    ),
    (
        "grabs",
        r"(?:\bdibs\b|\bmine[.!]|\bpick me\b|\bi got #|\byes to\b|\bi'?m in\b|\bcalling you|\bemailing|\bwrote you|"
        r"\bsent you|\bon my way|\bcount me|\bsorry\b|\bcan'?t,|\bwish\b|\bwould if|\bnot (?:me|us)\b|\btry \w+|"
        r"\bpass\b|\bunfortunately|\bhappy to\b|\bi'd (?:be|love|take)|\bgood luck)",
    ),
    (
        "ended",
        r"(?:\bplaced\b|\bcovered\b|\bspoken for|\bstand down|\bnvm\b|\bnever ?mind|\bclosing\b|\bfound\b|\bcancel\b|"
        r"\bno longer|\bscooped|\bhas (?:a lawyer|counsel|said yes)|\bon it\b|\bquedó|\bya (?:no|tiene|quedó)|"
        r"\bsolved|\btaken\b|\bhandled|\ball set|\boff the hook)",
    ),
    (
        "open_still",
        r"\b(?:not placed|still (?:open|need|looking|nobody|no|unplaced|available|without)|hasn'?t|unplaced|"
        r"remaining|left(?:over)?|renewing|bump|again|re-?post)\b",
    ),
    ("thanks", r"\b(?:thanks?|thank you|gracias|congrat\w*|grateful|bless)\b"),
    (
        "advice",
        r"\b(?:sample|template|redacted|advice|thoughts|tips|curious|hypo\w*|scenario|dumb|confus\w+|wondering|"
        r"experience|gut|cites?|authority|is it (?:possible|true)|argue|same issue|dealt|has anyone|anyone (?:ever|"
        r"had|seen|used|gotten|else|got)|question)\b",
    ),
    (
        "seek_other",
        r"\b(?:interpreters?|expert|psych\w*|evaluator|evals?|therapist|translator|notary|witness|template|sample|"
        r"room to rent)\b",
    ),
    (
        "event",
        r"\b(?:zoom|sign ?up|register|rsvp|session|office hours|webinar|carpool|workshop|training|clinic day|lunch|"
        r"session|invite|taller|clínica|voluntarios)\b",
    ),
    (
        "news",
        r"\b(?:effective|updated?|new (?:ij|rule|room|judge|fee|form|policy)|per eoir|moved to|changed?|fees?|"
        r"list of|pdf|attached|link|links|memo|circulate|fyi|heads up|reminder|hiring|salary|apply|resume|bill|"
        r"testify|hearing moved|deadlines?)\b",
    ),
    (
        "admin",
        r"\b(?:unsubscribe|signoff|moderators?|subject lines?|etiquette|this list|reply-?all|listserv|list rules|"
        r"house rules)\b",
    ),
    (
        "mid_ask",
        r"\b(?:one ask|the ask|p\.?s\.?\b|also:? (?:need|looking)|while i(?:'m| have)|asking for|begging|"
        r"sorry to hijack|unrelated|separate(?:ly)?|on another note)\b",
    ),
    (
        "pay",
        r"\b(?:pro bono|low bono|flat fee|can pay|will pay|reduced fee|fee-?paying|no money|\$\d|stipend|sliding|"
        r"can afford|family (?:can|will) pay)\b",
    ),
    (
        "urgent",
        r"\b(?:urgent\w*|asap|emergency|tomorrow|tonight|this week|deadline|clock|running out|please help|por favor|"
        r"urge)\b",
    ),
    ("you", r"\b(?:if you (?:have|know|can|need|want)|your (?:clients?|cases?|kids?|guy)|anyone who needs|send your)\b"),
    (
        "ours_to_give",
        r"\b(?:i(?:'ll| will| can)|we(?:'ll| will| can)) (?:\w+ )?(?:share|send|second|mentor|draft|interpret|"
        r"translate|hand|transfer|pay|drive|help|prepare|provide|do the)\b|\bfile is\b|\bready to go\b|\bhand-?off\b",
    ),
)
BODY_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    *((f"{kind.value}_{n}", re.compile(cue, re.MULTILINE)) for n, (kind, _, cue) in enumerate(_TOLD)),
    *((name, re.compile(cue, re.MULTILINE)) for name, cue in _MORE),
)
"""Features of the new words in lower case (that is twice as fast as without regard to case): name and cue."""
SUBJECT_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    *((f"subject_{kind.value}", cue) for kind, _, cue in _IN_SUBJECT),
    ("subject_fwd", re.compile(r"^\s*(?:fwd?|fw|rv)\s*:", re.IGNORECASE)),
    ("subject_urgent", re.compile(r"urgent|asap|emergency|tomorrow|today|!!", re.IGNORECASE)),
    ("subject_question", re.compile(r"\?")),
)
"""Features of the subject."""

PRIOR: dict[str, dict[str, float]] = {kind.value: {} for kind in Kind}
"""What a person thinks each feature is worth, before any post is counted: kind to feature to weight."""
for _number, (_kind, _weight, _) in enumerate(_TOLD):
    PRIOR[_kind.value][f"{_kind.value}_{_number}"] = _weight / 1.4
for _kind, _weight, _cue in _IN_SUBJECT:
    PRIOR[_kind.value][f"subject_{_kind.value}"] = _weight / 1.4
PRIOR["referral"] |= {"bias": 0.6, "forwarded": 0.8, "case_told": 0.8, "case_part": 0.3}
PRIOR["response"] |= {"fresh": -2.5, "short_reply": 0.8}
PRIOR["other"] |= {"robot": 6.0}

PLAIN_ASK = re.compile(
    r"\b(?:can|could|would|will|is|might|any chance) (?:anyone|anybody|someone|somebody|any of you|one of you)\b[^.?!\n]{0,40}?"
    r"\b(?:take|adopt|represent|appear for|stand in for|step in for|cover) "
    r"(?:her|him|them|it|this|these|on|over|the case|case|a case|one|my|both|either|any)\b|"
    r"\bwho (?:can|could|would|will|might) (?:take|represent|adopt) (?:her|him|them|it|this|these|on|over|one|case)\b|"
    r"\balguien (?:que )?(?:pueda|puede|podría) (?:tomar|llevar|representar)",
    re.IGNORECASE,
)
"""Somebody is asked in so many words to take a case: "can anyone take her?"."""
TAKER_SOUGHT = re.compile(
    r"\b(?:needs?|seeking|seeks?|looking for|in search of|iso|searching for|want(?:s|ed)?)\s+"
    r"(?:(?:an?|new|some|pro bono|low bono|immigration|asylum|removal|bond|local|good|competent|another|any)\s+){0,4}"
    r"(?:attorney|lawyer|counsel|representation|atty)\b|"
    r"\b(?:attorney|lawyer|counsel|representation|atty)\s+(?:is\s+)?(?:needed|wanted|sought)\b|"
    r"\b(?:busca|necesita)\s+(?:un[ao]?\s+)?abogad[oa]",
    re.IGNORECASE,
)
"""A lawyer is sought or needed; with a client told, 13 of 14 such posts of writers not learned from are pleas."""
