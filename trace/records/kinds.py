"""One command for each kind of work, with its own fields."""

import uuid
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from trace.catalogue.measures import Measure
from trace.kit.commands import (
    Command,
    Doubted,
    Line,
    Moment,
    OfSending,
    OptionalLine,
    OptionalShortLine,
    Paragraph,
    empty_is_none,
)
from trace.records import models, rules
from trace.records.models import (
    FeedingMethod,
    IrrigationMethod,
    Kind,
    PollinationMethod,
    PruningWork,
    Weight,
)


def _each_once(ids: tuple[uuid.UUID, ...]) -> tuple[uuid.UUID, ...]:
    return tuple(dict.fromkeys(ids))


Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3)]
Reading = Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=3)]
Count = Annotated[int, Field(gt=0, le=10_000_000)]
Days = Annotated[int, Field(ge=0, le=3650)]
Finding = Annotated[Paragraph, Field(min_length=1, max_length=500)]
Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]
OptionalReason = Annotated[Reason | None, BeforeValidator(empty_is_none)]


SentAt = Annotated[
    Moment | None,
    OfSending(),
    Field(
        description="What the device's clock shows when this is sent. Compared with the server's, it tells a wrong one.",
        examples=["2026-11-08T06:41:07+07:00"],
    ),
]


class RecordCommand(Doubted):
    """What every record of work says, whatever was done."""

    cycle_id: uuid.UUID = Field(description="The crop cycle it was done in.")
    happened_at: Moment = Field(
        description="When it was done, with its zone.", examples=["2026-11-08T06:30:00+07:00"]
    )
    recorded_at: Moment | None = Field(
        None, description="When it was written, by the device's clock. Without it, the server's clock."
    )
    sent_at: SentAt = None
    household_id: uuid.UUID | None = Field(None, description="Whose hands did it.")
    note: Paragraph = ""
    photo_ids: Annotated[tuple[uuid.UUID, ...], AfterValidator(_each_once)] = Field((), max_length=20)
    photos_public: bool = Field(default=False, description="Strangers may see the photographs.")
    faces: bool = Field(
        default=False,
        description="Somebody can be recognised in them: shown only while the household's person agrees.",
    )
    corrects_id: uuid.UUID | None = Field(
        None, description="The record that this one replaces; both stay visible."
    )
    correction_reason: Reason | None = Field(None, description="Needed with `corrects_id`.")


class RecordSowing(RecordCommand):
    kind: Literal["sowing"] = "sowing"
    seed_count: Count | None = None
    seed_lot: OptionalShortLine = None
    seed_source: OptionalLine = None


class RecordPlanting(RecordCommand):
    kind: Literal["planting"] = "planting"
    plant_count: Count | None = None
    substrate: OptionalLine = None


class RecordIrrigation(RecordCommand):
    kind: Literal["irrigation"] = "irrigation"
    method: IrrigationMethod
    water_source: OptionalLine = None
    litres: Amount | None = None
    minutes: Annotated[int, Field(gt=0, le=10_000)] | None = None


class RecordFertilising(RecordCommand):
    kind: Literal["fertilising"] = "fertilising"
    fertiliser: Line = Field(examples=["KNO3"])
    amount: Amount = Field(examples=["2.5"])
    unit: Measure
    method: FeedingMethod
    ec: Reading | None = Field(None, description="mS/cm")
    ph: Annotated[Reading, Field(le=14)] | None = None


class RecordSpraying(RecordCommand):
    kind: Literal["spraying"] = "spraying"
    trade_name: Line = Field(description="As on the label.", examples=["Anvil 5SC"])
    active_ingredient: OptionalLine = None
    target: Line = Field(description="The pest, disease or other reason.")
    amount: Amount = Field(description="Of the product, in all.", examples=["60"])
    unit: Measure
    water_litres: Amount | None = None
    equipment: OptionalLine = None
    phi_days: Days | None = Field(
        None, description="Pre-harvest interval as on the label; it is never guessed. Null: not declared."
    )


class RecordPollination(RecordCommand):
    kind: Literal["pollination"] = "pollination"
    method: PollinationMethod
    colonies: Annotated[int, Field(gt=0, le=1000)] | None = None


class RecordPruning(RecordCommand):
    kind: Literal["pruning"] = "pruning"
    work: PruningWork


class RecordInspection(RecordCommand):
    kind: Literal["inspection"] = "inspection"
    subject: Line = Field(description="What was looked at.", examples=["Sâu bệnh"])
    finding: Finding = Field(description="What was found.", examples=["Chưa thấy bọ trĩ"])


class RecordHarvest(RecordCommand):
    kind: Literal["harvest"] = "harvest"
    quantity: Amount = Field(examples=["2640"])
    unit: Weight
    pieces: Count | None = None
    brix: Reading | None = None
    early_reason: OptionalReason = Field(
        None,
        description="Why it was harvested within a pre-harvest interval all the same. A manager's to give, "
        "and only then; shoppers read it for ever.",
    )

    @property
    def quantity_kg(self) -> Decimal:
        return rules.kilograms(self.quantity, self.unit)


class RecordOther(RecordCommand):
    kind: Literal["other"] = "other"
    what: Line = Field(description="What was done.", examples=["Vệ sinh nhà màng"])


class Retract(Command):
    """A record should never have been written; it stays in the diary, struck out, with the reason."""

    kind: Literal["retraction"] = "retraction"
    recorded_at: Moment | None = None
    sent_at: SentAt = None
    corrects_id: uuid.UUID = Field(description="The record that should not have been.")
    correction_reason: Reason = Field(examples=["Ghi nhầm nhà màng"])


AnyWork = (
    RecordSowing
    | RecordPlanting
    | RecordIrrigation
    | RecordFertilising
    | RecordSpraying
    | RecordPollination
    | RecordPruning
    | RecordInspection
    | RecordHarvest
    | RecordOther
)
AnyRecord = Annotated[AnyWork | Retract, Field(discriminator="kind")]

COMMANDS: Final[dict[str, type[RecordCommand]]] = {
    Kind.SOWING: RecordSowing,
    Kind.PLANTING: RecordPlanting,
    Kind.IRRIGATION: RecordIrrigation,
    Kind.FERTILISING: RecordFertilising,
    Kind.SPRAYING: RecordSpraying,
    Kind.POLLINATION: RecordPollination,
    Kind.PRUNING: RecordPruning,
    Kind.INSPECTION: RecordInspection,
    Kind.HARVEST: RecordHarvest,
    Kind.OTHER: RecordOther,
}
DETAILS: Final[dict[str, type[models.Detail]]] = {
    Kind.SOWING: models.Sowing,
    Kind.PLANTING: models.Planting,
    Kind.IRRIGATION: models.Irrigation,
    Kind.FERTILISING: models.Fertilising,
    Kind.SPRAYING: models.Spraying,
    Kind.POLLINATION: models.Pollination,
    Kind.PRUNING: models.Pruning,
    Kind.INSPECTION: models.Inspection,
    Kind.HARVEST: models.Harvest,
    Kind.OTHER: models.Other,
}
