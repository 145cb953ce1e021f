"""The stored list says what the resolutions of 2025 and 2026 say."""

import gzip
import json
from collections import Counter, defaultdict
from datetime import date

import pytest

from scripts.make_places import package_folder
from trace.places import queries
from trace.places.atlas import UNITS, atlas
from trace.places.rules import TWO_LEVELS_SINCE, Commune, fold, legacy_label, province_label

KNOWN = {
    "31": (
        "11065 Trường Tân|10999 Gia Lộc|11020 Yết Kiêu|11050 Gia Phúc|10813 Thanh Hà|10816 Hà Bắc|10843 Hà Nam|"
        "10846 Hà Tây|10882 Hà Đông|10888 Cẩm Giang|10903 Cẩm Giàng|10909 Tuệ Tĩnh|10930 Mao Điền|10675 Kinh Môn|"
        "10606 Nam Sách"
    ),
    "33": "11953 Phố Hiến|11977 Tân Hưng|11980 Hồng Châu|12205 Khoái Châu",
    "25": "08761 Lập Thạch|08911 Tam Đảo|09076 Vĩnh Tường",
    "24": "07525 Chũ|07582 Lục Ngạn",
}


def test_there_are_34_provinces_3321_communes_and_10040_old_units() -> None:
    assert (len(atlas().provinces), len(atlas().communes), len(atlas().legacy)) == (34, 3321, 10040)
    assert Counter(province.kind for province in atlas().provinces.values()) == {"tỉnh": 25, "thành phố": 9}
    in_province = Counter(commune.province_code for commune in atlas().communes.values())
    assert in_province.keys() == atlas().provinces.keys()
    assert in_province["31"] == 114


@pytest.mark.parametrize(
    ("code", "name", "province_code"),
    [(*row.split(" ", 1), province) for province, rows in KNOWN.items() for row in rows.split("|")],
)
def test_the_communes_we_meet_have_their_codes(code: str, name: str, province_code: str) -> None:
    commune = queries.commune(code)
    assert commune is not None
    assert (commune.name, commune.province_code) == (name, province_code)


def test_codes_are_text_of_five_and_two_digits_and_may_begin_with_zero() -> None:
    assert all(len(code) == 5 and code.isdigit() for code in atlas().communes)
    assert all(len(code) == 2 and code.isdigit() for code in atlas().provinces)
    assert queries.commune("08911") is not None
    assert queries.commune("8911") is None


def test_an_unknown_code_is_answered_with_nothing() -> None:
    assert queries.commune("99999") is None
    assert queries.legacy_names("99999") == []


def test_a_label_names_kind_commune_and_province() -> None:
    assert queries.label("11065") == "xã Trường Tân, TP Hải Phòng"
    assert queries.label("10882") == "xã Hà Đông, TP Hải Phòng"
    assert queries.label("11977") == "xã Tân Hưng, tỉnh Hưng Yên"


def test_an_old_label_names_all_three_levels() -> None:
    pham_tran = atlas().legacy["11053"]
    assert legacy_label(pham_tran) == "xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương"
    assert pham_tran.becomes == ("11065",)


def test_truong_tan_was_made_from_two_whole_communes_and_parts_of_four() -> None:
    whole = {unit.commune for unit in queries.legacy_names("11065") if not unit.split}
    parts = {unit.commune for unit in queries.legacy_names("11065") if unit.split}
    assert whole == {"xã Phạm Trấn", "xã Nhật Quang"}
    assert parts == {"xã Thống Kênh", "xã Đoàn Thượng", "xã Quang Đức", "thị trấn Thanh Miện"}


def test_tue_tinh_was_made_from_three_communes() -> None:
    assert {unit.commune for unit in queries.legacy_names("10909")} == {
        "xã Đức Chính",
        "xã Cẩm Vũ",
        "xã Cẩm Văn",
    }


def test_every_old_unit_leads_to_communes_that_exist() -> None:
    targets = {code for unit in atlas().legacy.values() for code in unit.becomes}
    assert targets == set(atlas().communes)
    assert all(unit.becomes for unit in atlas().legacy.values())


def test_471_old_units_were_split() -> None:
    assert sum(unit.split for unit in atlas().legacy.values()) == 471


def test_eight_pairs_share_province_kind_and_folded_name_and_stay_apart() -> None:
    alike: dict[tuple[str, str], list[Commune]] = defaultdict(list)
    for commune in atlas().communes.values():
        name = fold(f"{commune.earlier_kind or commune.kind} {commune.name}")
        alike[commune.province_code, name].append(commune)
    pairs = [found for found in alike.values() if len(found) > 1]
    assert len(pairs) == 8
    assert all(len({commune.code for commune in found}) == 2 for found in pairs)
    assert ["10888", "10903"] in [sorted(commune.code for commune in found) for found in pairs]


@pytest.mark.parametrize(
    ("code", "label", "since"),
    [
        ("75", "TP Đồng Nai", date(2026, 4, 30)),
        ("22", "TP Quảng Ninh", date(2026, 9, 1)),
        ("24", "TP Bắc Ninh", date(2026, 9, 20)),
        ("33", "tỉnh Hưng Yên", TWO_LEVELS_SINCE),
    ],
)
def test_provinces_that_became_cities_in_2026_are_cities_since_then(
    code: str, label: str, since: date
) -> None:
    province = atlas().provinces[code]
    assert (province_label(province), province.valid_from) == (label, since)


def test_communes_of_the_new_cities_that_became_wards_are_wards() -> None:
    changed = [commune for commune in atlas().communes.values() if commune.earlier_kind]
    assert Counter(commune.province_code for commune in changed) == {"75": 10, "24": 12}
    assert {(commune.earlier_kind, commune.kind) for commune in changed} == {("xã", "phường")}
    # The press counts 30 wards, 22 communes and 2 special zones in the new city of Quảng Ninh.
    kinds = Counter(commune.kind for commune in atlas().communes.values() if commune.province_code == "22")
    assert kinds == {"phường": 30, "xã": 22, "đặc khu": 2}


def test_a_commune_knows_about_where_it_is_and_reaches_a_little_beyond_itself() -> None:
    truong_tan = atlas().communes["11065"].centre
    assert truong_tan is not None
    assert truong_tan.reaches(20.81, 106.27)
    assert truong_tan.reaches(20.81, 106.33)  # 6 km east
    assert not truong_tan.reaches(20.86, 106.68)  # Hải Phòng's port
    assert 40 < truong_tan.kilometres_to(20.86, 106.68) < 46
    nowhere = {one.code for one in atlas().communes.values() if one.centre is None}
    assert nowhere == {"28435", "06187", "19159", "19147"}
    for commune in atlas().communes.values():
        if commune.centre:
            assert 8 < commune.centre.latitude < 24
            assert 102 < commune.centre.longitude < 115


def test_communes_come_in_the_order_of_their_names() -> None:
    names = [fold(commune.name) for commune in atlas().communes.values()]
    assert names == sorted(names)


def test_the_file_is_small_and_says_nothing_of_when_it_was_made() -> None:
    packed = UNITS.read_bytes()
    assert len(packed) < 160_000
    assert packed[4:8] == b"\0\0\0\0"
    text = gzip.decompress(packed).decode()
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


def test_the_script_that_makes_the_file_says_how_to_get_its_sources() -> None:
    with pytest.raises(
        SystemExit, match=r"vietnamadminunits 1\.0\.4 is not installed: run `python3 -m venv "
    ):
        package_folder("vietnamadminunits", "no_such_module")
