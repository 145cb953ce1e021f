"""What was written before, offered again, so that a repeated work is not typed twice."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from trace.catalogue.measures import Measure
from trace.records.facts import Fact, facts_of
from trace.records.kinds import COMMANDS, DETAILS
from trace.records.models import Confided, CropCycle, Kind, Record, Weight
from trace.records.queries import stands

_LOOKED_AT: Final = 30
_OFFERED: Final = 3
# Daily work is filled in like the last time. A spraying is not: a pesticide saved by habit would be a false
# statement, so it takes a tap of its own. Nor is what is different each time.
REPEATED: Final[frozenset[Kind]] = frozenset(
    {Kind.IRRIGATION, Kind.FERTILISING, Kind.POLLINATION, Kind.PRUNING}
)
_FIRST_UNIT: Final = {
    Kind.FERTILISING: Measure.KG,
    Kind.SPRAYING: Measure.ML,
    **dict.fromkeys((Kind.HARVEST, Kind.HANDLING, Kind.SALE, Kind.WASTE), Weight.KG),
}
_NEW_EACH_TIME: Final = frozenset(
    {"record_id", "quantity", "quantity_kg", "pieces", "brix", "brix_readings", "brix_count", "ec", "ph"}
    | {"finding", "area_m2", "quantity_in", "pieces_in", "grade1", "grade1_pieces", "grade2"}
    | {
        "grade2_pieces",
        "loss",
        "loss_pieces",
        "temperature",
        "lot_in",
        "lot_out",
        "lot_code",
        "bees",
        "purchase_id",
    }
)


@dataclass(frozen=True)
class Remembered:
    """An earlier record of the same kind on the same plot."""

    record_id: uuid.UUID
    happened_at: datetime
    values: dict[str, Any]
    facts: tuple[Fact, ...]


def alike(db: Session, plot_id: uuid.UUID, kind: str) -> list[Remembered]:
    """The last different records of a kind on a plot, this cycle's and earlier ones', newest first."""
    table: Any = DETAILS[kind]
    rows = db.execute(
        select(Record, table)
        .join(table, table.record_id == Record.id)
        .join(CropCycle, col(CropCycle.id) == col(Record.cycle_id))
        .where(col(CropCycle.plot_id) == plot_id, stands())
        .order_by(col(Record.happened_at).desc(), col(Record.id).desc())
        .limit(_LOOKED_AT)
    )
    different: dict[tuple[Any, ...], Remembered] = {}
    for record, detail in rows:
        one = _remembered(kind, record, detail)
        if one.facts:
            different.setdefault(tuple(one.values.values()), one)
    return list(different.values())[:_OFFERED]


def _remembered(kind: str, record: Record, detail: Any) -> Remembered:
    values = {
        name: getattr(detail, name) for name in sorted(type(detail).model_fields.keys() - _NEW_EACH_TIME)
    }
    facts = tuple(
        fact
        for fact in facts_of(kind, detail, done_at=record.happened_at)
        if fact.name in values and fact.name != "unit"
    )
    return Remembered(record.id, record.happened_at, values | {"household_id": record.household_id}, facts)


def first_values(kind: str, remembered: list[Remembered], like: uuid.UUID | None) -> dict[str, Any]:
    """What a new form begins with: the record that the person chose, or the last one of daily work."""
    for one in remembered:
        if one.record_id == like or (like is None and kind in REPEATED):
            return one.values
    return {"unit": _FIRST_UNIT.get(Kind(kind))}


def likely_household(remembered: list[Remembered], household_of_plot: uuid.UUID | None) -> uuid.UUID | None:
    """Whose hands did it the last time, or whose plot it is."""
    hands = [one.values["household_id"] for one in remembered if one.values["household_id"]]
    return hands[0] if hands else household_of_plot


def values_of(db: Session, record: Record) -> dict[str, Any]:
    """Everything a record said, as its form holds it, to be corrected."""
    detail: Any = db.get_one(DETAILS[record.kind], record.id)
    common = ("happened_at", "household_id", "plot_id", "area_id", "note", "photos_public", "faces")
    confided = db.execute(
        select(col(Confided.name), col(Confided.value)).where(col(Confided.record_id) == record.id)
    )
    return {
        **{name: getattr(record, name) for name in common},
        **{name: getattr(detail, name) for name in type(detail).model_fields if name != "record_id"},
        **dict(iter(confided)),
    }


def said_again(db: Session, record: Record) -> dict[str, Any]:
    """What a record of daily work says once more on another day: what was done, never what was measured or noted."""
    detail: Any = db.get_one(DETAILS[record.kind], record.id)
    known = type(detail).model_fields.keys() & COMMANDS[record.kind].model_fields.keys()
    values = {name: getattr(detail, name) for name in known - _NEW_EACH_TIME}
    return {"kind": record.kind, "household_id": record.household_id, **values}
