"""Units, lateness and intervals, whatever the numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.kit.forms import plain_number, shown
from trace.kit.ids import new_id
from trace.records import rules
from trace.records.models import Weight
from trace.records.rules import Spray, kilograms, late_days

QUANTITIES = st.decimals(min_value="0.001", max_value="999999999.999", places=3)
SPANS = st.timedeltas(timedelta(0), timedelta(days=800))
MOMENTS = SPANS.map(lambda span: datetime(2026, 1, 1, tzinfo=UTC) + span)


@pytest.mark.parametrize(
    ("unit", "kg"), [(Weight.KG, "2.5"), (Weight.YEN, "25"), (Weight.TA, "250"), (Weight.TAN, "2500")]
)
def test_a_yen_is_ten_a_ta_a_hundred_and_a_tan_a_thousand_kilograms(unit: Weight, kg: str) -> None:
    assert kilograms(Decimal("2.5"), unit) == Decimal(kg)


@given(QUANTITIES, st.sampled_from(Weight))
def test_conversion_loses_nothing(quantity: Decimal, unit: Weight) -> None:
    assert kilograms(quantity, unit) / kilograms(Decimal(1), unit) == quantity


@given(QUANTITIES, st.sampled_from(Weight))
def test_converted_weights_fit_the_tables(quantity: Decimal, unit: Weight) -> None:
    assert kilograms(quantity, unit) * 1000 % 1 == 0
    assert kilograms(quantity, unit) * 1000 < 2**63


@given(QUANTITIES)
def test_a_quantity_in_a_form_is_read_back_as_it_was(quantity: Decimal) -> None:
    assert Decimal(plain_number(shown(quantity), "vi")) == quantity


def test_late_begins_with_the_twenty_fourth_hour() -> None:
    done = datetime(2026, 11, 8, 6, 30, tzinfo=UTC)
    assert late_days(done, received_at=done + timedelta(hours=23, minutes=59)) == 0
    assert late_days(done, received_at=done + timedelta(hours=24)) == 1
    assert late_days(done, received_at=done + timedelta(days=21, hours=12)) == 21


@given(MOMENTS, SPANS, SPANS)
def test_what_comes_later_is_never_less_late(done: datetime, first: timedelta, more: timedelta) -> None:
    once = late_days(done, received_at=done + first)
    assert 0 <= once <= late_days(done, received_at=done + first + more)


@given(MOMENTS, SPANS)
def test_a_clock_that_is_ahead_makes_nothing_late(done: datetime, ahead: timedelta) -> None:
    assert late_days(done, received_at=done - ahead) == 0


def spray(day: str, phi_days: int | None, name: str = "Anvil 5SC") -> Spray:
    return Spray(new_id(), datetime.fromisoformat(f"{day}T16:00:00+07:00"), name, phi_days)


def test_harvest_is_free_from_the_day_of_spraying_and_the_interval() -> None:
    assert spray("2026-10-14", 14).harvest_from == date(2026, 10, 28)
    assert spray("2026-10-14", None).harvest_from is None


def test_a_spraying_early_in_the_morning_counts_from_the_day_in_vietnam() -> None:
    at = datetime(2026, 10, 13, 23, 0, tzinfo=UTC)  # 06:00 on the 14th
    assert Spray(new_id(), at, "Anvil 5SC", 14).harvest_from == date(2026, 10, 28)


@pytest.mark.parametrize(("harvested", "broken"), [("2026-10-27", True), ("2026-10-28", False)])
def test_a_harvest_breaks_the_interval_until_the_day_before_its_end(harvested: str, broken: bool) -> None:
    at = datetime.fromisoformat(f"{harvested}T06:00:00+07:00")
    assert (rules.broken_interval([spray("2026-10-14", 14)], harvested_at=at) is not None) is broken


def test_the_interval_that_ends_last_counts_and_later_sprayings_do_not() -> None:
    sprays = [
        spray("2026-10-01", 30, "first"),
        spray("2026-10-14", 3, "second"),
        spray("2026-10-25", 60, "third"),
    ]
    found = rules.broken_interval(sprays, harvested_at=datetime.fromisoformat("2026-10-20T06:00:00+07:00"))
    assert found is not None
    assert found.trade_name == "first"
