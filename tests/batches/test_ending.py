"""A batch is withdrawn or closed, with an author, a time and a reason; what is printed stays what it is."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests.batches.making import batch, hold, published
from tests.people import Door, Factory
from trace.kit.ids import new_id

WHY = "In nhầm tên sản phẩm"
DONE = {"happened_at": "2026-11-10T08:00:00+07:00"}


def test_the_next_request_of_a_stranger_reads_that_a_batch_is_withdrawn_and_why(
    manager: Door, stranger: Door
) -> None:
    made = published(manager)
    address = f"/b/{made['code']}"
    before = stranger.get(address)
    assert stranger.get(f"{address}.json").json()["stand"] == "published"
    told = manager.tell("/batches/withdraw", batch_id=made["id"], reason=f"{WHY}, gọi 0912 345 678")
    assert (told["stand"], told["state"]) == ("withdrawn", "published")
    seen = stranger.get(address, headers={"if-none-match": before.headers["etag"]})
    assert seen.status_code == 200
    assert "Hợp tác xã đã rút lô này" in seen.text
    assert WHY in seen.text
    assert "0912" not in seen.text
    assert "Withdrawn by the cooperative" in stranger.get(f"/en{address}").text
    facts = stranger.get(f"{address}.json").json()
    assert (facts["stand"], facts["ends"][0]["state"]) == ("withdrawn", "withdrawn")
    hold(manager, batch_id=made["id"])
    held = stranger.get(address).text
    assert 'class="band band--hold"' in held
    assert WHY in held


def test_what_is_withdrawn_is_only_sampled_moved_or_destroyed(manager: Door) -> None:
    made = published(manager)
    manager.tell("/batches/withdraw", batch_id=made["id"], reason=WHY)
    part = {"batch_id": made["id"], "kg": "10"}
    split = manager.say("/operations", kind="split", inputs=[part], outputs=[{"kg": "10"}], **DONE)
    assert (split.status_code, "đã rút" in split.text) == (409, True)
    manager.tell("/operations", kind="sample", inputs=[part | {"kg": "1"}], **DONE)
    manager.tell("/operations", kind="move", batch_id=made["id"], place="Kho", **DONE)
    gone = {"kind": "destroy", "inputs": [part | {"kg": "59"}], "reason": "Hủy", "sure": True}
    manager.tell("/operations", **gone, **DONE)
    assert manager.tell("/batches/close", batch_id=made["id"], reason="Đã hủy hết")["stand"] == "withdrawn"


def test_a_batch_is_closed_when_nothing_is_left_and_what_was_done_stays(manager: Door) -> None:
    made = batch(manager)
    refused = manager.say("/batches/close", batch_id=made["id"], reason="Bán hết")
    assert (refused.status_code, "60 kg" in refused.json()["detail"]) == (409, True)
    all_of_it = {"batch_id": made["id"], "kg": "60"}
    parts = [{"kg": "40"}, {"kg": "20"}]
    done = manager.tell("/operations", kind="split", inputs=[all_of_it], outputs=parts, **DONE)
    assert manager.tell("/batches/close", batch_id=made["id"], reason="Đã tách hết")["stand"] == "closed"
    back = {"kind": "take_back", "takes_back_id": done["id"], "reason": "Nhầm"}
    assert manager.say("/operations", **back, **DONE).status_code == 409
    assert manager.say("/batches/close", batch_id=made["id"], reason="Lần nữa").status_code == 409


def test_only_a_manager_ends_a_batch_once_and_only_one_that_is_published(
    make: Factory, manager: Door, db: Session
) -> None:
    draft, shown = batch(manager), published(manager)
    assert manager.say("/batches/withdraw", batch_id=draft["id"], reason=WHY).status_code == 409
    recorder = make.member(manager, "recorder")
    assert recorder.say("/batches/withdraw", batch_id=shown["id"], reason=WHY).status_code == 403
    once = {"id": str(new_id()), "reason": WHY}
    sent = [manager.say("/batches/withdraw", batch_id=shown["id"], **once).status_code for _ in range(2)]
    assert sent == [200, 200]
    assert manager.say("/batches/withdraw", batch_id=shown["id"], reason=WHY).status_code == 409
    for statement in ("UPDATE batch_end SET reason = 'x'", "DELETE FROM batch_end"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(statement))


def test_a_manager_withdraws_with_a_form(manager: Door) -> None:
    made = published(manager)
    address = f"/app/batches/{made['id']}/withdraw"
    assert made["lot_code"] in manager.get(address).text
    empty = manager.post(address, data={"id": str(new_id()), "reason": ""})
    assert (empty.status_code, made["lot_code"] in empty.text) == (422, True)
    sent = manager.post(address, data={"id": str(new_id()), "reason": WHY})
    assert sent.headers["location"] == f"/app/batches/{made['id']}"
    for page in (f"/app/batches/{made['id']}", "/app/batches", f"/app/batches/{made['id']}/print"):
        assert "Đã rút" in manager.get(page).text, page
