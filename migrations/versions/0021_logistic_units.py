"""Boxes and pallets, and the GS1 company prefix under which they are numbered."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# What was stated is never rewritten: the database itself refuses, whoever asks.
APPENDED = ("logistic_unit", "box_content", "pallet_box", "taken_apart")


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


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="RESTRICT")


def upgrade() -> None:
    op.add_column("cooperative", sa.Column("gs1_prefix", sa.String(length=12), nullable=True))
    op.create_table(
        "logistic_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("sscc", sa.String(length=18), nullable=True),
        sa.Column("gs1_prefix", sa.String(length=12), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed_by", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.CheckConstraint("kind IN ('box', 'pallet')", name=op.f("ck_logistic_unit_kind_known")),
        sa.CheckConstraint("(sscc IS NULL) = (gs1_prefix IS NULL)", name=op.f("ck_logistic_unit_sscc_has_prefix")),
        sa.CheckConstraint("(sscc IS NULL) = (serial IS NULL)", name=op.f("ck_logistic_unit_sscc_has_serial")),
        refers("logistic_unit", "cooperative_id", "cooperative"),
        refers("logistic_unit", "packed_by", "membership"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistic_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_logistic_unit_code")),
        sa.UniqueConstraint("sscc", name=op.f("uq_logistic_unit_sscc")),
        sa.UniqueConstraint("gs1_prefix", "serial", name=op.f("uq_logistic_unit_gs1_prefix_serial")),
    )
    op.create_index("ix_logistic_unit_cooperative", "logistic_unit", ["cooperative_id", "id"])
    op.create_table(
        "box_content",
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("kg", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.CheckConstraint("kg > 0", name=op.f("ck_box_content_kg_positive")),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_box_content_pieces_positive")),
        refers("box_content", "box_id", "logistic_unit"),
        refers("box_content", "batch_id", "batch"),
        sa.PrimaryKeyConstraint("box_id", "batch_id", name=op.f("pk_box_content")),
    )
    op.create_index(op.f("ix_box_content_batch_id"), "box_content", ["batch_id"])
    op.create_table(
        "pallet_box",
        sa.Column("pallet_id", sa.Uuid(), nullable=False),
        sa.Column("box_id", sa.Uuid(), nullable=False),
        refers("pallet_box", "pallet_id", "logistic_unit"),
        refers("pallet_box", "box_id", "logistic_unit"),
        sa.PrimaryKeyConstraint("pallet_id", "box_id", name=op.f("pk_pallet_box")),
    )
    op.create_index(op.f("ix_pallet_box_box_id"), "pallet_box", ["box_id"])
    op.create_table(
        "taken_apart",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_apart_by", sa.Uuid(), nullable=False),
        refers("taken_apart", "unit_id", "logistic_unit"),
        refers("taken_apart", "taken_apart_by", "membership"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_apart")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_taken_apart_unit_id")),
    )
    guard()


def downgrade() -> None:
    op.drop_table("taken_apart")
    op.drop_table("pallet_box")
    op.drop_table("box_content")
    op.drop_table("logistic_unit")
    op.drop_column("cooperative", "gs1_prefix")
