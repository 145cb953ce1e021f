"""A stranger reads whether the fruit waited, who let it go before, and what was changed after publication."""

from typing import Any

from tests.batches.making import batch
from tests.batches.operating import made, operation, whole
from tests.lookup.making import cycle, full, harvest, published, record, see, words
from tests.people import Clock, Door

WHY = "Bão sắp vào, quả đã đủ ngày. Hỏi chị Hà 0912 345 678"
SPRAYED = "2026-11-04T16:00:00+07:00"


def facts(stranger: Door, made: Any) -> Any:
    return stranger.get(f"/b/{made['code']}.json").json()


def early(door: Door, **given: Any) -> Any:
    """A published batch of a harvest that a manager let go eight days before its day."""
    spraying = record(door, "spraying", happened_at=SPRAYED, **given)
    cut = harvest(door, cycle_id=spraying["cycle_id"], early_reason=WHY)
    return {**published(door, harvest_id=cut["id"]), "spraying": spraying, "cut": cut}


def test_an_override_stands_in_the_band_with_its_reason_and_without_a_name(
    manager: Door, stranger: Door
) -> None:
    made = early(manager)
    page = see(stranger, made)
    text = words(page)
    assert 'class="band band--late"' in page.text
    assert "trước ngày hết cách ly thuốc bảo vệ thực vật (18/11/2026)" in text
    assert "Quản lý hợp tác xã quyết định như vậy vì: “Bão sắp vào, quả đã đủ ngày." in text
    assert "chưa hết: phun Anvil 5SC ngày 04/11/2026, từ 18/11/2026 mới được thu" in text
    for personal in ("Nguyễn Văn An", "0912 345 678"):
        assert personal not in page.text
    told = facts(stranger, made)
    assert told["interval"] == "broken"
    (given,) = told["overrides"]
    assert given["entry"] == made["cut"]["id"]
    spray = {
        "pesticide": "Anvil 5SC",
        "sprayed_on": "2026-11-04",
        "phi_days": 14,
        "harvest_from": "2026-11-18",
    }
    assert {name: given[name] for name in spray} == told["waits_for"] == spray
    assert "0912" not in given["reason"]
    assert "A manager of the cooperative decided so" in words(see(stranger, made, "en"))


def test_an_override_is_told_for_ever(manager: Door, stranger: Door) -> None:
    made = early(manager)
    told = {"cycle_id": made["cut"]["cycle_id"], "correction_reason": "Nhầm nhãn"}
    spraying = made["spraying"]
    harvest(manager, **told, corrects_id=made["cut"]["id"], quantity="110", sure=True)
    record(manager, "spraying", **told, corrects_id=spraying["id"], phi_days=3, happened_at=SPRAYED)
    text = words(see(stranger, made))
    assert "Quản lý hợp tác xã quyết định như vậy vì" in text
    assert "theo bản ghi hiện nay thì đã hết cách ly" in text
    now = facts(stranger, made)
    assert (now["interval"], now["waits_for"], len(now["overrides"])) == ("kept", None, 1)


def test_a_spraying_beside_it_on_the_plot_is_named(manager: Door, stranger: Door) -> None:
    left = cycle(manager)
    right = cycle(manager, plot_id=left["plot_id"], sure=True)
    record(manager, "spraying", cycle_id=left["id"], happened_at=SPRAYED, trade_name="Ridomil Gold 68WG")
    made = published(manager, harvest_id=harvest(manager, cycle_id=right["id"], early_reason=WHY)["id"])
    assert "phun Ridomil Gold 68WG ngày 04/11/2026" in words(see(stranger, made))


def test_whether_it_waited_stands_on_the_label(manager: Door, stranger: Door) -> None:
    crop = record(manager, "spraying", happened_at=SPRAYED, phi_days=6)["cycle_id"]
    made = published(manager, harvest_id=harvest(manager, cycle_id=crop)["id"])
    assert "Thời gian cách ly đã hết trước khi thu" in words(see(stranger, made))
    crop = record(manager, "spraying", happened_at=SPRAYED, phi_days=None, sure=True)["cycle_id"]
    made = published(manager, harvest_id=harvest(manager, cycle_id=crop, sure=True)["id"])
    text = words(see(stranger, made))
    assert "Thời gian cách ly chưa khai báo" in text
    assert "thời gian cách ly của một lần phun" in text
    told = facts(stranger, made)
    assert (told["interval"], told["undeclared_intervals"]) == ("undeclared", ["Anvil 5SC"])
    assert "interval" in told["missing"]


def test_what_is_said_after_publication_is_marked_and_counted(
    manager: Door, stranger: Door, clock: Clock
) -> None:
    made = full(manager)
    crop = made["cycle_id"]
    before = {"cycle_id": crop, "happened_at": "2026-11-09T06:30:00+07:00"}
    slip, wrong = record(manager, "other", **before), record(manager, "irrigation", **before)
    record(manager, "irrigation", **before, corrects_id=wrong["id"], correction_reason="Nhầm", litres="400")
    assert facts(stranger, made)["changed_after_publication"] == {"corrected": 0, "retracted": 0, "added": 0}
    assert "sau khi công bố" not in words(see(stranger, made)).lower()
    clock.pass_(hours=3)
    record(
        manager, "pruning", cycle_id=crop, happened_at="2026-11-10T11:00:00+07:00"
    )  # later work, said at once
    assert facts(stranger, made)["changed_after_publication"]["added"] == 0
    late = record(manager, "fertilising", **before)
    manager.tell("/records", kind="retraction", corrects_id=slip["id"], correction_reason="Nhà khác")
    newer = record(
        manager, "fertilising", **before, corrects_id=late["id"], correction_reason="Nhầm", amount="4"
    )
    told = facts(stranger, made)
    assert told["changed_after_publication"] == {"corrected": 1, "retracted": 1, "added": 1}
    marks = {
        one["id"]: (one["after_publication"], one["struck_after_publication"]) for one in told["timeline"]
    }
    assert (marks[late["id"]], marks[newer["id"]]) == ((True, True), (True, False))
    assert (marks[slip["id"]], marks[wrong["id"]]) == ((False, True), (False, False))
    text = words(see(stranger, made))
    assert "Sau khi công bố lúc 08:30, 10/11/2026: 1 đính chính, 1 mục rút lại, 1 mục ghi thêm" in text
    for mark in ("Đính chính sau khi công bố", "Rút lại sau khi công bố", "Ghi thêm sau khi công bố"):
        assert mark in text
    assert "1 correction, 1 entry taken back, 1 entry added" in words(see(stranger, made, "en"))


def test_a_retraction_stands_where_the_work_stood(manager: Door, stranger: Door) -> None:
    """Not among what was done after the harvest, which is folded away."""
    made = full(manager)
    slip = record(manager, "other", cycle_id=made["cycle_id"], happened_at="2026-11-09T06:30:00+07:00")
    manager.tell("/records", kind="retraction", corrects_id=slip["id"], correction_reason="Nhà khác")
    assert not any(entry["after_harvest"] for entry in facts(stranger, made)["timeline"])


def test_a_phone_that_was_wrong_is_said_to_strangers(manager: Door, stranger: Door) -> None:
    made = full(manager)
    record(manager, "irrigation", cycle_id=made["cycle_id"], sent_at="2026-11-10T11:30:00+07:00")
    assert "Đồng hồ điện thoại sai 3 giờ" in words(see(stranger, made))
    assert facts(stranger, made)["timeline"][-1]["clock_wrong_seconds"] == 3 * 3600


def test_a_batch_on_hold_still_says_that_it_was_cut_early(manager: Door, stranger: Door) -> None:
    spraying = record(manager, "spraying", happened_at=SPRAYED)
    cut = harvest(manager, cycle_id=spraying["cycle_id"], early_reason=WHY)
    made = batch(manager, harvest_id=cut["id"])
    manager.tell(f"/batches/{made['id']}/publish")
    manager.tell("/holds", batch_id=made["id"], reason="Chờ kết quả kiểm nghiệm")
    text = words(see(stranger, made))
    assert "Chờ kết quả kiểm nghiệm" in text
    assert "Quản lý hợp tác xã cho thu trước vì: “Bão sắp vào" in text


def test_a_batch_merged_of_two_harvests_says_that_one_was_cut_early(manager: Door, stranger: Door) -> None:
    crop = cycle(manager)["id"]
    waited = harvest(manager, cycle_id=crop, happened_at="2026-11-04T06:30:00+07:00")
    record(manager, "spraying", cycle_id=crop, happened_at=SPRAYED, sure=True)
    early_ = harvest(manager, cycle_id=crop, early_reason=WHY)
    parts = [batch(manager, harvest_id=one["id"]) for one in (waited, early_)]
    mixed = {"outputs": [{"kg": "120", "pieces": 70}], "inputs": [whole(one) for one in parts]}
    (one,) = made(manager, operation(manager, "merge", **mixed))
    manager.tell(f"/batches/{one['id']}/publish")
    text = words(see(stranger, one))
    assert "Quản lý hợp tác xã quyết định như vậy vì: “Bão sắp vào" in text
    assert facts(stranger, one)["interval"] == "broken"
