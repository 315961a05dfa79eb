"""English words of answers: what ends the mails, puts a case off, takes a part of it, tells news or asks."""

from __future__ import annotations

_TIME = (
    r"\b(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|next|week|month|quarter|spring|summer|fall|autumn|"
    r"winter|year|semester|term|trial|hearing|leave|vacation|holiday|exam|surgery|wedding|labor|memorial|easter|christmas|thanksgiving|baby|"
    r"then|that|it'?s over|return|finals|graduation|maternity|sabbatical|bar\b|the first|school|tax)"
)
_WHO = (
    r"(?:me|us|my name|this address|my (?:e-?mail|address|name|details)|our (?:e-?mail|address|name|office|firm)|"
    r"my .{0,10}email)"
)

ACCEPT: tuple[tuple[int, str], ...] = (
    (  # what somebody else, or oneself if one were otherwise, would decline
        3,
        r"\b(?![^.!?\n]*\b(?:and (?:i|so)|so i) (?:do|am|will|must)\b)"
        r"(?:were i|had i|if i (?:were|was|had|knew)|(?:a|an|any|every|most) (?:\w+ ){0,2}?(?:wiser?|smart(?:er)?|sane(?:r)?|sensible|"
        r"reasonable|rational|prudent|better|lesser|normal|busier) (?:man|woman|person|people|lawyers?|attorneys?|soul|head|me)|anyone (?:sane|"
        r"sensible|with (?:any|a bit of) sense)|common sense|my better judge?ment)"
        r"\b[^.!?\n]{0,40}?\b(?:(?:i'?d|would|says?(?: to)?) )?(?:decline|refuse|pass(?: on (?:it|this))?|say(?:s|ing)? no|turn (?:it|this|"
        r"you|her|him) down|run(?: a mile)?|walk away|skip (?:it|this)|sit this one out)\b",
    ),
)

STOP: tuple[tuple[int, str], ...] = (
    (
        3,
        r"^\W*(?:please,? |pls |yes please:? |plz )?(?:stop|remove(?: me)?|discontinue|cease|cease and desist|opt[- ]?out|"
        r"unsubscribe(?: me)?|un-subscribe|unsub|delete me|take me off|no more|enough(?: already)?|baja)(?: please| now| all|"
        r" it| this| asap)?\W*$",
    ),
    (3, r"[,;]\s*(?:then |and |but )?stop\W*$"),
    (  # an end for good, of mails or left unsaid; not of a detention
        2,
        r"^(?:(?=.*\b(?:(?:e-?)?mail(?:s|ing|ings)?|messages?|lists?|(?<!to )(?<!will )address(?:es)?|(?:these|the|your|more|further) asks|"
        r"ask(?:s|ed|ing)? (?:me|us)|off|unsubscribe|(?:i'?m|i am|we'?re|we are|count (?:me|us)) (?:out|done|retired)|"
        r"(?:stop|remove)(?! (?:h(?:im|er|is)|the(?:ir|m)?|ice)\b| this (?:deport|deten|remov))|"
        r"correos?|mensajes?|listas?|direcci[oó]n|qu[ií]t\w+|baja)\b).*\b|\W*(?:and |y )?)"
        r"(?:for good|for ever|forever|permanently|once and for all|para siempre|definitivamente)\W*$",
    ),
    (3, r"\bunsubscribe\b|\bopt(?:ing)? (?:me |us )?out\b(?! of this one)|\bopt-out\b"),
    (
        3,
        r"\b(?:stop|quit|cease|desist from|discontinue)\s+(?:send(?:ing?|in)?|e-?mail(?:ing)?|contact(?:ing)?|writ(?:ing|e)|"
        r"mail(?:ing)?|ask(?:ing|in) (?:me|us)|bother(?:ing)?|spamming|includ(?:e|ing)|messag(?:e|ing)|pester(?:ing)?|"
        r"harass(?:ing)?|with (?:these|the)|these|all)\b",
    ),
    (
        3,
        rf"\b(?:take|get|strike|remove|delete|drop|cross|scratch|scrub|wipe|scrap|pull|leave|keep)\b {_WHO}\b(?! (?:easy|"
        rf"maybe|this one off))[^.!?\n]{{0,25}}?\b(?:off|from|out(?! of this one)|of the list|delet)\b(?! the (?:maybe|no|"
        r"wait|fence)| my (?:list of|plate))",
    ),
    (
        3,
        r"\b(?:strike|remove|delete|drop|erase) (?:me|us|my (?:name|address|e-?mail|info|details|data|entry|profile|record)|"
        r"our (?:name|address|entry|office)|this (?:address|e-?mail|account))\b(?! (?:off|from) the maybe)|"
        r"^\W*(?:please )?(?:remove|delete) it\W*$",
    ),
    (
        3,
        r"\bno (?:more|further) (?:of (?:these|this|those|them)|e-?mails?|mails?|messages?|requests?|texts?|contact|"
        r"referrals?|asks?|such|notices?|mailings?|like this)\b|\bsaid no more\b",
    ),
    (
        3,
        r"\b(?:do not|don'?t|never|not to|please don'?t|please not|no need to)\b(?![^.!?\n]{0,45}\b(?:until|till|before|"
        r"for now)\b)\s+(?:ever |please )?(?:contact|e-?mail|write|message|mail|text|bother|send) (?:me|us|here|this|"
        r"to (?:me|us|this)|any)(?: (?:any(?:more|thing)? ?(?:else|more|further)?|again|ever|more|these|to (?:me|this)|here|"
        r"further))*\b(?! (?:until|till|before|the (?:same|file|nta)|a copy))",
    ),
    (
        3,
        r"\b(?:no longer|don'?t|do not|never|not) (?:wish|want|care|would like|wanting|interested in|"
        r"like) (?:to )?(?:receive|receiving|be contacted|get|getting|hear(?:ing)? from|be (?:on|part|asked|emailed)|"
        r"participate|these|such|any (?:more )?(?:of these|e-?mails|mail)|solicitations)\b|\bno longer (?:wish|"
        r"want) (?:these|to)\b|not interested in (?:these|receiving|any|this (?:list|program))",
    ),
    (
        3,
        r"(?:^\W*(?:and |then |just )?|please |kindly |[,;:] )(?:lose|forget|erase|delete) it\b|"
        r"(?<!\bi )(?<!n't )(?<!not )(?<!never )(?<!always )(?<!for )(?<!keep )(?<!kept )(?<!was )(?<!did you )"
        r"\b(?:los(?:e|ing)|forget(?:ting)?|eras(?:e|ing)|delet(?:e|ing)) (?:that )?[^.!?\n]{0,20}?"
        r"\b(?:my|our|this) (?:address|e-?mail|number|name|details)\b|\bleave (?:me|us) (?:alone|be|"
        r"out of (?:it|this list))\b|\bblock(?:ing|ed) (?:you|this)|\bhow (?:do|can) (?:i|we) get off\b|\b(?:did not|didn'?t|"
        r"never) (?:sign(?:ed)? up|ask(?:ed)? (?:for|to (?:be|get))|agree(?:d)?|consent(?:ed)?|subscrib)|\breport(?:ing|"
        r"ed)? (?:you|this|it) (?:as|to)\b|\bmark(?:ing|ed)? (?:you|this|it) as (?:spam|junk)|\bcan-?spam|cease and desist|"
        r"\b(?:cease|stop) writing|\bget me off\b|\btake me out of|\bi demand\b|goes to the (?:state )?bar",
    ),
    (
        3,
        r"\b(?:you have|got|reached|this is|it'?s) the wrong (?:person|address|guy|e-?mail|man|woman|one\b)|\bi(?:'m|"
        r" am) not (?:an? )?(?:attorney|lawyer|(?:licensed|practicing) (?:attorney|lawyer)|immigration lawyer)|"
        r"\bi'm a (?:landscape|baker|dentist|plumber|teacher|nurse|doctor)\b|passed away|is deceased|has died|"
        r"this (?:address|account|e-?mail|mailbox) (?:is|belongs) (?:for|to) (?:my|a|the)|leave the (?:referral )?(?:network|"
        r"list|program)|withdraw (?:from|my name)|(?:should|must) not be (?:receiving|getting)|any further requests|"
        r"bow out altogether|needn'?t (?:write|send)|(?:don'?t|do not|never|not) ask (?:me|us) again|(?:come|be|get|"
        r"want) off (?:this|the|your) list|\bi want off\b|(?:send|sends|sent|get|receive|see|another or) (?:me )?one more of these|reported? (?:this|it|you) as|withdraw from the|"
        r"resign from|receive nothing further|off the list|future (?:mailings|requests)|(?:do|"
        r"would) not want to be receiving|asked (?:\w+ ){0,4}to be (?:removed|taken)|be (?:removed|deleted|taken off|struck)|"
        r"ask to be (?:deleted|removed)",
    ),
    (
        2,
        r"\b(?:i(?:'m| am) retired|i retired|retired from (?:practice|law)|left (?:immigration )?(?:law|practice) for good|"
        r"no longer (?:practice|a lawyer|practicing law)|no longer with|enough already|spam|make (?:it|this) (?:my|"
        r"the) last)\b",
    ),
)

LATER: tuple[tuple[int, str], ...] = (
    (
        3,
        r"(?<!her )(?<!him )(?<!them )\b(?:ask|try|ping|call|e-?mail|write(?: to)?|check|come|circle|get|hit|reach|follow|"
        r"holler|remind|catch|talk to|check in with|look me up|revisit|knock)\b[^.!?\n]{0,25}?\b(?:me|us|back|again|up|out|"
        r"then|in with)\b[^.!?\n]{0,30}?\b(?:after|in (?!no |a (?:few )?(?:hour|min)|touch|case|with|court)|next|"
        r"on (?=\w+ ?\d|mon|tue|wed|thu|fri)|once|when|later|then|at the end|come|around|about a)\b",
    ),
    (
        3,
        r"\b(?:after|from|starting|as of|come (?=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|fall|winter|"
        r"\d)|beginning|until|till|til|before|not before)\b"
        rf"(?=[^.!?\n]{{0,30}}{_TIME})[^.!?\n]{{2,45}}?\b(?:i|we|our (?:clinic|office|firm|new attorney)|"
        r"my)(?:'d|'m|'ll| would| could| can| will| should|'re| am| be)?\b[^.!?\n]{0,22}?\b(?:free|available|happy|glad|able|"
        r"take|do (?:it|this)|start|help|yours|welcome|love|could|can|handle|have (?:room|time|space|capacity|two|a slot)|"
        r"wide open|revisit)\b",
    ),
    (
        3,
        r"\b(?:free|available|avail\.?|wide open|happy to(?: \w+){0,4}|could (?:\w+ )?(?:start|take|do|look|help|"
        r"handle)(?: \w+){0,5}|can (?:\w+ )?(?:start|take|do|look|help|handle)?(?: \w+){0,4}|able to (?:\w+ ){1,3}|"
        r"will take(?: it)?|would (?:be glad|be happy|welcome|love)[^.!?\n]{0,40}|take (?:it|this|one)(?: on| up)?|"
        r"revisit this)\s?(?:(?:only |again )?(?:(?:after|from|starting|as of|beginning|the (?:day|week) (?:after|"
        r"of)) (?!the (?:file|client|record|mother|court|agency|fellow))(?!law school)|(?:then|(?<!at )once|when)\b(?! (?:do|can|is|"
        r"are))|(?:in|on|by) (?=(?:the |early |late |mid-?)?(?:\d|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec|mon|tue|"
        r"wed|thu|fri|a (?:few|couple|month|week)|two|three|four|spring|summer|fall|winter|new year))))",
    ),
    (
        3,
        r"\b(?:not|nothing|unavailable|swamped|slammed|booked(?: solid)?|full(?: up)?|busy|away|out|frozen|closed|"
        r"on (?:\w+ )?leave|on trial|in trial|mid-trial|on (?:vacation|holidays?)|at capacity|no (?:time|capacity|room)|"
        r"in court|tied up|travel(?:ing|ling)?)\b[^.!?\n]{0,25}?\b(?:until|til|till|before|through|thru)\b(?! (?:who knows|"
        r"further|some))[^.!?\n]{0,60}?\b(?:then|after|free|could|happy|would|everything|i can|look at it|love)\b",
    ),
    (
        3,
        r"\b(?:not (?:til|till|until|before)|give me (?:a |two |three |\d+ )?(?:weeks?|months?|days?)|hold (?:it|"
        r"this) (?:for me )?(?:until|till)|if it can wait|can it wait|could it wait|next (?:month|week) (?:prob|maybe|works|"
        r"is|i)|maybe in (?:the (?:fall|spring|summer|new year)|a (?:few|couple)|\w+$)|maybe (?:next|later)|but (?:in|after|"
        r"next) |later (?:this|in the) (?:year|summer|spring|month)|in the fall|down the road|once (?:i'?m|we'?re|the|"
        r"my)[^.!?\n]{3,60}(?:like|happy|glad|can|could|free|back)|when my [^.!?\n]{3,40}(?:happy|could|can|free)|"
        r"back (?:from leave )?(?:on|in office)[^.!?\n]{3,40}\b(?:take|happy|can)|do want to come back|come back to (?:it|"
        r"this|me|you) (?:after|in|when|then)|from then on|mid-trial|help then|then i can|then i could)\b",
    ),
    (
        2,
        r"\b(?:until|till|'?til|after|through)\s+(?:the )?(?:(?:end|middle|beginning|first|start) of )?(?:jan|feb|mar|apr|"
        r"may|june?|july?|aug|sep|oct|nov|dec|\d|next|summer|fall|spring|winter|labor day|the (?:\d|holidays|new year|trial|"
        r"semester))",
    ),
)

MAYBE: tuple[tuple[int, str], ...] = (
    (
        3,
        r"^\W*(?:maybe|perhaps|possibly|tentatively|probably|prob|could be|depends|50[/-]50|hmm+|not sure|undecided|tbd|"
        r"tempted|thinking about it|qualified yes|a qualified yes|bond only|leaning)\b",
    ),
    (
        3,
        r"\b(?:i|we|it|that|this|one)\b(?:'?d|'?m| am)? ?(?:might|may)\b (?:\w+ )?(?:be (?:able|willing|up|persuaded|"
        r"interested|possible|free)|take|do|help|consider|cover)|\bmight be able|\bmay be able|could be able|\b(?:not sure|"
        r"on the fence|leaning (?:yes|no|toward)|i'?m? (?:am )?(?:tempted|interested?\b(?! (?:in (?:these|receiving)|"
        r"to know))|torn|inclined)|am interested?\b(?! to know)|have interest\b(?! and also)|open to (?:it|this)|80% there|"
        r"sleep on it|half of it maybe|mull)\b",
    ),
    (
        3,
        r"\b(?:let me|i(?:'ll| will)?(?: just)? ?(?:need|have|want|got|would (?:want|like|need)|'d (?:want|like|"
        r"need))(?: to)?|(?:i|we)(?:'ll| will|'m| am| are)?|can i|could i|(?<!don't )(?<!dont )(?<!not )(?<!even )(?<!t even )need to|gotta|must|"
        r"have to) (?:first )?(?:check(?:ing)?|see (?:if|the|what|whether)|ask(?:ing)?|look (?:at|into)|think|run|sleep|"
        r"talk(?:ing)? (?:to|with)|consult|discuss|confirm|speak (?:with|to)|propose it|know more|tell (?:u|you)|"
        r"let you know|review|more facts|run it by|know (?:more|whether))\b",
    ),
    (
        3,
        r"\b(?:depends|depending|provided|providing|subject to|on (?:the )?condition|conditional|contingent|only if|unless|"
        r"so long as|as long as|assuming|(?<!know )(?<!wonder )(?<!ask )if (?!there (?:were|was) (?:two|three|"
        r"more) of)(?:you|somebody|someone|nobody|no one|the|there|it|he|she|they|u|i (?:can|could|get)|his|her|its|have|"
        r"another|anyone|your|we (?:can|could)|that)\b)",
    ),
    (
        3,
        r"\b(?:co-?counsel(?:ling)?|second[- ]chair|local counsel|limited (?:scope|purpose|basis|appearance)|"
        r"as (?:a )?(?:backup|back-up|back up|last resort|second|mentor|interpreter)|last resort|not (?:lead|on my own|alone|"
        r"as lead|the lead|main attorney|oral argument|both)|with (?:somebody|someone|another lawyer|a (?:mentor|co-?counsel|"
        r"more))|share it with|mentor (?:me|could|to help)|one of (?:the two|them)|(?:cover|do|take|handle|prepare|draft|"
        r"appear for) (?:just |only )(?:the|this|one)|(?:just|only) (?:the|this|one|for the|a|this) (?:\w+ )?(?:bond|hearing|"
        r"master|brief|declaration|older|younger|sister|first|petition|motion|one|merits|filing|part|piece|half)|(?:bond|"
        r"hearing|master|brief|declaration|appeal|older (?:one|sister)|merits) only|(?:part|half|piece|portion|"
        r"some) of (?:it|this)|the (?:bond|drafting|brief) (?:part|piece|half|portion)|but not (?:the|his|her|both|for|lead|"
        r"on|as)\b|not the (?:other|younger|second|merits|rest|whole|appeal)|only (?:got|have) (?:hours|time|room|"
        r"space) for (?:one|the)|(?:could|can|would) help (?:draft|with (?:the|drafting|research))|that's all|"
        r"nothing (?:else|more)\b|more than that i can(?:'?t|not)|prolly|i could sit beside|nothing after|"
        r"somebody else (?:handles|would|does|to)|someone else (?:handles|would|does|to|could)|going elsewhere|"
        r"have to go elsewhere|older sister only|under \d+ (?:hrs|hours))\b",
    ),
    (
        2,
        r"\b(?:will|would) (?:let you know|come back to you|get back to you|be in touch|know (?:by|more))|get back to (?:you|"
        r"u)|partner approval pending|committee meets|and let you know|give me (?:a day|until tomorrow|an hour|the weekend|"
        r"24 hours|a sec)|tomorrow maybe|would consider|i'?d consider|consider it\b|if (?:my|our)|probably\b|prob ok|perhaps|"
        r"maybe|possibly|come back to me and",
    ),
    (3, r"[🤔🤷]"),
)

PLACED: tuple[tuple[int, str], ...] = (
    (
        3,
        r"\b(?:already|now|been|got|is|was|were|are) (?:been )?(?:placed|taken(?! (?:yet|by (?:surprise|ice)))|represented|"
        r"picked (?:it |this )?up|snapped up|covered by|retained|spoken for by|assigned)\b(?! (?:from|as|at))|\b(?:already|"
        r"now) ha(?:s|ve) (?:a |an )?(?:lawyers?|attorneys?|counsel|representation|someone)\b|\bhas (?:private )?(?:counsel|"
        r"representation|an attorney|a lawyer|a new lawyer)\b",
    ),
    (
        3,
        r"\b(?:retained|hired|found|got|secured|signed with|engaged) (?:a |an |private |new |other |another |herself |"
        r"himself |themselves |pro bono )*(?:counsel|lawyers?|attorneys?|representation|elsewhere|firm)\b(?! for)|"
        r"\bretained elsewhere|\b(?:we |our \w+ )?signed (?:her|him|them) up\b",
    ),
    (
        3,
        r"\b(?:no longer (?:needed|looking|necessary|required|in need)|need (?:look|search) no further|no (?:need|"
        r"reason) to (?:look|search|keep)|no further search|no need[:,.]|can (?:quit|stop) looking|stop (?:the search|"
        r"searching)|close (?:it|this|the (?:request|case|file)|out)|mark(?:ed)? (?:it |this )?as (?:settled|placed|closed|"
        r"resolved|taken)|found a home|all set\b|has been (?:resolved|settled|filled)|case has counsel|been matched)\b",
    ),
    (
        3,
        r"\b(?:(?!i\b|we\b)[a-z']+|our colleagues at [\w ]+|a (?:student|colleague|friend) of (?:ours|mine)|she|he|"
        r"they) (?:already |just |has |have |'s )*(?:took|picked|grabbed|snapped|got|is taking|has taken|entered|"
        r"filed) (?:this|it|her|him|them|that)?(?: one| case)?(?: (?:up|on|last \w+|yesterday|on \w+|an? appearance|"
        r"her appearance|his appearance|their appearance))\b|\b[A-Z]\w+(?:'s| has) got (?:this|it|her|him|them)(?: one)?\b|"
        r"\bsomebody (?:got|took|has) (?:her|him|it|them|this)|\b(?:g-28|e-28|e28|g28|"
        r"notice of appearance)\b[^.!?\n]{0,30}\b(?:went in|is in|filed|on file|in ecas|on record)|new (?:e-?28|g-?28)|"
        r"(?:entered|filed) (?:an|her|his|their|the notice of|a notice of) appearance|filed (?:the|our|a) (?:e-?28|g-?28|"
        r"notice of appearance)|withdrawn? the (?:request|plea)",
    ),
)

CAPACITY: tuple[tuple[int, str], ...] = (
    (
        3,
        r"\b(?:mark|treat|list|consider|show|put|set) (?:me|us|my (?:profile|entry)) (?:down )?(?:as|at) (?:no|un|zero|full|"
        r"not|at capacity|paused|on (?:leave|hold))|\b(?:on|in) my (?:profile|entry)\b|update my (?:profile|entry|capacity|"
        r"availability|record)|\b(?:pause (?:me|us)|(?:me|us) on pause)\b|^\W*pause\b",
    ),
    (
        3,
        r"\b(?:don'?t|do not|please don'?t) (?:assign|send) (?:me|us)? ?(?:anything|any(?: more| new)?|new|more|"
        r"cases)?[^.!?\n]{0,20}\b(?:until|till|before|for (?:now|the)|cases)|\bdo not assign\b|(?:unavailable|not available|"
        r"closed) for (?:anything )?new|taking (?:on )?(?:any )?(?:new )?cases until|won'?t be taking cases|"
        r"not accepting anything until|nothing new (?:for|until)|anything new (?:from|until)|no longer take (?:detained|"
        r"\w+) cases|bbe back",
    ),
    (
        3,
        r"\b(?:room|space|capacity|openings?|slots?|bandwidth|time) for (?:up to |about |exactly |maybe |just )?(?:\d+|a|an|"
        r"one|two|three|four|five|six|several|a few|a couple)\b(?: (?:more|new|additional|extra|other))?|\b(?:take|accept|"
        r"squeeze in|handle|do) (?:on )?(?:up to |about |exactly |maybe )?(?:\d+|one|two|three|four|five|six|"
        r"a couple(?: of)?|a few) (?:more|new|additional|extra|further|other|pro bono|cases|matters|clients|asylum)\b|"
        r"\b\d+ openings?\b|\b(?:zero|no) openings\b|\b(?:\d+|one|two|three|four|five|six) (?:open )?slots\b",
    ),
    (
        2,
        r"\bat capacity\b|\b(?:my|our) (?:capacity|availability)\b|\bkeep me on the list\b|\b(?:maternity|parental|"
        r"paternity) leave next|sabbatical|staff attorney (?:is leaving|left)",
    ),
)

QUESTION: tuple[tuple[int, str], ...] = (
    (
        3,
        r"^(?:quick |one |just |before .{0,30}:? ?|interested to know more:? ?|and |so |but |also |hmm |hi |wait |btw |"
        r"also,? |q:? ?)*(?:q |question:? ?)?(?:who|whose|what|whats|which|where|when|why|how|is|isnt|isn't|are|was|were|"
        r"does|do|did|has|have|had|can|could|would|will|any|venue|need)\b",
    ),
    (
        3,
        r"\bplease (?:advise|clarify|tell (?:me|us)|explain|confirm whether)|\b(?:could|can) (?:you|somebody|"
        r"anyone) (?:please )?(?:clarify|tell|say more|explain|confirm|give more)|\b(?:do|does|is|are) (?:we|you|"
        r"there) (?:know|aware)|\bdetained where\b|\bi'?d want to know\b|^need: |^is there\b|\bwhich case\b|\bhow old\b",
    ),
)

CONTRAST = r"(?:but|however|although|though|except|unless|pero|sino|mais|mas)\b"
