"""The virtual environment is made once, whole, and again only for a reason."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.prepare import RUN_LOCK, TEST_LOCK, Environment, MissingVenv
from scripts.saying import Failure

Asked = Callable[[str], int]

# Stands in for the Python that makes environments. It notes what it is asked for, and the Python that it
# puts into .venv does so too; a file named `broken` makes pip fail with what the file says.
FAKE_PYTHON = """#!/bin/sh
cd "{root}"
echo "$*" >>asked
case "$*" in
    *"import ensurepip"*) [ ! -e no-venv ] ;;
    "-m venv"*) rm -rf .venv && mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m pip install"*)
        sleep 0.2
        echo "Collecting melon==1.0"
        if [ -e broken ]; then cat broken; exit 1; fi ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "a folder with spaces"
    (root / "tests").mkdir(parents=True)
    (root / RUN_LOCK).write_text("melon==1.0 \\\n    --hash=sha256:00\n")
    (root / TEST_LOCK).write_text("melon==1.0 \\\n    --hash=sha256:00\nseed==2.0 \\\n    --hash=sha256:11\n")
    base = root / "base-python"
    base.write_text(FAKE_PYTHON.format(root=root))
    base.chmod(0o755)
    return root


@pytest.fixture
def environment(checkout: Path) -> Environment:
    return Environment(checkout, str(checkout / "base-python"))


@pytest.fixture
def asked(checkout: Path) -> Asked:
    """How often the fake was asked for something."""

    def count(what: str) -> int:
        noted = checkout / "asked"
        return sum(what in line for line in noted.read_text().splitlines()) if noted.exists() else 0

    return count


def test_the_first_time_makes_and_installs_and_the_second_does_nothing(
    environment: Environment, asked: Asked
) -> None:
    assert environment.ensure(RUN_LOCK) == environment.root / ".venv" / "bin" / "python"
    assert (asked("-m venv"), asked("-m pip install")) == (1, 1)
    assert asked("--require-hashes --no-deps --only-binary :all:") == 1
    environment.ensure(RUN_LOCK)
    assert (asked("-m venv"), asked("-m pip install")) == (1, 1)


def test_a_changed_lock_is_installed_into_the_same_environment(
    environment: Environment, checkout: Path, asked: Asked
) -> None:
    environment.ensure(RUN_LOCK)
    (checkout / RUN_LOCK).write_text("melon==1.1 \\\n    --hash=sha256:22\n")
    environment.ensure(RUN_LOCK)
    assert (asked("-m venv"), asked("-m pip install")) == (1, 2)


def test_what_the_tests_need_holds_what_running_needs_but_not_the_reverse(
    environment: Environment, asked: Asked
) -> None:
    environment.ensure(TEST_LOCK)
    environment.ensure(RUN_LOCK)
    assert asked("-m pip install") == 1
    environment.note.unlink()
    environment.ensure(RUN_LOCK)
    assert not environment.holds(TEST_LOCK)


def test_an_unfinished_installation_is_made_anew(
    environment: Environment, checkout: Path, asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.ensure(RUN_LOCK)
    (checkout / RUN_LOCK).write_text("melon==1.1 \\\n    --hash=sha256:22\n")
    (checkout / "broken").write_text("Collecting\nERROR: No matching distribution found for melon==1.1\n")
    with pytest.raises(Failure, match=r"could not be installed.*pip\.log\): ERROR: No matching distribution"):
        environment.ensure(RUN_LOCK)
    (checkout / "broken").unlink()
    environment.ensure(RUN_LOCK)
    assert (asked("-m venv"), asked("-m pip install")) == (2, 3)
    assert "Making .venv anew" in capsys.readouterr().out


def test_an_unreachable_package_index_is_called_that(environment: Environment, checkout: Path) -> None:
    (checkout / "broken").write_text(
        "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'\n"
        "ERROR: No matching distribution found for melon==1.0\n"
    )
    with pytest.raises(Failure, match=r"^The package index cannot be reached, so requirements\.lock was not"):
        environment.ensure(RUN_LOCK)


def test_an_environment_of_another_python_is_made_anew(environment: Environment, asked: Asked) -> None:
    environment.ensure(RUN_LOCK)
    noted = json.loads(environment.note.read_text())
    environment.note.write_text(json.dumps({**noted, "python": "3.5"}))
    environment.ensure(RUN_LOCK)
    assert asked("-m venv") == 2


def test_a_python_without_venv_is_told_with_the_package_to_install(
    environment: Environment, checkout: Path, asked: Asked
) -> None:
    (checkout / "no-venv").touch()
    with pytest.raises(MissingVenv, match=r"on Debian install it: apt-get install python3\.\d+-venv\.$"):
        environment.ensure(RUN_LOCK)
    assert not asked("-m venv")


def prepare_elsewhere(environment: Environment) -> subprocess.Popen[str]:
    code = "import sys, pathlib; from scripts.prepare import Environment; "
    code += "Environment(pathlib.Path(sys.argv[1]), sys.argv[2]).ensure('requirements.lock')"
    command = [sys.executable, "-c", code, str(environment.root), environment.base]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_two_at_once_make_one_environment(environment: Environment, asked: Asked) -> None:
    with prepare_elsewhere(environment) as first, prepare_elsewhere(environment) as second:
        said = first.communicate()[0] + second.communicate()[0]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert (asked("-m venv"), asked("-m pip install")) == (1, 1)
    assert "Waiting for another command" in said


def test_a_killed_preparation_is_noticed_and_leaves_no_lock(environment: Environment, asked: Asked) -> None:
    with prepare_elsewhere(environment) as killed:
        assert killed.stdout is not None
        while "Installing" not in killed.stdout.readline():
            pass
        killed.kill()
    environment.ensure(RUN_LOCK)
    assert environment.holds(RUN_LOCK)
    assert asked("-m venv") == 2
