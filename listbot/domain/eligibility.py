"""Who may be asked at all: hard limits, each with its reason. Nothing relaxes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TypeVar

from listbot.domain.matching import Exclusion
from listbot.domain.promise import Search
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate
from listbot.domain.rules import Affiliation, Case, Limit, Preference, RuleSet, folded
from listbot.domain.rules.limits.relief import Relief

R = TypeVar("R", Limit, Preference)

OTHER = "other"
"""The relief that leaves open which: a search for it keeps nobody out for theirs."""


def searched(need: Need, rules: RuleSet) -> Search:
    """The need as the registry is searched for it: with every relief that would do by the rules, and OTHER where any would."""
    limits = [limit for limit in rules.limits if isinstance(limit, Relief) and limit.enabled]
    if any(limit.anybody.intersection(need.relief) for limit in limits):
        return _search(need, {OTHER})
    known = covered_by(rules)
    return _search(need, {other for relief in need.relief for other in known.get(relief, ())})


def covered_by(rules: RuleSet) -> Mapping[str, frozenset[str]]:
    """For a relief, others of which one is enough by the rules."""
    found: dict[str, frozenset[str]] = {}
    for limit in rules.limits:
        for relief, others in limit.covered_by.items() if isinstance(limit, Relief) and limit.enabled else ():
            found[relief] = found.get(relief, frozenset()) | others
    return found


def _search(need: Need, others: Collection[str]) -> Search:
    new = frozenset(others).difference(need.relief)
    said = {field.name: getattr(need, field.name) for field in fields(Need)}
    return Search(**said | {"relief": (*need.relief, *sorted(new))}, covering=new)


def concerned(case: Case, rules: Iterable[R]) -> list[R]:
    """The rules that count for this case, in their order."""
    return [rule for rule in rules if rule.enabled and rule.concerns(case)]


def exclusions(case: Case, candidate: Candidate, limits: Iterable[Limit]) -> Iterator[Exclusion]:
    """Every one of these limits that keeps the candidate out."""
    for limit in limits:
        if found := first_exclusion(case, candidate, [limit]):
            yield found


def first_exclusion(case: Case, candidate: Candidate, limits: Iterable[Limit]) -> Exclusion | None:
    """The first of these limits that keeps the candidate out."""
    for limit in limits:
        because = limit.forbids(case, candidate)
        if because:
            return Exclusion(taker_id=candidate.id, email=candidate.taker.email, rule=limit.name, because=because)
    return None


def organization_of(candidate: Candidate, affiliation: Affiliation) -> str:
    """The folded name of somebody's organisation; "" where they have none that makes colleagues."""
    name = folded(candidate.taker.organization)
    return "" if name in affiliation.no_organization else name


def poster_organization(email: str, candidates: Sequence[Candidate], affiliation: Affiliation) -> str:
    """The folded name of the poster's organisation: by the registry, else by the mail domain; "" where neither tells.

    A domain tells an organisation when it is no public one and everybody in the registry with an address there who names an
    organisation names the same.
    """
    email = email.casefold()
    domain = email.rpartition("@")[2]
    at_domain: set[str] = set()
    for candidate in candidates:
        address = candidate.taker.email.casefold()
        if address == email and candidate.taker.organization:
            return organization_of(candidate, affiliation)
        if address.endswith("@" + domain) and candidate.taker.organization:
            at_domain.add(organization_of(candidate, affiliation))
    if domain in affiliation.public_domains or len(at_domain) != 1:
        return ""
    return at_domain.pop()
