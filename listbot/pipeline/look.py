"""Everybody considered for a need at one moment; and the needs of one post looked at together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listbot.domain.docket import problem, shared
from listbot.domain.eligibility import searched
from listbot.domain.matching import Exclusion, Match, Shortlist
from listbot.domain.registry import Candidate
from listbot.domain.shortlist import nearest_misses, shortlist
from listbot.domain.states import AnswerKind, AskState
from listbot.domain.threads import named
from listbot.domain.work import Queue, StoredAsk, StoredNeed, StoredPost
from listbot.pipeline.context import Context
from listbot.pipeline.correspondence import Desk

PROMISING = 200
"""How many of the most promising are considered first."""

WIDER = (PROMISING, 10 * PROMISING, None)
"""How many are considered, each where too few of those before are left; at last everybody who reaches the place."""

FEW = 20
"""With fewer worth an ask, more are considered."""


@dataclass(frozen=True, slots=True)
class Look:
    """A need beside everybody considered for it. `open_to` may be asked, best first; `earlier` are all asks about it so far."""

    need: StoredNeed
    candidates: Sequence[Candidate]
    earlier: Sequence[StoredAsk]
    asked: frozenset[int]  #: takers who were asked, or whom a moderator left out
    listed: Shortlist
    open_to: Sequence[Match]


async def look_at(desk: Desk, post: StoredPost, need: StoredNeed) -> Look:
    """Who may be asked about a need now: the most promising first, more where too few of them are left."""
    least = desk.context.rules().outreach.least_chance
    for limit in WIDER:
        look = await _look(desk, post, need, limit)
        if limit is None or len(look.candidates) < limit or sum(m.chance >= least for m in look.open_to) >= FEW:
            break
    return look


async def _look(desk: Desk, post: StoredPost, need: StoredNeed, limit: int | None) -> Look:
    context, now = desk.context, desk.now
    candidates = await context.registry.candidates(searched(need.need, context.rules()), now, limit)
    earlier = await context.cases.asks(need=need.id)
    asked = {a.taker for a in earlier if a.state is not AskState.WITHDRAWN} | await _left_out(context, need)
    listed = shortlist(need.need, post.post.author, candidates, context.rules(), now, already_asked=asked, seed=need.id)
    open_to = await _referred_first(context, need, listed.matches)
    return Look(need, candidates, earlier, frozenset(asked), listed, open_to)


def shared_out(desk: Desk, looks: Sequence[Look]) -> Mapping[int, Sequence[Match]]:
    """Who may be asked about each of these needs of one post, by need: whoever suits several is kept for one of them."""
    lists = {look.need.id: look.open_to for look in looks}
    if len(lists) < 2:
        return lists
    needs = {look.need.id: look.need.need for look in looks}
    return shared(lists, desk.context.assigner(problem(lists, needs, desk.context.rules(), desk.now)))


def misses(desk: Desk, post: StoredPost, look: Look) -> tuple[Exclusion, ...]:
    """Those who fit best and whom one limit alone keeps out."""
    return nearest_misses(
        look.need.need, post.post.author, look.candidates, desk.context.rules(), desk.now, already_asked=look.asked
    )


async def _left_out(context: Context, need: StoredNeed) -> set[int]:
    """Those whom a moderator left out."""
    changes = await context.cases.changes(Queue.NEED, need.id)
    return {int(str(c.detail["taker"])) for c in changes if c.what == "left somebody out"}


async def _referred_first(context: Context, need: StoredNeed, matches: Sequence[Match]) -> Sequence[Match]:
    """Whoever was named by somebody asked ("not me, ask X") comes first, if X may be asked at all."""
    answers = await context.cases.answers(need=need.id)
    names = [a.reading.refer_to for a in answers if a.kind is AnswerKind.REFER and a.reading and a.reading.refer_to]
    if not names:
        return matches
    first = [m for m in matches if any(named(m.email, m.name, who) for who in names)]
    return [*first, *(m for m in matches if m not in first)]
