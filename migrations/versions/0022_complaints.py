"""What strangers report about published batches, and the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# The contact is a person's and can be forgotten; what was said and answered is never rewritten.
APPENDED = ("public_complaint", "complaint_reply")


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
        "public_complaint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.String(length=7), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "matter IN ('page', 'label', 'produce', 'other')", name=op.f("ck_public_complaint_matter_known")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_public_complaint_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_public_complaint_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_complaint")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_public_complaint_token_hash")),
    )
    op.create_index(op.f("ix_public_complaint_batch_id"), "public_complaint", ["batch_id"])
    op.create_index(op.f("ix_public_complaint_cooperative_id"), "public_complaint", ["cooperative_id"])
    op.create_table(
        "complaint_contact",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["public_complaint.id"],
            name=op.f("fk_complaint_contact_complaint_id_public_complaint"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_complaint_contact")),
    )
    op.create_table(
        "complaint_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("closes", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["public_complaint.id"],
            name=op.f("fk_complaint_reply_complaint_id_public_complaint"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["membership.id"],
            name=op.f("fk_complaint_reply_written_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_reply")),
    )
    op.create_index(op.f("ix_complaint_reply_complaint_id"), "complaint_reply", ["complaint_id"])
    op.create_index(
        "uq_complaint_reply_closes",
        "complaint_reply",
        ["complaint_id"],
        unique=True,
        sqlite_where=sa.text("closes"),
        postgresql_where=sa.text("closes"),
    )
    guard()


def downgrade() -> None:
    op.drop_table("complaint_reply")
    op.drop_table("complaint_contact")
    op.drop_table("public_complaint")
