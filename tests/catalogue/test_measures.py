"""Amounts are converted exactly, and never between things that cannot be compared."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trace.catalogue.measures import Measure, NotComparableError, Unit, comparable, convert

AMOUNTS = st.decimals(min_value=Decimal("0.001"), max_value=Decimal("999999999.999"), places=3)
# Said once more, and otherwise: a unit as what it measures and how many of the smallest it is.
MEANT = {"kg": ("g", 1000), "g": ("g", 1), "l": ("ml", 1000), "ml": ("ml", 1)}
PAIRS = [(one, other) for one, other in product(MEANT, MEANT) if MEANT[one][0] == MEANT[other][0]]


@settings(max_examples=60)
@given(AMOUNTS, st.sampled_from(PAIRS))
def test_an_amount_is_the_same_in_every_unit_of_its_kind(amount: Decimal, pair: tuple[str, str]) -> None:
    unit, other = pair
    there = convert(amount, unit, to=other)
    assert Fraction(there) == Fraction(amount) * MEANT[unit][1] / MEANT[other][1]
    assert convert(there, other, to=unit) == amount


@pytest.mark.parametrize(("unit", "other"), [("kg", "l"), ("g", "ml"), ("seed", "plant"), ("piece", "kg")])
def test_grams_are_no_millilitres_and_seeds_are_no_plants(unit: str, other: str) -> None:
    assert not comparable(unit, other)
    with pytest.raises(NotComparableError):
        convert(Decimal(1), unit, to=other)


def test_every_measure_is_a_unit_that_inputs_are_counted_in() -> None:
    assert {one.value for one in Measure} < {one.value for one in Unit}
    assert all(convert(Decimal(7), unit, to=unit) == 7 for unit in Unit)
