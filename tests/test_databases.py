"""The suite's two databases are what they claim to be, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from tests.databases import fresh_database, postgresql_server, sqlite_url
from tests.postgresql import running


def answer(url: str, question: str) -> str:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return str(connection.execute(text(question)).scalar_one())


def databases(server: str) -> set[str | None]:
    return set(answer(server, "select string_agg(datname, ' ') from pg_database").split())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


def test_sqlite_is_a_file_in_the_folder_asked_for(tmp_path: Path) -> None:
    assert answer(sqlite_url(tmp_path), "select sqlite_version()").startswith("3.")
    assert (tmp_path / "trace.db").exists()


def test_postgresql_is_a_real_server_of_a_supported_version(server: str) -> None:
    assert answer(server, "select version()").startswith("PostgreSQL ")
    assert int(answer(server, "show server_version_num")) >= 150_000
    assert answer(server, "show server_encoding") == "UTF8"


def test_a_fresh_database_is_empty_can_be_copied_and_goes_away(server: str) -> None:
    tables = "select count(*) from pg_tables where schemaname = 'public'"
    with fresh_database(server) as first:
        assert answer(first, tables) == "0"
        with create_engine(first, poolclass=NullPool).begin() as connection:
            connection.execute(text("create table melon (kilograms integer)"))
        with fresh_database(server, template=first) as second:
            assert second != first
            assert answer(second, tables) == "1"
    assert databases(server).isdisjoint({make_url(first).database, make_url(second).database})


def test_a_database_goes_away_even_while_somebody_is_connected(server: str) -> None:
    with fresh_database(server) as url:
        forgotten = create_engine(url, poolclass=NullPool).connect()
    forgotten.invalidate()
    forgotten.close()
    assert make_url(url).database not in databases(server)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_the_tests_however_they_end(number: signal.Signals) -> None:
    code = (
        "from tests.postgresql import running\nwith running() as folder: print(folder, flush=True); input()"
    )
    tests = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with tests:
        assert tests.stdout is not None
        folder = Path(tests.stdout.readline().strip())
        postmaster = int((folder / "cluster" / "postmaster.pid").read_text("utf-8").split()[0])
        os.kill(postmaster, 0)
        tests.send_signal(number)
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(postmaster, 0)


def test_the_server_listens_on_its_socket_only() -> None:
    with running() as folder:
        url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
        assert answer(url, "show listen_addresses") == ""
    assert not Path(folder).exists()
