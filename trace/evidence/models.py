"""Tables of evidence."""

import uuid
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table


class Photo(Table, table=True):
    """A photograph in the two sizes it is shown in, each under the hash of its bytes."""

    __table_args__ = (UniqueConstraint("cooperative_id", "sha256"),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    sha256: str = Field(max_length=64, description="Of the large size, at most 1600 px a side.")
    width: int
    height: int
    small_sha256: str = Field(max_length=64, description="Of the small size, at most 480 px a side.")
    small_width: int
    small_height: int
    added_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    added_at: datetime
