"""Whom an answer names instead of its writer: an address, a person, a firm or clinic."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = r"(?:[A-ZÁÉÍÓÚÑÀ-Þ][\w'’-]*|St\.|[A-Z]\.)"
_NAME = rf"{_WORD}(?:(?:,? (?:&|and|of the|of|at the|at|for|de la|de|del|van|von|y|e)(?= [A-ZÁÉÍÓÚÑ&]))? {_WORD}){{0,6}}"
_KIN = (
    r"(?:[Mm]y|[Oo]ur|[Mm]i|[Nn]uestr[oa]) (?:\w+ ){0,2}?(?:partner|colleague|associate|officemate|friend|co-worker|coworker|"
    r"boss|supervisor|sister|brother|cousin|buddy|soci[oa]|colega|compañer[oa]|amig[oa]|former \w+|"
    r"old \w+)(?: at [\w ]{2,20})?"
)
_BODY = (
    r"(?:clinic|project|program|center|centre|office|firm|network|legal aid|legal services|law school|folks|people|team|"
    r"coalition|society|bar|nonprofit|org)"
)
_WHO = (
    rf"(?:(?:the )?(?:(?:mr|ms|mrs|dr|prof|father|lic|licda|dra|atty)\.? )?(?P<name>{_NAME}(?:(?: [a-z]+){{0,3}} {_BODY}\b)?)"
    rf"|(?P<kin>{_KIN},? ?(?:{_NAME})?)"
    rf"|(?P<body>(?:[Tt]he|[Aa]|[Yy]our|[Oo]ur) (?:[\w.&'-]+ ){{0,5}}?{_BODY}(?: (?:at|in|of|on|over at) (?:the )?{_NAME})?))"
)
_SKIP = (
    r"(?:over to |to |with |at |for |in |a la |con |a |al |o |the folks at |somebody like |someone like |maybe |perhaps |"
    r"instead |first |him[,:] |my colleague |my friend |my partner |our friend |attorney |counsel |colleague )*"
)
_DIRECT = re.compile(
    r"(?:(?<!meant to )\b(?i:(?:you (?:should|could|might want to|may want to|want)|suggest|recommend|try|ask(?:ed)?|"
    r"contact(?:ed)?|e-?mail(?:ed)?|call|write|message|text|ping|reach out|reach|talk (?:to|with)|speak (?:to|with)|"
    r"check with|forwarding to|approach|consider|commend|propose|refer|"
    r"route this(?: one)?|route|direct this inquiry|direct|send (?:this|it|her|him|them)|forward(?:ed|ing)? (?:this|it)?|"
    r"pass(?:ed|ing)? (?:this|it) (?:on|along)?|go|goes|turn|hit up|see|"
    r"(?:first )?thought (?:was|is|of)|think of|cc'?d|copied|copying|tried|hablen? con|escr[ií]banle(?: a ella)?|contacten?|"
    r"llamen?|preg[uú]ntenle|prueben?|recomiendo|falem com|fale com|intenten|"
    rf"the (?:one|person|lawyer|attorney) (?:you want|to ask)(?: over there)? is|belongs (?:to|with)|should (?:go|be))\b)"
    rf"[ :,]+(?i:{_SKIP}){_WHO})"
)
_DOES = re.compile(
    r"(?:^|[.!?;\n,—–-]\s*|\b(?i:but|however|though|pero|and|because|so|maybe|perhaps|whereas|while|"
    rf"try)[, ]+){_WHO}(?:,? (?:in|at|of|on|over in|down|de) (?:the |our |my )?[\w' ]{{2,30}}?|, [\w' ]{{3,30}})?,? ?"
    r"(?P<does>(?i:'s|is|are|was|does|do|did|can|could|might|may|would|will|'d|has|have|had|handles?|takes?|specializes|"
    r"loves?|owes|says?|said|told|just|runs?|wants?|used|knows|s[ií]|lleva|hace|"
    r"who|which|isn't|owes)\b)(?P<rest>[^.!?\n]{0,80})"
)
_FITS = re.compile(
    r"\b(?:better|best|exact(?:ly)?|precisely|such|(?:do|does|did|handles?|takes?|take|won|took|loves?|specializes)\b|ready|"
    r"your (?:man|woman|person|guy)|the (?:one|person|fella|guy|woman|expert|king|queen)|"
    r"(?:has|have|got|is|are)\b.{0,25}(?:room|space|time|slot|capacity|opening|looking|set up|asking|free|available|good|"
    r"great|interested|glad)|looking for|who i'd|would|might|may|can|could|"
    r"said|says|told|wants?|interest|help|glad|eat this|owes|nothing else|all of ours|s[ií]|lleva|hace|buen[ií]sima|isn't)\b|"
    r"\A(?:is|does|can|could|might|isn't|would|has|is)\W*\Z",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LOWER = re.compile(
    r"\b(?:try|ask|hit up|talk to|text|call|ping) (?P<name>(?!you\b|twice\b|around\b|me\b|us\b|her\b|him\b|"
    r"them\b|it\b|this\b|that\b|again\b|someone|somebody|anyone|around|for\b|if\b|my\b|the\b|your\b|our\b|"
    r"next\b|after\b|to\b|in\b|back\b|when\b|later\b|and\b)[a-z]{3,12})\b|^(?P<who>(?!he|she|it|that|this|"
    r"what|who|here|there|where|how|let|one|today)[a-z]{3,12})'s (?:better|your|the|great|good)\b",
    re.MULTILINE,
)
_NOT_A_NAME = frozenset(
    """
    i i'm i'll i'd i've we we're we'll it it's he she they you the a an my our your his her this that these those there
    here no yes not nope yep sorry thanks thank but and so if can can't could would will won't don't do does is are was
    were have has had how what who which when where why please good great sure ok okay happy hope let maybe just only
    never unfortunately sadly regretfully judge ij hon monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december spanish english french mam dari pashto
    webex uscis ice eoir bia asylum sijs vawa nta ecas a-file foia daca tps dear best regards hi hello fyi also after
    before until till from in on at for to by with of or as then now once next last one two three all any some every
    each other another have you've you'll back booked conflict decline unable regrets out over full retained see send
    put count ask try call wrong yo el la los las un una no sí gracias hable hablen escríbanle prueben estamos claro
    acepto puedo lamentablemente esta ese ella because although since while easter christmas god bond merits mine ours
    received noted swamped come give need depends been being once catholic up down kindly hardly nothing nobody somebody
    someone anybody anyone everything something good-bye whoever whatever merry happy ethically q'anjob'al first second third finally
    however honestly frankly normally usually
    currently today tomorrow yesterday meanwhile either neither people folks everyone client clients counsel court venue conflict conflicts hearing
    case both such same most many few more much less still probably possibly definitely absolutely reading regards greetings friends colleagues
    apologies congratulations hopefully personally clearly technically anybody's
    matter
    """.split()  # noqa: SIM905
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Referral:
    """Who is named; `direct`: the answer says to turn to them, else it only tells of them."""

    who: str
    direct: bool


def named_in(words: str, own: str) -> str | None:
    """Whom an answer names that is known to refer to somebody, in whatever words: a full name first, then a kin, then one name."""
    mine = {w.lower() for w in re.findall(r"[^\W\d_]{2,}", own)}
    names = [name for m in re.finditer(_NAME, words) if (name := _trimmed(m[0], mine))]
    kin = re.search(rf"{_KIN}(?:,? {_NAME})?", words)
    return next((n for n in names if " " in n), None) or (kin[0].strip(" ,") if kin else None) or next(iter(names), None)


def find_referral(words: str, own: str, own_mail: str) -> Referral | None:
    """The first one named who is not the writer; an address is preferred to a name."""
    mails = [
        m[0].rstrip(".")
        for m in _MAIL.finditer(words)
        if m[0].lower().rstrip(".") != own_mail.lower() and not m[0].lower().startswith("bot")
    ]
    mine = {w.lower() for w in re.findall(r"[^\W\d_]{2,}", own)}
    named = _named(words, mine)
    if mails:
        return Referral(mails[0], True)
    return named


def _named(words: str, mine: set[str]) -> Referral | None:
    for m in _DIRECT.finditer(words):
        if who := _clean(m, mine):
            return Referral(who, True)
    for m in _DOES.finditer(words):
        who = _clean(m, mine)
        alone = bool(m["name"]) and " " not in m["name"] and "," in m[0][m.end("name") - m.start() : m.start("does") - m.start()]
        if who and not alone and _FITS.search(m["does"] + " " + m["rest"]):
            return Referral(who, False)
    if (lower := _LOWER.search(words)) and (name := lower["name"] or lower["who"]):
        return Referral(name, True)
    bare = re.fullmatch(
        rf"(?:\w+[.,!] )?(?:[Mm]aybe )?(?P<name>{_NAME})(?: (?:prob(?:ably)?|maybe|perhaps|instead))?[.?!]*", words.strip()
    )
    if bare and len(bare["name"].split()) >= 2 and (who := _trimmed(bare["name"], mine)):
        return Referral(who, True)
    return None


def _clean(m: re.Match[str], mine: set[str]) -> str:
    if m["name"]:
        return _trimmed(m["name"], mine)
    if m["kin"]:
        named = re.search(
            r"(?:partner|colleague|associate|officemate|friend|soci[oa]|colega|compañer[oa]|amig[oa]|"
            rf"co-?worker|cousin|buddy|brother|sister)(?: at [\w ]{{2,20}})?,? (?P<name>{_NAME})\Z",
            m["kin"],
        )
        return m["kin"].strip(" ,") if not named or " " not in named["name"] else named["name"]
    return (m["body"] or "").strip(" ,")


def _trimmed(name: str, mine: set[str]) -> str:
    """The name without words that only began a sentence; empty if nothing is left or it is the writer's own."""
    words = name.split()
    while words and words[0].lower().strip(".,") in _NOT_A_NAME - ({"catholic"} if len(words) > 1 else set()):
        words.pop(0)
    while words and words[-1].lower().strip(".,") in _NOT_A_NAME:
        words.pop()
    if not words or {w.lower() for w in words} <= mine or not words[0][:1].isupper():
        return ""
    return re.sub(r"'s$", "", " ".join(words).rstrip(".,"))
