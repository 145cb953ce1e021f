"""When a form may be sent, and how much is taken in; no I/O."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# Nobody reads the form and writes a sentence faster; a program does.
SOONEST: Final = timedelta(seconds=3)
LATEST: Final = timedelta(hours=24)
WINDOW: Final = timedelta(days=1)
PER_BATCH: Final = 20
PER_COOPERATIVE: Final = 100


class Age(StrEnum):
    """Of a form, from when it was handed out until it came back."""

    SOON = "soon"
    RIGHT = "right"
    OLD = "old"


def age(handed_out: datetime, now: datetime) -> Age:
    passed = now - handed_out
    if passed < SOONEST:
        return Age.SOON
    return Age.RIGHT if passed <= LATEST else Age.OLD


def wait(times: list[datetime], most: int, now: datetime) -> timedelta | None:
    """How long until another is taken, of what came within the window, newest first; None: now."""
    recent = [one for one in times if one > now - WINDOW]
    return recent[most - 1] + WINDOW - now if len(recent) >= most else None
