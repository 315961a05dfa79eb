"""Proposals in memory. See `ports.Proposals`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from listbot.adapters.memory.registry import MemoryRegistry
from listbot.adapters.memory.tables import Tables
from listbot.domain.errors import Refused, WorkFailed
from listbot.domain.registry import Proposal, Taker
from listbot.domain.states import ProposalState, Refusal


class MemoryProposals:
    """The proposals."""

    def __init__(self, tables: Tables, registry: MemoryRegistry) -> None:
        self._tables = tables
        self._registry = registry
        self._proposals: dict[int, Proposal] = {}

    async def propose(self, proposal: Proposal) -> None:
        """See `ports.Proposals`."""
        self._proposals.setdefault(proposal.post, proposal)

    async def proposal(self, post: int) -> Proposal | None:
        """See `ports.Proposals`."""
        return self._proposals.get(post)

    async def settle(
        self, post: int, state: ProposalState, who: str, now: datetime, *, entry: Taker | None = None, anew: bool = False
    ) -> None:
        """See `ports.Proposals`."""
        known = self._proposals.get(post)
        if known is None:
            raise WorkFailed(f"there is no proposal of post {post}")
        if known.state is not ProposalState.ASKED and not anew:
            raise Refused(Refusal.MOVE, f"this was {known.state} already by {known.settled_by}")
        self._proposals[post] = replace(known, state=state, settled_at=now, settled_by=who)
        self._tables.log(now, who, "proposal", [post], str(state))
        if entry is not None:
            await self._registry.put([entry], who, now)
