"""Writing into the diary: every record, correction and retraction comes through here."""

import uuid
from datetime import datetime

from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.evidence import queries as evidence
from trace.evidence.attachments import AUDIO
from trace.farms import queries as farms
from trace.farms.models import Plot
from trace.kit.clock import is_future
from trace.kit.database import hold
from trace.kit.problems import Conflict, Doubtful, Refused
from trace.kit.translation import N_
from trace.records import privacy, queries
from trace.records.cycles import CloseCycle, OpenCycle, close_cycle, open_cycle
from trace.records.doubts import contradictions, doubts
from trace.records.evidence_models import RecordDocument
from trace.records.gate import pass_gate
from trace.records.harvest_kinds import RecordHarvest
from trace.records.input_use import UsesInput, doubts_about_input, must_be_usable
from trace.records.kinds import (
    DETAILS,
    AnyRecord,
    AnySiteWork,
    AnyWork,
    RecordSpraying,
    Retract,
    RetractPrivately,
    confided,
)
from trace.records.models import Confided, CropCycle, Kind, Record, RecordPhoto
from trace.records.privacy import Circle
from trace.records.rules import clock_offset
from trace.records.work import RecordCommand

# One address for the commands of the room, wherever they are written down.
__all__ = [
    "AnyRecord",
    "AnySiteWork",
    "AnyWork",
    "CloseCycle",
    "OpenCycle",
    "Retract",
    "close_cycle",
    "correctable",
    "open_cycle",
    "record_work",
]


def record_work(db: Session, command: AnyRecord, *, by: Actor, now: datetime) -> Record:
    """Take one record in. Sent again, it is the same record; `now` is the only clock that is trusted."""
    _must_be_allowed(command, by)
    command = _discreet(db, command)
    entry = _entry_kind(command)
    if known := journal.already(db, entry, command, by=by):
        return db.get_one(Record, known)
    if isinstance(command, Retract):
        record = _retract(db, command, by=by, now=now)
    elif isinstance(command, RecordCommand):
        record = _write(db, command, by=by, now=now)
    else:
        record = _write_site(db, command, by=by, now=now)
    journal.append(db, entry, record.id, command, by=by, now=now)
    return record


def _must_be_allowed(command: AnyRecord, by: Actor) -> None:
    """Whoever may not read a kind may not write it either."""
    by.must_be(Role.MANAGER if privacy.of_kind(command.kind) == Circle.MANAGERS else Role.RECORDER)


def _discreet(db: Session, command: AnyRecord) -> AnyRecord:
    """A retraction of what few may see keeps its reason out of the journal."""
    if isinstance(command, Retract):
        taken_back = db.get(Record, command.corrects_id)
        if taken_back and privacy.of_kind(taken_back.kind) == Circle.MANAGERS:
            return RetractPrivately(**command.model_dump())
    return command


def _entry_kind(command: AnyRecord) -> str:
    if isinstance(command, Retract):
        return "record.retracted"
    return "record.corrected" if command.corrects_id else f"record.{command.kind}"


def _write(db: Session, command: AnyWork, *, by: Actor, now: datetime) -> Record:
    hold(db, "cycle", command.cycle_id)  # so that it is not closed, nor its sums changed, in between
    cycle = queries.access_cycle(db, by, command.cycle_id)
    plot = farms.access_plot(db, by, cycle.plot_id)
    corrected = _corrected(db, command, by=by, now=now)
    if corrected is None and cycle.closed_at:
        raise Refused(
            N_("This cycle is closed: it takes corrections, but no new work. Open a new cycle."),
            field="cycle_id",
        )
    if corrected and corrected.cycle_id != command.cycle_id:
        raise Refused(
            N_("A correction belongs to the same cycle. Take the record back and write it in the other one."),
            field="cycle_id",
        )
    if command.household_id:
        farms.access_household(db, by, command.household_id)
    crop = _crop(db, command, cycle)
    early = (
        pass_gate(command, crop, corrected, by=by, now=now) if isinstance(command, RecordHarvest) else None
    )
    if isinstance(command, UsesInput):
        must_be_usable(db, command, corrected, by=by)
    if not command.sure:
        # The label first: a form shows one doubt a field.
        unusual = [*doubts_about_input(db, command, cycle, by=by), *doubts(db, command, crop, now=now)]
        if unusual:
            raise Doubtful(unusual)
    record = _record(command, by=by, now=now)
    record.cycle_id = command.cycle_id
    record.household_id = command.household_id
    record.photos_public, record.faces = command.photos_public, command.faces
    _store(db, record, command, plot)
    if early:
        db.add(early)
        db.flush()  # the answer is read back from the tables
    return record


def _crop(db: Session, command: AnyWork, cycle: CropCycle) -> queries.Crop:
    """What the record is compared with. A harvest and the spraying that it should wait for see each other."""
    if isinstance(command, RecordHarvest | RecordSpraying):
        hold(db, "plot", cycle.plot_id)
    return queries.crop(db, cycle, but=command.corrects_id)


def _write_site(db: Session, command: AnySiteWork, *, by: Actor, now: datetime) -> Record:
    plot = farms.access_plot(db, by, command.plot_id) if command.plot_id else None
    if command.area_id:
        farms.access_area(db, by, command.area_id)
    _corrected(db, command, by=by, now=now)
    record = _record(command, by=by, now=now)
    record.plot_id, record.area_id = command.plot_id, command.area_id
    return _store(db, record, command, plot)


def _corrected(db: Session, command: AnyWork | AnySiteWork, *, by: Actor, now: datetime) -> Record | None:
    """What holds for every record, and the one that this one corrects.

    A phone whose clock is known to be ahead may say so much more: the person read the time from it.
    """
    if is_future(command.happened_at, now=max(now, command.sent_at or now)):
        raise Refused(
            N_("This lies in the future. Write it when it is done, or check the clock of the phone."),
            field="happened_at",
        )
    if (command.corrects_id is None) != (command.correction_reason is None):
        raise Refused(N_("Say in a few words why the record is corrected."), field="correction_reason")
    for photo_id in command.photo_ids:
        evidence.access_photo(db, by, photo_id)
    for document_id in command.document_ids:
        if evidence.access_document(db, by, document_id).media_type not in AUDIO:
            raise Refused(N_("Only voice notes belong to a record of the diary."), field="document_ids")
    if contradiction := next(contradictions(command), None):
        raise Refused(contradiction.message, field=contradiction.field, **contradiction.values)
    if command.corrects_id is None:
        return None
    corrected = correctable(db, by, command.corrects_id)
    if corrected.kind != command.kind:
        raise Refused(
            N_(
                "A correction is of the same kind of work. Take the record back and write the right kind down."
            ),
            field="kind",
        )
    return corrected


def correctable(db: Session, by: Actor, record_id: uuid.UUID) -> Record:
    """The record to correct; nobody else corrects it until this transaction ends."""
    hold(db, "correction", record_id)
    record = queries.access_record(db, by, record_id)
    if queries.correction_of(db, record_id):
        raise Conflict(
            N_("This record was corrected before. Look at the cycle again and correct the newest one."),
            field="corrects_id",
        )
    if record.kind == Kind.RETRACTION:
        raise Refused(
            N_("What was taken back stays taken back. Write the work down again instead."),
            field="corrects_id",
        )
    return record


def _record(command: AnyRecord, *, by: Actor, now: datetime) -> Record:
    """The row that every kind has, without where it was and whose hands did it."""
    work = None if isinstance(command, Retract) else command
    return Record(
        id=command.id,
        cooperative_id=by.cooperative_id,
        cycle_id=None,
        kind=command.kind,
        happened_at=work.happened_at if work else now,
        recorded_at=command.recorded_at or now,
        received_at=now,
        clock_offset_seconds=clock_offset(command.sent_at, received_at=now),
        written_by=by.membership_id,
        household_id=None,
        note=work.note if work else "",
        photos_public=False,
        corrects_id=command.corrects_id,
        correction_reason=command.correction_reason,
    )


def _store(db: Session, record: Record, command: AnyWork | AnySiteWork, plot: Plot | None) -> Record:
    db.add(record)
    db.flush()  # its detail and photographs point to it
    table = DETAILS[command.kind]
    own = {name: command.column(name, plot) for name in table.model_fields if name != "record_id"}
    db.add(table(record_id=record.id, **own))
    for name in confided(type(command)):
        if (told := getattr(command, name)) not in (None, ""):
            db.add(Confided(record_id=record.id, name=name, value=str(told)))
    for position, photo_id in enumerate(command.photo_ids):
        db.add(RecordPhoto(record_id=record.id, photo_id=photo_id, position=position))
    for position, document_id in enumerate(command.document_ids):
        db.add(RecordDocument(record_id=record.id, document_id=document_id, position=position))
    db.flush()  # the answer is read back from the tables
    return record


def _retract(db: Session, command: Retract, *, by: Actor, now: datetime) -> Record:
    taken_back = correctable(db, by, command.corrects_id)
    record = _record(command, by=by, now=now)
    record.cycle_id = taken_back.cycle_id
    record.plot_id, record.area_id = taken_back.plot_id, taken_back.area_id
    db.add(record)
    db.flush()  # the answer is read back from the tables
    return record
