"""Packing parts of batches into boxes, boxes onto pallets, and taking either apart."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from pydantic import Field
from sqlalchemy import func, select
from sqlmodel import Session, col

from trace.accounts import journal
from trace.accounts import queries as accounts
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import lots, queries, stock, taking, unit_queries
from trace.batches.holding import hold_batches
from trace.batches.models import Batch
from trace.batches.operation_kinds import Reason, Taken
from trace.batches.rules import Amount
from trace.batches.unit_models import BoxContent, LogisticUnit, PalletBox, TakenApart, UnitKind
from trace.gs1.keys import sscc
from trace.kit import shortcodes
from trace.kit.clock import day_in_vietnam, is_future
from trace.kit.commands import Command, DeviceId, Moment, Paragraph
from trace.kit.database import hold
from trace.kit.ids import derived_id
from trace.kit.problems import Conflict, Refused
from trace.kit.translation import N_

_MOST_BATCHES: Final = 20
_MOST_BOXES: Final = 200

PackedAt = Annotated[
    Moment, Field(description="When it was done, with its zone.", examples=["2026-11-09T09:00:00+07:00"])
]


class PackBox(Command):
    """Parts of batches are put into a box, or into several that hold the same."""

    contents: tuple[Taken, ...] = Field(
        min_length=1, max_length=_MOST_BATCHES, description="What is in one box."
    )
    boxes: int = Field(
        1,
        ge=1,
        le=_MOST_BOXES,
        description="How many equal boxes; each has a code of its own.",
        examples=[20],
    )
    happened_at: PackedAt
    note: Paragraph = ""


class LoadPallet(Command):
    """Boxes are put onto one pallet."""

    box_ids: tuple[DeviceId, ...] = Field(min_length=1, max_length=_MOST_BOXES, description="Which boxes.")
    happened_at: PackedAt
    note: Paragraph = ""


class TakeApart(Command):
    """A box or a pallet is one no more. Its code and its SSCC are never given again."""

    unit_id: uuid.UUID = Field(description="Which box or pallet.")
    happened_at: PackedAt
    reason: Reason = Field(examples=["Thùng bị ướt"])


def pack_box(db: Session, command: PackBox, *, by: Actor, now: datetime) -> LogisticUnit:
    """The first of the boxes, which has the command's id; the others name it.

    They never hold more than is left of a batch and lies in no other box, whoever is at it at once.
    """
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "box.packed", command, by=by):
        return db.get_one(LogisticUnit, known)
    _must_be_past(command.happened_at, now=now)
    ids = [one.batch_id for one in command.contents]
    if len(set(ids)) < len(ids):
        raise Refused(N_("A batch is named twice. Write all that is taken of it once."), field="contents")
    batches = {batch_id: queries.access_batch(db, by, batch_id) for batch_id in ids}
    hold_batches(db, ids)
    taking.must_be_free(db, list(batches.values()), by=by, where="contents")
    left, boxed = stock.stocks(db, ids), unit_queries.boxed(db, ids)
    for number, one in enumerate(command.contents):
        where = f"contents.{number}"
        batch, undone = batches[one.batch_id], left[one.batch_id].undone
        _must_be_packable(batch, command.happened_at, undone=undone, field=f"{where}.batch_id")
        _must_be_loose(
            one.amount.times(command.boxes),
            left[one.batch_id].left.less(boxed[one.batch_id]),
            batch.lot_code,
            field=where,
        )
    boxes = _units(db, list(_box_ids(command)), UnitKind.BOX, command, by=by, now=now)
    for box in boxes:
        for one in command.contents:
            db.add(BoxContent(box_id=box.id, batch_id=one.batch_id, kg=one.kg, pieces=one.pieces))
    db.flush()  # the answer is read back from the tables
    journal.append(db, "box.packed", command.id, command, by=by, now=now)
    return boxes[0]


def _box_ids(command: PackBox) -> Iterator[uuid.UUID]:
    """They follow from that of the command, so that a repeated one names the same boxes."""
    yield command.id
    for number in range(1, command.boxes):
        yield derived_id(command.id, "box", number)


def load_pallet(db: Session, command: LoadPallet, *, by: Actor, now: datetime) -> LogisticUnit:
    """A box stands on one pallet at a time."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "pallet.loaded", command, by=by):
        return db.get_one(LogisticUnit, known)
    _must_be_past(command.happened_at, now=now)
    if len(set(command.box_ids)) < len(command.box_ids):
        raise Refused(N_("A box is named twice."), field="box_ids")
    boxes = [unit_queries.access_unit(db, by, box_id) for box_id in command.box_ids]
    for box_id in sorted(command.box_ids):
        hold(db, "unit", box_id)
    for box in boxes:
        _must_be_loadable(db, box, command.happened_at)
    pallet = _units(db, [command.id], UnitKind.PALLET, command, by=by, now=now)[0]
    for box in boxes:
        db.add(PalletBox(pallet_id=pallet.id, box_id=box.id))
    db.flush()  # the answer is read back from the tables
    journal.append(db, "pallet.loaded", pallet.id, command, by=by, now=now)
    return pallet


def take_apart(db: Session, command: TakeApart, *, by: Actor, now: datetime) -> LogisticUnit:
    """What was in it is loose again; what it held can still be read."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "unit.taken_apart", command, by=by):
        return db.get_one(LogisticUnit, known)
    unit = unit_queries.access_unit(db, by, command.unit_id)
    _must_be_past(command.happened_at, now=now)
    if command.happened_at < unit.happened_at:
        raise Refused(N_("This cannot be done before it was packed."), field="happened_at")
    hold(db, "unit", unit.id)
    if unit_queries.is_taken_apart(db, unit.id):
        raise Conflict(N_("This was taken apart before."), field="unit_id")
    if unit_queries.is_sent(db, unit.id):
        raise Refused(N_("This left with a shipment, so it is not taken apart here."), field="unit_id")
    if pallet := unit_queries.pallet_under(db, unit.id):
        raise Refused(
            N_("The box stands on the pallet {code}. Take the pallet apart first."),
            field="unit_id",
            code=shortcodes.display(pallet.code),
        )
    db.add(
        TakenApart(
            id=command.id,
            unit_id=unit.id,
            reason=command.reason,
            happened_at=command.happened_at,
            received_at=now,
            taken_apart_by=by.membership_id,
        )
    )
    db.flush()  # the answer is read back from the tables
    journal.append(db, "unit.taken_apart", unit.id, command, by=by, now=now)
    return unit


def _must_be_past(happened_at: datetime, *, now: datetime) -> None:
    if is_future(happened_at, now=now):
        raise Refused(
            N_("This lies in the future. Write it when it is done, or check the clock of the phone."),
            field="happened_at",
        )


def _must_be_packable(batch: Batch, happened_at: datetime, *, undone: bool, field: str) -> None:
    if undone:
        raise Refused(
            N_("What made the batch {lot_code} was taken back: there is nothing of it."),
            field=field,
            lot_code=batch.lot_code,
        )
    if day_in_vietnam(happened_at) < batch.harvested_on:
        raise Refused(
            N_("This cannot be done before it was harvested, on {day}."),
            field="happened_at",
            day=batch.harvested_on,
        )


def _must_be_loose(asked: Amount, loose: Amount, lot_code: str, *, field: str) -> None:
    if asked.kg > loose.kg:
        raise Refused(
            N_("Only {left} kg of {lot_code} are in no box, and this would take {asked} kg."),
            field=f"{field}.kg",
            left=max(loose.kg, 0),
            lot_code=lot_code,
            asked=asked.kg,
        )
    if asked.pieces and loose.pieces is not None and asked.pieces > loose.pieces:
        raise Refused(
            N_("Only {left} pieces of {lot_code} are in no box, and this would take {asked}."),
            field=f"{field}.pieces",
            left=max(loose.pieces, 0),
            lot_code=lot_code,
            asked=asked.pieces,
        )


def _must_be_loadable(db: Session, box: LogisticUnit, happened_at: datetime) -> None:
    code = shortcodes.display(box.code)
    if box.kind != UnitKind.BOX:
        raise Refused(N_("{code} is a pallet; only boxes stand on a pallet."), field="box_ids", code=code)
    if unit_queries.is_taken_apart(db, box.id):
        raise Refused(N_("The box {code} was taken apart."), field="box_ids", code=code)
    if unit_queries.is_sent(db, box.id):
        raise Refused(N_("The box {code} left with a shipment."), field="box_ids", code=code)
    if unit_queries.pallet_under(db, box.id):
        raise Refused(N_("The box {code} stands on another pallet."), field="box_ids", code=code)
    if happened_at < box.happened_at:
        raise Refused(N_("The box {code} was packed later than this."), field="happened_at", code=code)


def _units(
    db: Session,
    ids: Sequence[uuid.UUID],
    kind: UnitKind,
    command: PackBox | LoadPallet,
    *,
    by: Actor,
    now: datetime,
) -> list[LogisticUnit]:
    numbers = _numbers(db, len(ids), by=by)
    units = [
        LogisticUnit(
            id=id_,
            cooperative_id=by.cooperative_id,
            kind=kind,
            code=lots.new_code(db),
            sscc=number.sscc,
            gs1_prefix=number.prefix,
            serial=number.serial,
            packed_with_id=ids[0] if len(ids) > 1 else None,
            happened_at=command.happened_at,
            received_at=now,
            packed_by=by.membership_id,
            note=command.note,
        )
        for id_, number in zip(ids, numbers, strict=True)
    ]
    db.add_all(units)
    db.flush()  # what is in them points to them
    return units


@dataclass(frozen=True, slots=True)
class _Number:
    """An SSCC and what it was made of; nothing where the cooperative has no company prefix."""

    prefix: str | None = None
    serial: int | None = None
    sscc: str | None = None


def _numbers(db: Session, count: int, *, by: Actor) -> list[_Number]:
    """The next ones under the cooperative's own company prefix."""
    prefix = accounts.cooperative(db, by.cooperative_id).gs1_prefix
    if prefix is None:
        return [_Number()] * count
    hold(db, "sscc")  # for all prefixes at once: one may begin like another
    last = db.execute(
        select(func.max(col(LogisticUnit.serial))).where(col(LogisticUnit.gs1_prefix) == prefix)
    ).scalar()
    found: list[_Number] = []
    serial = 0 if last is None else last + 1
    while len(found) < count:
        made = sscc(prefix, serial)
        if made is None:
            raise Conflict(
                N_("All numbers under the GS1 company prefix are used up. Ask GS1 Vietnam for another.")
            )
        if db.execute(select(col(LogisticUnit.id)).where(col(LogisticUnit.sscc) == made)).first() is None:
            found.append(_Number(prefix, serial, made))
        serial += 1
    return found
