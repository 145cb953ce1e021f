"""The command line: `python -m trace <command>`, run from the checkout."""

import gc
import signal

if __name__ == "__main__":  # and not where a test imports it: both last as long as the process
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C during the start ends it at once and without a word
    gc.disable()  # until the rooms are imported: looking for garbage takes a seventh of that time and finds none

import argparse
import contextlib
import os
import socket
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvicorn
from sqlalchemy.exc import OperationalError

from trace.kit import migrations
from trace.settings import Settings, SettingsError, load

if TYPE_CHECKING:
    from trace.kit.files import FileStore

_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound


class CannotStart(Exception):
    """One sentence that says why, and what to do about it."""


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = given.run
    if run is not _serve:
        gc.enable()
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
    serve.add_argument(
        "--port",
        type=int,
        choices=range(1, 65536),
        metavar="NUMBER",
        default=8000,
        help="port to listen on (default %(default)s)",
    )
    serve.add_argument(
        "--data", type=Path, help="folder for the database, photographs and keys (default ./data)"
    )
    serve.add_argument("--demo", action="store_true", help="also load the demo cooperative")
    serve.set_defaults(run=_serve)

    migrate = commands.add_parser("migrate", help="bring the database to the shape this version expects")
    migrate.add_argument("--data", type=Path, help="folder of the embedded database (default ./data)")
    migrate.set_defaults(run=_migrate)

    reset = commands.add_parser("reset-password", help="print a link for somebody's new password")
    reset.add_argument("phone", metavar="PHONE", help="the number the person signs in with")
    reset.add_argument("--data", type=Path, help="folder of the embedded database (default ./data)")
    reset.set_defaults(run=_reset_password)

    export = commands.add_parser("export", help="write the diary of a crop cycle to a PDF or a spreadsheet")
    export.add_argument("cycle", metavar="CYCLE", type=uuid.UUID, help="the id in the address of its page")
    export.add_argument("file", metavar="FILE", type=Path, help="what to write; it ends in .pdf or .xlsx")
    export.add_argument("--language", choices=("vi", "en"), default="vi", help="(default %(default)s)")
    export.add_argument("--people", action="store_true", help="with the private book about people and prices")
    export.add_argument("--data", type=Path, help="folder of the embedded database (default ./data)")
    export.set_defaults(run=_export)
    listing = commands.add_parser("import-list", help="import a list of allowed or banned pesticides")
    listing.add_argument("file", metavar="FILE", type=Path, help="an .xlsx or .csv file")
    listing.add_argument("--standing", required=True, choices=("allowed", "banned"))
    listing.add_argument("--circular", required=True, help="its number, for example 75/2025/TT-BNNMT")
    listing.add_argument("--in-force", required=True, metavar="YYYY-MM-DD", help="when it comes into force")
    listing.add_argument("--manager", required=True, metavar="PHONE", help="in whose name it is imported")
    listing.add_argument("--cooperative", help="its name, where the manager has several")
    listing.add_argument(
        "--confirm", action="store_true", help="import it; without, only say what would change"
    )
    listing.add_argument("--data", type=Path, help="folder of the embedded database (default ./data)")
    listing.set_defaults(run=_import_list)

    demo = commands.add_parser("demo", help="load the demo cooperative and say where its pages are")
    demo.add_argument("--data", type=Path, help="folder of the embedded database (default ./data)")
    demo.set_defaults(run=_demo)
    return parser


def _serve(given: argparse.Namespace) -> None:
    settings = load(data=given.data, public_url=_public_url(given))
    listening = _listen(given.host, given.port)
    _prepare(settings)
    _open_files(settings)
    if given.demo:
        _load_demo(settings)
        gc.collect()  # what is left of it is not to be kept for good
    from trace.app import (
        create_app,
    )  # the rooms take a second to import; the sentences above need none of them

    app = create_app(settings)
    gc.freeze()
    gc.enable()
    print(f"Listening on http://{given.host}:{given.port}", flush=True)
    if given.host in _EVERYWHERE and "TRACE_PUBLIC_URL" not in os.environ:
        print(
            f"QR codes carry {settings.public_url}; set TRACE_PUBLIC_URL to the address that phones reach.",
            flush=True,
        )
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down by then, and raises it once more
        uvicorn.Server(config).run(sockets=[listening])


def _migrate(given: argparse.Namespace) -> None:
    settings = load(data=given.data)
    print("Applied." if _prepare(settings) else "Nothing to do.")


def _demo(given: argparse.Namespace) -> None:
    settings = load(data=given.data)
    _prepare(settings)
    _load_demo(settings)


def _load_demo(settings: Settings) -> None:
    if settings.secure:
        raise CannotStart(
            "The demo's password is known to everybody, so the demo is not loaded where TRACE_PUBLIC_URL is https."
        )
    from trace.demo import loading
    from trace.kit.clock import wall_clock
    from trace.kit.database import Database

    store = _open_files(settings)
    print("Loading the demo cooperative …", flush=True)
    database = Database(settings.database, connections=1)
    try:
        new = loading.load(database, store, now=wall_clock())
        print("Loaded." if new else "It is there already; nothing was changed.")
        for what, where in loading.addresses(database, settings.public_url):
            print(f"  {what:<16} {where}", flush=True)
    finally:
        database.close()


def _reset_password(given: argparse.Namespace) -> None:
    """For a last manager, and for people in several cooperatives; everybody else asks a manager."""
    settings = load(data=given.data)
    _prepare(settings)
    from trace.accounts import passwords, rules
    from trace.kit.clock import wall_clock
    from trace.kit.database import Database
    from trace.kit.problems import NotFound

    database = Database(settings.database)
    try:
        with database.write() as db:
            link = passwords.offer_reset_as_operator(db, str(rules.phone(given.phone)), now=wall_clock())
    except (NotFound, ValueError) as error:
        raise CannotStart(str(error)) from error
    finally:
        database.close()
    print(f"{settings.public_url}/reset/{link.token}")
    print("It works once, for 24 hours. Give it to that person only; all their devices will be signed out.")


def _export(given: argparse.Namespace) -> None:
    settings = load(data=given.data)
    _prepare(settings)
    from trace.kit.clock import wall_clock
    from trace.kit.database import Database
    from trace.kit.problems import NotFound
    from trace.reports.exporting import export, format_of

    database = Database(settings.database, connections=1)
    try:
        export(
            database,
            given.cycle,
            given.file,
            format_of(given.file),
            locale=given.language,
            people=given.people,
            now=wall_clock(),
        )
    except NotFound as error:
        raise CannotStart(f"There is no crop cycle {given.cycle}.") from error
    except (OSError, ValueError) as error:
        raise CannotStart(f"{given.file} cannot be written: {error}") from error
    finally:
        database.close()
    print(f"Written: {given.file}")


def _import_list(given: argparse.Namespace) -> None:
    """What a list would change, and with --confirm the import."""
    settings = load(data=given.data)
    _prepare(settings)
    from trace.accounts.operators import manager_of
    from trace.catalogue import list_command
    from trace.kit.clock import wall_clock
    from trace.kit.database import Database

    try:
        content = given.file.read_bytes()
    except OSError as error:
        raise CannotStart(f"{given.file} cannot be read ({error.strerror}).") from error
    store, database = _open_files(settings), Database(settings.database)
    try:
        with database.write() as db:
            told = list_command.run(
                db,
                store,
                content,
                standing=given.standing,
                circular=given.circular,
                in_force_on=given.in_force,
                confirm=given.confirm,
                by=manager_of(db, given.manager, cooperative=given.cooperative),
                now=wall_clock(),
            )
            print(*told, sep="\n")
    except (ValueError, list_command.CannotImportError) as error:
        raise CannotStart(str(error)) from error
    finally:
        database.close()


def _prepare(settings: Settings) -> bool:
    """The data folder and the database as this version needs them; True when something was migrated."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data):
            pass
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
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise CannotStart(f"The database cannot be used: {reason}") from error


def _open_files(settings: Settings) -> "FileStore":
    """The file store, after it has shown that it keeps what it is given."""
    from trace.kit import files
    from trace.kit.problems import FilesNotReady

    store = files.of(settings)
    try:
        store.check()
    except FilesNotReady as error:
        reason = str(error.__cause__).splitlines()[0]
        where = settings.files_url or settings.data / "files"
        raise CannotStart(f"The file store {where} cannot be used: {reason}") from error
    return store


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
    host = "127.0.0.1" if given.host in _EVERYWHERE else given.host
    return f"http://{host}:{given.port}"


if __name__ == "__main__":
    sys.exit(main())
