"""Two spellings of one name are one name; two names stay two."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.places.matching import comparable
from trace.places.rules import fold, mentions, parted, spelled

TONES = "\u0300\u0301\u0303\u0309\u0323"
SYLLABLES = st.sampled_from(["hoa", "khoe", "thuy", "huy", "loa", "quy", "tuê", "toan", "giang"])


@st.composite
def one_tone_in_two_places(draw: st.DrawFn) -> tuple[str, str]:
    """A syllable with its tone on one vowel, and the same with the tone on another."""
    syllable, tone = draw(SYLLABLES), draw(st.sampled_from(TONES))
    vowels = [place for place, letter in enumerate(syllable) if letter in "aeiouyê"]
    first, second = draw(st.sampled_from(vowels)), draw(st.sampled_from(vowels))
    return tuple(f"{syllable[: at + 1]}{tone}{syllable[at + 1 :]}" for at in (first, second))  # type: ignore[return-value]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert spelled(spelled(text)) == spelled(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed) == fold(text)
    assert spelled(composed) == spelled(decomposed) == spelled(text)


@given(one_tone_in_two_places())
def test_it_does_not_matter_on_which_vowel_the_tone_is_written(pair: tuple[str, str]) -> None:
    first, second = pair
    assert fold(first) == fold(second)
    assert spelled(first) == spelled(second)


@pytest.mark.parametrize(
    ("one", "other"), [("Hoà", "Hòa"), ("Thuỷ", "Thủy"), ("Khoẻ", "Khỏe"), ("TUỆ", "tuệ")]
)
def test_both_tone_styles_are_the_same_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Đồng Đăng", "duong dong dang"),
        ("  Xã   Trường\tTân,  TP. Hải Phòng ", "xa truong tan tp hai phong"),
        ("Phan Rang-Tháp Chàm", "phan rang thap cham"),
        ("Ea H'Leo", "ea hleo"),
        ("Ea H’Leo", "ea hleo"),
        ("Phường 12", "phuong 12"),
        (" - , . ", ""),
    ],
)
def test_a_folded_text_is_bare_letters_and_single_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("Cẩm Giang", "Cẩm Giàng"), ("Ba Tơ", "Ba Tô"), ("Sơn Hà", "Sơn Hạ")]
)
def test_names_that_only_their_marks_tell_apart_fold_alike_but_are_spelled_differently(
    one: str, other: str
) -> None:
    assert fold(one) == fold(other)
    assert spelled(one) != spelled(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Quy", "Qui"), ("Mỹ", "Mĩ"), ("Lý", "Lí"), ("TP Huế", "thành phố Huế")]
)
def test_i_and_y_for_one_sound_and_abbreviated_kinds_compare_alike(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(("one", "other"), [("Thúy", "Thúi"), ("Hay", "Hai"), ("Tây", "Tai")])
def test_i_and_y_for_two_sounds_stay_two(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Thị Trấn Ái Tử", ("thị trấn", "Ái Tử")),
        ("Phường Phường Đúc", ("phường", "Phường Đúc")),
        ("Thành Phố Bắc Kạn", ("thành phố", "Bắc Kạn")),
        ("Xanh", ("", "Xanh")),
    ],
)
def test_a_full_name_parts_into_its_kind_and_its_bare_name(full_name: str, parts: tuple[str, str]) -> None:
    assert parted(full_name) == parts


def test_what_somebody_types_is_found_however_it_is_marked() -> None:
    text = "NM-A1 Vùng dưa Trường Tân TV-01 Vũ Đình Cường"
    for asked in ("", "truong tan", "TÂN trường", "vu dinh", "nm-a1", "đình"):
        assert mentions(text, asked), asked
    assert not mentions(text, "truong hai")
