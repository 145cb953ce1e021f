"""Taking an operation back that was written by mistake."""

from datetime import datetime

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.batches import operation_queries, states, unit_queries, writing
from trace.batches.delivery_models import SettledOperation
from trace.batches.holding import hold_batches
from trace.batches.models import End, State
from trace.batches.operation_kinds import TakeBack
from trace.batches.operation_models import Operation, OperationKind
from trace.batches.recalled import called_back
from trace.kit.clock import day_in_vietnam
from trace.kit.database import hold
from trace.kit.problems import Conflict, Refused
from trace.kit.translation import N_


def take_back(db: Session, command: TakeBack, *, by: Actor, now: datetime) -> Operation:
    """All of it, or nothing: what was made of its batches, or shown to strangers, stands in the way and is named."""
    taken = operation_queries.access_operation(db, by, command.takes_back_id)
    if taken.kind == OperationKind.TAKE_BACK:
        raise Refused(N_("What was taken back stays taken back. Write it again."), field="takes_back_id")
    made = operation_queries.made_by(db, taken.id)
    hold(db, "operation", taken.id)
    took = operation_queries.taken_by(db, taken.id)
    hold_batches(db, [batch.id for batch in (*made, *took)])
    if operation_queries.taken_back_by(db, taken.id):
        raise Conflict(N_("This was taken back before."), field="takes_back_id")
    if db.get(SettledOperation, taken.id):
        raise Refused(
            N_("Somebody else has answered for this already, so it cannot be taken back."),
            field="takes_back_id",
        )
    ends = states.ends_of(db, [batch.id for batch in took])
    for batch in took:
        if any(one.state == End.CLOSED for one in ends[batch.id]):
            raise Refused(
                N_("{lot_code} is closed, so nothing that was done with it can be taken back."),
                field="takes_back_id",
                lot_code=batch.lot_code,
            )
    boxed = unit_queries.boxed(db, [batch.id for batch in made])
    recalled = called_back(db, [batch.id for batch in made])
    for batch in made:
        if batch.id in recalled:
            raise Refused(
                N_("{lot_code} was called back: it stays, so what made it cannot be taken back."),
                field="takes_back_id",
                lot_code=batch.lot_code,
            )
        if boxed[batch.id].is_left:
            raise Refused(
                N_("{boxed} kg of {lot_code} lie in boxes. Take those boxes apart first."),
                field="takes_back_id",
                boxed=boxed[batch.id].kg,
                lot_code=batch.lot_code,
            )
        if user := operation_queries.last_user(db, batch.id):
            raise Refused(
                N_("Something was done with {lot_code} on {day}. Take that back first."),
                field="takes_back_id",
                lot_code=batch.lot_code,
                day=day_in_vietnam(user.happened_at),
            )
        if batch.state == State.PUBLISHED:
            raise Refused(
                N_("{lot_code} is published: strangers rely on it, so what made it cannot be taken back."),
                field="takes_back_id",
                lot_code=batch.lot_code,
            )
    return writing.write_operation(
        db, command, OperationKind.TAKE_BACK, takes_back_id=taken.id, by=by, now=now
    )
