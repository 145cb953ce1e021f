"""The members' pages of inputs."""

import re

from tests.catalogue.making import input_
from tests.evidence.making import jpeg
from tests.people import Door, Factory
from trace.kit.ids import new_id


def typed(**given: str) -> dict[str, str]:
    """What a manager copies from a label into an empty form."""
    return {"id": str(new_id()), "kind": "pesticide", "trade_name": "Anvil 5SC", "unit": "ml", **given}


def interval(number: int, crop: str, phi_days: str) -> dict[str, str]:
    return {f"intervals.{number}.crop": crop, f"intervals.{number}.phi_days": phi_days}


def test_a_label_is_copied_with_its_photograph_and_what_it_leaves_out_is_said(manager: Door) -> None:
    assert "Chưa có vật tư nào" in manager.get("/app/inputs").text
    assert manager.get("/app/inputs/new").text.count("/app/inputs/new?kind=") == 6
    form = manager.get("/app/inputs/new?kind=pesticide").text
    assert "intervals.3.phi_days" in form
    sent = typed(kills_insects="", max_dose="0,5", max_dose_unit="l", **interval(2, "Dưa lưới", "14"))
    answer = manager.post("/app/inputs/new", data=sent, files={"photo": ("nhãn.jpg", jpeg())})
    made = manager.ask("/inputs")["items"][0]
    assert (answer.status_code, answer.headers["location"]) == (303, f"/app/inputs/{made['id']}")
    assert made["intervals"] == [{"crop": "Dưa lưới", "phi_days": 14}]
    assert (made["max_dose"], made["kills_insects"]) == ("0.5", None)
    shown = manager.get(f"/app/inputs/{made['id']}").text
    assert "Các cây khác: chưa khai báo" in shown
    assert made["photo_id"] in shown
    assert "Anvil 5SC" in manager.get("/app/inputs").text


def test_a_label_without_intervals_says_so(manager: Door) -> None:
    assert "Chưa khai báo cho cây nào" in manager.get(f"/app/inputs/{input_(manager)['id']}").text


def test_a_wrong_form_comes_back_with_what_was_typed(manager: Door) -> None:
    sent = typed(re_entry_hours="một ngày", **interval(0, "", ""), **interval(3, "Vải", "lâu"))
    answer = manager.post("/app/inputs/new", data=sent)
    assert answer.status_code == 422
    assert re.search(r'name="intervals\.3\.crop"[^>]*value="Vải"', answer.text)
    assert re.search(r'name="intervals\.3\.phi_days"[^>]*value="lâu"[^>]*aria-invalid', answer.text)
    assert 'value="một ngày"' in answer.text
    assert manager.post("/app/inputs/new", data=typed(kind="sữa")).status_code == 422


def test_an_input_is_changed_on_a_form_that_holds_what_stands_there(manager: Door) -> None:
    made = input_(manager, kills_insects=True, intervals=[{"crop": "Vải", "phi_days": 7}])
    path = f"/app/inputs/{made['id']}/edit"
    form = manager.get(path).text
    assert re.search(r'name="intervals\.0\.crop"[^>]*value="Vải"', form)
    assert re.search(r'name="kills_insects" value="true"[^>]*checked', form)
    sent = typed(trade_name="Anvil 5 SC", kills_insects="false", **interval(0, "Vải", "9"))
    assert manager.post(path, data=sent).headers["location"] == f"/app/inputs/{made['id']}"
    now = manager.ask(f"/inputs/{made['id']}")
    assert (now["trade_name"], now["kills_insects"]) == ("Anvil 5 SC", False)
    assert now["intervals"] == [{"crop": "Vải", "phi_days": 9}]


def test_inputs_are_found_without_marks_and_retired_ones_stand_apart(manager: Door) -> None:
    input_(manager, trade_name="Đồng đỏ")
    old = input_(manager, trade_name="Thuốc cũ")
    manager.post(f"/app/inputs/{old['id']}/retire", data={"id": str(new_id())})
    found = manager.get("/app/inputs?q=dong+do").text
    assert ("Đồng đỏ" in found, "Thuốc cũ" in found) == (True, False)
    listed = manager.get("/app/inputs").text
    assert listed.index("Đã ngừng dùng") < listed.index("Thuốc cũ")
    assert "Không có gì tên như vậy" in manager.get("/app/inputs?q=xyz").text
    assert manager.post(f"/app/inputs/{old['id']}/restore", data={"id": str(new_id())}).status_code == 303


def test_members_who_do_not_manage_see_and_do_not_change(make: Factory, manager: Door) -> None:
    made = input_(manager)
    member = make.member(manager)
    assert "/new" not in member.get("/app/inputs").text
    assert "/edit" not in member.get(f"/app/inputs/{made['id']}").text
    for closed in ("/app/inputs/new", f"/app/inputs/{made['id']}/edit"):
        assert member.get(closed).status_code == member.post(closed, data=typed()).status_code == 403
