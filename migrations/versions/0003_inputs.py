"""Inputs with what their labels say; the crop of a product."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("product", sa.Column("crop", sa.String(length=40), nullable=True))
    op.create_table(
        "input",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("trade_name", sa.String(length=120), nullable=False),
        sa.Column("active_ingredient", sa.String(length=120), nullable=True),
        sa.Column("formulation", sa.String(length=40), nullable=True),
        sa.Column("composition", sa.String(length=120), nullable=True),
        sa.Column("registration_number", sa.String(length=40), nullable=True),
        sa.Column("maker", sa.String(length=120), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("unit", sa.String(length=5), nullable=False),
        sa.Column("kills_insects", sa.Boolean(), nullable=True),
        sa.Column("re_entry_hours", sa.Integer(), nullable=True),
        sa.Column("max_applications", sa.Integer(), nullable=True),
        sa.Column("max_dose", sa.BigInteger(), nullable=True),
        sa.Column("max_dose_unit", sa.String(length=2), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('seed', 'fertiliser', 'pesticide', 'substrate', 'packaging', 'other')",
            name=op.f("ck_input_kind_known"),
        ),
        sa.CheckConstraint(
            "unit IN ('kg', 'g', 'l', 'ml', 'seed', 'plant', 'piece')", name=op.f("ck_input_unit_known")
        ),
        sa.CheckConstraint(
            "max_dose_unit IN ('kg', 'g', 'l', 'ml')", name=op.f("ck_input_max_dose_unit_known")
        ),
        sa.CheckConstraint("re_entry_hours >= 0", name=op.f("ck_input_re_entry_not_negative")),
        sa.CheckConstraint("max_applications > 0", name=op.f("ck_input_applications_positive")),
        sa.CheckConstraint("max_dose > 0", name=op.f("ck_input_dose_positive")),
        sa.CheckConstraint(
            "(max_dose IS NULL) = (max_dose_unit IS NULL)", name=op.f("ck_input_dose_has_unit")
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_input_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_input_photo_id_photo"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input")),
    )
    op.create_index(op.f("ix_input_cooperative_id"), "input", ["cooperative_id"])
    op.create_table(
        "label_interval",
        sa.Column("input_id", sa.Uuid(), nullable=False),
        sa.Column("crop_key", sa.String(length=120), nullable=False),
        sa.Column("crop", sa.String(length=40), nullable=False),
        sa.Column("phi_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("phi_days >= 0", name=op.f("ck_label_interval_phi_not_negative")),
        sa.ForeignKeyConstraint(
            ["input_id"], ["input.id"], name=op.f("fk_label_interval_input_id_input"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("input_id", "crop_key", name=op.f("pk_label_interval")),
    )


def downgrade() -> None:
    op.drop_table("label_interval")
    op.drop_table("input")
    op.drop_column("product", "crop")
