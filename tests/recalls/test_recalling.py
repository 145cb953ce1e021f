"""From a cause to everything it touches, to the decision, and to what strangers read the next moment."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests.batches.making import batch, harvest, published
from tests.batches.operating import taken
from tests.people import Clock, Door, Factory
from tests.recalls.making import MESSAGE, decided, started
from tests.shipments.making import shipment
from trace.kit.ids import new_id

DONE = {"happened_at": "2026-11-10T08:00:00+07:00"}


def test_the_next_request_reads_that_it_is_recalled_on_every_surface(manager: Door, stranger: Door) -> None:
    made = published(manager)
    box = manager.tell("/boxes", contents=[{"batch_id": made["id"], "kg": "5"}], **DONE)
    address = f"/b/{made['code']}"
    before = stranger.get(address)
    recall = started(manager, "batch", made["id"])
    assert stranger.get(address).headers["etag"] == before.headers["etag"]
    decided(manager, recall, message_en="Do not eat it.", authority="Chi cục", document="12/QĐ")
    seen = stranger.get(address, headers={"if-none-match": before.headers["etag"]})
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "no-cache")
    assert 'class="band band--recall"' in seen.text
    assert MESSAGE in seen.text
    assert "Do not eat it." in stranger.get(f"/en{address}").text
    facts = stranger.get(f"{address}.json").json()
    assert (facts["stand"], facts["recalled"]["document"]) == ("recalled", "12/QĐ")
    assert "Lô này đã bị thu hồi" in stranger.get(f"{address}/report").text
    assert "Thu hồi" in stranger.get(f"/b/{box['code']}").text
    for page in (f"/app/batches/{made['id']}", "/app/batches", f"/app/batches/{made['id']}/print"):
        assert "Đã thu hồi" in manager.get(page).text, page


def test_a_draft_whose_labels_are_out_says_so_too(manager: Door, stranger: Door) -> None:
    made = batch(manager)
    decided(manager, started(manager, "batch", made["id"]))
    assert MESSAGE in stranger.get(f"/b/{made['code']}").text
    assert MESSAGE in stranger.get(f"/b/{made['code']}.json").json()["detail"]
    assert manager.say(f"/batches/{made['id']}/publish").status_code == 409


def test_the_scope_says_why_and_who_has_it_and_is_only_ever_widened(manager: Door) -> None:
    reaped = harvest(manager)
    first = batch(manager, harvest_id=reaped["id"])
    parts = manager.tell(
        "/operations", kind="split", inputs=[taken(first, "40")], outputs=[{"kg": "25"}, {"kg": "15"}], **DONE
    )
    one, other = (part["batch_id"] for part in parts["outputs"])
    shipment(manager, one, "20")
    recall = started(manager, "cycle", reaped["cycle_id"])
    found = {each["batch_id"]: each for each in recall["touched"]}
    assert set(found) == {first["id"], one, other}
    assert any("25 kg" in step for step in found[one]["because"])
    assert [(found[one][name]) for name in ("left_kg", "shipped_kg")] == ["5", "20"]
    assert [each["kg"] for each in recall["consignees"]] == ["20"]
    said = {"recall_id": recall["id"], "action": "recall", "message": MESSAGE}
    assert manager.say("/recalls/decide", seen="anders", **said).status_code == 409
    out = [{"batch_id": other, "reason": "Đã kiểm nghiệm riêng"}]
    recall = decided(manager, recall, left_out=out)
    assert {each["batch_id"]: each["action"] for each in recall["touched"]} == {
        first["id"]: "recall",
        one: "recall",
        other: None,
    }
    split = {"kind": "split", "inputs": [taken(first, "5")], "outputs": [{"kg": "5"}]}
    assert manager.say("/operations", **split, **DONE).status_code == 409
    recall = decided(manager, recall)
    assert {each["action"] for each in recall["touched"]} == {"recall"}
    assert manager.say("/recalls/decide", seen=recall["seen"], **said).status_code == 409


def test_a_drill_runs_against_the_clock_and_nobody_outside_sees_it(
    manager: Door, stranger: Door, clock: Clock
) -> None:
    made = published(manager)
    before = stranger.get(f"/b/{made['code']}").headers["etag"]
    drill = started(manager, "batch", made["id"], drill=True)
    clock.pass_(minutes=7)
    drill = decided(manager, drill)
    assert (drill["seconds_to_decide"], drill["percent_found"]) == (420, 100)
    assert stranger.get(f"/b/{made['code']}").headers["etag"] == before
    shipment(manager, made["id"], "5")


def test_a_batch_all_of_which_went_is_shipped_out_and_its_history_says_everything(manager: Door) -> None:
    made = published(manager)
    shipment(manager, made["id"], "60")
    assert manager.ask(f"/batches/{made['id']}")["stand"] == "shipped_out"
    held = decided(manager, started(manager, "batch", made["id"]), action="hold")
    assert manager.ask(f"/batches/{made['id']}")["stand"] == "on_hold"
    decided(manager, held)
    assert manager.ask(f"/batches/{made['id']}")["stand"] == "recalled"
    page = manager.get(f"/app/batches/{made['id']}").text
    for word in ("Đã tạo lô", "Đã công bố", "Xuất bán", "Tạm giữ", "Đã thu hồi"):
        assert word in page[page.index('id="history"') :], word


def test_only_a_manager_starts_and_decides_and_nothing_is_rewritten(
    make: Factory, manager: Door, db: Session
) -> None:
    made = published(manager)
    recall = started(manager, "batch", made["id"])
    recorder = make.member(manager, "recorder")
    said = {"cause": "batch", "cause_id": made["id"], "reason": "Thử"}
    assert recorder.say("/recalls", **said).status_code == 403
    assert make.manager().say("/recalls", **said).status_code == 404
    decided(manager, recall)
    for table in ("recall", "recall_decision", "recall_item", "batch_recall"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - the names above


def test_a_recall_is_started_and_decided_on_pages_and_nothing_typed_is_lost(manager: Door) -> None:
    made = published(manager)
    form = {"id": str(new_id()), "cause": "batch", "cause_id": made["id"], "reason": ""}
    assert manager.get(f"/app/recalls/new?cause=batch&of={made['id']}").status_code == 200
    assert manager.post("/app/recalls/new", data=form).status_code == 422
    started_ = manager.post("/app/recalls/new", data={**form, "reason": "Có mùi lạ"})
    where = started_.headers["location"]
    seen = manager.ask(where.replace("/app", ""))["seen"]
    said = {"id": str(new_id()), "seen": seen, "action": "recall", "message": "", "document": "12/QĐ-X"}
    empty = manager.post(where, data=said)
    assert (empty.status_code, 'value="12/QĐ-X"' in empty.text) == (422, True)
    done = manager.post(where, data={**said, "message": MESSAGE, "document": ""})
    assert done.headers["location"] == where
    assert MESSAGE in manager.get(where).text
    assert "Có mùi lạ" in manager.get("/app/recalls").text
