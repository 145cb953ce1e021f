"""The members' pages of batches: choose a harvest, make, look, publish."""

import html
import re

import pytest
from sqlmodel import Session, select

from tests.batches.making import batch, correct, harvest, published, retract
from tests.catalogue.making import product
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.batches.models import Batch
from trace.kit import shortcodes
from trace.kit.ids import new_id

SCRIPT = "<script>alert(1)</script>"


def fields(text: str) -> dict[str, str]:
    """What stands in the inputs of a page."""
    found = re.findall(r"<input[^>]*>", text)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in found]
    return {name[1]: html.unescape(value[1]) for name, value in named if name and value}


def test_the_way_from_a_harvest_to_a_published_batch(manager: Door, db: Session) -> None:
    melon = product(manager, name="Dưa lưới ruột cam", lot_prefix="TMD-DL", shelf_life_days=14)
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])
    assert "Chưa có lô nào" in manager.get("/app/batches").text
    choice = manager.get("/app/batches/new").text
    assert "còn 120 trong 120 kg" in choice
    assert f"/app/batches/new?harvest={cut['id']}" in choice
    form = fields(manager.get(f"/app/batches/new?harvest={cut['id']}").text)
    assert (form["quantity"], form["pieces"], form["packed_on"], form["lot_code"]) == (
        "120",
        "70",
        "2026-11-10",
        "TMD-DL-261110-01",
    )
    answer = manager.post("/app/batches", data={**form, "quantity": "60,5", "pieces": "35", "unit": "kg"})
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    page = manager.get(address).text
    assert "Đã tạo lô. Anh/chị có thể in tem" in page
    made = db.exec(select(Batch)).one()
    assert made.best_before is not None
    for shown in ("TMD-DL-261110-01", shortcodes.display(made.code), "60,5 kg", "24/11/2026", "Chưa công bố"):
        assert shown in page
    assert f'href="/app/cycles/{made.cycle_id}"' in page
    assert f'href="{address}/print"' in page
    assert "Nguyễn Văn An" in page  # the journal knows who made it
    answer = manager.post(f"{address}/publish", data={"id": fields(page)["id"]})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    page = manager.get(address).text
    assert "Từ bây giờ ai quét mã" in page
    assert f'href="/b/{made.code}"' in page
    assert "/publish" not in page


def test_a_wrong_form_comes_back_with_what_was_typed(manager: Door) -> None:
    cut = harvest(manager)["id"]
    form = fields(manager.get(f"/app/batches/new?harvest={cut}").text)
    answer = manager.post("/app/batches", data={**form, "quantity": "nhiều", "lot_code": "LÔ/1"})
    assert answer.status_code == 422
    assert fields(answer.text) == {**form, "quantity": "nhiều", "lot_code": "LÔ/1"}
    assert answer.text.count('aria-invalid="true"') == 2
    assert "Anh/chị hãy bỏ: “Ô” “/”" in answer.text


def test_a_refused_form_says_what_is_left_and_keeps_its_id(manager: Door) -> None:
    cut = harvest(manager)["id"]
    form = fields(manager.get(f"/app/batches/new?harvest={cut}").text)
    answer = manager.post("/app/batches", data={**form, "quantity": "120,001"})
    assert answer.status_code == 409
    assert "chỉ còn 120 kg" in answer.text
    assert fields(answer.text)["id"] == form["id"]


def test_a_doubt_is_confirmed_with_one_tick(manager: Door) -> None:
    cut = harvest(manager)["id"]
    form = {**fields(manager.get(f"/app/batches/new?harvest={cut}").text), "pieces": "7"}
    asked = manager.post("/app/batches", data=form)
    assert asked.status_code == 409
    assert 'name="sure"' in asked.text
    assert manager.post("/app/batches", data={**form, "sure": "on"}).status_code == 303


def test_a_form_sent_twice_makes_one_batch(manager: Door, db: Session) -> None:
    form = fields(manager.get(f"/app/batches/new?harvest={harvest(manager)['id']}").text)
    answers = [manager.post("/app/batches", data=form) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {f"/app/batches/{form['id']}"}
    assert len(db.exec(select(Batch)).all()) == 1


def test_a_batch_says_that_its_harvest_was_corrected_or_retracted(manager: Door) -> None:
    cut = harvest(manager)
    made = batch(manager, harvest_id=cut["id"])
    corrected = correct(manager, cut, quantity="50", pieces=30)
    page = manager.get(f"/app/batches/{made['id']}").text
    assert "Thu hoạch đã đính chính" in page
    assert "Nay ghi là ngày 10/11/2026, 50 kg" in page
    assert "vượt quá số thu hoạch" in page
    assert "bản ghi thu hoạch đã đổi" in manager.get("/app/batches").text
    retract(manager, corrected)
    page = manager.get(f"/app/batches/{made['id']}").text
    assert "Thu hoạch đã bị rút lại" in page
    answer = manager.post(f"/app/batches/{made['id']}/publish", data={"id": str(new_id())})
    assert answer.status_code == 409
    assert "không thể công bố lô" in answer.text


def test_members_see_what_their_role_may_do(make: Factory, manager: Door) -> None:
    made = batch(manager)
    recorder, viewer = make.member(manager, "recorder"), make.member(manager, "viewer")
    page = recorder.get(f"/app/batches/{made['id']}").text
    assert "/publish" not in page
    assert "Quản lý của hợp tác xã sẽ công bố" in page
    page = viewer.get(f"/app/batches/{made['id']}").text
    assert "/app/batches/new" not in page
    assert "/app/batches/new" not in viewer.get("/app/batches").text
    assert viewer.get("/app/batches/new").status_code == 403
    assert viewer.post("/app/batches", data={}).status_code in (403, 404)


def test_the_pages_of_another_cooperative_are_not_there(make: Factory, manager: Door) -> None:
    made = batch(manager)
    other = make.manager()
    for address in (f"/app/batches/{made['id']}", f"/app/batches/new?harvest={made['harvest_id']}"):
        assert other.get(address).status_code == 404
    form = {"id": str(new_id()), "harvest_id": made["harvest_id"], "quantity": "1"}
    assert other.post("/app/batches", data=form).status_code == 404
    assert other.post(f"/app/batches/{made['id']}/publish", data={}).status_code == 404


@pytest.mark.parametrize("harvest_id", ["", "x", "01a20000-0000-7000-8000-000000000000"])
def test_a_form_without_its_harvest_is_not_found(manager: Door, harvest_id: str) -> None:
    assert manager.post("/app/batches", data={"harvest_id": harvest_id, "quantity": "1"}).status_code == 404


def test_what_people_typed_is_text_and_never_markup(manager: Door) -> None:
    melon = product(manager, name=SCRIPT)
    made = published(
        manager,
        harvest_id=harvest(manager, cycle_id=cycle(manager, product_id=melon["id"], name=SCRIPT)["id"])["id"],
    )
    for address in (
        "",
        f"/{made['id']}",
        f"/{made['id']}/print",
        "/new",
        f"/new?harvest={made['harvest_id']}",
    ):
        page = manager.get(f"/app/batches{address}").text
        assert SCRIPT not in page
        assert html.escape(SCRIPT) in page


def test_a_long_list_goes_on_on_the_next_page(manager: Door) -> None:
    cut = harvest(manager, quantity="600", pieces=None)["id"]
    made = [batch(manager, harvest_id=cut, quantity="1", pieces=None) for _ in range(51)]
    page = manager.get("/app/batches").text
    assert made[1]["lot_code"] in page
    assert made[0]["lot_code"] not in page
    older = re.search(r'href="(/app/batches\?after=[^"]+)"', page)
    assert older
    assert made[0]["lot_code"] in manager.get(older[1]).text
