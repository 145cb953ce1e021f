"""A database of its own for a test whose transactions really commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from tests import databases
from tests.conftest import StandingClock
from tests.people import Door, Factory
from trace.app import create_app
from trace.kit import migrations
from trace.kit.database import Database
from trace.settings import Settings


@contextmanager
def own_database(engine: Engine, folder: Path) -> Iterator[str]:
    """Its address, of the kind that the run is on: what commits here cannot be rolled back."""
    if engine.dialect.name == "sqlite":
        yield databases.sqlite_url(folder)
        return
    with databases.fresh_database(engine.url.render_as_string(hide_password=False)) as url:
        yield url


@contextmanager
def doors_to(address: str, folder: Path, clock: StandingClock, *, count: int) -> Iterator[list[Door]]:
    """Browsers in which the same manager is signed in, one for each thread."""
    migrations.upgrade(address)
    database = Database(address)
    app = create_app(Settings(data=folder, public_url="http://testserver"), database=database, clock=clock)

    def browser() -> Door:
        client = Door(app, follow_redirects=False, raise_server_exceptions=False)
        client.headers["sec-fetch-site"] = "same-origin"
        return client

    first = Factory(browser, clock).manager()
    others = [browser() for _ in range(count - 1)]
    for other in others:
        other.cookies.update(first.cookies)
    try:
        yield [first, *others]
    finally:
        database.close()
