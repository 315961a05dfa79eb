"""Facts and relief of a client's need weighed with an encoder's opinion of the whole post, where it has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from listbot.reading.facts import Facts
from listbot.reading.judgement import Judgement, Shares
from listbot.reading.logistic import log_odds
from listbot.reading.relief import JudgedRelief
from listbot.reading.relief_types import ReliefType

SURE = 0.8
"""Share from which an encoder's opinion overrules the words that rules went by."""
UNNAMED_ABOVE, BESIDE_FALLBACK_ABOVE = 0.6, 0.95
"""Shares from which a relief counts that no word names: where nothing is named at all, and where only proceedings are."""


def weighed_facts(known: Facts, opinion: Judgement, held_in: bool) -> Facts:
    """Detained, minor and scope; what an age or a place of detention tells stays. For posts of one client only."""
    detained = known.detained
    if opinion.detained is not None and not held_in:
        said = bool(known.evidence.get("detained"))
        sure = opinion.detained > SURE or opinion.detained < 1 - SURE
        detained = opinion.detained > 0.5 if sure or not said else detained
    minor = known.minor
    if opinion.minor is not None and known.age is None:
        sure = opinion.minor > SURE or opinion.minor < 1 - SURE
        minor = opinion.minor > 0.5 if sure or not known.evidence.get("minor") else minor
    return replace(known, detained=detained, minor=minor, scope=_scope(known.scope, opinion))


def _scope(rule: str | None, opinion: Judgement) -> str | None:
    if not opinion.scope:
        return rule
    first = max(opinion.scope, key=lambda k: opinion.scope[k])
    if rule is None:
        return first if first != "none" and opinion.scope[first] > 0.45 else None
    return first if first not in ("none", rule) and opinion.scope[rule] < 1 - SURE else rule


def weighed_relief(
    ids: tuple[str, ...], judged: Sequence[JudgedRelief], opinion: Judgement, types: Mapping[str, ReliefType], subject_end: int
) -> tuple[str, ...]:
    """What of the relief that a client's words name is asked for: of each the odds, by its mentions and an encoder's opinion.

    `ids` is what rules alone make of it; it stays where there is no opinion. Fallback types count only alone.
    """
    if not opinion.asked:
        return ids
    named = tuple(dict.fromkeys(i for j in judged for i in j.mention.ids))
    odds = {i: _odds(i, named, judged, opinion.asked, types, subject_end) for i in named}
    likely = [i for i in named if odds[i] > 0] or sorted(named, key=lambda i: -odds[i])[:1]
    return tuple([i for i in likely if not types[i].fallback] or likely) or ids


def unnamed_relief(ids: tuple[str, ...], opinion: Judgement, types: Mapping[str, ReliefType]) -> tuple[str, ...]:
    """The relief that a post of one client only paraphrases, where its words name none and the opinion is sure enough of one."""
    if not opinion.asked or not all(types[i].fallback for i in ids):
        return ids
    first = max(opinion.asked, key=lambda i: opinion.asked[i])
    return (first,) if opinion.asked[first] > (BESIDE_FALLBACK_ABOVE if ids else UNNAMED_ABOVE) else ids


def _odds(
    id: str,
    named: Sequence[str],
    judged: Sequence[JudgedRelief],
    shares: Shares,
    types: Mapping[str, ReliefType],
    subject_end: int,
) -> float:
    """How likely a named relief is asked for, as the logarithm of the odds."""
    mentions = [j for j in judged if id in j.mention.ids]
    asked = max((j.strength for j in mentions if j.status == "asked"), default=0.0)
    left = max((j.strength for j in mentions if j.status in ("granted", "handled", "ruled_out")), default=0.0)
    top = max(log_odds(shares.get(i, 0.0), _FAR) for i in named)
    share = log_odds(shares.get(id, 0.0), _FAR)
    return (
        _BIAS
        + _ASKED * asked
        + _LEFT * left
        + _TOLD_OFTEN * min(len(mentions), 3) / 3
        + _IN_SUBJECT * any(j.mention.span[0] < subject_end for j in mentions)
        + _MAY_BE_HELD * (id in _HELD)
        + _SHARE * (share + share - top)
        + _OTHERS * min(sum(not types[i].fallback for i in named), 6) / 6
        + _FALLBACK * types[id].fallback
    )


_BIAS, _ASKED, _LEFT, _TOLD_OFTEN, _IN_SUBJECT = -0.53, 2.59, -1.88, 1.98, 0.64
_MAY_BE_HELD, _SHARE, _OTHERS, _FALLBACK = -0.88, 0.18, -1.42, -1.57
"""Weights of a logistic regression over 212 clients of writers whom the encoder had not learned from."""
_FAR = 6.9
"""Log-odds beyond which a share says no more."""
_HELD = frozenset({"tps", "daca", "parole", "work_permit", "family_petition"})
"""What a client or a relative may simply have, or what comes along with another."""
