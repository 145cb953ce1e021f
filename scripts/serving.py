"""`scripts/serve`: prepares the checkout, then becomes the server."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from scripts.prepare import RUN_LOCK, Environment
from scripts.saying import Failure, run

_ABOUT = """\
Sets up what the product needs (a virtual environment, the locked packages, the embedded database, keys)
and runs it. The first time takes about a minute; after that it starts at once. Ctrl-C stops it."""
_MORE = "Everything else is a command of `.venv/bin/python -m trace --help`, run from the checkout."


def main() -> int:
    called_from, *arguments = sys.argv[1:]
    given, other = _parser().parse_known_args(arguments)
    data = Path(called_from, given.data) if given.data else None
    _require_writable(data or Path(os.environ.get("TRACE_DATA", "data")))
    python = Environment().ensure(RUN_LOCK)
    os.execv(python, [str(python), "-m", "trace", "serve", *_said(given, data), *other])  # noqa: S606


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Failure(f"{message}; scripts/serve --help lists what can be said.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="scripts/serve", description=_ABOUT, epilog=_MORE, allow_abbrev=False)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--host", metavar="ADDRESS", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", metavar="NUMBER", type=int, help="port to listen on (default: 8000)")
    parser.add_argument(
        "--data", metavar="DIR", help="database, photographs, keys (default: data in the checkout)"
    )
    parser.add_argument("--demo", action="store_true", help="also load the demonstration cooperative")
    return parser


def _said(given: argparse.Namespace, data: Path | None) -> list[str]:
    """The arguments once more, with the folder as the caller meant it: the server runs in the checkout."""
    options = {"--host": given.host, "--port": given.port, "--data": data}
    words = [word for name, value in options.items() if value is not None for word in (name, str(value))]
    return [*words, "--demo"] if given.demo else words


def _require_writable(folder: Path) -> None:
    """Find out before the long installation, and by writing: for root every permission looks granted."""
    lowest = folder.absolute()
    while not os.path.lexists(lowest):
        lowest = lowest.parent
    try:
        with tempfile.TemporaryFile(dir=lowest):
            return
    except OSError as error:
        raise Failure(
            f"The data folder {folder} cannot be written ({error.strerror}: {lowest}); "
            "name another with --data, or change its permissions."
        ) from error


if __name__ == "__main__":
    run(main)
