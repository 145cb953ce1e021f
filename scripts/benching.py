"""`scripts/bench`: measures what a test must not, because machines differ; each figure beside one of the same run."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from scripts.prepare import TEST_LOCK, Environment

ROOT = Path(__file__).parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("what", choices=["diary"], help="diary: its pages with 50 and with 5,000 records")
    parser.add_argument("--records", type=int, default=5000, help="how long the long diary is")
    given = parser.parse_args()
    python = Environment().ensure(TEST_LOCK)
    words = [str(python), "-m", f"scripts.bench_{given.what}", str(given.records)]
    return subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
