"""How the commands speak: short lines, a meter for long work, one sentence when something stops them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from types import FrameType, TracebackType
from typing import Final, NoReturn, Self

INTERRUPTED: Final = 130


class Failure(Exception):
    """What stops a command, told in one sentence that says what to do."""


def say(sentence: str) -> None:
    print(f"trace: {sentence}", flush=True)


def run(main: Callable[[], int]) -> NoReturn:
    """Run a command to its exit code; refusals and interruptions end it without a traceback."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        code = main()
    except Failure as failure:
        print(f"trace: {failure}", file=sys.stderr)
        code = 1
    except OSError as error:  # a full disk, a checkout that cannot be written
        print(f"trace: {error.strerror or error}", *filter(None, [error.filename]), file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print("\ntrace: Interrupted; the same command can be given again.", file=sys.stderr)
        code = INTERRUPTED
    sys.exit(code)


def follow(command: Sequence[str], each: Callable[[str], None]) -> int:
    """Run a command, hand over each line it prints, and return its exit code; nothing of it outlives us."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,  # so that what it starts in turn can be stopped with it
    ) as child:
        try:
            for line in child.stdout or ():
                each(line)
        except BaseException:
            os.killpg(child.pid, signal.SIGTERM)
            raise
    return child.returncode


class Meter:
    """How far long work has come: one redrawn line on a terminal, a dot for each step elsewhere."""

    def __init__(self, total: int | None = None) -> None:
        self._total = total
        self._done = 0
        self._lively = sys.stdout.isatty() and not os.environ.get("CI")

    def step(self, name: str) -> None:
        self._done += 1
        if not self._lively:
            print(".", end="", flush=True)
        self.note(name)

    def note(self, text: str) -> None:
        """Say what is going on within a step, where that can be shown."""
        if self._lively:
            count = f"{self._done}/{self._total}" if self._total else str(self._done)
            print(f"\r\033[K  {count}  {text}", end="", flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        print("\r\033[K" if self._lively else "\n", end="", flush=True)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """Leave through the `finally` blocks, so that what was started is stopped too."""
    sys.exit(128 + number)
