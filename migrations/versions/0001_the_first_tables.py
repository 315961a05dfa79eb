"""The first tables, and the triggers that refuse what must never happen."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('table', sa.Text(), nullable=False),
    sa.Column('row', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), server_default='', nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change'))
    )
    op.create_index(op.f('ix_change_table_row'), 'change', ['table', 'row'], unique=False)
    op.create_table('cursor',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('uidvalidity', sa.BigInteger(), nullable=False),
    sa.Column('uid', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('source', name=op.f('pk_cursor'))
    )
    op.create_table('forgotten',
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_forgotten'))
    )
    op.create_table('message',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('raw', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recipient', sa.Text(), server_default='', nullable=False),
    sa.Column('uidvalidity', sa.BigInteger(), nullable=True),
    sa.Column('uid', sa.BigInteger(), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), server_default='', nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('claims', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('source', 'key', name=op.f('uq_message_source_key'))
    )
    op.create_index('ix_message_aside', 'message', ['aside_at'], unique=False, sqlite_where=sa.text('aside_at IS NOT NULL'), postgresql_where=sa.text('aside_at IS NOT NULL'))
    op.create_index('ix_message_due', 'message', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_index(op.f('ix_message_source_uidvalidity_uid'), 'message', ['source', 'uidvalidity', 'uid'], unique=False)
    op.create_table('organization',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('funding_limits', sa.Text(), nullable=False),
    sa.Column('open_slots', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_organization'))
    )
    op.create_table('rule_version',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('files', sa.Text(), nullable=False),
    sa.Column('difference', sa.Text(), server_default='', nullable=False),
    sa.Column('in_force', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_rule_version'))
    )
    op.create_index('uq_rule_version_in_force', 'rule_version', ['in_force'], unique=True, sqlite_where=sa.text('in_force'), postgresql_where=sa.text('in_force'))
    op.create_table('taker',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('organization', sa.Text(), server_default='', nullable=False),
    sa.Column('cohort', sa.Text(), server_default='', nullable=False),
    sa.Column('city', sa.Text(), server_default='', nullable=False),
    sa.Column('state', sa.Text(), server_default='', nullable=False),
    sa.Column('zip', sa.Text(), server_default='', nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('bar_states', sa.Text(), nullable=False),
    sa.Column('service_states', sa.Text(), nullable=False),
    sa.Column('radius_miles', sa.Integer(), nullable=True),
    sa.Column('remote', sa.Boolean(), nullable=True),
    sa.Column('relief', sa.Text(), nullable=False),
    sa.Column('languages', sa.Text(), nullable=False),
    sa.Column('detained', sa.Boolean(), nullable=True),
    sa.Column('minors', sa.Boolean(), nullable=True),
    sa.Column('scopes', sa.Text(), nullable=False),
    sa.Column('open_slots', sa.Integer(), nullable=True),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('max_asks_per_month', sa.Integer(), nullable=True),
    sa.Column('funding_limits', sa.Text(), nullable=False),
    sa.Column('consent_at', sa.Date(), nullable=True),
    sa.Column('capacity_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opted_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('bounced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('forgotten_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taker')),
    sa.UniqueConstraint('email', name=op.f('uq_taker_email'))
    )
    op.create_index(op.f('ix_taker_organization'), 'taker', ['organization'], unique=False)
    op.create_table('post',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('message', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('list_name', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('references', sa.Text(), nullable=False),
    sa.Column('author_email', sa.Text(), nullable=False),
    sa.Column('author_name', sa.Text(), server_default='', nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content_key', sa.Text(), server_default='', nullable=False),
    sa.Column('warnings', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reading', sa.Text(), nullable=True),
    sa.Column('hold', sa.Text(), server_default='', nullable=False),
    sa.Column('released_by', sa.Text(), server_default='', nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('claims', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['message'], ['message.id'], name=op.f('fk_post_message')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post')),
    sa.UniqueConstraint('list_name', 'message_id', name=op.f('uq_post_list_name_message_id'))
    )
    op.create_index('ix_post_aside', 'post', ['aside_at'], unique=False, sqlite_where=sa.text('aside_at IS NOT NULL'), postgresql_where=sa.text('aside_at IS NOT NULL'))
    op.create_index(op.f('ix_post_content_key_kept_at'), 'post', ['content_key', 'kept_at'], unique=False)
    op.create_index('ix_post_due', 'post', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_index(op.f('ix_post_message'), 'post', ['message'], unique=False)
    op.create_index(op.f('ix_post_message_id'), 'post', ['message_id'], unique=False)
    op.create_index(op.f('ix_post_state_id'), 'post', ['state', 'id'], unique=False)
    op.create_table('taker_reach',
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('relief', sa.Text(), nullable=False),
    sa.Column('taker', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['taker'], ['taker.id'], name=op.f('fk_taker_reach_taker')),
    sa.PrimaryKeyConstraint('state', 'relief', 'taker', name=op.f('pk_taker_reach')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_taker_reach_relief_taker'), 'taker_reach', ['relief', 'taker'], unique=False)
    op.create_index(op.f('ix_taker_reach_taker'), 'taker_reach', ['taker'], unique=False)
    op.create_table('need',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('post', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('need', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('wave', sa.Integer(), server_default='0', nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lead', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('claims', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['lead'], ['taker.id'], name=op.f('fk_need_lead')),
    sa.ForeignKeyConstraint(['post'], ['post.id'], name=op.f('fk_need_post')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need')),
    sa.UniqueConstraint('post', 'number', name=op.f('uq_need_post_number'))
    )
    op.create_index('ix_need_aside', 'need', ['aside_at'], unique=False, sqlite_where=sa.text('aside_at IS NOT NULL'), postgresql_where=sa.text('aside_at IS NOT NULL'))
    op.create_index('ix_need_due', 'need', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_index(op.f('ix_need_lead_state'), 'need', ['lead', 'state'], unique=False)
    op.create_index(op.f('ix_need_state_id'), 'need', ['state', 'id'], unique=False)
    op.create_table('ask',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('need', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('taker', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('wave', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('chance', sa.Float(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['need'], ['need.id'], name=op.f('fk_ask_need')),
    sa.ForeignKeyConstraint(['taker'], ['taker.id'], name=op.f('fk_ask_taker')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ask'))
    )
    op.create_index(op.f('ix_ask_need_state'), 'ask', ['need', 'state'], unique=False)
    op.create_index(op.f('ix_ask_taker_created_at'), 'ask', ['taker', 'created_at'], unique=False)
    op.create_index('uq_ask_need_taker', 'ask', ['need', 'taker'], unique=True, sqlite_where=sa.text("state <> 'withdrawn'"), postgresql_where=sa.text("state <> 'withdrawn'"))
    op.create_table('decision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('need', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('wave', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rules_version', sa.Integer(), nullable=False),
    sa.Column('shortlist', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['need'], ['need.id'], name=op.f('fk_decision_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    op.create_index(op.f('ix_decision_need'), 'decision', ['need'], unique=False)
    op.create_table('answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('message', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('author_email', sa.Text(), nullable=False),
    sa.Column('author_name', sa.Text(), server_default='', nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answers', sa.Text(), nullable=True),
    sa.Column('ask', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('trusted', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('reading', sa.Text(), nullable=True),
    sa.Column('hold', sa.Text(), server_default='', nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('claims', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['ask'], ['ask.id'], name=op.f('fk_answer_ask')),
    sa.ForeignKeyConstraint(['message'], ['message.id'], name=op.f('fk_answer_message')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('message', name=op.f('uq_answer_message'))
    )
    op.create_index('ix_answer_aside', 'answer', ['aside_at'], unique=False, sqlite_where=sa.text('aside_at IS NOT NULL'), postgresql_where=sa.text('aside_at IS NOT NULL'))
    op.create_index(op.f('ix_answer_ask'), 'answer', ['ask'], unique=False)
    op.create_index('ix_answer_due', 'answer', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_table('mail',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sender', sa.Text(), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('token', sa.Text(), server_default='', nullable=False),
    sa.Column('raw', sa.LargeBinary(), nullable=False),
    sa.Column('post', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('need', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ask', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reply', sa.Text(), server_default='', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.Column('claims', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.Column('aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind <> 'ask' OR ask IS NOT NULL", name=op.f('ck_mail_ask_has_its_row')),
    sa.ForeignKeyConstraint(['ask'], ['ask.id'], name=op.f('fk_mail_ask')),
    sa.ForeignKeyConstraint(['need'], ['need.id'], name=op.f('fk_mail_need')),
    sa.ForeignKeyConstraint(['post'], ['post.id'], name=op.f('fk_mail_post')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('key', name=op.f('uq_mail_key'))
    )
    op.create_index('ix_mail_aside', 'mail', ['aside_at'], unique=False, sqlite_where=sa.text('aside_at IS NOT NULL'), postgresql_where=sa.text('aside_at IS NOT NULL'))
    op.create_index(op.f('ix_mail_ask'), 'mail', ['ask'], unique=False)
    op.create_index('ix_mail_due', 'mail', ['next_at'], unique=False, sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))
    op.create_index(op.f('ix_mail_message_id'), 'mail', ['message_id'], unique=False)
    op.create_index(op.f('ix_mail_need'), 'mail', ['need'], unique=False)
    op.create_index(op.f('ix_mail_post'), 'mail', ['post'], unique=False)
    op.create_index(op.f('ix_mail_state_id'), 'mail', ['state', 'id'], unique=False)
    op.create_index('ix_mail_token', 'mail', ['token'], unique=False, sqlite_where=sa.text("token <> ''"), postgresql_where=sa.text("token <> ''"))
    _guard_asks()


_REFUSALS = (
    ("forgotten", "t.forgotten_at IS NOT NULL"),
    ("opted_out", "t.opted_out_at IS NOT NULL"),
    ("bounced", "t.bounced_at IS NOT NULL"),
    ("no_consent", "t.consent_at IS NULL"),
    ("paused", "t.paused_until > {day} OR o.paused_until > {day}"),
    ("full", "t.open_slots <= 0 OR o.open_slots <= 0"),
    ("poster", "lower(t.email) = lower(p.author_email)"),
    ("need_done", "n.state IN ('placed', 'closed', 'expired')"),
    ("post_not_from_list", "p.channel <> 'list' AND p.released_by = ''"),
    ("post_not_released", "p.state <> 'matched'"),
)
"""A word of `listbot.domain.states.Refusal`, and when an ask is refused for it: t taker, o its organisation, n need, p post."""

_ABOUT = """
    need n JOIN post p ON p.id = n.post JOIN taker t ON t.id = NEW.taker LEFT JOIN organization o ON o.name = t.organization
    WHERE n.id = NEW.need
"""


def _guard_asks() -> None:
    execute = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "sqlite":
        for statement in _sqlite_guards():
            execute(statement)
    else:
        for statement in _postgresql_guards():
            execute(statement)


def _sqlite_guards() -> tuple[str, ...]:
    checks = "".join(
        f"SELECT RAISE(ABORT, 'listbot refuses: {reason}') FROM {_ABOUT} AND ({condition.format(day='date(NEW.created_at)')});\n"
        for reason, condition in _REFUSALS
    )
    return (
        f"CREATE TRIGGER ask_guard BEFORE INSERT ON ask BEGIN {checks} END",
        "CREATE TRIGGER ask_moved BEFORE UPDATE OF need, taker ON ask WHEN OLD.need <> NEW.need OR OLD.taker <> NEW.taker"
        " BEGIN SELECT RAISE(ABORT, 'listbot refuses: move'); END",
    )


def _postgresql_guards() -> tuple[str, ...]:
    # FOR SHARE: nobody opts out, and no post is set aside, between this look and the commit.
    day = "(NEW.created_at AT TIME ZONE 'UTC')::date"
    cases = " ".join(f"WHEN {condition.format(day=day)} THEN '{reason}'" for reason, condition in _REFUSALS)
    refuse = "RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'listbot refuses: ' || reason"
    return (
        f"""CREATE FUNCTION ask_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE reason text;
        BEGIN
            SELECT CASE {cases} END INTO reason FROM {_ABOUT} FOR SHARE OF n, p, t;
            IF reason IS NOT NULL THEN {refuse}; END IF;
            RETURN NEW;
        END $$""",
        "CREATE TRIGGER ask_guard BEFORE INSERT ON ask FOR EACH ROW EXECUTE FUNCTION ask_guard()",
        f"""CREATE FUNCTION ask_moved() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE reason text := 'move';
        BEGIN
            {refuse};
        END $$""",
        "CREATE TRIGGER ask_moved BEFORE UPDATE OF need, taker ON ask FOR EACH ROW"
        " WHEN (OLD.need <> NEW.need OR OLD.taker <> NEW.taker) EXECUTE FUNCTION ask_moved()",
    )


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
