"""The command line says in one sentence what it cannot do, and stops cleanly when asked."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from trace.kit import migrations
from trace.settings import SettingsError, load


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trace", *arguments],
        capture_output=True, text=True, timeout=60, env={**os.environ, **environment}, check=False,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_help_lists_the_commands() -> None:
    said = run("--help").stdout
    assert all(command in said for command in ("serve", "migrate"))


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = run("serve", "--port", str(port), "--data", str(tmp_path))
    assert answer.returncode == 1
    assert answer.stderr.strip().splitlines() == [
        f"trace: Port {port} on 127.0.0.1 cannot be used (Address already in use); choose another with --port."
    ]


def test_a_data_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = run("serve", "--port", str(free_port()), "--data", str(tmp_path / "file" / "data"))
    assert answer.returncode == 1
    assert "cannot be written" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_database_newer_than_the_code_is_not_touched(tmp_path: Path) -> None:
    migrations.upgrade(f"sqlite:///{tmp_path / 'trace.db'}")
    with sqlite3.connect(tmp_path / "trace.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    answer = run("migrate", "--data", str(tmp_path))
    assert answer.returncode == 1
    assert "newer" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_misspelt_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACE_PUBLIC_ULR", "https://trace.example")
    with pytest.raises(SettingsError, match="TRACE_PUBLIC_ULR"):
        load()


def test_settings_of_the_tests_are_let_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACE_TEST_POSTGRES", "anything")
    monkeypatch.setenv("TRACE_CONFORMANCE", "anywhere")
    assert load().threads


def test_ctrl_c_stops_it_cleanly(tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "trace", "serve", "--port", str(port), "--data", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    assert "Listening" in server.stdout.readline()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        assert answer.status == 200
    server.send_signal(signal.SIGINT)
    _, errors = server.communicate(timeout=20)
    assert server.returncode in (0, -signal.SIGINT, 130)
    assert "Traceback" not in errors
