"""One need beside its candidates, judged under one rule set after another: who may be asked, how well they fit, who not and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import takewhile

from listbot.domain.chance import chance_of_yes
from listbot.domain.eligibility import concerned, covered_by, first_exclusion, organization_of, poster_organization
from listbot.domain.geography import zone_of
from listbot.domain.mail import Address
from listbot.domain.matching import Exclusion, Match
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules import Case, Judgement, Limit, Preference, RuleSet, folded
from listbot.domain.scoring import fit, score
from listbot.domain.urgency import quiet_hours


def case_for(
    need: Need, author: Address, candidates: Sequence[Candidate], rules: RuleSet, now: datetime, already_asked: Collection[int]
) -> Case:
    """The need with everything around it that the rules may ask for."""
    asked = frozenset(already_asked)
    own_entries = (TakerKind.ORGANIZATION, TakerKind.CLINIC)
    return Case(
        need=need,
        author=author,
        now=now,
        reliefs=rules.reliefs,
        covered_by=covered_by(rules),
        poster_organization=poster_organization(author.email, candidates, rules.affiliation),
        organizations={
            folded(c.taker.organization or c.taker.name): c
            for c in sorted(candidates, key=lambda c: -c.id)  # of two entries the older one counts
            if c.taker.kind in own_entries and (c.taker.organization or c.taker.name)
        },
        asked=asked,
        asked_organizations=frozenset(organization_of(c, rules.affiliation) for c in candidates if c.id in asked) - {""},
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of all candidates under one rule set."""

    rules: RuleSet = field(default_factory=RuleSet)
    matches: Mapping[int, Match] = field(default_factory=dict)  #: by taker, all of wave 1
    excluded: Mapping[int, Exclusion] = field(default_factory=dict)


class Judging:
    """Judges under rule sets of the same offices and reliefs. What two of them judge alike is judged once."""

    def __init__(self, case: Case, candidates: Sequence[Candidate]) -> None:
        self._case = case
        self._candidates = candidates
        self._last = Judged()
        self._kinds: list[Preference] = []
        self._said: dict[int, dict[int, Judgement]] = {}  # taker to number of the preference to its word

    def under(self, rules: RuleSet) -> Judged:
        """All candidates judged, in their order."""
        case, last = self._case, self._last
        limits = _Limits(concerned(case, rules.limits), last.rules.limits)
        preferences = [(preference, self._number(preference)) for preference in concerned(case, rules.preferences)]
        same = _weights(last.rules) == _weights(rules)
        quiet = cache(lambda zone: quiet_hours(rules.outreach).hold(case.now, zone or rules.outreach.zone))
        matches, excluded = dict[int, Match](), dict[int, Exclusion]()
        for candidate in self._candidates:
            before, match = last.excluded.get(candidate.id), last.matches.get(candidate.id)
            if before and limits.stands(before.rule):
                excluded[candidate.id] = before
                continue
            left = limits.left(before.rule) if before else limits.left("") if match else limits.all
            if against := first_exclusion(case, candidate, left):
                excluded[candidate.id] = against
            elif match and same:
                matches[candidate.id] = match
            else:
                zone = zone_of(candidate.taker.state)
                matches[candidate.id] = _match(case, candidate, self._weighed(candidate, preferences), rules, zone, quiet(zone))
        self._last = Judged(rules, matches, excluded)
        return self._last

    def _number(self, preference: Preference) -> int:
        """Which preference it is: two that differ in their weight alone judge alike."""
        kind = replace(preference, weight=0.0)
        if kind not in self._kinds:
            self._kinds.append(kind)
        return self._kinds.index(kind)

    def _weighed(self, candidate: Candidate, preferences: Sequence[tuple[Preference, int]]) -> list[tuple[float, Judgement]]:
        known = self._said.setdefault(candidate.id, {})
        for preference, number in preferences:
            if number not in known:
                known[number] = preference.judge(self._case, candidate)
        return [(preference.weight, known[number]) for preference, number in preferences]


class _Limits:
    """The limits that count for a case, beside those that the candidates went through before."""

    def __init__(self, limits: Sequence[Limit], before: Sequence[Limit]) -> None:
        self.all = limits
        self._order = [limit.name for limit in before]
        self._kept = {limit.name for limit in limits if limit in before}
        self.left, self.stands = cache(self._left), cache(self._stands)

    def _left(self, rule: str) -> Sequence[Limit]:
        """Those not yet passed by whoever came as far as a rule before, or with "" past them all."""
        behind = self._kept.intersection(takewhile(rule.__ne__, self._order))
        return [limit for limit in self.all if limit.name not in behind]

    def _stands(self, rule: str) -> bool:
        """Whether the rule that kept somebody out keeps them out still, and no other comes before it."""
        return rule in self._kept and self.left(rule)[0].name == rule


def _weights(rules: RuleSet) -> tuple[object, ...]:
    """Everything that a match follows from, but for its wave."""
    outreach = rules.outreach
    chances = (outreach.chance, outreach.chance_weight, outreach.good_chance)
    return (rules.preferences, *chances, quiet_hours(outreach), outreach.zone, rules.affiliation)


def _match(
    case: Case, candidate: Candidate, weighed: Sequence[tuple[float, Judgement]], rules: RuleSet, zone: str, quiet: bool
) -> Match:
    taker, outreach = candidate.taker, rules.outreach
    fitting = fit(weighed)
    chance = chance_of_yes(candidate, fitting.value, outreach.chance, case.now, quiet=quiet)
    miles = case.miles(taker)
    return Match(
        taker_id=candidate.id,
        email=taker.email,
        name=taker.name,
        score=round(score(fitting.value, chance, outreach.chance_weight, outreach.good_chance), 4),
        chance=round(chance, 4),
        wave=1,
        miles=None if miles is None else round(miles, 1),
        reasons=fitting.reasons,
        fit=round(fitting.value, 4),
        zone=zone,
        organization=organization_of(candidate, rules.affiliation),
    )
