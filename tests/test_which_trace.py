"""`trace` is also a module of the standard library, which must never be the one that runs."""

import subprocess
import sys

import trace
from scripts.prepare import ROOT


def test_the_imported_trace_is_the_one_of_this_checkout() -> None:
    assert trace.__file__ == str(ROOT / "trace" / "__init__.py")


def test_python_run_from_the_checkout_imports_it_too() -> None:
    command = [sys.executable, "-c", "import trace; print(trace.__file__)"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(ROOT / "trace" / "__init__.py")
