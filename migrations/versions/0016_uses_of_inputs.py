"""Records name the input, and the lot of it, that was used."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("sowing", "fertilising", "spraying")
COLUMNS = (("input_id", "input"), ("purchase_id", "purchase"))


def guard(table: str) -> None:
    """What was stated is never rewritten; SQLite lost the triggers while it made the table anew."""
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            for column, of in COLUMNS:
                batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
                batch.create_foreign_key(
                    op.f(f"fk_{table}_{column}_{of}"), of, [column], ["id"], ondelete="RESTRICT"
                )
        op.create_index(op.f(f"ix_{table}_input_id"), table, ["input_id"])
        if sqlite:
            guard(table)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_input_id"), table_name=table)
        with op.batch_alter_table(table) as batch:
            for column, of in reversed(COLUMNS):
                batch.drop_constraint(op.f(f"fk_{table}_{column}_{of}"), type_="foreignkey")
                batch.drop_column(column)
        if sqlite:
            guard(table)
