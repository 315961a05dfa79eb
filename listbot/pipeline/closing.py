"""A need comes to its end: those who still wait to hear of it are told in one line."""

from __future__ import annotations

from collections.abc import Sequence

from listbot.domain.corrections import Correction
from listbot.domain.follow_up import to_be_told
from listbot.domain.states import NEED_MOVES, NeedState
from listbot.domain.work import Letter, StoredNeed, StoredPost
from listbot.pipeline.context import Context
from listbot.pipeline.correspondence import Desk


async def farewells(desk: Desk, post: StoredPost, need: StoredNeed, lead: int | None) -> list[Letter]:
    """A line to those who were asked lately, said nothing or were willing, and do not take it."""
    context = desk.context
    asks = await context.cases.asks(need=need.id)
    told = await context.outbox.told(need.id)
    others = to_be_told(asks, told, lead, context.rules().outreach.follow_up, desk.now)
    return await desk.letters(*(desk.word("placed", post, need, asked) for asked in others))


async def end(context: Context, need: StoredNeed, state: NeedState, who: str, why: str) -> bool:
    """Place or close a need, if it can still be; whether it was."""
    if state not in NEED_MOVES[need.state]:
        return False
    desk = Desk(context, context.clock.now())
    letters: list[Letter] = []
    if state is NeedState.PLACED:
        letters = await farewells(desk, await context.cases.post(need.post), need, need.lead)
    await context.cases.close_need(need.id, state, who, why, letters, desk.now)
    return True


async def end_all(context: Context, needs: Sequence[StoredNeed], correction: Correction, who: str) -> int:
    """Bring needs to the end that somebody's words name; how many came to it."""
    assert correction.ends is not None
    return sum([await end(context, need, correction.ends, who, correction.because) for need in needs])
