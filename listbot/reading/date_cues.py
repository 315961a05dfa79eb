"""The words that tell what a date is to a case: role, weight before the date, weight after it, pattern (of lower-case text).

One pattern is made of all of them; of two that begin at the same place the one that stands first here counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from listbot.domain.reading import DateRole, Span

R = DateRole

_TABLE: tuple[tuple[DateRole, float, float, str], ...] = (
    # The writer's own calendar, events, and other days that bind no taker.
    (R.EVENT, 3.4, 2.0, r"(?:i|we)(?:'m| am|'re| are|'ll| will)(?: be| both| all)? (?:out|away|gone|off|on (?:leave|vacation|trial|parental|maternity)|back|closed|closing|in trial|"
                        r"traveling|travelling|free|available|around|retiring|leaving|getting married|due)\b|(?:i|we)(?: will|'ll)? (?:leave|depart|return|retire|start|graduate|close|go on|fly|move)\b|"
                        r"(?:my|our) (?:last day|leave|maternity|paternity|parental|surgery|vacation|wedding|baby|funding|grant|students?|fellowship|sabbatical|(?:federal )?money|office|own trial)\b|"
                        r"out of (?:the )?(?:office|town|country)|vacation|maternity|paternity|parental leave|sabbatical|funeral|until then|back (?:on|in the office)|office (?:is closed|closes|hours)"),
    (R.EVENT, 3.4, 2.0, r"let (?:me|us) know|(?:reply|respond|write|get back) to (?:me|us)|(?:call|e-?mail|reach|contact|text|ping|dm) (?:me|us)|(?:i|we)(?:'ll| will| can| could|'d)(?: \w+){0,3}? "
                        r"(?:by|on|until|intake|before)\b|i can (?:do|get|send|meet|talk)|hear (?:back )?(?:from|by)|days? off|take it back|answers? by|happy\b|i(?:'ve| have) (?:no|a|an|another|my)\b|any day but|closing (?:our|its|their) doors|clos(?:es?|ing) (?:on|its|our|at|for)|surgery|treatment|doctor|chemo|wedding|prom\b|graduat\w+|semester|probation|due date|pregnan\w+|save the date|(?:first|second|third|fourth|last|every|each)(?= (?:mon|tue|wed|thu|fri|sat|sun))"),
    (R.EVENT, 3.0, 2.8, r"training|webinar|register(?: by| at| here)?|registration(?: is| closes| deadline)?|appl(?:y|ications?) (?:by|due|close[sd]?|deadline)|start(?:s|ing)? date|workshop|rsvp|conference|symposium|\bcle\b|"
                        r"clinic day|happy hour|join us|office hours|gala|fundraiser|deadline to apply|(?:next|our|monthly|weekly) (?:meeting|liaison|call)|liaison|lunch|effective|in effect|final rule|"
                        r"federal register|week of|newsletter|zoom (?:at|on|call)|town hall|potluck|capacity|openings?"),
    # What has happened.
    (R.DECISION, 3.5, 1.6, r"order[^.;,\n]{0,28}\bentered|(?:rfe|noid|noit|noir|notice)s? (?:was |is |is in her hand |in hand )?(?:dated|issued|of|from|came|landed|arrived|received|sent|mailed)|"
                           r"(?:ij|judge|removal|final|absentia|bia|board)(?:'s)? (?:order|dec\b|dec'?n|decision|denial|denied|dismissal|dismissed|affirmed|ordered|decided)|supp?(?:lement)?\.? b\b[^.;\n]{0,24}(?:signed|dated|issued)|"
                           r"cert(?:ification)?\b[^.;\n]{0,18}(?:signed|dated|issued)|six months only from"),
    (R.DECISION, 3.1, 2.0, r"denied|denial|denying|dismiss(?:ed|al)|decision|decided|dec'n|affirmed|ordered|reinstated|order of removal|removal order|order dated|lost (?:asylum|his|her|their|at|the|before|in|on|it)|"
                           r"absentia|revok(?:ed|ing|ation)|terminated|granted|grant of|approved|approval|rejected|refused|ruled|won\b|vacated|sentenced|convicted|pled|pleaded|divorced?|"
                           r"dated|issued|neg(?:ó|aron|ado|ada)\b|denegad[oa]|(?:orden|decisión) (?:de|del)|rechaz\w+|pretermitted|found (?:removable|no)|adverse"),
    (R.PAST, 3.3, 1.2, r"nta(?:s)? (?:was |were )?(?:issued|served|filed|dated)|wrote:?|sent:|date:|re-?detained|(?:was|were|got|been|just|be) (?:arrested|detained|picked|taken|transferred|moved|placed|grabbed|stopped|"
                       r"encountered|nabbed|released|served|issued|brought|held|supposed|screened|lodged|filed)|picked (?:him |her |them )?up|arrested|detained (?:since|on|at)|in custody since|transferred|"
                       r"(?:timely |already )?filed (?:on|in|back|pro se|it|the)|lodged|submitted on|brought to|released|grabbed|bonded out|moved to\b(?! (?:the|an?|our|his|her) (?:court|docket))|"
                       r"(?:hearing|master|merits|individual|trial|interview|deadline|due|date) (?:was|were|had)|was held on|missed|last (?:hearing|master|court)|met (?:with|him|her|on)|entrevistamos|conoc\w+|"
                       r"detenid\w+ desde|desde|had (?:a|his|her|their|the) (?:baby|child|son|daughter|stroke|hearing|master)|flew to|deported on|died|killed|murdered|happened|raid\w*|came to a|as of|ran out|"
                       r"evaporated|blown|screened|retained|receipt(?:ed)?|passed (?:his|her|the|cfi|rfi|a)|married (?:on|in|since)|continued from|from (?=today)|called|found out|learned|"
                       r"got (?:him|her|them) out|filed its|submitted"),
    (R.ENTRY, 3.3, 1.5, r"entry (?:date|was|on|is)|(?:last |date of |first )?entry|entered|enters|\bdoe\b|arriv(?:ed|al)|came (?:in|to|here|over|across|through|thru|from|up|with|together|as|on|w)\b|came\b|cross(?:ed|ing)|"
                        r"\bewi'?(?:d|ed)?\b|paroled in(?:to)?|evacuated|landed|admitted (?:to the u\.?s|on|as|at)|been (?:in the u\.?s\.?|here|in the states|in the country) since|(?:here|living here|in the (?:us|u\.s\.|country|states)) since|"
                        r"apprehended|presented (?:him|her|them)?(?:self|selves)? ?at|reached the|made it (?:here|to|across)|(?:llegó|llegaron|llegué|entró|entraron|entré|cruzó|cruzaron|ingresó|ingresaron|vino|vinieron)\b|"
                        r"inspected|\bpoe\b|walked (?:in|up|across|from)|flew in|got (?:here|in|to the (?:us|u\.s\.|border))|border\b|clock is ticking from|ingreso|fecha de entrada|fecha de ingreso|llegada"),
    (R.BIRTH, 3.6, 1.2, r"born|\bd\.?o\.?b\.?(?=\W|$)|date of birth|birth ?date|naci(?:ó|do|da|miento|mos)\b|fecha de nacimiento|f\.?n\.?:"),
    # What is to come.
    (R.AGE_OUT, 3.8, 3.0, r"(?:turn(?:s|ed|ing)?|becom(?:es|ing)|will be|hits|is|he's|she's|reaches|until (?:he|she) (?:is|turns))(?: an?)? (?:18|19|21|eighteen|nineteen|twenty-?one)(?: on)?(?=\W{1,4}(?:on|the|el|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
                          r"mon|tue|wed|thu|fri|sat|sun|tomorrow|today|next|this|in)\b|[^.\w]{1,3}\d)|turn(?:s|ing) (?:18|19|21|eighteen|nineteen|twenty-?one)|age[sd]?[- ]?outs?|ag(?:e)?ing[- ]out|(?:21st|18th|19th|eighteenth|twenty-first)(?: b(?:irth)?-?day)?(?=\W)|"
                          r"b(?:irth)?-?day|cumpl\w+(?: los)? (?:18|19|21|dieciocho|veintiuno|mayor[ií]a)|mayor[ií]a de edad|cumpleaños|emancipat\w+|loses? jurisdiction|jurisdiction (?:ends|until)"),
    (R.ONE_YEAR, 3.6, 3.2, r"(?:one|1|first)[- ]?(?:year|yr)s?\b(?![- ]old| ago| sentence| later| in)(?:[- ](?:filing )?(?:deadline|bar|mark|clock|anniversary|date|limit|cut-?off))?|\bo(?:ne )?y(?:f)?d\b|\b1y(?:f)?d\b|\b1yr\b|año (?:límite|limite|se cumple)|"
                           r"cumple(?:n)? (?:el|un|su) (?:primer )?año|plazo de un año|el año\b|clock (?:runs|is up|expires|hits|ends|stops)|(?:asylum|her|his|their) (?:one )?year (?:is up|runs|ends|expires|hits)|filing anniversary|anniversary of (?:entry|arrival)"),
    (R.APPEAL, 3.8, 3.0, r"(?:bond )?appeals? (?:is |are |must be |has to be |to be |to the (?:board|bia) )?(?:due|filed|received|in|by|deadline|runs|expires|window|period)|appeal deadline|\bnoa\b(?: is)?(?: due)?|eoir-?26|eoir-?29|i-?290b?|n-?336|notice of appeal|notice is due|"
                         r"\bpfr\b|petition for review|(?:bia|board|appeal|appellate|opening|circuit) brief(?:ing)?(?: is)?(?: due| schedule)?|brief(?:ing)? schedule|apelaci[óo]n|apelar|30[- ]days? (?:runs?|is|are|expires?|ends?)|thirty days? (?:runs?|is|ends?)|30th day"),
    (R.APPEAL, 2.2, 1.8, r"appeal(?:s|ing|ed)?\b|\bbia\b|(?:\d(?:st|nd|rd|th|d)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh) cir(?:cuit|\.)?"),
    (R.RESPONSE, 3.6, 3.0, r"(?:rfe|noid|noit|noir)(?: response| reply| answer)?(?: is)?(?: due)?|respon(?:se|d|ses)(?: (?:is |are )?due| to the (?:rfe|noid))?|contestar|contestación|responder|rebuttal|traverse|answer (?:is )?due|reply (?:is )?(?:due|by|within)|87 days?|33 days?|84 days?"),
    (R.HEARING, 3.3, 3.0, r"(?:hearing |interview |biometrics )?notices? (?:just )?(?:came|came in|arrived|is|is in|got here) for\b|has (?:him|her|them) (?:on|up|down|set)(?: for| on)?|(?:next |first |final |initial )?(?:master|individual|merits|bond|custody|contested|evidentiary|reset|status|review|video|guardianship|dependency|removal|cfi|rfi|credible fear|asylum)? ?hearings?|\bhrn?gs?\b|master(?: calendar)?s?\b|\bmch?\b|\bmcal\b|"
                          r"individuals?\b(?! case| need| with)|\bindiv\b|\bmerits\b|\bich\b|interview(?:s|ed)?\b|audiencias?|\bcorte\b|\bcita\b|entrevista\b|oath(?: ceremony)?|court date|arraign\w+|oral arguments?|ij review|next date|next (?:court|setting)|"
                          r"listing|trial\b|status conf\w*|pre-?trial|custody redetermination|biometrics|deferred inspection|revisión con el juez|naturalization ceremony|juicio|evaluation|screening (?:is|on)|bench trial"),
    (R.HEARING, 2.5, 2.0, r"court\b|\bij\b|judge\b|\bjuez\b|docket|calendar(?:ed)?|(?:is |are |been |was |now )?set (?:for|on|to)|(?:re|re-)?scheduled?(?: for| on)?|(?:has to |must |needs to |to )?appear(?:ance|s)?(?: on| in| before| at)?|(?:is |comes? |coming )up\b(?: on)?|"
                          r"\bon for\b|continued (?:to|until)|reset (?:to|for)|put over|adjourn\w*|moved up to|advanced to|webex|before the (?:ij|court|judge|board)|fingerprint\w*|appointment|appt|\bcfi\b|\brfi\b|tribunal|expect(?:s)? (?:him|her|them)|calendario|in front of|"
                          r"\bbond\b|\bfianza\b|pleadings|custody\b|\beoir\b|nta says|goes (?:to|before)|bail\b|looks at it|video\b|juzgado"),
    (R.FILING, 3.4, 3.2, r"\bdue(?: on| by| date| in)?\b(?! process| to\b)|fil(?:e|ed|ing) (?:it )?(?:by|before|deadline|no later|on or before|on)|deadline(?:s)?|(?:needs?|has|have|must|got) (?:to )?(?:be |go )?(?:filed|in|submitted|sent|postmarked|received|lodged|out|mailed|entered)\b|appearance must be entered|"
                         r"call-?up|submit(?:ted)? (?:by|before|no later)|no later than|\bvence[n]?\b|\bplazo\b|fecha l[íi]mite|l[íi]mite|window (?:closes|ends|shuts)|re-?regist(?:ration|er)(?: (?:period )?(?:ends|closes|window|by))?|days? (?:plus|and|\+) \w+ (?:days? )?for mail\w*|i\.e\.|unless it is|on file|drop-?dead|cut-?off|postmark\w*|get it (?:in|filed)|in by|on file by|"
                         r"hasta el|antes del?|last day (?:to|for)|limitations|goes in before|(?:ninety|90|180|14|21|30) days? runs?|days? runs?|stale|file on|has until|have until|got until|until (?=\d)|window|to beat|file by|clock"),
    (R.FILING, 2.0, 1.6, r"before\b|(?:to |we |and )?fil(?:e|ing)\b|\bby (?=\W*(?:close|cob|eod|end|noon|midnight|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|the|next|this|tomorrow))|i-?246|renew\w*|motion\b|packet|evidence|witness list|brief\b"),
    (R.OTHER, 3.3, 2.8, r"check(?:s|ing)?-? ?in\b|\bisap\b|\bosup\b|flight|deport(?:ed|ation)?(?: on| date| flight| is)?|remov(?:ed|al) (?:is )?(?:flight|set|scheduled|on|date|for)|report(?:s|ing)? (?:to|on|date|in)\b|surrender|self-?deport|voluntary departure|depart by|\bvd\b(?= by| until| on|\W)|"
                        r"leaves? (?:on|for)|release date|to be released|gets out|finish(?:es)? (?:his|her|their|county|the|a)|travel doc\w*|will fly|fly (?:him|her|them)|plane|ticket|charter|ice wants (?:him|her|them)|moves? (?:to|on|in)|transfers?\b|place(?:d|ment)|visit\b"),
    (R.OTHER, 2.9, 1.6, r"expir\w+|laps(?:es|ed|ing)|runs? (?:out|to|through|until)|good (?:until|through|thru|to|till)|valid (?:until|through|thru|to|till)|current (?:to|through|until)|dies on|ends\b|\bup\b(?=\W{1,3}\d)|stay (?:expires|ends)|(?:válid[oa]|vigente) hasta"),
)  # fmt: skip
_CUE = re.compile(r"(?<![a-zà-ÿ])(?:" + "|".join(f"(?P<r{i}>{row[3]})" for i, row in enumerate(_TABLE)) + r")(?![a-zà-ÿ])")
_NUMBER = {f"r{i}": i for i in range(len(_TABLE))}
EXPIRY = re.compile(_TABLE[-1][3], re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells a role, with its weights before and after a date."""

    span: Span
    role: DateRole
    before: float
    after: float


def lowered(text: str) -> str:
    """Lower case of the same length, so that positions stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


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
