"""Purchases are appended, corrected by name and withdrawn with a reason."""

import re
import uuid

import pytest
from sqlalchemy import delete, inspect, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests.catalogue.making import input_, purchase
from tests.catalogue.test_products import errors
from tests.evidence.making import jpeg, photo
from tests.people import Door, Factory
from trace.catalogue.models import Purchase, PurchasePhoto, PurchaseWithdrawal
from trace.kit.ids import new_id


def typed(input_id: str, **given: str) -> dict[str, str]:
    """What a member copies from an invoice into the form."""
    return {
        "id": str(new_id()),
        "input_id": input_id,
        "bought_on": "20/08/2026",
        "packs": "5",
        "content": "0,1",
        "unit": "l",
        **given,
    }


def test_packs_times_content_are_what_was_bought(manager: Door) -> None:
    made = purchase(manager, packs=5, content="100.5", lot_number="L1", pack_price="45000", supplier="Cô Hoa")
    assert (made["quantity"], made["lot_number"], made["supplier"]) == ("502.5", "L1", "Cô Hoa")
    assert manager.ask("/purchases")["items"] == [made] == [manager.ask(f"/purchases/{made['id']}")]


def test_a_purchase_is_corrected_once_and_both_stay_in_sight(manager: Door) -> None:
    old = purchase(manager)
    same = {"input_id": old["input_id"], "content": "200", "corrects_id": old["id"]}
    assert "correction_reason" in errors(manager.say("/purchases", **same, bought_on="2026-08-20", unit="ml"))
    new = purchase(manager, **same, correction_reason="Ghi thiếu")
    shown = {line["id"]: line for line in manager.ask("/purchases")["items"]}
    assert shown[old["id"]]["corrected_by_id"] == new["id"]
    assert shown[old["id"]]["struck_because"] == "Ghi thiếu"
    assert shown[new["id"]]["struck_because"] is None
    again = {**same, "bought_on": "2026-08-20", "unit": "ml", "correction_reason": "Lần nữa"}
    assert manager.say("/purchases", **again).json()["type"] == "/problems/conflict"
    assert manager.say("/purchases/withdraw", purchase_id=old["id"], reason="Nhầm").status_code == 409
    gone = manager.tell("/purchases/withdraw", purchase_id=new["id"], reason="Nhầm")
    assert (gone["corrected_by_id"], gone["struck_because"]) == (None, "Nhầm")


def test_the_database_refuses_to_rewrite_a_purchase(manager: Door, db: Session) -> None:
    made = purchase(manager, photo_ids=[photo(manager)["id"]])
    manager.tell("/purchases/withdraw", purchase_id=made["id"], reason="Nhầm")
    for table in (Purchase, PurchasePhoto, PurchaseWithdrawal):
        first = next(iter(inspect(table).columns))
        for act in (delete(table), update(table).values({first.name: first})):
            with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
                db.execute(act)


def test_what_cannot_be_is_refused_and_what_is_odd_is_asked(manager: Door) -> None:
    bottle = input_(manager)["id"]
    day = {"input_id": bottle, "content": "1", "unit": "ml"}
    assert list(errors(manager.say("/purchases", **day, bought_on="2026-11-11"))) == ["bought_on"]
    odd = {"input_id": bottle, "content": "1", "unit": "g", "bought_on": "2026-08-20"}
    asked = manager.say("/purchases", **odd, expires_on="2026-08-01")
    assert asked.json()["type"] == "/problems/doubtful"
    assert set(errors(asked)) == {"expires_on", "unit"}
    purchase(manager, **odd, sure=True)
    manager.tell("/inputs/retire", input_id=bottle)
    assert list(errors(manager.say("/purchases", **day, bought_on="2026-08-20"))) == ["input_id"]


def test_nobody_corrects_what_another_cooperative_bought(make: Factory, manager: Door) -> None:
    theirs = purchase(make.manager())["id"]
    said = {"input_id": input_(manager)["id"], "content": "1", "unit": "ml", "bought_on": "2026-08-20"}
    answer = manager.say("/purchases", **said, corrects_id=theirs, correction_reason="Nhầm")
    assert answer.status_code == 404


def test_prices_and_suppliers_are_for_those_who_write(make: Factory, manager: Door) -> None:
    made = purchase(manager, supplier="Cô Hoa", pack_price="45000")
    viewer = make.member(manager, role="viewer")
    assert viewer.ask(f"/purchases/{made['id']}") == {**made, "supplier": None, "pack_price": None}
    assert "Cô Hoa" not in viewer.get(f"/app/purchases/{made['id']}").text
    assert viewer.get("/app/purchases/new").status_code == 403
    assert make.member(manager).say("/purchases/withdraw", purchase_id=made["id"], reason="A").is_success


def test_the_supplier_never_enters_the_journal(manager: Door, db: Session) -> None:
    made = purchase(manager, supplier="Cô Hoa")
    said = db.execute(text("SELECT said FROM journal_entry WHERE kind = 'purchase.recorded'")).scalar_one()
    assert "Cô Hoa" not in said
    assert uuid.UUID(made["id"])


def test_a_purchase_is_written_on_a_form_and_keeps_its_invoice_through_a_mistake(manager: Door) -> None:
    assert "Chép nhãn một lần" in manager.get("/app/purchases/new").text
    bottle = input_(manager)["id"]
    form = manager.get(f"/app/purchases/new?bought={bottle}").text
    assert re.search(rf'value="{bottle}" selected', form)
    assert re.search(r'name="unit" value="ml"[^>]*checked', form)
    wrong = manager.post(
        "/app/purchases/new", data=typed(bottle, packs="nhiều"), files={"photos": ("a.jpg", jpeg())}
    )
    assert (wrong.status_code, 'value="nhiều"' in wrong.text) == (422, True)
    kept = re.search(r'name="photo_ids" value="([^"]*)"', wrong.text)
    assert kept
    right = manager.post("/app/purchases/new", data=typed(bottle, photo_ids=kept[1]))
    assert right.headers["location"] == f"/app/inputs/{bottle}"
    made = manager.ask("/purchases")["items"][0]
    assert (made["quantity"], made["unit"], made["photo_ids"]) == ("0.5", "l", [kept[1]])
    assert "5 × 0,1 lít" in manager.get(f"/app/inputs/{bottle}").text


def test_a_purchase_is_corrected_and_withdrawn_on_pages(manager: Door) -> None:
    old = purchase(manager, lot_number="L1")
    path = f"/app/purchases/{old['id']}"
    assert 'value="L1"' in manager.get(f"{path}/correct").text
    sent = typed(old["input_id"], correction_reason="Ghi nhầm lô")
    assert manager.post(f"{path}/correct", data=sent).status_code == 303
    new = manager.ask(f"/purchases/{old['id']}")["corrected_by_id"]
    assert f"/app/purchases/{new}" in manager.get(path).text
    assert manager.post(f"/app/purchases/{new}/withdraw", data={"id": str(new_id())}).status_code == 422
    sent = {"id": str(new_id()), "reason": "Trả lại đại lý"}
    assert manager.post(f"/app/purchases/{new}/withdraw", data=sent).status_code == 303
    listed = manager.get("/app/purchases").text
    assert ("Trả lại đại lý" in listed, "Ghi nhầm lô" in listed) == (True, True)
