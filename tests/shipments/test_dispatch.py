"""What leaves the cooperative is out of its stock, and it is known who has it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.batches.databases import doors_to, own_database
from tests.batches.making import batch, harvest, hold, retract
from tests.batches.test_at_once import all_at_once, statuses
from tests.catalogue.making import partner
from tests.conftest import StandingClock
from tests.people import Door, Factory, tax_code
from tests.shipments.making import SAID, said, shipment
from trace.ledger.models import JournalEntry


def refused(door: Door, status: int = 409, **command: Any) -> tuple[str, str]:
    answer = door.say("/shipments", **command)
    assert answer.status_code == status, answer.text
    return answer.json()["errors"][0]["field"], answer.text


def test_a_shipment_takes_its_kilograms_once_and_says_who_has_them(manager: Door, db: Session) -> None:
    first, second = batch(manager)["id"], batch(manager)["id"]
    buyer = partner(manager, phone="0903 000 111", commune_code="11065")
    command = said(first, "20.5", 12, partner_id=buyer["id"], document="PX-1", vehicle="34C-123.45")
    command["inputs"].append({"batch_id": second, "kg": "60"})
    command |= {"id": manager.tell("/shipments", **command)["id"], "temperature": "12.5", "seal": "VN1"}
    assert manager.say("/shipments", **command).status_code == 409  # the same id, another content
    sent = manager.ask("/shipments")["items"]
    assert [(one["kg"], len(one["lines"]), one["document"], one["vehicle"]) for one in sent] == [
        ("80.5", 2, "PX-1", "34C-123.45")
    ]
    got = manager.ask(f"/batches/{first}/consignees")
    assert [(one["kg"], one["pieces"], one["phone"]) for one in got] == [("20.5", 12, "+84903000111")]
    where, message = refused(manager, **said(first, "40", partner_id=buyer["id"]))
    assert (where, "39.5" in message or "39,5" in message) == ("inputs.0.kg", True)
    refused(manager, **said(second, "0.001", partner_id=buyer["id"]))
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "shipment.dispatched")).one()
    assert "34C" not in str(entry.model_dump())
    for table in ("shipment", "operation"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - the two names above


def test_a_shipment_that_was_a_mistake_is_taken_back_whole(manager: Door) -> None:
    packed = batch(manager)["id"]
    gone = shipment(manager, packed, "60")
    back = {"happened_at": "2026-11-10T08:10:00+07:00", "reason": "Nhầm khách"}
    undone = manager.tell("/operations", kind="take_back", takes_back_id=gone["id"], **back)
    assert manager.ask(f"/shipments/{gone['id']}")["taken_back_by_id"] == undone["id"]
    assert manager.ask(f"/batches/{packed}/consignees") == []
    shipment(manager, packed, "60")


def test_what_may_not_be_sold_stays_and_so_does_what_is_not_ours(manager: Door, make: Factory) -> None:
    buyer = partner(manager)["id"]
    reaped = harvest(manager)
    packed, held = batch(manager, harvest_id=reaped["id"])["id"], batch(manager)["id"]
    hold(manager, batch_id=held)
    retract(manager, of=reaped)
    for one in (packed, held):
        assert refused(manager, **said(one, partner_id=buyer))[0] == "inputs.0.batch_id"
    good = batch(manager)["id"]
    supplier = partner(manager, kind="supplier")["id"]
    assert refused(manager, **said(good, partner_id=supplier))[0] == "partner_id"
    late = said(good, partner_id=buyer, happened_at="2026-11-12T08:00:00+07:00")
    assert refused(manager, **late)[0] == "happened_at"
    theirs = make.manager()
    assert theirs.say("/shipments", **said(good, partner_id=partner(theirs)["id"])).status_code == 404
    viewer = make.member(manager, "viewer")
    assert viewer.say("/shipments", **said(good, partner_id=buyer)).status_code == 403
    shipment(manager, good, partner_id=buyer, vehicle="34C-123.45")
    assert viewer.ask("/shipments")["items"][0]["vehicle"] is None


def test_a_partner_that_is_registered_here_is_known_by_its_tax_code(manager: Door, make: Factory) -> None:
    code = tax_code(4_711)
    known = partner(manager, tax_code=code, phone="0903 000 111")
    assert not known["on_platform"]
    make.manager(tax_code=code)
    assert manager.ask(f"/partners/{known['id']}")["on_platform"]
    again = manager.say("/partners", kind="both", name="Tên khác", tax_code=code)
    assert (again.status_code, again.json()["errors"][0]["field"]) == (409, "tax_code")
    changed = manager.tell("/partners/change", partner_id=known["id"], kind="both", name="Tên mới")
    assert (changed["name"], changed["tax_code"], changed["on_platform"]) == ("Tên mới", None, False)
    assert make.member(manager, "viewer").ask("/partners")["items"][0]["phone"] is None


def test_shipments_at_once_never_take_more_than_there_is(
    engine: Engine, tmp_path: Path, clock: StandingClock
) -> None:
    with own_database(engine, tmp_path) as address, doors_to(address, tmp_path, clock, count=4) as doors:
        packed, buyer = batch(doors[0])["id"], partner(doors[0])["id"]
        answers = all_at_once(doors, lambda _: said(packed, "25", partner_id=buyer), "/shipments")
        assert statuses(answers) == [201] * 2 + [409] * 2
        assert len(doors[0].ask(f"/batches/{packed}/consignees")) == 2


def box(door: Door, *batch_ids: str, kg: str = "10") -> str:
    contents = [{"batch_id": one, "kg": kg, "pieces": 5} for one in batch_ids]
    unit: str = door.tell("/boxes", contents=contents, happened_at="2026-11-10T07:50:00+07:00")["id"]
    return unit


def test_boxes_and_pallets_go_with_what_they_hold(manager: Door) -> None:
    first, second, buyer = batch(manager)["id"], batch(manager)["id"], partner(manager)["id"]
    boxes = [box(manager, first, second), box(manager, first)]
    stacked = {"happened_at": "2026-11-10T07:55:00+07:00"}
    pallet = manager.tell("/pallets", box_ids=boxes[:1], **stacked)["id"]
    loose, only = said(first, "5", 3, partner_id=buyer), dict[str, Any](SAID)
    where, message = refused(manager, **loose | {"unit_ids": boxes})
    assert (where, "pa-lét" in message) == ("unit_ids", True)
    sent = manager.tell("/shipments", **loose, unit_ids=[pallet, boxes[1]])
    assert [(one["kg"], one["pieces"]) for one in sent["lines"]] == [("25", 13), ("10", 5)]
    assert [one["kind"] for one in sent["units"]] == ["pallet", "box", "box"]
    assert manager.ask(f"/batches/{first}")["left_kg"] == "35"
    # What went is loose nowhere any more, and neither goes twice nor is taken apart here.
    assert refused(manager, partner_id=buyer, **only, unit_ids=[boxes[1]])[0] == "unit_ids"
    apart = manager.say("/units/take-apart", unit_id=boxes[1], reason="Ướt", **stacked)
    assert (apart.status_code, apart.json()["errors"][0]["field"]) == (409, "unit_id")
    manager.tell("/shipments", **said(first, "35", partner_id=buyer))
    assert refused(manager, partner_id=buyer, **only)[0] == "inputs"
    back = {"happened_at": "2026-11-10T08:10:00+07:00", "reason": "Nhầm khách"}
    manager.tell("/operations", kind="take_back", takes_back_id=sent["id"], **back)
    manager.tell("/shipments", partner_id=buyer, **only, unit_ids=[boxes[1]])
