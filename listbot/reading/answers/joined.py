"""Rules and encoder together: what both say stands; where they differ a moderator looks, unless one is plainly surer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from listbot.domain.states import AnswerKind
from listbot.reading.answers.intents import Intent

A = AnswerKind
SURE = 0.9
"""From this share on the encoder alone may settle what the rules find not plain."""
LIKELY = 0.75
"""From this share on the encoder's reading is the better guess where the rules have only a weak one."""
NO_CUE = 0.3
"""The confidence of rules that found nothing."""
WEIGHTY = frozenset({A.YES, A.STOP})
"""Readings of which neither a lost nor an invented one may pass unseen."""


def joined(rules: Intent, shares: Mapping[AnswerKind, float]) -> Intent:
    """One reading of two. `shares` is empty where there is no encoder."""
    if not shares:
        return rules
    first = max(shares, key=lambda kind: shares[kind])
    share = shares[first]
    if rules.also or (rules.kind is A.STOP and rules.hold is None):
        return rules  # a plain stop is obeyed whatever else may be meant
    if rules.kind is first:
        return _agreed(rules, share)
    if rules.confidence <= NO_CUE:
        return Intent(first, share * 0.8, hold=None if share >= SURE and first not in WEIGHTY else "the answer is not plain")
    return _differing(rules, first, share, shares)


def _agreed(rules: Intent, share: float) -> Intent:
    hold = None if share >= SURE else rules.hold
    return replace(rules, confidence=max(rules.confidence, share), hold=hold)


def _differing(rules: Intent, first: AnswerKind, share: float, shares: Mapping[AnswerKind, float]) -> Intent:
    """The encoder says another thing: weigh how sure each is."""
    if rules.hold is None and rules.confidence >= SURE and share < LIKELY:
        weighty = first in WEIGHTY or rules.kind in WEIGHTY
        return replace(rules, hold="it may say something else" if weighty and shares[rules.kind] < 0.15 else None)
    if share >= LIKELY and (rules.hold is not None or rules.confidence < SURE):
        return Intent(first, 0.6, hold=rules.hold or "the answer can be read in two ways")
    if rules.hold is None and rules.confidence >= SURE and {rules.kind, first} & WEIGHTY == set():
        return replace(rules, confidence=0.75)
    return replace(rules, confidence=min(rules.confidence, 0.6), hold=rules.hold or "the answer can be read in two ways")
