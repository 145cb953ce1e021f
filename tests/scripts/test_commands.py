"""The two commands as a person calls them: from anywhere, early, late and wrongly."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.prepare import ROOT, RUN_LOCK, TEST_LOCK

# The inner pytest needs none of the plug-ins that are slow to load.
INNER_PYTEST = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "xdist.plugin",
}
PLAIN_TOOLS = ("sh", "dirname", "readlink", "env")
SERVER = "import os, sys, trace; print(os.getpid(), trace.__file__, os.getcwd(), *sys.argv[1:], sep='\\n')"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "a folder with spaces"
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "tests").mkdir()
    for lock in (RUN_LOCK, TEST_LOCK):
        (root / lock).write_text("melon==1.0\n")
    return root


@pytest.fixture
def prepared(checkout: Path) -> Path:
    """A checkout whose environment is finished: the one these tests run in, under another name."""
    note = {
        lock: hashlib.sha256((checkout / lock).read_bytes()).hexdigest() for lock in (RUN_LOCK, TEST_LOCK)
    }
    note["python"] = f"{sys.version_info.major}.{sys.version_info.minor}"
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "prepared.json").write_text(json.dumps(note))
    write_program(checkout / ".venv" / "bin" / "python", f'exec "{sys.executable}" "$@"')
    return checkout


def write_program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def call(
    *command: str | Path, where: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRACE_", "PYTEST_"))}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=where,
        env={**kept, "PYTHON": sys.executable, **INNER_PYTEST, **environment},
    )


def test_help_works_before_anything_is_installed_and_installs_nothing(checkout: Path) -> None:
    answer = call(checkout / "scripts" / "serve", "--help", where=Path("/"))
    assert answer.returncode == 0
    assert all(option in answer.stdout for option in ("--host", "--port", "--data", "--demo"))
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_too_old_is_told_in_one_sentence(checkout: Path, tmp_path: Path) -> None:
    old = write_program(tmp_path / "python3.9", 'case "$2" in *print*) echo 3.9 ;; *) exit 1 ;; esac')
    for command in ("serve", "test"):
        answer = call(checkout / "scripts" / command, PYTHON=str(old))
        assert answer.returncode == 1
        assert answer.stderr == (
            f"trace needs Python 3.11 or newer; this is 3.9 ({old}). "
            "Install a newer one, or name it: PYTHON=/path/to/python3.11.\n"
        )


def test_a_machine_without_python_is_told_how_to_get_it(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in PLAIN_TOOLS:
        (tools / name).symlink_to(str(shutil.which(name)))
    answer = call(checkout / "scripts" / "serve", PYTHON="", PATH=str(tools))
    assert answer.returncode == 1
    assert answer.stderr.startswith("trace needs Python 3.11 or newer, and python3 does not run here.")


@pytest.mark.parametrize("hint", [{}, {"PYTHONSAFEPATH": "1"}, {"PYTHONPATH": "/usr/lib/python3.11"}])
def test_serve_becomes_the_server_of_its_own_checkout(
    prepared: Path, tmp_path: Path, hint: dict[str, str]
) -> None:
    (prepared / "trace").mkdir()
    (prepared / "trace" / "__init__.py").touch()
    (prepared / "trace" / "__main__.py").write_text(SERVER)
    link = tmp_path / "serve"
    link.symlink_to(prepared / "scripts" / "serve")
    command = [str(link), "--data", "my data", "--port", "8123", "--demo"]
    environment = {**os.environ, **hint}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
    ) as server:
        pid, module, where, *words = server.communicate()[0].splitlines()
    assert int(pid) == server.pid, "signals must reach the server itself"
    assert (module, where) == (str(prepared / "trace" / "__init__.py"), str(prepared))
    assert words == ["serve", "--port", "8123", "--data", str(tmp_path / "my data"), "--demo"]


def test_a_data_folder_that_cannot_be_written_is_refused_before_the_long_installation(checkout: Path) -> None:
    (checkout / "file").touch()
    answer = call(checkout / "scripts" / "serve", "--data", "file/data", where=checkout)
    assert answer.returncode == 1
    assert answer.stderr.startswith(
        f"trace: The data folder {checkout}/file/data cannot be written (Not a dir"
    )
    assert not (checkout / ".venv").exists()


def test_a_wrong_option_is_refused_in_one_sentence(checkout: Path) -> None:
    answer = call(checkout / "scripts" / "serve", "--port", "seven")
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "--port" in answer.stderr


def test_arguments_run_pytest_alone_and_the_last_line_counts_the_tests(prepared: Path) -> None:
    (prepared / "tests" / "test_three.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): assert False\ndef test_c(): pytest.skip('no')\n"
    )
    answer = call(prepared / "scripts" / "test", "tests", CI="true", CHROMIUM="/bin/true", FORCE_COLOR="1")
    assert answer.returncode == 1
    assert answer.stdout.splitlines()[-1] == "1 passed, 1 failed, 1 skipped"
    assert "pytest runs alone" in answer.stdout
    assert "\033" not in answer.stdout


def test_one_failing_check_hides_no_other(prepared: Path) -> None:
    (prepared / "tests" / "test_one.py").write_text("def test_a(): pass\n")
    linters = 'case "$*" in *mypy*) exit 1 ;; *ruff* | *importlinter*) exit 0 ;; esac'
    write_program(prepared / ".venv" / "bin" / "python", f'{linters}\nexec "{sys.executable}" "$@"')
    answer = call(prepared / "scripts" / "test", CHROMIUM="/bin/true")
    assert answer.returncode == 1
    *_, set_up, check, form, types, layers, tests, count = answer.stdout.splitlines()
    assert [line.split()[-3] for line in (set_up, check, form, types, layers, tests)] == [
        *("passed", "passed", "passed", "FAILED", "passed", "passed")
    ]
    assert count == "1 passed, 0 failed, 0 skipped"


def test_a_browser_that_does_not_start_is_told_by_name(prepared: Path) -> None:
    answer = call(prepared / "scripts" / "test", "tests", CHROMIUM="/no/browser")
    assert answer.returncode == 1
    assert answer.stderr == (
        "trace: CHROMIUM names /no/browser, which does not start; name another, or unset it.\n"
    )
