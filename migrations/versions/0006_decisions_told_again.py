"""Decisions told again: whom a look at a need chose, why, and everything it depended on."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('decision', sa.Column('chosen', sa.Text(), server_default='[]', nullable=False))
    op.add_column('decision', sa.Column('why', sa.Text(), server_default='', nullable=False))
    op.add_column('decision', sa.Column('seen', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
