"""Several records at once: one work on several plots, or yesterday's work again. All of them or none.

Each is a record like any other, with its own id and its own entry in the journal.
"""

import dataclasses
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter
from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.kit.commands import Doubted, Moment
from trace.kit.ids import derived_id
from trace.kit.problems import Doubtful, Fault, NotFound, Problem, Refused
from trace.kit.translation import N_
from trace.records import memory, queries
from trace.records.commands import record_work
from trace.records.kinds import AnyWork
from trace.records.models import Record
from trace.records.work import SentAt

_ANY_WORK: TypeAdapter[AnyWork] = TypeAdapter(Annotated[AnyWork, Field(discriminator="kind")])


class WriteTogether(BaseModel):
    """Several records, all or none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    records: list[Annotated[AnyWork, Field(discriminator="kind")]] = Field(
        min_length=1, max_length=60, description="Each as it would be sent alone, with its own id."
    )


def record_together(db: Session, commands: Sequence[AnyWork], *, by: Actor, now: datetime) -> list[Record]:
    """All or none, in the order they came in; what is wrong with one names its plot, and every doubt is told."""
    by.must_be(Role.RECORDER)
    made: dict[int, Record] = {}
    doubts: list[Fault] = []
    # Whoever writes about the same cycles waits in the same order.
    for number, command in sorted(enumerate(commands), key=lambda one: (one[1].cycle_id, one[0])):
        try:
            if command.corrects_id:
                raise Refused(N_("Records are corrected one by one."), field="corrects_id")
            made[number] = record_work(db, command, by=by, now=now)
        except NotFound:
            raise
        except Doubtful as asked:
            doubts += _named(db, number, command, asked)
        except Problem as problem:
            problem.faults = list(_named(db, number, command, problem))
            raise
    if doubts:
        raise Doubtful(doubts)
    return [made[number] for number in range(len(commands))]


def _named(db: Session, number: int, command: AnyWork, problem: Problem) -> Iterator[Fault]:
    """The faults with the place of the record in the list, and its plot."""
    plot = queries.plots_of(db, [command.cycle_id]).get(command.cycle_id, "")
    for fault in problem.faults or [Fault("", problem.message, problem.values, problem.slug)]:
        field = f"records.{number}.{fault.field}".rstrip(".")
        yield dataclasses.replace(fault, field=field, about=plot)


def _each_once(ids: tuple[uuid.UUID, ...]) -> tuple[uuid.UUID, ...]:
    return tuple(dict.fromkeys(ids))


class RepeatWork(Doubted):
    """Daily work was done once more, as these records say. Never a spraying or a harvest: those are looked at anew."""

    record_ids: Annotated[tuple[uuid.UUID, ...], AfterValidator(_each_once)] = Field(
        min_length=1, max_length=30, description="The records that say what was done."
    )
    happened_at: Moment = Field(
        description="When it was done this time, with its zone.", examples=["2026-11-10T06:30:00+07:00"]
    )
    sent_at: SentAt = None


def repeat_work(db: Session, command: RepeatWork, *, by: Actor, now: datetime) -> list[Record]:
    """New records of the same work. Readings, notes and photographs stay with the day they are of."""
    by.must_be(Role.RECORDER)
    again = [
        _again(db, queries.access_record(db, by, record_id), command) for record_id in command.record_ids
    ]
    return record_together(db, again, by=by, now=now)


def _again(db: Session, record: Record, command: RepeatWork) -> AnyWork:
    if record.kind not in memory.REPEATED:
        raise Refused(
            N_("Only daily work is repeated like this. Write sprayings and harvests down one by one."),
            field="record_ids",
        )
    if queries.correction_of(db, record.id):
        raise Refused(
            N_("This record was corrected or taken back. Repeat the one that stands."), field="record_ids"
        )
    return _ANY_WORK.validate_python(
        {
            "id": derived_id(command.id, record.id),
            "cycle_id": record.cycle_id,
            "happened_at": command.happened_at,
            "sent_at": command.sent_at,
            "sure": command.sure,
            **memory.said_again(db, record),
        }
    )
