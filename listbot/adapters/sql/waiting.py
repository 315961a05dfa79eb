"""What waits for somebody's word, as lists: answers, letters, offers of room. See `office.Insight`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.paging import Condition, page
from listbot.adapters.sql.proposals import to_proposal
from listbot.adapters.sql.registry import to_taker
from listbot.adapters.sql.schema import answer, mail, post, taker
from listbot.adapters.sql.schema_desk import proposal
from listbot.adapters.sql.standing import standings
from listbot.domain.desk import AnswerRow, MailRow, Paged, ProposalRow
from listbot.domain.registry import PATIENCE, Candidate, Proposal, outdated
from listbot.domain.states import AnswerState, MailState, ProposalState


class SqlWaiting:
    """The part of `office.Insight` that lists them."""

    _db: Database

    async def answers(self, state: AnswerState | None, limit: int, offset: int, *, newest_first: bool) -> Paged[AnswerRow]:
        """See `office.Insight`."""
        where: Condition = sa.true() if state is None else answer.c.state == state
        async with self._db.read() as connection:
            return await answer_rows(connection, where, answer.c.id.desc() if newest_first else answer.c.id, limit, offset)

    async def mail(self, states: Sequence[MailState], limit: int, offset: int, *, oldest_first: bool) -> Paged[MailRow]:
        """See `office.Insight`."""
        where: Condition = mail.c.state.in_(states) if states else sa.true()
        async with self._db.read() as connection:
            return await mail_rows(connection, where, mail.c.id if oldest_first else mail.c.id.desc(), limit, offset)

    async def proposals(self, state: ProposalState | None, now: datetime, limit: int, offset: int) -> Paged[ProposalRow]:
        """See `office.Insight`."""
        late = proposal.c.asked_at < now - PATIENCE
        asked = proposal.c.state == ProposalState.ASKED
        kinds = {None: sa.true(), ProposalState.ASKED: asked & ~late, ProposalState.EXPIRED: asked & late}
        where: Condition = sa.exists().where(taker.c.id == proposal.c.taker, taker.c.forgotten_at.is_(None))
        where &= kinds.get(state, proposal.c.state == state)
        async with self._db.read() as connection:
            rows, total, more = await page(connection, sa.select(proposal), where, [proposal.c.post.desc()], limit, offset)
            written = sa.select(post.c.id, post.c.reading, post.c.list_name).where(post.c.id.in_([row.post for row in rows]))
            posts = {row.id: row for row in await connection.execute(written)}
            people = await connection.execute(sa.select(taker).where(taker.c.id.in_({row.taker for row in rows})))
            takers = {row.id: row for row in people}
            known = await standings(connection, list(takers.values()), now)
        entries = {id: Candidate(id=id, taker=to_taker(row), standing=known[id]) for id, row in takers.items()}
        found = [_proposal_row(to_proposal(row), posts[row.post], entries[row.taker], now) for row in rows]
        return Paged(tuple(found), total, more)


async def answer_rows(connection: AsyncConnection, where: Condition, order: Any, limit: int, offset: int = 0) -> Paged[AnswerRow]:
    rows, total, more = await page(connection, sa.select(answer), where, [order], limit, offset)
    return Paged(
        tuple(
            AnswerRow(
                id=row.id,
                state=row.state,
                author=row.author_name or row.author_email,
                subject=row.subject,
                posted_at=row.posted_at,
                kind=row.kind,
                hold=row.hold,
                need=row.answers.need if row.answers else None,
                words=row.reading.words if row.reading else "",
            )
            for row in rows
        ),
        total,
        more,
    )


async def mail_rows(connection: AsyncConnection, where: Condition, order: Any, limit: int, offset: int = 0) -> Paged[MailRow]:
    columns = [mail.c[name] for name in MailRow.__dataclass_fields__]
    rows, total, more = await page(connection, sa.select(*columns), where, [order], limit, offset)
    return Paged(tuple(MailRow(**row._mapping) for row in rows), total, more)


def _proposal_row(one: Proposal, written: Any, entry: Candidate, now: datetime) -> ProposalRow:
    return ProposalRow(
        proposal=one,
        state=one.state_at(now),
        taker=entry.taker,
        words=written.reading.redacted_text if written.reading else "",
        list_name=written.list_name,
        against=outdated(one, entry),
    )
