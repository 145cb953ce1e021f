"""`scripts/test`: prepares the checkout, a browser included, and runs every check to its end."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts import chromium, debian
from scripts.prepare import TEST_LOCK, Environment, MissingVenv
from scripts.saying import run, say

_REPORT: Final = Path(".cache/tests.xml")
_LINT_IMPORTS: Final = "from importlinter.cli import lint_imports_command as check; check()"
_COLOUR: Final = ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS")


@dataclass(frozen=True)
class Step:
    """One check that was run, and how it went."""

    name: str
    passed: bool
    seconds: float

    def __str__(self) -> str:
        return f"  {self.name:<14} {'passed' if self.passed else 'FAILED'} {self.seconds:7.1f} s"


def main() -> int:
    arguments = sys.argv[1:]
    began = time.monotonic()
    python = str(_prepared())
    os.environ["CHROMIUM"] = chromium.ensure()
    if os.environ.get("CI"):
        os.environ["NO_COLOR"] = "1"
        for name in _COLOUR:
            os.environ.pop(name, None)
    seconds = time.monotonic() - began
    if arguments:
        say("Arguments were given, so pytest runs alone, without the other checks.")
    checks = {} if arguments else _linters(python)
    checks["pytest"] = [python, "-m", "pytest", f"--junitxml={_REPORT}", *(arguments or _everything())]
    _REPORT.unlink(missing_ok=True)
    steps = [_carry_out(name, command) for name, command in checks.items()]
    _sum_up([Step("set-up", passed=True, seconds=seconds), *steps])
    return 0 if all(step.passed for step in steps) else 1


def _prepared() -> Path:
    environment = Environment()
    try:
        return environment.ensure(TEST_LOCK)
    except MissingVenv as missing:
        if not debian.can_install():
            raise
        debian.install(missing.package, why="to make a virtual environment")
        return environment.ensure(TEST_LOCK)


def _linters(python: str) -> dict[str, list[str]]:
    return {
        "ruff check": [python, "-m", "ruff", "check"],
        "ruff format": [python, "-m", "ruff", "format", "--check"],
        "mypy": [python, "-m", "mypy"],
        "lint-imports": [python, "-c", _LINT_IMPORTS],
    }


def _everything() -> list[str]:
    """Whole files go to one worker each, so that what a file sets up is set up once.

    In the order of their names: the few long walks through all pages come early, and no worker waits for them.
    """
    return ["--numprocesses=logical", "--dist=loadfile", "--no-loadscope-reorder"]


def _carry_out(name: str, command: list[str]) -> Step:
    say(f"{name} …")
    began = time.monotonic()
    with subprocess.Popen(command) as child:
        try:
            code = child.wait()
        except KeyboardInterrupt:  # the terminal told the child too: let it clean up after itself
            child.wait()
            raise
        except BaseException:
            child.send_signal(signal.SIGINT)
            child.wait()
            raise
    return Step(name, passed=not code, seconds=time.monotonic() - began)


def _sum_up(steps: list[Step]) -> None:
    """End on a plain count of tests, the one line that every reader of a test run understands."""
    print("\n" + "\n".join(map(str, steps)), flush=True)
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**_counted()), flush=True)


def _counted() -> dict[str, int]:
    """What pytest reported; without a report it did not get as far as its tests, which is one failure."""
    if not _REPORT.exists():
        return {"passed": 0, "failed": 1, "skipped": 0}
    suite = re.search(r"<testsuite [^>]*>", _REPORT.read_text("utf-8"))
    counts = dict(re.findall(r'(\w+)="(\d+)"', suite[0] if suite else ""))
    failed, skipped = int(counts["failures"]) + int(counts["errors"]), int(counts["skipped"])
    return {"passed": int(counts["tests"]) - failed - skipped, "failed": failed, "skipped": skipped}


if __name__ == "__main__":
    run(main)
