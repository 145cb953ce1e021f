"""A crop is opened on a plot, told by its records, and closed."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.catalogue.making import product
from tests.farms.making import plot
from tests.people import Door, Factory
from tests.records.making import cycle, record
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


def opening(door: Door, **given: Any) -> dict[str, Any]:
    return {"plot_id": plot(door)["id"], "product_id": product(door)["id"], "name": "Thu đông", **given}


def test_opening_a_cycle_leaves_an_entry(manager: Door, db: Session) -> None:
    opened = cycle(manager, variety="TL3", sown_on="2026-08-16", planted_on="2026-08-28", plant_count=2000)
    assert (opened["variety"], opened["planted_on"], opened["plant_count"]) == ("TL3", "2026-08-28", 2000)
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "cycle.opened")).one()
    assert str(entry.subject_id) == opened["id"]


@pytest.mark.parametrize(
    ("given", "status", "field"),
    [
        ({"sown_on": "2026-11-11"}, 409, "sown_on"),
        ({"sown_on": "2026-08-28", "planted_on": "2026-08-16"}, 409, "planted_on"),
        ({"sown_on": "31/02/2026"}, 422, "sown_on"),
        ({"sown_on": "0026-08-16"}, 422, "sown_on"),
        ({"plant_count": -1}, 422, "plant_count"),
        ({"plant_count": 3000}, 409, "plant_count"),
        ({"name": "x" * 10_000}, 422, "name"),
    ],
)
def test_what_cannot_or_should_not_be_is_said_by_name(
    manager: Door, given: Any, status: int, field: str
) -> None:
    answer = manager.say("/cycles", **opening(manager, **given))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)


def test_a_second_open_cycle_on_a_plot_is_asked_about(manager: Door) -> None:
    given = opening(manager)
    manager.tell("/cycles", **given)
    assert manager.say("/cycles", **given).json()["errors"][0]["field"] == "plot_id"
    assert manager.say("/cycles", **given, sure=True).status_code == 201


def test_sent_twice_it_is_one_cycle(manager: Door) -> None:
    given = {"id": str(new_id()), **opening(manager)}
    assert manager.say("/cycles", **given).json() == manager.say("/cycles", **given).json()
    assert len(manager.ask("/cycles")["items"]) == 1


def test_closing_asks_when_little_was_harvested(manager: Door) -> None:
    opened = cycle(manager)
    path = f"/cycles/{opened['id']}/close"
    assert manager.say(path).json()["type"] == "/problems/doubtful"
    record(manager, "harvest", cycle_id=opened["id"])
    assert manager.tell(path)["closed_at"] == "2026-11-10T01:30:00Z"
    assert manager.say(path).json()["type"] == "/problems/refused"


def test_cycles_are_listed_newest_first_in_pages(manager: Door) -> None:
    made = [cycle(manager)["id"] for _ in range(3)]
    first = manager.ask("/cycles", limit=2)
    rest = manager.ask("/cycles", limit=2, after=first["next"])
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None


def test_a_stranger_neither_uses_the_plot_nor_closes_the_cycle(manager: Door, make: Factory) -> None:
    given, opened = opening(manager), cycle(manager)
    other = make.manager()
    assert other.say("/cycles", **given).status_code == 404
    assert other.say(f"/cycles/{opened['id']}/close", sure=True).status_code == 404
    assert other.ask("/cycles")["items"] == []


def test_a_viewer_opens_and_closes_nothing(manager: Door, make: Factory) -> None:
    given, opened = opening(manager), cycle(manager)
    viewer = make.member(manager, "viewer")
    assert viewer.say("/cycles", **given).status_code == 403
    assert viewer.say(f"/cycles/{opened['id']}/close", sure=True).status_code == 403
