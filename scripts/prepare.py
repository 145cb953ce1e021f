"""Makes .venv hold what a lock file says: once, whoever asks, however often, and all or nothing."""

import contextlib
import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts import installing
from scripts.saying import Failure, follow, say

ROOT: Final = Path(__file__).resolve().parent.parent
RUN_LOCK: Final = "requirements.lock"
TEST_LOCK: Final = "tests/requirements.lock"
# The locks that an installed lock satisfies as well: the tests' one holds everything that running needs.
_ALSO_SATISFIES: Final = {RUN_LOCK: (), TEST_LOCK: (RUN_LOCK,)}


def interpreter() -> str:
    """The Python that made the running one's virtual environment, or the running one itself."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


class MissingVenv(Failure):
    """Debian packs `venv` apart from Python itself; this one failure scripts/test can put right by itself."""

    def __init__(self, base: str) -> None:
        self.package = f"python{_python_version()}-venv"
        super().__init__(
            f"{base} is Python {_python_version()} without its venv module; "
            f"on Debian install it: apt-get install {self.package}."
        )


@dataclass(frozen=True)
class Environment:
    """The virtual environment of one checkout, and the note in it that says what it holds."""

    root: Path = ROOT
    base: str = interpreter()

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def note(self) -> Path:
        return self.folder / "prepared.json"

    def ensure(self, lock: str) -> Path:
        """Have the lock installed, and return the Python to run with; quick when there is nothing to do."""
        if not self.holds(lock):
            with _alone(self.root / ".cache" / "prepare.lock"):
                if not self.holds(lock):  # another command may have done it while this one waited
                    self._install(lock)
        return self.python

    def holds(self, lock: str) -> bool:
        return self._is_whole() and self._noted().get(lock) == self._digest(lock)

    def _install(self, lock: str) -> None:
        whole = self._is_whole()
        # Without its note an environment counts as unfinished, so an interruption anywhere below is noticed.
        self.note.unlink(missing_ok=True)
        if not whole:
            self._make_anew()
        installing.install(self.python, self.root, lock)
        self._write_note({name: self._digest(name) for name in (lock, *_ALSO_SATISFIES[lock])})

    def _make_anew(self) -> None:
        _require_venv(self.base)
        if self.folder.exists():
            say("Making .venv anew, because it is unfinished or of another Python.")
        else:
            say("Making a virtual environment in .venv.")
        said = ["it said nothing"]
        if follow([self.base, "-m", "venv", "--clear", str(self.folder)], said.append):
            raise Failure(f"Could not make {self.folder}: {said[-1].strip()}")

    def _is_whole(self) -> bool:
        """Whether an installation was finished here, and for the Python that is running."""
        return os.access(self.python, os.X_OK) and self._noted().get("python") == _python_version()

    def _noted(self) -> dict[str, str]:
        try:
            noted: dict[str, str] = json.loads(self.note.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return noted

    def _write_note(self, digests: dict[str, str]) -> None:
        draft = self.note.with_suffix(".new")
        draft.write_text(json.dumps({"python": _python_version(), **digests}, indent=2) + "\n", "utf-8")
        draft.replace(self.note)

    def _digest(self, lock: str) -> str:
        return hashlib.sha256((self.root / lock).read_bytes()).hexdigest()


def _python_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _require_venv(base: str) -> None:
    """Ask first, because `-m venv` takes a paragraph to say that a part of it is missing."""
    if subprocess.run([base, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:
        raise MissingVenv(base)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the checkout's lock; the kernel lets go of it however this process ends."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another command that is preparing .venv.")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
