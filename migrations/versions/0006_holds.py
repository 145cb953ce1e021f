"""Holds: what keeps batches back, and what managers decided."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What was stated is never rewritten: the database itself refuses, whoever asks.
APPENDED = ("hold", "hold_decision")


def guard() -> None:
    for table in APPENDED:
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
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("plot_id", sa.Uuid(), nullable=True),
        sa.Column("cycle_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cause", sa.String(length=8), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(cause = 'test') = (cause_id IS NOT NULL)", name=op.f("ck_hold_test_is_named")),
        sa.CheckConstraint("cause IN ('test', 'decision')", name=op.f("ck_hold_cause_known")),
        sa.CheckConstraint(
            "(CASE WHEN plot_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN batch_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_hold_names_one_thing"),
        ),
        sa.CheckConstraint("(plot_id IS NULL) = (since IS NULL)", name=op.f("ck_hold_plot_has_since")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_hold_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_hold_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["crop_cycle.id"], name=op.f("fk_hold_cycle_id_crop_cycle"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["membership.id"], name=op.f("fk_hold_placed_by_membership"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["plot_id"], ["plot.id"], name=op.f("fk_hold_plot_id_plot"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_cause_id"), ["cause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_cooperative_id"), ["cooperative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_plot_id"), ["plot_id"], unique=False)

    op.create_table(
        "hold_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decision IN ('released', 'kept')", name=op.f("ck_hold_decision_decision_known")),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["membership.id"],
            name=op.f("fk_hold_decision_decided_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["hold.id"], name=op.f("fk_hold_decision_hold_id_hold"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_decision")),
    )
    with op.batch_alter_table("hold_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_decision_hold_id"), ["hold_id"], unique=False)
        batch_op.create_index(
            "uq_hold_decision_released",
            ["hold_id"],
            unique=True,
            sqlite_where=sa.text("decision = 'released'"),
            postgresql_where=sa.text("decision = 'released'"),
        )

    guard()


def downgrade() -> None:
    with op.batch_alter_table("hold_decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hold_decision_released",
            sqlite_where=sa.text("decision = 'released'"),
            postgresql_where=sa.text("decision = 'released'"),
        )
        batch_op.drop_index(batch_op.f("ix_hold_decision_hold_id"))

    op.drop_table("hold_decision")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_plot_id"))
        batch_op.drop_index(batch_op.f("ix_hold_cycle_id"))
        batch_op.drop_index(batch_op.f("ix_hold_cooperative_id"))
        batch_op.drop_index(batch_op.f("ix_hold_cause_id"))
        batch_op.drop_index(batch_op.f("ix_hold_batch_id"))

    op.drop_table("hold")
