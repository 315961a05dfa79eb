"""The tables of the moderators' desk: who signs in, what is found by its words, what moderators keep."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from listbot.adapters.sql.columns import Id, Json, State
from listbot.adapters.sql.schema import Text, metadata, moment, number, refers, text
from listbot.domain.desk import Correction, Role
from listbot.domain.states import ProposalState

account = sa.Table(
    "account",
    metadata,
    sa.Column("email", Text, primary_key=True),
    sa.Column("role", State(Role), nullable=False),
    text("added_by"),
    moment("added_at"),
)

invitation = sa.Table(
    "invitation",
    metadata,
    sa.Column("hash", Text, primary_key=True),
    sa.Column("email", Text, nullable=False),
    moment("made_at"),
    moment("until"),
    moment("used_at", nullable=True),
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("hash", Text, primary_key=True),
    sa.Column("email", Text, nullable=False),
    moment("begun_at"),
    moment("seen_at"),
    moment("until"),
    moment("ended_at", nullable=True),
    sa.Index(None, "email"),
)

look = sa.Table(
    "look",
    metadata,
    sa.Column("kind", Text, nullable=False),
    sa.Column("row", Id, nullable=False),
    sa.Column("email", Text, nullable=False),
    moment("until"),
    sa.PrimaryKeyConstraint("kind", "row", "email"),
    sqlite_with_rowid=False,
)

taker_word = sa.Table(
    "taker_word",
    metadata,
    sa.Column("word", Text, nullable=False),
    refers("taker", "taker"),
    sa.PrimaryKeyConstraint("word", "taker"),
    sa.Index(None, "taker"),
    sqlite_with_rowid=False,
)

post_word = sa.Table(
    "post_word",
    metadata,
    sa.Column("word", Text, nullable=False),
    refers("post", "post"),
    sa.PrimaryKeyConstraint("word", "post"),
    sqlite_with_rowid=False,
)

need_reach = sa.Table(
    "need_reach",
    metadata,
    sa.Column("state", Text, nullable=False),
    sa.Column("relief", Text, nullable=False),
    refers("need", "need"),
    sa.PrimaryKeyConstraint("state", "relief", "need"),
    sa.Index(None, "relief", "need"),
    sa.Index(None, "need"),
    sqlite_with_rowid=False,
)

rule_draft = sa.Table(
    "rule_draft",
    metadata,
    number(),
    sa.Column("name", Text, nullable=False),
    sa.Column("author", Text, nullable=False),
    sa.Column("base", sa.Integer, nullable=False),
    moment("updated_at"),
    sa.Column("files", Json[Mapping[str, str]](Mapping[str, str]), nullable=False),
)

correction = sa.Table(
    "correction",
    metadata,
    number(),
    refers("post", "post"),
    moment("at"),
    sa.Column("right", sa.Boolean, nullable=False),
    sa.Column("correction", Json[Correction](Correction), nullable=False),
    sa.Index(None, "at"),
    sa.Index(None, "post"),
)

shelf = sa.Table(
    "shelf",
    metadata,
    sa.Column("kind", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("value", sa.LargeBinary, nullable=False),
    moment("at"),
    moment("until"),
    sa.PrimaryKeyConstraint("kind", "key"),
)

proposal = sa.Table(
    "proposal",
    metadata,
    sa.Column("post", Id, sa.ForeignKey("post.id"), primary_key=True, autoincrement=False),
    refers("taker", "taker"),
    sa.Column("slots", sa.Integer),
    sa.Column("paused_until", sa.Date),
    sa.Column("state", State(ProposalState), nullable=False),
    moment("asked_at"),
    moment("settled_at", nullable=True),
    text("settled_by"),
    sa.Index(None, "taker"),
    sa.Index(None, "state", "asked_at"),
)
