"""Which columns of each kind's table are shown, under which names, the most telling first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trace.catalogue.words import MEASURES
from trace.kit.translation import N_
from trace.records import words
from trace.records.models import Kind


@dataclass(frozen=True)
class Shown:
    """How a column of a kind's table becomes a fact."""

    column: str
    label: str
    unit: str = ""
    units: Mapping[str, str] | None = None  # the row's own column `chosen` says which
    chosen: str = "unit"
    words: Mapping[str, str] | None = None  # the column holds one of ours
    apart: bool = False  # no column of the table: it was confided


_DONE_BY: Final = Shown("done_by", N_("Done by"), apart=True)
_AREA: Final = Shown("area", N_("Area treated"), units=words.AREAS, chosen="area_unit")
_LOT: Final = Shown("lot_code", N_("Lot"))

SHOWN: Final[dict[str, tuple[Shown, ...]]] = {
    Kind.SOWING: (
        Shown("seed_count", N_("Seeds sown"), N_("seeds")),
        Shown("variety", N_("Variety")),
        Shown("seed_lot", N_("Seed lot")),
        Shown("seed_source", N_("Seed from")),
        Shown("treatment", N_("Seed treatment")),
        Shown("tray", N_("Tray")),
        Shown("substrate", N_("Substrate")),
        Shown("germination", N_("Came up"), "%"),
    ),
    Kind.PLANTING: (
        Shown("plant_count", N_("Plants"), N_("plants")),
        Shown("spacing", N_("Spacing")),
        Shown("substrate", N_("Substrate")),
    ),
    Kind.IRRIGATION: (
        Shown("method", N_("Irrigated"), words=words.IRRIGATION),
        Shown("litres", N_("Water"), N_("litres")),
        Shown("minutes", N_("Duration"), N_("minutes")),
        Shown("water_source", N_("Water source")),
    ),
    Kind.FERTILISING: (
        Shown("fertiliser", N_("Fertiliser")),
        Shown("amount", N_("Amount"), units=MEASURES),
        Shown("composition", N_("N-P-K")),
        Shown("method", N_("Fed"), words=words.FEEDING),
        Shown("ec", N_("EC"), "mS/cm"),
        Shown("ph", N_("pH")),
        _AREA,
        _DONE_BY,
    ),
    Kind.SPRAYING: (
        Shown("trade_name", N_("Pesticide")),
        Shown("active_ingredient", N_("Active ingredient")),
        Shown("strength", N_("Strength")),
        Shown("registration", N_("Registration number")),
        Shown("target", N_("Against")),
        Shown("label_dose", N_("Dose on the label")),
        Shown("amount", N_("Used in all"), units=MEASURES),
        Shown("water_litres", N_("Spray water"), N_("litres")),
        Shown("tanks", N_("Tanks filled"), N_("tanks")),
        Shown("tank_litres", N_("A tank holds"), N_("litres")),
        Shown("equipment", N_("Equipment")),
        _AREA,
        Shown("weather", N_("Weather"), words=words.WEATHER),
        Shown("protection", N_("Protective gear"), words=words.PROTECTION),
        _DONE_BY,
        Shown("packaging", N_("Empty packaging"), words=words.PACKAGING),
        Shown("re_entry_hours", N_("Stay out for"), N_("hours")),
        Shown("phi_days", N_("Pre-harvest interval"), N_("days")),
    ),
    Kind.POLLINATION: (
        Shown("method", N_("Pollinated"), words=words.POLLINATION),
        Shown("bees", N_("Bees"), words=words.BEES),
        Shown("colonies", N_("Bee colonies"), N_("colonies")),
    ),
    Kind.TRAPS: (
        Shown("trap", N_("Set out"), words=words.TRAPS),
        Shown("what", N_("Which")),
        Shown("count", N_("How many")),
        Shown("target", N_("Against")),
    ),
    Kind.PRUNING: (Shown("work", N_("Work done"), words=words.PRUNING),),
    Kind.INSPECTION: (
        Shown("subject", N_("Inspected")),
        Shown("finding", N_("Found")),
    ),
    Kind.HARVEST: (
        Shown("quantity_kg", N_("Harvested"), N_("kg")),
        Shown("pieces", N_("Fruits"), N_("fruits")),
        Shown("brix", N_("Sweetness"), N_("°Brix")),
        Shown("brix_count", N_("Fruits measured"), N_("fruits")),
        Shown("brix_readings", N_("Read"), N_("°Brix")),
        Shown("tools", N_("Tools")),
        _DONE_BY,
    ),
    Kind.HANDLING: (
        Shown("work", N_("Work done"), words=words.HANDLING),
        Shown("lot_in", N_("Lot in")),
        Shown("quantity_in", N_("Taken in"), units=words.WEIGHTS),
        Shown("pieces_in", N_("Taken in"), N_("fruits")),
        Shown("grade1", N_("Grade 1"), units=words.WEIGHTS),
        Shown("grade1_pieces", N_("Grade 1"), N_("fruits")),
        Shown("grade2", N_("Grade 2"), units=words.WEIGHTS),
        Shown("grade2_pieces", N_("Grade 2"), N_("fruits")),
        Shown("loss", N_("Lost"), units=words.WEIGHTS),
        Shown("loss_pieces", N_("Lost"), N_("fruits")),
        Shown("lot_out", N_("Lot out")),
        Shown("material", N_("Packed in")),
        Shown("packing_house", N_("Packing house")),
        Shown("temperature", N_("Temperature"), "°C"),
    ),
    Kind.SALE: (
        Shown("quantity_kg", N_("Sold"), N_("kg")),
        Shown("pieces", N_("Fruits"), N_("fruits")),
        _LOT,
        Shown("buyer", N_("Buyer"), apart=True),
        Shown("place", N_("Handed over at"), apart=True),
        Shown("price", N_("Price"), N_("VND/kg")),
        Shown("vehicle", N_("Vehicle"), apart=True),
    ),
    Kind.OTHER: (Shown("what", N_("Work done")),),
    Kind.HYGIENE: (
        Shown("cleaned", N_("Cleaned"), words=words.CLEANED),
        Shown("means", N_("With")),
        _DONE_BY,
    ),
    Kind.WASTE: (
        Shown("waste", N_("Waste"), words=words.WASTE),
        Shown("weight", N_("Weight"), units=words.WEIGHTS),
        Shown("pieces", N_("Bottles and bags"), N_("pieces")),
        Shown("handed_to", N_("Handed to"), apart=True),
    ),
    Kind.TRAINING: (
        Shown("topic", N_("Topic")),
        Shown("trainer", N_("Trainer"), apart=True),
        Shown("headcount", N_("Took part"), N_("people")),
        Shown("people", N_("Who took part"), apart=True),
    ),
    Kind.HEALTH: (
        Shown("person", N_("Who"), apart=True),
        Shown("birth_year", N_("Born"), apart=True),
        Shown("result", N_("Result"), words=words.HEALTH, apart=True),
        Shown("clinic", N_("Examined at"), apart=True),
        Shown("valid_until", N_("Next time")),
    ),
    Kind.AUDIT: (
        Shown("subject", N_("Looked at")),
        Shown("finding", N_("Found")),
        Shown("remedy", N_("Remedy")),
        Shown("due_on", N_("Set right by")),
        Shown("signed_by", N_("Signed by"), apart=True),
    ),
    Kind.COMPLAINT: (
        Shown("complaint", N_("Complaint")),
        _LOT,
        Shown("complainant", N_("From"), apart=True),
        Shown("answer", N_("Answer")),
    ),
}
# Columns that a fact needs besides its own.
EXTRA: Final[dict[str, tuple[str, ...]]] = {
    Kind.PLANTING: ("area_m2",),
    Kind.FERTILISING: ("unit", "area_unit", "area_m2"),
    Kind.SPRAYING: ("unit", "area_unit", "area_m2"),
    Kind.HARVEST: ("quantity", "unit"),
    Kind.HANDLING: ("unit",),
    Kind.SALE: ("quantity", "unit"),
    Kind.WASTE: ("unit",),
}


def columns(kind: str) -> list[str]:
    """What has to be read of a kind's table for its facts."""
    own = (shown.column for shown in SHOWN[kind] if not shown.apart)
    return sorted({"record_id", *own, *EXTRA.get(kind, ())})
