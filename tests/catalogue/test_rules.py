"""What a trade item number, a lot prefix and a country must look like."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from tests.catalogue.making import gtin as with_check_digit
from trace.catalogue import rules
from trace.gs1.keys import gtin_for_people

DIGITS = "0123456789"
ASSIGNED = st.sampled_from(["893", "952", "885", "690", "400", "761"])


def numbers() -> st.SearchStrategy[str]:
    """GTIN-13 of ranges that GS1 gives to companies."""
    items = st.text(DIGITS, min_size=9, max_size=9)
    return st.builds(lambda range_, item: with_check_digit(range_ + item), ASSIGNED, items)


def complaint(typed: str) -> str:
    with pytest.raises(PydanticCustomError) as error:
        rules.gtin(typed)
    return error.value.type


@given(numbers())
def test_a_right_number_is_kept_as_14_digits(number: str) -> None:
    assert rules.gtin(number) == rules.gtin(f"0{number}") == f"0{number}"
    assert rules.gtin(f" {number[0]} {number[1:7]}-{number[7:]} ") == f"0{number}"
    assert gtin_for_people(f"0{number}") == number


@given(numbers(), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, by: int) -> None:
    wrong = f"{number[:place]}{(int(number[place]) + by) % 10}{number[place + 1 :]}"
    assert complaint(wrong) == "gtin_check"


@given(numbers(), st.integers(1, 8))
def test_a_carton_of_14_digits_is_a_number_of_its_own(number: str, level: int) -> None:
    carton = with_check_digit(f"{level}{number[:-1]}")
    assert rules.gtin(carton) == carton
    assert gtin_for_people(carton) == carton


@pytest.mark.parametrize(
    "payload",
    [
        *("020000000001", "040000000001", "200000000001", "290000000019", "234567890123"),  # inside a shop
        *("0000001", "0200000", "2000000", "0400000"),  # the same in eight digits
        *("050000000001", "980000000001", "981000000001", "990000000001"),  # coupons and refunds
        *("977000000001", "978000000001", "951000000001"),  # magazines, books, the office's own
    ],
)
def test_a_number_that_is_no_public_gtin_is_refused(payload: str) -> None:
    assert complaint(with_check_digit(payload)) == "gtin_internal"


@pytest.mark.parametrize(
    "typed", ["12345678901", "123456789012345", "abc", "8931234567٨97", "-8931234567897e0", "1"]
)
def test_what_is_no_number_of_such_a_length_is_refused(typed: str) -> None:
    assert complaint(typed) == "gtin"


@given(st.text(max_size=20))
def test_anything_typed_is_a_number_none_or_a_complaint(typed: str) -> None:
    try:
        read = rules.gtin(typed)
    except PydanticCustomError:
        return
    assert read is None or (isinstance(read, str) and re.fullmatch("[0-9]{14}", read))


def test_nothing_typed_is_no_number() -> None:
    assert rules.gtin("") is rules.gtin("  ") is rules.gtin(None) is None


def test_eight_digits_are_shown_as_eight() -> None:
    number = with_check_digit("9638507")
    assert gtin_for_people(str(rules.gtin(number))) == number


@pytest.mark.parametrize(
    ("cooperative", "product", "proposed"),
    [
        ("HTX Tân Minh Đức", "Dưa lưới", "TMD-DL"),
        ("HTX Tân Minh Đức (minh họa)", "Dưa lưới", "TMD-DL"),
        ("Hợp tác xã Dịch vụ Nông nghiệp Trường Tân", "Dưa lưới ruột cam loại 1", "DVNN-DLR"),
        ("Vườn nhà bà Bảy", "Ổi", "VNBB-O"),
        ("蜜瓜", "甜瓜", "HTX-SP"),
        ("HTX", "Đu đủ", "H-DD"),
    ],
)
def test_a_prefix_is_proposed_from_the_initials(cooperative: str, product: str, proposed: str) -> None:
    assert rules.propose_lot_prefix(cooperative, product) == proposed


def test_a_taken_prefix_gets_a_number() -> None:
    taken = {"TMD-DL", "TMD-DL2"}
    assert rules.propose_lot_prefix("HTX Tân Minh Đức", "Dưa lưới", taken) == "TMD-DL3"


@given(st.text(max_size=60), st.text(max_size=60), st.sets(st.integers(2, 40)))
def test_whatever_is_proposed_is_a_prefix(cooperative: str, product: str, numbers: set[int]) -> None:
    first = rules.propose_lot_prefix(cooperative, product)
    assert rules.lot_prefix(first) == first
    taken = {first} | {first[: 8 - len(str(number))].rstrip("-") + str(number) for number in numbers}
    again = rules.propose_lot_prefix(cooperative, product, taken)
    assert rules.lot_prefix(again) == again
    assert again not in taken


@given(st.text(max_size=12))
def test_a_prefix_is_capitals_digits_and_single_hyphens(typed: str) -> None:
    try:
        read = rules.lot_prefix(typed)
    except PydanticCustomError:
        return
    assume(read is not None)
    assert re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", str(read))
    assert len(str(read)) <= rules.PREFIX_LENGTH


def test_countries_are_those_of_the_iso_list() -> None:
    assert len(rules.countries()) == 249
    assert rules.countries()["VN"] == "Việt Nam"
    assert rules.countries("en")["VN"] == "Vietnam"
    assert rules.country(" vn ") == "VN"
    for wrong in ("ZZ", "EU", "VNM", ""):
        with pytest.raises(PydanticCustomError):
            rules.country(wrong)
