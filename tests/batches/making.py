"""Batches made through the API, and the harvests that they are made of."""

from typing import Any

from tests.people import Door
from tests.records.making import cycle, record


def harvest(door: Door, **given: Any) -> Any:
    """120 kg, 70 fruits, cut this morning in a cycle of its own unless one is given."""
    if "cycle_id" not in given:
        given["cycle_id"] = cycle(door)["id"]
    said = {"quantity": "120", "unit": "kg", "pieces": 70, "happened_at": "2026-11-10T06:30:00+07:00"}
    return record(door, "harvest", **{"sure": True, **said, **given})


def correct(door: Door, of: Any, **given: Any) -> Any:
    """A correction of a harvest; what is not given stays as `harvest` has it."""
    told = {"corrects_id": of["id"], "correction_reason": "Cân nhầm", **given}
    return harvest(door, cycle_id=of["cycle_id"], **told)


def retract(door: Door, of: Any) -> Any:
    """Somebody takes a harvest back."""
    return door.tell("/records", kind="retraction", corrects_id=of["id"], correction_reason="Ghi nhầm")


def batch(door: Door, **given: Any) -> Any:
    """A batch of 60 kg, 35 fruits, of a harvest of its own unless one is given."""
    if "harvest_id" not in given:
        given["harvest_id"] = harvest(door)["id"]
    return door.tell("/batches", **{"quantity": "60", "pieces": 35, **given})


def published(door: Door, **given: Any) -> Any:
    """A batch that shoppers can see; the door must be a manager's."""
    made = batch(door, **given)
    return door.tell(f"/batches/{made['id']}/publish")


def hold(door: Door, **given: Any) -> Any:
    """Batches held back by a manager: one of its own unless a plot, a cycle or a batch is given."""
    if not {"plot_id", "cycle_id", "batch_id"} & set(given):
        given["batch_id"] = batch(door)["id"]
    return door.tell("/holds", **{"reason": "Chờ kết quả kiểm nghiệm", **given})
