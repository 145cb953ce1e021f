"""Batches are held back until a manager decides, and everybody who looks sees it at once."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests.batches.making import batch, harvest, hold, published
from tests.farms.making import plot
from tests.people import Clock, Door, Factory
from tests.records.making import cycle
from trace.kit.ids import new_id


def on_hold(door: Door, made: dict[str, str]) -> bool:
    found: bool = door.ask(f"/batches/{made['id']}")["on_hold"]
    return found


def test_a_held_cycle_holds_every_batch_of_it_those_made_later_too(manager: Door) -> None:
    cut = harvest(manager)
    first, other = batch(manager, harvest_id=cut["id"], quantity="10", pieces=5), batch(manager)
    hold(manager, cycle_id=cut["cycle_id"])
    later = batch(manager, harvest_id=cut["id"], quantity="10", pieces=5)
    assert later["on_hold"]
    assert on_hold(manager, first)
    assert not on_hold(manager, other)
    listed = {one["id"]: one["on_hold"] for one in manager.ask("/batches")["items"]}
    assert listed == {first["id"]: True, later["id"]: True, other["id"]: False}


def test_a_single_batch_is_held_without_its_neighbours(manager: Door) -> None:
    cut = harvest(manager)
    one, other = (batch(manager, harvest_id=cut["id"], quantity="10", pieces=5) for _ in range(2))
    hold(manager, batch_id=one["id"])
    assert on_hold(manager, one)
    assert not on_hold(manager, other)


def test_a_held_plot_spares_only_crops_that_ended_before(manager: Door, clock: Clock) -> None:
    house = plot(manager)["id"]
    ended, running = (
        harvest(manager, cycle_id=cycle(manager, plot_id=house, sure=True)["id"]) for _ in range(2)
    )
    before, during = batch(manager, harvest_id=ended["id"]), batch(manager, harvest_id=running["id"])
    manager.tell(f"/cycles/{ended['cycle_id']}/close", sure=True)
    clock.pass_(days=2)
    hold(manager, plot_id=house)
    after = batch(
        manager, harvest_id=harvest(manager, cycle_id=cycle(manager, plot_id=house, sure=True)["id"])["id"]
    )
    assert [on_hold(manager, made) for made in (before, during, after)] == [False, True, True]
    hold(manager, plot_id=house, since="2026-11-10")
    assert on_hold(manager, before)


def test_a_held_batch_cannot_be_published_until_a_manager_releases_it(make: Factory, manager: Door) -> None:
    made = batch(manager)
    held = hold(manager, batch_id=made["id"])
    refused = manager.say(f"/batches/{made['id']}/publish")
    assert (refused.status_code, "đang tạm giữ" in refused.json()["detail"]) == (409, True)
    said = {"hold_id": held["id"], "decision": "released", "reason": "Mẫu đối chứng đạt"}
    assert make.member(manager, "recorder").say("/holds/decide", **said).status_code == 403
    kept = manager.tell("/holds/decide", **said | {"decision": "kept", "reason": "Chờ mẫu đối chứng"})
    assert kept["is_open"]
    assert on_hold(manager, made)
    over = manager.tell("/holds/decide", **said)
    assert [one["decision"] for one in over["decisions"]] == ["kept", "released"]
    assert not over["is_open"]
    assert manager.say("/holds/decide", **said).status_code == 409
    assert manager.tell(f"/batches/{made['id']}/publish")["state"] == "published"


def test_a_batch_is_on_hold_while_any_hold_is_open(manager: Door) -> None:
    made = batch(manager)
    first, second = hold(manager, batch_id=made["id"]), hold(manager, cycle_id=made["cycle_id"])
    for held, still in ((first, True), (second, False)):
        manager.tell("/holds/decide", hold_id=held["id"], decision="released", reason="Đã kiểm tra lại")
        assert on_hold(manager, made) is still


@pytest.mark.parametrize("role", ["recorder", "viewer"])
def test_only_a_manager_holds_back(make: Factory, manager: Door, role: str) -> None:
    said = {"batch_id": batch(manager)["id"], "reason": "Chờ kết quả"}
    assert make.member(manager, role).say("/holds", **said).status_code == 403


def test_a_hold_names_exactly_one_thing(manager: Door) -> None:
    made = batch(manager)
    both = {"batch_id": made["id"], "cycle_id": made["cycle_id"]}
    for named in ({}, both):
        refused = manager.say("/holds", reason="Chờ kết quả", **named)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "batch_id")


def test_a_hold_sent_again_is_one_and_its_id_means_nothing_else(manager: Door) -> None:
    made, once = batch(manager), str(new_id())
    said = {"id": once, "batch_id": made["id"], "reason": "Chờ kết quả"}
    assert [manager.say("/holds", **said).status_code for _ in range(2)] == [201, 201]
    assert len(manager.ask("/holds")["items"]) == 1
    assert manager.say("/holds", **said | {"reason": "Khác"}).status_code == 409


def test_nobody_rewrites_a_hold_or_a_decision(manager: Door, db: Session) -> None:
    held = hold(manager)
    manager.tell("/holds/decide", hold_id=held["id"], decision="kept", reason="Chờ")
    for statement in ("UPDATE hold SET reason = 'x'", "DELETE FROM hold_decision"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(statement))


def test_the_next_request_of_a_stranger_sees_the_hold_and_its_release(manager: Door, stranger: Door) -> None:
    made = published(manager)
    address = f"/b/{made['code']}"
    before = stranger.get(address)
    held = hold(manager, cycle_id=made["cycle_id"], reason="Chờ kết quả kiểm nghiệm")
    seen = stranger.get(address, headers={"if-none-match": before.headers["etag"]})
    assert seen.status_code == 200
    assert 'class="band band--hold"' in seen.text
    assert "Đang tạm giữ" in seen.text
    assert "Chờ kết quả kiểm nghiệm" in seen.text
    told = stranger.get(f"{address}.json").json()
    assert (told["on_hold"], [one["reason"] for one in told["holds"]]) == (True, ["Chờ kết quả kiểm nghiệm"])
    manager.tell("/holds/decide", hold_id=held["id"], decision="released", reason="Đạt")
    assert "Đang tạm giữ" not in stranger.get(address).text
    assert stranger.get(f"{address}.json").json()["holds"] == []


def test_members_see_it_in_lists_on_pages_and_before_they_print(manager: Door) -> None:
    made = batch(manager)
    held = hold(manager, batch_id=made["id"])
    for address in ("/app/batches", f"/app/batches/{made['id']}", f"/app/batches/{made['id']}/print"):
        assert "Đang tạm giữ" in manager.get(address).text, address
    page = manager.get(f"/app/batches/{made['id']}").text
    assert f"/app/holds/{held['id']}" in page
    assert f'action="/app/batches/{made["id"]}/publish"' not in page


def test_a_manager_holds_back_and_decides_with_forms(manager: Door) -> None:
    made = batch(manager)
    form = manager.get(f"/app/holds/new?batch={made['id']}").text
    assert made["lot_code"] in form
    sent = {"id": str(new_id()), "named": "batch_id", "batch_id": made["id"], "reason": "Chờ kết quả"}
    empty = manager.post("/app/holds/new", data=sent | {"reason": ""})
    assert (empty.status_code, made["lot_code"] in empty.text) == (422, True)
    address = manager.post("/app/holds/new", data=sent).headers["location"]
    decided = {"id": str(new_id()), "decision": "released", "reason": "Mẫu mới đạt"}
    assert manager.post(address, data=decided).headers["location"] == address
    assert "Mẫu mới đạt" in manager.get(address).text
    assert not on_hold(manager, made)
