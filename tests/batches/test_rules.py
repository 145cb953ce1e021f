"""Lot codes, dates and amounts, without a database."""

import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from trace.batches import rules
from trace.batches.rules import Amount, OptionalLotCode, proposed_lot_code
from trace.catalogue.rules import OptionalLotPrefix

LOT = re.compile(r"[A-Z0-9]([A-Z0-9.-]{0,18}[A-Z0-9])?")
DAY = date(2026, 11, 8)
lot_code = TypeAdapter(OptionalLotCode)
prefixes = st.from_regex(r"[A-Z0-9]{1,3}(-[A-Z0-9]{1,4})?", fullmatch=True)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
kilos = st.decimals(min_value="0.001", max_value="99999", places=3)
amounts = st.builds(Amount, kilos, st.none() | st.integers(1, 100_000))


def refusal(typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        lot_code.validate_python(typed)
    [error] = refused.value.errors()
    return error["msg"].format(**error.get("ctx", {}))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("TMD-DL-261108-01", "TMD-DL-261108-01"),
        (" tmd-dl-261108-01 ", "TMD-DL-261108-01"),
        ("7", "7"),
        ("a.b-c", "A.B-C"),
        ("\u202aA\u200bB\u202c", "AB"),
        ("", None),
        ("   ", None),
        ("X" * 20, "X" * 20),
    ],
)
def test_a_lot_code_is_read_in_capitals(typed: str, read: str | None) -> None:
    assert lot_code.validate_python(typed) == read


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("LÔ-01", "“Ô”"),
        ("LO\u0302-01", "“Ô”"),  # the same letter, typed as two
        ("đl-1", "“đ”"),
        ("A/B", "“/”"),
        ("A&B<i>", "“&” “<” “>”"),
        ("ß1", "“ß”"),
    ],
)
def test_a_refused_lot_code_names_the_characters(typed: str, named: str) -> None:
    assert refusal(typed).endswith(named)


@pytest.mark.parametrize("typed", ["A B", "LÔ 1", "A\u00a0B", "A\tB"])
def test_a_lot_code_has_no_spaces_in_it(typed: str) -> None:
    assert "spaces" in refusal(typed)


@pytest.mark.parametrize("typed", ["-A", "A-", ".A", "A.", "-", "X" * 21])
def test_a_lot_code_is_short_and_begins_and_ends_firmly(typed: str) -> None:
    refusal(typed)


@given(st.text(max_size=30))
def test_whatever_is_accepted_can_be_printed_sent_and_typed_again(typed: str) -> None:
    try:
        read = lot_code.validate_python(typed)
    except ValidationError:
        return
    assert read is None or LOT.fullmatch(read)
    assert read is None or (quote(read) == read and lot_code.validate_python(read.lower()) == read)


@given(prefix=prefixes, day=days, made=st.integers(0, 900), used=st.lists(st.integers(1, 950), max_size=20))
def test_a_proposed_lot_code_is_valid_and_its_number_new_in_its_year(
    prefix: str, day: date, made: int, used: list[int]
) -> None:
    taken = {f"{prefix}-{day:%y}0101-{number:02}" for number in used}
    proposed = proposed_lot_code(prefix, day, made=made, taken=taken)
    assert TypeAdapter(OptionalLotPrefix).validate_python(prefix) == prefix
    assert lot_code.validate_python(proposed) == proposed
    assert proposed.startswith(f"{prefix}-{day:%y%m%d}-")
    assert int(proposed.rpartition("-")[2]) > made
    assert int(proposed.rpartition("-")[2]) not in used


def test_lot_codes_are_numbered_through_the_year_in_two_digits_then_three() -> None:
    def proposed(made: int, *taken: str) -> str:
        return proposed_lot_code("TMD-DL", DAY, made=made, taken=taken)

    assert proposed(0) == "TMD-DL-261108-01"
    assert proposed(98) == "TMD-DL-261108-99"
    assert proposed(99) == "TMD-DL-261108-100"
    assert proposed(1, "TMD-DL-261101-02", "TMD-DL-261108-3") == "TMD-DL-261108-04"
    assert proposed(0, "TMD-DL-251108-01", "TMD-DX-261108-01", "SPECIAL") == "TMD-DL-261108-01"


def test_best_before_is_counted_from_packing_or_else_from_the_harvest() -> None:
    def best(packed_on: date | None, shelf_life_days: int | None) -> date | None:
        return rules.best_before(harvested_on=DAY, packed_on=packed_on, shelf_life_days=shelf_life_days)

    assert best(date(2026, 11, 9), 14) == date(2026, 11, 23)
    assert best(None, 14) == date(2026, 11, 22)
    assert best(None, None) is None


@pytest.mark.parametrize(
    ("after", "shelf_life_days", "strange"), [(28, 14, False), (29, 14, True), (730, None, False), (731, None, True)]
)  # fmt: skip
def test_twice_the_usual_shelf_life_is_strange(
    after: int, shelf_life_days: int | None, strange: bool
) -> None:
    best = DAY + timedelta(days=after)
    assert rules.is_kept_strangely_long(best, produced=DAY, shelf_life_days=shelf_life_days) == strange


def test_pieces_twice_as_heavy_as_those_of_the_harvest_are_a_slip() -> None:
    whole = Amount(Decimal(2640), 1520)
    assert not rules.is_unlike(Amount(Decimal(1980), 1140), whole)
    assert rules.is_unlike(Amount(Decimal(1980), 114), whole)
    assert rules.is_unlike(Amount(Decimal(198), 1140), whole)
    assert not rules.is_unlike(Amount(Decimal(1980), None), whole)
    assert not rules.is_unlike(Amount(Decimal(1980), 1), Amount(Decimal(2640), None))


@given(amounts, amounts)
def test_unlike_goes_both_ways_and_nothing_is_unlike_itself(one: Amount, other: Amount) -> None:
    assert rules.is_unlike(one, other) == rules.is_unlike(other, one)
    assert not rules.is_unlike(one, one)


@given(amounts, amounts)
def test_what_is_taken_and_what_is_left_make_the_whole(whole: Amount, part: Amount) -> None:
    left = whole.less(part)
    assert left.kg + part.kg == whole.kg
    assert left.pieces is None or left.pieces + (part.pieces or 0) == whole.pieces
