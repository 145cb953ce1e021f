"""Partners, and shipments to them: an operation of a new kind takes their kilograms."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = (
    *("make", "grade", "pack", "repack", "split", "merge", "transform"),
    *("loss", "destroy", "sample", "move", "take_back"),
)
KINDS = (*BEFORE[:-1], "ship", "take_back")


def guard(table: str) -> None:
    """What was stated is never rewritten."""
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


def know(kinds: tuple[str, ...]) -> None:
    """SQLite makes the table anew for its check, and its triggers go with the old one."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("operation") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_operation_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_operation_kind_known"), sa.text(f"kind IN ({listed})")
        )
    if op.get_bind().dialect.name == "sqlite":
        guard("operation")


def upgrade() -> None:
    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("tax_code", sa.String(length=14), nullable=True),
        sa.Column("gln", sa.String(length=13), nullable=True),
        sa.Column("street", sa.String(length=120), nullable=True),
        sa.Column("commune_code", sa.String(length=5), nullable=True),
        sa.Column("commune_label", sa.String(length=120), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('buyer', 'supplier', 'both')", name=op.f("ck_partner_kind_known")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_partner_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("cooperative_id", "tax_code", name=op.f("uq_partner_cooperative_id_tax_code")),
    )
    op.create_index(op.f("ix_partner_cooperative_id"), "partner", ["cooperative_id"])
    know(KINDS)
    op.create_table(
        "shipment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=True),
        sa.Column("vehicle", sa.String(length=40), nullable=True),
        sa.Column("seal", sa.String(length=40), nullable=True),
        sa.Column("temperature", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["operation.id"], name=op.f("fk_shipment_id_operation"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_shipment_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_shipment_partner_id_partner"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
    )
    op.create_index(op.f("ix_shipment_cooperative_id"), "shipment", ["cooperative_id"])
    op.create_index(op.f("ix_shipment_partner_id"), "shipment", ["partner_id"])
    guard("shipment")


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM shipment")).first():
        raise RuntimeError("Something was shipped; the older version cannot tell where it went.")
    op.drop_table("shipment")
    know(BEFORE)
    op.drop_table("partner")
