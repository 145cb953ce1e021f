"""Brings a database to the shape this code expects, and says so when it cannot."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from trace.kit.database import make_engine

FOLDER: Final = Path(__file__).parent.parent.parent / "migrations"


class NewerDatabaseError(Exception):
    """The database was written by a later version of the product than this one."""


def config(url: str) -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["url"] = url
    return made


def head() -> str:
    return str(ScriptDirectory(str(FOLDER)).get_current_head())


def current(url: str) -> str | None:
    engine = make_engine(url, connections=1)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def upgrade(url: str) -> bool:
    """Apply what is missing; True when something was. Raises NewerDatabaseError before touching anything."""
    found = current(url)
    if found == head():
        return False
    known = {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}
    if found is not None and found not in known:
        raise NewerDatabaseError(found)
    command.upgrade(config(url), "head")
    return True


def downgrade(url: str, target: str) -> None:
    command.downgrade(config(url), target)
