"""Whoever got something says what they kept; what they did not keep is stock again only when it has arrived."""

from typing import Any

from tests.batches.making import batch, harvest, hold
from tests.catalogue.making import partner, product
from tests.conftest import StandingClock
from tests.people import Door, Factory, tax_code
from tests.records.making import cycle
from tests.shipments.making import shipment
from trace.kit.ids import new_id

CAME = "2026-11-10T08:20:00+07:00"


def refused(door: Door, path: str, **command: Any) -> str:
    answer = door.say(path, **command)
    assert answer.status_code == 409, answer.text
    faults = answer.json().get("errors") or [{"field": ""}]
    field: str = faults[0]["field"]
    return field


def test_what_was_not_kept_is_stock_again_only_when_it_has_arrived(manager: Door) -> None:
    packed = batch(manager)["id"]
    gone = shipment(manager, packed, "40")
    back = {"shipment_id": gone["id"], "happened_at": "2026-11-10T08:25:00+07:00"}
    line = {"batch_id": packed, "good_kg": "1"}
    assert refused(manager, "/shipments/return", **back, lines=[line]) == ""
    kept = [{"batch_id": packed, "accepted_kg": "30"}]
    said: dict[str, Any] = {"shipment_id": gone["id"], "happened_at": CAME, "verdict": "partly"}
    assert refused(manager, "/shipments/answer", **said, kept=kept) == "reason"
    said["reason"] = "Quả bị dập"
    assert refused(manager, "/shipments/answer", **said, kept=[]) == "verdict"
    too_much = [{"batch_id": packed, "accepted_kg": "40.001"}]
    assert refused(manager, "/shipments/answer", **said, kept=too_much) == "kept.0.accepted_kg"
    told = manager.tell("/shipments/answer", **said, kept=kept)["answer"]
    assert [(one["accepted_kg"], one["rejected_kg"]) for one in told["lines"]] == [("30", "10")]
    assert refused(manager, "/shipments/answer", **said, kept=kept) == ""
    assert manager.ask(f"/batches/{packed}")["left_kg"] == "20"
    undo = {"kind": "take_back", "takes_back_id": gone["id"], "reason": "Nhầm", "happened_at": CAME}
    assert refused(manager, "/operations", **undo) == "takes_back_id"
    much = {"batch_id": packed, "good_kg": "8", "unfit_kg": "2.001"}
    assert refused(manager, "/shipments/return", **back, lines=[much]) == "lines.0.good_kg"
    command = {
        **back,
        "id": str(new_id()),
        "lines": [{"batch_id": packed, "good_kg": "6", "unfit_kg": "1.5"}],
    }
    for _ in range(2):
        manager.tell("/shipments/return", **command)
    assert manager.ask(f"/batches/{packed}")["left_kg"] == "26"
    rest = {"batch_id": packed, "good_kg": "2.501"}
    assert refused(manager, "/shipments/return", **back, lines=[rest]) == "lines.0.good_kg"
    (got,) = manager.ask(f"/batches/{packed}/consignees")
    assert [got[name] for name in ("kg", "accepted_kg", "rejected_kg", "returned_kg")] == [
        "40",
        "30",
        "10",
        "7.5",
    ]
    done = manager.ask("/operations")["items"][0]
    assert (done["kind"], [one["loss"] for one in done["outputs"]]) == ("return", ["spoiled"])
    shipment(manager, packed, "26")


def acquainted(make: Factory, number: int) -> tuple[Door, Door, str]:
    """A sender, a receiver, and the receiver among the sender's partners by its tax code."""
    code = tax_code(number)
    sender, receiver = make.manager(tax_code=tax_code(number + 1)), make.manager(tax_code=code)
    return sender, receiver, partner(sender, name="HTX bạn", tax_code=code)["id"]


def test_a_cooperative_that_holds_the_note_takes_what_came_into_its_own_books(make: Factory) -> None:
    sender, receiver, buyer = acquainted(make, 5_001)
    packed = batch(sender, lot_code="CHUNG-01")
    gone = shipment(sender, packed["id"], "50", pieces=29, partner_id=buyer, document="PX-9")
    typed = f"{gone['code'][:4]}-{gone['code'][4:]}".lower()
    assert receiver.ask("/consignments")["items"] == []
    seen = receiver.ask(f"/consignments/{typed}")
    assert (seen["kg"], seen["lines"][0]["lot_code"], seen["document"]) == ("50", "CHUNG-01", "PX-9")
    assert make.manager().get(f"/api/v1/consignments/{typed}").status_code == 404
    ours = product(receiver)["id"]
    took = {"batch_id": packed["id"], "accepted_kg": "45.5", "accepted_pieces": 26}
    said: dict[str, Any] = {"code": typed, "verdict": "partly", "happened_at": CAME, "reason": "3 quả dập"}
    assert refused(receiver, "/consignments/answer", **said, kept=[took]) == "kept.0.product_id"
    said |= {"id": str(new_id()), "kept": [took | {"product_id": ours, "lot_code": "CHUNG-01"}]}
    for _ in range(2):
        receiver.tell("/consignments/answer", **said)
    (mine,) = receiver.ask("/batches")["items"]
    assert [mine[name] for name in ("lot_code", "quantity_kg", "pieces", "harvested_on")] == [
        "CHUNG-01", "45.5", 26, "2026-11-10",
    ]  # fmt: skip
    (origin,) = receiver.ask(f"/batches/{mine['id']}/suppliers")
    assert (origin["their_lot"], origin["supplier"], origin["document"]) == (
        "CHUNG-01",
        seen["sender"],
        "PX-9",
    )
    answer = sender.ask(f"/shipments/{gone['id']}")["answer"]
    assert (answer["verdict"], answer["channel"], answer["lines"][0]["rejected_pieces"]) == (
        "partly",
        "platform",
        3,
    )
    # From now on the sender's shipments are listed; nothing of the receiver's books is open to the sender.
    shipment(sender, packed["id"], "5", partner_id=buyer)
    assert [one["answer"] is None for one in receiver.ask("/consignments")["items"]] == [True, False]
    assert sender.get(f"/api/v1/batches/{mine['id']}").status_code == 404
    receiver.tell(f"/batches/{mine['id']}/publish")
    code = mine["code"]
    shown = receiver.get(f"/b/{code}.json").json()["suppliers"]
    assert [(one["name"], one["lot_code"], one["code"]) for one in shown] == [(None, None, None)]
    sender.tell(f"/batches/{packed['id']}/publish")
    (shown,) = receiver.get(f"/b/{code}.json").json()["suppliers"]
    assert (shown["name"], shown["lot_code"], shown["code"]) == (seen["sender"], "CHUNG-01", packed["code"])
    hold(sender, batch_id=packed["id"])
    page = receiver.get(f"/b/{code}")
    assert page.status_code == 200
    assert f"/b/{packed['code']}" in page.text
    assert "CHUNG-01" in receiver.get(f"/app/batches/{mine['id']}").text
    back = partner(receiver, kind="supplier", tax_code=tax_code(5_002))["id"]
    assert mine["lot_code"] in receiver.get(f"/app/partners/{back}").text
    assert receiver.get(f"/app/partners/{buyer}").status_code == 404
    for step in (f"/app/partners/{buyer}", f"/app/batches/{packed['id']}/partners"):
        assert f"/app/shipments/{gone['id']}" in sender.get(step).text
    undo = {"kind": "take_back", "takes_back_id": said["id"], "reason": "Nhầm", "happened_at": CAME}
    assert refused(receiver, "/operations", **undo) == "takes_back_id"
    sender.tell("/partners/change", partner_id=buyer, kind="buyer", name="Khác")
    assert receiver.ask("/consignments")["items"] == []


def test_two_suppliers_may_use_one_number_and_shares_still_make_one(manager: Door) -> None:
    melon = product(manager)["id"]
    ours = []
    for name in ("Vườn Ba", "Vườn Tư"):
        supplier = partner(manager, kind="supplier", name=name)["id"]
        lot = {"product_id": melon, "kg": "30", "their_lot": "L-01", "best_before": "2026-11-20"}
        (came,) = manager.tell("/goods", partner_id=supplier, document="HĐ-1", happened_at=CAME, lots=[lot])
        ours.append(came["batch_id"])
    buyer = partner(manager)["id"]
    assert refused(manager, "/goods", partner_id=buyer, happened_at=CAME, lots=[lot]) == "partner_id"
    late = lot | {"harvested_on": "2026-11-11"}
    assert (
        refused(manager, "/goods", partner_id=supplier, happened_at=CAME, lots=[late])
        == "lots.0.harvested_on"
    )
    grown = batch(manager, harvest_id=_cut(manager, melon))["id"]
    assert manager.get(f"/app/partners/{supplier}").text.count("số lô của họ:") == 1
    assert manager.get(f"/app/partners/{supplier}/lots").text.count(f"/app/batches/{ours[1]}") == 1
    assert "Vườn Ba" in manager.get(f"/app/batches/{ours[0]}/partners").text
    parts = [{"batch_id": one, "kg": kg} for one, kg in zip([*ours, grown], ("15", "30", "15"), strict=True)]
    merged = manager.tell("/operations", kind="merge", happened_at=CAME, inputs=parts, outputs=[{"kg": "60"}])
    of = merged["outputs"][0]["batch_id"]
    found = manager.ask(f"/batches/{of}/suppliers")
    assert [(one["supplier"], one["their_lot"], one["share"]) for one in found] == [
        ("Vườn Tư", "L-01", "1/2"),
        ("Vườn Ba", "L-01", "1/4"),
    ]
    assert [one["share"] for one in manager.ask(f"/batches/{of}/origins")] == ["1/4"]
    assert manager.ask(f"/batches/{ours[0]}/origins") == []
    manager.tell(f"/batches/{of}/publish")
    public = manager.get(f"/b/{manager.ask(f'/batches/{of}')['code']}.json").json()
    assert [(one["name"], one["lot_code"], one["percent"]) for one in public["suppliers"]] == [
        (None, "L-01", 50),
        (None, "L-01", 25),
    ]
    assert (public["interval"], public["place"], "spraying" in public["missing"]) == (None, None, True)
    hold(manager, batch_id=ours[0])
    refused(manager, "/shipments", partner_id=buyer, happened_at=CAME, inputs=[{"batch_id": of, "kg": "1"}])


def _cut(door: Door, product_id: str) -> str:
    cut: str = harvest(door, cycle_id=cycle(door, product_id=product_id)["id"])["id"]
    return cut


def test_a_link_ends_by_itself_or_when_it_is_revoked(
    manager: Door, stranger: Door, clock: StandingClock
) -> None:
    gone = shipment(manager, batch(manager)["id"], "40")
    made = manager.tell("/shipments/link", shipment_id=gone["id"], days=2)
    path = made["address"].removeprefix("http://testserver")
    assert gone["lines"][0]["lot_code"] in stranger.get(path).text
    manager.say("/shipments/revoke-link", link_id=made["id"])
    assert stranger.get(path).status_code == 404
    again = manager.tell("/shipments/link", shipment_id=gone["id"], days=2)["address"]
    path = again.removeprefix("http://testserver")
    clock.pass_(days=2)
    assert stranger.get(path).status_code == 404
