"""How batches end: withdrawn or closed."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def guard() -> None:
    """Nobody rewrites what was said about the end of a batch."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER batch_end_no_{act.lower()} BEFORE {act} ON batch_end "
                "BEGIN SELECT RAISE(ABORT, 'batch_end is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER batch_end_append_only BEFORE UPDATE OR DELETE ON batch_end "
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
        )


def upgrade() -> None:
    op.create_table(
        "batch_end",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('withdrawn', 'closed')", name=op.f("ck_batch_end_state_known")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_batch_end_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["membership.id"], name=op.f("fk_batch_end_said_by_membership"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_end")),
        sa.UniqueConstraint("batch_id", "state", name=op.f("uq_batch_end_batch_id_state")),
    )
    guard()


def downgrade() -> None:
    op.drop_table("batch_end")
