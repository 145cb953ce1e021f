"""What a manager decided about a harvest goes along with every batch of it, whatever is corrected later."""

from typing import Any

from tests.batches.making import batch
from tests.batches.operating import made, operation, whole
from tests.people import Door, Factory
from tests.records.making import cycle, harvest, record

WHY = "Bão sắp vào, quả đã đủ ngày."


def sprayed(door: Door, **given: Any) -> Any:
    """Harvest from the 18th; it is the 10th."""
    return record(door, "spraying", **{"happened_at": "2026-11-04T16:00:00+07:00", **given})


def page(door: Door, made: Any) -> str:
    return " ".join(door.get(f"/app/batches/{made['id']}").text.split())


def test_every_batch_of_an_early_harvest_says_why_and_who(manager: Door, make: Factory) -> None:
    spraying = sprayed(manager)
    cut = harvest(manager, cycle_id=spraying["cycle_id"], early_reason=WHY)
    first, second = (batch(manager, harvest_id=cut["id"], quantity="100") for _ in range(2))
    me = manager.ask("/me")["membership_id"]
    told = {
        "record_id": cut["id"],
        "reason": WHY,
        "given_by": me,
        "given_at": "2026-11-10T01:30:00Z",
        "pesticide": "Anvil 5SC",
        "sprayed_on": "2026-11-04",
        "phi_days": 14,
        "harvest_from": "2026-11-18",
    }
    assert [one["early"] for one in manager.ask("/batches")["items"]] == [[told], [told]]
    assert first["early"] == second["early"] == [told]
    viewer = make.member(manager, "viewer")
    for said in ("Thu khi chưa hết cách ly", WHY, "Nguyễn Văn An", "04/11/2026", "14 ngày", "18/11/2026"):
        assert said in page(viewer, second)
    assert viewer.get("/app/batches").text.count("thu trước cách ly") == 2


def test_it_stays_when_harvest_and_spraying_are_corrected(manager: Door) -> None:
    spraying = sprayed(manager)
    cut = harvest(manager, cycle_id=spraying["cycle_id"], early_reason=WHY)
    before = batch(manager, harvest_id=cut["id"], quantity="100")
    told = {"cycle_id": cut["cycle_id"], "correction_reason": "Nhầm"}
    newer = harvest(manager, **told, corrects_id=cut["id"], quantity="2500", sure=True)
    record(
        manager,
        "spraying",
        **told,
        corrects_id=spraying["id"],
        phi_days=3,
        happened_at=spraying["happened_at"],
    )
    after = batch(manager, harvest_id=newer["id"], quantity="100")
    for one_of_it in (before, after):
        assert [one["reason"] for one in manager.ask(f"/batches/{one_of_it['id']}")["early"]] == [WHY]
        assert "nay không còn lần phun nào chưa hết cách ly" in page(manager, one_of_it)
    manager.tell("/records", kind="retraction", corrects_id=newer["id"], correction_reason="Nhầm")
    assert WHY in page(manager, before)


def test_a_spraying_written_later_is_said_without_a_decision(manager: Door) -> None:
    cut = harvest(manager)
    made = batch(manager, harvest_id=cut["id"], quantity="100")
    sprayed(manager, cycle_id=cut["cycle_id"], sure=True)
    assert manager.ask(f"/batches/{made['id']}")["early"] == []
    assert "Lần phun này ghi sau khi thu nên chưa ai quyết định" in page(manager, made)


def test_an_interval_that_nobody_declared_is_said_on_the_batch(manager: Door) -> None:
    spraying = sprayed(manager, phi_days=None, sure=True)
    made = batch(manager, harvest_id=harvest(manager, cycle_id=spraying["cycle_id"], sure=True)["id"])
    assert "Không biết đã hết cách ly chưa: Anvil 5SC" in page(manager, made)


def test_what_is_left_follows_the_corrected_harvest(manager: Door) -> None:
    cut = harvest(manager, cycle_id=cycle(manager)["id"])
    batch(manager, harvest_id=cut["id"], quantity="2000", pieces=1150)
    told = {"cycle_id": cut["cycle_id"], "corrects_id": cut["id"], "correction_reason": "Cân nhầm"}
    newer = harvest(manager, **told, quantity="2100", pieces=1210)
    (left,) = manager.ask("/harvests")["items"]
    assert (left["id"], left["quantity_kg"], left["left_kg"], left["left_pieces"]) == (
        newer["id"],
        "2100",
        "100",
        60,
    )
    assert manager.say("/batches", harvest_id=cut["id"], quantity="101").status_code == 409
    manager.tell("/records", kind="retraction", corrects_id=newer["id"], correction_reason="Nhầm nhà")
    assert manager.ask("/harvests")["items"] == []
    assert manager.say("/batches", harvest_id=cut["id"], quantity="10").status_code == 409


def test_a_batch_merged_of_two_harvests_carries_it_too(manager: Door) -> None:
    crop = cycle(manager)["id"]
    waited = harvest(manager, cycle_id=crop, happened_at="2026-11-04T06:30:00+07:00")
    sprayed(manager, cycle_id=crop, sure=True)
    early = harvest(manager, cycle_id=crop, early_reason=WHY, sure=True)
    parts = [batch(manager, harvest_id=one["id"], quantity="60", pieces=35) for one in (waited, early)]
    mixed = {"outputs": [{"kg": "120", "pieces": 70}], "inputs": [whole(one) for one in parts]}
    (one,) = made(manager, operation(manager, "merge", **mixed))
    assert [given["reason"] for given in one["early"]] == [WHY]
    assert WHY in page(manager, one)
