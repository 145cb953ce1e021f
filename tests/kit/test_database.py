"""The database keeps its promises: it waits, it checks, it is on disk before the answer, it refuses rewriting."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlmodel import Session, select

from tests.people import registration
from trace.accounts.models import Cooperative
from trace.app import create_app
from trace.kit import migrations
from trace.kit.database import Database, for_reading
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry
from trace.settings import Settings


def test_sqlite_is_made_honest(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.read() as db:
        said = {
            name: db.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        timeout = db.execute(text("PRAGMA busy_timeout")).scalar()
    database.close()
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert timeout == 5000


def test_a_writer_holds_sqlite_from_its_first_word(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.write() as first:
        first.execute(text("SELECT 1"))
        with database.engine.connect() as second:
            second.connection.driver_connection.execute("PRAGMA busy_timeout=0")  # type: ignore[union-attr]
            with pytest.raises(OperationalError, match="locked"):
                second.execute(text("SELECT 1"))
    database.close()


def test_a_reading_transaction_cannot_write(engine: Engine) -> None:
    with Session(for_reading(engine)) as db, pytest.raises((InternalError, OperationalError), match="read"):
        db.execute(text("DELETE FROM attempt"))


@pytest.mark.parametrize("act", ["UPDATE journal_entry SET kind = 'other.done'", "DELETE FROM journal_entry"])
def test_the_journal_cannot_be_rewritten(db: Session, act: str) -> None:
    db.add(entry())
    db.flush()  # the row must stand there before somebody tries
    with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
        db.execute(text(act))


def entry() -> JournalEntry:
    return JournalEntry(
        id=new_id(),
        cooperative_id=new_id(),
        kind="x.done",
        subject_id=new_id(),
        actor_id=None,
        said="{}",
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_the_commit_comes_before_the_answer(tmp_path: Path) -> None:
    """Driven as raw ASGI: when the first byte of the answer leaves, another connection sees the row."""
    settings = Settings(data=tmp_path)
    migrations.upgrade(settings.database)
    app = create_app(settings)
    onlooker = Database(settings.database)
    seen: list[int] = []
    statuses: list[int] = []
    body = "&".join(
        f"{name}={value}" for name, value in registration(street="Coi Ha", former_label="").items()
    ).encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
            with onlooker.read() as db:
                seen.append(len(db.exec(select(Cooperative.id)).all()))

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": "/register",
        "raw_path": b"/register", "query_string": b"", "root_path": "", "scheme": "http", "server": ("testserver", 80),
        "headers": [(b"host", b"testserver"), (b"sec-fetch-site", b"same-origin"),
                    (b"content-type", b"application/x-www-form-urlencoded"),
                    (b"content-length", str(len(body)).encode())],
    }  # fmt: skip

    async def ask() -> None:
        await app(scope, receive, send)

    with ThreadPoolExecutor(1) as apart:  # a browser that is open in this process runs a loop of its own
        apart.submit(asyncio.run, ask()).result()
    onlooker.close()
    assert (statuses, seen) == ([303], [1])
