"""Who looks at what at this moment, known to every process."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row", ID, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "row", "email", name=op.f("pk_look")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
