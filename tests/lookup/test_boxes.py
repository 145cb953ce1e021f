"""The page of a box or a pallet, which its short code and its SSCC lead to."""

from tests.batches.making import hold
from tests.lookup.making import full, words
from tests.people import Door

PACKED = {"happened_at": "2026-11-10T08:00:00+07:00"}


def test_a_pallet_says_which_lots_it_holds_and_which_is_stopped(manager: Door, stranger: Door) -> None:
    made = full(manager)
    boxes = [
        manager.tell("/boxes", contents=[{"batch_id": made["id"], "kg": "2"}], **PACKED) for _ in range(2)
    ]
    pallet = manager.tell("/pallets", box_ids=[one["id"] for one in boxes], **PACKED)
    page = stranger.get(f"/b/{pallet['code'].lower()}")
    assert page.status_code == 200
    assert "Mã hợp lệ" in words(page)
    assert "TMD-DL-261110-01 · 4 kg" in words(page)
    assert f'href="/b/{made["code"]}"' in page.text
    assert page.headers["cache-control"] == "no-cache"
    hold(manager, batch_id=made["id"])
    for unit in (pallet, *boxes):
        page = stranger.get(f"/en/b/{unit['code']}")
        assert 'class="band band--hold"' in page.text
        assert "On hold: please neither sell nor eat it" in words(page)


def test_a_box_that_was_taken_apart_says_so(manager: Door, stranger: Door) -> None:
    made = full(manager)
    box = manager.tell("/boxes", contents=[{"batch_id": made["id"], "kg": "2"}], **PACKED)
    manager.tell("/units/take-apart", unit_id=box["id"], reason="Thùng bị ướt", **PACKED)
    page = stranger.get(f"/b/{box['code']}")
    assert "Đã dỡ" in words(page)
    assert "TMD-DL-261110-01" in words(page)
    assert "Thùng bị ướt" not in page.text
