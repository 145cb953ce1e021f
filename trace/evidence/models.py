"""Tables of evidence."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of


class MediaType(StrEnum):
    """What is kept as it came."""

    PDF = "application/pdf"
    WEBM = "audio/webm"
    OGG = "audio/ogg"
    MP4 = "audio/mp4"
    AAC = "audio/aac"
    MP3 = "audio/mpeg"
    WAV = "audio/wav"


class Photo(Table, table=True):
    """A photograph in the two sizes it is shown in and as it came, each under the hash of its bytes.

    What it says of its time and place was read once, when it came first; later copies change nothing.
    """

    __table_args__ = (UniqueConstraint("cooperative_id", "sha256"),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    sha256: str = Field(max_length=64, description="Of the large size, at most 1600 px a side.")
    width: int
    height: int
    small_sha256: str = Field(max_length=64, description="Of the small size, at most 480 px a side.")
    small_width: int
    small_height: int
    original_sha256: str | None = Field(max_length=64, description="Of the file as it came; never public.")
    original_type: str | None = Field(max_length=20)
    taken_at: datetime | None
    taken_told_by: str | None = Field(max_length=4, description="`file`: its EXIF; `app`: whoever sent it.")
    rough_latitude: Decimal | None = Field(
        sa_type=Thousandths, description="On a grid of 0.01°, about 1 km; never public, never in the journal."
    )
    rough_longitude: Decimal | None = Field(sa_type=Thousandths)
    added_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    added_at: datetime

    @property
    def place_known(self) -> bool:
        return self.rough_latitude is not None


class Document(Table, table=True):
    """A PDF or a recording under the hash of its bytes, which are never changed. Its name is not kept."""

    __table_args__ = (
        UniqueConstraint("cooperative_id", "sha256"),
        one_of("media_type", MediaType),
        CheckConstraint("size > 0", name="size_positive"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    sha256: str = Field(max_length=64)
    media_type: str = Field(max_length=20, description="Found out by looking at the bytes.")
    size: int = Field(description="In bytes.")
    added_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    added_at: datetime
