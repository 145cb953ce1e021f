"""The two real databases that the suite runs on: SQLite in a file, PostgreSQL from a wheel or from outside."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import NullPool, create_engine, make_url, text

from tests import postgresql

OUTSIDE: Final = "TRACE_TEST_POSTGRES"
_DRIVER: Final = "postgresql+psycopg"


def sqlite_url(folder: Path) -> str:
    """The address of a database in this folder; it comes into being with its first use."""
    return f"sqlite:///{(folder / 'trace.db').absolute()}"


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a server's administrator: the one given from outside, or a new server of our own."""
    if given := os.environ.get(OUTSIDE):
        yield make_url(given).set(drivername=_DRIVER).render_as_string(hide_password=False)
        return
    with postgresql.running() as folder:
        yield f"{_DRIVER}://postgres@/postgres?host={folder}"


@contextmanager
def fresh_database(server: str, *, template: str | None = None) -> Iterator[str]:
    """A new database, empty or a copy of another that nobody is using, and gone again afterwards."""
    name = f"trace_test_{uuid.uuid4().hex}"
    copied = f' TEMPLATE "{make_url(template).database}"' if template else ""
    _carry_out(server, f'CREATE DATABASE "{name}"{copied}')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _carry_out(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgresql_url() -> Iterator[str]:
    """A new empty database on a server of its own: all that a session of tests needs."""
    with postgresql_server() as server, fresh_database(server) as url:
        yield url


def _carry_out(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
