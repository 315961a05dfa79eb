"""What every process shows: things kept for a while, how the mail sources are doing, proposals of capacity."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "shelf",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_shelf")),
    )
    op.create_table(
        "source_beat",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_beat")),
    )
    op.create_table(
        "proposal",
        sa.Column("post", ID, nullable=False),
        sa.Column("taker", ID, nullable=False),
        sa.Column("slots", sa.Integer(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["post"], ["post.id"], name=op.f("fk_proposal_post")),
        sa.ForeignKeyConstraint(["taker"], ["taker.id"], name=op.f("fk_proposal_taker")),
        sa.PrimaryKeyConstraint("post", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_taker"), "proposal", ["taker"])
    op.create_index(op.f("ix_proposal_state_asked_at"), "proposal", ["state", "asked_at"])


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
