"""The database: engines made honest, and one transaction a request, committed before the answer."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

BUSY_TIMEOUT_MS: Final = 5_000
_READS: Final = "trace_reads"


class Database:
    """Gives out sessions that write and sessions that only read. Nothing else asks which database it is."""

    def __init__(self, url: str, *, connections: int = 16) -> None:
        self.engine = make_engine(url, connections=connections)
        self.reading = for_reading(self.engine)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that commits when the block ends well and leaves nothing behind when it does not."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees one moment of the database and cannot change it."""
        with Session(self.reading) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def make_engine(url: str, *, connections: int = 16) -> Engine:
    # Errors are logged; what people typed is not.
    engine = create_engine(
        url, pool_size=connections, max_overflow=4, pool_pre_ping=_is_remote(url), hide_parameters=True
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_sqlite_honest)
        event.listen(engine, "begin", _begin_on_sqlite)
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same connections, whose transactions the database itself keeps from writing."""
    return engine.execution_options(**{_READS: True, "postgresql_readonly": True})


def _is_remote(url: str) -> bool:
    return not url.startswith("sqlite")


def _make_sqlite_honest(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own implicit BEGIN comes too late and is always deferred; ours is said below.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged record survives a power cut
        "foreign_keys=ON",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_on_sqlite(connection: Connection) -> None:
    # A reader that turns writer half-way can fail at once, whatever the timeout: writers say so first.
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def hold(db: Session, *name: Any) -> None:
    """Make everybody else who holds the same name wait until this transaction ends.

    SQLite has one writer at a time anyway; PostgreSQL gets an advisory lock.
    """
    if db.get_bind().dialect.name == "postgresql":
        digest = hashlib.sha256(repr(name).encode()).digest()
        db.execute(
            text("SELECT pg_advisory_xact_lock(:key)"),
            {"key": int.from_bytes(digest[:8], "big", signed=True)},
        )
