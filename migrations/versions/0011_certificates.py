"""Certificates: what others certified, for what and how long."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# What was stated is never rewritten: the database itself refuses, whoever asks.
APPENDED = (
    "certificate",
    "certificate_product",
    "certificate_area",
    "certificate_plot",
    "certificate_withdrawal",
)


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
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=13), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("quantity_kg", sa.BigInteger(), nullable=True),
        sa.Column("check_url", sa.String(length=500), nullable=True),
        sa.Column("check_words", sa.String(length=120), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("file_public", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("correction_reason", sa.String(length=500), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'ocop') = (stars IS NOT NULL)", name=op.f("ck_certificate_ocop_has_stars")
        ),
        sa.CheckConstraint(
            "kind IN ('vietgap', 'globalgap', 'ocop', 'organic', 'growing_area', 'packing_house', 'other')",
            name=op.f("ck_certificate_kind_known"),
        ),
        sa.CheckConstraint("unit IN ('kg', 'yen', 'ta', 'tan')", name=op.f("ck_certificate_unit_known")),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (correction_reason IS NULL)",
            name=op.f("ck_certificate_correction_has_reason"),
        ),
        sa.CheckConstraint(
            "(quantity IS NULL) = (quantity_kg IS NULL)", name=op.f("ck_certificate_quantity_in_kg")
        ),
        sa.CheckConstraint("quantity_kg > 0", name=op.f("ck_certificate_quantity_positive")),
        sa.CheckConstraint("stars BETWEEN 3 AND 5", name=op.f("ck_certificate_stars_known")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_certificate_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["membership.id"],
            name=op.f("fk_certificate_added_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_certificate_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_corrects_id_certificate"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_certificate_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_certificate_photo_id_photo"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_certificate_corrects_id")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_cooperative_id"), ["cooperative_id"], unique=False)

    op.create_table(
        "certificate_area",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"],
            ["growing_area.id"],
            name=op.f("fk_certificate_area_area_id_growing_area"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_area_certificate_id_certificate"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("certificate_id", "area_id", name=op.f("pk_certificate_area")),
    )
    op.create_table(
        "certificate_product",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_product_certificate_id_certificate"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_certificate_product_product_id_product"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("certificate_id", "product_id", name=op.f("pk_certificate_product")),
    )
    op.create_table(
        "certificate_withdrawal",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_withdrawal_certificate_id_certificate"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["membership.id"],
            name=op.f("fk_certificate_withdrawal_withdrawn_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_withdrawal")),
    )
    op.create_table(
        "certificate_plot",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("plot_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_plot_certificate_id_certificate"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plot_id"], ["plot.id"], name=op.f("fk_certificate_plot_plot_id_plot"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("certificate_id", "plot_id", name=op.f("pk_certificate_plot")),
    )
    guard()


def downgrade() -> None:
    op.drop_table("certificate_plot")
    op.drop_table("certificate_withdrawal")
    op.drop_table("certificate_product")
    op.drop_table("certificate_area")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_cooperative_id"))

    op.drop_table("certificate")
