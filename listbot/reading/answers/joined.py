"""Rules and encoder together: two opinions multiplied, each by its weight; what is not sure, or may lose a yes or a stop, is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from listbot.domain.states import AnswerKind
from listbot.reading.answers.intents import YES_AND_NO, Intent

A = AnswerKind
WEIGHT_OF_RULES = 0.7
"""How much the rules' opinion counts beside the encoder's: on unseen wording they err more often than they say."""
SURE = 0.75
"""The share of both together below which a moderator looks."""
ALONE = 0.95
"""The share from which the encoder's yes or stop may stand against the rules."""
LIKELY = 0.85
"""The share from which the encoder alone is taken to say so plainly."""
HALF = 0.5
"""The share from which one sentence on its own may be the wish for no more mail that somebody puts behind a yes."""
RISK = 0.05
"""The share of a yes or a stop above which no other reading may pass unseen."""
WEIGHTY = frozenset({A.YES, A.STOP})
"""Readings of which neither a lost nor an invented one may pass unseen."""
LEAST = 1e-4
"""The smallest share the encoder is believed to mean."""
TWO_WAYS = "the answer can be read in two ways"
NOT_PLAIN = "the answer is not plain"
NO_CUE = 0.3
"""The confidence of rules that found nothing."""


def joined(rules: Intent, shares: Mapping[AnswerKind, float], sentences: Sequence[Mapping[AnswerKind, float]] = ()) -> Intent:
    """One reading of two. `shares` is empty where there is no encoder; `sentences` are the shares of each on its own."""
    if not shares or (rules.also and rules.hold) or (rules.kind is A.STOP and rules.hold is None):
        return rules  # two things said are for a person; a plain stop is obeyed whatever else may be meant
    likely = _both(rules, shares)
    kind = max(likely, key=lambda k: likely[k])
    bar = SURE if kind is rules.kind or kind not in WEIGHTY else ALONE
    sure = likely[kind] >= bar and all(likely[k] <= RISK for k in WEIGHTY - {kind})
    torn = rules.hold == YES_AND_NO and kind not in (A.YES, A.NO)  # the encoder may settle between the two, but not lose both
    lost = rules.kind in WEIGHTY and kind is not rules.kind
    stop = any(one.get(A.STOP, 0.0) > (HALF if kind is A.YES else LIKELY) for one in sentences)
    sure = sure and not (torn or lost or stop)
    doubt = rules.hold or (NOT_PLAIN if rules.confidence <= NO_CUE else TWO_WAYS)
    also = rules.also if kind is rules.kind else ()
    return replace(rules, kind=kind, confidence=round(likely[kind], 2), also=also, hold=None if sure else doubt)


def _both(rules: Intent, shares: Mapping[AnswerKind, float]) -> dict[AnswerKind, float]:
    """The weighted geometric mean of both opinions; what the rules are not sure of is spread over the other readings.

    Rules that found nothing have no opinion.
    """
    if rules.confidence <= NO_CUE:
        return dict(shares)
    rest = (1 - rules.confidence) / (len(shares) - 1)
    said = {k: (rules.confidence if k is rules.kind else rest) ** WEIGHT_OF_RULES * max(shares[k], LEAST) for k in shares}
    whole = sum(said.values())
    return {k: share / whole for k, share in said.items()}
