"""What a moderator's reply to a mail about something held decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from listbot.domain.states import AnswerKind


class Verdict(StrEnum):
    """What is to be done with what was held."""

    RELEASE = "release"  #: go on as it was read
    DROP = "drop"  #: leave it alone
    CORRECT = "correct"  #: go on as the reply says


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict; for an answer that is corrected, what it is."""

    verdict: Verdict
    kind: AnswerKind | None = None


_RELEASE = re.compile(r"\A\W*(?:release|approve[d]?|go ahead|send it|right|correct as is)\b", re.IGNORECASE)
_DROP = re.compile(r"\A\W*(?:drop|discard|ignore|leave it|set aside|not a (?:referral|plea)|no plea)\b", re.IGNORECASE)
KINDS = frozenset(AnswerKind) - {AnswerKind.OTHER}
"""What a moderator may say that an answer is."""

_KIND = re.compile(rf"\A\W*(?:it'?s |it is |that'?s |this is )?(?:an? )?(?P<kind>{'|'.join(sorted(KINDS))})\b", re.IGNORECASE)


def decide(words: str) -> Decision:
    """A moderator's words: RELEASE, DROP, the name of a kind of answer, or a correction in plain words."""
    if _RELEASE.search(words):
        return Decision(Verdict.RELEASE)
    if _DROP.search(words):
        return Decision(Verdict.DROP)
    named = _KIND.search(words)
    return Decision(Verdict.CORRECT, AnswerKind(named["kind"].lower()) if named else None)
