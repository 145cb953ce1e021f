"""Photographs that strangers may see, and all the others."""

import pytest

from tests.lookup.making import batch, cycle, full, harvest, photo, product, published
from tests.people import Door, Factory


def test_the_product_picture_comes_in_both_sizes_and_is_not_sent_twice(manager: Door, stranger: Door) -> None:
    made = full(manager)
    picture = stranger.get(f"/b/{made['code']}.json").json()["product"]["photo"]["id"]
    for size in ("small", "large"):
        address = f"/b/{made['code']}/photos/{picture}/{size}.webp"
        answer = stranger.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert answer.content[8:12] == b"WEBP"
        assert len(answer.content) <= 30 * 1024 or size == "large"
        again = stranger.get(address, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "tail", ["tiny.webp", "small.jpg", "small.webp/x", "../small.webp", "%2e%2e/small.webp"]
)
def test_there_are_no_other_sizes(manager: Door, stranger: Door, tail: str) -> None:
    made = full(manager)
    picture = stranger.get(f"/b/{made['code']}.json").json()["product"]["photo"]["id"]
    assert stranger.get(f"/b/{made['code']}/photos/{picture}/{tail}").status_code == 404


def test_a_picture_is_found_only_with_its_own_published_batch(make: Factory, stranger: Door) -> None:
    manager = make.manager()
    picture = photo(manager, seed=3)["id"]
    crop = cycle(manager, product_id=product(manager, photo_id=picture)["id"])
    draft = batch(manager, harvest_id=harvest(manager, cycle_id=crop["id"])["id"])
    other = published(make.manager())
    for code in (draft["code"], other["code"], "7K3M9Q2M", "%00", "x" * 10_000):
        assert stranger.get(f"/b/{code}/photos/{picture}/small.webp").status_code == 404
    manager.tell(f"/batches/{draft['id']}/publish")
    assert stranger.get(f"/b/{draft['code']}/photos/{picture}/small.webp").status_code == 200


@pytest.mark.parametrize("photo_id", ["x", "0", "01a2020a-1f7d-795c-aac1-2ccb4ccc1ba7", "%F0%9F%8D%88"])
def test_an_unknown_picture_is_not_found(manager: Door, stranger: Door, photo_id: str) -> None:
    made = published(manager)
    assert stranger.get(f"/b/{made['code']}/photos/{photo_id}/small.webp").status_code == 404
