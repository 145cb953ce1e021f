"""Crop calendars, and what cycles follow of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


# What was said about a cycle is never rewritten. A calendar is a plan, and is: the journal keeps how.
APPENDED = ("cycle_calendar", "step_skip")


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
    op.create_table('crop_calendar',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cooperative_id', sa.Uuid(), nullable=False),
    sa.Column('crop_key', sa.String(length=40), nullable=False),
    sa.Column('crop', sa.String(length=40), nullable=False),
    sa.Column('counts_from', sa.String(length=9), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("counts_from IN ('planting', 'sowing', 'flowering', 'year')", name=op.f('ck_crop_calendar_counts_from_known')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperative.id'], name=op.f('fk_crop_calendar_cooperative_id_cooperative'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crop_calendar')),
    sa.UniqueConstraint('cooperative_id', 'crop_key', name=op.f('uq_crop_calendar_cooperative_id_crop_key'))
    )
    op.create_table('calendar_step',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('calendar_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('works', sa.String(length=80), nullable=False),
    sa.Column('opens', sa.Integer(), nullable=False),
    sa.Column('closes', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('ours', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['calendar_id'], ['crop_calendar.id'], name=op.f('fk_calendar_step_calendar_id_crop_calendar'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_step')),
    sa.UniqueConstraint('calendar_id', 'key', name=op.f('uq_calendar_step_calendar_id_key'))
    )
    op.create_table('cycle_calendar',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('crop_key', sa.String(length=40), nullable=False),
    sa.Column('flowered_on', sa.Date(), nullable=True),
    sa.Column('chosen_by', sa.Uuid(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['chosen_by'], ['membership.id'], name=op.f('fk_cycle_calendar_chosen_by_membership'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['cycle_id'], ['crop_cycle.id'], name=op.f('fk_cycle_calendar_cycle_id_crop_cycle'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycle_calendar'))
    )
    with op.batch_alter_table('cycle_calendar', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cycle_calendar_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('step_skip',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('step_key', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=True),
    sa.Column('said_by', sa.Uuid(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['crop_cycle.id'], name=op.f('fk_step_skip_cycle_id_crop_cycle'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['said_by'], ['membership.id'], name=op.f('fk_step_skip_said_by_membership'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step_skip'))
    )
    with op.batch_alter_table('step_skip', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_step_skip_cycle_id'), ['cycle_id'], unique=False)
    guard()


def downgrade() -> None:
    with op.batch_alter_table('step_skip', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_step_skip_cycle_id'))

    op.drop_table('step_skip')
    with op.batch_alter_table('cycle_calendar', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cycle_calendar_cycle_id'))

    op.drop_table('cycle_calendar')
    op.drop_table('calendar_step')
    op.drop_table('crop_calendar')
