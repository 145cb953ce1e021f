"""The seventh little story: what was left of three harvests, graded together, divided, packed and packed again."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, select

from trace.accounts.actor import Actor
from trace.batches import commands as batches
from trace.batches import operation_queries
from trace.batches.models import Batch
from trace.batches.operation_kinds import (
    AnyOperation,
    Grade,
    Lost,
    Pack,
    Portion,
    Repack,
    SortHarvest,
    Split,
    Taken,
)
from trace.batches.operation_models import Loss
from trace.batches.operations import operate
from trace.demo import story
from trace.demo.story import Graded, Rest

Ids = Callable[[str, datetime], uuid.UUID]


def tell(db: Session, told: Graded, *, recorder: Actor, manager: Actor, ids: Ids) -> None:
    """Each with the clock of its day; only the last batch is shown to strangers."""

    def do(command: AnyOperation, now: datetime) -> list[Batch]:
        done = operate(db, command, by=recorder, now=now)
        return list(operation_queries.made_by(db, done.id))

    rests = []
    for number, rest in enumerate(told.rests):
        when = told.sorted_at + timedelta(minutes=20 * number)
        rests += do(_sorting(db, told, rest, when, ids), when + timedelta(minutes=10))
    first, *_ = do(
        Grade(
            id=ids(f"{told.letter} grade", told.graded_at),
            happened_at=told.graded_at,
            inputs=tuple(_all_of(one) for one in rests),
            outputs=tuple(Portion(kg=kg, pieces=pieces, grade=grade) for grade, kg, pieces in told.graded),
            losses=(Lost(loss=Loss.SORTED_OUT, kg=told.lost[0], pieces=told.lost[1]),),
        ),
        told.graded_at + timedelta(minutes=10),
    )
    kg, pieces = told.split
    (part,) = do(
        Split(
            id=ids(f"{told.letter} split", told.packed_at),
            happened_at=told.packed_at,
            inputs=(Taken(batch_id=first.id, kg=kg, pieces=pieces),),
            outputs=(Portion(kg=kg, pieces=pieces, grade=told.graded[0][0]),),
        ),
        told.packed_at + timedelta(minutes=5),
    )
    packing = told.packed_at + timedelta(minutes=30)
    (crate,) = do(
        Pack(
            id=ids(f"{told.letter} pack", packing),
            happened_at=packing,
            inputs=(_all_of(part),),
            outputs=(Portion(kg=kg, pieces=pieces),),
        ),
        packing + timedelta(minutes=5),
    )
    kg, pieces = told.repacked
    (box,) = do(
        Repack(
            id=ids(f"{told.letter} repack", told.repacked_at),
            happened_at=told.repacked_at,
            inputs=(Taken(batch_id=crate.id, kg=kg, pieces=pieces),),
            outputs=(Portion(kg=kg, pieces=pieces, lot_code=told.lot_code),),
        ),
        told.repacked_at + timedelta(minutes=5),
    )
    published = told.repacked_at + timedelta(hours=1)
    opening = batches.PublishBatch(id=ids(f"page {told.letter}", published), batch_id=box.id)
    batches.publish_batch(db, opening, by=manager, now=published)


def _sorting(db: Session, told: Graded, rest: Rest, when: datetime, ids: Ids) -> SortHarvest:
    """All that is left of the harvest of another story; of some only a part."""
    lot_code = next(one.lot.code for one in story.STORIES if one.letter == rest.letter)
    known = db.exec(select(Batch).where(Batch.lot_code == lot_code)).one()
    assert known.harvest_id  # noqa: S101 - the batches of the stories are of one harvest each
    lost = (Lost(loss=Loss.SORTED_OUT, kg=rest.lost, pieces=rest.lost_pieces),) if rest.lost else ()
    return SortHarvest(
        id=ids(f"{told.letter} {rest.letter}", when),
        happened_at=when,
        harvest_id=known.harvest_id,
        outputs=(Portion(kg=rest.kg, pieces=rest.pieces),),
        losses=lost,
    )


def _all_of(batch: Batch) -> Taken:
    return Taken(batch_id=batch.id, kg=batch.quantity_kg, pieces=batch.pieces)
