"""Documents: PDFs and recordings under the hash of their bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'audio/webm', 'audio/ogg', 'audio/mp4', 'audio/aac', "
            "'audio/mpeg', 'audio/wav')",
            name=op.f("ck_document_media_type_known"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_size_positive")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["membership.id"], name=op.f("fk_document_added_by_membership"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_document_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("cooperative_id", "sha256", name=op.f("uq_document_cooperative_id_sha256")),
    )
    op.create_index(op.f("ix_document_cooperative_id"), "document", ["cooperative_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_document_cooperative_id"), "document")
    op.drop_table("document")
