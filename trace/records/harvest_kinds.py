"""Commands from the harvest on: bringing in, handling, selling."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from trace.farms.models import Plot
from trace.kit.commands import OptionalLine, OptionalShortLine, Personal
from trace.records import rules
from trace.records.choices import HandlingWork
from trace.records.models import Weight
from trace.records.work import Amount, Count, Left, OptionalReason, Pieces, Reading, RecordCommand


class RecordHarvest(RecordCommand):
    kind: Literal["harvest"] = "harvest"
    quantity: Amount = Field(examples=["2640"])
    unit: Weight
    pieces: Count | None = None
    brix: Reading | None = Field(
        None, description="The mean. Worked out when every fruit measured is among the readings."
    )
    brix_readings: Annotated[tuple[Reading, ...], Field(max_length=20)] = Field(
        (), description="As read, fruit by fruit; perhaps not of all that the mean is of."
    )
    brix_count: Annotated[int, Field(gt=0, le=10_000)] | None = Field(
        None, description="How many fruits the mean is of. Without it, as many as there are readings."
    )
    tools: OptionalLine = Field(None, examples=["Kéo cắt, sọt nhựa"])
    early_reason: OptionalReason = Field(
        None,
        description="Why it was harvested within a pre-harvest interval all the same. A manager's to give, "
        "and only then; shoppers read it for ever.",
    )
    done_by: Annotated[OptionalLine, Personal()] = Field(
        None, description="Who harvested, if not the household."
    )

    @property
    def quantity_kg(self) -> Decimal:
        return rules.kilograms(self.quantity, self.unit)

    def column(self, name: str, plot: Plot | None) -> Any:
        if name == "brix":
            return self.brix if self.brix is not None else rules.mean(self.brix_readings)
        if name == "brix_count":
            return self.brix_count or len(self.brix_readings) or None
        return super().column(name, plot)


class RecordHandling(RecordCommand):
    """Sorting, packing, storing: what came in and what became of it, all weights in one unit."""

    kind: Literal["handling"] = "handling"
    work: HandlingWork
    lot_in: OptionalShortLine = None
    lot_out: OptionalShortLine = None
    unit: Weight = Weight.KG
    quantity_in: Left | None = Field(None, examples=["2640"])
    pieces_in: Pieces | None = None
    grade1: Left | None = Field(None, description="Weight of the first grade.", examples=["1980"])
    grade1_pieces: Pieces | None = None
    grade2: Left | None = Field(None, examples=["530"])
    grade2_pieces: Pieces | None = None
    loss: Left | None = Field(None, description="Weight of what was lost or thrown away.", examples=["130"])
    loss_pieces: Pieces | None = None
    material: OptionalLine = Field(None, description="Boxes, nets, film.")
    packing_house: OptionalShortLine = Field(
        None, description="Code of the packing house.", examples=["VN-HDPH-0001"]
    )
    temperature: Annotated[Decimal, Field(ge=-40, le=60, decimal_places=1)] | None = Field(
        None, description="°C"
    )

    def kilograms(self, weight: Decimal | None) -> Decimal | None:
        return None if weight is None else rules.kilograms(weight, self.unit)


class RecordSale(RecordCommand):
    """What left, to whom. Who bought is for members, and so is the price."""

    kind: Literal["sale"] = "sale"
    lot_code: OptionalShortLine = Field(None, description="The lot as printed.")
    quantity: Amount = Field(examples=["1980"])
    unit: Weight
    pieces: Count | None = None
    price: Annotated[Amount | None, Personal()] = Field(None, description="Đồng for a kilogram.")
    buyer: Annotated[OptionalLine, Personal()] = None
    place: Annotated[OptionalLine, Personal()] = Field(None, description="Where it was handed over.")
    vehicle: Annotated[OptionalLine, Personal()] = Field(None, description="Number plate or carrier.")

    @property
    def quantity_kg(self) -> Decimal:
        return rules.kilograms(self.quantity, self.unit)
