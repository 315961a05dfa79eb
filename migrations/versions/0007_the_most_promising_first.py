"""Takers are found with what they are worth: `upgrade` of the program writes anew where each is found."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.drop_table("taker_reach")
    op.create_table(
        "taker_reach",
        sa.Column("spot", sa.Text(), nullable=False),
        sa.Column("relief", sa.Text(), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("taker", ID, nullable=False),
        sa.Column("traits", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["taker"], ["taker.id"], name=op.f("fk_taker_reach_taker")),
        sa.PrimaryKeyConstraint("spot", "relief", "worth", "taker", name=op.f("pk_taker_reach")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_taker_reach_taker_relief"), "taker_reach", ["taker", "relief"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
