"""What operations join, up or down: the ids walk alone, in one recursive statement, and are weighed afterwards."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import CTE, BigInteger, ColumnElement, String, cast, exists, func, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.batches import ancestry
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput, OperationOutput
from trace.kit.many import many
from trace.kit.tables import Thousandths
from trace.tracing.rules import Step, Weight
from trace.tracing.things import Thing

# Made once: with a new alias a call, no statement would be found among those that were compiled before.
_LATER: Final = aliased(Operation)


@dataclass(frozen=True, slots=True)
class Reached:
    """The operations that a walk came by, and the lot codes of what they made. `goods` are what batches left in: in
    `steps` they are taken for what was made of them."""

    steps: list[Step] = field(default_factory=list)
    lot_codes: dict[uuid.UUID, str] = field(default_factory=dict)
    goods: dict[uuid.UUID, Thing] = field(default_factory=dict)

    def __add__(self, other: "Reached") -> "Reached":
        return Reached(
            [*self.steps, *other.steps], self.lot_codes | other.lot_codes, self.goods | other.goods
        )


def below_batch(db: Session, batch_id: uuid.UUID) -> Reached:
    """Every operation that stands and worked on something of the batch."""
    found = _weigh(db, ancestry.below(batch_id), of=[batch_id])
    steps = [step for step in found.steps if all(one.id != batch_id for one in step.made)]
    return Reached(steps, found.lot_codes)


def below_harvests(db: Session, record_ids: Collection[uuid.UUID]) -> Reached:
    """The same for harvests, by the records that operations name."""
    first: list[Any] = [col(OperationOutput.batch_id).label("id")]
    made = (
        select(*first)
        .join(OperationInput, col(OperationInput.operation_id) == col(OperationOutput.operation_id))
        .where(col(OperationInput.harvest_id).in_(record_ids), col(OperationOutput.batch_id).is_not(None))
    )
    return _weigh(db, ancestry.and_below(made), of=record_ids)


def below_batches(db: Session, batch_ids: Collection[uuid.UUID]) -> Reached:
    """The same for several, with what made them."""
    return _weigh(db, ancestry.and_below(select(many(batch_ids).c.id)), of=batch_ids)


def above_batch(db: Session, batch_id: uuid.UUID) -> Reached:
    """Every operation that the batch came of, its own included; none where that was taken back."""
    found = above_batches(db, [batch_id])
    return found if batch_id in found.lot_codes else Reached()


def above_batches(db: Session, batch_ids: Collection[uuid.UUID]) -> Reached:
    """The same for several; what made them, the caller has seen to it, stands."""
    return _weigh(db, ancestry.and_above(select(many(batch_ids).c.id)))


def _weigh(db: Session, reached: CTE, *, of: Collection[uuid.UUID] | None = None) -> Reached:
    """What made the batches that were reached, and what it took: all of it, or what is of the things named.

    Asked by id and not joined to the walk: a planner does not know how little a walk finds, and would read whole
    tables. A row an operation, for rows cost more to bring than to find. Whether an operation stands is asked here
    and not on the way: it is only taken back while nothing was made of what it made, so nothing that stands lies
    behind it.
    """
    walked = db.scalars(select(_hex(reached.c.id))).all()
    known = None if of is None else {*walked, *(one.hex for one in of)}
    batches = many(walked)
    rows = db.execute(
        select(
            _hex(col(OperationOutput.operation_id)),
            col(Operation.happened_at),
            _lines(batches.c.id, col(OperationOutput.kg), col(Batch.lot_code)),
        )
        .join_from(batches, OperationOutput, col(OperationOutput.batch_id) == batches.c.id)
        .join(Batch, col(Batch.id) == batches.c.id)
        .join(Operation, col(Operation.id) == col(OperationOutput.operation_id))
        .where(~exists().where(col(_LATER.takes_back_id) == col(OperationOutput.operation_id)))
        .group_by(col(OperationOutput.operation_id), col(Operation.happened_at))
    ).all()
    took = _took(db, [step for step, *_ in rows])
    ids = _Ids()
    found = Reached()
    for step, at, lines in rows:
        made = [(ids[batch], int(grams), lot_code) for batch, grams, lot_code in _read(lines)]
        # What came in from others is of nothing here: see `arriving`.
        sources = [(thing, int(grams)) for thing, grams in _read(took[step])] if step in took else []
        found.lot_codes.update((batch, lot_code) for batch, _, lot_code in made)
        found.steps.append(
            Step(
                ids[step],
                at,
                [Weight(ids[thing], grams) for thing, grams in sources if known is None or thing in known],
                [Weight(batch, grams) for batch, grams, _ in made],
                sum(grams for _, grams in sources),
            )
        )
    return found


def _took(db: Session, operation_ids: list[str]) -> dict[str, str]:
    of = many(operation_ids)
    thing = func.coalesce(col(OperationInput.batch_id), col(OperationInput.harvest_id))
    rows = db.execute(
        select(_hex(of.c.id), _lines(thing, col(OperationInput.kg)))
        .join_from(of, OperationInput, col(OperationInput.operation_id) == of.c.id)
        .group_by(of.c.id)
    )
    return dict(iter(rows))


def _hex(id_: Any) -> ColumnElement[str]:
    """As `UUID.hex` writes it."""
    return func.replace(cast(id_, String), "-", "")


def _lines(id_: Any, *more: Any) -> ColumnElement[str]:
    """A line each, of words without spaces; weights in grams."""
    line = _hex(id_)
    for one in more:
        line = (
            line
            + " "
            + cast(type_coerce(one, BigInteger) if isinstance(one.type, Thousandths) else one, String)
        )
    return func.aggregate_strings(line, "\n")


def _read(lines: str) -> Iterator[list[str]]:
    return (line.split(" ") for line in lines.split("\n"))


class _Ids(dict[str, uuid.UUID]):
    """Ids as objects, each made once."""

    def __missing__(self, text: str) -> uuid.UUID:
        self[text] = uuid.UUID(text)
        return self[text]
