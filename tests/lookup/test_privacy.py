"""Nothing about a person leaves the members' pages: planted names, numbers and notes never come out."""

import pytest

from tests.evidence.making import photo
from tests.farms.making import household, plot
from tests.lookup.making import cycle, harvest, published, record
from tests.people import Door, Factory

PLANTED = ("Mật Danh", "Bí Danh", "Ẩn Danh", "345 678", "345678", "355 777", "355777", "Chuyện riêng")


@pytest.fixture
def made(make: Factory) -> dict[str, str]:
    """A batch around which everything that must stay inside was written somewhere."""
    manager = make.manager(manager_name="Nguyễn Mật Danh", phone="0912 345 678")
    member = make.member(manager, name="Trần Bí Danh", phone="0912 355 777")
    grower = household(manager, code="TV-07", name="Phạm Ẩn Danh", phone="0912 345 678")
    crop = cycle(manager, plot_id=plot(manager, household_id=grower["id"])["id"])
    note = "Chuyện riêng của Phạm Ẩn Danh, gọi 0912 345 678"
    for who in (manager, member):
        pruned = record(who, "pruning", cycle_id=crop["id"], note=note, household_id=grower["id"])
        told = {"corrects_id": pruned["id"], "correction_reason": "Hỏi lại số 0912.355.777"}
        record(who, "pruning", cycle_id=crop["id"], note=note, **told)
    record(
        manager,
        "inspection",
        cycle_id=crop["id"],
        subject="lá",
        finding="Sâu, gọi +84 912 345 678",
        note=note,
    )
    cut = harvest(member, cycle_id=crop["id"], note=note)
    answer: dict[str, str] = published(manager, harvest_id=cut["id"])
    return answer


@pytest.mark.parametrize("path", ["/b/{}", "/en/b/{}", "/b/{}.json"])
def test_no_name_number_or_note_is_told(stranger: Door, made: dict[str, str], path: str) -> None:
    text = stranger.get(path.format(made["code"])).text
    assert "TV-07" in text
    assert "•••" in text
    for planted in PLANTED:
        assert planted not in text, planted


def test_the_page_of_a_stranger_is_the_page_of_a_member(make: Factory, stranger: Door) -> None:
    manager = make.manager()
    made = published(manager)
    assert manager.get(f"/b/{made['code']}").text == stranger.get(f"/b/{made['code']}").text


def test_pictures_of_the_diary_are_shown_only_with_consent(manager: Door, stranger: Door) -> None:
    crop = cycle(manager)
    shown, hidden = photo(manager, seed=1)["id"], photo(manager, seed=2)["id"]
    record(manager, "pruning", cycle_id=crop["id"], photo_ids=[shown], photos_public=True)
    record(manager, "pruning", cycle_id=crop["id"], photo_ids=[hidden], photos_public=False)
    made = published(manager, harvest_id=harvest(manager, cycle_id=crop["id"])["id"])
    page = stranger.get(f"/b/{made['code']}").text
    assert f"/photos/{shown}/small.webp" in page
    assert hidden not in page
    assert hidden not in stranger.get(f"/b/{made['code']}.json").text
    assert stranger.get(f"/b/{made['code']}/photos/{shown}/small.webp").status_code == 200
    assert stranger.get(f"/b/{made['code']}/photos/{hidden}/small.webp").status_code == 404


def test_taking_an_entry_back_takes_its_pictures_back_at_once(manager: Door, stranger: Door) -> None:
    crop = cycle(manager)
    shown = photo(manager, seed=1)["id"]
    work = record(manager, "pruning", cycle_id=crop["id"], photo_ids=[shown], photos_public=True)
    made = published(manager, harvest_id=harvest(manager, cycle_id=crop["id"])["id"])
    address = f"/b/{made['code']}/photos/{shown}/large.webp"
    seen = stranger.get(address)
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "no-cache")
    manager.tell(
        "/records", kind="retraction", corrects_id=work["id"], correction_reason="Thôi không cho xem"
    )
    assert stranger.get(address, headers={"if-none-match": seen.headers["etag"]}).status_code == 404
    assert shown not in stranger.get(f"/b/{made['code']}").text
