"""The whole store in SQL."""

from __future__ import annotations

from listbot.adapters.sql.cases import SqlCases
from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.journal import SqlJournal
from listbot.adapters.sql.outbox import SqlOutbox
from listbot.adapters.sql.proposals import SqlProposals
from listbot.adapters.sql.registry import SqlRegistry
from listbot.adapters.sql.rule_versions import SqlRuleVersions
from listbot.adapters.sql.work import SqlWork


class SqlStore:
    """The ports over one database. `key` as for `SqlRegistry`."""

    def __init__(self, database: Database, key: bytes) -> None:
        self.journal = SqlJournal(database)
        self.work = SqlWork(database)
        self.cases = SqlCases(database)
        self.registry = SqlRegistry(database, key)
        self.proposals = SqlProposals(database, self.registry)
        self.outbox = SqlOutbox(database)
        self.rules = SqlRuleVersions(database)
