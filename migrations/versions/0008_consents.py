"""Consents: what a person lets shoppers see, and that it was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


APPENDED = ("consent", "consent_withdrawal")


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
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=5), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=6), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("purpose IN ('name', 'photo')", name=op.f("ck_consent_purpose_known")),
        sa.CheckConstraint(
            "channel IN ('in_app', 'spoken', 'paper')", name=op.f("ck_consent_channel_known")
        ),
        sa.CheckConstraint(
            "(channel = 'paper') = (sheet_id IS NOT NULL)", name=op.f("ck_consent_paper_has_sheet")
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_consent_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_consent_household_id_household"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["photo.id"], name=op.f("fk_consent_sheet_id_photo"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["membership.id"],
            name=op.f("fk_consent_recorded_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_cooperative_id"), "consent", ["cooperative_id"])
    op.create_index("ix_consent_household_purpose", "consent", ["household_id", "purpose"])
    op.create_table(
        "consent_withdrawal",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.String(length=7), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "because IN ('in_app', 'spoken', 'renamed', 'erased')",
            name=op.f("ck_consent_withdrawal_because_known"),
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_consent_withdrawal_consent_id_consent"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["membership.id"],
            name=op.f("fk_consent_withdrawal_recorded_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_withdrawal")),
    )
    with op.batch_alter_table("household") as batch_op:
        batch_op.add_column(sa.Column("membership_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("portrait_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_household_membership_id_membership"),
            "membership",
            ["membership_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_household_portrait_id_photo"),
            "photo",
            ["portrait_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_unique_constraint(batch_op.f("uq_household_membership_id"), ["membership_id"])
    # Nobody was asked before: what was released by its writer stays released.
    op.add_column(
        "record", sa.Column("faces", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    guard()


def downgrade() -> None:
    with op.batch_alter_table("household") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_household_membership_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_household_portrait_id_photo"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_household_membership_id_membership"), type_="foreignkey")
        batch_op.drop_column("portrait_id")
        batch_op.drop_column("membership_id")
    op.drop_column("record", "faces")
    op.drop_table("consent_withdrawal")
    op.drop_table("consent")
