"""Labels: what was printed, the numbers on it, which are on goods, and which were spoiled."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLES = ("print_run", "label_serial", "label_activation", "label_void")


def guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
    )


def upgrade() -> None:
    op.create_table(
        "print_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("stationery", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("has_serials", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("shift_x", sa.BigInteger(), nullable=False),
        sa.Column("shift_y", sa.BigInteger(), nullable=False),
        sa.Column("printed_by", sa.Uuid(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reprints_id", sa.Uuid(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(reprints_id IS NULL) = (first IS NULL)", name=op.f("ck_print_run_reprint_has_range")
        ),
        sa.CheckConstraint(
            "(reprints_id IS NULL) = (reason IS NULL)", name=op.f("ck_print_run_reprint_has_reason")
        ),
        sa.CheckConstraint("count > 0", name=op.f("ck_print_run_count_positive")),
        sa.CheckConstraint("has_serials OR batch_id IS NOT NULL", name=op.f("ck_print_run_says_something")),
        sa.CheckConstraint("start > 0", name=op.f("ck_print_run_start_positive")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_print_run_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_print_run_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["printed_by"],
            ["membership.id"],
            name=op.f("fk_print_run_printed_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reprints_id"],
            ["print_run.id"],
            name=op.f("fk_print_run_reprints_id_print_run"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
    )
    op.create_index(op.f("ix_print_run_batch_id"), "print_run", ["batch_id"], unique=False)
    op.create_index(op.f("ix_print_run_cooperative_id"), "print_run", ["cooperative_id"], unique=False)
    op.create_index(op.f("ix_print_run_reprints_id"), "print_run", ["reprints_id"], unique=False)
    op.create_table(
        "label_activation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first > 0 AND last >= first", name=op.f("ck_label_activation_range")),
        sa.ForeignKeyConstraint(
            ["activated_by"],
            ["membership.id"],
            name=op.f("fk_label_activation_activated_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_label_activation_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["print_run.id"],
            name=op.f("fk_label_activation_run_id_print_run"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_activation")),
    )
    op.create_index(op.f("ix_label_activation_batch_id"), "label_activation", ["batch_id"], unique=False)
    op.create_index(op.f("ix_label_activation_run_id"), "label_activation", ["run_id"], unique=False)
    op.create_table(
        "label_serial",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_label_serial_run_id_print_run"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_label_serial")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_label_serial_run_id_position")),
    )
    op.create_table(
        "label_void",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first > 0 AND last >= first", name=op.f("ck_label_void_range")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_label_void_run_id_print_run"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["voided_by"],
            ["membership.id"],
            name=op.f("fk_label_void_voided_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_void")),
    )
    op.create_index(op.f("ix_label_void_run_id"), "label_void", ["run_id"], unique=False)
    for table in TABLES:
        guard(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
