"""The members' pages on which something is done with batches, and those that show where kilograms went."""

import html
import re
from typing import Any

from sqlmodel import Session, func, select

from tests.batches.making import batch, harvest
from tests.batches.operating import made, merged, operation, taken
from tests.batches.test_pages import fields
from tests.catalogue.making import product
from tests.farms.making import plot
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.batches.operation_models import Operation
from trace.kit.ids import new_id


def said(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(text))


def test_two_batches_are_chosen_and_graded_in_one_form(manager: Door) -> None:
    crop = cycle(manager)["id"]
    parts = [batch(manager, harvest_id=harvest(manager, cycle_id=crop)["id"]) for _ in range(2)]
    choice = manager.get("/app/operations/new/grade").text
    assert all(f'value="{part["id"]}"' in choice for part in parts)
    address = f"/app/operations/new/grade?batch={parts[0]['id']}&batch={parts[1]['id']}"
    form = fields(manager.get(address).text)
    assert (form["inputs.0.kg"], form["inputs.0.pieces"], form["inputs.1.kg"]) == ("60", "35", "60")
    form |= {"outputs.0.kg": "70", "outputs.0.grade": "Loại 1", "outputs.2.kg": "47,5"}
    form |= {"losses.1.kg": "2,5", "losses.1.loss": "spoiled"}
    answer = manager.post("/app/operations/new/grade", data=form)
    assert answer.status_code == 303, answer.text
    page = said(manager.get(answer.headers["location"]).text)
    assert "Loại 2" not in page
    assert "Vào 120 kg, ra 120 kg, trong đó hao 2,5 kg." in page
    assert "Hư hỏng" in page


def test_a_wrong_sum_comes_back_with_all_that_was_typed(manager: Door, db: Session) -> None:
    melon = batch(manager)
    form = fields(manager.get(f"/app/operations/new/split?batch={melon['id']}").text)
    form |= {"inputs.0.kg": "20", "outputs.0.kg": "19", "outputs.1.lot_code": "lô/2", "note": "đợt sáng"}
    answer = manager.post("/app/operations/new/split", data=form)
    assert answer.status_code == 422
    form["outputs.1.lot_code"], form["outputs.1.kg"] = "LO-2", "0,5"
    answer = manager.post("/app/operations/new/split", data=form)
    assert answer.status_code == 409
    assert "còn 0,5 kg chưa rõ đi đâu" in answer.text
    back = fields(answer.text)
    assert (back["inputs.0.kg"], back["outputs.1.lot_code"], back["id"]) == ("20", "LO-2", form["id"])
    assert 'id="outputs.0.kg-error"' in answer.text
    assert db.exec(select(func.count()).select_from(Operation)).one() == 1


def test_more_rows_are_asked_for_without_sending_anything(manager: Door, db: Session) -> None:
    melon = batch(manager)
    form = fields(manager.get(f"/app/operations/new/split?batch={melon['id']}").text)
    answer = manager.post("/app/operations/new/split", data={**form, "outputs.0.kg": "7", "rows": "1"})
    assert answer.status_code == 200
    assert fields(answer.text)["outputs.0.kg"] == "7"
    assert "outputs.5.kg" in fields(answer.text)
    assert db.exec(select(func.count()).select_from(Operation)).one() == 1


def test_a_harvest_is_sorted_from_the_page_on_which_batches_are_made(manager: Door) -> None:
    cut = harvest(manager)["id"]
    address = f"/app/operations/new/make?harvest={cut}"
    assert address in manager.get(f"/app/batches/new?harvest={cut}").text
    form = fields(manager.get(address).text)
    form |= {"outputs.0.kg": "100", "losses.0.kg": "5", "losses.0.loss": "sorted_out"}
    assert manager.post("/app/operations/new/make", data=form).status_code == 303


def test_an_unusual_loss_is_asked_about_and_answered_in_the_form(manager: Door) -> None:
    melon = batch(manager)
    form = fields(manager.get(f"/app/operations/new/loss?batch={melon['id']}").text)
    form |= {"inputs.0.kg": "30", "loss": "spoiled"}
    answer = manager.post("/app/operations/new/loss", data=form)
    assert answer.status_code == 409
    assert 'name="sure"' in answer.text
    assert "Hao 50 % khối lượng" in said(answer.text)
    form |= {"sure": "on", "reason": "Kho mất điện"}
    assert manager.post("/app/operations/new/loss", data=form).status_code == 303


def test_a_batch_tells_its_shares_and_what_was_done_with_it(manager: Door) -> None:
    one = merged(manager, "62", "38")
    operation(manager, "move", batch_id=one["id"], place="Kho lạnh 2")
    page = said(manager.get(f"/app/batches/{one['id']}").text)
    assert "62 % A1, 38 % A2" in page
    assert "Gộp lô: 100 kg" in page
    assert "Kho lạnh 2" in page


def test_what_is_taken_back_says_so_everywhere(manager: Door) -> None:
    melon = batch(manager)
    split = operation(manager, "split", inputs=[taken(melon, "20")], outputs=[{"kg": "20"}])
    (part,) = made(manager, split)
    address = f"/app/operations/{split['id']}"
    answer = manager.post(f"{address}/take-back", data={"id": str(new_id()), "reason": ""})
    assert answer.status_code == 422
    answer = manager.post(f"{address}/take-back", data={"id": str(new_id()), "reason": "Nhầm lô"})
    assert answer.status_code == 303
    assert "Nhầm lô" in manager.get(address).text
    assert "đã bị rút lại" in manager.get(f"/app/batches/{part['id']}").text
    assert "Đã rút lại" in manager.get("/app/batches").text
    assert part["id"] not in manager.get("/app/operations/new/split").text


def test_where_the_kilograms_went_is_a_picture_and_a_table(manager: Door) -> None:
    one = merged(manager, "62", "38")
    operation(
        manager,
        "split",
        inputs=[taken(one, "50")],
        outputs=[{"kg": "49.5"}],
        losses=[{"loss": "spoiled", "kg": "0.5"}],
    )
    page = manager.get(f"/app/batches/{one['id']}/flow").text
    assert (
        page.count('class="sankey__bar') == 7
    )  # two harvests, two batches, the merged one, its part, a loss
    rows = [said(re.sub(r"<[^>]+>", " ", row)) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    (merged_row,) = [row for row in rows if f" {one['lot_code']} " in row]
    assert re.findall(r"\d+(?:,\d+)?", merged_row.split(one["lot_code"])[1]) == ["100", "49,5", "0,5", "50"]
    crop = manager.ask(f"/batches/{one['id']}/origins")[0]["cycle_id"]
    assert one["lot_code"] in manager.get(f"/app/cycles/{crop}/flow").text


def test_a_corrected_harvest_is_drawn_as_it_stands(manager: Door) -> None:
    cut = harvest(manager)
    melon = batch(manager, harvest_id=cut["id"])
    manager.tell(
        "/records",
        kind="harvest",
        cycle_id=cut["cycle_id"],
        happened_at="2026-11-10T06:30:00+07:00",
        quantity="100",
        unit="kg",
        corrects_id=cut["id"],
        correction_reason="Cân nhầm",
        sure=True,
    )
    page = manager.get(f"/app/cycles/{cut['cycle_id']}/flow").text
    row = said(re.sub(r"<[^>]+>", " ", re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1]))
    assert re.findall(r"\b\d+\b", row.split("2026")[1]) == ["100", "60", "0", "40"]
    assert melon["lot_code"] in page


def test_crops_and_products_are_balanced_and_strange_yields_are_marked(manager: Door) -> None:
    melon = product(manager, name="Dưa lưới")["id"]
    usual: dict[str, Any] = {"product_id": melon, "plant_count": 2000, "sure": True}
    for code, kilograms in (("A1", "2640"), ("A2", "300")):
        grown = cycle(manager, plot_id=plot(manager, code=code, area="1000")["id"], **usual)
        cut = harvest(manager, cycle_id=grown["id"], quantity=kilograms, pieces=None)
        operation(
            manager,
            "make",
            harvest_id=cut["id"],
            outputs=[{"kg": "200"}],
            losses=[{"loss": "sorted_out", "kg": "20"}],
        )
    page = said(re.sub(r"<[^>]+>", " ", manager.get("/app/balance").text))
    assert "2.640 kg 200 kg 20 kg 2.420 kg 26,4 t 1,32 kg" in page
    assert "300 kg 200 kg 20 kg 80 kg 3 t bất thường 0,15 kg bất thường" in page
    assert "2.940 kg 400 kg 40 kg 2.500 kg" in page


def test_who_may_not_write_is_offered_nothing_to_do(make: Factory, manager: Door) -> None:
    melon = batch(manager)
    viewer = make.member(manager, "viewer")
    assert "/app/operations/new" not in viewer.get(f"/app/batches/{melon['id']}").text
    assert "/app/operations/new" not in viewer.get("/app/operations").text
    assert viewer.get(f"/app/operations/new/split?batch={melon['id']}").status_code == 403


def test_a_form_about_nothing_is_no_page(manager: Door) -> None:
    assert manager.get("/app/operations/new/take_back").status_code == 404
    assert manager.get("/app/operations/new/magic").status_code == 404
    for form in ({}, {"inputs.0.batch_id": "x"}, {"inputs.0.batch_id": str(new_id())}):
        assert manager.post("/app/operations/new/split", data=form).status_code == 404
