"""How likely somebody says yes, and by when: beliefs moved by answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import ceil, erf, exp, log, log1p, prod, sqrt

from listbot.domain.registry import Candidate
from listbot.domain.rules import ChanceRules

LEAST, MOST = 0.005, 0.9
"""Nobody is hopeless and nobody is certain."""


def chance_of_yes(candidate: Candidate, fit: float, rules: ChanceRules, now: datetime, *, quiet: bool = False) -> float:
    """Probability that the candidate says yes to this need, 0 to 1: that they answer at all, times that the answer is yes.

    Both are Beta-binomial estimates: a belief for everybody of a kind, as strong as so many asks, moved by the candidate's own
    answers, whose weight halves with each half-life since the last ask. Somebody never asked gets the belief itself. Fatigue,
    activity and the hour move the odds of an answer, the fit moves the odds of a yes.
    """
    standing = candidate.standing
    memory = _weight_of_memory(standing.last_asked_at, now, rules.half_life_days)
    yes, answers = standing.said_yes * memory, (standing.said_yes + standing.said_no) * memory
    belief = rules.answers_by_kind.get(candidate.taker.kind, rules.answers)
    answering = _odds(belief, rules.answers_strength, answers, answers + standing.silent * memory)
    answering *= rules.fatigue**standing.asks_last_30_days * rules.open_ask**standing.open_asks
    if standing.last_answered_at and (now - standing.last_answered_at).days < rules.active_days:
        answering *= rules.active
    if quiet:
        answering *= rules.quiet
    agreeing = _odds(rules.yes, rules.yes_strength, yes, answers) * exp(rules.fit_slope * (fit - rules.fit_middle))
    return min(MOST, max(LEAST, answering / (1 + answering) * agreeing / (1 + agreeing)))


def _odds(belief: float, strength: float, hits: float, tries: float) -> float:
    """The odds of a hit: a belief as strong as so many tries, moved by the tries there were."""
    rate = (belief * strength + hits) / (strength + tries)
    return rate / (1 - rate)


def somebody(chances: Iterable[float]) -> float:
    """Probability that at least one of them says yes, their answers taken as independent."""
    return 1 - prod(1 - chance for chance in chances)


def how_many(chances: Iterable[float], certainty: float) -> int:
    """How many of them, taken in order, this certainty of a yes takes; one more than all where they do not suffice."""
    missing, number = -log1p(-certainty), 0
    for chance in chances:
        if missing <= 1e-12:
            return number
        missing += log1p(-chance)
        number += 1
    return number if missing <= 1e-12 else number + 1


def answered_by(minutes: float, median: float, spread: float) -> float:
    """Share of those who ever answer that has done so after `minutes`: a log-normal with this median (minutes) and spread."""
    return 0.0 if minutes < 0.001 else 0.5 * (1 + erf(log(minutes / median) / (spread * sqrt(2))))


def still_coming(chance: float, minutes: float, median: float, spread: float) -> float:
    """Probability of a yes from somebody who has not answered for `minutes`: it fades as the usual time of answers passes."""
    gone = answered_by(minutes, median, spread)
    return chance * (1 - gone) / (1 - chance * gone)


def equal_people(chance: float, certainty: float) -> int:
    """How many people of equal chance it takes for a certainty of a yes: ln(1 - certainty) / ln(1 - chance), rounded up."""
    return ceil(log1p(-certainty) / log1p(-chance))


def _weight_of_memory(last: datetime | None, now: datetime, half_life_days: float) -> float:
    if last is None:
        return 1.0
    return exp(-log(2) * max(0, (now - last).days) / half_life_days)
