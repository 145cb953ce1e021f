"""Tables of shipments."""

import uuid
from decimal import Decimal

from sqlmodel import Field

from trace.kit.tables import Table, Thousandths


class Shipment(Table, table=True):
    """To whom an operation of the kind `ship` went, and how. Written once.

    Its kilograms, its clocks and whether it was taken back are the operation's, so that stock is kept in one place:
    the lines of a shipment are what the operation took.
    """

    id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    partner_id: uuid.UUID = Field(foreign_key="partner.id", ondelete="RESTRICT", index=True)
    document: str | None = Field(max_length=40, description="Number of the invoice or the order.")
    vehicle: str | None = Field(max_length=40, description="Its plate. For members only.")
    seal: str | None = Field(max_length=40)
    temperature: Decimal | None = Field(sa_type=Thousandths, description="°C, when it was loaded.")
