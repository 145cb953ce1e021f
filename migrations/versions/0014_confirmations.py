"""Confirmations of records by a second person, and voice notes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

APPENDED = ("confirmation", "record_document")


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
        "confirmation",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["membership.id"],
            name=op.f("fk_confirmation_confirmed_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_confirmation_record_id_record"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_confirmation")),
    )
    op.create_table(
        "record_document",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_record_document_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_record_document_record_id_record"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("record_id", "document_id", name=op.f("pk_record_document")),
    )
    op.create_index(op.f("ix_record_document_document_id"), "record_document", ["document_id"])
    guard()


def downgrade() -> None:
    op.drop_table("record_document")
    op.drop_table("confirmation")
