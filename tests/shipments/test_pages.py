"""Partners and shipments on pages that work without JavaScript."""

from tests.batches.making import batch
from tests.people import Door
from trace.kit.ids import new_id


def test_a_shipment_is_written_on_pages_and_nothing_typed_is_lost(manager: Door) -> None:
    packed = batch(manager)["id"]
    assert "/app/partners/new" in manager.get(f"/app/shipments/new?batch={packed}").text
    buyer = {"id": str(new_id()), "kind": "buyer", "name": "Vựa Năm Tấn", "commune": "khongcotenxanay"}
    wrong = manager.post("/app/partners/new", data=buyer)
    assert (wrong.status_code, 'value="Vựa Năm Tấn"' in wrong.text) == (422, True)
    assert manager.post("/app/partners/new", data={**buyer, "commune": ""}).status_code == 303
    partner = manager.ask("/partners")["items"][0]
    assert (partner["name"], partner["commune_code"]) == ("Vựa Năm Tấn", None)
    changed = {**buyer, "id": str(new_id()), "name": "Vựa Năm Tấn 2", "commune": ""}
    assert manager.post(f"/app/partners/{partner['id']}/edit", data=changed).status_code == 303
    assert packed in manager.get("/app/shipments/new").text
    form = {
        "id": str(new_id()),
        "partner_id": partner["id"],
        "happened_at": "2026-11-10T08:00",
        "inputs.0.batch_id": packed,
        "inputs.0.kg": "60,5",
        "vehicle": "34C-123.45",
    }
    much = manager.post("/app/shipments/new", data=form)
    assert much.status_code == 409
    assert all(typed in much.text for typed in ('value="60,5"', 'value="34C-123.45"'))
    done = manager.post("/app/shipments/new", data={**form, "inputs.0.kg": "60"})
    assert done.status_code == 303
    assert "34C-123.45" in manager.get(done.headers["location"]).text
    assert "Vựa Năm Tấn 2" in manager.get("/app/shipments").text
