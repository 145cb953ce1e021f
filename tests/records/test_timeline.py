"""Reading the diary costs the same few statements however long it is."""

import uuid

from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.evidence.making import photo
from tests.people import Door
from tests.records.making import OWN, cycle, record, said
from tests.statements import counted
from trace.kit.ids import new_id
from trace.records import timeline
from trace.records.models import CropCycle, Irrigation, Record


def copies(db: Session, of: str, number: int) -> None:
    """More records like this one, put in directly: writing two hundred through the door is not the point."""
    first = db.get_one(Record, uuid.UUID(of))
    for _ in range(number):
        made = Record(**{**first.model_dump(), "id": new_id()})
        db.add(made)
        db.flush()
        db.add(Irrigation(record_id=made.id, method="drip", water_source=None, litres=None, minutes=None))
    db.flush()


def test_two_hundred_records_cost_no_more_statements_than_five(
    manager: Door, db: Session, engine: Engine
) -> None:
    watered = record(manager, "irrigation", photo_ids=[photo(manager)["id"]])
    copies(db, watered["id"], 4)
    cycle_id = uuid.UUID(watered["cycle_id"])
    with counted(engine) as few:
        assert len(timeline.timeline(db, cycle_id)) == 5
    copies(db, watered["id"], 195)
    with counted(engine) as many:
        assert len(timeline.timeline(db, cycle_id)) == 200
    assert len(few) == len(many) == 3  # records, photographs, irrigations


def test_all_kinds_together_cost_one_statement_each(manager: Door, db: Session, engine: Engine) -> None:
    opened = cycle(manager)
    for kind in OWN:
        minute = 20 if kind == "harvest" else 30  # before the spraying, for which it would have to wait
        at = f"2026-11-10T06:{minute}:00+07:00"
        manager.tell("/records", **said(kind, cycle_id=opened["id"], happened_at=at, sure=True))
    with counted(engine) as statements:
        timeline.timeline(db, uuid.UUID(opened["id"]))
    assert len(statements) == 2 + len(OWN) + 4  # overrides; the cycle, those beside it and what they say


def test_the_diary_is_in_the_order_of_the_work_not_of_the_writing(manager: Door, db: Session) -> None:
    opened = cycle(manager)
    for day in ("2026-11-09", "2026-11-07", "2026-11-08"):
        record(manager, "irrigation", cycle_id=opened["id"], happened_at=f"{day}T06:00:00+07:00")
    cycle_id = db.exec(select(CropCycle.id)).one()
    days = [line.happened_at.day for line in timeline.timeline(db, cycle_id)]
    assert days == [6, 7, 8]  # 06:00 in Vietnam is the day before in UTC
