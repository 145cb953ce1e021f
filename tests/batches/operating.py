"""What is done with batches, through the API."""

from typing import Any

from tests.batches.making import batch, harvest
from tests.catalogue.making import product
from tests.farms.making import plot
from tests.people import Door
from tests.records.making import cycle

DONE = "2026-11-10T08:00:00+07:00"  # half an hour before the tests' clock starts


def operation(door: Door, kind: str, **said: Any) -> Any:
    """An operation as the API answers it."""
    return door.tell("/operations", **told(kind, **said))


def refused(door: Door, kind: str, **said: Any) -> Any:
    """The faults of one that is not carried out: (field, text)."""
    answer = door.say("/operations", **told(kind, **said))
    assert answer.status_code == 409, answer.text
    return [(one["field"], one["detail"]) for one in answer.json()["errors"]]


def told(kind: str, **said: Any) -> dict[str, Any]:
    return {"kind": kind, "happened_at": DONE, **said}


def taken(of: Any, kg: str, pieces: int | None = None) -> dict[str, Any]:
    """A part of a batch, or all of it."""
    return {"batch_id": of["id"], "kg": kg, "pieces": pieces}


def whole(of: Any) -> dict[str, Any]:
    return taken(of, of["left_kg"], of["left_pieces"])


def made(door: Door, operation: Any) -> list[Any]:
    """The batches that an operation made."""
    ids = [one["batch_id"] for one in operation["outputs"] if one["batch_id"]]
    return [door.ask(f"/batches/{batch_id}") for batch_id in ids]


def of_plot(door: Door, code: str, kg: str, *, product_id: str, pieces: int | None = None) -> Any:
    """A batch that is a whole harvest of one plot."""
    grown = cycle(door, plot_id=plot(door, code=code)["id"], product_id=product_id)
    cut = harvest(door, cycle_id=grown["id"], quantity=kg, pieces=pieces)
    return batch(door, harvest_id=cut["id"], quantity=kg, pieces=pieces, sure=True)


def merged(door: Door, *kilograms: str) -> Any:
    """One batch of so many kilograms of as many greenhouses: A1, A2 …"""
    melon = product(door)["id"]
    parts = [
        of_plot(door, f"A{number}", kg, product_id=melon) for number, kg in enumerate(kilograms, start=1)
    ]
    total = sum(float(kg) for kg in kilograms)
    (one,) = made(
        door,
        operation(door, "merge", inputs=[whole(part) for part in parts], outputs=[{"kg": f"{total:g}"}]),
    )
    return one


def origins(door: Door, of: Any) -> list[tuple[str, str]]:
    """(plot, exact share) of everything that a batch is of."""
    return [(one["plot"], one["share"]) for one in door.ask(f"/batches/{of['id']}/origins")]
