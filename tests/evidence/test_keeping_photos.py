"""Photographs come in through the API, are kept once, and are shown to their own cooperative alone."""

from typing import Any

from PIL import Image
from sqlmodel import Session, func, select

from tests.evidence.making import encoded, jpeg, photo
from tests.people import Door, Factory
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


def sent(door: Door, content: bytes, name: str = "anh.jpg", **more: Any) -> Any:
    return door.post("/api/v1/photos", files={"file": (name, content, "image/jpeg")}, **more)


def test_a_photograph_is_kept_in_two_sizes_with_one_entry(manager: Door, db: Session) -> None:
    kept = photo(manager, jpeg(2000, 1500))
    assert (kept["width"], kept["height"], kept["small_width"], kept["small_height"]) == (
        1600,
        1200,
        480,
        360,
    )
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "photo.kept")).one()
    assert str(entry.subject_id) == kept["id"]
    assert kept["sha256"] in entry.said
    for size in ("large", "small"):
        answer = manager.get(f"/app/photos/{kept['id']}/{size}.webp")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/webp"
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content[:4] == b"RIFF"


def test_the_same_picture_sent_again_is_the_same_photograph(manager: Door, db: Session) -> None:
    assert photo(manager)["id"] == photo(manager)["id"] != photo(manager, seed=1)["id"]
    kept = select(func.count()).select_from(JournalEntry).where(JournalEntry.kind == "photo.kept")
    assert db.exec(kept).one() == 2


def test_two_cooperatives_with_the_same_picture_have_one_each(make: Factory) -> None:
    one, other = make.manager(), make.manager()
    assert photo(one)["id"] != photo(other)["id"]
    assert photo(one)["sha256"] == photo(other)["sha256"]


def test_another_cooperatives_photograph_is_not_found(make: Factory, manager: Door, stranger: Door) -> None:
    kept = photo(make.manager())
    assert manager.get(f"/api/v1/photos/{kept['id']}").status_code == 404
    for size in ("large", "small"):
        assert manager.get(f"/app/photos/{kept['id']}/{size}.webp").status_code == 404
        assert stranger.get(f"/app/photos/{kept['id']}/{size}.webp").status_code == 303
    assert manager.get(f"/app/photos/{new_id()}/large.webp").status_code == 404
    assert manager.get(f"/app/photos/{kept['id']}/huge.webp").status_code == 404
    assert manager.get("/app/photos/none/large.webp").status_code == 404


def test_whoever_only_looks_cannot_add_photographs(make: Factory, manager: Door) -> None:
    viewer = make.member(manager, role="viewer")
    assert sent(viewer, jpeg()).status_code == 403
    kept = photo(make.member(manager))
    assert viewer.get(f"/app/photos/{kept['id']}/small.webp").status_code == 200


def test_the_list_goes_on_where_it_stopped(manager: Door) -> None:
    kept = [photo(manager, seed=seed)["id"] for seed in range(3)]
    first = manager.ask("/photos", limit=2)
    rest = manager.ask("/photos", limit=2, after=first["next"])
    assert [item["id"] for item in first["items"] + rest["items"]] == kept[::-1]
    assert rest["next"] is None
    assert manager.ask(f"/photos/{kept[0]}") == rest["items"][0]


def refused(answer: Any) -> str:
    assert answer.status_code == 422, answer.text
    error = answer.json()["errors"][0]
    assert (error["field"], error["code"]) == ("file", "photo")
    return str(error["detail"])


def test_a_photograph_of_50_mb_is_refused_with_the_limit(manager: Door) -> None:
    assert "20 MB" in refused(sent(manager, jpeg() + bytes(50 * 1024 * 1024)))


def test_a_text_named_jpg_is_refused_in_words(manager: Door) -> None:
    assert "JPEG" in refused(sent(manager, "Nhật ký vụ đông\n".encode() * 100, "nhat-ky.jpg"))


def test_a_picture_of_too_many_points_is_refused(manager: Door) -> None:
    assert "triệu" in refused(sent(manager, encoded(Image.new("1", (20_000, 20_000)), "PNG")))


def test_a_missing_file_is_named(manager: Door) -> None:
    answer = manager.post("/api/v1/photos", files={"other": ("a.jpg", jpeg())})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["file"]


def test_an_upload_may_carry_any_name(manager: Door) -> None:
    for name in ("../../etc/passwd", "<script>alert(1)</script>.jpg", "ả" * 80 + ".jpg"):
        assert sent(manager, jpeg(), name).status_code == 201
