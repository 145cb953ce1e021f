"""What is left of an input: bought less used, exactly, each dimension for itself; no I/O."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from trace.catalogue.measures import Dimension, Unit, comparable, convert, dimension

# What an amount is told in where the input itself is counted in something else.
_TOLD_IN: Final = {
    Dimension.MASS: Unit.G,
    Dimension.VOLUME: Unit.ML,
    Dimension.SEEDS: Unit.SEED,
    Dimension.PLANTS: Unit.PLANT,
    Dimension.PIECES: Unit.PIECE,
}


@dataclass(frozen=True, slots=True)
class Bought:
    """What one standing purchase brought in."""

    purchase_id: uuid.UUID
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Used:
    """What one standing record used up; the lot where somebody said it."""

    purchase_id: uuid.UUID | None
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Level:
    """Bought and used in one unit. Amounts of different dimensions have a level each."""

    unit: str
    bought: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        return max(self.bought - self.used, Decimal(0))

    @property
    def gap(self) -> Decimal:
        """How much more was used than bought."""
        return max(self.used - self.bought, Decimal(0))


@dataclass(frozen=True, slots=True)
class Stock:
    """All of an input; each lot of it; and what was used without saying of which lot."""

    levels: tuple[Level, ...]
    lots: Mapping[uuid.UUID, tuple[Level, ...]]
    of_no_lot: tuple[Level, ...]

    @property
    def comparable(self) -> bool:
        """Whether all that was bought and used measures the same thing."""
        return len(self.levels) <= 1

    @property
    def short(self) -> bool:
        """Whether more was used than bought, of the input or of one of its lots."""
        return any(level.gap for level in (*self.levels, *(one for lot in self.lots.values() for one in lot)))


def stock(unit: str, bought: Sequence[Bought], used: Sequence[Used]) -> Stock:
    """Told in `unit` where it measures the same thing. A use of a purchase that counts no more is of no lot."""
    known = {one.purchase_id for one in bought}
    of_lot: dict[uuid.UUID, list[Used]] = defaultdict(list)
    of_no_lot = []
    for use in used:
        if use.purchase_id in known and use.purchase_id:
            of_lot[use.purchase_id].append(use)
        else:
            of_no_lot.append(use)
    return Stock(
        levels=levels(unit, bought, used),
        lots={one.purchase_id: levels(unit, [one], of_lot[one.purchase_id]) for one in bought},
        of_no_lot=levels(unit, [], of_no_lot),
    )


def levels(unit: str, bought: Iterable[Bought], used: Iterable[Used]) -> tuple[Level, ...]:
    """One for each dimension among them, that of `unit` first."""
    sums: dict[Dimension, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    said = [*((0, one.amount, one.unit) for one in bought), *((1, one.amount, one.unit) for one in used)]
    for place, amount, in_unit in said:
        told = _told_in(in_unit, unit)
        sums[dimension(told)][place] += convert(amount, in_unit, to=told)
    ordered = sorted(sums, key=lambda each: (each != dimension(unit), each))
    return tuple(Level(_told_in(_TOLD_IN[each], unit), *sums[each]) for each in ordered)


def _told_in(unit: str, wanted: str) -> str:
    return wanted if comparable(unit, wanted) else _TOLD_IN[dimension(unit)]
