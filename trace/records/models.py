"""Tables of the diary: one row a record, and one row more in the table of its kind."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from trace.catalogue.measures import Measure
from trace.kit.tables import Table, Thousandths, one_of


class Kind(StrEnum):
    """The usual kinds of work; a retraction says that a record should never have been written."""

    SOWING = "sowing"
    PLANTING = "planting"
    IRRIGATION = "irrigation"
    FERTILISING = "fertilising"
    SPRAYING = "spraying"
    POLLINATION = "pollination"
    PRUNING = "pruning"
    INSPECTION = "inspection"
    HARVEST = "harvest"
    OTHER = "other"
    RETRACTION = "retraction"


class Weight(StrEnum):
    """Units for what is brought in, in the grower's words: yến 10 kg, tạ 100 kg, tấn 1,000 kg."""

    KG = "kg"
    YEN = "yen"
    TA = "ta"
    TAN = "tan"


class IrrigationMethod(StrEnum):
    DRIP = "drip"
    SPRINKLER = "sprinkler"
    HAND = "hand"


class FeedingMethod(StrEnum):
    ROOT = "root"
    DRIP = "drip"
    LEAF = "leaf"


class PollinationMethod(StrEnum):
    BEES = "bees"
    HAND = "hand"


class PruningWork(StrEnum):
    TRAINING = "training"
    SIDE_SHOOTS = "side_shoots"
    FRUIT_SELECTION = "fruit_selection"
    TOPPING = "topping"


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


class Record(Table, table=True):
    """What was done in a crop cycle. Written once; a correction is another record that names this one."""

    __table_args__ = (
        one_of("kind", Kind),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="correction_has_reason"),
        CheckConstraint("kind <> 'retraction' OR corrects_id IS NOT NULL", name="retraction_names_record"),
        Index("ix_record_cycle_happened", "cycle_id", "happened_at"),
        Index("ix_record_cooperative_received", "cooperative_id", "received_at"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT")
    cycle_id: uuid.UUID = Field(foreign_key="crop_cycle.id", ondelete="RESTRICT")
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


class Detail(Table):
    """What only records of one kind have; its row is written with the record and shares its id."""

    record_id: uuid.UUID = Field(primary_key=True, foreign_key="record.id", ondelete="RESTRICT")


class Sowing(Detail, table=True):
    seed_count: int | None
    seed_lot: str | None = Field(max_length=40)
    seed_source: str | None = Field(max_length=120)


class Planting(Detail, table=True):
    plant_count: int | None
    substrate: str | None = Field(max_length=120)


class Irrigation(Detail, table=True):
    __table_args__ = (one_of("method", IrrigationMethod),)
    method: str = Field(max_length=12)
    water_source: str | None = Field(max_length=120)
    litres: Decimal | None = Field(sa_type=Thousandths)
    minutes: int | None


class Fertilising(Detail, table=True):
    __table_args__ = (one_of("method", FeedingMethod), one_of("unit", Measure))
    fertiliser: str = Field(max_length=120)
    amount: Decimal = Field(sa_type=Thousandths)
    unit: str = Field(max_length=2)
    method: str = Field(max_length=12)
    ec: Decimal | None = Field(sa_type=Thousandths, description="mS/cm")
    ph: Decimal | None = Field(sa_type=Thousandths)


class Spraying(Detail, table=True):
    __table_args__ = (one_of("unit", Measure), CheckConstraint("phi_days >= 0", name="phi_not_negative"))
    trade_name: str = Field(max_length=120)
    active_ingredient: str | None = Field(max_length=120)
    target: str = Field(max_length=120, description="The pest, disease or other reason.")
    amount: Decimal = Field(sa_type=Thousandths)
    unit: str = Field(max_length=2)
    water_litres: Decimal | None = Field(sa_type=Thousandths)
    equipment: str | None = Field(max_length=120)
    phi_days: int | None = Field(description="Pre-harvest interval as on the label; none means not declared.")


class Pollination(Detail, table=True):
    __table_args__ = (one_of("method", PollinationMethod),)
    method: str = Field(max_length=12)
    colonies: int | None


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
    brix: Decimal | None = Field(sa_type=Thousandths)


class EarlyHarvest(Detail, table=True):
    """A manager let a harvest go that did not wait for a spraying, and said why. The writer of the record is who."""

    spray_id: uuid.UUID = Field(
        foreign_key="record.id", ondelete="RESTRICT", description="The spraying whose interval was broken."
    )
    reason: str = Field(max_length=500)


class Other(Detail, table=True):
    what: str = Field(max_length=120)
