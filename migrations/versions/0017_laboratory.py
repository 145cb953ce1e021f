"""Laboratory tests: reports about samples, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# What was stated is never rewritten: the database itself refuses, whoever asks.
APPENDED = ("lab_test", "lab_result", "lab_withdrawal")


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
        "lab_test",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("plot_id", sa.Uuid(), nullable=True),
        sa.Column("cycle_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("sample", sa.String(length=9), nullable=False),
        sa.Column("description", sa.String(length=120), nullable=True),
        sa.Column("sampled_on", sa.Date(), nullable=False),
        sa.Column("laboratory", sa.String(length=120), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("report_number", sa.String(length=40), nullable=True),
        sa.Column("norm", sa.String(length=120), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("file_public", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("correction_reason", sa.String(length=500), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(sample = 'produce') = (area_id IS NULL AND plot_id IS NULL)",
            name=op.f("ck_lab_test_produce_of_cycle_or_batch"),
        ),
        sa.CheckConstraint(
            "sample IN ('soil', 'water', 'substrate', 'produce')", name=op.f("ck_lab_test_sample_known")
        ),
        sa.CheckConstraint(
            "verdict IN ('pass', 'fail', 'not_judged')", name=op.f("ck_lab_test_verdict_known")
        ),
        sa.CheckConstraint(
            "(CASE WHEN area_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN plot_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN batch_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_lab_test_names_one_thing"),
        ),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (correction_reason IS NULL)",
            name=op.f("ck_lab_test_correction_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"],
            ["growing_area.id"],
            name=op.f("fk_lab_test_area_id_growing_area"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_lab_test_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_lab_test_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["lab_test.id"],
            name=op.f("fk_lab_test_corrects_id_lab_test"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["crop_cycle.id"], name=op.f("fk_lab_test_cycle_id_crop_cycle"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_lab_test_document_id_document"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_lab_test_photo_id_photo"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["plot_id"], ["plot.id"], name=op.f("fk_lab_test_plot_id_plot"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["membership.id"],
            name=op.f("fk_lab_test_written_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_test")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_lab_test_corrects_id")),
    )
    with op.batch_alter_table("lab_test", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lab_test_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lab_test_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lab_test_cooperative_id"), ["cooperative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lab_test_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lab_test_plot_id"), ["plot_id"], unique=False)

    op.create_table(
        "lab_result",
        sa.Column("test_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parameter", sa.String(length=120), nullable=False),
        sa.Column("found", sa.String(length=12), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("max_value", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "(found IN ('number', 'below')) = (value IS NOT NULL)",
            name=op.f("ck_lab_result_number_has_value"),
        ),
        sa.CheckConstraint(
            "found IN ('number', 'below', 'not_detected', 'detected')", name=op.f("ck_lab_result_found_known")
        ),
        sa.CheckConstraint(
            "verdict IN ('pass', 'fail', 'not_judged')", name=op.f("ck_lab_result_verdict_known")
        ),
        sa.ForeignKeyConstraint(
            ["test_id"], ["lab_test.id"], name=op.f("fk_lab_result_test_id_lab_test"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("test_id", "position", name=op.f("pk_lab_result")),
    )
    op.create_table(
        "lab_sampler",
        sa.Column("test_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["test_id"], ["lab_test.id"], name=op.f("fk_lab_sampler_test_id_lab_test"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("test_id", name=op.f("pk_lab_sampler")),
    )
    op.create_table(
        "lab_withdrawal",
        sa.Column("test_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["test_id"], ["lab_test.id"], name=op.f("fk_lab_withdrawal_test_id_lab_test"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["membership.id"],
            name=op.f("fk_lab_withdrawal_withdrawn_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("test_id", name=op.f("pk_lab_withdrawal")),
    )
    guard()


def downgrade() -> None:
    op.drop_table("lab_withdrawal")
    op.drop_table("lab_sampler")
    op.drop_table("lab_result")
    with op.batch_alter_table("lab_test", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lab_test_plot_id"))
        batch_op.drop_index(batch_op.f("ix_lab_test_cycle_id"))
        batch_op.drop_index(batch_op.f("ix_lab_test_cooperative_id"))
        batch_op.drop_index(batch_op.f("ix_lab_test_batch_id"))
        batch_op.drop_index(batch_op.f("ix_lab_test_area_id"))

    op.drop_table("lab_test")
