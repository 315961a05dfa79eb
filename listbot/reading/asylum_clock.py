"""Whether an application for asylum is still to be filed, as far as a post says (8 U.S.C. § 1158(a)(2)(B): within a year of arrival)."""

from __future__ import annotations

import re

_ALREADY_FILED = re.compile(
    r"(?:asylum|589|application|asilo)\b[^.;\n]{0,40}\b(?:is |was |been |already |got |all )(?:timely |pro se )?(?:filed|"
    r"pending|lodged|submitted|on file|in\b)|"
    r"\b(?:filed|lodged|submitted|pending|timely|(?:skeletal|pro se|"
    r"bare-?bones) (?:i-?)?589)\b[^.;\n]{0,30}\b(?:(?:i-?)?(?:589)|asylum)|"
    r"(?:asylum|589|asilo) (?:was )?(?:filed|pending|lodged|submitted|timely)|already filed|filed (?:it )?(?:on time|timely|"
    r"within|pro se)|past the (?:one|1)[- ]year|"
    r"(?:one|1)[- ]year (?:bar|deadline)?[^.;\n]{0,20}(?:passed|blown|missed|gone|satisfied|met|fine|not an issue)|(?:no|"
    r"not a) (?:one|1)[- ]?y(?:ea)?r|"
    r"(?:asylum|589) (?:merits|individual|interview|hearing)|(?:merits|individual)\b[^.;\n]{0,30}(?:asylum|589)|(?:denied|"
    r"lost|appeal\w*)\b[^.;\n]{0,30}asylum|asylum (?:was )?(?:denied|granted)",
    re.IGNORECASE,
)
_NOT_FILED = re.compile(
    r"(?:not|never|nothing|no one|nobody|none|hasn'?t|haven'?t|isn'?t|wasn'?t|didn'?t|no ha(?:n)?|sin|yet to|still (?:needs?|"
    r"has|have) to|needs? to|has to|have to|must|should)\b[^.;]{0,140}?"
    r"\b(?:been )?(?:filed|filing|file|presentad\w|presentar|metido|applied|apply|lodged|submitted)\b|unfiled|un-filed|"
    r"nothing filed|nothing (?:is )?(?:in|on file)|no (?:i-?)?589|(?:589|asylum)[^.;\n]{0,20}(?:not|"
    r"isn'?t) (?:yet )?(?:filed|in|done)|to be filed",
    re.IGNORECASE,
)
_TO_FILE = re.compile(
    r"\b(?:not|never|nothing|nobody|hasn'?t|haven'?t|didn'?t|no ha[n]?|sin)\b[^.;]{0,60}\b(?:i-?)?(?:589\b|asylum\b|asilo\b)|"
    r"(?:589|asylum|asilo)\b[^.;\n]{0,20}\b(?:not|isn'?t|never)\b[^.;\n]{0,12}\bfiled|\bno (?:asylum|(?:i-?)?589)\b|"
    r"\b(?:one|1)[- ]?(?:year|yr)\b(?! (?:old|ago|sentence|bar (?:passed|blown)|passed|later))(?=[^.;]{0,40}\b(?:deadline|filing|coming|clock|asylum|is up|runs|mark|looming)\b)|\bo(?:ne )?yfd\b",
    re.IGNORECASE,
)


def asylum_unfiled(text: str) -> bool:
    """Whether it is still to be filed, where asylum is asked for."""
    return bool(_NOT_FILED.search(text)) or not _ALREADY_FILED.search(text)


def said_filed(text: str) -> bool:
    """Whether the post says that it is filed, or that the year does not matter any more."""
    return bool(_ALREADY_FILED.search(text))


def said_unfiled(text: str) -> bool:
    """Whether the post says that it is not, or that the year is running."""
    return bool(_TO_FILE.search(text))
