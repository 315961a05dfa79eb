"""English words of answers: what takes a case, declines it, puts it off; and what only looks so."""

from __future__ import annotations

TAKE = (
    r"(?:take|taking|handle|handling|represent|representing|do|doing|accept|accepting|help|helping|assist|assisting|jump in|"
    r"step in|lead|leading|cover|file|write the|write this|sign on|"
    r"appear|enter|undertake|act for|be (?:his|her|their) (?:lawyer|attorney|counsel)|run with|pick|contact|call|meet|"
    r"get started|be there|give it a go|make it work|own|manage|volunteer|(?:have|keep) (?:him|her|it|them)\b|be good to go)"
)
_I = r"(?:i|we|our (?:firm|office|clinic|team|organization)|my (?:firm|office|clinic)|the (?:firm|clinic|office))"
_IT = (
    r"(?:it|this|this one|that|that one|him|her|them|em|'em|these|both|both of them|the (?:case|matter|referral|family|"
    r"client|kid|appeal|hearing|motion|brief)|this (?:case|matter|client|family|guy|kid|appeal|motion)|(?:his|her|"
    r"their) case|one of these)"
)
NEUTRAL: tuple[str, ...] = (
    r"\b(?:got|received|had) (?:this|it|these|your (?:e-?mail|message|note))(?: one)? (?:twice|two|three|again|before|late|"
    r"in error|by mistake|already)\b",
    # politeness and idioms that hold a yes, a no or a stop without meaning it
    r"no (?:worries|rush|hurry|doubt|offen[cs]e|conflicts?|objections?(?! from)|issue|matter what|later than|pressure|"
    r"reply needed|uncertain terms|need to (?:reply|respond|thank|apologi[sz]e)|lawyer|deadline|attorney has|fee|"
    r"hesitation)\b",
    r"thank(?:s| you) (?:so much |very much |again )?for [^.!\n]{3,60}?(?=[.!,\n]|$| but)",
    r"(?:sorry|apologies) for (?:the )?(?:delay|late|slow|being late)[^.,!\n]{0,40}",
    r"sorry to (?:hear|be late)",
    r"conflicts? (?:check(?:s|ed)?|search)(?: (?:is|was|came back))?(?: (?:clear|done|clean|ok|passed|run))?|ran? (?:a |the |"
    r"our )?conflicts?(?: check| search)?|cleared conflicts|conflict[- ]check",
    r"can(?:'?t|not) wait|can(?:'?t|not) thank|can(?:'?t|not) promise (?:miracles|anything)|don'?t hesitate|do not hesitate|"
    r"if you (?:have|need) any(?:thing)?(?: questions| else)?",
    r"keep (?:me|us) (?:on|in) (?:the|your) (?:list|loop|mind)",
    # what was, or was only thought of
    r"(?:(?:i|we) )?(?:was|were) (?:going|about|inclined|ready|set|all set|prepared|planning|tempted) (?:to (?:say )?)?(?:no|"
    r"pass|say no|decline|yes|skip)\b[^.!?\n]{0,40}?(?=\bbut\b|\band\b|[.!?,\n]|until|$)",
    r"(?:i|we) was (?:a|going to be a) no until|(?:i|we) wasn'?t (?:going|planning) to[^.!?\n]{0,60}",
    r"(?:i|we) (?:have )?(?:already )?said no (?:once|twice|[\w ]{0,12}times|last|before|to)[^.!?,\n]{0,40}",
    r"(?:i|we) (?:had )?(?:told|promised|swore to) (?:myself|my (?:wife|husband|kids|family|partner|boss))[^.!?\n]{0,60}",
    r"(?:my|the) (?:calendar|head|wife|husband|brain|partner|schedule|spouse|boss|accountant) (?:says|said|tells me) (?:no|"
    r"yes)\b",
    r"used to (?:say yes|take|do|handle)[^.!?,\n]{0,40}|would have (?:said yes|taken|jumped|loved)[^.!?\n]{0,60}|"
    r"i'?d have (?:said yes|taken)[^.!?\n]{0,40}",
    r"(?:one'?s|wasn'?t|hasn'?t|haven'?t) (?:taken|placed|found) yet",
    r"before (?:i|we) (?:say|answer|decide|commit|can say)[^.!?:,\n]{0,30}|(?:to|and) (?:say|decide|answer) (?:yes|no) (?:or|"
    r"nor) (?:yes|no)|yes or no",
    r"(?:don'?t|do not) want to say no(?: too)?[^.!?\n]{0,20}|not a no\b|(?:isn'?t|is not|it'?s not|not) (?:a |yet a |"
    r"quite a )yes(?: yet)?",
    r"\b(?:take|took|taking) (?:a look|care|it easy|your time|my hat|heart|a (?:day|minute|few|while|peek)|time|place|note|"
    r"leave|part)\b",
)

ACCEPT: tuple[tuple[int, str], ...] = (
    (
        3,
        rf"\b{_I}(?:'?ll| will| shall| can| am able to| are able to|'?m able to|'?re able to|'?m going to|'?m gonna|"
        r" am going to|'?m willing to|'?m ready to| am ready to| accept\b| agree to)\s+(?:definitely |certainly |gladly |"
        r"happily |absolutely |for sure |be able to |be happy to |be glad to |now |totally |"
        rf"also )*(?:{TAKE})\b(?! (?:a look|my|care|it up when|some research|to (?:see|find)|with research|with questions|"
        r"out (?:with|by)))",
    ),
    (
        3,
        rf"\b{_I}(?:'?d| would|'?ll| will)? ?(?:be|am|are|'?m|'?re) (?:so |very |more than |quite |only too |"
        r"always )*(?:happy|glad|honou?red|delighted|thrilled|pleased|willing|ready|able|proud|privileged|"
        r"game)\b(?: (?:and (?:able|ready|willing)|indeed))?(?! to (?:revisit|look|talk|chat|discuss|answer|mentor|consult|"
        r"share|read|review|give|offer|see|hear))",
    ),
    (
        3,
        rf"\b(?:happy|glad|delighted|pleased|honou?red|thrilled|willing|ready|eager) to (?:(?:be able to )?{TAKE}|jump|"
        r"be of)\b(?! (?:with (?:research|questions|drafting)))",
    ),
    (
        3,
        rf"^(?:so|but|and|well|then|ok|okay|oh|fine|yes|,| )*\W*(?:i'?ll|i'd|i will|we'll) (?:{TAKE}|take|bite|bring|"
        rf"do) ?(?:{_IT})?\W*$",
    ),
    (3, r"\b(?:i'?ll|we'?ll|i will|we will) (?:bite|bring her home|gladly|enter (?:my|an|our)|represent|second that)\b"),
    (
        3,
        r"^(?:(?:oh|oui|well|why|heck|hell|omg|but|and|so|it'?s a|a definite|then|ok|okay|fine|the answer is|count (?:me|"
        r"us) as a)[\s,]+)*\W*(?:yes|yep|yeah|yup|yess+|yea|aye|yessir|(?:y|ya|ja|in|k)(?=\W*$)|yes'm|sure(?: thing| can)?|"
        r"absolutely|definitely|certainly|affirmative|of course(?: (?:i|we) (?:will|can|would))?|accepted|approved|agreed|"
        r"gladly|roger(?: that)?|10-4|deal|sold|done(?: deal)?|you bet|you got it|gimme|mine|ours|all mine|all ours|"
        r"with pleasure|my pleasure|will do|will handle|confirmed|willing|i volunteer|works for me|sign me up|count me in|"
        r"on it)\b(?=\W|$)(?!,? (?:i know|i'm away|away|please:? stop|to the cause|sounds|would be|wish|is|was|it is|"
        r"we are closed))",
    ),
    (
        3,
        r"\b(?:tell|let) (?:the |her |his |their )?(?:mother|family|aunt|uncle|him|her|them|client|"
        r"father)(?: know)?,? (?:that )?(?:i'?m|i am|i'?ll|i will|s?he (?:has|'s got)|they have|to expect|we'?ll|we are|"
        r"help is)\b",
    ),
    (
        2,
        r"^\W*(?:ok|okay|k|fine|very well|alright|all right|why not|no problem(?: at all)?|not a problem(?: at all)?|"
        r"no worries|grand|great|perfect|ah go on(?: then)?|go on then|sounds good|let's (?:go|do (?:it|this)))\b",
    ),
    (
        3,
        r"\b(?:it's |this is |(?:s?he|they)(?:'s| is|'re| are) |this one(?:'s| is)? |(?:the )?(?:slot|case|appeal)(?:'s|"
        r" is) |(?:the )?answer is )(?:a )?(?:yes|mine|ours|his lawyer|now mine|all mine|all ours|a go)\b",
    ),
    (
        3,
        r"\bconsider (?:it|this|that|her|him|them|the (?:case|referral|matter)|me|us)(?: (?:to be|as))? (?:done|accepted|"
        r"ours|mine|taken|taken care of|handled|in|yours|a yes|sorted)\b",
    ),
    (
        3,
        r"\b(?:put|sign|count|mark|pencil|write) (?:me|us|my name|our name) (?:in\b|up\b|down\b(?! (?:as (?:a )?(?:last|"
        r"backup|maybe|no|un)|at no|for no))|as (?:a )?yes|on it|, coach)|\bcount on (?:me|us)\b|\bi(?:'m| am) (?:in(?=\W*$|"
        r" for (?:this|it|him|her)| on (?:this|it)|[,.!–-])|game|on it|on board|all in|down|all over it|sold|your (?:man|"
        r"woman|person|huckleberry)|a (?:definite|yes|go)|(?:his|her|their) (?:lawyer|attorney))\b(?! (?:court|trial|"
        r"a (?:hearing|trial|meeting|deposition)|hearings?|transit|the (?:middle|office|air|weeds|same)|favor|no |deep|over|"
        r"need|mediation|depositions?|europe|mexico|touch|with\b|to my))",
    ),
    (
        3,
        r"\b(?:i|we)(?:'?ve| have)? (?:got|have) (?:this(?: one)?|it|her|him|them|'?em)\b(?! (?:marked|down as|on the wrong|"
        r"as a maybe))|^(?:yep |ok |k |yeah )got (?:it|this|her|him|em|them)\b|^got (?:this|her|him|em|them)\b",
    ),
    (
        3,
        r"\b(?:can(?:'?t|not)|could(?:n'?t| not)|won'?t|would(?:n'?t| not)|how could i|never|no universe in which i'd|"
        r"hard to|impossible to)(?: possibly| ever| in good conscience)? (?:say(?:ing)? no|refuse|turn(?:ing)? (?:this|it|"
        r"her|him|them|that)(?: one)? (?:down|away)|miss (?:it|this)|dream of (?:saying no|refusing)|pass (?:this|it|"
        r"that)(?: one)? up|resist|decline this)\b|\bcan(?:'?t|not) (?:do otherwise|(?:help )?but (?:say yes|accept|take|do|agree))\b"
        r"|\b(?:don'?t|do not|didn'?t|no) (?:even )?(?:need|have|had) to (?:think|ask|check|sleep|be asked)\b|\b(?:no|without) (?:a )?(?:second|moment'?s) thought\b"
        r"|\bwhere (?:do|should|can|may) (?:i|we) (?:send|file|fax|mail|e-?file|enter) (?:the|my|our|a|an) (?:g-?28|e-?28|retainer|engagement|appearance|entry)",
    ),
    (
        3,
        r"\b(?:send|forward|email|e-mail|share|pass|transmit|mail|fax|shoot|give|get|ship|bring)\b ?(?:me |us |over |on |"
        r"along )*(?:it|them|him|her|the (?:file|contact|client|papers|docs?|documents?|details|info|information|retainer|"
        r"nta|intake|record|case|phone|number|family)[\w' ]{0,30}?|(?:whatever|what|everything|all) (?:you have|papers|"
        r"you've got|documents)[\w ]{0,15}|docs|retainer docs|(?:his|her|their|the client's) (?:file|info|number|phone|"
        r"details|contact|papers|documents?))(?: (?:to|and) (?:me|us|my|our)[\w' ]{0,20}| over| along| on| my way|"
        r" whenever)?\s*(?:\W|$|and\b|to\b|please|today|tomorrow|asap)",
    ),
    (
        3,
        r"\b(?:put|get) (?:us|me) in touch|introduce us|make the intro(?:duction)?|connect (?:us|me)\b|have (?:her|him|them|"
        r"the (?:client|mother|father|family|aunt|uncle)[\w' ]{0,20}) (?:call|phone|text|email|contact|ring|come|bring|"
        r"reach)|hand (?:him|her|them|it|the file) over\b|assign (?:it|this|him|her|them) to (?:me|us)\b|send (?:her|him|"
        r"them|it) my way|let me have (?:it|this|him|her|them|a go)",
    ),
    (
        2,
        r"\b(?:(?:who|whom|where|when|how) (?:do|can|should|may) (?:i|we) (?:call|contact|sign|talk|meet|reach|start|"
        r"speak with|get (?:the|in touch|started))|what(?:'s| is) next|what do you need\b|where do (?:we|i) begin|"
        r"what's (?:the client's|their|his|her) (?:cell|number|phone)|whats? (?:their|his|her) number|lmk when i can meet|"
        r"how soon can (?:i|we) (?:meet|talk))\b",
    ),
    (
        3,
        r"\b(?:stop|quit|you (?:can|may) (?:all )?(?:stop|quit)|y'?all can stop|no need to|don'?t) (?:look(?:ing?|in)?|"
        r"ask(?:ing)? (?:around|anyone|anybody)|search(?:ing)?|keep looking|the search)(?: (?:any )?(?:further|else|around|"
        r"elsewhere|for anyone))?\W+(?:.{0,20}\b(?:i|we)\b.{0,12}\b(?:got|have|'ll|will|take|do)\b|i'?ll do it)",
    ),
    (
        3,
        r"\bno need to ask (?:any(?:one|body) else|others|around)|we'?ve got (?:her|him|them|it|this)\b|(?:take|"
        r"cross) (?:this|it) (?:one )?off (?:your|the) list,? (?:it'?s|i|we)",
    ),
    (
        3,
        r"\b(?:open(?:ed|ing) a file|engagement letter to follow|retainer to follow|enter(?:ing)? (?:my|our|an) appearance|"
        r"green ?light|go ahead,? so|we(?:'ll| will) take|take (?:it|this|the case|him|her|them|this (?:one|case|"
        r"matter)) on\b(?! (?:then|after|in|from|if|but))|taking (?:it|this|her|him|them|this one) on|i(?:'m| am) (?:taking|"
        r"representing)|i(?:'?ve| have) (?:decided to take|already called)|(?:the )?(?:clinic|firm|office|committee|board|we|"
        r"i) (?:has |have )?(?:accepts?|accepted|approved)(?! (?:new|only|no)))\b",
    ),
    (
        3,
        r"\bi'?d (?:love|like) to(?: (?:take|do|help|represent|have)\b[^.!]{0,25})?(?=!|\.|$)(?! but)|\b(?:would|"
        r"we'?d) (?:love|like) to take (?:it|this|her|him|them)\b(?! but)|\b(?:this|that) (?:one )?i want\b|"
        r"\bperfect fit for (?:me|us|our|my)|\b(?:i |so i )?changed my mind\b|\byou(?:'ve| have)? (?:had me at|persuaded me|"
        r"convinced me|know my weakness)|twist my arm|twisted my arm|where do i sign|put me in,? coach|wouldn'?t miss it|"
        r"\bi lost\b|\bapparently i lied|you(?:'ve| have) found (?:your|a) (?:lawyer|attorney)|\bthen me\W*$|"
        r"\blet'?s (?:roll|go|do (?:it|this)|set up the)|\bborn for this|\bat (?:your|her|his|their) disposal|"
        r"\bmy (?:honou?r|privilege|pleasure) to|\bdibs\b|\bcan(?:'?t|not) (?:walk past|leave (?:her|him|a kid|them)|"
        r"let (?:her|him|it) go by)|\bexpect (?:my|our) call|\bmy conscience (?:says yes|outranks|wins)|\bthe slot is (?:his|"
        r"hers|theirs)|\byou(?:'ve| have) got yourselves? a (?:lawyer|deal)|\b(?:i'?m|we'?re) (?:his|her|their) (?:lawyers?|"
        r"attorneys?)",
    ),
    (
        2,
        r"\b(?:i|we) (?:could|would) (?:certainly |definitely |gladly )?(?:take|do|handle|represent) (?:it|this|her|him|them|"
        r"the case|this one|this case)\b(?! if)|\b(?:i have|we have) (?:time|availability|room|space|an opening|the capacity|"
        r"capacity) (?:for|to)\b|\bi have interest and also availability|\bi(?:'m| am) (?:available|interested and available|"
        r"free (?:to|all|next|that day|that week|and))\b|go ahead and (?:send|introduce|connect)|good to go|\bsigns? me up|"
        r"\bright up (?:our|my) alley|\bassign (?:me|us)\b|\bput (?:me|us|my name) on it|\bi'?ll make (?:the|it|"
        r"some) (?:time|work)|\bi'?ll (?:clear|ring|call|phone|meet) (?:tonight|today|tomorrow|them|her|him|the)|"
        r"not going to lie,? i|\bi can\b\W*$|\bhappy to\b\W*$|\bnext step",
    ),
    (3, r"[👍✅🙋💯🙌🫡👌🤝✔☑]|^\W*\+1\W*$|:thumbsup:|\bliked (?:\"|your message|“)"),
)

DECLINE: tuple[tuple[int, str], ...] = (
    (
        3,
        r"^(?:oh |ah |aw |well |so |hell |ugh |thanks,? |sorry,? |alas,? |but |and |hi |hard |it'?s a |the answer is |"
        r"i'?m a |swamped,? |very )*\W*(?:no|nope|nah|naw|n(?=\W*$)|negative|pass|hard pass|decline[ds]?|regrets|unable|"
        r"unavailable|conflict(?:ed)?(?: out)?|no can do|no thanks?|no thx|no thank you|no way|nothing doing|not this (?:one|"
        r"time)|not (?:for )?me|not i\b|not us|not available|not interested in this one|not my thing|overcommitted|alas|"
        r"regretfully|unfortunately|sadly|i wish|oh how i wish)\b(?! (?:problem|rush|worries|hurry|doubt|one has|lawyer|rush|"
        r"question|conflict|objection|idea|matter|hearing|deadline|need|longer|room for doubt|appearance|universe|more\b|"
        r"further\b|court|date|interpreter|less|notice))",
    ),
    (
        3,
        r"\b(?:can(?:'?t|not| not)|could(?:n'?t| not)|(?:am|'m|are|'re|is|be|was) (?:not|un) ?able|unable to|won'?t be able|"
        r"not in a position|will not be able|wouldn'?t be able|aint|ain't|(?:am|'m|are|'re|is|it'?s) not possible|"
        r"not possible|cannot be of|can'?t be me|not going to be able|no way (?:i|we) can|don'?t think (?:i|we) can|"
        r"neither of us can)\b(?! (?:say no|walk past|leave (?:her|him|them)|believe|live with|put it down|think of a better|"
        r"possibly|ever|refuse|wait|thank|turn|dream|miss|resist|in good conscience say|do otherwise|(?:help )?but (?:say|accept|take|do|agree)|promise|find (?:any|some)|"
        r"be continued|read|speak|see what|believe|pay|tell|afford|attend|open))",
    ),
    (
        3,
        r"\b(?:have|need|must|going|gonna|gotta|got|want|ought|'?ll have|better|forced|choose|respectfully|regretfully|"
        r"like)\b(?: going)?(?: to)?(?: (?:respectfully|regretfully|reluctantly|unfortunately|sadly))* (?:pass\b(?! (?:this|"
        r"it) (?:on|along) to)|decline|sit this|sit out|say no|turn (?:this|it|her|him|that|you|them)(?: one)? down|"
        r"let (?:it|this|her|him)(?: one)? go|skip (?:this|it)|leave (?:this|it)(?: one)?(?: (?:this time|for))?|bow out|"
        r"opt out of this one|beg off)",
    ),
    (
        3,
        r"\b(?:i|we|our \w+|my \w+|it|s?he|the (?:clinic|firm|office|program|agency))?\s?(?:don'?t|do not|doesn'?t|does not|"
        r"no longer|never|aren'?t|are not|am not|'m not|'re not|not|isn'?t|haven'?t|have not|only)\s(?:really |currently |"
        r"even |actually |yet |at (?:this time|present) |now |be )*(?:do|doing|done|take|taking|handle|handling|practice|"
        r"practicing|accept|accepting|serve|serving|have (?:the|any|enough|a|time|capacity|bandwidth|room|it|that|space|"
        r"availability|what it takes|enough)|had enough|go near|touch|admitted|licensed|competent|equipped|qualified|"
        r"experienced|comfortable|the right|a good fit|feel competent|know (?:anything|enough|the first)|see (?:adults|"
        r"children|kids)|set foot|in the (?:business|habit)|free\b(?! until)|available\b|fit (?:it|"
        r"this) in)\b(?! (?:this before|one before|more info|enough (?:here|info|information|detail)|an answer|a (?:question|"
        r"removal|record|criminal|lawyer|copy)|the (?:slightest|a-file|notice)|if|any (?:record|criminal|priors|family|"
        r"objection|conflict)))",
    ),
    (
        2,
        r"\b(?:only (?:do|handle|take|see|serve|practice)|do only|covers? \w+ residents only|(?:i|we) do (?:business|"
        r"employment|family|only))\b",
    ),
    (
        3,
        r"\b(?:too (?:busy|far|full|swamped|slammed|stretched|much (?:on|going|for|case|work)|many (?:cases|hearings|"
        r"clients)|old for|long a drive)|swamped|slammed|buried|drowning|overcommitted|over-committed|overwhelmed|overloaded|"
        r"overextended|underwater|under water|maxed out|tapped out|stretched (?:thin|too)|booked(?: solid| up)?|"
        r"full(?: up)?(?=\W*$| (?:right now|at the moment|until|till|through|for (?:now|the)))|(?:docket|calendar|caseload|"
        r"plate|schedule|hands|intake|plates?)(?:'s| is| are)? (?:(?:already|completely|very|too) )?(?:full|closed|packed|"
        r"jammed|a crime scene|overflowing|insane|crazy|brutal|booked)|at (?:my|our|the) (?:absolute |very )?(?:limit|max|"
        r"capacity)|at capacity|over capacity|beyond (?:my|our) capacity|up to (?:my|our) (?:eyes|neck|ears|eyeballs)|"
        r"covered up|snowed under|spoken for|run ragged|burn(?:ed|t) out|eaten (?:me|us) alive|swallowed me|saturated|"
        r"on fumes|running on empty|spread (?:too )?thin|nothing (?:left )?to give|stacked up|wall to wall|"
        r"back[- ]to[- ]back)\b",
    ),
    (
        3,
        r"\b(?:no|zero|without (?:any )?|not enough|lack (?:the )?|little|not the)\s(?:available |spare |free |more |"
        r"further |extra |open |additional )?(?:bandwidth|capacity|time|room|space|availability|openings?|slots?|hours|staff|"
        r"energy|spanish|experience|resources|expertise)\b(?! (?:to waste|for doubt|limit|to lose))",
    ),
    (
        3,
        r"\b(?:wish (?:i|we) could|(?:i|we) wish\b|if only|in another life|(?:you'?d have to|need to) clone me|two of me|"
        r"if (?:i|we) (?:were|had|could|didn'?t|weren'?t)\b|ten years younger|i'd (?:be doing (?:her|him|them) a disservice|"
        r"only slow)|would(?:n'?t| not) be fair to|be irresponsible|disservice|not fair to (?:him|her|them|the client))\b",
    ),
    (
        3,
        r"\b(?:not for (?:me|us)|not (?:really )?(?:my|our) (?:thing|area|field|practice|wheelhouse|cup|strength|department|"
        r"bailiwick|kind)|not the right (?:fit|one|person|lawyer|attorney|firm|match)|not a (?:good )?(?:fit|match)|"
        r"wrong (?:office|lawyer|attorney|fit)|don'?t want me|no use to you|outside (?:of )?(?:what|my|our|the scope)|"
        r"out of (?:my|our) (?:depth|area|league|territory|comfort zone|jurisdiction|wheelhouse|way)|out of time|"
        r"beyond (?:what|my|our)|above my pay|falls? outside|count (?:me|us) out|leave (?:me|us) out|pass (?:me|us) over|"
        r"i'?m out\b(?! of)|(?:i|we)(?:'m| am|'re| are) (?:afraid )?(?:conflicted|out(?= (?:for|on) this|\W*$))|"
        r"conflicted out|have a conflict|conflict of interest|there'?s a conflict|conflicted|conflict\W*$)\b",
    ),
    (
        3,
        r"\b(?:must (?:respectfully |regretfully )?decline|respectfully decline|decline\b|regret (?:that|to)|(?:with|"
        r"my) regrets?|hate to say (?:it|no)|afraid (?:not|i (?:can'?t|cannot|must|have|won'?t|am)|it(?:'s| is) (?:not|a no)|"
        r"we)|not (?:at this|right now|at the moment|this (?:month|time|year|week|round|quarter))|prohibited|barred from|"
        r"not (?:be )?(?:admitted|licensed|permitted)|(?:intake|clinic|program|office) (?:is|has been|are) (?:closed|frozen|"
        r"on hold)|frozen|freeze everything|semester ends|retired|retiring|left (?:private )?practice|(?:left|"
        r"leaving) immigration|don'?t think i'?m (?:the|a)|nothing new|not taking (?:on )?(?:any|new|more)|no new|"
        r"closed (?:to|for) new|on (?:parental |maternity |medical )?leave|prioriti[sz]e my own|jury duty|have(?:n'?t|"
        r" not) (?:got )?(?:it in me|the (?:time|energy)))\b",
    ),
    (
        2,
        r"\b(?:i|we) (?:truly |really |do |sincerely )?hope (?:you|somebody|someone|she|he|they)[^.!?\n]{0,30}\b(?:find|"
        r"finds|help|helps|bites|takes|gets|someone)|(?:good|best of) luck\b|cheer from|someone (?:closer|local|with more)|"
        r"let someone|leave it for|ask me for anything but|conflict[- ]?ed|for somebody closer|\bi have since learned|"
        r"think not\b|overruled|\bsorry\b(?:!|\.|,|$| friends| hon| folks| all)|no room at the inn|spirit is willing|"
        r"a hearing same day|set me for trial|on trial (?:that|the same|all)|same (?:day|hour|morning)|no one i know|"
        r"\bbut (?:i'?m|i am|we'?re|we are) (?:in|on|at|out|already|booked|away|up|not)\b|\bin (?:trial|hearings?|"
        r"court)\b[^.!?\n]{0,20}\b(?:that|all|this|the same|both|whole)|\bdeserves? (?:better|more|someone)|better served by|"
        r"\bimpossible for (?:me|us)|\b(?:must|have to|going to) disappoint|\bheavy heart|\bi'd be lying|\bnot my lane|"
        r"\bhold off on (?:everything|anything)|\bgive you a no\b|\bnobody here to|\blast person you want|\bnot a fit\b|"
        r"\bnot having the capacity",
    ),
    (
        3,
        r"\b(?:answer|it)(?:'s|s| is| was| has to be| must be| will have to be)? (?:(?:still|unfortunately|sadly|probably|"
        r"definitely|simply) )?(?:a )?no\b(?! (?:problem|worries|brainer|longer|one))|\bso,? no\W*$|"
        r",? no\W*$(?<!or no)(?<!or no\?)|\bask me for anything but",
    ),
    (3, r"[👎🙅🙁😔😭🚫❌]"),
)
