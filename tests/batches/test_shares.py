"""Shares of a whole, and percentages that add up."""

import itertools
import uuid
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from trace.batches.shares import Edge, percents, shares

weights = st.lists(st.integers(1, 10_000), min_size=1, max_size=12)


@settings(max_examples=80)
@given(weights)
def test_percentages_are_whole_near_the_truth_and_make_a_hundred(grams: list[int]) -> None:
    parts = [Fraction(one, sum(grams)) for one in grams]
    found = percents(parts)
    assert sum(found) == 100
    assert all(abs(one - 100 * part) < 1 for one, part in zip(found, parts, strict=True))


def test_ways_that_part_and_meet_again_are_counted_once_each() -> None:
    """40 layers that split in two and merge again have a million million ways and eighty edges."""
    layers = [[uuid.UUID(int=2 * n + side + 1) for side in (0, 1)] for n in range(40)]
    start, cut = uuid.UUID(int=20_000), uuid.UUID(int=10_000)
    edges = [
        Edge(child, parent, False, Decimal(number + 1))
        for upper, lower in itertools.pairwise([[start], *layers])
        for child in upper
        for number, parent in enumerate(lower)
    ]
    edges += [Edge(child, cut, True, Decimal(7)) for child in layers[-1]]
    assert shares(start, edges) == {cut: Fraction(1)}
