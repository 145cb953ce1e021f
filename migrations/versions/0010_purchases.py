"""Purchases of inputs by lot, appended and never rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

APPENDED = ("purchase", "purchase_photo", "purchase_withdrawal")


def guard() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPENDED:
        if sqlite:
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
        "purchase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("input_id", sa.Uuid(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("lot_number", sa.String(length=40), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("packs", sa.Integer(), nullable=False),
        sa.Column("content", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=5), nullable=False),
        sa.Column("pack_price", sa.BigInteger(), nullable=True),
        sa.Column("supplier", sa.String(length=120), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("correction_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "unit IN ('kg', 'g', 'l', 'ml', 'seed', 'plant', 'piece')", name=op.f("ck_purchase_unit_known")
        ),
        sa.CheckConstraint("packs > 0", name=op.f("ck_purchase_packs_positive")),
        sa.CheckConstraint("content > 0", name=op.f("ck_purchase_content_positive")),
        sa.CheckConstraint("pack_price >= 0", name=op.f("ck_purchase_price_not_negative")),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (correction_reason IS NULL)",
            name=op.f("ck_purchase_correction_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_purchase_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["purchase.id"],
            name=op.f("fk_purchase_corrects_id_purchase"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["input_id"], ["input.id"], name=op.f("fk_purchase_input_id_input"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["membership.id"],
            name=op.f("fk_purchase_written_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_purchase_corrects_id")),
    )
    op.create_index(op.f("ix_purchase_cooperative_id"), "purchase", ["cooperative_id"])
    op.create_index(op.f("ix_purchase_input_id"), "purchase", ["input_id"])
    op.create_table(
        "purchase_photo",
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_purchase_photo_photo_id_photo"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchase.id"],
            name=op.f("fk_purchase_photo_purchase_id_purchase"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("purchase_id", "photo_id", name=op.f("pk_purchase_photo")),
    )
    op.create_index(op.f("ix_purchase_photo_photo_id"), "purchase_photo", ["photo_id"])
    op.create_table(
        "purchase_withdrawal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchase.id"],
            name=op.f("fk_purchase_withdrawal_purchase_id_purchase"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["membership.id"],
            name=op.f("fk_purchase_withdrawal_written_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_withdrawal")),
        sa.UniqueConstraint("purchase_id", name=op.f("uq_purchase_withdrawal_purchase_id")),
    )
    guard()


def downgrade() -> None:
    # The triggers go with their tables on both databases.
    op.drop_table("purchase_withdrawal")
    op.drop_table("purchase_photo")
    op.drop_table("purchase")
