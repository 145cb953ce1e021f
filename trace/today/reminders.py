"""What somebody should not forget, gathered from every room below: the only place that knows where to ask.

A source answers for the whole cooperative at once, in a number of SQL statements that does not grow with it.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Final

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.certificates import queries as certificates
from trace.complaints import queries as complaints
from trace.kit.clock import day_in_vietnam
from trace.kit.translation import N_
from trace.records import recipe_queries as recipes
from trace.records import words
from trace.records.calendar_queries import Plan
from trace.records.calendar_rules import State
from trace.records.queries import Cycle
from trace.records.suggestions import address_of


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
    own_words: str = ""  # instead of `says`, where somebody else wrote it

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
    plans: Mapping[uuid.UUID, Plan]

    @property
    def today(self) -> date:
        return day_in_vietnam(self.now)


Source = Callable[[Asked], Iterator[Reminder]]


def _planned(asked: Asked) -> Iterator[Reminder]:
    """What the calendars of open cycles wait for; whoever only reads sees it where the cycle is."""
    for cycle in asked.cycles:
        plan = asked.plans.get(cycle.id)
        for planned in plan.wanted if plan else ():
            step, span = planned.step, planned.window
            yield Reminder(
                Urgency.OVERDUE if planned.state == State.OVERDUE else Urgency.TODAY,
                span.closes if span else asked.today,
                words.ICONS[step.kind],
                step.title if step.ours else "",
                address_of(cycle.id, step) if asked.by.records else f"/app/cycles/{cycle.id}/calendar",
                about=cycle.plot_code,
                own_words="" if step.ours else step.title,
            )


def _recipes(asked: Asked) -> Iterator[Reminder]:
    """Feeding that a recipe proposes and nobody has confirmed."""
    waiting = recipes.proposals(asked.db, recipes.recipes(asked.db, asked.by), now=asked.now)
    for recipe_id in dict.fromkeys(proposal.recipe.id for proposal in waiting):
        own = [proposal for proposal in waiting if proposal.recipe.id == recipe_id]
        yield Reminder(
            Urgency.TODAY if own[-1].day == asked.today else Urgency.OVERDUE,
            own[-1].day,
            "recipe",
            N_("to confirm: {days} days, {plots} plots"),
            f"/app/recipes/{recipe_id}",
            {"days": len(own), "plots": len({plot for proposal in own for plot in proposal.plots})},
            own[0].recipe.name,
        )


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


def _certificates(asked: Asked) -> Iterator[Reminder]:
    """Certificates that end soon, or have just ended without a successor."""
    for one in certificates.expiring(asked.db, asked.by, asked.today):
        last = one.stated.certificate.valid_to or asked.today
        yield Reminder(
            Urgency.OVERDUE if one.days_left < 0 else Urgency.TODAY if one.stage == 7 else Urgency.SOON,
            last,
            "certificate",
            N_("The certificate ended on {day}")
            if one.days_left < 0
            else N_("The certificate ends on {day}"),
            f"/app/certificates/{one.stated.id}",
            {"day": last},
            one.stated.certificate.number,
        )


def _complaints(asked: Asked) -> Iterator[Reminder]:
    """What strangers reported and nobody has closed; whoever only reads may not open it."""
    waiting = complaints.count_open(asked.db, asked.by) if asked.by.records else 0
    if waiting:
        yield Reminder(
            Urgency.TODAY,
            asked.today,
            "complaint",
            N_("Complaints that are open: {count}"),
            "/app/complaints",
            {"count": waiting},
        )


# A room with something to remember adds one function here.
SOURCES: Final[tuple[Source, ...]] = (_planned, _recipes, _waiting, _certificates, _complaints)


def reminders(asked: Asked) -> list[Reminder]:
    """From every source, the most urgent first."""
    found = [reminder for source in SOURCES for reminder in source(asked)]
    return sorted(found, key=lambda reminder: reminder.order)
