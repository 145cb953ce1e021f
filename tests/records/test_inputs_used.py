"""Records name what was used; stock follows; what is banned, expired or not registered is told."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue.making import BANNED, LISTED, input_, listed, product, purchase
from tests.catalogue.test_products import errors
from tests.people import Door, Factory
from tests.records.making import cycle, facts, record, said
from trace.kit.ids import new_id

PHI = [{"crop": "Dưa lưới", "phi_days": 14}]


@pytest.fixture
def melon(manager: Door) -> str:
    """An open cycle of a crop that labels name."""
    return str(cycle(manager, product_id=product(manager, crop="Dưa lưới")["id"])["id"])


def level(door: Door, input_id: str) -> list[tuple[str, str, str]]:
    """Unit, what is left and what is missing, without needless zeros."""
    return [
        (one["unit"], *(f"{Decimal(one[name]).normalize():f}" for name in ("left", "gap")))
        for one in door.ask(f"/stock/{input_id}")["levels"]
    ]


def test_stock_falls_with_use_and_follows_corrections_of_both(manager: Door, melon: str) -> None:
    bottle = input_(manager, intervals=PHI)["id"]
    lot = purchase(manager, input_id=bottle, packs=2, content="0.1", unit="l")["id"]
    used = record(manager, "spraying", cycle_id=melon, input_id=bottle, purchase_id=lot, amount="60")
    assert level(manager, bottle) == [("ml", "140", "0")]
    more = {"amount": "150", "corrects_id": used["id"], "correction_reason": "Ghi thiếu"}
    spray = record(manager, "spraying", cycle_id=melon, input_id=bottle, purchase_id=lot, **more)
    assert level(manager, bottle) == [("ml", "50", "0")]
    said_ = {"input_id": bottle, "content": "100", "corrects_id": lot, "correction_reason": "Một chai"}
    newer = purchase(manager, **said_)["id"]
    found = manager.ask(f"/stock/{bottle}")
    assert (found["short"], found["levels"][0]["gap"].startswith("50")) == (True, True)
    assert [use["purchase_id"] for use in found["uses"]] == [newer]
    assert Decimal(found["lots"][0]["levels"][0]["gap"]) == 50
    manager.tell("/purchases/withdraw", purchase_id=newer, reason="Nhầm")
    found = manager.ask(f"/stock/{bottle}")
    assert {Decimal(found[name][0][said]) for name, said in (("levels", "gap"), ("of_no_lot", "used"))} == {
        150
    }
    manager.tell("/records", kind="retraction", corrects_id=spray["id"], correction_reason="Nhầm")
    assert level(manager, bottle) == []


def test_more_used_than_bought_is_shown_and_never_refused(manager: Door, melon: str) -> None:
    bag = input_(manager, kind="fertiliser", trade_name="KNO3", unit="kg")["id"]
    purchase(manager, input_id=bag, content="3.8", unit="kg")
    record(manager, "fertilising", cycle_id=melon, input_id=bag, amount="5000", unit="g")
    shown = manager.get("/app/stock").text
    assert "dùng nhiều hơn đã mua 1,2 kg" in shown
    assert "dùng nhiều hơn đã mua 1,2 kg" in manager.get(f"/app/stock/{bag}").text


def test_what_cannot_be_compared_is_said_so(manager: Door, melon: str) -> None:
    bottle = input_(manager, intervals=PHI)["id"]
    purchase(manager, input_id=bottle, content="100", unit="g", sure=True)
    record(manager, "spraying", cycle_id=melon, input_id=bottle)
    assert level(manager, bottle) == [("ml", "0", "60"), ("g", "100", "0")]
    assert "Không so sánh được" in manager.get(f"/app/stock/{bottle}").text


def test_seeds_are_counted(manager: Door, melon: str) -> None:
    seed = input_(manager, kind="seed", trade_name="TL3", unit="seed")["id"]
    purchase(manager, input_id=seed, packs=3, content="1000", unit="seed")
    record(manager, "sowing", cycle_id=melon, input_id=seed, seed_count=2200)
    assert level(manager, seed) == [("seed", "800", "0")]


MOVES = st.lists(
    st.tuples(st.sampled_from(["buy", "use", "correct", "withdraw", "retract"]), st.integers(1, 400)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=6)
@given(MOVES)
def test_stock_is_that_of_an_account_kept_by_hand(make: Factory, moves: list[tuple[str, int]]) -> None:
    door = make.manager()
    bag = input_(door, kind="fertiliser", trade_name="KNO3", unit="kg")["id"]
    plot_cycle = cycle(door)["id"]
    bought: dict[str, Decimal] = {}
    used: dict[str, Decimal] = {}
    reason = {"correction_reason": "Nhầm"}
    for move, grams in moves:
        kg = Decimal(grams) / 1000
        if move == "buy":
            bought[purchase(door, input_id=bag, content=str(grams), unit="g")["id"]] = kg
        elif move == "use" or not bought:
            used[_feed(door, plot_cycle, bag, kg)] = kg
        elif move == "correct":
            old = next(reversed(bought))
            new = purchase(door, input_id=bag, content=str(kg), unit="kg", corrects_id=old, **reason)
            del bought[old]
            bought[new["id"]] = kg
        elif move == "withdraw":
            door.tell("/purchases/withdraw", purchase_id=bought.popitem()[0], reason="Nhầm")
        elif used:
            door.tell("/records", kind="retraction", corrects_id=used.popitem()[0], **reason)
    balance = sum(bought.values(), Decimal(0)) - sum(used.values(), Decimal(0))
    told = door.ask(f"/stock/{bag}")["levels"]
    assert sum((Decimal(one["left"]) - Decimal(one["gap"]) for one in told), Decimal(0)) == balance


def _feed(door: Door, cycle_id: str, bag: str, kg: Decimal) -> str:
    return str(record(door, "fertilising", cycle_id=cycle_id, input_id=bag, amount=str(kg), unit="kg")["id"])


def test_an_input_and_its_lot_belong_together(manager: Door, melon: str) -> None:
    bottle, other = input_(manager)["id"], purchase(manager)["id"]
    ask = {"cycle_id": melon, "sure": True}
    wrong_lot = manager.say("/records", **said("spraying", **ask, input_id=bottle, purchase_id=other))
    assert list(errors(wrong_lot)) == ["purchase_id"]
    other_name = manager.say("/records", **said("spraying", **ask, input_id=bottle, trade_name="Radiant"))
    assert list(errors(other_name)) == ["input_id"]


def test_a_later_change_of_the_label_never_rewrites_the_diary(manager: Door, melon: str) -> None:
    bottle = input_(manager, active_ingredient="hexaconazole 50 g/L", intervals=PHI)["id"]
    line = record(manager, "spraying", cycle_id=melon, input_id=bottle)
    before = manager.ask(f"/records/{line['id']}")
    manager.tell(
        "/inputs/change", input_id=bottle, kind="pesticide", trade_name="Khác", unit="ml", intervals=[]
    )
    assert manager.ask(f"/records/{line['id']}") == before


def test_a_banned_pesticide_cannot_be_written_not_even_as_typed(manager: Door, melon: str) -> None:
    first = record(manager, "spraying", cycle_id=melon, trade_name="Aldrex 40EC")
    listed(manager, BANNED, standing="banned")
    sent = said("spraying", cycle_id=melon, sure=True)
    for name, ingredient in (("aldrex 40 EC", None), ("Thuốc lạ", "paraquat 200 g/L")):
        answer = manager.say("/records", **{**sent, "trade_name": name}, active_ingredient=ingredient)
        assert (answer.status_code, list(errors(answer))) == (409, ["trade_name"])
        assert "75/2025/TT-BNNMT" in errors(answer)["trade_name"]
    told_better = {"corrects_id": first["id"], "correction_reason": "Ghi thiếu", "amount": "70"}
    assert manager.say("/records", **{**sent, "trade_name": "Aldrex 40EC", **told_better}).is_success
    early = "2026-01-10T06:30:00+07:00"
    assert manager.say("/records", **{**sent, "trade_name": "Aldrex", "happened_at": early}).is_success


@pytest.mark.parametrize(
    ("given_", "field", "word"),
    [
        ({"trade_name": "Radiant 60SC"}, "trade_name", "không đăng ký cho cây này"),
        ({"trade_name": "Thuốc lạ"}, "trade_name", "không có trong danh mục"),
        ({"phi_days": 3, "input_id": True}, "phi_days", "14 ngày"),
        ({"input_id": True, "purchase_id": True}, "purchase_id", "hết hạn"),
    ],
)
def test_what_looks_odd_is_asked(
    manager: Door, melon: str, given_: dict[str, Any], field: str, word: str
) -> None:
    listed(manager, LISTED)
    bottle = input_(manager, intervals=PHI)["id"]
    lot = purchase(manager, input_id=bottle, expires_on="2026-11-01")["id"]
    sent = {**said("spraying", cycle_id=melon), **given_}
    sent |= {name: one for name, one in (("input_id", bottle), ("purchase_id", lot)) if name in given_}
    asked = manager.say("/records", **sent)
    assert asked.json()["type"] == "/problems/doubtful"
    assert word in errors(asked)[field]
    assert manager.say("/records", **sent, sure=True).is_success


def test_a_chosen_input_fills_in_what_its_label_says(manager: Door, melon: str) -> None:
    label = {"active_ingredient": "hexaconazole 50 g/L", "registration_number": "12/CN", "re_entry_hours": 24}
    bottle = input_(manager, **label, intervals=PHI)["id"]
    lot = purchase(manager, input_id=bottle, lot_number="L1")["id"]
    for number in range(8):
        input_(manager, trade_name=f"Thuốc {number}")
    path = f"/app/log/{melon}/spraying"
    assert f"{path}?chosen={bottle}" in manager.get(path).text
    form = manager.get(f"{path}?chosen={bottle}").text
    for text in ("Anvil 5SC", "hexaconazole 50 g/L", "12/CN", "14", "24"):
        assert re.search(rf'<input[^>]*value="{text}"', form), text
    assert ("L1" in form, "chưa khai báo" in form) == (True, False)
    sent = {"id": str(new_id()), "happened_at": "2026-11-10T06:30", "trade_name": "Anvil 5SC"}
    sent |= {"target": "phấn trắng", "amount": "60", "unit": "ml", "phi_days": "14", "input_id": bottle}
    assert manager.post(path, data={**sent, "purchase_id": lot}).status_code == 303
    assert level(manager, bottle) == [("ml", "40", "0")]
    last_used_first = re.findall(r"\?chosen=([0-9a-f-]+)", manager.get(path).text)
    assert last_used_first[0] == bottle
    assert "Thuốc 7" in manager.get(f"{path}/inputs?q=thuoc+7").text


def test_what_the_label_does_not_say_for_this_crop_is_said(manager: Door, melon: str) -> None:
    bottle = input_(manager, intervals=[{"crop": "Vải", "phi_days": 21}])["id"]
    form = manager.get(f"/app/log/{melon}/spraying?chosen={bottle}").text
    assert "chưa khai báo" in form
    assert not re.search(r'name="phi_days"[^>]*value="\d', form)


def test_a_typed_name_still_needs_no_list(manager: Door, melon: str) -> None:
    input_(manager)
    line = record(manager, "spraying", cycle_id=melon, trade_name="Thuốc ngoài danh sách")
    assert facts(line)["trade_name"] == "Thuốc ngoài danh sách"
