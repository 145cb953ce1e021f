"""Imported lists of allowed and banned pesticides, appended and never rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

APPENDED = ("pesticide_list", "pesticide_list_line")


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
        "pesticide_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("standing", sa.String(length=7), nullable=False),
        sa.Column("circular", sa.String(length=120), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("unreadable_count", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "standing IN ('allowed', 'banned')", name=op.f("ck_pesticide_list_standing_known")
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_pesticide_list_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["membership.id"],
            name=op.f("fk_pesticide_list_imported_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pesticide_list")),
    )
    op.create_index(op.f("ix_pesticide_list_cooperative_id"), "pesticide_list", ["cooperative_id"])
    op.create_table(
        "pesticide_list_line",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("active_ingredient", sa.String(length=2000), nullable=False),
        sa.Column("trade_name", sa.String(length=2000), nullable=False),
        sa.Column("target", sa.String(length=2000), nullable=False),
        sa.Column("crop", sa.String(length=2000), nullable=False),
        sa.Column("registrant", sa.String(length=2000), nullable=False),
        sa.Column("trade_key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["pesticide_list.id"],
            name=op.f("fk_pesticide_list_line_list_id_pesticide_list"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("list_id", "number", name=op.f("pk_pesticide_list_line")),
    )
    op.create_index("ix_pesticide_list_line_trade_key", "pesticide_list_line", ["list_id", "trade_key"])
    guard()


def downgrade() -> None:
    # The triggers go with their tables on both databases.
    op.drop_table("pesticide_list_line")
    op.drop_table("pesticide_list")
