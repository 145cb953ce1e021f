"""Shipments made through the API."""

from typing import Any, Final

from tests.batches.making import batch
from tests.catalogue.making import partner
from tests.people import Door, Factory

SAID: Final = {"happened_at": "2026-11-10T08:00:00+07:00"}


def said(batch_id: str, kg: str = "10", pieces: int | None = None, **given: Any) -> dict[str, Any]:
    """So much of one batch; the partner must be given."""
    return {**SAID, "inputs": [{"batch_id": batch_id, "kg": kg, "pieces": pieces}], **given}


def shipment(door: Door, batch_id: str, kg: str = "10", **given: Any) -> Any:
    """To a buyer of its own unless one is named."""
    given.setdefault("partner_id", None)
    partner_id = given.pop("partner_id") or partner(door)["id"]
    return door.tell("/shipments", **said(batch_id, kg, partner_id=partner_id, **given))


def consignment(make: Factory, tax_code: str, name: str = "HTX bạn") -> Any:
    """What another cooperative sent to the one with this tax code."""
    sender = make.manager(name=name)
    buyer = partner(sender, name="HTX nhận", tax_code=tax_code)["id"]
    return shipment(sender, batch(sender)["id"], "50", pieces=29, partner_id=buyer)
