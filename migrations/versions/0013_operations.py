"""Operations: what is done with batches, and every batch there is as one that was made of its harvest."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# What was stated is never rewritten: the database itself refuses, whoever asks.
APPENDED = ("operation", "operation_input", "operation_output", "movement")


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
        "operation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("process", sa.String(length=10), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("takes_back_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('make', 'grade', 'pack', 'repack', 'split', 'merge', 'transform', 'loss', 'destroy', "
            "'sample', 'move', 'take_back')",
            name=op.f("ck_operation_kind_known"),
        ),
        sa.CheckConstraint(
            "process IN ('fresh_cut', 'dried', 'other')", name=op.f("ck_operation_process_known")
        ),
        sa.CheckConstraint(
            "(kind = 'transform') = (process IS NOT NULL)", name=op.f("ck_operation_transform_has_process")
        ),
        sa.CheckConstraint(
            "(kind = 'take_back') = (takes_back_id IS NOT NULL)",
            name=op.f("ck_operation_take_back_names_one"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_operation_cooperative_id_cooperative"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["membership.id"],
            name=op.f("fk_operation_written_by_membership"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["takes_back_id"],
            ["operation.id"],
            name=op.f("fk_operation_takes_back_id_operation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_operation_takes_back_id")),
    )
    op.create_index("ix_operation_cooperative", "operation", ["cooperative_id", "id"])
    op.create_table(
        "operation_input",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("harvest_id", sa.Uuid(), nullable=True),
        sa.Column("kg", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(batch_id IS NULL) <> (harvest_id IS NULL)", name=op.f("ck_operation_input_of_one_thing")
        ),
        sa.CheckConstraint("kg > 0", name=op.f("ck_operation_input_kg_positive")),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_operation_input_pieces_positive")),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["operation.id"],
            name=op.f("fk_operation_input_operation_id_operation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_operation_input_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["harvest_id"],
            ["record.id"],
            name=op.f("fk_operation_input_harvest_id_record"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("operation_id", "position", name=op.f("pk_operation_input")),
    )
    op.create_index("ix_operation_input_batch", "operation_input", ["batch_id", "operation_id"])
    op.create_index("ix_operation_input_harvest", "operation_input", ["harvest_id", "operation_id"])
    op.create_table(
        "operation_output",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("loss", sa.String(length=10), nullable=True),
        sa.Column("kg", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(batch_id IS NULL) <> (loss IS NULL)", name=op.f("ck_operation_output_batch_or_loss")
        ),
        sa.CheckConstraint(
            "loss IN ('sorted_out', 'spoiled', 'shrunk', 'trimmed', 'dried_off', 'sample', 'destroyed', 'other')",
            name=op.f("ck_operation_output_loss_known"),
        ),
        sa.CheckConstraint("kg > 0", name=op.f("ck_operation_output_kg_positive")),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_operation_output_pieces_positive")),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["operation.id"],
            name=op.f("fk_operation_output_operation_id_operation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_operation_output_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("operation_id", "position", name=op.f("pk_operation_output")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_operation_output_batch_id")),
    )
    op.create_table(
        "movement",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["operation.id"],
            name=op.f("fk_movement_operation_id_operation"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_movement_batch_id_batch"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_movement")),
    )
    op.create_index(op.f("ix_movement_batch_id"), "movement", ["batch_id"])
    tell_how_batches_were_made()
    guard()
    with op.batch_alter_table("batch") as batch_op:
        batch_op.alter_column("cycle_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.alter_column("harvest_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.add_column(sa.Column("grade", sa.String(length=40), nullable=True))


def tell_how_batches_were_made() -> None:
    """Each batch was made of one harvest; who made it stands in the journal."""
    op.execute(
        "INSERT INTO operation "
        "(id, cooperative_id, kind, happened_at, recorded_at, received_at, written_by, note) "
        "SELECT batch.id, batch.cooperative_id, 'make', batch.made_at, batch.made_at, batch.made_at, "
        "COALESCE("
        "(SELECT entry.actor_id FROM journal_entry AS entry "
        "WHERE entry.subject_id = batch.id AND entry.kind = 'batch.made' ORDER BY entry.id LIMIT 1), "
        "(SELECT membership.id FROM membership "
        "WHERE membership.cooperative_id = batch.cooperative_id ORDER BY membership.id LIMIT 1)"
        "), '' FROM batch"
    )
    op.execute(
        "INSERT INTO operation_input (operation_id, position, harvest_id, kg, pieces) "
        "SELECT id, 0, harvest_id, quantity_kg, pieces FROM batch"
    )
    op.execute(
        "INSERT INTO operation_output (operation_id, position, batch_id, kg, pieces) "
        "SELECT id, 0, id, quantity_kg, pieces FROM batch"
    )


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM batch WHERE harvest_id IS NULL")).first():
        raise RuntimeError("Some batches are of several harvests; the older version cannot tell of them.")
    with op.batch_alter_table("batch") as batch_op:
        batch_op.drop_column("grade")
        batch_op.alter_column("harvest_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column("cycle_id", existing_type=sa.Uuid(), nullable=False)
    op.drop_table("movement")
    op.drop_table("operation_output")
    op.drop_table("operation_input")
    op.drop_table("operation")
