"""What a recall touches, worked out anew whenever it is asked for, with the way from the cause to each batch."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Final

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.complaints import queries as complaints
from trace.farms import queries as farms
from trace.kit.translation import Locale
from trace.laboratory import queries as laboratory
from trace.recalls.models import Cause
from trace.tracing import starts
from trace.tracing.scope import downstream
from trace.tracing.things import Of, Start
from trace.tracing.words import sentence

Why = dict[uuid.UUID, tuple[str, ...]]


def access_cause(db: Session, by: Actor, cause: Cause, cause_id: uuid.UUID) -> list[Start]:
    """Where the trace begins, if the cause is this cooperative's; raises NotFound."""
    found = _STARTS[cause](db, by, cause_id) if cause in _STARTS else [Start(Of(cause), cause_id)]
    return [starts.access(db, by, one) for one in found]


def touched(db: Session, by: Actor, cause: Cause, cause_id: uuid.UUID, language: Locale) -> Why:
    """Every batch that is touched, in the order of the way, each with why it is in, step by step to the cause."""
    found: Why = {}
    for start in access_cause(db, by, cause, cause_id):
        scope = downstream(db, by.cooperative_id, start)
        if start.kind == Of.BATCH:
            found.setdefault(start.id, ())
        for one in scope.of(Of.BATCH):
            path = reversed(scope.path(one.id))
            found.setdefault(one.id, tuple(sentence(step, scope, language) for step in path))
    return found


def fingerprint(batch_ids: list[uuid.UUID]) -> str:
    """Of what somebody looked at, so that nobody decides about something else than they saw."""
    return hashlib.sha256(" ".join(sorted(one.hex for one in batch_ids)).encode()).hexdigest()[:16]


def _of_test(db: Session, by: Actor, test_id: uuid.UUID) -> list[Start]:
    test = laboratory.access_test(db, by, test_id)
    if test.batch_id:
        return [Start(Of.BATCH, test.batch_id)]
    if test.cycle_id:
        return [Start(Of.CYCLE, test.cycle_id)]
    if test.plot_id:
        return [Start(Of.PLOT, test.plot_id)]
    return [Start(Of.PLOT, one.id) for one in farms.plots(db, by) if one.area_id == test.area_id]


def _of_complaint(db: Session, by: Actor, complaint_id: uuid.UUID) -> list[Start]:
    return [Start(Of.BATCH, complaints.complaint(db, by, complaint_id).complaint.batch_id)]


_STARTS: Final[dict[Cause, Callable[[Session, Actor, uuid.UUID], list[Start]]]] = {
    Cause.TEST: _of_test,
    Cause.COMPLAINT: _of_complaint,
}
