"""Numbers are written 1.234,5 here and 1,234.5 elsewhere; both are read, and none is guessed."""

from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.kit.forms import AmbiguousNumberError, plain_number, shown
from trace.kit.pages import filters
from trace.kit.translation import Locale

QUANTITIES = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("0.500", "0.500"),
        ("1,234", "1.234"),
        ("-4", "-4"),
        ("abc", "abc"),
    ],
)
def test_a_number_in_any_usual_spelling_is_read(typed: str, read: str) -> None:
    assert plain_number(typed, "vi") == read


@pytest.mark.parametrize(
    "typed", ["1 2", "1.2.3", "10.11.2026", "1.234.5", "12.34,5", "1,2,3", "1.234,567,8", "12 kg", ".", "--1"]
)
def test_what_only_looks_like_a_number_is_not_made_one(typed: str) -> None:
    with pytest.raises(InvalidOperation):
        Decimal(plain_number(typed, "vi"))


@pytest.mark.parametrize(
    ("typed", "locale"), [("1.234", "vi"), ("999.000", "vi"), ("1,234", "en"), ("1.234", "en")]
)
def test_a_thousand_or_a_thousandth_is_not_guessed(typed: str, locale: Locale) -> None:
    with pytest.raises(AmbiguousNumberError):
        plain_number(typed, locale)


@given(QUANTITIES)
def test_what_a_form_shows_is_read_back_as_the_same_number(quantity: Decimal) -> None:
    assert Decimal(plain_number(shown(quantity), "vi")) == quantity


@given(QUANTITIES)
def test_what_a_page_shows_can_be_typed_back_or_is_asked_about(quantity: Decimal) -> None:
    page = filters("vi")["number"](quantity)
    try:
        assert Decimal(plain_number(page, "vi")) == quantity
    except AmbiguousNumberError:
        assert quantity == quantity.to_integral_value()
