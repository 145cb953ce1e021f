"""Batches that were called back."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def guard() -> None:
    """Nobody takes a recall back."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER batch_recall_no_{act.lower()} BEFORE {act} ON batch_recall "
                "BEGIN SELECT RAISE(ABORT, 'batch_recall is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER batch_recall_append_only BEFORE UPDATE OR DELETE ON batch_recall "
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
        )


def upgrade() -> None:
    op.create_table(
        "batch_recall",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("recall_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("message_en", sa.String(length=500), nullable=True),
        sa.Column("authority", sa.String(length=120), nullable=True),
        sa.Column("document", sa.String(length=40), nullable=True),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "document IS NULL OR authority IS NOT NULL", name=op.f("ck_batch_recall_document_has_author")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_batch_recall_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["said_by"],
            ["membership.id"],
            name=op.f("fk_batch_recall_said_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_recall")),
    )
    op.create_index(op.f("ix_batch_recall_recall_id"), "batch_recall", ["recall_id"])
    guard()


def downgrade() -> None:
    op.drop_table("batch_recall")
