"""Rules and encoder together: what both say stands; where they differ a moderator looks, unless one is plainly surer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from listbot.domain.states import AnswerKind
from listbot.reading.answers.intents import Intent

A = AnswerKind
SURE = 0.9
"""From this confidence on rules stand against an unsure encoder."""
LIKELY = 0.85
"""From this share on the encoder's reading is the better guess where the rules have only a weak one."""
ALONE = 0.95
"""From this share on the encoder alone may settle what the rules find no cue for."""
NO_CUE = 0.3
"""The confidence of rules that found nothing."""
WEIGHTY = frozenset({A.YES, A.STOP})
"""Readings of which neither a lost nor an invented one may pass unseen."""
TWO_WAYS = "the answer can be read in two ways"


def joined(rules: Intent, shares: Mapping[AnswerKind, float]) -> Intent:
    """One reading of two. `shares` is empty where there is no encoder."""
    if not shares:
        return rules
    first = max(shares, key=lambda kind: shares[kind])
    share = shares[first]
    if (rules.also and rules.hold) or (rules.kind is A.STOP and rules.hold is None):
        return rules  # two things said are for a person; a plain stop is obeyed whatever else may be meant
    if rules.kind is first:
        return replace(rules, confidence=max(rules.confidence, share), hold=None if share >= 0.6 else rules.hold)
    if rules.confidence <= NO_CUE:
        alone = share >= ALONE and first not in WEIGHTY
        return Intent(first, share * 0.8, hold=None if alone else "the answer is not plain")
    return _differing(rules, first, share, shares)


def _differing(rules: Intent, first: AnswerKind, share: float, shares: Mapping[AnswerKind, float]) -> Intent:
    """The encoder says another thing: weigh how sure each is."""
    if rules.hold is not None:
        return rules
    if rules.confidence < SURE and share >= LIKELY:
        return Intent(first, 0.6, hold=TWO_WAYS)
    own = shares.get(rules.kind, 0.0)
    weighty = bool({rules.kind, first} & WEIGHTY)
    unlikely = own < 0.06 and share >= 0.45
    doubted = share >= LIKELY or unlikely or (weighty and share >= 0.6 and (own < 0.15 or rules.confidence < SURE))
    return replace(rules, confidence=0.6 if doubted else 0.75, hold=TWO_WAYS if doubted else None)
