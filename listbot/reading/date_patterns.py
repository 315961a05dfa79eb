"""The patterns in which posts write dates, each with what it means, and the words that must stand near for it to be tried."""

from __future__ import annotations

import re

from listbot.reading import date_readings as read
from listbot.reading.calendar_words import HOLIDAY, MONTH, NUMBER, ORDINAL, WEEKDAY
from listbot.reading.date_readings import Reading

_Y = r"(?:(?:,|\s|\s+of|\s+de|\s+del)\s*((?:19|20)\d\d|['’]\d\d|(?<=del )\d\d)(?!\d))?"
_SUFFIX = r"(?:st|nd|rd|th|ro|er|º|°)?"
_CLOCK = r"(?:am?|pm?|a\.m|p\.m)\b"
_ENDS = r"(?=\s*(?:[.,;:!?)\n]|\Z)|\s+(?:at|and|or|in|with|but|so|if|when|because|is|for|from)\b)"
"""What may follow a day that is named by its ordinal alone."""
_PERSON = r"he|she|they|it|you|we|i|someone|somebody|please|that|since|as|because|which|will|would|must|[a-z]+['’](?:s|d|ll)"
_LATE = (
    r"(?:ten|eleven|twelf|(?:thir|four|fif|six|seven|eigh|nine)teen|twentie|thirtie|(?:twenty|thirty)[- ]\w{2,6}?)(?:th|st|nd|rd)"
)
_SETTING = r"(?:bond|master|individual|merits|hearing|hrg|court|interview|webex|mch|ich|check-?in)"
_NOT_IN_NUMBER = r"(?<![\d/$.\-#A-Za-z§])"
TRIGGERS = {
    trigger: re.compile(pattern)
    for trigger, pattern in (
        ("digit", r"\d"),
        ("month", MONTH),
        ("ordinal", r"(?:fir|seco|thi|fou|fif|six|seve|eigh|nin|ten|ele|twe)\w*(?:-\w+)?(?:th|st|nd|rd)\b"),
        ("weekday", rf"{WEEKDAY}|week|tomorrow"),
        ("unit", r"days?\b|we?e?ks?\b|months?\b|years?\b|yrs?\b|hours|hrs|horas|d[ií]as?\b|semanas?\b|mes(?:es)?\b|años?\b"),
        (
            "word",
            r"morrow|tmr|tmw|today|night|nite|evening|yesterday|this (?:morning|afternoon)|mañana|hoy|ayer|anoche|eve\b|day\b|"
            rf"morning|{HOLIDAY}",
        ),
        (
            "vague",
            rf"end of|\beo[mwy]\b|\b(?:next|this|last|mid|early|late|soon|asap|fin de|spring|summer|fall|winter|autumn|"
            rf"primavera|la próxima|el mes)\b|thanksgiving|christmas|easter|{MONTH}|(?:19|20)\d\d|day\b|new year|"
            rf"que viene",
        ),
    )
}
"""What must stand near for a family of patterns to be tried at all."""

PATTERNS: tuple[tuple[str, re.Pattern[str], Reading], ...] = tuple(
    (trigger, re.compile(pattern, re.IGNORECASE), reading)
    for trigger, pattern, reading in (
        ("digit", r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", read.iso),
        (
            "digit",
            _NOT_IN_NUMBER + r"(\d{1,2})([/.\-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/])",
            lambda m, c: read.figures(read.regroup(m), c),
        ),
        (
            "digit",
            _NOT_IN_NUMBER + r"(\d{1,2})/(\d{1,2})(?![\d/%]|\s*(?:inch|cup|of\s|hour|hr\b|day\b|page|mile|time\b|full))",
            read.short_figures,
        ),
        (
            "digit",
            rf"(?:\bon|\bby|\bdue|\bhearing|\bmaster|\buntil|\bbefore|"
            rf"{WEEKDAY}\.?,?)\s+(\d{{1,2}})-(\d{{1,2}})(?![\d\-])",
            read.short_figures,
        ),
        ("digit", r"(?<=[|/] )(\d{1,2})-(\d{1,2})(?=\s*(?:[|/,.;)\n]|\Z|[A-Z]))", read.short_figures),
        ("digit", _NOT_IN_NUMBER + r"(0?[1-9]|1[0-2])\.(0[1-9]|[12]\d|3[01])(?![\d%/]|\.\d|-\w)", read.dotted),
        ("month", rf"\b({MONTH})\b\.?\s*(?:\(?the\s+)?({ORDINAL})\b{_Y}", read.month_day),
        (
            "month",
            rf"\b({MONTH})\b\.?,?[^\S\n]*(?:\n[^\S\n]*)?(?:\(?the\s+)?(\d{{1,2}}){_SUFFIX}(?!\d|:\d|/\d|\)\s+[A-Z]|\s*{_CLOCK}){_Y}",
            read.month_day,
        ),
        (
            "month",
            rf"\b(last|this past|past|this coming|next|coming)\s+({MONTH})\b\.?\s*(?:the\s+)?(\d{{1,2}}){_SUFFIX}(?!\d|:\d|/\d|\s*{_CLOCK})",
            read.last_or_next,
        ),
        ("month", rf"\b({ORDINAL}|\d{{1,2}}{_SUFFIX})\s*(?:-|\s+of\s+|\s+de\s+|\s+)?({MONTH})\b\.?-?{_Y}", read.day_month),
        (
            "month",
            rf"\b({MONTH}\.?|{ORDINAL}|\d{{1,2}}{_SUFFIX})(?:\s+of|\s+de)?\s+({MONTH}\.?|{ORDINAL}|"
            rf"\d{{1,2}}{_SUFFIX})(?<=[\w.]),?\s+(?:of\s+|de\s+|del\s+)?"
            rf"(?:the\s+|este\s+)?(last|this|next|pasado|próximo)\s+(?:year|año)",
            read.last_or_this_year,
        ),
        ("month", rf"\b(\d{{1,2}})({MONTH})((?:20)?\d\d)\b", lambda m, c: read.named(m[2], m[1], m[3], c)),
        ("month", rf"\b(\d{{1,2}})[-/]({MONTH})[-/]((?:19|20)?\d\d)\b", lambda m, c: read.named(m[2], m[1], m[3], c)),
        (
            "month",
            rf"\b(\d{{1,2}})\s({MONTH})\s([12]\d|30)\b(?!\s*(?:{_CLOCK}|:|/|-|h\b|{MONTH}|(?:days?|people|kids)\b))",
            read.day_month_short_year,
        ),
        ("month", rf"\b({MONTH})\b\.?,?\s*(?:of\s+|de\s+|del\s+)?((?:19|20)\d\d|['’]\d\d)(?!\d)", read.month_year),
        ("digit", r"(?<![\d/])(\d{1,2})/((?:19|20)\d\d)(?![\d/])", read.figure_month_year),
        (
            "digit",
            r"\b(?:the|el(?:\s+d[ií]a)?|this|on|by)\s+(\d{1,2}(?:st|nd|rd|th))\b(?!\s+(?:cir|amend|grade|birthday|floor|"
            r"street|st\b|ave|district|time|year|"
            r"month|day\b|anniv|request|case|client|person|century))",
            read.nth_of_month,
        ),
        ("digit", r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of|de)\s+(this|next|last|este)\s+(?:month|mes)\b", read.nth_of_said_month),
        (
            "digit",
            rf"(?<!his )(?<!her )(?<!my )(?<!a )(?<!their )(?<![\w-])(\d{{1,2}}(?:st|nd|rd|th))(?=\s+{_SETTING}\b)",
            read.nth_of_month,
        ),
        ("ordinal", rf"\b(?:by|on|until|till|before|for)\s+(?:the\s+)?({ORDINAL})\b{_ENDS}", read.nth_of_month),
        ("ordinal", rf"\b(?:by|on|until|till|before|since)\s+the\s+({ORDINAL})(?=\s+(?:{_PERSON})\b)", read.nth_of_month),
        ("ordinal", rf"\bthe\s+({_LATE})\b{_ENDS}", read.nth_of_month),
        (
            "weekday",
            rf"\b(first|1st|second|2nd|third|3rd|fourth|4th|last)\s+({WEEKDAY})\s+(?:in|of|de)\s+(?:({MONTH})\b(?:,?\s+((?:19|20)\d\d))?|"
            r"(the|this|next|each|every)\s+month\b)",
            read.nth_weekday_of_month,
        ),
        (
            "month",
            rf"\b({ORDINAL}|\d{{1,2}}{_SUFFIX})\s+(?:of|de)\s+(last|this|next|this past|this coming)\s+({MONTH})\b",
            read.day_of_said_month,
        ),
        ("digit", r"\bel(?:\s+d[ií]a)?\s+(\d{1,2})\b(?!\s*(?:de\s(?!este mes)|%|/|por|años|meses))", read.nth_of_month),
        (
            "weekday",
            rf"\b(?:({'this coming|this|next|coming|last|past|este|esta|el próximo|el pasado|próximo'})\s+)?({WEEKDAY})"
            rf"\b\.?(?!-)"
            rf"((?:\s+(?:of\s+|de\s+)?(?:next week|last week|the week after next|week after next|la próxima semana|"
            rf"la semana que viene|a week ago|the week before)|\s+(?:que viene|pasado|week|semana|next|prochaine?))\b)?",
            read.on_weekday,
        ),
        (
            "weekday",
            rf"\b(?:(last|past|this|next)\s+)?({WEEKDAY})\.?,?\s+(?:the\s+|el\s+)?(\d{{1,2}}){_SUFFIX}(?![\d/:.-]\d|\d|\s*(?:am?\b|pm?\b|a\.m|p\.m|of\s|de\s|fed|"
            rf"{MONTH}|o'clock))",
            read.nth_on_weekday,
        ),
        ("weekday", rf"\b(?:next|last|this)\s+week\s+(?:on\s+)?()({WEEKDAY})\b()", lambda m, c: read.weekday_of_week(m, c)),
        (
            "weekday",
            rf"\b({NUMBER})\s+(?:weeks?|wks?)\s+(?:from|after)\s+(?:this\s+coming\s+|this\s+|next\s+|coming\s+)?({WEEKDAY}|tomorrow|today)\b",
            read.weeks_from_weekday,
        ),
        (
            "weekday",
            rf"\b({NUMBER})\s+(?:weeks?|wks?)\s+ago\s+(?:on\s+|this\s+|last\s+)?({WEEKDAY}|yesterday)\b",
            read.weeks_before_weekday,
        ),
        ("weekday", rf"\b({NUMBER})\s+({WEEKDAY})s\s+(ago|back|from now|from today|hence)\b", read.weekdays_from_now),
        (
            "unit",
            rf"\b(?:in|en|within|dentro de|only|have|just|about)\s+(?:just\s+|only\s+|exactly\s+|like\s+|about\s+|"
            rf"~\s*)?({NUMBER}(?=[\s-])|\d{{1,3}})[\s-]*(?:short\s+|business\s+|more\s+|calendar\s+)?"
            rf"(days?|weeks?|wks?|months?|d[ií]as?|semanas?|mes(?:es)?)\b"
            rf"(?!\s+(?:of|after|since|before|prior|old|pregnant|from(?! now| today)|de(?:sde|l)?)\b)(?:\s+(?:from\s+(?:now|today)|left|out|away|"
            rf"time))?",
            read.counted,
        ),
        (
            "unit",
            rf"\b({NUMBER})(?:\s+|-)(days?|weeks?|wks?|months?|years?|yrs?)\s+(?:from\s+(?:now|today)|ago|back|out|away|"
            rf"left|to go)\b",
            read.counted,
        ),
        ("unit", rf"\bhace\s+({NUMBER})\s+(d[ií]as?|semanas?|mes(?:es)?|años?)\b", read.counted),
        ("unit", r"\b(?:in\s+|within\s+)?(\d{1,3})(?:-\d{1,3})?\s*(?:hours|hrs|horas)\b", read.vague),
        (
            "word",
            r"\b(day after tomorrow|day before yesterday|tomorrow morning|tomorrow|tmrw|tmrrw|tmw|tmr|tomorow|tommorrow|2morrow|today|tonight|tonite|"
            r"this evening|yesterday|last nite|last night|this morning|this afternoon|"
            r"pasado mañana|hoy|anteayer|ayer|anoche)\b",
            read.day_word,
        ),
        ("word", r"(?<!la )(?<!esta )(?<!de la )(?<!por la )(?<!cada )\b(mañana)\b(?!s)", read.day_word),
        (
            "word",
            rf"\b(?:the\s+)?(?:((?:{WEEKDAY}\.?|day)\s+(?:before|after|following|preceding))\s+(?:the\s+)?)?({HOLIDAY})\b"
            rf"(?:,?\s+(?:of\s+)?(?:(last|this|next)\s+year|((?:19|20)\d\d)\b))?",
            read.on_holiday,
        ),
        (
            "vague",
            rf"\b(?:end of (?:the |next |this )?(?:month|year|week|{MONTH}|summer)|eom|eoy|eow|next (?:week|month|year|"
            rf"spring|summer|fall|winter)|this (?:week|month|year|summer|fall)|last (?:week|month|"
            rf"year|spring|summer|fall|winter)|(?:mid|early|late|around|sometime in|by|in|since|until|"
            rf"before)[- ]+(?:mid[- ]|early |late |the end of )?{MONTH}\b|soon|asap|"
            r"fin de mes|la próxima semana|la semana que viene|el mes que viene|(?:the |this |next |last |la )?(?:spring|"
            r"primavera|autumn)|(?:around |by |before |after |till |until )?(?:labor day|thanksgiving|christmas|easter|"
            r"new year['’]?s|memorial day)|"
            rf"(?:in|since|last|next|this|desde|en) (?:{MONTH}|(?:19|20)\d\d)|(?:summer|winter|fall|"
            rf"spring) (?:of )?20\d\d|{MONTH})\b",
            read.vague,
        ),
        ("month", rf"\b(?:the )?last day of ({MONTH})\b(?:,?\s+((?:19|20)\d\d))?", read.last_day_of_month),
    )
)
