"""The original of a photograph, and when and about where it was taken."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = (
    ("original_sha256", sa.String(length=64)),
    ("original_type", sa.String(length=20)),
    ("taken_at", sa.DateTime(timezone=True)),
    ("taken_told_by", sa.String(length=4)),
    ("rough_latitude", sa.BigInteger()),
    ("rough_longitude", sa.BigInteger()),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("photo", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _ in reversed(COLUMNS):
        op.drop_column("photo", name)
