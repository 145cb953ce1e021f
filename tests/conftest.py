"""What every test may ask for: a real database, the application on it, a clock that stands still."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine
from sqlmodel import Session
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from tests import databases
from tests.people import Door, Factory
from trace.app import create_app
from trace.kit import files, migrations
from trace.kit.database import Database, make_engine
from trace.settings import Settings

settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")

START = datetime(2026, 11, 10, 1, 30, tzinfo=UTC)  # 08:30 in Vietnam


class StandingClock:
    """Time passes when a test says so."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One migrated database of each kind for the whole run."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.db'}"
        migrations.upgrade(url)
        made = make_engine(url)
        yield made
        made.dispose()
        return
    with databases.postgresql_url() as url:
        migrations.upgrade(url)
        made = make_engine(url)
        yield made
        made.dispose()


class OneConnection(Database):
    """A database on one connection, whose outer transaction the test rolls back at its end.

    The application opens its own sessions on it, so its real commit and rollback code runs.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        with Session(self.connection, join_transaction_mode="create_savepoint") as session, session.begin():
            yield session

    read = write

    def close(self) -> None:
        """The connection is the test's to close."""


@pytest.fixture
def database(engine: Engine) -> Iterator[Database]:
    with engine.connect() as connection:
        outer = connection.begin()
        yield OneConnection(connection)
        outer.rollback()


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A session for looking into the tables."""
    with database.read() as session:
        yield session


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app_settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, public_url="http://testserver")


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> ASGIApp:
    """The application with its guards, built once: each route's first request costs more than most tests."""
    made = create_app(Settings(data=tmp_path_factory.mktemp("data"), public_url="http://testserver"))
    gc.freeze()  # as a server does when it has started
    gc.set_threshold(20_000, 20, 20)
    return made


@pytest.fixture
def app(application: ASGIApp, database: Database, clock: StandingClock, app_settings: Settings) -> ASGIApp:
    """The application on the database, the clock and the folder of this test."""
    state = inside(application).state
    state.database, state.clock = database, clock
    state.settings, state.files = app_settings, files.of(app_settings)
    return application


def inside(app: Any) -> FastAPI:
    """Behind its guards."""
    return app if isinstance(app, FastAPI) else inside(app.app)


@pytest.fixture
def door(app: ASGIApp) -> Iterator[Callable[[], Door]]:
    """Makes browsers: each keeps its own cookies and says that it is on our own pages."""
    opened: list[TestClient] = []

    def browser() -> Door:
        client = Door(
            app, base_url="http://testserver", follow_redirects=False, raise_server_exceptions=False
        )
        client.headers["sec-fetch-site"] = "same-origin"
        client.__enter__()
        opened.append(client)
        return client

    yield browser
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def stranger(door: Callable[[], Door]) -> Door:
    """A browser that nobody is signed in with."""
    return door()


@pytest.fixture
def make(door: Callable[[], Door], clock: StandingClock) -> Factory:
    """Makes the smallest valid things, through the product's own doors."""
    return Factory(door, clock)


@pytest.fixture
def manager(make: Factory) -> Door:
    """A browser in which the manager of a cooperative is signed in."""
    return make.manager()


def pytest_sessionstart() -> None:
    os.environ.pop("TRACE_DATABASE_URL", None)
