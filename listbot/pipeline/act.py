"""One act: claim a row, do its step, and when that fails give the row back with a growing pause."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from listbot.domain.errors import LostLease, Never, Refused
from listbot.domain.states import PostState
from listbot.domain.work import Lease, Queue
from listbot.pipeline import answer, ask, chores, intake, read
from listbot.pipeline.context import LEASE, Context

log = logging.getLogger(__name__)

Act = Callable[[Queue, int], Awaitable[None]]


async def _post(context: Context, lease: Lease) -> None:
    stored = await context.cases.post(lease.id)
    step = ask.first_waves if stored.state is PostState.READ else read.read
    await step(context, lease)


STEPS: dict[Queue, Callable[[Context, Lease], Awaitable[None]]] = {
    Queue.MESSAGE: intake.sort,
    Queue.POST: _post,
    Queue.NEED: ask.next_look,
    Queue.ANSWER: answer.answer,
    Queue.CHORE: chores.do,
}
"""What is done with a due row of each queue; letters go out in batches (`pipeline.deliver`)."""


def actor(context: Context, wake_delivery: Callable[[], None]) -> Act:
    """The function that a dispatcher calls with each due row. It never raises but when cancelled.

    Letters are not acted on one by one: `wake_delivery` has the outbox looked at.
    """

    async def act(queue: Queue, id: int) -> None:
        if queue is Queue.MAIL:
            wake_delivery()
            return
        lease = await context.work.claim(queue, id, context.clock.now(), LEASE)
        if lease is None:
            return
        try:
            await STEPS[queue](context, lease)
        except LostLease:
            log.info("%s %s: taken over by another worker", queue, id)
        except Never as error:
            log.warning("%s %s is set aside: %s", queue, id, type(error).__name__)
            await context.work.set_aside(lease, str(error), context.clock.now())
        except Exception as error:
            # Whatever went wrong with one row must not stop the others; a row that fails five times is set aside and seen.
            log.warning("%s %s: %s; tried again later", queue, id, describe(error))
            pause = timedelta(seconds=1 if isinstance(error, Refused) else min(600, 5 * 4 ** min(lease.fence, 4)))
            with suppress(LostLease):  # its result was written before something else failed
                await context.work.later(lease, context.clock.now() + pause, describe(error))

    return act


def describe(error: BaseException) -> str:
    """An error without the words of a post: its type and place, safe for a log."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f" at {place.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{place.tb_lineno}" if place else ""
    return f"{type(error).__name__}{where}"
