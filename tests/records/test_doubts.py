"""Unusual is asked about, then believed, and stays visible."""

from typing import Any

import pytest

from tests.people import Door
from tests.records.making import cycle, diary, facts, record, said

UNUSUAL: list[tuple[str, dict[str, Any], str]] = [
    ("planting", {"plant_count": 1399}, "plant_count"),
    ("planting", {"plant_count": 2601}, "plant_count"),
    ("fertilising", {"ec": "4.1"}, "ec"),
    ("fertilising", {"ph": "4.9"}, "ph"),
    ("spraying", {"phi_days": 61}, "phi_days"),
    ("spraying", {"phi_days": None}, "phi_days"),
    ("harvest", {"brix": "18.1"}, "brix"),
    ("harvest", {"brix": "7.9"}, "brix"),
    ("harvest", {"pieces": 600}, "pieces"),
    ("harvest", {"pieces": 3500}, "pieces"),
    ("harvest", {"quantity": "4001", "pieces": None}, "quantity"),
    ("irrigation", {"happened_at": "2025-11-10T06:30:00+07:00"}, "happened_at"),
]
USUAL: list[tuple[str, dict[str, Any]]] = [
    ("planting", {"plant_count": 1400}),
    ("planting", {"plant_count": 2600}),
    ("fertilising", {"ec": "0.5", "ph": "8"}),
    ("spraying", {"phi_days": 60}),
    ("spraying", {"phi_days": 0}),
    ("harvest", {"brix": "8", "quantity": "4000", "pieces": None}),
    ("harvest", {"quantity": "350", "pieces": 100}),
]


@pytest.mark.parametrize(("kind", "given", "field"), UNUSUAL)
def test_unusual_values_are_asked_about_and_taken_when_sure(
    manager: Door, kind: str, given: Any, field: str
) -> None:
    sent = said(kind, cycle_id=cycle(manager)["id"], **given)
    answer = manager.say("/records", **sent)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/doubtful")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert manager.say("/records", **sent, sure=True).status_code == 201


@pytest.mark.parametrize(("kind", "given"), USUAL)
def test_the_edges_of_what_is_usual_are_usual(manager: Door, kind: str, given: Any) -> None:
    assert manager.say("/records", **said(kind, cycle_id=cycle(manager)["id"], **given)).status_code == 201


def test_harvests_of_one_cycle_are_added_up(manager: Door) -> None:
    opened = cycle(manager)
    record(manager, "harvest", cycle_id=opened["id"])
    answer = manager.say("/records", **said("harvest", cycle_id=opened["id"]))
    assert "52,8 tấn/ha" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(("planted", "status"), [("2026-09-16", 201), ("2026-09-17", 409)])
def test_a_harvest_comes_55_days_after_planting(manager: Door, planted: str, status: int) -> None:
    opened = cycle(manager, planted_on=planted)
    assert manager.say("/records", **said("harvest", cycle_id=opened["id"])).status_code == status


def test_the_record_of_planting_comes_before_what_was_said_at_the_opening(manager: Door) -> None:
    opened = cycle(manager, planted_on="2026-08-28")
    record(manager, "planting", cycle_id=opened["id"], happened_at="2026-10-20T06:30:00+07:00")
    assert manager.ask(f"/cycles/{opened['id']}")["planted_on"] == "2026-10-20"
    assert manager.say("/records", **said("harvest", cycle_id=opened["id"])).status_code == 409


def test_a_spraying_written_after_the_harvest_it_spoils_is_asked_about(manager: Door) -> None:
    harvested = record(manager, "harvest")
    given = said("spraying", cycle_id=harvested["cycle_id"], happened_at="2026-11-04T16:00:00+07:00")
    assert manager.say("/records", **given).json()["errors"][0]["field"] == "happened_at"
    manager.tell("/records", **given, sure=True)
    assert "too_early" in facts(diary(manager, harvested["cycle_id"])[1])


def test_a_spraying_after_the_harvest_does_not_spoil_it(manager: Door) -> None:
    harvested = record(manager, "harvest")
    record(manager, "spraying", cycle_id=harvested["cycle_id"], happened_at="2026-11-10T08:00:00+07:00")
    assert "too_early" not in facts(diary(manager, harvested["cycle_id"])[0])
