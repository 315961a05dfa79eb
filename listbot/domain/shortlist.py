"""From a need and candidates to a shortlist: who may be asked, in which order and wave, and who not and why."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from listbot.domain.chance import chance_of_yes, how_many
from listbot.domain.eligibility import exclusions, organization_of, poster_organization
from listbot.domain.geography import zone_of
from listbot.domain.mail import Address
from listbot.domain.matching import Exclusion, Match, Shortlist
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules import Case, Outreach, RuleSet, folded
from listbot.domain.scoring import fit, score
from listbot.domain.urgency import certainty_of_wave, quiet_hours, urgency_of


def shortlist(
    need: Need,
    author: Address,
    candidates: Sequence[Candidate],
    rules: RuleSet,
    now: datetime,
    *,
    already_asked: Collection[int] = (),
    seed: int = 0,
    like: tuple[RuleSet, Shortlist] | None = None,
) -> Shortlist:
    """Everybody considered for a need. Pure: the same arguments give the same list.

    `already_asked` are ids of takers who were asked about this need; their colleagues are left out with them, where the askeds'
    own entries are among the candidates. `seed` decides between equals, and who is asked for the sake of learning. `like` is the
    list of the same arguments under other rules: what both rule sets judge alike is taken from it, and the result is the same.
    """
    judge = _judge(case_for(need, author, candidates, rules, now, already_asked), rules, like)
    matches: list[Match] = []
    excluded: list[Exclusion] = []
    for candidate in candidates:
        judged = judge(candidate)
        if isinstance(judged, Match):
            matches.append(judged)
        else:
            excluded.append(judged)
    matches.sort(key=lambda match: (-match.score, _lot(seed, match.taker_id), match.taker_id))
    excluded.sort(key=lambda exclusion: (exclusion.email, exclusion.taker_id))
    newcomers = {c.id for c in candidates if not c.standing.last_asked_at}
    ordered = _with_learning(matches, newcomers, rules.outreach.learning, seed)
    return Shortlist(
        matches=_in_waves(ordered, need, rules.outreach, now),
        excluded=tuple(excluded),
        rules_version=rules.version,
    )


def nearest_misses(
    need: Need,
    author: Address,
    candidates: Sequence[Candidate],
    rules: RuleSet,
    now: datetime,
    *,
    already_asked: Collection[int] = (),
    most: int = 5,
) -> tuple[Exclusion, ...]:
    """The best-fitting of those whom a single limit keeps out: for a moderator, when nobody is left to ask."""
    case = case_for(need, author, candidates, rules, now, already_asked)
    near: list[tuple[float, Exclusion]] = []
    for candidate in candidates:
        against = list(exclusions(case, candidate, rules.limits))
        if len(against) == 1 and candidate.id not in case.asked:
            near.append((-fit(case, candidate, rules.preferences).value, against[0]))
    near.sort(key=lambda pair: (pair[0], pair[1].taker_id))
    return tuple(exclusion for _, exclusion in near[:most])


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
        poster_organization=poster_organization(author.email, candidates, rules.affiliation),
        organizations={
            folded(c.taker.organization or c.taker.name): c
            for c in sorted(candidates, key=lambda c: -c.id)  # of two entries the older one counts
            if c.taker.kind in own_entries and (c.taker.organization or c.taker.name)
        },
        asked=asked,
        asked_organizations=frozenset(organization_of(c, rules.affiliation) for c in candidates if c.id in asked) - {""},
    )


def _judge(case: Case, rules: RuleSet, like: tuple[RuleSet, Shortlist] | None) -> Callable[[Candidate], Match | Exclusion]:
    """What decides about one candidate."""
    quiet = cache(lambda zone: quiet_hours(rules.outreach).hold(case.now, zone or rules.outreach.zone))
    old, listed = like or (RuleSet(), Shortlist())
    alike = (old.affiliation, old.reliefs) == (rules.affiliation, rules.reliefs)
    barred = {e.taker_id: e for e in listed.excluded} if like and alike and old.limits == rules.limits else None
    known = {m.taker_id: m for m in listed.matches} if like and alike and _weights(old) == _weights(rules) else {}

    def judge(candidate: Candidate) -> Match | Exclusion:
        if barred is None:
            against = next(iter(exclusions(case, candidate, rules.limits)), None)
        else:
            against = barred.get(candidate.id)
        return against or known.get(candidate.id) or _match(case, candidate, rules, quiet)

    return judge


def _weights(rules: RuleSet) -> tuple[object, ...]:
    """Everything that a match follows from, but for its wave."""
    outreach = rules.outreach
    chances = (outreach.chance, outreach.chance_weight, outreach.good_chance)
    return (rules.preferences, *chances, quiet_hours(outreach), outreach.zone)


def _match(case: Case, candidate: Candidate, rules: RuleSet, quiet: Callable[[str], bool]) -> Match:
    taker, outreach = candidate.taker, rules.outreach
    fitting = fit(case, candidate, rules.preferences)
    zone = zone_of(taker.state)
    chance = chance_of_yes(candidate, fitting.value, outreach.chance, case.now, quiet=quiet(zone))
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


def _lot(seed: int, id: int) -> bytes:
    """A lot drawn for one taker: the same for the same seed, on every machine."""
    return hashlib.blake2b(f"{seed}:{id}".encode(), digest_size=8).digest()


def _with_learning(matches: list[Match], newcomers: set[int], share: float, seed: int) -> list[Match]:
    """Move somebody never asked forward in about `share` of the places, so that the program learns of them."""
    waiting = [m for m in matches if m.taker_id in newcomers]
    if not share or len(waiting) == len(matches):
        return matches
    lots, ordered, taken = random.Random(seed), list[Match](), set[int]()
    queue = iter(waiting)
    for match in matches:
        if lots.random() < share:
            newcomer = next((m for m in queue if m.taker_id not in taken), None)
            if newcomer:
                ordered.append(newcomer)
                taken.add(newcomer.taker_id)
        if match.taker_id not in taken:
            ordered.append(match)
            taken.add(match.taker_id)
    return ordered


def _in_waves(matches: Sequence[Match], need: Need, outreach: Outreach, now: datetime) -> tuple[Match, ...]:
    """Number the waves as they would go if nobody answered; two of one organisation are never in the same."""
    step = urgency_of(need, outreach, now)
    certainty = certainty_of_wave(outreach.certainty, step.waves)
    left, numbered, wave = list(matches), dict[int, int](), 0
    while left:
        wave += 1
        chosen = one_of_each_organization(left)
        size = min(step.most, max(outreach.least, how_many([m.chance for m in chosen], certainty)))
        for match in chosen[:size]:
            numbered[match.taker_id] = wave
        left = [m for m in left if m.taker_id not in numbered]
    return tuple(m if m.wave == numbered[m.taker_id] else replace(m, wave=numbered[m.taker_id]) for m in matches)


def one_of_each_organization(matches: Sequence[Match]) -> list[Match]:
    """The best of each organisation, and everybody who has none, in the same order."""
    seen, chosen = set[str](), list[Match]()
    for match in matches:
        if not match.organization or match.organization not in seen:
            chosen.append(match)
            seen.add(match.organization)
    return chosen
