"""The conversation: chores, and what brakes, digests and copies of answers are found by."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('chore',
    sa.Column('id', ID, autoincrement=True, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('next_at', MOMENT, nullable=True),
    sa.Column('lease_until', MOMENT, nullable=True),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('claims', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('aside_at', MOMENT, nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chore')),
    sa.UniqueConstraint('name', name=op.f('uq_chore_name'))
    )
    for column, name in (('next_at', 'due'), ('aside_at', 'aside')):
        some = sa.text(f'{column} IS NOT NULL')
        op.create_index(f'ix_chore_{name}', 'chore', [column], unique=False, sqlite_where=some, postgresql_where=some)
    op.create_index(op.f('ix_answer_message_id'), 'answer', ['message_id'], unique=False)
    op.create_index(op.f('ix_answer_state_id'), 'answer', ['state', 'id'], unique=False)
    op.create_index(op.f('ix_mail_recipient_settled_at'), 'mail', ['recipient', 'settled_at'], unique=False)
    op.create_index(op.f('ix_mail_settled_at'), 'mail', ['settled_at'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
