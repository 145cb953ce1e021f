"""Beyond what the label allows, or with bees inside, is asked about; it is never refused, for it may have been done."""

from typing import Any

import pytest

from tests.catalogue.making import product
from tests.people import Clock, Door
from tests.records.making import cycle, record, said


def label(door: Door, **given: Any) -> Any:
    """A pesticide in the cooperative's list, of which the label says what is given."""
    return door.tell("/inputs", **{"kind": "pesticide", "trade_name": "Radiant 60SC", "unit": "ml", **given})


def spraying(**given: Any) -> dict[str, Any]:
    told = {"trade_name": "radiant 60sc", "phi_days": 3, "amount": "30", "unit": "ml"}
    return said("spraying", **{**told, **given})


def asked(answer: Any) -> list[str]:
    """The fields that a doubt names; none when the record was taken."""
    if answer.status_code == 201:
        return []
    assert answer.json()["type"] == "/problems/doubtful", answer.text
    return [error["field"] for error in answer.json()["errors"]]


def bees(door: Door, crop: Any, day: int, **given: Any) -> Any:
    at = f"2026-11-{day:02}T06:00:00+07:00"
    return record(door, "pollination", cycle_id=crop["id"], happened_at=at, method="bees", **given)


@pytest.mark.parametrize(
    ("kills", "fields"), [(True, ["trade_name"]), (None, ["trade_name"]), (False, [])], ids=str
)
def test_what_may_kill_bees_is_asked_about_while_they_are_in(manager: Door, kills: Any, fields: Any) -> None:
    label(manager, kills_insects=kills)
    crop = cycle(manager)
    bees(manager, crop, 5, bees="released")
    answer = manager.say("/records", **spraying(cycle_id=crop["id"]))
    assert asked(answer) == fields
    if fields:
        assert "05/11/2026" in answer.json()["errors"][0]["detail"]
        assert manager.say("/records", **spraying(cycle_id=crop["id"]), sure=True).status_code == 201


def test_bees_that_were_taken_away_or_came_later_are_not_in(manager: Door) -> None:
    label(manager, kills_insects=True)
    crop = cycle(manager)
    bees(manager, crop, 3, bees="released")
    bees(manager, crop, 8, bees="removed")
    assert asked(manager.say("/records", **spraying(cycle_id=crop["id"]))) == []
    earlier = spraying(cycle_id=crop["id"], happened_at="2026-11-05T16:00:00+07:00")
    assert asked(manager.say("/records", **earlier)) == ["trade_name"]
    assert asked(manager.say("/records", **{**earlier, "happened_at": "2026-11-02T16:00:00+07:00"})) == []


def test_bees_beside_it_on_the_plot_are_in_too(manager: Door) -> None:
    label(manager, kills_insects=True)
    left = cycle(manager)
    right = cycle(manager, plot_id=left["plot_id"], sure=True)
    bees(manager, right, 5)
    assert asked(manager.say("/records", **spraying(cycle_id=left["id"]))) == ["trade_name"]


def test_more_sprayings_than_the_label_allows_are_asked_about(manager: Door) -> None:
    label(manager, kills_insects=False, max_applications=2)
    crop = cycle(manager)["id"]
    first = manager.tell("/records", **spraying(cycle_id=crop))
    manager.tell("/records", **spraying(cycle_id=crop))
    told = {"corrects_id": first["id"], "correction_reason": "Nhầm"}
    manager.tell("/records", **spraying(cycle_id=crop, amount="25", **told))  # still two
    assert asked(manager.say("/records", **spraying(cycle_id=crop))) == ["trade_name"]
    assert asked(manager.say("/records", **spraying(cycle_id=cycle(manager)["id"]))) == []


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"amount": "40"}, []),
        ({"amount": "41"}, ["amount"]),
        ({"amount": "0.041", "unit": "l"}, ["amount"]),
        ({"amount": "41", "unit": "g"}, []),  # nobody knows what a millilitre weighs
        ({"amount": "21", "area": "500"}, ["amount"]),
    ],
    ids=str,
)
def test_a_dose_above_the_label_is_asked_about(manager: Door, given: Any, fields: list[str]) -> None:
    label(manager, kills_insects=False, max_dose="40", max_dose_unit="ml")
    assert asked(manager.say("/records", **spraying(cycle_id=cycle(manager)["id"], **given))) == fields


def test_all_doses_of_a_crop_are_added_up(manager: Door) -> None:
    label(manager, kills_insects=False, max_dose="40", max_dose_unit="ml", max_applications=2)
    crop = cycle(manager)["id"]
    manager.tell("/records", **spraying(cycle_id=crop, amount="50"), sure=True)
    answer = manager.say("/records", **spraying(cycle_id=crop, amount="35"))
    assert asked(answer) == ["amount"]
    assert "85 ml" in answer.json()["errors"][0]["detail"]


def test_an_interval_shorter_than_on_the_label_is_asked_about(manager: Door) -> None:
    label(manager, kills_insects=False, intervals=[{"crop": "dưa lưới", "phi_days": 7}])
    crop = cycle(manager, product_id=product(manager, crop="Dưa lưới")["id"])["id"]
    for phi in (3, None):
        assert "phi_days" in asked(manager.say("/records", **spraying(cycle_id=crop, phi_days=phi)))
    assert asked(manager.say("/records", **spraying(cycle_id=crop, phi_days=7))) == []


def test_another_cooperatives_label_is_no_label_of_ours(manager: Door, make: Any) -> None:
    label(make.manager(), max_applications=1, max_dose="1", max_dose_unit="ml")
    crop = cycle(manager)["id"]
    assert asked(manager.say("/records", **spraying(cycle_id=crop))) == []
    assert asked(manager.say("/records", **spraying(cycle_id=crop))) == []


def test_until_when_nobody_goes_in_is_said(manager: Door, clock: Clock) -> None:
    crop = cycle(manager)["id"]
    manager.tell("/records", **spraying(cycle_id=crop, re_entry_hours=24))
    assert manager.ask(f"/cycles/{crop}")["re_entry_until"] == "2026-11-10T23:30:00Z"
    said_ = "Không vào trước 06:30, 11/11/2026"
    for page in ("/app", f"/app/cycles/{crop}", f"/app/log?cycle={crop}"):
        assert said_ in manager.get(page).text, page
    clock.pass_(hours=23)
    assert said_ not in manager.get("/app").text


def test_days_left_are_counted_by_the_calendar(manager: Door, clock: Clock) -> None:
    crop = cycle(manager)["id"]
    manager.tell("/records", **spraying(cycle_id=crop, phi_days=3))
    assert "Được thu từ 13/11/2026 (còn 3 ngày)" in " ".join(manager.get("/app").text.split())
    clock.pass_(days=2)
    assert "Được thu từ 13/11/2026 (còn 1 ngày)" in " ".join(manager.get("/app").text.split())
