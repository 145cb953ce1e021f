"""The image holds the locked packages and the program, runs as nobody in particular, and carries no secret."""

import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Final

import pytest
from packaging.specifiers import SpecifierSet

from scripts.prepare import ROOT, RUN_LOCK

DOCKERFILE: Final = (ROOT / "Dockerfile").read_text("utf-8")
# Joined as the builder joins them: nothing takes the place of a line's end.
INSTRUCTIONS: Final = re.sub(r"\\\n", "", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE)).splitlines()


def said(instruction: str) -> list[str]:
    """What follows each instruction of that name, in order."""
    return [line.split(None, 1)[1] for line in INSTRUCTIONS if line.startswith(f"{instruction} ")]


def test_its_python_is_one_that_the_project_supports_and_pinned_by_tag() -> None:
    supported = SpecifierSet(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    )
    versions = [re.match(r"python:(\d+\.\d+)-slim-[a-z]+(?: |$)", image) for image in said("FROM")]
    assert {version and version[1] in supported for version in versions} == {True}
    assert len({image.split()[0] for image in said("FROM")}) == 1


def test_packages_come_from_the_lock_with_their_hashes() -> None:
    install = next(command for command in said("RUN") if "pip install" in command)
    assert all(
        word in install
        for word in ("--require-hashes", "--no-deps", "--only-binary :all:", f"/build/{RUN_LOCK}")
    )


def test_everything_it_copies_is_there_and_reaches_the_builder() -> None:
    admitted = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    }
    copied = {copy.split()[0] for copy in said("COPY") if not copy.startswith("--from=")}
    assert copied == admitted
    assert all((ROOT / source).exists() for source in copied)


def test_nothing_else_reaches_the_builder() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] != "#"]
    assert lines[0] == "*"


def test_everything_the_program_reads_beside_itself_is_copied() -> None:
    beside = {"migrations", "static"}
    assert beside | {"trace"} <= {copy.split()[0] for copy in said("COPY")}


def test_it_runs_as_a_numbered_account_and_from_its_own_folder_first() -> None:
    assert said("USER") == ["10001:10001"]
    assert said("WORKDIR") == ["/app"]
    assert "PYTHONPATH=/app" in " ".join(said("ENV"))
    assert json.loads(said("ENTRYPOINT")[0]) == ["python", "-m", "trace"]


def test_it_carries_no_secret() -> None:
    assert not re.search(r"(?i)password|secret|token|api_?key", "\n".join(INSTRUCTIONS))


@contextmanager
def answering(status: int) -> Iterator[int]:
    """The port of a server that answers /readyz so, and everything else with 404."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def is_healthy() -> Callable[[int], bool]:
    """Asks as the image's own health check does, at another port."""
    words: list[str] = json.loads(said("HEALTHCHECK")[0].partition("CMD ")[2])
    assert words[:3] == ["python", "-I", "-c"]

    def ask(port: int) -> bool:
        program = words[3].replace("8000", str(port))
        done = subprocess.run(
            [sys.executable, "-I", "-c", program], capture_output=True, check=False, timeout=30
        )
        return done.returncode == 0

    return ask


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_its_health_is_what_readyz_says(
    is_healthy: Callable[[int], bool], status: int, *, healthy: bool
) -> None:
    with answering(status) as port:
        assert is_healthy(port) is healthy


def test_it_is_not_healthy_when_nothing_answers(is_healthy: Callable[[int], bool]) -> None:
    assert not is_healthy(1)
