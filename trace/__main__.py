"""The command line: `python -m trace <command>`, run from the checkout."""

import argparse
import contextlib
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn

from trace.kit import migrations
from trace.settings import Settings, SettingsError, load


class CannotStart(Exception):
    """One sentence that says why, and what to do about it."""


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = given.run
    try:
        run(given)
    except (CannotStart, SettingsError) as error:
        print(f"trace: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m trace", description="Traceability for Vietnamese farm cooperatives."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="prepare the database and answer requests")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    serve.add_argument(
        "--data", type=Path, help="folder for the database, photographs and keys (default ./data)"
    )
    serve.add_argument("--demo", action="store_true", help="also load the demo cooperative")
    serve.set_defaults(run=_serve)

    migrate = commands.add_parser("migrate", help="bring the database to the shape this version expects")
    migrate.add_argument("--data", type=Path, help="folder of the embedded database (default ./data)")
    migrate.set_defaults(run=_migrate)
    return parser


def _serve(given: argparse.Namespace) -> None:
    settings = load(data=given.data, public_url=_public_url(given))
    listening = _listen(given.host, given.port)
    _prepare(settings)
    from trace.app import create_app

    app = create_app(settings)
    print(f"Listening on http://{given.host}:{given.port}", flush=True)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down by then, and raises it once more
        uvicorn.Server(config).run(sockets=[listening])


def _migrate(given: argparse.Namespace) -> None:
    settings = load(data=given.data)
    print("Applied." if _prepare(settings) else "Nothing to do.")


def _prepare(settings: Settings) -> bool:
    """The data folder and the database as this version needs them; True when something was migrated."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"The data folder {settings.data} cannot be written ({error.strerror}); name another with --data."
        ) from error
    try:
        return migrations.upgrade(settings.database)
    except migrations.NewerDatabaseError as error:
        raise CannotStart(
            f"The database is newer (revision {error}) than this version of trace; update the program first."
        ) from error


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048
        )
    except OSError as error:
        raise CannotStart(
            f"Port {port} on {host} cannot be used ({os.strerror(error.errno or 0)}); choose another with --port."
        ) from error


def _public_url(given: argparse.Namespace) -> str | None:
    if "TRACE_PUBLIC_URL" in os.environ:
        return None
    host = "127.0.0.1" if given.host in {"0.0.0.0", "::"} else given.host  # noqa: S104 - compared, not bound
    return f"http://{host}:{given.port}"


if __name__ == "__main__":
    sys.exit(main())
