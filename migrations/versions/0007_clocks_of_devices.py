"""How wrong the clock of the device was that sent a record."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("record", sa.Column("clock_offset_seconds", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("record", "clock_offset_seconds")
