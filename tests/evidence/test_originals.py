"""The original is kept privately; what it says of its time and rough place is read, its device is not."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from sqlmodel import Session, select

from tests.evidence.making import drawn, encoded, jpeg, photo
from tests.people import Door, Factory
from trace.evidence.exif import RoughPlace, rough
from trace.evidence.models import Photo
from trace.evidence.pictures import look_at
from trace.ledger.models import JournalEntry

TRUONG_TAN = {1: "N", 2: (20.0, 48.0, 19.8), 3: "E", 4: (106.0, 16.0, 8.4)}
ROUGH = RoughPlace(Decimal("20.81"), Decimal("106.27"))
TOLD: dict[Any, Any] = {"DateTimeOriginal": "2026:11:08 06:31:05"}


def told(kind: str = "JPEG", gps: dict[int, Any] | None = None, *, seed: int = 0, **said: Any) -> bytes:
    """A picture whose EXIF says these things of its time and place, and names its device."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Oppo"
    exif.get_ifd(ExifTags.IFD.Exif).update({ExifTags.Base[name]: value for name, value in said.items()})
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps or {})
    return encoded(drawn(64, 48, seed=seed), kind, exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_time_and_rough_place_are_read_before_they_are_dropped(kind: str) -> None:
    said = look_at(told(kind, TRUONG_TAN, **TOLD)).taken
    assert (said.at, said.place, said.told_by) == (
        datetime(2026, 11, 7, 23, 31, 5, tzinfo=UTC),
        ROUGH,
        "file",
    )


def test_a_camera_that_knows_its_zone_is_believed_and_any_other_stands_in_vietnam() -> None:
    assert look_at(told(**TOLD, OffsetTimeOriginal="+09:00")).taken.at == datetime(
        2026, 11, 7, 21, 31, 5, tzinfo=UTC
    )
    assert look_at(told(**TOLD, OffsetTimeOriginal="here")).taken.at == look_at(told(**TOLD)).taken.at


@pytest.mark.parametrize(
    "time", ["0000:00:00 00:00:00", "2026:13:40 99:99:99", "1970:01:01 00:00:00", "today", ""]
)
@pytest.mark.parametrize(
    "gps", [{}, {1: "N", 2: (20.0,), 3: "E"}, {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}]
)
def test_what_makes_no_sense_says_nothing(time: str, gps: dict[int, Any]) -> None:
    said = look_at(told(gps=gps, DateTimeOriginal=time)).taken
    assert (said.at, said.place, said.told_by) == (None, None, None)


@given(latitude=st.floats(), longitude=st.floats())
def test_a_rough_place_is_within_a_kilometre_of_the_true_one_or_there_is_none(
    latitude: float, longitude: float
) -> None:
    place = rough(latitude, longitude)
    if place is None:
        assert not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or latitude == longitude == 0
    else:
        assert abs(float(place.latitude) - latitude) <= 0.005 + 1e-9
        assert abs(float(place.longitude) - longitude) <= 0.005 + 1e-9
        assert place.latitude.as_tuple().exponent == place.longitude.as_tuple().exponent == -2


def test_the_place_is_kept_from_the_journal_and_from_every_answer(manager: Door, db: Session) -> None:
    kept = photo(manager, told(gps=TRUONG_TAN, **TOLD))
    row = db.exec(select(Photo)).one()
    assert (row.rough_latitude, row.rough_longitude) == (ROUGH.latitude, ROUGH.longitude)
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "photo.kept")).one()
    assert "2026-11-07T23:31:05" in entry.said
    assert kept["original_sha256"] in entry.said
    pages = [manager.get(f"/app/photos/{kept['id']}").text, manager.get("/api/v1/photos").text]
    for text in (entry.said, *pages):
        assert "20.8" not in text
        assert "Oppo" not in text
    assert kept["place_known"] is True
    assert "06:31, 08/11/2026" in pages[0]


def test_the_original_is_a_download_for_managers_and_for_nobody_else(
    make: Factory, manager: Door, stranger: Door
) -> None:
    sent = told(gps=TRUONG_TAN)
    kept = photo(manager, sent)
    address = f"/app/photos/{kept['id']}/original"
    answer = manager.get(address)
    assert answer.content == sent
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert address in manager.get(f"/app/photos/{kept['id']}").text
    recorder = make.member(manager)
    assert recorder.get(address).status_code == 403
    assert address not in recorder.get(f"/app/photos/{kept['id']}").text
    assert make.manager().get(address).status_code == 404
    assert stranger.get(address).status_code == 303


def test_an_app_may_say_when_and_where_it_took_a_picture_that_does_not_say_so_itself(manager: Door) -> None:
    app = {"taken_at": "2026-11-10T07:00:00+07:00", "latitude": "20.8055", "longitude": "106.269"}

    def sent(content: bytes, **data: str) -> Any:
        return manager.post("/api/v1/photos", files={"file": ("a.jpg", content)}, data=data)

    kept = sent(jpeg(), **app).json()
    assert (kept["taken_at"], kept["taken_told_by"], kept["place_known"]) == (
        "2026-11-10T00:00:00Z",
        "app",
        True,
    )
    itself = sent(told(seed=1, **TOLD), **app).json()
    assert (itself["taken_at"], itself["taken_told_by"]) == ("2026-11-07T23:31:05Z", "file")
    again = sent(jpeg(), taken_at="2026-11-09T07:00:00+07:00").json()
    assert again == kept  # what came with it first counts
    for wrong in (
        {"taken_at": "2026-11-10T07:00:00"},
        {"latitude": "91", "longitude": "1"},
        {"latitude": "nan"},
    ):
        answer = sent(jpeg(seed=2), **wrong)
        assert (answer.status_code, next(iter(wrong))) == (422, answer.json()["errors"][0]["field"])
    assert sent(jpeg(seed=2), longitude="106").json()["errors"][0]["field"] == "latitude"


def test_a_picture_that_says_nothing_is_kept_and_says_so(manager: Door) -> None:
    kept = photo(manager)
    assert (kept["taken_at"], kept["taken_told_by"], kept["place_known"]) == (None, None, False)
    assert "không ghi giờ chụp" in manager.get(f"/app/photos/{kept['id']}").text
