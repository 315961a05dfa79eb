"""How two rule sets differ, in lines a moderator reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum

from listbot.domain.rules.base import Rule
from listbot.domain.rules.ruleset import RuleSet


def differences(old: RuleSet, new: RuleSet) -> tuple[str, ...]:
    """One line a change: `cool_down: days 5 -> 7`. Empty where they say the same."""
    return (
        *_rules("limit", old.limits, new.limits),
        *_rules("preference", old.preferences, new.preferences),
        *_values("outreach", old.outreach, new.outreach),
        *_values("reading", old.reading, new.reading),
        *_values("affiliation", old.affiliation, new.affiliation),
        *_names("resource", {r.name: r for r in old.resources}, {r.name: r for r in new.resources}),
        *_names("relief", old.reliefs, new.reliefs),
    )


def other_files(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Lines for changed files of which a rule set does not know the inside: letters, and what only reading uses."""
    named = {"limits", "preferences", "outreach", "reading", "affiliation", "resources"}
    differ = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return tuple(f"{name}: changed" for name in differ if name.removesuffix(".yaml") not in named)


def said(value: object) -> str:
    """A value as a rule file would hold it, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return ", ".join(f"{said(key)}: {said(inner)}" for key, inner in value.items()) or "nothing"
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(said, value))) or "nothing"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(said, value)) or "nothing"
    if is_dataclass(value):
        return ", ".join(f"{f.name} {said(getattr(value, f.name))}" for f in fields(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _rules(what: str, old: Sequence[Rule], new: Sequence[Rule]) -> Iterator[str]:
    before, after = {rule.name: rule for rule in old}, {rule.name: rule for rule in new}
    yield from _names(what, before, after)
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield f"{what}s: another order"


def _names(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    for name in before:
        if name not in after:
            yield f"{what} {name}: removed"
    for name, value in after.items():
        if name not in before:
            yield f"{what} {name}: added"
        elif before[name] != value:
            yield from _values(f"{what} {name}", before[name], value)


def _values(where: str, old: object, new: object) -> Iterator[str]:
    if type(old) is not type(new):
        yield f"{where}: kind {type(old).__name__} -> {type(new).__name__}"
        return
    for declared in fields(old):  # type: ignore[arg-type]
        before, after = getattr(old, declared.name), getattr(new, declared.name)
        if before == after:
            continue
        if is_dataclass(before) and is_dataclass(after):
            yield from _values(f"{where}.{declared.name}", before, after)
        else:
            yield f"{where}: {declared.name} {said(before)} -> {said(after)}"
