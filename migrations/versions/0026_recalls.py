"""Recalls: their causes, what was decided, and each batch in a decision."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLES = ("recall", "recall_decision", "recall_item")


def guard() -> None:
    """Nobody rewrites what was started and decided."""
    for table in TABLES:
        if op.get_bind().dialect.name == "sqlite":
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
            )


def upgrade() -> None:
    op.create_table(
        "recall",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(length=9), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause IN ('test', 'complaint', 'input', 'purchase', 'household', 'plot', 'cycle', 'harvest', 'batch')",
            name=op.f("ck_recall_cause_known"),
        ),
        sa.ForeignKeyConstraint(["cooperative_id"], ["cooperative.id"], name=op.f("fk_recall_cooperative_id_cooperative"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["started_by"], ["membership.id"], name=op.f("fk_recall_started_by_membership"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
    )
    op.create_index(op.f("ix_recall_cooperative_id"), "recall", ["cooperative_id"])
    op.create_table(
        "recall_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recall_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=6), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("message_en", sa.String(length=500), nullable=True),
        sa.Column("authority", sa.String(length=120), nullable=True),
        sa.Column("document", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("action IN ('hold', 'recall')", name=op.f("ck_recall_decision_action_known")),
        sa.CheckConstraint(
            "document IS NULL OR authority IS NOT NULL", name=op.f("ck_recall_decision_document_has_author")
        ),
        sa.ForeignKeyConstraint(["recall_id"], ["recall.id"], name=op.f("fk_recall_decision_recall_id_recall"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["decided_by"], ["membership.id"], name=op.f("fk_recall_decision_decided_by_membership"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_decision")),
    )
    op.create_index(op.f("ix_recall_decision_recall_id"), "recall_decision", ["recall_id"])
    op.create_table(
        "recall_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("left_out_because", sa.String(length=500), nullable=True),
        sa.Column("made_kg", sa.BigInteger(), nullable=False),
        sa.Column("left_kg", sa.BigInteger(), nullable=False),
        sa.Column("shipped_kg", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["recall_decision.id"], name=op.f("fk_recall_item_decision_id_recall_decision"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_recall_item_batch_id_batch"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_item")),
        sa.UniqueConstraint("decision_id", "batch_id", name=op.f("uq_recall_item_decision_id_batch_id")),
    )
    op.create_index(op.f("ix_recall_item_batch_id"), "recall_item", ["batch_id"])
    guard()


def downgrade() -> None:
    op.drop_table("recall_item")
    op.drop_table("recall_decision")
    op.drop_table("recall")
