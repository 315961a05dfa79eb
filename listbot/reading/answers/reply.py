"""An answer read whole: bounce, robot, or what a person says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from listbot.domain.mail import Post
from listbot.domain.states import AnswerKind
from listbot.domain.work import AnswerReading
from listbot.reading.answers.bounces import bounce
from listbot.reading.answers.intents import YES_AND_STOP, Intent, before_the_stop, cues_of, intent
from listbot.reading.answers.joined import LIKELY, joined
from listbot.reading.answers.opinion import shipped_opinion
from listbot.reading.answers.refer import find_referral, named_in
from listbot.reading.answers.robots import machine
from listbot.reading.answers.until import until_when
from listbot.reading.answers.wishes import letters_in
from listbot.reading.answers.words import clauses, new_words, statement

A = AnswerKind
READ = 4_000
"""Characters of what a person wrote that are weighed: nobody answers an ask in more."""
SENTENCES = 12
"""So many of them are heard on their own."""


def read_answer(post: Post, today: datetime) -> AnswerReading:
    """What an answer says. `hold` says why a moderator should look: it is not plain, or says two things.

    Days are resolved against the mail's own Date, else `today`.
    """
    day = (post.date or today).date()
    words = new_words(post)
    if failure := bounce(post):
        return AnswerReading(kind=A.BOUNCE, confidence=failure.share, words=words, soft=failure.soft)
    robot = machine(post, words)
    if robot.share >= 0.5:
        until = until_when(post.text[:3000], day)
        hold = None if robot.share >= 0.7 else "it may be an automatic answer"
        return AnswerReading(
            kind=A.ROBOT, confidence=robot.share, until=until.isoformat() if until else None, words=words, hold=hold
        )
    return _person(post, words, day)


_THANKS = re.compile(
    r"(?=.*\w)[^\w👍👎✅🙋]*(?:(?:received|noted|got your message|(?:ok(?:ay)?|great|cool|perfect)(?=\W+(?:great|cool|perfect|thank|thx|gracias|"
    r"got))|cheers|ta|interesting|lol|fyi|hi|hello|buen[oa]s \w+|recibido|muchas|mil|gracias|merci|obrigad[oa]|"
    r"danke|thanks?(?: you)?|thx|thank u|"
    r"many thanks|very much|so much|a lot|again|all|everyone|for (?:the|your|letting|all|sharing|"
    r"setting|reaching|writing|thinking|asking|keeping|including)[^.!?\n]{0,60}|you'?re (?:very )?welcome|with thanks|for you do|happy (?:easter|new year|"
    r"holidays)[^.!?\n]{0,40}|"
    r"(?:best|kind|warm)? ?regards)[^\w👍👎✅🙋]*)+",
    re.IGNORECASE,
)
_SALES = re.compile(
    r"\b(?:your (?:website|traffic|leads|business|rankings?)|(?:page|rank(?:ed|ing)?) (?:1|one|#1|on google)|"
    r"per page|price list|free (?:sample|quote|trial|demo)|flat fee|\d+% (?:off|in \d+ days)|webinar|"
    r"register now|"
    r"buy (?:now|the)|discount|bank details|transfer the sum|lottery|million (?:usd|dollars)|"
    r"usd [\d.,]+ (?:million|m)|seo\b|our (?:services|rates|prices|translators|software|platform)|"
    r"i was going through your|schedule a demo|"
    r"double your|special offer|limited[- ]time|unsubscribe (?:here|at any time|link|\W*$)|we translate|"
    r"are you the owner|grow your (?:firm|practice)|marketing)\b",
    re.IGNORECASE | re.MULTILINE,
)
_REACTION = re.compile(
    r"\A\W{0,3}(?P<emoji>\S{1,12})?\s*[^\n]{0,80}\breacted (?:via|to|with)\b|\A[^\n]{0,60}\b(?P<verb>liked|loved|"
    r"laughed at|emphasized|questioned|disliked) [\"“]",
    re.IGNORECASE,
)
_PLUS = re.compile(r"[👍✅🙋💯🙌🫡👌✔]")
_MINUS = re.compile(r"[👎🙅🚫❌]")
_RE = re.compile(r"\b(?:re|aw|rv|sv|antw|tr)\s?:", re.IGNORECASE)
_NEWS = re.compile(
    r"how many cases|capacity|availab|\bleave\b|\bupdate\b|heads up|staffing|\bpause\b|out of rotation", re.IGNORECASE
)
_SLOTS = re.compile(
    r"\b(?P<n>\d{1,2}|zero|no|a|an|un|una|one|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|"
    r"a couple(?: of)?)\b(?: (?:more|new|additional|extra|further|pro bono|open|other|asylum|caso|casos|nuevos?|"
    r"de|m[aá]s))* "
    r"?(?:(?<=more)|(?<=new)|(?<=additional)|(?<=más)|clients?|cases?|casos?|matters?|slots?|openings?|files?)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"\A\W*(?P<n>\d{1,2}|none|zero|one|two|three|four|five|six|seven|eight|ten|uno|dos|tres|cuatro|cinco|"
    r"ninguno)\b(?!\W*(?:/|of the|sisters|trials))",
    re.IGNORECASE,
)
_COUNTED = (
    "zero no none ninguno|a an un una uno one|two dos couple|three tres|four cuatro|five cinco|six seis|seven siete|eight ocho"
)
NUMBERS = {word: number for number, words in enumerate(_COUNTED.split("|")) for word in words.split()}
"""Small numbers in words."""


def _person(post: Post, words: str, day: date) -> AnswerReading:
    if post.unreadable:
        return AnswerReading(kind=A.OTHER, confidence=0.3, words=words, hold=f"it could not be read: {post.unreadable}")
    said = statement(words)[:READ] or _own_subject(post.subject)
    found = _at_once(post, said)
    about_ask = bool(_RE.search(post.subject)) and not _NEWS.search(post.subject)
    referral = find_referral(said, post.author.name, post.author.email)
    until = until_when(said, day)
    if found is None and re.search(r"\b(?:thank|welcome)", post.subject, re.IGNORECASE) and cues_of(said).weight == {}:
        found = Intent(A.OTHER, 0.75)
    found = found or _weighed(said, intent(said, referral, until is not None, about_ask))
    found = _both(found, said)
    return AnswerReading(
        kind=found.kind,
        confidence=found.confidence,
        until=until.isoformat() if until and found.kind in (A.LATER, A.CAPACITY) else None,
        refer_to=(referral.who if referral else named_in(said, post.author.name)) if found.kind is A.REFER else None,
        slots=_slots(said) if found.kind is A.CAPACITY else None,
        also=found.also,
        words=words,
        hold=found.hold,
        letters_in=letters_in(said),
    )


def _weighed(said: str, rules: Intent) -> Intent:
    """What rules and encoder make of the words together; the encoder hears each sentence on its own, too."""
    if len(said.split()) < 2:
        return rules
    sentences = clauses(said)[:SENTENCES]
    return joined(rules, _shares(said), [_shares(one.text) for one in sentences] if len(sentences) > 1 else ())


def _both(found: Intent, said: str) -> Intent:
    """A plain yes and a stop after it ("I'll take this one; after that, no more mail") need nobody's look; encoder and rules must agree."""
    if found.hold != YES_AND_STOP:
        return found
    first = before_the_stop(said)
    plain = len(first.split()) > 2 and cues_of(first).has(A.YES, 3) and _shares(first).get(A.YES, 0.0) >= LIKELY
    return replace(found, confidence=0.9, hold=None) if plain else found


def _shares(said: str) -> Mapping[AnswerKind, float]:
    opinion = shipped_opinion()
    return opinion.shares(said) if opinion and re.search(r"\w", said) else {}


def _own_subject(subject: str) -> str:
    """What the writer put into the subject: the part before "Re:", or all of one that answers nothing."""
    before, mark, _ = subject.partition(m[0]) if (m := _RE.search(subject)) else (subject, "", "")
    return before.strip(" -–:|") if mark or len(subject.split()) <= 4 else ""


def _at_once(post: Post, said: str) -> Intent | None:
    """What needs no weighing: nothing said, a reaction, thanks alone, an advertisement."""
    if not re.search(r"\w|\$\?|[\u2190-\U0001ffff]", said):
        return Intent(A.OTHER, 0.9 if not said else 0.5, hold="nothing but a mark" if said else None)
    if m := _REACTION.match(post.text.strip()):
        verb = (m["verb"] or "").lower()
        kind = A.YES if _PLUS.search(m[0]) or verb == "liked" else A.NO if _MINUS.search(m[0]) or verb == "disliked" else A.OTHER
        return Intent(kind, 0.9)
    if _THANKS.fullmatch(said) or _is_card(said, post.author.name):
        return Intent(A.OTHER, 0.9)
    if len(_SALES.findall(said)) >= 2 or (_SALES.search(said) and post.header("list-unsubscribe")):
        return Intent(A.OTHER, 0.85)
    return None


def _is_card(said: str, author: str) -> bool:
    """Nothing but the writer's name, or names, titles and ways to reach somebody."""
    named = set(re.findall(r"\w+", said.lower()))
    if named and named <= set(re.findall(r"\w+", author.lower())):
        return True
    lines = [line for line in said.split("\n") if line.strip()]
    return len(lines) >= 2 and all(
        re.fullmatch(
            r"[^a-z]*(?:(?:[A-Z][\w.'-]*|and|of|the|at|for|&|[\w.+-]+@\S+|"
            r"www\.\S+)[^\w?!]*)*[^a-z?!]*",
            line,
        )
        for line in lines
    )


def _slots(said: str) -> int | None:
    """How many cases, as far as a number is said."""
    m = _SLOTS.search(said) or _BARE_NUMBER.search(said)
    if not m:
        return None
    word = m["n"].lower().replace("a couple of", "couple").replace("a couple", "couple")
    return int(word) if word.isdigit() else NUMBERS.get(word)
