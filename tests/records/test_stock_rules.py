"""Stock is exact, whatever was corrected and withdrawn, against a model that knows nothing of it."""

import uuid
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from trace.kit.ids import new_id
from trace.records.stock_rules import Bought, Used, stock

# Each unit as a whole number of the smallest of its kind, said independently of the product.
SIZES = {"kg": ("mass", 10**6), "g": ("mass", 10**3), "l": ("volume", 10**6), "ml": ("volume", 10**3)}
AMOUNTS = st.decimals(min_value=Decimal("0.001"), max_value=Decimal("99999.999"), places=3)
UNITS = st.sampled_from(sorted(SIZES))


@settings(max_examples=80)
@given(
    st.sampled_from(sorted(SIZES)),
    st.lists(st.tuples(AMOUNTS, UNITS), max_size=6),
    st.lists(st.tuples(AMOUNTS, UNITS, st.integers(-1, 6)), max_size=10),
)
def test_what_is_left_is_what_came_in_less_what_went_out(
    unit: str,
    purchases: list[tuple[Decimal, str]],
    uses: list[tuple[Decimal, str, int]],
) -> None:
    ids = [new_id() for _ in range(8)]
    bought = [Bought(ids[n], amount, of) for n, (amount, of) in enumerate(purchases)]
    used = [Used(ids[lot] if lot >= 0 else None, amount, of) for amount, of, lot in uses]
    found = stock(unit, bought, used)
    expected: dict[str, Fraction] = defaultdict(Fraction)
    for amount, of in purchases:
        expected[SIZES[of][0]] += Fraction(amount) * SIZES[of][1]
    for amount, of, _ in uses:
        expected[SIZES[of][0]] -= Fraction(amount) * SIZES[of][1]
    told = {
        SIZES[level.unit][0]: Fraction(level.left - level.gap) * SIZES[level.unit][1]
        for level in found.levels
    }
    assert told == expected
    assert found.comparable is (len(expected) <= 1)
    assert all(not (level.left and level.gap) for level in found.levels)
    if found.levels and SIZES[unit][0] in expected:
        assert found.levels[0].unit == unit
    assert _used_of(found.lots, found.of_no_lot) == _used_of({new_id(): found.levels}, ())


def _used_of(lots: object, apart: object) -> dict[str, Fraction]:
    """All that was used, whichever lot it was of."""
    total: dict[str, Fraction] = defaultdict(Fraction)
    assert isinstance(lots, dict)
    assert isinstance(apart, tuple)
    for levels in (*lots.values(), apart):
        for level in levels:
            if level.used:
                total[SIZES[level.unit][0]] += Fraction(level.used) * SIZES[level.unit][1]
    return total


def test_a_use_of_a_lot_that_counts_no_more_is_of_no_lot() -> None:
    gone = uuid.uuid4()
    found = stock("ml", [], [Used(gone, Decimal(5), "ml")])
    assert [(level.used, level.gap) for level in found.of_no_lot] == [(Decimal(5), Decimal(5))]
    assert found.short
