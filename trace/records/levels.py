"""How well a statement is backed: one rule, from facts alone; no I/O, no clock.

| level | what it takes | who has looked |
|---|---|---|
| self-declared (tự khai) | nothing more than the statement | nobody |
| photo (có ảnh) | a photograph taken within two hours of the work, received with the record within a day, and about in place where both places are known | a camera |
| confirmed (HTX xác nhận) | a second person of the cooperative, never the writer, says that it was so | the cooperative |
| third-party (bên thứ ba) | a laboratory's or a certifier's document | somebody outside |

The highest that is reached counts, so more evidence never lowers a level; evidence that does not fit adds nothing.
A correction is another record: it begins with what it brings itself. None of the levels says that it is true.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from trace.kit.clock import is_future

# People photograph when they begin, and write when they have washed their hands.
AROUND_THE_WORK: Final = timedelta(hours=2)
# As long as a record is not late.
SOON: Final = timedelta(hours=24)


class Level(StrEnum):
    """From the weakest to the strongest."""

    SELF_DECLARED = "self-declared"
    PHOTO = "photo"
    CONFIRMED = "confirmed"
    THIRD_PARTY = "third-party"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Shot:
    """What is known of one photograph of a record. `in_place` is None where one of both places is unknown."""

    taken_at: datetime | None
    received_at: datetime
    in_place: bool | None = None


@dataclass(frozen=True, slots=True)
class Backing:
    """All that can back a record; `third_party` is what rooms above know of documents about it."""

    happened_at: datetime
    received_at: datetime
    shots: tuple[Shot, ...] = ()
    confirmed: bool = False
    third_party: bool = False


def level(backing: Backing) -> Level:
    """The highest level that these facts reach."""
    if backing.third_party:
        return Level.THIRD_PARTY
    if backing.confirmed:
        return Level.CONFIRMED
    return Level.PHOTO if any(shows(shot, backing) for shot in backing.shots) else Level.SELF_DECLARED


def shows(shot: Shot, backing: Backing) -> bool:
    """Whether a photograph was taken at the work and came in soon: what nobody knows disagrees with nothing."""
    taken_at = shot.taken_at
    if taken_at is None or shot.in_place is False:
        return False
    came_in = max(shot.received_at, backing.received_at)
    return (
        abs(taken_at - backing.happened_at) <= AROUND_THE_WORK
        and came_in - taken_at <= SOON
        and not is_future(taken_at, now=min(shot.received_at, backing.received_at))
    )
