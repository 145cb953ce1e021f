"""What a photograph says about when and where it was taken, read before everything but its points is dropped."""

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final, Literal

from PIL import ExifTags, Image

from trace.kit.clock import VIETNAM

# What Pillow's readers raise over bytes that only begin like a picture; found by feeding them such bytes.
UNREADABLE: Final = (
    *(OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError),
    *(OverflowError, ZeroDivisionError, AttributeError, struct.error, zlib.error),
)
TellsTime = Literal["file", "app"]

_WRITTEN: Final = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_OFFSET: Final = re.compile(r"([+-])(\d\d):(\d\d)")
_GRID: Final = Decimal("0.01")


@dataclass(frozen=True)
class RoughPlace:
    """A point on a grid of a hundredth of a degree: about a kilometre, so that no house is found by it."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Taken:
    """When and about where. Whatever nobody said is None; the device that took it is never kept."""

    at: datetime | None = None
    place: RoughPlace | None = None
    told_by: TellsTime | None = None

    def or_as_the_app_says(self, at: datetime | None, place: RoughPlace | None) -> "Taken":
        """The file itself is believed first; pictures taken within an app often carry nothing."""
        told_by = self.told_by or ("app" if at else None)
        return Taken(self.at or at, self.place or place, told_by)


def rough(latitude: float, longitude: float) -> RoughPlace | None:
    """None for a point that is none, and for 0° 0°, which is what a device without a fix writes."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or latitude == longitude == 0:
        return None
    return RoughPlace(*(Decimal(str(degrees)).quantize(_GRID) for degrees in (latitude, longitude)))


def taken(image: Image.Image) -> Taken:
    """From a picture that was loaded; broken EXIF says nothing."""
    at, place = _moment(_part(image, ExifTags.IFD.Exif)), _place(_part(image, ExifTags.IFD.GPSInfo))
    return Taken(at, place, "file" if at else None)


def _part(image: Image.Image, which: ExifTags.IFD) -> Mapping[int, Any]:
    try:
        return image.getexif().get_ifd(which)
    except UNREADABLE:
        return {}


def _moment(said: Mapping[int, Any]) -> datetime | None:
    """A camera that does not know its zone stands in Vietnam."""
    written = _WRITTEN.match(_text(said.get(ExifTags.Base.DateTimeOriginal)))
    if written is None:
        return None
    try:
        local = datetime(*map(int, written.groups()), tzinfo=VIETNAM)  # type: ignore[misc,arg-type]
        zone = _zone(_text(said.get(ExifTags.Base.OffsetTimeOriginal)))
        moment = (local.replace(tzinfo=zone) if zone else local).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if 2000 < moment.year < 2200 else None


def _zone(said: str) -> timezone | None:
    offset = _OFFSET.match(said)
    if offset is None:
        return None
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return timezone(-span if offset[1] == "-" else span)


def _place(said: Mapping[int, Any]) -> RoughPlace | None:
    gps = ExifTags.GPS
    try:
        latitude = _degrees(said[gps.GPSLatitude], _text(said[gps.GPSLatitudeRef]) == "S")
        longitude = _degrees(said[gps.GPSLongitude], _text(said[gps.GPSLongitudeRef]) == "W")
        return rough(latitude, longitude)
    except UNREADABLE:
        return None


def _degrees(parts: Any, negative: bool) -> float:  # noqa: FBT001 - read aloud where it is called
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value


def _text(value: object) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
    return text.strip("\0 ")
