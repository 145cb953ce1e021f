"""Units for inputs, and exact conversion between those that measure the same thing."""

from decimal import Decimal
from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """Units for what is weighed or poured."""

    KG = "kg"
    G = "g"
    L = "l"
    ML = "ml"


class Unit(StrEnum):
    """Units in which inputs are bought and kept: the measures, and what one counts."""

    KG = "kg"
    G = "g"
    L = "l"
    ML = "ml"
    SEED = "seed"
    PLANT = "plant"
    PIECE = "piece"


class Dimension(StrEnum):
    """What a unit measures. Amounts of different dimensions cannot be added or compared."""

    MASS = "mass"
    VOLUME = "volume"
    SEEDS = "seeds"
    PLANTS = "plants"
    PIECES = "pieces"


class NotComparableError(ValueError):
    """Nobody knows how many millilitres a gram is: that depends on what is in the bottle."""


# How many of the smallest unit of its dimension a unit is.
_SIZES: Final[dict[str, tuple[Dimension, int]]] = {
    Unit.KG: (Dimension.MASS, 1000),
    Unit.G: (Dimension.MASS, 1),
    Unit.L: (Dimension.VOLUME, 1000),
    Unit.ML: (Dimension.VOLUME, 1),
    Unit.SEED: (Dimension.SEEDS, 1),
    Unit.PLANT: (Dimension.PLANTS, 1),
    Unit.PIECE: (Dimension.PIECES, 1),
}


def dimension(unit: str) -> Dimension:
    return _SIZES[unit][0]


def comparable(unit: str, other: str) -> bool:
    return dimension(unit) == dimension(other)


def convert(amount: Decimal, unit: str, *, to: str) -> Decimal:
    """The same amount in another unit, exactly; raises where the two do not measure the same thing."""
    if not comparable(unit, to):
        raise NotComparableError(f"{unit} is no {to}")
    return amount * _SIZES[unit][1] / _SIZES[to][1]
