"""Whoever types a name as they know it finds the commune of today, and is never given one silently."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.places.atlas import atlas
from trace.places.queries import label, search
from trace.places.rules import Commune, LegacyUnit, fold, legacy_label

COMMUNES = st.sampled_from(sorted(atlas().communes.values(), key=lambda commune: commune.code))
LEGACY = st.sampled_from(sorted(atlas().legacy.values(), key=lambda unit: unit.code))
EVERY = len(atlas().communes)


def codes(text: str, limit: int = 10) -> list[str]:
    return [match.commune.code for match in search(text, limit)]


@given(COMMUNES)
def test_every_commune_is_found_by_its_folded_name(commune: Commune) -> None:
    assert commune.code in codes(fold(commune.name), EVERY)
    assert commune.code in codes(fold(f"{commune.kind} {commune.name}"), EVERY)


@given(COMMUNES)
def test_every_commune_is_first_when_its_whole_label_is_typed(commune: Commune) -> None:
    assert codes(label(commune.code))[0] == commune.code


@given(LEGACY)
def test_every_old_unit_leads_to_all_communes_it_went_to(unit: LegacyUnit) -> None:
    found = codes(legacy_label(unit), EVERY)
    assert set(unit.becomes) <= set(found)


@given(LEGACY)
def test_every_split_old_unit_is_marked_at_all_its_communes(unit: LegacyUnit) -> None:
    found = search(legacy_label(unit), EVERY)
    marked = {match.commune.code for match in found if match.split}
    assert not unit.split or set(unit.becomes) <= marked


@given(COMMUNES, st.integers(1, 40))
def test_a_name_is_found_while_it_is_being_typed_in_any_composition(commune: Commune, letters: int) -> None:
    typed = unicodedata.normalize("NFD", commune.name)[:letters]
    assert commune.code in codes(typed, EVERY)


@given(st.text(max_size=80), st.integers(1, 50))
def test_any_text_is_answered_within_the_limit_and_with_each_commune_once(text: str, limit: int) -> None:
    found = codes(text, limit)
    assert len(found) <= limit
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "typed", ["truong tan", "TRƯỜNG TÂN", "xã Trường Tân", "x. truong tan", "truong tan hai ph"]
)
def test_truong_tan_is_found_however_it_is_typed(typed: str) -> None:
    assert codes(typed)[0] == "11065"


@pytest.mark.parametrize(
    "typed",
    [
        "pham tran",
        "Phạm Trấn",
        "xã phạm trấn",
        "pham tran gia loc",
        "Phạm Trấn, Hải Phòng",
        "gia loc pham tran",
    ],
)
def test_the_old_name_pham_tran_finds_truong_tan_and_says_why(typed: str) -> None:
    first = search(typed)[0]
    assert first.commune.code == "11065"
    assert first.note == "trước 1/7/2025: xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương"
    assert not first.split


def test_two_communes_with_one_folded_name_stay_two() -> None:
    assert {"10888", "10903"} <= set(codes("cam giang"))


def test_the_name_with_the_very_marks_that_were_typed_comes_first() -> None:
    assert codes("Cẩm Giang")[0] == "10888"
    assert codes("Cẩm Giàng")[0] == "10903"
    assert codes("xã Cẩm Giàng, TP Hải Phòng")[:2] == ["10903", "10888"]
    assert codes("Cẩm Giàn")[0] == "10903"


def test_a_split_old_commune_gives_every_candidate_and_says_it_was_split() -> None:
    found = search("doan thuong")
    assert [match.commune.code for match in found] == ["11050", "11065"]
    assert all(match.split for match in found)
    assert {match.note for match in found} == {
        "trước 1/7/2025: một phần xã Đoàn Thượng, huyện Gia Lộc, tỉnh Hải Dương"
    }


def test_a_split_old_commune_is_marked_even_where_a_commune_of_today_took_its_name() -> None:
    first, *rest = [match for match in search("gia loc") if match.province.code == "31"]
    assert (first.commune.code, first.split) == ("10999", True)
    assert first.formerly is not None
    assert set(first.formerly.becomes) == {first.commune.code, *(match.commune.code for match in rest)}


def test_a_present_name_comes_before_an_old_one_that_is_the_same() -> None:
    assert codes("ha dong")[:2] == ["09556", "10882"]
    assert search("ha dong")[1].label == "xã Hà Đông, TP Hải Phòng"


def test_a_place_typed_after_the_name_is_taken_as_one_name() -> None:
    # "Sơn" and "La" both begin words of "Lạng Sơn", where there is another xã Đoàn Kết.
    assert codes("xã Đoàn Kết, tỉnh Sơn La")[0] == "04000"


def test_a_former_district_leads_to_the_communes_in_it() -> None:
    assert "11065" in codes("huyện Gia Lộc")


def test_names_with_i_and_y_apostrophes_and_both_tone_styles_are_found() -> None:
    assert codes("qui nhơn")[0] == codes("quy nhon")[0] == "21583"
    assert codes("ea hleo")[0] == codes("Ea H’Leo")[0] == "24184"
    assert codes("hoà bình") == codes("hòa bình")


def test_a_ward_is_found_by_the_kind_it_had_until_2026() -> None:
    assert codes("xã Bố Hạ")[0] == codes("phường Bố Hạ")[0] == codes("bo ha, tinh bac ninh")[0] == "07294"


def test_an_island_district_that_had_no_communes_is_found() -> None:
    first = search("huyện Bạch Long Vĩ")[0]
    assert (first.commune.kind, first.note) == ("đặc khu", "trước 1/7/2025: huyện Bạch Long Vĩ, TP Hải Phòng")


@pytest.mark.parametrize("typed", ["", " ", ",.-", "\u0301", "không có xã này"])
def test_nothing_is_found_for_nothing_and_for_nonsense(typed: str) -> None:
    assert search(typed) == []


@pytest.mark.parametrize("typed", ["t", "xã", "pham tran", "gia loc pham tran", "không có xã này"])
def test_a_search_is_quick_enough_for_every_keystroke(typed: str) -> None:
    search(typed)
    quickest = min(timed(typed) for _ in range(5))
    # Measured under 10 ms; the limit leaves room for a busy machine.
    assert quickest < 0.05


def timed(text: str) -> float:
    start = time.perf_counter()
    search(text)
    return time.perf_counter() - start
