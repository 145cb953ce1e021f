"""Runs pip over a lock file, shows how far it is, and puts its failure into one sentence."""

import re
import time
from pathlib import Path
from typing import Final

from scripts.saying import Failure, Meter, follow, say

_PINNED: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*==", re.MULTILINE)
_CAREFULLY: Final = (
    *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
    *("--no-input", "--disable-pip-version-check", "--progress-bar", "off"),
)
# pip names each package once, in one of these ways, and then unpacks them all in one silent step.
_REACHED: Final = re.compile(r"(?:Ignoring|Collecting|Processing|Requirement already satisfied:) ([^\s:]+)")
_VERSION: Final = re.compile(r"==|-\d")
_UNPACKS: Final = "Installing collected packages"
_WAITS: Final = "Retrying ("
_UNREACHABLE: Final = re.compile(r"connection broken by|Temporary failure in name resolution|timed out")


def install(python: Path, root: Path, lock: str) -> None:
    """Install what the lock pins: only wheels whose hash it knows, and nothing that it does not name."""
    total = len(_PINNED.findall((root / lock).read_text("utf-8")))
    say(f"Installing {total} packages of {lock}; this takes a minute, and only when that file changes.")
    began = time.monotonic()
    command = [str(python), "-m", "pip", "install", *_CAREFULLY, "--requirement", str(root / lock)]
    said: list[str] = []
    with Meter(total) as meter:

        def listen(line: str) -> None:
            said.append(line)
            _show(line, meter)

        code = follow(command, listen)
    log = root / ".cache" / "pip.log"
    log.write_text("".join(said), "utf-8")
    if code:
        raise Failure(_sentence(said, lock, log))
    say(f"Installed them in {time.monotonic() - began:.0f} s.")


def _show(line: str, meter: Meter) -> None:
    if reached := _REACHED.match(line):
        meter.step(_VERSION.split(Path(reached[1]).name)[0])
    elif line.startswith(_UNPACKS):
        meter.note("unpacking")
    elif _WAITS in line:
        meter.note("waiting for the package index, which does not answer")


def _sentence(said: list[str], lock: str, log: Path) -> str:
    errors = [line for line in said if line.startswith("ERROR:")] or said or ["nothing"]
    words = f"pip's last words (all of them are in {log}): {errors[-1].strip()}"
    if any(_UNREACHABLE.search(line) for line in said):
        return f"The package index cannot be reached, so {lock} was not installed; {words}"
    return f"The packages of {lock} could not be installed; {words}"
