"""The store in SQL, on SQLite or PostgreSQL: one class a port over one `Database`."""

from listbot.adapters.sql.cases import SqlCases
from listbot.adapters.sql.drafts import SqlDrafts
from listbot.adapters.sql.engine import Database
from listbot.adapters.sql.insight import SqlInsight
from listbot.adapters.sql.journal import SqlJournal
from listbot.adapters.sql.migrate import upgrade, version
from listbot.adapters.sql.outbox import SqlOutbox
from listbot.adapters.sql.proposals import SqlProposals
from listbot.adapters.sql.registry import SqlRegistry
from listbot.adapters.sql.retention import SqlRetention
from listbot.adapters.sql.rule_versions import SqlRuleVersions
from listbot.adapters.sql.sessions import SqlSessions
from listbot.adapters.sql.shelf import SqlShelf
from listbot.adapters.sql.store import SqlStore
from listbot.adapters.sql.work import SqlWork

__all__ = [
    "Database",
    "SqlCases",
    "SqlDrafts",
    "SqlInsight",
    "SqlJournal",
    "SqlOutbox",
    "SqlProposals",
    "SqlRegistry",
    "SqlRetention",
    "SqlRuleVersions",
    "SqlSessions",
    "SqlShelf",
    "SqlStore",
    "SqlWork",
    "upgrade",
    "version",
]
