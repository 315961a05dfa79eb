"""Words by which a reply brings in a client who was not named before: "there is also her brother", "please add a case"."""

from __future__ import annotations

import re

_I = re.IGNORECASE
KIN = (
    r"(?:brother|sister|sibling|twin|mother|father|mom|mum|dad|wife|husband|spouse|partner|son|daughter|cousin|aunt|uncle|niece|nephew|baby|"
    r"grand(?:mother|father|ma|pa)|hermanit?[oa]|hermano|hermana|mam[aá]|pap[aá]|madre|padre|esposa|esposo|hij[oa]|prim[oa]|t[ií][oa]|sobrin[oa]|abuel[oa])"
)
ONE = r"(?:client|case|kid|child|person|boy|girl|teen|family|referral|need|cliente|caso|niñ[oa]|muchach[oa]|persona|familia)"
_OF = r"(?:an?|one|another|her|his|their|the|my|su|una?|otr[oa])"
_FURTHER = re.compile(
    rf"\b(?:there(?:'s| is| are)|we have|i have|hay|est[aá]|tengo)\s+(?:also|too|as well|tambi[eé]n)\s+{_OF}\s+(?:[\w-]+ ){{0,2}}?(?:{KIN}|{ONE})\b"
    rf"|\b(?:also|too|tambi[eé]n) (?:there(?:'s| is)|hay|est[aá])\s+{_OF}\s+(?:[\w-]+ ){{0,2}}?(?:{KIN}|{ONE})\b"
    rf"|\bthere(?:'s| is)\s+(?:another|a (?:second|third|further))\s+(?:[\w-]+ ){{0,2}}?(?:{KIN}|{ONE})\b"
    rf"|\b(?:please |can you |could you )?(?:also )?(?:add|include|agregu?en?|a[ñn]ad[ae]n?|inclu[iy]\w+)\s+(?:also )?{_OF}\s+(?:[\w-]+ ){{0,2}}?(?:{KIN}|{ONE})\b"
    rf"|\b(?:(?:her|his|their|the|su)\s+(?:\w+ )?{KIN})\b[^.!?;\n]{{0,25}}?\b(?:(?:also|too|tambi[eé]n)\s+(?:needs?|wants|necesita)|"
    r"(?:needs?|necesita)\s+(?:a lawyer |an attorney |counsel |help |representation |abogad[oa] |ayuda )?(?:also|too|as well|tambi[eé]n)|needs (?:a lawyer|an attorney|counsel|representation))\b"
    rf"|\balso,? (?:her|his|their|su)\s+(?:\w+ )?{KIN} (?:needs?|is looking|necesita)\b"
    rf"|\b(?:another|one more|an additional|a further|a second|otr[oa]|un[oa] m[aá]s)\s+(?:\w+ ){{0,2}}?(?:client|case|referral|cliente|caso)\b(?! (?:hearing|date))",
    _I,
)


def speaks_of_further(words: str) -> bool:
    """Whether some words bring in a client who was not named before."""
    return bool(_FURTHER.search(words))
