"""One history for both databases: up, down, and what it makes is what the code expects."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import Session, select

from tests import databases
from tests.kit.test_database import entry
from trace.kit import migrations
from trace.kit.database import make_engine
from trace.ledger.models import JournalEntry
from trace.tables import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of its own, because whole schemas come and go here."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield databases.sqlite_url(tmp_path)
        else:
            yield stack.enter_context(databases.postgresql_url())


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_the_history_makes_exactly_the_tables_of_the_code(url: str) -> None:
    assert migrations.upgrade(url) is True
    assert tables(url) == set(metadata.tables)
    command.check(migrations.config(url))
    assert migrations.upgrade(url) is False


def test_the_names_of_the_files_are_the_history() -> None:
    script = ScriptDirectory(str(migrations.FOLDER))
    assert [revision.revision for revision in script.walk_revisions()][::-1] == migrations.known()
    assert script.get_current_head() == migrations.head()


def test_it_can_be_undone_and_done_again_with_data_in_it(url: str) -> None:
    migrations.upgrade(url)
    engine = make_engine(url)
    with Session(engine) as db, db.begin():
        db.add(entry())
    migrations.downgrade(url, "base")
    assert tables(url) == set()
    migrations.upgrade(url)
    with Session(engine) as db:
        assert db.exec(select(JournalEntry)).all() == []
    engine.dispose()


def test_a_database_from_the_future_is_left_alone(url: str) -> None:
    migrations.upgrade(url)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrations.NewerDatabaseError, match="9999"):
        migrations.upgrade(url)
    assert tables(url) == set(metadata.tables)
    engine.dispose()


def test_several_processes_may_migrate_at_once(url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        running = [
            pool.submit(
                subprocess.run, [sys.executable, "-m", "trace", "migrate"], env=_with(url), check=False
            )
            for _ in range(3)
        ]
        assert [one.result().returncode for one in running] == [0, 0, 0]
    assert tables(url) == set(metadata.tables)


def _with(url: str) -> dict[str, str]:
    return {**os.environ, "TRACE_DATABASE_URL": url}
