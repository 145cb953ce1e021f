"""Finds the Chromium that the browser tests drive, and installs Debian's where there is none."""

import os
import shutil
import subprocess
from typing import Final

from scripts.debian import can_install, install
from scripts.saying import Failure

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a browser that starts: the one in CHROMIUM if that is set, else the first of the usual names."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [path for name in _NAMES if (path := shutil.which(name))]
    return next((path for path in candidates if _starts(path)), None)


def ensure() -> str:
    """The path of a browser that starts, installed if need be."""
    if found := find():
        return found
    if named := os.environ.get("CHROMIUM"):
        raise Failure(f"CHROMIUM names {named}, which does not start; name another, or unset it.")
    if can_install():
        install("chromium", why="for the browser tests")
        if found := find():
            return found
    raise Failure(
        "The browser tests need Chromium: install it (on Debian: sudo apt-get install chromium), "
        "or name it: CHROMIUM=/path/to/chromium."
    )


def _starts(path: str) -> bool:
    """Ask for the version: on some systems `chromium-browser` only advertises another package."""
    try:
        return not subprocess.run(
            [path, "--version"], capture_output=True, timeout=60, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False
