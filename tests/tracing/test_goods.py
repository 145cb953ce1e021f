"""What left in boxes and shipments and what came in from others is traced like what was grown here."""

import csv
import io
from typing import Any

import pytest

from tests.batches.making import batch
from tests.batches.operating import made, operation, taken, whole
from tests.batches.test_units import box, pallet
from tests.catalogue.making import partner
from tests.people import Door, Factory
from tests.shipments.making import SAID, shipment

SENT = "2026-11-10T08:10:00+07:00"


@pytest.fixture
def store(manager: Door) -> dict[str, Any]:
    """60 kg of ours and 40 kg of a supplier's merged; 30 kg of it left in a box on a pallet, 10 kg beside it."""
    ours = batch(manager, lot_code="OURS")
    supplier = partner(manager, kind="both", name="Vườn Ba")
    lot = {"product_id": ours["product_id"], "kg": "40", "their_lot": "L-01"}
    received = manager.tell("/goods", partner_id=supplier["id"], **SAID, lots=[lot])
    theirs = manager.ask(
        f"/batches/{received['batch_id'] if 'batch_id' in received else received[0]['batch_id']}"
    )
    (mixed,) = made(
        manager,
        operation(
            manager,
            "merge",
            inputs=[whole(ours), taken(theirs, "40")],
            outputs=[{"kg": "100", "lot_code": "MIX"}],
        ),
    )
    packed = box(manager, {"batch_id": mixed["id"], "kg": "30"})
    stacked = pallet(manager, packed)
    buyer = partner(manager, name="Siêu thị Xanh")
    gone = shipment(
        manager,
        mixed["id"],
        "10",
        partner_id=buyer["id"],
        unit_ids=[stacked["id"]],
        document="PX-7",
        happened_at=SENT,
    )
    return {
        "batch": mixed,
        "supplied": theirs,
        "partner": buyer,
        "supplier": supplier,
        "box": packed,
        "pallet": stacked,
        "shipment": gone,
    }


def traced(door: Door, kind: str, of: Any, side: str) -> dict[tuple[str, str], str | None]:
    """By kind and first part of the name: the kilograms traced."""
    told = door.ask(f"/trace/{kind}/{of['id']}")[side]
    return {(one["kind"], one["name"].split(" · ")[0]): one["traced_kg"] for one in told}


def test_a_batch_is_followed_to_those_who_have_it_and_back_to_those_who_grew_it(
    manager: Door, store: dict[str, Any]
) -> None:
    down = traced(manager, "batch", store["batch"], "downstream")
    assert {kind for kind, _ in down} == {"box", "pallet", "shipment", "partner"}
    assert down["partner", "Siêu thị Xanh"] == down["shipment", "Siêu thị Xanh"] == "40"
    assert down["box", f"{store['box']['code'][:4]}-{store['box']['code'][4:]}"] == "30"
    up = traced(manager, "batch", store["batch"], "upstream")
    assert up["receipt", "Vườn Ba"] == up["partner", "Vườn Ba"] == "40"
    assert up["batch", "OURS"] == "60"
    for kind, kg in (("box", "12"), ("pallet", "12"), ("shipment", "16"), ("partner", "16")):
        above = traced(manager, kind, store[kind], "upstream")
        assert above["partner", "Vườn Ba"] == kg
    for kind in ("box", "pallet"):
        below = traced(manager, kind, store[kind], "downstream")
        assert below["partner", "Siêu thị Xanh"] == "30"


def test_what_a_supplier_brought_is_followed_to_everybody_who_got_of_it(
    manager: Door, store: dict[str, Any], make: Factory
) -> None:
    (hit,) = manager.ask("/trace", q="l-01")
    assert hit["kind"] == "receipt"
    for kind, of in (("receipt", hit), ("partner", store["supplier"])):
        below = traced(manager, kind, of, "downstream")
        assert below["batch", "MIX"] == "40"
        assert below["shipment", "Siêu thị Xanh"] == below["partner", "Siêu thị Xanh"] == "16"
    why = [one for one in manager.ask(f"/trace/receipt/{hit['id']}")["downstream"] if one["name"] == "MIX"]
    assert why[0]["because"][0]["kg"] == "40"
    stranger = make.manager()
    for path in (f"receipt/{hit['id']}", f"shipment/{store['shipment']['id']}", f"box/{store['box']['id']}"):
        assert stranger.get(f"/api/v1/trace/{path}").status_code == 404
        assert stranger.get(f"/app/trace/{path}/table.csv").status_code == 404
    assert manager.get(f"/api/v1/trace/pallet/{store['box']['id']}").status_code == 404
    back = shipment(manager, store["batch"]["id"], "5", partner_id=store["supplier"]["id"], happened_at=SENT)
    assert traced(manager, "partner", store["supplier"], "upstream")["batch", "OURS"] == "3"
    assert ("receipt", "Vườn Ba") in traced(manager, "shipment", back, "upstream")


def test_the_table_is_saved_whole_and_names_those_who_got_of_it(manager: Door, store: dict[str, Any]) -> None:
    page = manager.get(f"/app/trace/batch/{store['batch']['id']}")
    assert "sankey--shipment" in page.text.split("<table")[0]
    assert f"/app/trace/batch/{store['batch']['id']}/table.csv" in page.text
    file = manager.get(
        f"/app/trace/batch/{store['batch']['id']}/table.csv", headers={"accept-language": "vi"}
    )
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    told = manager.ask(f"/trace/batch/{store['batch']['id']}")
    assert len(rows) == 1 + len(told["downstream"]) + len(told["upstream"])
    assert any("PX-7" in row[2] and row[4] == "40" for row in rows)
