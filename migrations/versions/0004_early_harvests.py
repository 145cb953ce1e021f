"""Harvests that a manager let go early, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "early_harvest",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("spray_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_early_harvest_record_id_record"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["spray_id"], ["record.id"], name=op.f("fk_early_harvest_spray_id_record"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_early_harvest")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER early_harvest_no_{act.lower()} BEFORE {act} ON early_harvest "
                "BEGIN SELECT RAISE(ABORT, 'early_harvest is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER early_harvest_append_only BEFORE UPDATE OR DELETE ON early_harvest "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
    )


def downgrade() -> None:
    op.drop_table("early_harvest")
