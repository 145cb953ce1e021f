"""Installs Debian's packages where that can be done without asking anyone."""

import os
import re
import shutil
import time
from typing import Final

from scripts.saying import Failure, Meter, follow, say

_STEP: Final = re.compile(r"Unpacking (\S+)")
_OPTIONS: Final = ("-q", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0")


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str, *, why: str) -> None:
    """Install a package with what it must have, and nothing that it merely recommends."""
    say(f"Installing Debian's {package} {why}.")
    began = time.monotonic()
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    said: list[str] = []
    with Meter() as meter:

        def listen(line: str) -> None:
            said.append(line)
            if step := _STEP.match(line):
                meter.step(step[1])

        updated = follow(["apt-get", "update", *_OPTIONS], listen)
        installed = follow(["apt-get", "install", "--no-install-recommends", *_OPTIONS, package], listen)
    if installed:
        step = "apt-get update" if updated else f"apt-get install {package}"
        errors = [line for line in said if line.startswith("E:")] or said or ["nothing"]
        raise Failure(f"{step} failed; its last words: {errors[-1].strip()}")
    say(f"Installed it in {time.monotonic() - began:.0f} s.")
