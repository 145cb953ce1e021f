"""A failed test holds every batch it stands for, those made afterwards too, until a manager decides."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.batches.making import batch, harvest, published
from tests.batches.test_at_once import AT_ONCE, doors
from tests.farms.making import area, plot
from tests.laboratory.making import BAD, GOOD, failed, lab_test
from tests.people import Clock, Door, Factory
from tests.records.making import cycle

__all__ = ["doors"]


def on_hold(door: Door, made: Any) -> bool:
    found: bool = door.ask(f"/batches/{made['id']}")["on_hold"]
    return found


def small(door: Door, cut: Any) -> Any:
    return batch(door, harvest_id=cut["id"], quantity="10", pieces=5)


def test_a_failed_test_of_a_crop_holds_all_its_batches(manager: Door) -> None:
    cut, other = harvest(manager), batch(manager)
    before = small(manager, cut)
    lab_test(manager, cycle_id=cut["cycle_id"])
    assert not on_hold(manager, before)
    found = failed(manager, cycle_id=cut["cycle_id"])
    assert (found["verdict"], len(found["hold_ids"])) == ("fail", 1)
    after = small(manager, cut)
    assert [on_hold(manager, one) for one in (before, after, other)] == [True, True, False]
    assert manager.say(f"/batches/{after['id']}/publish").status_code == 409


def test_a_failed_test_of_one_batch_holds_that_one(manager: Door) -> None:
    cut = harvest(manager)
    one, other = small(manager, cut), small(manager, cut)
    failed(manager, batch_id=one["id"])
    assert [on_hold(manager, made) for made in (one, other)] == [True, False]


@pytest.mark.parametrize("of", ["plot_id", "area_id"])
def test_failed_ground_or_water_holds_the_crops_grown_on_it_since(
    manager: Door, clock: Clock, of: str
) -> None:
    land = area(manager)["id"]
    house = plot(manager, area_id=land)["id"]
    ended, running = (
        harvest(manager, cycle_id=cycle(manager, plot_id=house, sure=True)["id"]) for _ in range(2)
    )
    gone, here, elsewhere = small(manager, ended), small(manager, running), batch(manager)
    manager.tell(f"/cycles/{ended['cycle_id']}/close", sure=True)
    clock.pass_(days=3)
    failed(manager, **{of: {"plot_id": house, "area_id": land}[of]}, sampled_on="2026-11-12")
    assert [on_hold(manager, made) for made in (gone, here, elsewhere)] == [False, True, False]
    failed(manager, plot_id=house, sampled_on="2026-11-05")
    assert on_hold(manager, gone)


def test_whoever_writes_it_down_only_a_manager_releases(make: Factory, manager: Door) -> None:
    recorder = make.member(manager, "recorder")
    made = batch(manager)
    held = failed(recorder, batch_id=made["id"])["hold_ids"][0]
    decided = {"hold_id": held, "decision": "released", "reason": "Mẫu đối chứng đạt"}
    assert recorder.say("/holds/decide", **decided).status_code == 403
    assert on_hold(manager, made)
    manager.tell("/holds/decide", **decided)
    assert not on_hold(manager, made)


def test_neither_a_correction_nor_a_withdrawal_releases_anything(manager: Door) -> None:
    made = batch(manager)
    wrong = failed(manager, batch_id=made["id"])
    told = {"corrects_id": wrong["id"], "correction_reason": "Gõ nhầm số"}
    right = lab_test(manager, batch_id=made["id"], **told)
    assert (right["verdict"], right["hold_ids"]) == ("pass", [])
    assert on_hold(manager, made)
    manager.tell("/tests/withdraw", test_id=right["id"], reason="Nhầm mẫu")
    assert on_hold(manager, made)


def test_a_correction_that_fails_as_well_places_no_second_hold_unless_the_first_was_released(
    manager: Door,
) -> None:
    made = batch(manager)
    first = failed(manager, batch_id=made["id"])
    second = failed(manager, batch_id=made["id"], corrects_id=first["id"], correction_reason="Số phiếu")
    assert second["hold_ids"] == []
    manager.tell("/holds/decide", hold_id=first["hold_ids"][0], decision="released", reason="Đạt")
    third = failed(manager, batch_id=made["id"], corrects_id=second["id"], correction_reason="Đơn vị")
    assert len(third["hold_ids"]) == 1
    assert on_hold(manager, made)


def test_the_very_next_request_of_a_stranger_reads_it_in_plain_words(manager: Door, stranger: Door) -> None:
    made = published(manager)
    failed(manager, cycle_id=made["cycle_id"], parameters=[GOOD, BAD])
    page = stranger.get(f"/b/{made['code']}").text
    assert "Đang tạm giữ" in page
    assert "Imidacloprid 0,82 mg/kg (giới hạn 0,5)" in page
    assert "Không đạt: 1/2 chỉ tiêu" in page


def test_batches_made_and_published_at_once_with_a_failing_test_are_all_on_hold(doors: list[Door]) -> None:
    cut = harvest(doors[0], quantity="100", pieces=None)
    ready = [batch(doors[0], harvest_id=cut["id"], quantity="5", pieces=None)["id"] for _ in range(2)]
    said: list[tuple[str, dict[str, Any]]] = [
        ("/batches", {"harvest_id": cut["id"], "quantity": "5"}),
        (f"/batches/{ready[0]}/publish", {}),
        (
            "/tests",
            {
                "cycle_id": cut["cycle_id"],
                "sample": "produce",
                "sampled_on": "2026-11-09",
                "laboratory": "Phòng minh họa",
                "parameters": [BAD],
            },
        ),
        ("/batches", {"harvest_id": cut["id"], "quantity": "5"}),
        (f"/batches/{ready[1]}/publish", {}),
        ("/batches", {"harvest_id": cut["id"], "quantity": "5"}),
    ]
    assert len(said) == AT_ONCE
    start = Barrier(AT_ONCE)

    def send(number: int) -> Any:
        path, body = said[number]
        start.wait(timeout=30)
        return doors[number].say(path, **body)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(send, range(AT_ONCE)))
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert answers[2].status_code == 201
    made = doors[0].ask("/batches")["items"]
    assert len(made) == 5
    assert all(one["on_hold"] for one in made)
    # One that was published at all was published before the hold, and its page says so now.
    [held] = doors[0].ask("/holds")["items"]
    assert all(one["published_at"] <= held["placed_at"] for one in made if one["published_at"])
    for one in (one for one in made if one["published_at"]):
        assert doors[0].get(f"/b/{one['code']}.json").json()["on_hold"]
