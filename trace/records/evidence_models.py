"""Tables of what backs a record besides its photographs; both are only ever added to."""

import uuid
from datetime import datetime

from sqlmodel import Field

from trace.kit.tables import Table


class Confirmation(Table, table=True):
    """A second person of the cooperative looked at a record and says that it was so; once is enough."""

    record_id: uuid.UUID = Field(primary_key=True, foreign_key="record.id", ondelete="RESTRICT")
    confirmed_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    confirmed_at: datetime


class RecordDocument(Table, table=True):
    """A voice note that belongs to a record, in the order it was added; strangers never hear it."""

    record_id: uuid.UUID = Field(primary_key=True, foreign_key="record.id", ondelete="RESTRICT")
    document_id: uuid.UUID = Field(
        primary_key=True, foreign_key="document.id", ondelete="RESTRICT", index=True
    )
    position: int
