"""The tables. What must never happen is refused by constraints here and by triggers in `migrations/`.

Durable work (message, post, need, answer, mail) carries the same columns in each table: see `work_columns`.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from listbot.adapters.sql.columns import Id, Json, Levels, Moment, Packed, State, Words
from listbot.domain.health import SourceStatus
from listbot.domain.mail import Channel
from listbot.domain.matching import Shortlist
from listbot.domain.reading import Need, Reading
from listbot.domain.record import Seen
from listbot.domain.registry import TakerKind
from listbot.domain.states import AnswerKind, AnswerState, AskState, MailState, MessageState, NeedState, PostState
from listbot.domain.work import AnswerReading, Queue, SentLetter

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Text = sa.Text


def text(name: str) -> sa.Column[str]:
    """Words that may be empty but are never missing."""
    return sa.Column(name, Text, nullable=False, server_default="")


def count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, Moment, nullable=nullable)


def refers(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, Id, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def number() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True, autoincrement=True)


def work_columns() -> tuple[sa.Column[object], ...]:
    """What makes a row durable work. `next_at` is when somebody may next claim it: the lease's end while it is claimed."""
    return (
        moment("next_at", nullable=True),
        moment("lease_until", nullable=True),
        count("tries"),  # the fence: one more with every claim, and with every change that outdates one
        count("claims"),  # claims since the last result
        text("error"),
        moment("aside_at", nullable=True),
    )  # type: ignore[return-value]


def work_indexes(table: str) -> tuple[sa.Index, ...]:
    """The rows that are due or set aside: few, however long the table grows."""
    due, aside = sa.text("next_at IS NOT NULL"), sa.text("aside_at IS NOT NULL")
    return (
        sa.Index(f"ix_{table}_due", "next_at", sqlite_where=due, postgresql_where=due),
        sa.Index(f"ix_{table}_aside", "aside_at", sqlite_where=aside, postgresql_where=aside),
    )


cursor = sa.Table(
    "cursor",
    metadata,
    sa.Column("source", Text, primary_key=True),
    sa.Column("uidvalidity", sa.BigInteger, nullable=False),
    sa.Column("uid", sa.BigInteger, nullable=False),
    moment("at"),
)

source_beat = sa.Table(
    "source_beat",
    metadata,
    sa.Column("source", Text, primary_key=True),
    moment("at"),
    sa.Column("status", Json[SourceStatus](SourceStatus), nullable=False),
)

message = sa.Table(
    "message",
    metadata,
    number(),
    sa.Column("source", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("raw", sa.LargeBinary, nullable=False),
    moment("received_at"),
    text("recipient"),
    sa.Column("uidvalidity", sa.BigInteger),
    sa.Column("uid", sa.BigInteger),
    moment("kept_at"),
    sa.Column("state", State(MessageState), nullable=False),
    text("why"),
    *work_columns(),
    sa.UniqueConstraint("source", "key"),
    sa.Index(None, "source", "uidvalidity", "uid"),
    *work_indexes("message"),
)

post = sa.Table(
    "post",
    metadata,
    number(),
    refers("message", "message"),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("channel", State(Channel), nullable=False),
    sa.Column("list_name", Text, nullable=False),
    sa.Column("message_id", Text, nullable=False),
    sa.Column("references", Json[tuple[str, ...]](tuple[str, ...]), nullable=False),
    sa.Column("author_email", Text, nullable=False),
    text("author_name"),
    text("subject"),
    moment("posted_at"),
    text("content_key"),
    sa.Column("warnings", Json[tuple[str, ...]](tuple[str, ...]), nullable=False),
    text("reason"),
    moment("kept_at"),
    sa.Column("state", State(PostState), nullable=False),
    sa.Column("reading", Json[Reading](Reading)),
    text("hold"),
    text("released_by"),
    *work_columns(),
    sa.UniqueConstraint("list_name", "message_id"),
    sa.Index(None, "message_id"),
    sa.Index(None, "content_key", "kept_at"),
    sa.Index(None, "posted_at"),
    sa.Index(None, "message"),
    sa.Index(None, "state", "id"),
    *work_indexes("post"),
)

taker = sa.Table(
    "taker",
    metadata,
    number(),
    sa.Column("email", Text, nullable=False, unique=True),
    text("name"),
    sa.Column("kind", State(TakerKind), nullable=False),
    text("organization"),
    text("cohort"),
    text("city"),
    text("state"),
    text("zip"),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("bar_states", Words, nullable=False),
    sa.Column("service_states", Words, nullable=False),
    sa.Column("radius_miles", sa.Integer),
    sa.Column("remote", sa.Boolean),
    sa.Column("relief", Levels, nullable=False),
    sa.Column("languages", Words, nullable=False),
    sa.Column("detained", sa.Boolean),
    sa.Column("minors", sa.Boolean),
    sa.Column("scopes", Words, nullable=False),
    sa.Column("open_slots", sa.Integer),
    sa.Column("paused_until", sa.Date),
    sa.Column("max_asks_per_month", sa.Integer),
    sa.Column("funding_limits", Words, nullable=False),
    sa.Column("consent_at", sa.Date),
    moment("capacity_at", nullable=True),
    moment("opted_out_at", nullable=True),
    moment("bounced_at", nullable=True),
    moment("forgotten_at", nullable=True),
    sa.Index(None, "organization"),
    sa.Index(None, "lat", "lon", "radius_miles"),
)

taker_reach = sa.Table(  # see `listbot.domain.promise`: read from its end, the most worth first
    "taker_reach",
    metadata,
    sa.Column("spot", Text, primary_key=True),
    sa.Column("relief", Text, primary_key=True),
    sa.Column("worth", sa.Integer, primary_key=True),
    sa.Column("taker", Id, sa.ForeignKey("taker.id"), primary_key=True),
    sa.Column("traits", Text, nullable=False),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Index(None, "taker", "relief"),
    sqlite_with_rowid=False,
)

organization = sa.Table(
    "organization",
    metadata,
    sa.Column("name", Text, primary_key=True),
    sa.Column("paused_until", sa.Date),
    sa.Column("funding_limits", Words, nullable=False),
    sa.Column("open_slots", sa.Integer),
)

forgotten = sa.Table(
    "forgotten",
    metadata,
    sa.Column("hash", Text, primary_key=True),
    moment("at"),
)

letters_in = sa.Table(
    "letters_in",
    metadata,
    sa.Column("email", Text, primary_key=True),
    sa.Column("language", Text, nullable=False),
    moment("at"),
)

need = sa.Table(
    "need",
    metadata,
    number(),
    refers("post", "post"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("need", Json[Need](Need), nullable=False),
    sa.Column("state", State(NeedState), nullable=False),
    count("wave"),
    moment("opened_at"),
    refers("lead", "taker", nullable=True),
    sa.Column("deadline", sa.Date),  # this and the next two repeat what `need` says, to be looked for
    sa.Column("detained", sa.Boolean),
    sa.Column("languages", Words, nullable=False, server_default=""),
    *work_columns(),
    sa.UniqueConstraint("post", "number"),
    sa.Index(None, "lead", "state"),
    sa.Index(None, "state", "id"),
    sa.Index(None, "state", "deadline"),
    sa.Index(None, "opened_at"),
    *work_indexes("need"),
)

decision = sa.Table(
    "decision",
    metadata,
    number(),
    refers("need", "need"),
    sa.Column("wave", sa.Integer, nullable=False),
    moment("at"),
    sa.Column("rules_version", sa.Integer, nullable=False),
    sa.Column("shortlist", Json[Shortlist](Shortlist), nullable=False),
    sa.Column("chosen", Json[tuple[int, ...]](tuple[int, ...]), nullable=False, server_default="[]"),
    text("why"),
    sa.Column("seen", Packed[Seen](Seen)),
    sa.Index(None, "need"),
)

_LEFT = sa.text("state <> 'withdrawn'")

ask = sa.Table(
    "ask",
    metadata,
    number(),
    refers("need", "need"),
    refers("taker", "taker"),
    sa.Column("email", Text, nullable=False),
    sa.Column("wave", sa.Integer, nullable=False),
    sa.Column("state", State(AskState), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("chance", sa.Float, nullable=False),
    sa.Column("reasons", Json[tuple[str, ...]](tuple[str, ...]), nullable=False),
    moment("created_at"),
    moment("sent_at", nullable=True),
    moment("answered_at", nullable=True),
    sa.Column("answer", State(AnswerKind)),
    sa.Index("uq_ask_need_taker", "need", "taker", unique=True, sqlite_where=_LEFT, postgresql_where=_LEFT),
    sa.Index(None, "taker", "created_at"),
    sa.Index(None, "created_at"),
    sa.Index(None, "need", "state"),
)

answer = sa.Table(
    "answer",
    metadata,
    number(),
    sa.Column("message", Id, sa.ForeignKey("message.id"), nullable=False, unique=True),
    sa.Column("message_id", Text, nullable=False),
    sa.Column("author_email", Text, nullable=False),
    text("author_name"),
    text("subject"),
    moment("posted_at"),
    sa.Column("answers", Json[SentLetter](SentLetter)),
    refers("ask", "ask", nullable=True),
    sa.Column("trusted", sa.Boolean, nullable=False),
    sa.Column("state", State(AnswerState), nullable=False),
    sa.Column("kind", State(AnswerKind)),
    sa.Column("reading", Json[AnswerReading](AnswerReading)),
    text("hold"),
    *work_columns(),
    sa.Index(None, "ask"),
    sa.Index(None, "message_id"),
    sa.Index(None, "state", "id"),
    *work_indexes("answer"),
)

_TOKEN = sa.text("token <> ''")

mail = sa.Table(
    "mail",
    metadata,
    number(),
    sa.Column("key", Text, nullable=False, unique=True),
    sa.Column("kind", Text, nullable=False),
    sa.Column("sender", Text, nullable=False),
    sa.Column("recipient", Text, nullable=False),
    sa.Column("message_id", Text, nullable=False),
    text("token"),
    sa.Column("raw", sa.LargeBinary, nullable=False),
    refers("post", "post", nullable=True),
    refers("need", "need", nullable=True),
    refers("ask", "ask", nullable=True),
    sa.Column("state", State(MailState), nullable=False),
    text("reply"),
    count("attempts"),
    moment("created_at"),
    moment("settled_at", nullable=True),
    *work_columns(),
    sa.CheckConstraint("kind <> 'ask' OR ask IS NOT NULL", name="ask_has_its_row"),
    sa.Index(None, "need"),
    sa.Index(None, "post"),
    sa.Index(None, "ask"),
    sa.Index(None, "state", "id"),
    sa.Index("ix_mail_token", "token", sqlite_where=_TOKEN, postgresql_where=_TOKEN),
    sa.Index(None, "message_id"),
    sa.Index(None, "recipient", "settled_at"),
    sa.Index(None, "settled_at"),
    *work_indexes("mail"),
)

chore = sa.Table(
    "chore",
    metadata,
    number(),
    sa.Column("name", Text, nullable=False, unique=True),
    *work_columns(),
    *work_indexes("chore"),
)

change = sa.Table(
    "change",
    metadata,
    number(),
    moment("at"),
    sa.Column("who", Text, nullable=False),
    sa.Column("table", Text, nullable=False),
    sa.Column("row", Id, nullable=False),
    sa.Column("what", Text, nullable=False),
    text("why"),
    sa.Column("detail", Json[Mapping[str, object]](Mapping[str, object]), nullable=False),
    sa.Index(None, "table", "row"),
    sa.Index(None, "at"),
)

_IN_FORCE = sa.text("in_force")

rule_version = sa.Table(
    "rule_version",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    moment("created_at"),
    sa.Column("author", Text, nullable=False),
    sa.Column("files", Json[Mapping[str, str]](Mapping[str, str]), nullable=False),
    text("difference"),
    sa.Column("in_force", sa.Boolean, nullable=False),
    sa.Index("uq_rule_version_in_force", "in_force", unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE),
)

WORK: Mapping[Queue, sa.Table] = {
    Queue.MESSAGE: message,
    Queue.POST: post,
    Queue.NEED: need,
    Queue.ANSWER: answer,
    Queue.MAIL: mail,
    Queue.CHORE: chore,
}
"""The table of each queue."""
