"""What a trace is told in: where it starts, what it finds, and why each thing is in it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final

from trace.tracing.rules import Step


class Of(StrEnum):
    """What a trace can start from and what it finds, from the ground to the shop."""

    HOUSEHOLD = "household"
    PLOT = "plot"
    INPUT = "input"
    PURCHASE = "purchase"
    CYCLE = "cycle"
    HARVEST = "harvest"
    RECEIPT = "receipt"
    BATCH = "batch"
    BOX = "box"
    PALLET = "pallet"
    SHIPMENT = "shipment"
    PARTNER = "partner"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


class Why(StrEnum):
    """How two things are connected; `Because.source` lies upstream of `Because.into`."""

    WENT_INTO = "went_into"
    CUT_IN = "cut_in"
    GROWN_ON = "grown_on"
    KEPT_BY = "kept_by"
    USED_ON = "used_on"
    PACKED_IN = "packed_in"
    LOADED_ON = "loaded_on"
    SENT_WITH = "sent_with"
    SENT_TO = "sent_to"
    CAME_WITH = "came_with"
    SUPPLIED_BY = "supplied_by"


@dataclass(frozen=True, slots=True)
class Start:
    """Where a trace begins; of a harvest, any of its records, and of a lot, any of its purchases."""

    kind: Of
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a trace touches. `part` is exact: downstream how much of it is of the start, upstream how much
    of the start is of it; `whole` is what it is a part of. Of starts without a weight there is none."""

    kind: Of
    id: uuid.UUID
    name: str
    kg: Decimal | None = None
    part: Fraction | None = None
    whole: Decimal | None = None

    @property
    def traced(self) -> Fraction | None:
        """The part in kilograms."""
        return None if self.part is None or self.whole is None else self.part * Fraction(self.whole)


@dataclass(frozen=True, slots=True)
class Because:
    """One connection: so much of one thing went into another on that day, or an input was used on a crop."""

    why: Why
    source: uuid.UUID
    into: uuid.UUID
    kg: Fraction | None = None
    at: datetime | None = None


@dataclass
class Scope:
    """What a trace found: `things` in the order of the way from the start, which comes first."""

    start: Start
    direction: Direction
    things: dict[uuid.UUID, Thing]
    steps: list[Step]
    links: list[Because] = field(default_factory=list)

    @property
    def touched(self) -> list[Thing]:
        """All but the start."""
        return [one for one in self.things.values() if one.id != self.start.id]

    def of(self, kind: Of) -> list[Thing]:
        return [one for one in self.touched if one.kind == kind]

    def because(self, thing_id: uuid.UUID) -> list[Because]:
        """Why it is in, one step towards the start: the heaviest reason first."""
        direct = self._linked[thing_id]
        steps = self._steps[thing_id]
        return [*direct, *sorted(self._weighed(thing_id, steps), key=lambda one: -(one.kg or 0))]

    def path(self, thing_id: uuid.UUID) -> list[Because]:
        """The heaviest way from it to the start, step by step."""
        found: list[Because] = []
        while thing_id != self.start.id and (reasons := self.because(thing_id)):
            found.append(reasons[0])
            thing_id = reasons[0].source if self.direction == Direction.DOWN else reasons[0].into
        return found

    @cached_property
    def _linked(self) -> dict[uuid.UUID, list[Because]]:
        found: dict[uuid.UUID, list[Because]] = defaultdict(list)
        for one in self.links:
            found[one.into if self.direction == Direction.DOWN else one.source].append(one)
        return found

    @cached_property
    def _steps(self) -> dict[uuid.UUID, list[Step]]:
        """For each batch what made it; upstream for each thing what took of it."""
        found: dict[uuid.UUID, list[Step]] = defaultdict(list)
        for step in self.steps:
            for one in step.made if self.direction == Direction.DOWN else step.took:
                found[one.id].append(step)
        return found

    def _weighed(self, thing_id: uuid.UUID, steps: list[Step]) -> Iterable[Because]:
        down = self.direction == Direction.DOWN
        for step in steps:
            sources = [one for one in step.took if (one.id in self.things if down else one.id == thing_id)]
            batches = [one for one in step.made if (one.id == thing_id if down else one.id in self.things)]
            for source in sources:
                for batch in batches:
                    kg = Fraction(source.grams * batch.grams, step.whole * 1000)
                    why = self._why(source.id, batch.id)
                    yield Because(why, source.id, batch.id, kg, step.at)

    def _why(self, source: uuid.UUID, into: uuid.UUID) -> Why:
        if self.things[source].kind == Of.RECEIPT:
            return Why.CAME_WITH
        return _WENT.get(self.things[into].kind, Why.WENT_INTO)


_WENT: Final = {
    Of.RECEIPT: Why.SUPPLIED_BY,
    Of.BOX: Why.PACKED_IN,
    Of.PALLET: Why.LOADED_ON,
    Of.SHIPMENT: Why.SENT_WITH,
    Of.PARTNER: Why.SENT_TO,
}
