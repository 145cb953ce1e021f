"""The same word is the same, however the keyboard of the day composes it and wherever it puts the tone."""

import unicodedata
from typing import Any, Final, Literal

import pytest

from tests.batches.making import batch, harvest
from tests.catalogue.making import gtin, product
from tests.farms.making import area, plot
from tests.hostile.forms import Page
from tests.people import PASSWORD, Door, Factory, phone, registration, tax_code
from tests.records.making import cycle, record

FORMS: Final[tuple[Literal["NFC", "NFD"], ...]] = ("NFC", "NFD")
COPIED: Final = "\u202a{}\u202c"  # as address books hand numbers to the clipboard


def apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_everything_typed_apart_is_stored_composed(manager: Door) -> None:
    field = area(manager, name=apart("Vùng dưa Trường Tân"), crop=apart("Dưa lưới"))
    sold = product(manager, name=apart("Dưa lưới ruột cam"), storage=apart("Nơi khô mát"))
    place = plot(manager, code=apart("NM-Đ1"), area_id=field["id"])
    grown = cycle(manager, name=apart("Thu đông"), plot_id=place["id"], product_id=sold["id"])
    written = record(
        manager, "other", cycle_id=grown["id"], what=apart("Vệ sinh"), note=apart("Quét dọn\nsạch sẽ")
    )
    assert (field["name"], field["crop"]) == ("Vùng dưa Trường Tân", "Dưa lưới")
    assert (sold["name"], sold["storage"]) == ("Dưa lưới ruột cam", "Nơi khô mát")
    assert (place["code"], grown["name"]) == ("NM-Đ1", "Thu đông")
    assert (written["note"], written["facts"][0]["value"]) == ("Quét dọn\nsạch sẽ", "Vệ sinh")


@pytest.mark.parametrize(
    "typed", ["Hòa Lạc", "Hoà Lạc", apart("Hòa Lạc"), apart("Hoà Lạc"), "hoa lac", "HOÀ LẠC"]
)
def test_a_commune_is_found_in_every_spelling(stranger: Door, typed: str) -> None:
    found = stranger.ask("/places", q=typed)
    assert found
    assert all("Hòa Lạc" in unicodedata.normalize("NFC", str(one)) for one in found[:1])


def test_a_form_takes_the_commune_in_every_spelling(stranger: Door) -> None:
    for typed in ("Trường Tân", apart("Trường Tân"), "truong tan"):
        answer = stranger.post("/register", data=registration(commune=typed, commune_code="11065"))
        assert answer.status_code == 303, typed


def test_a_code_typed_apart_is_the_same_code(manager: Door) -> None:
    field = area(manager)["id"]
    plot(manager, code="NM-Đồi", area_id=field)
    for typed in ("NM-Đồi", apart("NM-Đồi"), "nm-đồi", "NM–Đồi", "NM-\u200bĐồi"):
        said = {"area_id": field, "code": typed, "kind": "greenhouse", "area": "1000"}
        assert manager.say("/plots", **said).status_code == 409, typed


def test_twenty_letters_typed_apart_are_still_twenty(manager: Door) -> None:
    assert plot(manager, code=apart("Ệ" * 20))["code"] == "Ệ" * 20


def test_a_password_typed_on_another_keyboard_is_the_same(make: Factory) -> None:
    number = phone()
    make.manager(phone=number, password=PASSWORD)
    for form in FORMS:
        typed = {"phone": number, "password": unicodedata.normalize(form, PASSWORD)}
        assert make.door().post("/sign-in", data=typed).status_code == 303, form


def test_numbers_copied_with_invisible_marks_are_read(stranger: Door, make: Factory) -> None:
    number = phone()
    typed: dict[str, Any] = {
        "phone": COPIED.format(number),
        "hotline": COPIED.format("0220 3888 999"),
        "tax_code": COPIED.format(tax_code(4321)),
    }
    answer = stranger.post("/register", data=registration(**typed))
    assert answer.status_code == 303, Page(answer.text, "/register").said
    sold = product(stranger, gtin=COPIED.format(gtin("952123456777")))
    assert sold["gtin"] == "0" + gtin("952123456777")
    made = batch(stranger, lot_code=COPIED.format("tmd-1"), harvest_id=harvest(stranger)["id"])
    assert made["lot_code"] == "TMD-1"


def test_dates_and_amounts_copied_with_invisible_marks_are_read(manager: Door) -> None:
    grown = cycle(manager)
    typed = {
        "happened_at": COPIED.format("2026-11-10T06:30"),
        "method": "drip",
        "litres": COPIED.format("1 200,5"),
    }
    answer = manager.post(f"/app/log/{grown['id']}/irrigation", data=typed)
    assert answer.status_code == 303, Page(answer.text, "").said
    written = manager.ask(f"/cycles/{grown['id']}/records")["items"]
    assert "1200.5" in str(written)


def test_emoji_and_marks_of_other_scripts_are_somebodys_words(manager: Door) -> None:
    for name in ("Dưa 🍈 ngon", "Dưa 👨‍👩‍👧", "بطيخ", "甜瓜", "Dưa \U0001fae8"):
        assert product(manager, name=name)["name"] == name


def test_a_name_that_nobody_can_see_is_none(manager: Door) -> None:
    for name in ("\u200b", "\u3164", "\u200d", "\ufe0f", "\x00", "\u2800 \u00a0", "\U000e0041"):
        assert manager.say("/products", name=name).status_code == 422, ascii(name)
