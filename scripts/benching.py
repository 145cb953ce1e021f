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
    parser.add_argument(
        "what",
        choices=["diary", "trace", "codes"],
        help="diary: its pages with 50 and with 5,000 records; trace: up and down in a graph of "
        "batches; codes: a PDF of labels",
    )
    parser.add_argument("--records", type=int, default=5000, help="how long the long diary is")
    parser.add_argument("--batches", type=int, default=1_000_000, help="how many the graph of traces has")
    parser.add_argument("--labels", type=int, default=10_000, help="how many labels the long PDF has")
    given = parser.parse_args()
    python = Environment().ensure(TEST_LOCK)
    long = {"trace": given.batches, "codes": given.labels, "diary": given.records}[given.what]
    words = [str(python), "-m", f"scripts.bench_{given.what}", str(long)]
    return subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
