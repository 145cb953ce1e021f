"""One command for each kind of work, with its own fields."""

import uuid
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from trace.catalogue.measures import Measure
from trace.farms.models import Plot
from trace.farms.rules import AreaUnit, square_metres
from trace.kit.commands import Command, Line, Moment, OptionalLine, OptionalShortLine, Personal, marked
from trace.records import models, rules, site_models
from trace.records.choices import (
    BeeWork,
    FeedingMethod,
    IrrigationMethod,
    Packaging,
    PollinationMethod,
    Protection,
    PruningWork,
    Trap,
    Weather,
)
from trace.records.harvest_kinds import RecordHandling, RecordHarvest, RecordSale
from trace.records.models import Kind, Record
from trace.records.site_kinds import (
    RecordAudit,
    RecordComplaint,
    RecordHealth,
    RecordHygiene,
    RecordTraining,
    RecordWaste,
)
from trace.records.work import (
    Amount,
    Count,
    Days,
    Finding,
    Percent,
    Reading,
    Reason,
    RecordCommand,
    SentAt,
    SiteCommand,
    Work,
)


class _OfAnInput(RecordCommand):
    """Work that uses up something of the cooperative's own list; what its label says is said again in words."""

    input_id: uuid.UUID | None = Field(None, description="From the cooperative's own list of inputs.")
    purchase_id: uuid.UUID | None = Field(None, description="Which lot of it was used.")


class RecordSowing(_OfAnInput):
    kind: Literal["sowing"] = "sowing"
    variety: OptionalLine = None
    seed_count: Count | None = None
    seed_lot: OptionalShortLine = None
    seed_source: OptionalLine = None
    treatment: OptionalLine = Field(None, description="What was done to the seed.")
    tray: OptionalLine = Field(None, examples=["Khay 84 lỗ"])
    substrate: OptionalLine = None
    germination: Percent | None = Field(None, description="How many in a hundred came up.")


class RecordPlanting(RecordCommand):
    kind: Literal["planting"] = "planting"
    plant_count: Count | None = None
    substrate: OptionalLine = None
    spacing: OptionalShortLine = Field(None, examples=["40 × 120 cm"])

    def column(self, name: str, plot: Plot | None) -> Any:
        return (plot.area_m2 if plot else None) if name == "area_m2" else super().column(name, plot)


class RecordIrrigation(RecordCommand):
    kind: Literal["irrigation"] = "irrigation"
    method: IrrigationMethod
    water_source: OptionalLine = None
    litres: Amount | None = None
    minutes: Annotated[int, Field(gt=0, le=10_000)] | None = None


class _OnArea(RecordCommand):
    """Work on a piece of ground."""

    area: Amount | None = Field(None, description="How much ground was treated.", examples=["2.5"])
    area_unit: AreaUnit | None = Field(None, description="Without it, square metres.", examples=["sao"])

    def column(self, name: str, plot: Plot | None) -> Any:
        unit = (self.area_unit or AreaUnit.M2) if self.area else None
        if name == "area_unit":
            return unit
        if name == "area_m2":
            return square_metres(self.area, unit) if self.area and unit else None
        return super().column(name, plot)


class RecordFertilising(_OnArea, _OfAnInput):
    kind: Literal["fertilising"] = "fertilising"
    fertiliser: Line = Field(examples=["KNO3"])
    composition: OptionalShortLine = Field(None, description="N-P-K as on the bag.", examples=["13-0-46"])
    amount: Amount = Field(examples=["2.5"])
    unit: Measure
    method: FeedingMethod
    ec: Reading | None = Field(None, description="mS/cm")
    ph: Annotated[Reading, Field(le=14)] | None = None
    done_by: Annotated[OptionalLine, Personal()] = Field(None, description="Who, if not the household.")


class RecordSpraying(_OnArea, _OfAnInput):
    kind: Literal["spraying"] = "spraying"
    trade_name: Line = Field(description="As on the label.", examples=["Anvil 5SC"])
    active_ingredient: OptionalLine = None
    strength: OptionalShortLine = Field(None, description="Of the active ingredient.", examples=["50 g/l"])
    registration: OptionalShortLine = Field(None, description="Registration number on the label.")
    target: Line = Field(description="The pest, disease or other reason.")
    label_dose: OptionalLine = Field(
        None, description="Dose or concentration as on the label.", examples=["20 ml / bình 16 lít"]
    )
    amount: Amount = Field(description="Of the product, in all.", examples=["60"])
    unit: Measure
    water_litres: Amount | None = Field(None, description="In all. With tanks it is worked out.")
    tanks: Annotated[Decimal, Field(gt=0, le=10_000, decimal_places=2)] | None = Field(
        None, description="How often the tank was filled.", examples=["3"]
    )
    tank_litres: Annotated[Decimal, Field(gt=0, le=10_000, decimal_places=1)] | None = Field(
        None, description="What the tank holds.", examples=["16"]
    )
    equipment: OptionalLine = None
    weather: Weather | None = None
    protection: Protection | None = Field(None, description="Mask, gloves, boots, long clothes.")
    packaging: Packaging | None = Field(None, description="What became of the empty bottle or bag.")
    phi_days: Days | None = Field(
        None, description="Pre-harvest interval as on the label; it is never guessed. Null: not declared."
    )
    re_entry_hours: Annotated[int, Field(ge=0, le=8760)] | None = Field(
        None, description="Re-entry interval as on the label."
    )
    done_by: Annotated[OptionalLine, Personal()] = Field(
        None, description="Who sprayed, if not the household."
    )

    @property
    def tanked_litres(self) -> Decimal | None:
        """Exact: two places times one are three at most."""
        return rules.tanked(self.tanks, self.tank_litres) if self.tanks and self.tank_litres else None

    def column(self, name: str, plot: Plot | None) -> Any:
        if name == "water_litres":
            return self.water_litres or self.tanked_litres
        return super().column(name, plot)


class RecordPollination(RecordCommand):
    kind: Literal["pollination"] = "pollination"
    method: PollinationMethod
    bees: BeeWork | None = Field(None, description="Whether colonies came or went.")
    colonies: Annotated[int, Field(gt=0, le=1000)] | None = None


class RecordTraps(RecordCommand):
    kind: Literal["traps"] = "traps"
    trap: Trap
    count: Count | None = None
    what: OptionalLine = Field(None, description="Colour, lure or species.", examples=["Bẫy dính vàng"])
    target: OptionalLine = Field(None, description="The pest.", examples=["Bọ phấn trắng"])


class RecordPruning(RecordCommand):
    kind: Literal["pruning"] = "pruning"
    work: PruningWork


class RecordInspection(RecordCommand):
    kind: Literal["inspection"] = "inspection"
    subject: Line = Field(description="What was looked at.", examples=["Sâu bệnh"])
    finding: Finding = Field(description="What was found.", examples=["Chưa thấy bọ trĩ"])


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


class RetractPrivately(Retract):
    """The same about a record that few may see: neither does the journal learn the reason."""

    correction_reason: Annotated[Reason, Personal()]


AnyWork = (
    RecordSowing
    | RecordPlanting
    | RecordIrrigation
    | RecordFertilising
    | RecordSpraying
    | RecordPollination
    | RecordTraps
    | RecordPruning
    | RecordInspection
    | RecordHarvest
    | RecordHandling
    | RecordSale
    | RecordOther
)
AnySiteWork = RecordHygiene | RecordWaste | RecordTraining | RecordHealth | RecordAudit | RecordComplaint
AnyRecord = Annotated[AnyWork | AnySiteWork | Retract, Field(discriminator="kind")]

COMMANDS: Final[dict[str, type[RecordCommand]]] = {
    Kind.SOWING: RecordSowing,
    Kind.PLANTING: RecordPlanting,
    Kind.IRRIGATION: RecordIrrigation,
    Kind.FERTILISING: RecordFertilising,
    Kind.SPRAYING: RecordSpraying,
    Kind.POLLINATION: RecordPollination,
    Kind.TRAPS: RecordTraps,
    Kind.PRUNING: RecordPruning,
    Kind.INSPECTION: RecordInspection,
    Kind.HARVEST: RecordHarvest,
    Kind.HANDLING: RecordHandling,
    Kind.SALE: RecordSale,
    Kind.OTHER: RecordOther,
}
SITE_COMMANDS: Final[dict[str, type[SiteCommand]]] = {
    Kind.HYGIENE: RecordHygiene,
    Kind.WASTE: RecordWaste,
    Kind.TRAINING: RecordTraining,
    Kind.HEALTH: RecordHealth,
    Kind.AUDIT: RecordAudit,
    Kind.COMPLAINT: RecordComplaint,
}
ALL_COMMANDS: Final[dict[str, type[RecordCommand] | type[SiteCommand]]] = {**COMMANDS, **SITE_COMMANDS}
DETAILS: Final[dict[str, type[models.Detail]]] = {
    Kind.SOWING: models.Sowing,
    Kind.PLANTING: models.Planting,
    Kind.IRRIGATION: models.Irrigation,
    Kind.FERTILISING: models.Fertilising,
    Kind.SPRAYING: models.Spraying,
    Kind.POLLINATION: models.Pollination,
    Kind.TRAPS: models.Traps,
    Kind.PRUNING: models.Pruning,
    Kind.INSPECTION: models.Inspection,
    Kind.HARVEST: models.Harvest,
    Kind.HANDLING: models.Handling,
    Kind.SALE: models.Sale,
    Kind.OTHER: models.Other,
    Kind.HYGIENE: site_models.Hygiene,
    Kind.WASTE: site_models.Waste,
    Kind.TRAINING: site_models.Training,
    Kind.HEALTH: site_models.Health,
    Kind.AUDIT: site_models.Audit,
    Kind.COMPLAINT: site_models.Complaint,
}


def confided(command: type[Work]) -> list[str]:
    """The fields of a command that are about a person and have no column: they are kept apart."""
    kept = {*DETAILS[command.model_fields["kind"].default].model_fields, *Record.model_fields}
    return [name for name in marked(command, Personal) if name not in kept]
