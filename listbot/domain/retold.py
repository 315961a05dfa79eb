"""A decision made once more from its record, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from zoneinfo import ZoneInfo

from listbot.domain.matching import Exclusion, Match, Shortlist
from listbot.domain.record import Decision, Seen
from listbot.domain.rules import RuleSet
from listbot.domain.shortlist import shortlist
from listbot.domain.waves import WavePlan, next_wave


def decided_again(decision: Decision, seen: Seen, rules: RuleSet) -> tuple[Shortlist, WavePlan]:
    """The shortlist and the wave that follow from what was seen then, under these rules."""
    listed = shortlist(seen.need, seen.author, seen.candidates, rules, decision.at, already_asked=seen.asked, seed=seen.seed)
    by_id = {match.taker_id: match for match in listed.matches}
    free = [by_id[id] for id in seen.order if id in by_id]
    return listed, next_wave(free, seen.need, seen.waiting, seen.waves, rules, decision.at, ZoneInfo(seen.zone))


def differences(decision: Decision, seen: Seen, rules: RuleSet) -> list[str]:
    """What comes out otherwise than it did, a line each; nothing where the decision is reproduced."""
    listed, plan = decided_again(decision, seen, rules)
    lines = list(_people(decision.shortlist, listed))
    chosen = tuple(match.taker_id for match in plan.matches)
    if chosen != decision.chosen:
        lines.append(f"asked: {_names(decision.shortlist, decision.chosen)} -> {_names(listed, chosen)}")
    if plan.why != decision.why and decision.why:
        lines.append(f"why: {decision.why} -> {plan.why}")
    return lines


def _people(before: Shortlist, after: Shortlist) -> Iterator[str]:
    old, new = _by_id(before), _by_id(after)
    for id in sorted(old.keys() | new.keys()):
        one, other = old.get(id), new.get(id)
        if one is not None and other is not None and type(one) is type(other):
            if one != other:
                yield f"{one.email}: {_changed(one, other)}"
        elif named := one or other:
            yield f"{named.email}: {_said(one)} -> {_said(other)}"
    if [m.taker_id for m in before.matches] != [m.taker_id for m in after.matches] and old.keys() == new.keys():
        yield "the order of the shortlist"


def _by_id(listed: Shortlist) -> dict[int, Match | Exclusion]:
    return {m.taker_id: m for m in listed.matches} | {e.taker_id: e for e in listed.excluded}


def _changed(one: Match | Exclusion, other: Match | Exclusion) -> str:
    values = [(field.name, getattr(one, field.name), getattr(other, field.name)) for field in fields(one)]
    return ", ".join(f"{name} {before} -> {after}" for name, before, after in values if before != after)


def _said(one: Match | Exclusion | None) -> str:
    if one is None:
        return "not considered"
    return f"may be asked, score {one.score}" if isinstance(one, Match) else f"kept out by {one.rule}: {one.because}"


def _names(listed: Shortlist, ids: tuple[int, ...]) -> str:
    known = _by_id(listed)
    return ", ".join(known[id].email if id in known else f"taker {id}" for id in ids) or "nobody"
