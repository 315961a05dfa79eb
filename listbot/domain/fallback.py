"""When nobody is left to ask: where else a fellow can turn, and a posting ready to be put there."""

from __future__ import annotations

from datetime import date

from listbot.domain.geography import STATES
from listbot.domain.languages import language_name
from listbot.domain.reading import Need
from listbot.domain.rules import Resource, RuleSet


def fallbacks(need: Need, rules: RuleSet, most: int = 6) -> tuple[Resource, ...]:
    """Resources for this state and relief, the most particular first. What a resource leaves open fits every need."""
    fitting = [r for r in rules.resources if _fits(r, need)]
    return tuple(sorted(fitting, key=_generality)[:most])


def posting(need: Need, rules: RuleSet, today: date) -> dict[str, str]:
    """A volunteer posting in the fields such sites ask for; no word of the post itself, so that no client can be known by it.

    Training, mentoring and supervision are named only where the post offers them; the fellow fills in the rest.
    """
    relief = " and ".join(rules.relief_labels.get(r, r) for r in need.relief) or "an immigration case"
    where = " or ".join(STATES[s].name for s in sorted(need.states) if s in STATES) or "place to be agreed"
    state_court = need.relief and any("state_court" in rules.reliefs[r].forums for r in need.relief if r in rules.reliefs)
    scope = {"full": "Full representation", "limited": "Limited scope: one step, agreed beforehand"}
    deadline = f"; the next date is {need.deadline.date:%B} {need.deadline.date.day}" if need.deadline else ""
    special = ", detained docket" * bool(need.detained) + ", work with children" * bool(need.minor)
    return {
        "Title": f"Pro bono counsel for {relief}, {where}",
        "Time commitment": scope.get(need.scope or "", "Full or limited, as agreed") + deadline,
        "Training": "To be named by the fellow",
        "Mentoring": "Offered by the referring attorney" if need.supervision else "To be agreed",
        "Supervision": "Co-counsel with the referring attorney" if need.supervision else "None offered yet",
        "Site": _site(need, where),
        "Licenses": f"Bar of {where}" if state_court else "Any US bar, in good standing",
        "Languages": ", ".join(map(language_name, need.languages)) or "None required",
        "Expertise": f"Immigration law; {relief}{special}",
        "Posted": today.isoformat(),
    }


def _site(need: Need, where: str) -> str:
    if need.remote:
        return "Remote"
    return f"In person, {where}" if need.remote is False or need.detained else f"{where}, remote possible"


def _fits(resource: Resource, need: Need) -> bool:
    if resource.states and need.states and not resource.states & need.states:
        return False
    if resource.states and not need.states:
        return False
    if resource.relief and not resource.relief.intersection(need.relief):
        return False
    if resource.detained is not None and bool(need.detained) is not resource.detained:
        return False
    return resource.minors is None or bool(need.minor) is resource.minors


def _generality(resource: Resource) -> tuple[bool, ...]:
    """Sorts the particular before the general; a posting comes before mere directories."""
    return (not resource.states, resource.minors is None and resource.detained is None, not resource.relief, not resource.posting)
