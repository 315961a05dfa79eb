"""Facts and relief of a client's need weighed with an encoder's opinion of the whole post, where it has one."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from listbot.reading.facts import Facts
from listbot.reading.judgement import Judgement

SURE = 0.8
"""Share from which an encoder's opinion overrules the words that rules went by."""
ADD_ABOVE, ADD_UNNAMED_ABOVE, DROP_BELOW = 0.97, 0.99, 0.0
"""Shares above which a relief is added (named in the post, or not at all) and below which it is dropped."""


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


def weighed_relief(ids: tuple[str, ...], opinion: Judgement, named: Set[str]) -> tuple[str, ...]:
    """Relief ids with those added that the opinion is sure of, and those dropped that it sees no ask for."""
    if not opinion.asked:
        return ids
    kept = [i for i in ids if opinion.asked.get(i, 0.0) >= DROP_BELOW]
    kept = kept or list(ids)
    for i, share in sorted(opinion.asked.items(), key=lambda pair: -pair[1]):
        if i not in kept and share > (ADD_ABOVE if i in named else ADD_UNNAMED_ABOVE):
            kept.append(i)
    specific = [i for i in kept if i not in ("removal_defense", "other")]
    if specific and any(i in kept for i in ("removal_defense", "other")):
        kept = [i for i in kept if i in specific or opinion.asked.get(i, 0.0) > ADD_ABOVE]
    return tuple(kept)
