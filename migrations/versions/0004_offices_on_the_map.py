"""Offices on the map: who is near a need, on whichever side of a border."""

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_taker_lat_lon_radius_miles'), 'taker', ['lat', 'lon', 'radius_miles'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("listbot's databases go forward only: restore the backup")
