"""Numbers and passwords are read as people write them, and refused where they cannot be right."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from tests.people import tax_code as a_tax_code
from trace.accounts import rules, secrets
from trace.accounts.models import Role


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "(0912) 345 678", "912345678",
        "84912345678", "+84 912 345 678", "+84.912.345.678", "+84 (0)912 345 678", "0084 912 345 678",
        "0912\u00a0345\u00a0678", "  0912 345 678  ",
    ],
)  # fmt: skip
def test_every_usual_spelling_is_the_same_number(typed: str) -> None:
    assert rules.phone(typed) == "+84912345678"


@pytest.mark.parametrize(
    "typed",
    ["", "113", "0912 345 67", "0912 345 678 9", "01234567890", "0912ABCDEF", "1900 1234", "+84",
     "0912 345 678 / 0987 654 321", "9" * 10_000],
)  # fmt: skip
def test_what_nobody_can_be_called_on_is_refused(typed: str) -> None:
    with pytest.raises(PydanticCustomError):
        rules.phone(typed)


@pytest.mark.parametrize("read", [rules.phone, rules.hotline, rules.tax_code])
@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_nothing_typed_is_asked_for_and_not_called_wrong(
    read: Callable[[object], object], typed: str
) -> None:
    with pytest.raises(PydanticCustomError, match="This is needed"):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        ("1900 1234", "+8419001234", "1900 1234"),
        ("1800 599 920", "+841800599920", "1800 599920"),
        ("0220 3888 999", "+842203888999", "0220 3888 999"),
    ],
)
def test_a_hotline_may_be_a_service_number(typed: str, stored: str, said: str) -> None:
    assert rules.hotline(typed) == stored
    assert rules.phone_for_people(stored).replace(" ", "") == said.replace(" ", "")


@given(st.integers(0, 1_000_000))
def test_a_tax_code_with_its_check_digit_is_accepted_and_with_any_other_refused(number: int) -> None:
    right = a_tax_code(number)
    assert rules.tax_code(f" {right[:4]}.{right[4:]}-") == right
    for digit in set("0123456789") - {right[9]}:
        with pytest.raises(PydanticCustomError):
            rules.tax_code(right[:9] + digit)


@pytest.mark.parametrize(
    ("typed", "stored"), [("0100109106", "0100109106"), ("0100109106-001", "0100109106-001"),
                          ("0100109106 002", "0100109106-002")],
)  # fmt: skip
def test_a_branch_has_three_digits_more(typed: str, stored: str) -> None:
    assert rules.tax_code(typed) == stored


def test_a_citizens_number_is_not_taken_for_a_tax_code_because_everybody_would_see_it() -> None:
    with pytest.raises(PydanticCustomError, match="Twelve digits"):
        rules.tax_code("031090001234")


def test_a_gln_is_checked_by_its_last_digit() -> None:
    assert rules.gln("9521234 561002") == "9521234561002"
    assert rules.gln(" ") is None
    with pytest.raises(PydanticCustomError):
        rules.gln("9521234561003")


@pytest.mark.parametrize(
    "typed",
    ["12345678", "87654321", "matkhau123", "Password1!", "aaaaaaaa", "abababab", "qwertyuiop", "29051990",
     "hoptacxa2026", "0912345678", "short"],
)  # fmt: skip
def test_what_a_guesser_tries_first_is_no_password(typed: str) -> None:
    with pytest.raises(PydanticCustomError):
        rules.password(typed)


@pytest.mark.parametrize(
    "typed",
    ["dưa lưới ngọt lành", "ba con vịt vàng", "k7#mQz!p", "x" * 60 + "yz12", "4 5 9 2 7 1 8 3 6 2 0 4 4"],
)
def test_any_other_text_of_eight_characters_is(typed: str) -> None:
    assert rules.password(typed) == typed


def test_both_ways_of_typing_a_vietnamese_letter_are_the_same_password() -> None:
    stored = secrets.hash_password(unicodedata.normalize("NFD", "dưa lưới ngọt lành"))
    assert secrets.password_fits(unicodedata.normalize("NFC", "dưa lưới ngọt lành"), stored)
    assert not secrets.password_fits("dua luoi ngot lanh", stored)
    assert not secrets.password_fits("dưa lưới ngọt lành", None)


@pytest.mark.parametrize(
    ("has", "may"),
    [
        (Role.VIEWER, {Role.VIEWER}),
        (Role.RECORDER, {Role.VIEWER, Role.RECORDER}),
        (Role.MANAGER, {Role.VIEWER, Role.RECORDER, Role.MANAGER}),
    ],
)
def test_each_role_may_do_what_the_lesser_ones_may(has: Role, may: set[Role]) -> None:
    assert {needed for needed in Role if rules.may(has, needed)} == may
