"""Labels printed through the API."""

from typing import Any

from tests.batches.making import batch
from tests.people import Door


def run(door: Door, **given: Any) -> Any:
    """Ten labels with a number each, of a batch of its own unless one is given; None prints them ahead."""
    if "batch_id" not in given:
        given["batch_id"] = batch(door)["id"]
    return door.tell("/labels", **{"stationery": "roll-50x30", "count": 10, "has_serials": True, **given})


def numbers(door: Door, made: Any) -> list[str]:
    return list(door.ask(f"/labels/{made['id']}/numbers"))


def on(door: Door, batch_id: str, first: str, last: str | None = None, **given: Any) -> Any:
    """Labels on the goods of a batch."""
    said = {"happened_at": "2026-11-10T08:00:00+07:00", "first": first, "last": last, **given}
    return door.tell("/labels/activate", batch_id=batch_id, **said)
