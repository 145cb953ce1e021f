"""The batches that there were before operations become operations, and back."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from tests.batches.databases import doors_to, own_database
from tests.batches.making import batch, harvest
from tests.batches.operating import merged
from tests.conftest import StandingClock
from trace.kit import migrations
from trace.kit.database import make_engine


def before_operations() -> str:
    (own,) = migrations.FOLDER.glob("versions/*_operations.py")
    known = migrations.known()
    return known[known.index(own.name[:4]) - 1]


def test_every_batch_there_was_becomes_an_operation_with_its_harvest(
    engine: Engine, tmp_path: Path, clock: StandingClock
) -> None:
    with own_database(engine, tmp_path) as address:
        with doors_to(address, tmp_path, clock, count=1) as (manager,):
            cut = harvest(manager)
            melon = batch(manager, harvest_id=cut["id"])
            told = manager.ask(f"/operations/{melon['id']}")
        migrations.downgrade(address, before_operations())
        looking = make_engine(address)
        assert "operation" not in inspect(looking).get_table_names()
        with looking.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM batch")).scalar() == 1
        looking.dispose()
        migrations.upgrade(address)
        with doors_to(address, tmp_path, clock, count=1) as (other,):
            assert other.get(f"/api/v1/operations/{melon['id']}").status_code == 404
        looking = make_engine(address)
        with looking.connect() as connection:
            made = connection.execute(text("SELECT kind, written_by FROM operation")).one()
            took = connection.execute(text("SELECT harvest_id, kg, pieces FROM operation_input")).one()
        assert (made.kind, str(made.written_by).replace("-", "")) == (
            "make",
            told["written_by"].replace("-", ""),
        )
        assert (str(took.harvest_id).replace("-", ""), took.kg, took.pieces) == (
            cut["id"].replace("-", ""),
            60_000,
            35,
        )
        looking.dispose()


def test_what_the_older_version_could_not_tell_is_not_thrown_away(
    engine: Engine, tmp_path: Path, clock: StandingClock
) -> None:
    with own_database(engine, tmp_path) as address:
        with doors_to(address, tmp_path, clock, count=1) as (manager,):
            merged(manager, "60", "40")
        with pytest.raises(RuntimeError, match="several harvests"):
            migrations.downgrade(address, before_operations())
