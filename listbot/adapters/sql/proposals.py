"""Proposals of capacity, in SQL. See `ports.Proposals`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.registry import SqlRegistry
from listbot.adapters.sql.schema_desk import proposal as proposals
from listbot.adapters.sql.statements import found, log, upsert
from listbot.domain.errors import Refused
from listbot.domain.registry import Proposal, Taker
from listbot.domain.states import ProposalState, Refusal


class SqlProposals:
    """The proposals."""

    def __init__(self, database: Database, registry: SqlRegistry) -> None:
        self._db = database
        self._registry = registry

    async def propose(self, proposal: Proposal) -> None:
        """See `ports.Proposals`."""
        row = upsert(self._db, proposals).values(
            post=proposal.post,
            taker=proposal.taker,
            slots=proposal.slots,
            paused_until=proposal.until,
            state=proposal.state,
            asked_at=proposal.asked_at,
        )
        async with self._db.write() as connection:
            await connection.execute(row.on_conflict_do_nothing(index_elements=["post"]))

    async def proposal(self, post: int) -> Proposal | None:
        """See `ports.Proposals`."""
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(proposals).where(proposals.c.post == post))).first()
        return to_proposal(row) if row else None

    async def settle(
        self, post: int, state: ProposalState, who: str, now: datetime, *, entry: Taker | None = None, anew: bool = False
    ) -> None:
        """See `ports.Proposals`."""
        of_post = proposals.c.post == post
        where = of_post if anew else of_post & (proposals.c.state == ProposalState.ASKED)
        values = {"state": state, "settled_at": now, "settled_by": who}
        async with self._db.write() as connection:
            if (await connection.execute(sa.update(proposals).where(where).values(values))).rowcount == 0:
                row = (await connection.execute(sa.select(proposals).where(of_post))).first()
                known = to_proposal(found("proposal of post", post, row))
                raise Refused(Refusal.MOVE, f"this was {known.state} already by {known.settled_by}")
            await log(connection, now, who, "proposal", [post], str(state))
            if entry is not None:
                await self._registry.write(connection, [entry], who, now)


def to_proposal(row: sa.Row[Any]) -> Proposal:
    """A row of `proposal`."""
    return Proposal(
        post=row.post,
        taker=row.taker,
        slots=row.slots,
        until=row.paused_until,
        asked_at=row.asked_at,
        state=row.state,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
    )
