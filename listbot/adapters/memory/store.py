"""The whole store in memory: for tests, and for work that leaves nothing behind."""

from __future__ import annotations

from listbot.adapters.memory.cases import MemoryCases
from listbot.adapters.memory.outbox import MemoryOutbox
from listbot.adapters.memory.proposals import MemoryProposals
from listbot.adapters.memory.registry import MemoryRegistry
from listbot.adapters.memory.tables import Tables
from listbot.adapters.memory.work import MemoryJournal, MemoryRuleVersions, MemoryWork


class MemoryStore:
    """The ports over one set of tables, with the meaning of the SQL ones. `key` as for `SqlRegistry`."""

    def __init__(self, key: bytes = b"") -> None:
        tables = Tables()
        self.journal = MemoryJournal(tables)
        self.work = MemoryWork(tables)
        self.cases = MemoryCases(tables)
        self.registry = MemoryRegistry(tables, key)
        self.proposals = MemoryProposals(tables, self.registry)
        self.outbox = MemoryOutbox(tables)
        self.rules = MemoryRuleVersions(tables)
