"""Brings a database to the shape this code expects, and says so when it cannot."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Engine, inspect, text

from trace.kit.database import make_engine

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER: Final = Path(__file__).parent.parent.parent / "migrations"


class NewerDatabaseError(Exception):
    """The database was written by a later version of the product than this one."""


def upgrade(url: str) -> bool:
    """Apply what is missing; True when something was. Raises NewerDatabaseError before touching anything."""
    found = current(url)
    if found == head():
        return False
    if found is not None and found not in known():
        raise NewerDatabaseError(found)
    # Imported here: a start with nothing to migrate, which is nearly every start, is a third of a second quicker.
    from alembic import command

    command.upgrade(config(url), "head")
    return True


def downgrade(url: str, target: str) -> None:
    from alembic import command

    command.downgrade(config(url), target)


def config(url: str) -> "Config":
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["url"] = url
    return made


def known() -> list[str]:
    """The revisions of the history in order: the four digits that each file's name begins with."""
    return sorted(file.name[:4] for file in (FOLDER / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def head() -> str:
    return known()[-1]


def current(url: str) -> str | None:
    engine = make_engine(url, connections=1)
    try:
        return _revision(engine)
    finally:
        engine.dispose()


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found
