"""The books of VietGAP: site work beside the crops, the rest of the kinds, and their fields."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OLD_KINDS = (
    *("sowing", "planting", "irrigation", "fertilising", "spraying", "pollination", "pruning"),
    *("inspection", "harvest", "other", "retraction"),
)
NEW_KINDS = (
    *("sowing", "planting", "irrigation", "fertilising", "spraying", "pollination", "traps", "pruning"),
    *("inspection", "harvest", "handling", "sale", "other"),
    *("hygiene", "waste", "training", "health", "audit", "complaint", "retraction"),
)
SITE = ("hygiene", "waste", "training", "health", "audit", "complaint")
NEW_TABLES = ("traps", "handling", "sale", *SITE)
# SQLite makes these anew for their checks, and loses their triggers on the way.
REBUILT = ("record", "fertilising", "spraying", "pollination", "harvest")
OLD_WEIGHTS = ("kg", "yen", "ta", "tan")
WEIGHTS = ("kg", "can", "yen", "ta", "tan")
AREAS = ("m2", "sao", "mau", "ha")
BELONGS = (
    f"CASE WHEN kind = 'retraction' THEN TRUE WHEN kind IN ({', '.join(map(repr, SITE))}) "
    "THEN cycle_id IS NULL ELSE cycle_id IS NOT NULL AND plot_id IS NULL AND area_id IS NULL END"
)

SPRAYING = {
    "area_unit_known": f"area_unit IN ({', '.join(map(repr, AREAS))})",
    "weather_known": "weather IN ('sunny', 'cloudy', 'windy', 'rainy')",
    "protection_known": "protection IN ('full', 'partly', 'none')",
    "packaging_known": "packaging IN ('collected', 'kept', 'not_empty')",
    "re_entry_not_negative": "re_entry_hours >= 0",
    "tanks_have_size": "(tanks IS NULL) = (tank_litres IS NULL)",
}


def one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"


def guard(*tables: str) -> None:
    """What was stated is never rewritten."""
    for table in tables:
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


def unguard(*tables: str) -> None:
    for table in tables:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")


def guard_confided() -> None:
    """What was confided about a person is not changed either, but it can be forgotten."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER confided_no_update BEFORE UPDATE ON confided "
            "BEGIN SELECT RAISE(ABORT, 'confided is append-only'); END"
        )
        return
    op.execute(
        "CREATE TRIGGER confided_append_only BEFORE UPDATE ON confided "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
    )


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('finding', sa.String(length=500), nullable=False),
    sa.Column('remedy', sa.String(length=500), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_audit_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_audit'))
    )
    op.create_table('complaint',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('lot_code', sa.String(length=40), nullable=True),
    sa.Column('complaint', sa.String(length=500), nullable=False),
    sa.Column('answer', sa.String(length=500), nullable=True),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_complaint_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_complaint'))
    )
    op.create_table('confided',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=2000), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_confided_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', 'name', name=op.f('pk_confided'))
    )
    op.create_table('handling',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('work', sa.String(length=7), nullable=False),
    sa.Column('lot_in', sa.String(length=40), nullable=True),
    sa.Column('lot_out', sa.String(length=40), nullable=True),
    sa.Column('unit', sa.String(length=3), nullable=False),
    sa.Column('quantity_in', sa.BigInteger(), nullable=True),
    sa.Column('pieces_in', sa.Integer(), nullable=True),
    sa.Column('grade1', sa.BigInteger(), nullable=True),
    sa.Column('grade1_pieces', sa.Integer(), nullable=True),
    sa.Column('grade2', sa.BigInteger(), nullable=True),
    sa.Column('grade2_pieces', sa.Integer(), nullable=True),
    sa.Column('loss', sa.BigInteger(), nullable=True),
    sa.Column('loss_pieces', sa.Integer(), nullable=True),
    sa.Column('material', sa.String(length=120), nullable=True),
    sa.Column('packing_house', sa.String(length=40), nullable=True),
    sa.Column('temperature', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("unit IN ('kg', 'can', 'yen', 'ta', 'tan')", name=op.f('ck_handling_unit_known')),
    sa.CheckConstraint("work IN ('sorting', 'packing', 'storing')", name=op.f('ck_handling_work_known')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_handling_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_handling'))
    )
    op.create_table('health',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_health_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_health'))
    )
    op.create_table('hygiene',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('cleaned', sa.String(length=13), nullable=False),
    sa.Column('means', sa.String(length=120), nullable=True),
    sa.CheckConstraint("cleaned IN ('tools', 'greenhouse', 'packing_house', 'store', 'surroundings')", name=op.f('ck_hygiene_cleaned_known')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_hygiene_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_hygiene'))
    )
    op.create_table('sale',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('lot_code', sa.String(length=40), nullable=True),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit', sa.String(length=3), nullable=False),
    sa.Column('quantity_kg', sa.BigInteger(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=True),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("unit IN ('kg', 'can', 'yen', 'ta', 'tan')", name=op.f('ck_sale_unit_known')),
    sa.CheckConstraint('quantity_kg > 0', name=op.f('ck_sale_quantity_positive')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_sale_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_sale'))
    )
    op.create_table('training',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('topic', sa.String(length=120), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_training_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_training'))
    )
    op.create_table('traps',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('trap', sa.String(length=6), nullable=False),
    sa.Column('count', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=120), nullable=True),
    sa.Column('target', sa.String(length=120), nullable=True),
    sa.CheckConstraint("trap IN ('sticky', 'lure', 'enemy')", name=op.f('ck_traps_trap_known')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_traps_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_traps'))
    )
    op.create_table('waste',
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('waste', sa.String(length=19), nullable=False),
    sa.Column('weight', sa.BigInteger(), nullable=True),
    sa.Column('unit', sa.String(length=3), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=True),
    sa.CheckConstraint("unit IN ('kg', 'can', 'yen', 'ta', 'tan')", name=op.f('ck_waste_unit_known')),
    sa.CheckConstraint("waste IN ('pesticide_packaging', 'plastic', 'plant_remains', 'other')", name=op.f('ck_waste_waste_known')),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_waste_record_id_record'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_waste'))
    )
    unguard(*REBUILT)
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plot_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("area_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("cycle_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_record_plot_id_plot"), "plot", ["plot_id"], ["id"], ondelete="RESTRICT"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_record_area_id_growing_area"),
            "growing_area",
            ["area_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.drop_constraint(batch_op.f("ck_record_kind_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_record_kind_known"), sa.text(one_of("kind", NEW_KINDS)))
        batch_op.create_check_constraint(batch_op.f("ck_record_belongs"), sa.text(BELONGS))
        batch_op.create_index("ix_record_cooperative_happened", ["cooperative_id", "happened_at"], unique=False)

    with op.batch_alter_table("fertilising", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("area_unit", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("area_m2", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("composition", sa.String(length=40), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_fertilising_area_unit_known"), sa.text(one_of("area_unit", AREAS))
        )

    with op.batch_alter_table("harvest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brix_readings", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("brix_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("tools", sa.String(length=120), nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_harvest_unit_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_harvest_unit_known"), sa.text(one_of("unit", WEIGHTS)))

    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_batch_unit_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_batch_unit_known"), sa.text(one_of("unit", WEIGHTS)))

    op.add_column("planting", sa.Column("spacing", sa.String(length=40), nullable=True))
    op.add_column("planting", sa.Column("area_m2", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("pollination", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bees", sa.String(length=8), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_pollination_bees_known"), sa.text(one_of("bees", ("released", "removed")))
        )

    op.add_column("sowing", sa.Column("variety", sa.String(length=120), nullable=True))
    op.add_column("sowing", sa.Column("treatment", sa.String(length=120), nullable=True))
    op.add_column("sowing", sa.Column("tray", sa.String(length=120), nullable=True))
    op.add_column("sowing", sa.Column("substrate", sa.String(length=120), nullable=True))
    op.add_column("sowing", sa.Column("germination", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("spraying", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("area_unit", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("area_m2", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("strength", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("registration", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("label_dose", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("tanks", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("tank_litres", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("weather", sa.String(length=6), nullable=True))
        batch_op.add_column(sa.Column("protection", sa.String(length=6), nullable=True))
        batch_op.add_column(sa.Column("packaging", sa.String(length=9), nullable=True))
        batch_op.add_column(sa.Column("re_entry_hours", sa.Integer(), nullable=True))
        for name, check in SPRAYING.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_spraying_{name}"), sa.text(check))

    guard(*REBUILT, *NEW_TABLES)
    guard_confided()


def downgrade() -> None:
    unguard(*REBUILT, *NEW_TABLES, "record_photo", "confided")
    # What cannot be told without these tables goes with them; a cân was a kilogram all along.
    gone = f"SELECT id FROM record WHERE {one_of('kind', NEW_TABLES)}"
    gone = f"SELECT id FROM record WHERE id IN ({gone}) OR (kind = 'retraction' AND corrects_id IN ({gone}))"
    op.execute(f"DELETE FROM record_photo WHERE record_id IN ({gone})")
    for table in ("confided", *NEW_TABLES):
        op.drop_table(table)
    op.execute(f"DELETE FROM record WHERE id IN ({gone})")
    op.execute("UPDATE harvest SET unit = 'kg' WHERE unit = 'can'")
    op.execute("UPDATE batch SET unit = 'kg' WHERE unit = 'can'")

    with op.batch_alter_table("spraying", schema=None) as batch_op:
        for name in SPRAYING:
            batch_op.drop_constraint(batch_op.f(f"ck_spraying_{name}"), type_="check")
        for name in ("re_entry_hours", "packaging", "protection", "weather", "tank_litres", "tanks"):
            batch_op.drop_column(name)
        for name in ("label_dose", "registration", "strength", "area_m2", "area_unit", "area"):
            batch_op.drop_column(name)

    with op.batch_alter_table("pollination", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_pollination_bees_known"), type_="check")
        batch_op.drop_column("bees")

    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_batch_unit_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_batch_unit_known"), sa.text(one_of("unit", OLD_WEIGHTS))
        )

    with op.batch_alter_table("harvest", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_harvest_unit_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_harvest_unit_known"), sa.text(one_of("unit", OLD_WEIGHTS))
        )
        for name in ("tools", "brix_count", "brix_readings"):
            batch_op.drop_column(name)

    with op.batch_alter_table("fertilising", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_fertilising_area_unit_known"), type_="check")
        for name in ("composition", "area_m2", "area_unit", "area"):
            batch_op.drop_column(name)

    for name in ("germination", "substrate", "tray", "treatment", "variety"):
        op.drop_column("sowing", name)
    for name in ("area_m2", "spacing"):
        op.drop_column("planting", name)

    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.drop_index("ix_record_cooperative_happened")
        batch_op.drop_constraint(batch_op.f("ck_record_belongs"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_record_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_record_kind_known"), sa.text(one_of("kind", OLD_KINDS))
        )
        batch_op.drop_constraint(batch_op.f("fk_record_area_id_growing_area"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_record_plot_id_plot"), type_="foreignkey")
        batch_op.alter_column("cycle_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("area_id")
        batch_op.drop_column("plot_id")

    guard(*REBUILT, "record_photo")
