"""Equal boxes that are packed at once name the first of them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No foreign key: SQLite would have to write the table anew, without its guards.
    op.add_column("logistic_unit", sa.Column("packed_with_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_logistic_unit_packed_with_id"), "logistic_unit", ["packed_with_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_logistic_unit_packed_with_id"), "logistic_unit")
    op.drop_column("logistic_unit", "packed_with_id")
