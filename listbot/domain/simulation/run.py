"""Months of posts, asks and answers, event by event."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

from listbot.domain.invented import invented_takers
from listbot.domain.matching import Match
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate, Standing, Taker
from listbot.domain.rules import RuleSet
from listbot.domain.simulation.behaviour import Assumptions, Person, answer_time, people_behind, willingness
from listbot.domain.simulation.policies import Look, Policy
from listbot.domain.simulation.posts import Plea, pleas
from listbot.domain.states import AskState
from listbot.domain.work import StoredAsk

START = datetime(2026, 1, 5, 13, tzinfo=UTC)
SILENT_AFTER = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one need: minutes to the first yes, None where nobody said yes in time."""

    state: str
    minutes: float | None
    allowed: float
    asks: int
    lead: int | None


@dataclass(slots=True)
class Known:
    """What the program learned of a taker."""

    asks: list[datetime] = field(default_factory=list)
    open: dict[int, datetime] = field(default_factory=dict)  #: need to the time of the ask
    yes: int = 0
    no: int = 0
    silent: int = 0
    answered_at: datetime | None = None
    cases: list[datetime] = field(default_factory=list)  #: when each case taken ends

    def standing(self, now: datetime) -> Standing:
        """As the registry tells it."""
        for need, at in list(self.open.items()):
            if now - at > SILENT_AFTER:
                del self.open[need]
                self.silent += 1
        return Standing(
            asks_last_30_days=sum(now - at < timedelta(days=30) for at in self.asks[-12:]),
            last_asked_at=self.asks[-1] if self.asks else None,
            last_answered_at=self.answered_at,
            open_asks=len(self.open),
            open_placements=sum(end > now for end in self.cases),
            said_yes=self.yes,
            said_no=self.no,
            silent=self.silent,
        )


@dataclass(slots=True)
class Search:
    """A need under way."""

    plea: Plea
    asked: dict[int, StoredAsk] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)
    waves: int = 0
    placed_at: datetime | None = None
    lead: int | None = None
    around: list[tuple[Person, Taker]] | None = None


class _World:
    """The state of one run. Every draw depends on seed, need and person alone, so that policies meet the same luck."""

    def __init__(self, policy: Policy, rules: RuleSet, assumed: Assumptions, seed: int) -> None:
        self.policy, self.rules, self.assumed, self.seed = policy, rules, assumed, seed
        dice = random.Random(seed)
        self.takers: list[Taker] = invented_takers(assumed.takers, seed, START.date())
        self.people: list[Person] = people_behind(self.takers, assumed, START, dice)
        self.searches = {plea.number: Search(plea) for plea in pleas(self.takers, assumed, START, dice)}
        self.known = {person.id: Known() for person in self.people}
        self.order, self.events = count(), list[tuple[datetime, int, Callable[[datetime], None]]]()

    def run(self) -> None:
        for search in self.searches.values():
            self.at(search.plea.at, partial(self.post, search))
        while self.events:
            now, _, act = heapq.heappop(self.events)
            act(now)

    def at(self, when: datetime, act: Callable[[datetime], None]) -> None:
        heapq.heappush(self.events, (when, next(self.order), act))

    def post(self, search: Search, now: datetime) -> None:
        """Everybody sees the post on the list; the policy looks at it at once."""
        luck = random.Random(f"{self.seed}:{search.plea.number}:list")
        for person in self.people:
            drawn = luck.random()
            rate = person.answer_rate(now, self.assumed) * self.assumed.list_attention
            if drawn < rate and person.room > 0 and drawn < rate * willingness(person, search.plea.truth):
                at = answer_time(person, now, self.assumed, self.dice(search, person, "list"))
                self.at(at, partial(self.yes, search, person))
        self.look(search, now)

    def look(self, search: Search, now: datetime) -> None:
        if search.placed_at or now >= search.plea.ends:
            return
        if search.around is None:
            search.around = self.around(search.plea.read)
        candidates = [Candidate(id=p.id, taker=t, standing=self.known[p.id].standing(now)) for p, t in search.around]
        waiting = [ask for id, ask in search.asked.items() if id not in search.answered]
        plan = self.policy(
            Look(
                need=search.plea.read,
                candidates=candidates,
                asked=frozenset(search.asked),
                waiting=waiting,
                waves=search.waves,
                rules=self.rules,
                now=now,
                seed=self.seed * 100_003 + search.plea.number,
            )
        )
        search.waves += bool(plan.matches)
        for match in plan.matches:
            self.ask(search, match, now)
        if plan.next_at:
            self.at(plan.next_at, partial(self.look, search))

    def around(self, need: Need) -> list[tuple[Person, Taker]]:
        """Whom a store would offer: consenting, not tied to other states, sharing a kind of relief or nothing said of it."""
        relief, anything = {*need.relief, "removal_defense"}, "removal_defense" in need.relief
        return [
            (person, taker)
            for person, taker in zip(self.people, self.takers, strict=True)
            if taker.consent_at
            and (taker.remote is not False or taker.radius_miles or need.states & ({taker.state} | taker.service_states))
            and (anything or not taker.relief or not relief.isdisjoint(taker.relief))
        ]

    def ask(self, search: Search, match: Match, now: datetime) -> None:
        person, known = self.people[match.taker_id - 1], self.known[match.taker_id]
        search.asked[person.id] = _stored(search, match, now)
        known.asks.append(now)
        known.open[search.plea.number] = now
        dice = self.dice(search, person, "ask")
        rate = person.answer_rate(now, self.assumed)
        if dice.random() < self.assumed.spell_chance:
            person.idle_until = now + timedelta(days=dice.expovariate(1 / self.assumed.spell_days))
        if dice.random() < rate:
            at = answer_time(person, now, self.assumed, dice)
            willing = dice.random() < willingness(person, search.plea.truth)
            self.at(at, partial(self.answer, search, person, willing))

    def answer(self, search: Search, person: Person, willing: bool, now: datetime) -> None:
        known, open_ask = self.known[person.id], search.plea.number in self.known[person.id].open
        known.open.pop(search.plea.number, None)
        search.answered.add(person.id)
        known.answered_at = now
        known.silent -= not open_ask  # it was taken for silence, and comes after all
        if willing and person.room > 0:
            known.yes += 1
            self.yes(search, person, now)
        else:
            known.no += 1

    def yes(self, search: Search, person: Person, now: datetime) -> None:
        if search.placed_at or now >= search.plea.ends or person.room <= 0:
            return
        search.placed_at, search.lead = now, person.id
        person.room -= 1
        ends = now + timedelta(days=self.assumed.case_days)
        self.known[person.id].cases.append(ends)
        self.at(ends, partial(self.free, person))

    def free(self, person: Person, now: datetime) -> None:
        person.room += 1

    def dice(self, search: Search, person: Person, why: str) -> random.Random:
        return random.Random(f"{self.seed}:{search.plea.number}:{person.id}:{why}")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one policy: what came of each need, and the times at which each consenting taker was asked."""

    outcomes: tuple[Outcome, ...]
    asked_at: tuple[tuple[datetime, ...], ...]
    cases: tuple[int, ...]  #: taken by each consenting taker
    days: int


def simulate(policy: Policy, rules: RuleSet, assumed: Assumptions, seed: int) -> Run:
    """Run one policy through months of posts. The same seed gives every policy the same people, posts and luck."""
    world = _World(policy, rules, assumed, seed)
    world.run()
    consenting = [p for p, t in zip(world.people, world.takers, strict=True) if t.consent_at]
    return Run(
        outcomes=tuple(_outcome(search) for search in world.searches.values()),
        asked_at=tuple(tuple(world.known[p.id].asks) for p in consenting),
        cases=tuple(len(world.known[p.id].cases) for p in consenting),
        days=assumed.days,
    )


def _outcome(search: Search) -> Outcome:
    plea = search.plea
    minutes = (search.placed_at - plea.at).total_seconds() / 60 if search.placed_at else None
    return Outcome(
        state=min(plea.truth.states, default=""),
        minutes=minutes,
        allowed=(plea.ends - plea.at).total_seconds() / 60,
        asks=len(search.asked),
        lead=search.lead,
    )


def _stored(search: Search, match: Match, now: datetime) -> StoredAsk:
    return StoredAsk(
        id=0,
        need=search.plea.number,
        taker=match.taker_id,
        email=match.email,
        wave=search.waves,
        state=AskState.SENT,
        score=match.score,
        chance=match.chance,
        reasons=(),
        created_at=now,
        sent_at=now,
    )
