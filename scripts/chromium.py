"""Finds the Chromium that the browser tests drive, and installs what is missing from Debian."""

import ctypes
import os
import shutil
import subprocess
import sys
from typing import Final

from scripts.debian import can_install, install
from scripts.saying import Failure

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LIBRARY: Final = "libatomic.so.1"
_LIBRARY_PACKAGE: Final = "libatomic1"


def find() -> str | None:
    """The path of a browser that starts: the one in CHROMIUM if that is set, else the first of the usual names."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [path for name in _NAMES if (path := shutil.which(name))]
    return next((path for path in candidates if _starts(path)), None)


def ensure() -> str:
    """The path of a browser that starts, installed if need be, as is what its driver needs."""
    _ensure_library()
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


def _ensure_library() -> None:
    """Playwright brings its own Node.js, which needs a library that Debian's small images leave out."""
    if not sys.platform.startswith("linux") or _loads(_LIBRARY):
        return
    if can_install():
        install(_LIBRARY_PACKAGE, why="for the driver of the browser tests")
    if not _loads(_LIBRARY):
        raise Failure(
            f"The browser tests need {_LIBRARY}: install it (on Debian: sudo apt-get install {_LIBRARY_PACKAGE})."
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _starts(path: str) -> bool:
    """Ask for the version: on some systems `chromium-browser` only advertises another package."""
    try:
        return not subprocess.run(
            [path, "--version"], capture_output=True, timeout=60, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False
