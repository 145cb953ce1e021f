"""Feeding recipes."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


# What a recipe is made of, and what was said about its days. The recipe's own row says when it was stopped.
APPENDED = ("recipe_line", "recipe_cycle", "recipe_day")


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
    op.create_table('feeding_recipe',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cooperative_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('clock', sa.String(length=5), nullable=False),
    sa.Column('litres', sa.BigInteger(), nullable=True),
    sa.Column('ec', sa.BigInteger(), nullable=True),
    sa.Column('ph', sa.BigInteger(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stopped_by', sa.Uuid(), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(stopped_at IS NULL) = (stopped_by IS NULL)', name=op.f('ck_feeding_recipe_stopped_by_somebody')),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_feeding_recipe_until_after_from')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperative.id'], name=op.f('fk_feeding_recipe_cooperative_id_cooperative'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['made_by'], ['membership.id'], name=op.f('fk_feeding_recipe_made_by_membership'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['stopped_by'], ['membership.id'], name=op.f('fk_feeding_recipe_stopped_by_membership'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeding_recipe'))
    )
    with op.batch_alter_table('feeding_recipe', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feeding_recipe_cooperative_id'), ['cooperative_id'], unique=False)

    op.create_table('recipe_line',
    sa.Column('recipe_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('fertiliser', sa.String(length=120), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('unit', sa.String(length=2), nullable=False),
    sa.CheckConstraint("unit IN ('kg', 'g', 'l', 'ml')", name=op.f('ck_recipe_line_unit_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_recipe_line_amount_positive')),
    sa.ForeignKeyConstraint(['recipe_id'], ['feeding_recipe.id'], name=op.f('fk_recipe_line_recipe_id_feeding_recipe'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('recipe_id', 'position', name=op.f('pk_recipe_line'))
    )
    op.create_table('recipe_cycle',
    sa.Column('recipe_id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['crop_cycle.id'], name=op.f('fk_recipe_cycle_cycle_id_crop_cycle'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recipe_id'], ['feeding_recipe.id'], name=op.f('fk_recipe_cycle_recipe_id_feeding_recipe'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('recipe_id', 'cycle_id', name=op.f('pk_recipe_cycle'))
    )
    with op.batch_alter_table('recipe_cycle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recipe_cycle_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('recipe_day',
    sa.Column('recipe_id', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('not_done_because', sa.String(length=500), nullable=True),
    sa.Column('said_by', sa.Uuid(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['crop_cycle.id'], name=op.f('fk_recipe_day_cycle_id_crop_cycle'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recipe_id'], ['feeding_recipe.id'], name=op.f('fk_recipe_day_recipe_id_feeding_recipe'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['said_by'], ['membership.id'], name=op.f('fk_recipe_day_said_by_membership'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('recipe_id', 'cycle_id', 'day', name=op.f('pk_recipe_day'))
    )
    guard()


def downgrade() -> None:
    op.drop_table('recipe_day')
    with op.batch_alter_table('recipe_cycle', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recipe_cycle_cycle_id'))

    op.drop_table('recipe_cycle')
    op.drop_table('recipe_line')
    with op.batch_alter_table('feeding_recipe', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feeding_recipe_cooperative_id'))

    op.drop_table('feeding_recipe')
