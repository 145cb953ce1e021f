"""Typed text means the same however it was typed, and shows all that it holds."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trace.kit.text import digits, lines, one_line

# Also what JSON can hold and UTF-8 cannot.
ANYTHING = st.text(st.characters(codec=None), max_size=40)


@given(ANYTHING)
@example("e\u200b\u0301")
@example("\ud800")
@example("a\ufffe\u0301")
def test_cleaned_text_is_composed_storable_and_stays_as_it_is(typed: str) -> None:
    for clean in (one_line, lines):
        cleaned = clean(typed)
        assert unicodedata.is_normalized("NFC", cleaned)
        assert b"\0" not in cleaned.encode()
        assert clean(cleaned) == cleaned


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_ways_of_typing_a_letter_are_one(form: str) -> None:
    typed = unicodedata.normalize(form, "Dưa lưới Trường Tân")  # type: ignore[arg-type]
    assert one_line(typed) == "Dưa lưới Trường Tân"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Dưa\t lưới \n", "Dưa lưới"),
        ("a\x00b\x07c", "a b c"),
        ("Dưa\u200b lưới", "Dưa lưới"),
        ("\u202ednuod\u202c", "dnuod"),
        ("\u200eHTX", "HTX"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie: b"),
        ("\u200d", ""),
        ("\u3164", ""),
        ("\ufe0f\u0301", ""),
        ("", ""),
    ],
)
def test_what_nobody_can_see_is_left_out(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize("emoji", ["🍈", "👨‍👩‍👧", "☀️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\U0001fae8", "\U0001fac6"])
def test_emoji_stay_whole_the_newest_too(emoji: str) -> None:
    assert one_line(f"Ngọt {emoji}") == f"Ngọt {emoji}"


def test_a_paragraph_keeps_its_lines() -> None:
    assert lines(" một  \r\nhai\rba\n\n") == "một\nhai\nba"


@pytest.mark.parametrize(
    "typed", ["\u202a0912 345.678\u202c", "0912-345-678", "\u200e0912\u00a0345\u00a0678"]
)
def test_a_copied_number_loses_what_stands_between_its_digits(typed: str) -> None:
    assert digits(typed) == "0912345678"
