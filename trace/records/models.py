"""Tables of the diary: one row a record, and one row more in the table of its kind."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from trace.catalogue.measures import Measure
from trace.farms.rules import AreaUnit
from trace.kit.tables import Numbers, Table, Thousandths, one_of
from trace.records.choices import (
    BeeWork,
    FeedingMethod,
    HandlingWork,
    IrrigationMethod,
    Packaging,
    PollinationMethod,
    Protection,
    PruningWork,
    Trap,
    Weather,
)


class Kind(StrEnum):
    """The books of the diary; a retraction says that a record should never have been written."""

    SOWING = "sowing"
    PLANTING = "planting"
    IRRIGATION = "irrigation"
    FERTILISING = "fertilising"
    SPRAYING = "spraying"
    POLLINATION = "pollination"
    TRAPS = "traps"
    PRUNING = "pruning"
    INSPECTION = "inspection"
    HARVEST = "harvest"
    HANDLING = "handling"
    SALE = "sale"
    OTHER = "other"
    HYGIENE = "hygiene"
    WASTE = "waste"
    TRAINING = "training"
    HEALTH = "health"
    AUDIT = "audit"
    COMPLAINT = "complaint"
    RETRACTION = "retraction"


# Work of the cooperative as a whole, on a plot or in a growing area at most, in no crop cycle.
SITE: Final = frozenset({Kind.HYGIENE, Kind.WASTE, Kind.TRAINING, Kind.HEALTH, Kind.AUDIT, Kind.COMPLAINT})


class Weight(StrEnum):
    """Units for what is brought in, in the grower's words: cân 1 kg, yến 10 kg, tạ 100 kg, tấn 1,000 kg."""

    KG = "kg"
    CAN = "can"
    YEN = "yen"
    TA = "ta"
    TAN = "tan"


class CropCycle(Table, table=True):
    """A vụ: one crop on one plot from seed to last harvest."""

    __table_args__ = (CheckConstraint("plant_count > 0", name="plants_positive"),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    plot_id: uuid.UUID = Field(foreign_key="plot.id", ondelete="RESTRICT", index=True)
    product_id: uuid.UUID = Field(foreign_key="product.id", ondelete="RESTRICT", index=True)
    name: str = Field(max_length=120)
    variety: str | None = Field(max_length=120)
    sown_on: date | None
    planted_on: date | None
    plant_count: int | None
    opened_at: datetime
    closed_at: datetime | None = None


def _belongs() -> CheckConstraint:
    """Work on a crop names its cycle; site work names none, and a plot or an area if it likes."""
    site = ", ".join(f"'{kind.value}'" for kind in Kind if kind in SITE)
    return CheckConstraint(
        f"CASE WHEN kind = 'retraction' THEN TRUE WHEN kind IN ({site}) THEN cycle_id IS NULL "
        "ELSE cycle_id IS NOT NULL AND plot_id IS NULL AND area_id IS NULL END",
        name="belongs",
    )


class Record(Table, table=True):
    """What was done, in a crop cycle or on the site. Written once; a correction names the one it corrects."""

    __table_args__ = (
        one_of("kind", Kind),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="correction_has_reason"),
        CheckConstraint("kind <> 'retraction' OR corrects_id IS NOT NULL", name="retraction_names_record"),
        _belongs(),
        Index("ix_record_cycle_happened", "cycle_id", "happened_at"),
        Index("ix_record_cooperative_received", "cooperative_id", "received_at"),
        Index("ix_record_cooperative_happened", "cooperative_id", "happened_at"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT")
    cycle_id: uuid.UUID | None = Field(
        foreign_key="crop_cycle.id", ondelete="RESTRICT", description="None for site work."
    )
    plot_id: uuid.UUID | None = Field(default=None, foreign_key="plot.id", ondelete="RESTRICT")
    area_id: uuid.UUID | None = Field(default=None, foreign_key="growing_area.id", ondelete="RESTRICT")
    kind: str = Field(max_length=12)
    happened_at: datetime = Field(description="When it was done, as the writer says.")
    recorded_at: datetime = Field(description="When it was written, by the device's clock.")
    received_at: datetime = Field(description="When the server took it in, by the server's clock.")
    clock_offset_seconds: int | None = Field(
        sa_type=BigInteger, description="The device's clock ahead of the server's; none where it did not say."
    )
    written_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    household_id: uuid.UUID | None = Field(
        foreign_key="household.id", ondelete="RESTRICT", description="Whose hands did it."
    )
    note: str = Field(max_length=2000)
    photos_public: bool = Field(description="The writer said that strangers may see the photographs.")
    faces: bool = Field(default=False, description="Somebody can be recognised in the photographs.")
    corrects_id: uuid.UUID | None = Field(
        foreign_key="record.id", ondelete="RESTRICT", unique=True, description="A record is corrected once."
    )
    correction_reason: str | None = Field(max_length=500)


class RecordPhoto(Table, table=True):
    """A photograph that belongs to a record, in the order it was added."""

    record_id: uuid.UUID = Field(primary_key=True, foreign_key="record.id", ondelete="RESTRICT")
    photo_id: uuid.UUID = Field(primary_key=True, foreign_key="photo.id", ondelete="RESTRICT", index=True)
    position: int


class Confided(Table, table=True):
    """What a record says about a person. Kept apart from the facts, because it has to be forgettable:
    the database refuses to change it, but lets it go."""

    record_id: uuid.UUID = Field(primary_key=True, foreign_key="record.id", ondelete="RESTRICT")
    name: str = Field(primary_key=True, max_length=20, description="The field of the command.")
    value: str = Field(max_length=2000)


class Detail(Table):
    """What only records of one kind have; its row is written with the record and shares its id."""

    record_id: uuid.UUID = Field(primary_key=True, foreign_key="record.id", ondelete="RESTRICT")


class OfAnInput(Detail):
    """Work that uses up something of the cooperative's own list. The record keeps what the label said that day."""

    input_id: uuid.UUID | None = Field(
        default=None,
        foreign_key="input.id",
        ondelete="RESTRICT",
        index=True,
        description="From the own list.",
    )
    purchase_id: uuid.UUID | None = Field(
        default=None, foreign_key="purchase.id", ondelete="RESTRICT", description="Which lot of it."
    )


class Sowing(OfAnInput, table=True):
    variety: str | None = Field(max_length=120)
    seed_count: int | None
    seed_lot: str | None = Field(max_length=40)
    seed_source: str | None = Field(max_length=120)
    treatment: str | None = Field(max_length=120, description="What was done to the seed.")
    tray: str | None = Field(max_length=120)
    substrate: str | None = Field(max_length=120)
    germination: Decimal | None = Field(sa_type=Thousandths, description="Percent.")


class Planting(Detail, table=True):
    plant_count: int | None
    substrate: str | None = Field(max_length=120)
    spacing: str | None = Field(max_length=40)
    area_m2: Decimal | None = Field(
        sa_type=Thousandths, description="Of the plot when it was written; the density is counted on it."
    )


class Irrigation(Detail, table=True):
    __table_args__ = (one_of("method", IrrigationMethod),)
    method: str = Field(max_length=12)
    water_source: str | None = Field(max_length=120)
    litres: Decimal | None = Field(sa_type=Thousandths)
    minutes: int | None


class OnArea(Detail):
    """Work on a piece of ground, measured as people measure it."""

    area: Decimal | None = Field(sa_type=Thousandths, description="As entered.")
    area_unit: str | None = Field(max_length=3)
    area_m2: Decimal | None = Field(sa_type=Thousandths)


class Fertilising(OnArea, OfAnInput, table=True):
    __table_args__ = (
        one_of("method", FeedingMethod),
        one_of("unit", Measure),
        one_of("area_unit", AreaUnit),
    )
    fertiliser: str = Field(max_length=120)
    composition: str | None = Field(max_length=40, description="N-P-K as on the bag.")
    amount: Decimal = Field(sa_type=Thousandths)
    unit: str = Field(max_length=2)
    method: str = Field(max_length=12)
    ec: Decimal | None = Field(sa_type=Thousandths, description="mS/cm")
    ph: Decimal | None = Field(sa_type=Thousandths)


class Spraying(OnArea, OfAnInput, table=True):
    __table_args__ = (
        one_of("unit", Measure),
        one_of("area_unit", AreaUnit),
        one_of("weather", Weather),
        one_of("protection", Protection),
        one_of("packaging", Packaging),
        CheckConstraint("phi_days >= 0", name="phi_not_negative"),
        CheckConstraint("re_entry_hours >= 0", name="re_entry_not_negative"),
        CheckConstraint("(tanks IS NULL) = (tank_litres IS NULL)", name="tanks_have_size"),
    )
    trade_name: str = Field(max_length=120)
    active_ingredient: str | None = Field(max_length=120)
    strength: str | None = Field(max_length=40)
    registration: str | None = Field(max_length=40)
    target: str = Field(max_length=120, description="The pest, disease or other reason.")
    label_dose: str | None = Field(max_length=120, description="Dose or concentration as on the label.")
    amount: Decimal = Field(sa_type=Thousandths)
    unit: str = Field(max_length=2)
    water_litres: Decimal | None = Field(sa_type=Thousandths)
    tanks: Decimal | None = Field(sa_type=Thousandths, description="Filled so often …")
    tank_litres: Decimal | None = Field(sa_type=Thousandths, description="… with so much.")
    equipment: str | None = Field(max_length=120)
    weather: str | None = Field(max_length=6)
    protection: str | None = Field(max_length=6)
    packaging: str | None = Field(max_length=9)
    phi_days: int | None = Field(description="Pre-harvest interval as on the label; none means not declared.")
    re_entry_hours: int | None = Field(description="Re-entry interval as on the label.")


class Pollination(Detail, table=True):
    __table_args__ = (one_of("method", PollinationMethod), one_of("bees", BeeWork))
    method: str = Field(max_length=12)
    bees: str | None = Field(max_length=8, description="Whether colonies came or went.")
    colonies: int | None


class Traps(Detail, table=True):
    __table_args__ = (one_of("trap", Trap),)
    trap: str = Field(max_length=6)
    count: int | None
    what: str | None = Field(max_length=120, description="Colour, lure or species.")
    target: str | None = Field(max_length=120)


class Pruning(Detail, table=True):
    __table_args__ = (one_of("work", PruningWork),)
    work: str = Field(max_length=20)


class Inspection(Detail, table=True):
    subject: str = Field(max_length=120)
    finding: str = Field(max_length=500)


class Harvest(Detail, table=True):
    __table_args__ = (
        one_of("unit", Weight),
        CheckConstraint("quantity_kg > 0", name="quantity_positive"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
    )
    quantity: Decimal = Field(sa_type=Thousandths, description="As entered.")
    unit: str = Field(max_length=3)
    quantity_kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None
    brix: Decimal | None = Field(sa_type=Thousandths, description="The mean.")
    brix_readings: tuple[Decimal, ...] | None = Field(sa_type=Numbers, description="Those noted one by one.")
    brix_count: int | None = Field(description="Fruits that the mean is of.")
    tools: str | None = Field(max_length=120)


class Handling(Detail, table=True):
    """All weights as entered, in one unit."""

    __table_args__ = (one_of("work", HandlingWork), one_of("unit", Weight))
    work: str = Field(max_length=7)
    lot_in: str | None = Field(max_length=40)
    lot_out: str | None = Field(max_length=40)
    unit: str = Field(max_length=3)
    quantity_in: Decimal | None = Field(sa_type=Thousandths)
    pieces_in: int | None
    grade1: Decimal | None = Field(sa_type=Thousandths)
    grade1_pieces: int | None
    grade2: Decimal | None = Field(sa_type=Thousandths)
    grade2_pieces: int | None
    loss: Decimal | None = Field(sa_type=Thousandths)
    loss_pieces: int | None
    material: str | None = Field(max_length=120)
    packing_house: str | None = Field(max_length=40)
    temperature: Decimal | None = Field(sa_type=Thousandths, description="°C")


class Sale(Detail, table=True):
    __table_args__ = (one_of("unit", Weight), CheckConstraint("quantity_kg > 0", name="quantity_positive"))
    lot_code: str | None = Field(max_length=40)
    quantity: Decimal = Field(sa_type=Thousandths, description="As entered.")
    unit: str = Field(max_length=3)
    quantity_kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None
    price: Decimal | None = Field(sa_type=Thousandths, description="Đồng for a kilogram.")


class EarlyHarvest(Detail, table=True):
    """A manager let a harvest go that did not wait for a spraying, and said why. The writer of the record is who."""

    spray_id: uuid.UUID = Field(
        foreign_key="record.id", ondelete="RESTRICT", description="The spraying whose interval was broken."
    )
    reason: str = Field(max_length=500)


class Other(Detail, table=True):
    what: str = Field(max_length=120)
