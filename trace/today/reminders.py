"""What somebody should not forget, gathered from every room below: the only place that knows where to ask.

A source answers for the whole cooperative at once, in a number of SQL statements that does not grow with it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Final

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.kit.clock import day_in_vietnam
from trace.kit.translation import N_
from trace.records.queries import Cycle


class Urgency(IntEnum):
    """The smaller, the sooner it is looked at."""

    OVERDUE = 0
    TODAY = 1
    SOON = 2


@dataclass(frozen=True)
class Reminder:
    """One line on the page, and where it leads. `says` is our own message, `values` what stands in it."""

    urgency: Urgency
    on: date  # what it counts towards or from; orders those of one urgency
    icon: str
    says: str
    address: str
    values: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""  # somebody's own words: a plot, a name

    @property
    def order(self) -> tuple[int, date, str]:
        return self.urgency, self.on, self.about


@dataclass(frozen=True)
class Asked:
    """For whom and when reminders are gathered, with what the page has read already."""

    db: Session
    by: Actor
    now: datetime
    cycles: Sequence[Cycle]

    @property
    def today(self) -> date:
        return day_in_vietnam(self.now)


Source = Callable[[Asked], Iterator[Reminder]]


def _waiting(asked: Asked) -> Iterator[Reminder]:
    """Plots that may not be harvested yet, because a pre-harvest interval runs."""
    for cycle in asked.cycles:
        if cycle.harvest_from and cycle.harvest_from > asked.today:
            yield Reminder(
                Urgency.SOON,
                cycle.harvest_from,
                "clock",
                N_("Days of waiting left: {days}. Harvest from {day}"),
                f"/app/cycles/{cycle.id}",
                {"days": (cycle.harvest_from - asked.today).days, "day": cycle.harvest_from},
                cycle.plot_code,
            )


# A room with something to remember adds one function here.
SOURCES: Final[tuple[Source, ...]] = (_waiting,)


def reminders(asked: Asked) -> list[Reminder]:
    """From every source, the most urgent first."""
    found = [reminder for source in SOURCES for reminder in source(asked)]
    return sorted(found, key=lambda reminder: reminder.order)
