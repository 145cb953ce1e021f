"""Partners and shipments on pages that work without JavaScript."""

import re

from tests.batches.making import batch, hold
from tests.catalogue.making import partner, product
from tests.evidence.making import jpeg
from tests.people import PASSWORD, Door, Factory, phone, tax_code
from tests.shipments.making import shipment
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


def test_boxes_go_on_a_page_and_a_buyer_answers_behind_the_link(manager: Door, stranger: Door) -> None:
    packed, buyer = batch(manager)["id"], partner(manager)["id"]
    content = {"batch_id": packed, "kg": "20", "pieces": 12}
    box = manager.tell("/boxes", contents=[content], happened_at="2026-11-10T07:50:00+07:00")
    assert box["id"] in manager.get("/app/shipments/new").text
    assert box["id"] in manager.get(f"/app/shipments/new?unit={box['id']}").text
    form = {
        "id": str(new_id()),
        "partner_id": buyer,
        "happened_at": "2026-11-10T08:00",
        "unit_ids": box["id"],
    }
    sent = manager.post("/app/shipments/new", data=form).headers["location"]
    made = manager.post(f"{sent}/link", data={"id": str(new_id()), "days": "7"})
    path = re.findall(r"/delivery/[\w-]+", made.text)[0]
    said = {"id": str(new_id()), "verdict": "partly", "happened_at": "2026-11-10T08:20"}
    said |= {"kept.0.batch_id": packed, "kept.0.accepted_kg": "17,5", "reason": ""}
    wrong = stranger.post(path, data=said)
    assert (wrong.status_code, 'value="17,5"' in wrong.text, 'href="#reason"' in wrong.text) == (
        409,
        True,
        True,
    )
    bruised = {"photos": ("dap.jpg", jpeg(), "image/jpeg")}
    for _ in range(2):
        done = stranger.post(path, data=said | {"reason": "3 quả dập"}, files=bruised)
        assert (done.status_code, done.headers.get("location")) == (303, path)
    assert "3 quả dập" in stranger.get(path).text
    page = manager.get(sent).text
    (photo,) = set(re.findall(rf"{sent}/photos/[\w-]+/small.webp", page))
    assert manager.get(photo).headers["content-type"] == "image/webp"
    assert stranger.get(photo).status_code == 303
    back = {"id": str(new_id()), "happened_at": "2026-11-10T08:25", "lines.0.batch_id": packed}
    much = manager.post(f"{sent}/return", data=back | {"lines.0.good_kg": "9"})
    assert (much.status_code, 'value="9"' in much.text) == (409, True)
    assert manager.post(f"{sent}/return", data=back | {"lines.0.good_kg": "2,5"}).status_code == 303
    assert manager.ask(f"/batches/{packed}")["left_kg"] == "42.5"
    hold(manager, batch_id=packed)
    assert f'value="{packed}" disabled' in manager.get("/app/shipments/new").text


def test_wrong_links_are_guesses_and_wait_and_lock_nobody_out(make: Factory, stranger: Door) -> None:
    number = phone()
    manager = make.manager(phone=number)
    for _ in range(40):
        assert stranger.get("/delivery/nothing").status_code == 404
    assert stranger.get("/delivery/nothing").status_code == 429
    assert manager.get("/app/incoming/open?code=7K3M9Q2M").status_code == 429
    assert stranger.post("/sign-in", data={"phone": number, "password": PASSWORD}).status_code == 303


def test_what_came_in_is_answered_and_taken_in_on_pages(make: Factory) -> None:
    sender, receiver = make.manager(), make.manager(tax_code=tax_code(6_001))
    buyer = partner(sender, tax_code=tax_code(6_001))["id"]
    packed, ours = batch(sender)["id"], product(receiver)["id"]
    gone = shipment(sender, packed, "20", partner_id=buyer)
    wrong = receiver.get("/app/incoming/open?code=7k3m")
    assert (wrong.status_code, 'value="7k3m"' in wrong.text) == (404, True)
    assert sender.get(f"/d/{gone['code']}").headers["location"] == f"/app/shipments/{gone['id']}"
    place = receiver.get(f"/d/{gone['code']}").headers["location"]
    assert gone["lines"][0]["lot_code"] in receiver.get(place).text
    said = {"id": str(new_id()), "verdict": "accepted", "happened_at": "2026-11-10T08:20"}
    said["kept.0.batch_id"] = packed
    assert "kept.0.product_id" in receiver.post(place, data=said).text
    assert receiver.post(place, data=said | {"kept.0.product_id": ours}).status_code == 303
    assert receiver.ask("/batches")["items"][0]["quantity_kg"] == "20"
    garden = partner(receiver, kind="supplier", name="Vườn Tư")["id"]
    lot = {"lots.0.product_id": ours, "lots.0.kg": "12,5", "lots.0.their_lot": "T-7", "partner_id": garden}
    form = {"id": str(new_id()), "happened_at": "2026-11-10T08:00", **lot}
    empty = receiver.post("/app/goods/new", data={"id": form["id"], "partner_id": garden}).text
    assert 'href="#lots.0.kg"' in empty
    assert "T-7" in receiver.post("/app/goods/new", data=form | {"lots.0.kg": ""}).text
    assert receiver.post("/app/goods/new", data=form).status_code == 303
    assert [one["quantity_kg"] for one in receiver.ask("/batches")["items"]] == ["12.5", "20"]
