"""Questions about labels: which were printed, how many a batch has, and what a number is good for."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.accounts.queries import own
from trace.batches.models import Batch
from trace.codes import rules
from trace.codes.models import LabelActivation, LabelSerial, LabelVoid, PrintRun
from trace.codes.rules import Range, Standing
from trace.codes.stationery import GRIDS, Grid, Stationery
from trace.kit.paging import Paging


def access_run(db: Session, by: Actor, run_id: uuid.UUID) -> PrintRun:
    return own(db, by, PrintRun, run_id)


def of_label(db: Session, by: Actor, code: str) -> tuple[PrintRun, int] | None:
    """The cooperative's run that has this number, and its place in it."""
    found = label(db, code)
    return found if found and found[0].cooperative_id == by.cooperative_id else None


def label(db: Session, code: str) -> tuple[PrintRun, int] | None:
    """The run that has this number, whoever asks: the door decides what to show."""
    row = db.execute(
        select(PrintRun, col(LabelSerial.position))
        .join(LabelSerial, col(LabelSerial.run_id) == col(PrintRun.id))
        .where(col(LabelSerial.code) == code)
    ).first()
    return (row[0], row[1]) if row else None


def activations(db: Session, run_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[LabelActivation]]:
    rows = db.execute(
        select(LabelActivation)
        .where(col(LabelActivation.run_id).in_(run_ids))
        .order_by(col(LabelActivation.first))
    ).scalars()
    found: dict[uuid.UUID, list[LabelActivation]] = defaultdict(list)
    for one in rows:
        found[one.run_id].append(one)
    return found


def voids(db: Session, run_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[LabelVoid]]:
    rows = db.execute(
        select(LabelVoid).where(col(LabelVoid.run_id).in_(run_ids)).order_by(col(LabelVoid.first))
    ).scalars()
    found: dict[uuid.UUID, list[LabelVoid]] = defaultdict(list)
    for one in rows:
        found[one.run_id].append(one)
    return found


def ranges(found: Collection[LabelActivation] | Collection[LabelVoid]) -> list[Range]:
    return [Range(one.first, one.last) for one in found]


def issued(db: Session, batch_id: uuid.UUID) -> int:
    """Labels that count against the pieces of a batch: printed for it or bound to it, and not spoiled.

    A label printed once more replaces one that is lost, so that reprints count nothing.
    """
    runs = list(
        db.execute(
            select(PrintRun).where(col(PrintRun.batch_id) == batch_id, col(PrintRun.reprints_id).is_(None))
        ).scalars()
    )
    bound = list(
        db.execute(
            select(LabelActivation)
            .join(PrintRun, col(PrintRun.id) == col(LabelActivation.run_id))
            .where(col(LabelActivation.batch_id) == batch_id, col(PrintRun.batch_id).is_(None))
        ).scalars()
    )
    spoiled = voids(db, [*(one.id for one in runs), *(one.run_id for one in bound)])
    printed = sum(rules.whole([Range(1, one.count)], ranges(spoiled[one.id])) for one in runs)
    return printed + sum(rules.whole(ranges([one]), ranges(spoiled[one.run_id])) for one in bound)


def serials(db: Session, run_id: uuid.UUID, span: Range) -> Iterator[str]:
    """The numbers of these labels that are not spoiled, in the order of printing."""
    spoiled = ranges(voids(db, [run_id])[run_id])
    rows = db.execute(
        select(col(LabelSerial.code), col(LabelSerial.position))
        .where(col(LabelSerial.run_id) == run_id, col(LabelSerial.position).between(span.first, span.last))
        .order_by(col(LabelSerial.position))
    )
    for code, position in rows:
        if not rules.overlaps(Range(position, position), spoiled):
            yield code


@dataclass(frozen=True, slots=True)
class Printed:
    """A run with what became of its labels, as the log shows it."""

    run: PrintRun
    lot_code: str | None
    who: str
    active: int
    void: int

    @property
    def id(self) -> uuid.UUID:
        return self.run.id

    @property
    def grid(self) -> Grid:
        return GRIDS[Stationery(self.run.stationery)]


def printed(db: Session, by: Actor, asked: Paging, *, batch_id: uuid.UUID | None = None) -> list[Printed]:
    """The log: who printed what, the newest first; of one batch, also the rolls that were bound to it."""
    found = _runs().where(col(PrintRun.cooperative_id) == by.cooperative_id)
    if batch_id:
        bound = select(col(LabelActivation.run_id)).where(col(LabelActivation.batch_id) == batch_id)
        found = found.where((col(PrintRun.batch_id) == batch_id) | col(PrintRun.id).in_(bound))
    return _told(db, db.execute(asked.newest(found, col(PrintRun.id))).all())


def run(db: Session, by: Actor, run_id: uuid.UUID) -> Printed:
    access_run(db, by, run_id)
    return _told(db, db.execute(_runs().where(col(PrintRun.id) == run_id)).all())[0]


def last_run(db: Session, by: Actor, stationery: str | None = None) -> PrintRun | None:
    """What was printed last, on this or on anything: the next time it is probably the same again."""
    found = select(PrintRun).where(col(PrintRun.cooperative_id) == by.cooperative_id)
    if stationery:
        found = found.where(col(PrintRun.stationery) == stationery)
    return db.execute(found.order_by(col(PrintRun.id).desc()).limit(1)).scalar()


@dataclass(frozen=True, slots=True)
class Bound:
    """Labels of a run on the goods of a batch."""

    first: int
    last: int
    batch_id: uuid.UUID
    lot_code: str
    happened_at: datetime


def bound(db: Session, run_id: uuid.UUID) -> list[Bound]:
    columns: list[Any] = [LabelActivation, col(Batch.lot_code)]
    rows = db.execute(
        select(*columns)
        .join(Batch, col(Batch.id) == col(LabelActivation.batch_id))
        .where(col(LabelActivation.run_id) == run_id)
        .order_by(col(LabelActivation.first))
    )
    return [Bound(one.first, one.last, one.batch_id, lot, one.happened_at) for one, lot in rows]


def _runs() -> Any:
    columns: list[Any] = [PrintRun, col(Batch.lot_code), col(Person.name)]
    return (
        select(*columns)
        .join(Membership, col(Membership.id) == col(PrintRun.printed_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .outerjoin(Batch, col(Batch.id) == col(PrintRun.batch_id))
    )


def _told(db: Session, rows: Sequence[Any]) -> list[Printed]:
    ids = [row[0].id for row in rows]
    bound, spoiled = activations(db, ids), voids(db, ids)
    return [
        Printed(
            run=row[0],
            lot_code=row[1],
            who=row[2],
            active=rules.whole(ranges(bound[row[0].id]), ranges(spoiled[row[0].id])),
            void=rules.whole(ranges(spoiled[row[0].id])),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """What a stranger may know of a label: what it is good for, and of which batch if it is on one."""

    code: str
    standing: Standing
    cooperative_id: uuid.UUID
    batch_id: uuid.UUID | None
    batch_code: str | None
    activated_at: datetime | None


def told(db: Session, code: str) -> Told | None:
    """None: nobody printed a label with this number."""
    found = label(db, code)
    if found is None:
        return None
    run_, position = found
    bound = activations(db, [run_.id])[run_.id]
    standing = rules.standing(position, active=ranges(bound), void=ranges(voids(db, [run_.id])[run_.id]))
    on = next((one for one in bound if one.first <= position <= one.last), None)
    active = on if standing is Standing.ACTIVE else None
    return Told(
        code,
        standing,
        run_.cooperative_id,
        active.batch_id if active else None,
        db.get_one(Batch, active.batch_id).code if active else None,
        active.happened_at if active else None,
    )
