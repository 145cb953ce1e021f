"""The demo is loaded once for all its tests: each looks at it and leaves it as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.conftest import OneConnection
from trace.demo import loading, story
from trace.kit import files
from trace.settings import Settings

NOW = story.at("25/11", "08:30")


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="package")
def loaded(engine: Engine, folder: Path) -> Iterator[OneConnection]:
    with engine.connect() as connection:
        outer = connection.begin()
        made = OneConnection(connection)
        assert loading.load(made, files.in_folder(folder / "files"), now=NOW) is True
        yield made
        outer.rollback()


@pytest.fixture
def database(loaded: OneConnection) -> Iterator[OneConnection]:
    with loaded.connection.begin_nested() as before:
        yield loaded
        before.rollback()


@pytest.fixture
def told(database: OneConnection) -> OneConnection:
    """The database in which the story has been told."""
    return database


@pytest.fixture
def app_settings(folder: Path) -> Settings:
    """With the folder in which the story's pictures and papers are kept."""
    return Settings(data=folder, public_url="http://testserver")
