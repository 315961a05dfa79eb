"""The words that tell what a date is to a case, in English and Spanish.

One pattern is made of all of them, for lower-case text; of two that begin at the same place the one that stands first counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from listbot.domain.reading import DateRole, Span
from listbot.reading.text import lowered

R = DateRole

_DATE = (
    r"(?=\W{0,3}(?:the |next |this |el |on )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|"
    r"tomorrow|ene|abr|ago|dic|lun|mié|jue|vie|twent|thirt|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth))"
)
"""A date follows."""
_AT_18_OR_21 = r"(?: an?)? (?:18|19|21|eighteen|nineteen|twenty-?one)(?: on)?"

_TABLE: tuple[tuple[DateRole, float, float, tuple[str, ...]], ...] = (
    # Role, weight before the date, weight after it, words.
    # The writer's own calendar, and events: days that bind no taker.
    (R.EVENT, 3.4, 2.0, (
        r"(?:i|we)(?:'m| am|'re| are|'ll| will)(?: be| both| all)? (?:out|away|gone|off|on (?:leave|vacation|trial)|back|"
        r"closed|closing|"
        r"in (?:trial|court)|travell?ing|free|available|around|retiring|leaving|moving|getting married|due|at an?)\b",
        r"(?:i|we)(?: will|'ll)? (?:leave|depart|return|retired?|start|graduate|close|fly|move|go(?! before| to (?:court|the judge)))\b",
        r"(?:i|we)(?:'m| am| are|'re|'ll be| will be)(?: \w+)? (?:on a (?:plane|ship|boat)|gone to|abroad|overseas)\b",
        r"my (?:\w+ ){0,3}(?:surgery|wedding|retirement|rld|leave|flight|trip)(?:'s| is)?",
        r"(?:my|our) (?:last day|leave|surgery|vacation|wedding|baby|funding|grant|students?|fellowship|(?:federal )?money|"
        r"office|(?:own )?trial|"
        r"malpractice|contract|lease)\b",
        r"out of (?:the )?(?:office|town|country)", r"vacation",
        r"(?:maternity|paternity|parental|(?:medical|family) leave)(?: leave)?(?: on| from| starts)?", r"sabbatical", r"funeral",
        r"until then",
        r"back in the office", r"office (?:is closed|closes|hours)", r"let (?:me|us) know",
        r"(?:reply|respond|write|get back) to (?:me|us)",
        r"(?:call|e-?mail|reach|contact|text|ping|dm) (?:me|us)",
        r"(?:i|we)(?:'ll| will| can| could|'d)(?! (?:rather |like to |want to )?(?:file|hand it|submit|like it|want it|get it))(?: \w+){0,6}? (?:by|on|until|intake|before)\b",
        r"(?:i|we) (?:can|could|might|would|will) (?:do|get|send|meet|talk|hand|drive|bring|share|zoom|call|chat)",
        r"hear (?:back )?(?:from|by)",
        r"discharge[ds]?(?: date)?", r"leav(?:es|ing) (?:us|the shelter|shelter|foster care|orr)", r"goes to live", r"flies? to (?:his|her|an?|their) (?:\w+ )?(?:sponsor|aunt|uncle|mother|father|sister|brother)",
        r"turn(?:s|ed|ing)? (?!18|19|21)\d{1,2}\b(?: on)?",
        r"days? off", r"take it back", r"(?:need|want|like|have) an? answers? by", r"going (?:dark|offline)", r"unreachable", r"not reachable", r"would (?:sign|start|come)", r"happy\b", r"i(?:'ve| have) (?:no|another|my)\b",
        r"you(?:'d|'ll| would| will) (?:have|get|receive)", r"(?:but )?not before",
        r"(?:i|we)(?:'m|'re| am| are) (?:seeing|meeting|visiting|going|flying|driving)",
        r"(?:i|we) (?:spoke|met|saw|talked)\b", r"grateful for an? (?:answer|reply)", r"any day but",
        r"closing (?:our|its|their) doors", r"clos(?:es?|ing) (?:on|its|our|at|for)", r"surgery", r"treatment", r"doctor",
        r"chemo", r"wedding", r"prom\b",
        r"graduat\w+", r"semester", r"school (?:starts|ends|lets)", r"probation",
        r"fellow(?:'s|ship)?(?: term)?(?: ends| is up)?", r"in another (?:case|matter)",
        r"(?:criminal|protective order|restraining order|traffic|eviction) (?:court|case|hearing|trial|matter|charges?)(?: date| hearing)?(?: is)?", r"due date(?! (?:for|of|on) )", r"(?:baby|wife)(?:'s| is)? due", r"pregnan\w+",
        r"expecting", r"save the date",
        r"(?:first|second|third|fourth|last|every|each)(?= (?:mon|tue|wed|thu|fri|sat|sun))",
    )),
    (R.EVENT, 3.0, 2.8, (
        r"training", r"webinar", r"vigil", r"rally", r"reunion", r"picnic", r"protest\b", r"concert", r"retreat", r"registers?\b",
        r"rooms? (?:is|are)", r"(?:letters?|r[eé]sum[eé]s?|cvs?|nominations?|proposals?) (?:due )?by", r"skills day", r"(?:citizenship|volunteer) day", r"register(?: by| at| here)?", r"registration(?: is| closes| deadline)?",
        r"appl(?:y|ications?) (?:by|due|close[sd]?|deadline)",
        r"start(?:s|ing)? date", r"workshop", r"rsvp", r"conference", r"symposium", r"\bcle\b", r"clinic day",
        r"happy hour", r"join us", r"office hours", r"gala",
        r"fundraiser", r"deadline to apply", r"(?:next|our|monthly|weekly) (?:meeting|liaison|call)", r"liaison", r"lunch",
        r"effective", r"in effect",
        r"final rule", r"federal register", r"week of", r"newsletter", r"zoom (?:at|on|call)", r"town hall", r"potluck",
        r"capacity", r"openings?",
    )),
    (R.HEARING, 3.5, 0.0, (
        r"(?:been |was |got |is |now )?(?:re-?scheduled|moved|pushed|bumped|continued|reset|adjourned|postponed|advanced|"
        r"kicked|carried|put (?:over|off)|changed)"
        r"(?: up| back| out)? (?:to|until|till|for)" + _DATE,
        r"ordered (?:him |her |them )?(?:to (?:come|appear|report|return|be)|back)",
    )),
    # What has happened.
    (R.PAST, 3.8, 3.4, (
        r"(?:(?:one|1)[- ]?(?:year|yr)|(?:her|his|their|the) year)(?: deadline| mark| bar| date)? (?:passed|ran|lapsed|expired|went by|blew by|was)(?: out| by| on)?",
        r"came and went(?: on)?", r"went off", r"has (?:gone by|passed|come and gone)", r"has already (?:passed|run)",
    )),
    (R.DECISION, 3.5, 1.6, (
        r"(?:removal |final )?order[^.;,\n]{0,28}\bentered",
        r"(?:rfe|noid|noit|noir|notice)s? (?:was |is |is in her hand |in hand )?(?:dated|issued|of|from|came|landed|arrived|"
        r"received|sent|mailed)(?! intent)(?! appeal)",
        r"(?:ij|judge|removal|final|absentia|bia|board)(?:'s)? (?:order|dec\b|dec'?n|decision|denial|denied|dismissal|"
        r"dismissed|affirmed|ordered|decided|ruled)(?! (?:him |her |them )?(?:to|back))",
        r"supp?(?:lement)?\.? b\b[^.;\n]{0,24}(?:signed|dated|issued)",
        r"cert(?:ification)?\b[^.;\n]{0,18}(?:signed|dated|issued)", r"six months only from",
    )),
    (R.DECISION, 3.1, 2.0, (
        r"denied", r"denial", r"denying", r"dismiss(?:ed|al)", r"decision(?: came down| was)?", r"decided", r"dec'n",
        r"affirmed", r"ordered(?! (?:him |her |them )?(?:to|back))",
        r"came down", r"order of(?=\W\d)", r"reinstated", r"order of removal", r"removal order", r"order dated",
        r"lost (?:asylum|his|her|their|at|the|before|in|on|it)", r"absentia",
        r"revok(?:ed|ing|ation)", r"terminated", r"granted", r"grant of", r"approved", r"approval", r"rejected", r"refused",
        r"ruled", r"won\b", r"vacated", r"sentenced", r"convicted",
        r"pled", r"pleaded", r"divorced?", r"dated(?! for)", r"issued", r"neg(?:ó|aron|ado|ada)\b", r"denegad[oa]",
        r"(?:orden|decisión) (?:de|del)", r"rechaz\w+", r"pretermitted",
        r"found (?:removable|no)", r"adverse", r"turned (?:him|her|them|it) down", r"perdió",
    )),
    (R.PAST, 3.3, 1.2, (
        r"nta(?:s)? (?:was |were )?(?:issued|served|filed|dated)", r"wrote:?", r"re-?detained",
        r"(?:was|were|got|been|just) (?:arrested|detained|picked|taken|transferred|moved|placed|grabbed|stopped|nabbed|"
        r"released|served|issued|brought|held|supposed|screened|lodged|filed)",
        r"picked (?:him |her |them )?up", r"arrested", r"detained (?:since|on|at)", r"in custody since", r"transferred",
        r"(?:timely |already )?filed (?:on|in|back|pro se|it|the)",
        r"lodged(?! by| before)", r"submitted on", r"brought to", r"released", r"grabbed", r"bonded out",
        r"moved to\b(?! (?:the|an?|our|his|her) (?:court|docket))",
        r"(?:hearing|master|merits|individual|trial|interview|deadline|due|date) (?:was|were|had)", r"was held on",
        r"missed", r"last (?:hearing|master|court)", r"met (?:with|him|her|on)",
        r"entrevistamos", r"conoc\w+", r"detenid\w+ desde", r"desde", r"agarr\w+",
        r"had (?:a|his|her|their|the) (?:baby|child|son|daughter|stroke|hearing|master)", r"flew to", r"deported on",
        r"died", r"killed", r"murdered", r"happened", r"raid\w*", r"came to a", r"as of", r"ran out", r"evaporated",
        r"blown", r"retained", r"receipt(?:ed)?", r"took (?:him|her|them)",
        r"passed (?:his|her|the|cfi|rfi|a)", r"married (?:on|in|since)", r"continued from", r"from (?=today)", r"called",
        r"found out", r"learned", r"got (?:him|her|them) out", r"filed its",
        r"submitted", r"posted bond",
    )),
    (R.ENTRY, 3.3, 1.5, (
        r"entry (?:date|was|on|is)", r"(?:last |date of |first )?entry", r"entered", r"enters", r"\bdoe\b", r"arriv(?:ed|al)",
        r"came (?:in|to|here|over|across|through|thru|from|up|with|together|as|on|w)\b", r"came\b", r"cross(?:ed|ing)",
        r"\bewi'?(?:d|ed)?\b", r"paroled (?:in(?:to)?|at|through|via|with)", r"evacuated", r"landed",
        r"entering", r"did (?:he|she|they) (?:come|enter|arrive|cross)", r"admitted\b", r"been (?:in the u\.?s\.?|here|in the states|in the country) since",
        r"(?:here|living here|in the (?:us|u\.s\.|country|states)) since", r"apprehended", r"encountered",
        r"presented (?:him|her|them)?(?:self|selves)? ?at", r"turned (?:him|her|them)sel\w+ in", r"reached\b",
        r"let (?:him|her|them) in", r"i-?94 (?:shows|says|is|of|stamped)", r"stamped(?: in)?", r"came (?:by|on)",
        r"made it (?:here|to|across)", r"made (?:his|her|their) way",
        r"(?:llegó|llegaron|llegué|entró|entraron|entré|cruzó|cruzaron|ingresó|ingresaron|vino|vinieron)\b",
        r"pas(?:ó|aron) (?:la|por)", r"frontera\b", r"aquí desde", r"inspected", r"\bpoe\b",
        r"walked (?:in|up|across|from)", r"flew in", r"swam", r"got (?:here|in\b(?! the)|to the (?:us|u\.s\.|border))",
        r"border\b", r"clock is ticking from", r"ingreso", r"fecha de (?:entrada|ingreso)",
        r"llegada", r"parole date", r"cbp ?one", r"port of entry",
    )),
    (R.BIRTH, 3.6, 1.2, (
        r"born", r"\bd\.?o\.?b\.?(?=\W|$)", r"date of birth", r"birth ?date", r"naci(?:ó|do|da|miento|mos)\b",
        r"fecha de nacimiento", r"f\.?n\.?:", r"b\.?(?=\s?\d{1,2}[/-]\d{1,2}[/-])",
    )),
    # What is to come.
    (R.AGE_OUT, 3.8, 3.0, (
        r"(?:turn(?:s|ed|ing)?|becom(?:es|ing)|will be|'ll be|hits|reaches|until (?:he|she) (?:is|"
        r"turns))" + _AT_18_OR_21, r"(?:he's|she's|he is|she is)" + _AT_18_OR_21 + _DATE, r"is (?:18|19|21) on", r"(?:18|21) on\b",
        r"(?:is|he's|she's|still) (?:17|20|seventeen|twenty) until",
        r"age[sd]?[- ]?outs?", r"ag(?:e)?ing[- ]out",
        r"(?:21st|18th|19th|eighteenth|twenty-first)(?: b(?:irth)?-?day)?(?=\W)", r"b(?:irth)?-?day", r"majority",
        r"cumpl\w+(?: los)? (?:18|19|21|dieciocho|veintiuno|mayor[ií]a)", r"mayor[ií]a de edad", r"cumpleaños",
        r"(?:mayor|ventiun)[ií]a", r"emancipat\w+", r"loses? jurisdiction", r"jurisdiction (?:ends|until)",
    )),
    (R.AGE_OUT, 0.0, 3.2, (r"(?:when )?(?:he|she)(?:'s| is|'ll be| will be| becomes| turns)" + _AT_18_OR_21 + r"(?= ?[.,;:)!]|\s*\Z|\n)",)),
    (R.ONE_YEAR, 3.6, 3.2, (
        r"(?:one|1|first)[- ]?(?:year|yr)s?\b(?![- ]old| ago| sentence| later| in (?:jail|prison|custody|"
        r"county))(?:[- ](?:filing )?(?:deadline|bar|mark|clock|anniversary|date|limit|cut-?off))?", r"\bo(?:ne )?y(?:f)?d\b",
        r"\b1y(?:f)?d\b", r"\b1yr\b", r"año (?:límite|limite|se cumple)", r"cumple(?:n)? (?:el|un|su) (?:primer )?año",
        r"plazo de un año", r"el año\b", r"clock (?:runs|is up|expires|hits|ends|stops)",
        r"(?:asylum|her|his|their) (?:one )?year (?:is up|runs|ends|expires|hits|comes|closes)", r"filing anniversary",
        r"first anniversary", r"year (?:is up|runs(?: out)?|ends|expires)", r"been (?:here|in the (?:country|us|u\.s\.|states)) (?:for )?a year", r"anniversary of (?:entry|arrival)",
    )),
    (R.APPEAL, 3.8, 3.0, (
        r"(?:bond )?appeals? (?:is |are |must be |has to be |to be |to the (?:board|bia) )?(?:due|filed|received|in|by|"
        r"deadline|runs|expires|window|period)", r"appeal deadline",
        r"\bnoa\b(?: is)?(?: due)?", r"eoir-?26", r"eoir-?29", r"i-?290b?", r"n-?336", r"notice of appeal",
        r"notice is due", r"\bpfr\b", r"petition for review",
        r"(?:bia|board|appeal|appellate|opening|circuit) brief(?:ing)?(?: is)?(?: due| schedule)?",
        r"brief(?:ing)? schedule", r"apelaci[óo]n", r"apelar", r"30th day",
    )),
    (R.APPEAL, 2.2, 1.8, (
        r"appeal(?:s|ing|ed)?\b", r"\bbia\b", r"the board\b", r"circuit\b",
        r"(?:\d{1,2}(?:st|nd|rd|th|d)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh) cir(?:cuit|\.)?",
    )),
    (R.RESPONSE, 3.6, 3.0, (
        r"(?:rfe|noid|noit|noir|notice of intent(?: to (?:deny|revoke|terminate))?|request for (?:further |"
        r"additional )?evidence)(?: response| reply| answer)?(?: is)?(?: due)?",
        r"respon(?:se|d|ses)(?: (?:is |are )?due| to the (?:rfe|noid))?", r"contestar", r"contestación", r"responder",
        r"rebuttal", r"traverse", r"answer (?:is )?due",
        r"reply (?:is )?(?:due|by|within)", r"87 days?", r"33 days?", r"84 days?",
    )),
    (R.HEARING, 3.3, 3.0, (
        r"(?:interview |court |uscis )?(?:letters?|notices?|papers) (?:just |finally )?(?:came|arrived|landed|is here)(?: in)?(?: for)?", r"dated for",
        r"(?:ij|fear|credible fear|reasonable fear|custody|bond|video) review", r"(?:second |first |third )?exam\b",
        r"(?:hearing |interview |biometrics )?notices? (?:just )?(?:came in|came|arrived|is in|is|got here) for\b",
        r"has (?:him|her|them) (?:on|up|down|set)(?: for| on)?",
        r"(?:next |first |final |initial )?(?:master|individual|merits|bond|custody|contested|evidentiary|reset|status|"
        r"review|video|guardianship|dependency|removal|cfi|rfi|credible fear|asylum)? ?hearings?",
        r"\bhrn?gs?\b", r"master(?: calendar)?s?\b", r"\bmch?\b", r"\bmcal\b", r"individuals?\b(?! case| need| with)",
        r"\bindiv\b", r"\bmerits\b", r"\bich\b", r"interview(?:s|ed)?\b",
        r"audiencias?", r"\bcorte\b", r"\bcita\b", r"entrevista\b", r"oath(?: ceremony)?", r"court date", r"arraign\w+",
        r"oral arguments?", r"ij review", r"next date", r"next (?:court|setting)",
        r"listing", r"trial\b(?! brief| statement)", r"status conf\w*", r"pre-?trial(?! statement| brief| filing)", r"custody redetermination", r"biometrics",
        r"deferred inspection", r"revisión con el juez", r"naturalization ceremony", r"juicio",
        r"evaluation", r"screening (?:is|on)", r"first appearance", r"naturalization test",
    )),
    (R.HEARING, 2.5, 2.0, (
        r"court\b", r"\bij\b", r"judge\b", r"\bjuez\b", r"docket", r"calendar(?:ed)?",
        r"(?:is |are |been |was |now )?set (?:for|on|to)", r"(?:re|re-)?scheduled?(?: for| on)?",
        r"(?:has to |must |needs to |to )?appear(?:ance|s)?(?: on| in| before| at)?",
        r"(?:is |comes? |coming )up\b(?: on)?", r"\bon for\b", r"webex", r"before the (?:ij|court|judge|board)",
        r"fingerprint\w*", r"appointment", r"appt", r"\bcfi\b", r"\brfi\b", r"tribunal", r"expect(?:s)? (?:him|her|them)",
        r"calendario", r"in front of", r"\bbond\b", r"\bfianza\b", r"pleadings",
        r"custody\b", r"\beoir\b", r"nta (?:says|lists|has|for)", r"(?:papers?|notice|letter) (?:still )?(?:say(?:s|ing)?|reads?|reading|lists?|gives)", r"goes (?:to|before)", r"shows? up", r"come back",
        r"goes back", r"go back (?:to court|before|on)", r"wants? to see", r"sees the", r"(?:will )?be heard", r"l[oae]s? esperan",
        r"present (?:him|her)self", r"bail\b", r"looks at it", r"video\b", r"juzgado", r"adjourn\w*", r"reset", r"put over",
        r"proceedings", r"plea\b", r"sentencing", r"next(?: is| up| on)?" + _DATE,
        r"continuance", r"new date", r"date is", r"warm body(?: for)?", r"stand-?in(?: for)?", r"cover(?:age|ing)?(?: for)?",
        r"conflict(?:ed)?(?: out)?(?: on)?", r"double-?booked", r"(?:is )?now(?: on| set| for)?" + _DATE, r"date of",
        r"quedó para", r"presentarse",
    )),
    (R.FILING, 3.4, 3.2, (
        r"due (?:in|to|at|with) (?:the )?(?:\w+ ){0,2}?(?:court|board|clerk|bia|circuit|uscis|service center)",
        r"\bdue(?: on| by| date| in)?\b(?! process| to\b)",
        r"(?<!the )fil(?:e|ed|ing) (?:it )?(?:by|before|deadline|no later|on or before|on)", r"deadline(?:s)?",
        r"(?:needs?|has|have|must|got) (?:to )?(?:be |go )?(?:filed|in|submitted|sent|postmarked|received|lodged|out|mailed|"
        r"entered)\b", r"appearance must be entered", r"call[- ]?up", r"statute(?: of limitations)?(?: runs)?",
        r"submit(?:ted)? (?:by|before|no later)", r"no later than", r"\bvence[n]?\b", r"\bplazo\b", r"fecha l[íi]mite",
        r"l[íi]mite", r"window (?:closes|ends|shuts)",
        r"(?:initial|tps) registration (?:period )?(?:closes|ends|runs|is open)(?: until| through| to)?",
        r"re-?regist(?:ration|er)(?: (?:period )?(?:ends|closes|window|by))?",
        r"days? (?:plus|and|\+) \w+ (?:days? )?for mail\w*", r"i\.e\.", r"unless it is", r"on file",
        r"pre-?(?:trial|hearing)(?: \w+)? (?:statements?|briefs?|filings?)", r"call it", r"(?:is|the) last day", r"(?:day|día) (?:30|33|60|84|87|90|180)\b",
        r"(?:six|6)[- ]months? (?:is|mark|from|runs?|ends?|to)", r"(?:two|2)[- ]years?(?: is| mark| runs?| ends?)?(?=\W{1,3}\d)", r"ripe(?: on)?",
        r"time not to lose", r"(?:filed|submitted) up to", r"drop[- ]?dead(?: date)?", r"cut-?off",
        r"postmark\w*", r"get it (?:in|filed)", r"in by", r"on file by", r"hasta el", r"last day (?:to|for)",
        r"limitations", r"goes in before",
        r"(?:ninety|thirty|90|180|14|21|30)(?:th)?[- ]days?(?: runs?)?", r"days? runs?", r"stale", r"file on",
        r"ha(?:s|ve|d) until", r"got until", r"until" + _DATE, r"window", r"to beat", r"clock",
        r"(?:must|has to|have to|needs? to) (?:reach|arrive|land|hit|be (?:at|with|on|docketed|delivered))",
    )),
    (R.FILING, 3.1, 1.0, (r"(?:or )?(?:by|before|antes del?)(?: (?:close|cob|eod|end of day|noon|midnight|"
                          r"5 ?pm)(?: on)?)?" + _DATE,)),
    (R.FILING, 2.0, 0.8, (
        r"(?:so|thus|hence|that is|that's|i get|i count|i make it|(?:brings|gets|puts|takes) us (?:to|at)|lands on|falls on|es decir|o sea)" + _DATE,
    )),
    (R.FILING, 2.0, 1.6, (r"before\b", r"antes de", r"(?:to |we |and )?fil(?:e|ing)\b", r"i-?246", r"renew\w*",
    r"motion\b", r"packet", r"evidence", r"witness list", r"brief\b")),
    (R.OTHER, 3.3, 2.8, (
        r"check(?:s|ing)?-? ?in\b", r"\bisap\b", r"\bosup\b", r"flight", r"deport(?:ed|ation)?(?: on| date| flight| is)?",
        r"remov(?:ed|al) (?:is )?(?:flight|set|scheduled|on|date|for)",
        r"report(?:s|ing)? (?:to|on|date|in)\b", r"surrender", r"self-?deport", r"voluntary departure", r"depart by",
        r"\bvd\b(?= by| until| on|\W)", r"leaves (?:on|for)", r"release date",
        r"to be released", r"gets out", r"finish(?:es)? (?:his|her|their|county|the|a)", r"travel doc\w*", r"will fly",
        r"(?:has to|have to|must|needs? to) (?:leave|depart)(?: the (?:country|us|u\.s\.))?(?: by)?",
        r"told (?:him|her|them) to (?:come|report)(?: in)?", r"fly (?:him|her|them)", r"on a plane", r"tickets?",
        r"charter", r"manifest\w*",
        r"ice wants (?:him|her|them)", r"fl(?:y|ies)(?: out)?\b", r"l[oae]s? (?:mandan|sacan|deportan|trasladan|mueven|env[ií]an)",
        r"loses? (?:it|hers?|his|theirs?|status)", r"moves? (?:to|on|in|him|her|them)\b(?: on)?", r"flying (?:him|her|them)",
        r"wants (?:him|her|them) back", r"transfers?\b", r"place(?:d|ment)", r"visit\b", r"leaves the",
    )),
    (R.OTHER, 2.9, 1.6, (
        r"expir\w+", r"exp\b", r"laps(?:es|ed|ing)", r"runs? (?:out|to|through|until)", r"good (?:until|through|thru|to|till)",
        r"valid (?:until|through|thru|to|till)", r"current (?:to|through|until)",
        r"dies on", r"ends\b", r"\bup\b(?=\W{1,3}\d)", r"stay (?:expires|ends)", r"(?:válid[oa]|vigente) hasta",
    )),
)  # fmt: skip
_ALL = "|".join(f"(?P<r{i}>{'|'.join(row[3])})" for i, row in enumerate(_TABLE))
_CUE = re.compile(rf"(?<![a-zà-ÿ])(?:{_ALL})(?![a-zà-ÿ])")
_NUMBER = {f"r{i}": i for i in range(len(_TABLE))}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells a role, with its weights before and after a date."""

    span: Span
    role: DateRole
    before: float
    after: float


def find_cues(text: str, windows: list[Span]) -> list[Cue]:
    """The cues in some stretches of a text, in order."""
    lower = lowered(text)
    out = []
    for start, end in windows:
        for m in _CUE.finditer(lower, start, end):
            role, before, after, _ = _TABLE[_NUMBER[m.lastgroup or ""]]
            out.append(Cue(m.span(), role, before, after))
    return out


def between(cues: list[Cue], start: int, end: int) -> list[Cue]:
    """The cues that begin in a stretch."""
    low = bisect_left(cues, start, key=lambda c: c.span[0])
    return cues[low : bisect_left(cues, end, key=lambda c: c.span[0])]
