"""From a need and candidates to a shortlist: who may be asked, in which order and wave, and who not and why."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from operator import attrgetter

from listbot.domain.chance import how_many
from listbot.domain.eligibility import concerned, covered_by, exclusions
from listbot.domain.judging import Judged, Judging, case_for
from listbot.domain.mail import Address
from listbot.domain.matching import Exclusion, Match, Shortlist
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate
from listbot.domain.rules import Outreach, RuleSet
from listbot.domain.scoring import fit
from listbot.domain.urgency import certainty_of_wave, urgency_of


def shortlist(
    need: Need,
    author: Address,
    candidates: Sequence[Candidate],
    rules: RuleSet,
    now: datetime,
    *,
    already_asked: Collection[int] = (),
    seed: int = 0,
) -> Shortlist:
    """Everybody considered for a need. Pure: the same arguments give the same list.

    `already_asked` are ids of takers who were asked about this need; their colleagues are left out with them, where the askeds'
    own entries are among the candidates. `seed` decides between equals, and who is asked for the sake of learning.
    """
    return shortlists(need, author, candidates, [rules], now, already_asked=already_asked, seed=seed)[0]


def shortlists(
    need: Need,
    author: Address,
    candidates: Sequence[Candidate],
    several: Sequence[RuleSet],
    now: datetime,
    *,
    already_asked: Collection[int] = (),
    seed: int = 0,
) -> list[Shortlist]:
    """The same under several rule sets; what they judge alike is judged once."""
    judging: Judging | None = None
    listed: list[Shortlist] = []
    for before, rules in zip([None, *several], several, strict=False):
        if judging is None or before is None or not _alike(before, rules):
            judging = Judging(case_for(need, author, candidates, rules, now, already_asked), candidates)
        listed.append(_listed(judging.under(rules), need, candidates, now, seed))
    return listed


def _alike(one: RuleSet, other: RuleSet) -> bool:
    """Whether a need is the same case under both."""
    return (one.affiliation, one.reliefs, covered_by(one)) == (other.affiliation, other.reliefs, covered_by(other))


def _listed(judged: Judged, need: Need, candidates: Sequence[Candidate], now: datetime, seed: int) -> Shortlist:
    outreach = judged.rules.outreach
    matches = sorted(judged.matches.values(), key=lambda match: (-match.score, _lot(seed, match.taker_id), match.taker_id))
    newcomers = {c.id for c in candidates if not c.standing.last_asked_at}
    return Shortlist(
        matches=_in_waves(_with_learning(matches, newcomers, outreach.learning, seed), need, outreach, now),
        excluded=tuple(sorted(judged.excluded.values(), key=attrgetter("email", "taker_id"))),
        rules_version=judged.rules.version,
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
    limits, preferences = concerned(case, rules.limits), concerned(case, rules.preferences)
    near: list[tuple[float, Exclusion]] = []
    for candidate in candidates:
        against = list(exclusions(case, candidate, limits))
        if len(against) == 1 and candidate.id not in case.asked:
            near.append((-fit([(p.weight, p.judge(case, candidate)) for p in preferences]).value, against[0]))
    near.sort(key=lambda pair: (pair[0], pair[1].taker_id))
    return tuple(exclusion for _, exclusion in near[:most])


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
        first = list(islice(_one_of_each(left), step.most))
        size = max(outreach.least, how_many([m.chance for m in first], certainty))
        numbered |= {match.taker_id: wave for match in first[:size]}
        left = [m for m in left if m.taker_id not in numbered]
    return tuple([m if m.wave == numbered[m.taker_id] else m.in_wave(numbered[m.taker_id]) for m in matches])


def one_of_each_organization(matches: Sequence[Match]) -> list[Match]:
    """The best of each organisation, and everybody who has none, in the same order."""
    return list(_one_of_each(matches))


def _one_of_each(matches: Iterable[Match]) -> Iterator[Match]:
    seen = set[str]()
    for match in matches:
        if not match.organization or match.organization not in seen:
            yield match
            seen.add(match.organization)
