"""The moderators' desk: accounts and sessions, words to look for, needs by state and relief, drafts, corrections."""

import json
import re
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('account',
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('added_by', sa.Text(), server_default='', nullable=False),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.PrimaryKeyConstraint('email', name=op.f('pk_account'))
    )
    op.create_table('invitation',
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=False),
    sa.Column('used_at', MOMENT, nullable=True),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_invitation'))
    )
    op.create_table('session',
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('begun_at', MOMENT, nullable=False),
    sa.Column('seen_at', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_session'))
    )
    op.create_index(op.f('ix_session_email'), 'session', ['email'], unique=False)
    for of in ('taker', 'post'):
        op.create_table(f'{of}_word',
        sa.Column('word', sa.Text(), nullable=False),
        sa.Column(of, ID, nullable=False),
        sa.ForeignKeyConstraint([of], [f'{of}.id'], name=op.f(f'fk_{of}_word_{of}')),
        sa.PrimaryKeyConstraint('word', of, name=op.f(f'pk_{of}_word')),
        sqlite_with_rowid=False
        )
    op.create_index(op.f('ix_taker_word_taker'), 'taker_word', ['taker'], unique=False)
    op.create_table('need_reach',
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('relief', sa.Text(), nullable=False),
    sa.Column('need', ID, nullable=False),
    sa.ForeignKeyConstraint(['need'], ['need.id'], name=op.f('fk_need_reach_need')),
    sa.PrimaryKeyConstraint('state', 'relief', 'need', name=op.f('pk_need_reach')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_need_reach_relief_need'), 'need_reach', ['relief', 'need'], unique=False)
    op.create_index(op.f('ix_need_reach_need'), 'need_reach', ['need'], unique=False)
    op.create_table('rule_draft',
    sa.Column('id', ID, autoincrement=True, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('updated_at', MOMENT, nullable=False),
    sa.Column('files', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_draft'))
    )
    op.create_table('correction',
    sa.Column('id', ID, autoincrement=True, nullable=False),
    sa.Column('post', ID, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('right', sa.Boolean(), nullable=False),
    sa.Column('correction', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['post'], ['post.id'], name=op.f('fk_correction_post')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    op.create_index(op.f('ix_correction_at'), 'correction', ['at'], unique=False)
    op.create_index(op.f('ix_correction_post'), 'correction', ['post'], unique=False)
    op.add_column('need', sa.Column('deadline', sa.Date(), nullable=True))
    op.add_column('need', sa.Column('detained', sa.Boolean(), nullable=True))
    op.add_column('need', sa.Column('languages', sa.Text(), server_default='', nullable=False))
    op.create_index(op.f('ix_need_state_deadline'), 'need', ['state', 'deadline'], unique=False)
    op.create_index(op.f('ix_need_opened_at'), 'need', ['opened_at'], unique=False)
    op.create_index(op.f('ix_ask_created_at'), 'ask', ['created_at'], unique=False)
    op.create_index(op.f('ix_post_posted_at'), 'post', ['posted_at'], unique=False)
    op.create_index(op.f('ix_change_at'), 'change', ['at'], unique=False)
    _fill()


def _fill() -> None:
    """What earlier rows are found by."""
    connection = op.get_bind()
    for id, email, name, office, city in connection.exec_driver_sql(
        "SELECT id, email, name, organization, city FROM taker WHERE forgotten_at IS NULL"
    ).fetchall():
        _words(connection, 'taker', id, f"{email} {name} {office} {city}")
    for id, subject, email, name in connection.exec_driver_sql(
        "SELECT id, subject, author_email, author_name FROM post"
    ).fetchall():
        _words(connection, 'post', id, f"{subject} {email} {name}")
    reach = sa.text("INSERT INTO need_reach (state, relief, need) VALUES (:state, :relief, :need)")
    facts = sa.text("UPDATE need SET deadline = :deadline, detained = :detained, languages = :languages WHERE id = :id").bindparams(
        sa.bindparam('deadline', type_=sa.Date()), sa.bindparam('detained', type_=sa.Boolean())
    )
    for id, kept in connection.exec_driver_sql("SELECT id, need FROM need").fetchall():
        need = json.loads(kept)
        states = sorted({place['state'] for place in need['places'] if place['state']}) or ['']
        for state in states:
            for relief in sorted(set(need['relief'])) or ['']:
                connection.execute(reach, {'state': state, 'relief': relief, 'need': id})
        day = date.fromisoformat(need['deadline']['date']) if need['deadline'] else None
        words = ';'.join(sorted(need['languages']))
        connection.execute(facts, {'deadline': day, 'detained': need['detained'], 'languages': words, 'id': id})


def _words(connection: sa.Connection, of: str, id: int, text: str) -> None:
    insert = sa.text(f"INSERT INTO {of}_word (word, {of}) VALUES (:word, :id)")
    for word in {word[:24] for word in re.findall(r"\w+", text.replace("_", " ").casefold())}:
        connection.execute(insert, {'word': word, 'id': id})


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
