"""Questions about boxes and pallets: what is in them, where they stand, and how much of a batch they hold."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.accounts.queries import own
from trace.batches.delivery_models import UnitSent
from trace.batches.models import Batch
from trace.batches.operation_models import Operation
from trace.batches.operation_rules import total
from trace.batches.rules import Amount
from trace.batches.stock import still_counts
from trace.batches.unit_models import BoxContent, LogisticUnit, PalletBox, TakenApart, UnitKind
from trace.kit.paging import Paging


def access_unit(db: Session, by: Actor, unit_id: uuid.UUID) -> LogisticUnit:
    return own(db, by, LogisticUnit, unit_id)


def by_sscc(db: Session, sscc: str) -> LogisticUnit | None:
    """The unit with this number, whoever asks: the door decides what to show."""
    return db.execute(select(LogisticUnit).where(col(LogisticUnit.sscc) == sscc)).scalar()


def is_taken_apart(db: Session, unit_id: uuid.UUID) -> bool:
    return (
        db.execute(select(col(TakenApart.id)).where(col(TakenApart.unit_id) == unit_id)).first() is not None
    )


def is_sent(db: Session, unit_id: uuid.UUID) -> bool:
    return db.execute(_sendings(col(UnitSent.unit_id) == unit_id)).first() is not None


def boxes_on(db: Session, pallet_id: uuid.UUID) -> list[uuid.UUID]:
    """What was loaded onto a pallet."""
    return list(
        db.execute(select(col(PalletBox.box_id)).where(col(PalletBox.pallet_id) == pallet_id)).scalars()
    )


def held_in(db: Session, box_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Amount]:
    """What these boxes hold, by batch; pieces only where all of it was counted."""
    rows = db.execute(select(BoxContent).where(col(BoxContent.box_id).in_(box_ids))).scalars()
    parts: dict[uuid.UUID, list[Amount]] = defaultdict(list)
    for one in rows:
        parts[one.batch_id].append(Amount(one.kg, one.pieces))
    return {batch_id: total(amounts) for batch_id, amounts in parts.items()}


def sent_with(db: Session, operation_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[LogisticUnit]]:
    """The boxes and pallets that left with each of these shipments, pallets first."""
    rows = db.execute(
        select(col(UnitSent.operation_id), LogisticUnit)
        .join(LogisticUnit, col(LogisticUnit.id) == col(UnitSent.unit_id))
        .where(col(UnitSent.operation_id).in_(operation_ids))
        .order_by(col(LogisticUnit.kind).desc(), col(LogisticUnit.id))
    )
    found: dict[uuid.UUID, list[LogisticUnit]] = defaultdict(list)
    for operation_id, unit in rows:
        found[operation_id].append(unit)
    return found


def pallet_under(db: Session, box_id: uuid.UUID) -> LogisticUnit | None:
    """The pallet on which the box stands now."""
    return db.execute(
        select(LogisticUnit)
        .join(PalletBox, col(PalletBox.pallet_id) == col(LogisticUnit.id))
        .where(col(PalletBox.box_id) == box_id, _is_whole(col(PalletBox.pallet_id)))
    ).scalar()


def boxed(db: Session, batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Amount]:
    """How much of each of these batches lies in boxes that nobody took apart, in one statement."""
    columns: list[Any] = [
        col(BoxContent.batch_id),
        func.sum(col(BoxContent.kg)).label("kg"),
        func.sum(col(BoxContent.pieces)).label("pieces"),
    ]
    rows = db.execute(
        select(*columns)
        .where(col(BoxContent.batch_id).in_(batch_ids), _is_whole(col(BoxContent.box_id)))
        .group_by(col(BoxContent.batch_id))
    )
    found = {row.batch_id: Amount(row.kg, None if row.pieces is None else int(row.pieces)) for row in rows}
    return {one: found.get(one, Amount(Decimal(0), None)) for one in batch_ids}


@dataclass(frozen=True, slots=True)
class Content:
    """A part of a batch in a box; of a pallet, in one of its boxes."""

    box_id: uuid.UUID
    batch_id: uuid.UUID
    lot_code: str
    kg: Decimal
    pieces: int | None


@dataclass(frozen=True, slots=True)
class Packed:
    """A unit with what was packed in it. One that was taken apart still says what it held. The name is for members."""

    unit: LogisticUnit
    who: str
    pallet_id: uuid.UUID | None
    pallet: str | None
    taken_apart_at: datetime | None
    taken_apart_reason: str | None
    contents: list[Content]

    @property
    def id(self) -> uuid.UUID:
        return self.unit.id

    @property
    def kg(self) -> Decimal:
        return sum((one.kg for one in self.contents), Decimal(0))

    @property
    def pieces(self) -> int | None:
        """Known only where all that is in it was counted."""
        counted = [one.pieces for one in self.contents]
        return None if None in counted else sum(one or 0 for one in counted)

    @property
    def boxes(self) -> int:
        """Of a pallet, how many it carries."""
        return len({one.box_id for one in self.contents})

    @property
    def by_batch(self) -> list[Content]:
        """What it holds of each batch, all of its boxes together."""
        grouped: dict[uuid.UUID, list[Content]] = defaultdict(list)
        for one in self.contents:
            grouped[one.batch_id].append(one)
        return [_together(self.id, group) for group in grouped.values()]


def _together(unit_id: uuid.UUID, contents: list[Content]) -> Content:
    counted = [one.pieces for one in contents]
    return Content(
        unit_id,
        contents[0].batch_id,
        contents[0].lot_code,
        sum((one.kg for one in contents), Decimal(0)),
        None if None in counted else sum(one or 0 for one in counted),
    )


def units(
    db: Session,
    by: Actor,
    asked: Paging,
    *,
    batch_id: uuid.UUID | None = None,
    packed_with: uuid.UUID | None = None,
) -> list[Packed]:
    """The cooperative's units, or those that hold or held something of one batch; the newest first."""
    found = _units().where(col(LogisticUnit.cooperative_id) == by.cooperative_id)
    if packed_with:
        found = found.where(
            col(LogisticUnit.packed_with_id) == access_unit(db, by, packed_with).packed_with_id
        )
    if batch_id:
        boxes = select(col(BoxContent.box_id)).where(col(BoxContent.batch_id) == batch_id)
        pallets = select(col(PalletBox.pallet_id)).where(col(PalletBox.box_id).in_(boxes))
        found = found.where(or_(col(LogisticUnit.id).in_(boxes), col(LogisticUnit.id).in_(pallets)))
    return _told(db, db.execute(asked.newest(found, col(LogisticUnit.id))).all())


def to_send(db: Session, by: Actor, *, most: int) -> list[Packed]:
    """What stands in the store by itself: whole pallets, and boxes that are on none. The newest first."""
    found = _units().where(
        col(LogisticUnit.cooperative_id) == by.cooperative_id, _is_whole(col(LogisticUnit.id))
    )
    rows = db.execute(found.order_by(col(LogisticUnit.id).desc()).limit(most)).all()
    return _told(db, [row for row in rows if row.pallet_id is None])


def loose_boxes(db: Session, by: Actor, asked: Paging) -> list[Packed]:
    """Whole boxes that stand on no pallet, the newest first."""
    standing = exists().where(
        col(PalletBox.box_id) == col(LogisticUnit.id), _is_whole(col(PalletBox.pallet_id))
    )
    found = _units().where(
        col(LogisticUnit.cooperative_id) == by.cooperative_id,
        col(LogisticUnit.kind) == UnitKind.BOX,
        _is_whole(col(LogisticUnit.id)),
        ~standing,
    )
    return _told(db, db.execute(asked.newest(found, col(LogisticUnit.id))).all())


def packed(db: Session, by: Actor, unit_id: uuid.UUID) -> Packed:
    """One unit; raises NotFound like `access_unit`."""
    found = access_unit(db, by, unit_id)
    return _told(db, db.execute(_units().where(col(LogisticUnit.id) == found.id)).all())[0]


def packed_of(db: Session, unit_ids: Sequence[uuid.UUID]) -> list[Packed]:
    """These units in this order, which the caller has made sure may be seen. Two statements."""
    rows = db.execute(_units().where(col(LogisticUnit.id).in_(unit_ids))).all()
    found = {one.id: one for one in _told(db, rows)}
    return [found[unit_id] for unit_id in unit_ids]


def packed_by_code(db: Session, code: str) -> Packed | None:
    """The unit with this short code, whoever asks: the door decides what to show."""
    rows = db.execute(_units().where(col(LogisticUnit.code) == code)).all()
    return _told(db, rows)[0] if rows else None


def _units() -> Any:
    under = aliased(LogisticUnit)
    standing = (
        select(col(PalletBox.box_id), col(PalletBox.pallet_id), col(under.code))
        .join(under, col(under.id) == col(PalletBox.pallet_id))
        .where(_is_whole(col(PalletBox.pallet_id)))
        .subquery()
    )
    columns: list[Any] = [
        LogisticUnit,
        col(Person.name).label("who"),
        standing.c.pallet_id,
        standing.c.code.label("pallet"),
        col(TakenApart.happened_at).label("apart_at"),
        col(TakenApart.reason).label("apart_reason"),
    ]
    return (
        select(*columns)
        .join(Membership, col(Membership.id) == col(LogisticUnit.packed_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .outerjoin(TakenApart, col(TakenApart.unit_id) == col(LogisticUnit.id))
        .outerjoin(standing, standing.c.box_id == col(LogisticUnit.id))
    )


def _told(db: Session, rows: Sequence[Any]) -> list[Packed]:
    """One statement more, however many units there are."""
    contents = _contents(db, [row.LogisticUnit.id for row in rows])
    return [
        Packed(
            unit=row.LogisticUnit,
            who=row.who,
            pallet_id=row.pallet_id,
            pallet=row.pallet,
            taken_apart_at=row.apart_at,
            taken_apart_reason=row.apart_reason,
            contents=contents[row.LogisticUnit.id],
        )
        for row in rows
    ]


def _contents(db: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Content]]:
    columns: list[Any] = [BoxContent, col(Batch.lot_code), col(PalletBox.pallet_id)]
    rows = db.execute(
        select(*columns)
        .join(Batch, col(Batch.id) == col(BoxContent.batch_id))
        .outerjoin(
            PalletBox,
            (col(PalletBox.box_id) == col(BoxContent.box_id)) & col(PalletBox.pallet_id).in_(ids),
        )
        .where(or_(col(BoxContent.box_id).in_(ids), col(PalletBox.pallet_id).is_not(None)))
        .order_by(col(BoxContent.box_id), col(Batch.lot_code))
    )
    asked = set(ids)
    found: dict[uuid.UUID, dict[tuple[uuid.UUID, uuid.UUID], Content]] = defaultdict(dict)
    for one, lot_code, pallet_id in rows:
        content = Content(one.box_id, one.batch_id, lot_code, one.kg, one.pieces)
        # A box that stood on two pallets in turn comes twice; each of the three says what it held once.
        for unit_id in {one.box_id, pallet_id} & asked:
            found[unit_id][one.box_id, one.batch_id] = content
    return defaultdict(list, {unit_id: list(held.values()) for unit_id, held in found.items()})


def _is_whole(unit_id: Any) -> ColumnElement[bool]:
    """In a query that names a unit: nobody took it apart or sent it away."""
    apart = aliased(TakenApart)
    return and_(
        ~exists().where(col(apart.unit_id) == unit_id), ~_sendings(col(UnitSent.unit_id) == unit_id).exists()
    )


def _sendings(asked: ColumnElement[bool]) -> Select[uuid.UUID]:
    """The shipments that took it along and stand."""
    return (
        select(col(UnitSent.operation_id))
        .join(Operation, col(Operation.id) == col(UnitSent.operation_id))
        .where(asked, still_counts())
    )
