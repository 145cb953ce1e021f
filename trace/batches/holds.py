"""Questions about holds: which are open, what they cover, and what was decided about them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.accounts.queries import own
from trace.batches import ancestry
from trace.batches.models import Batch, Decision, Hold, HoldDecision
from trace.farms.models import Plot
from trace.kit.paging import Paging
from trace.kit.problems import NotFound
from trace.records.models import CropCycle


def access_hold(db: Session, by: Actor, hold_id: uuid.UUID) -> Hold:
    return own(db, by, Hold, hold_id)


def is_open() -> ColumnElement[bool]:
    """In a query of holds: whether nobody has released it."""
    return ~exists().where(
        col(HoldDecision.hold_id) == col(Hold.id), col(HoldDecision.decision) == Decision.RELEASED
    ).correlate(Hold)


def on_hold(by: Actor) -> ColumnElement[bool]:
    """In a query of the cooperative's batches: whether an open hold covers it, or one that it is of."""
    return on_hold_in(by.cooperative_id)


def on_hold_in(cooperative_id: uuid.UUID) -> ColumnElement[bool]:
    """The same, whoever asks."""
    columns: list[Any] = [col(Batch.id).label("id")]
    held = (
        select(*columns)
        .outerjoin(CropCycle, col(CropCycle.id) == col(Batch.cycle_id))
        .join(Hold, _covers(CropCycle))
        .where(col(Batch.cooperative_id) == cooperative_id, is_open())
    )
    return col(Batch.id).in_(select(ancestry.and_below(held).c.id))


def is_released(db: Session, hold_id: uuid.UUID) -> bool:
    found = select(exists().where(col(Hold.id) == hold_id, ~is_open()))
    return bool(db.execute(found).scalar_one())


def is_held(db: Session, batch_id: uuid.UUID) -> bool:
    return bool(open_holds_of(db, batch_id))


def open_holds_of(db: Session, batch_id: uuid.UUID) -> list[Hold]:
    """What keeps this batch back, the first first; of all that it is made of as well as its own."""
    found = (
        select(Hold)
        .where(col(Hold.id).in_(_reaching(batch_id)), is_open())
        .order_by(col(Hold.placed_at), col(Hold.id))
    )
    return list(db.execute(found).scalars())


def _reaching(batch_id: uuid.UUID) -> Select[*tuple[Any, ...]]:
    """The holds that cover a batch, or one that it is of, released ones among them."""
    columns: list[Any] = [col(Hold.id)]
    above = ancestry.above(batch_id)
    return (
        select(*columns)
        .select_from(Batch)
        .join(above, above.c.id == col(Batch.id))
        .outerjoin(CropCycle, col(CropCycle.id) == col(Batch.cycle_id))
        .join(Hold, _covers(CropCycle))
    )


def caused_by(db: Session, cause_ids: Iterable[uuid.UUID]) -> list[Hold]:
    """The holds that these tests led to, open or released, the first first."""
    found = (
        select(Hold)
        .where(col(Hold.cause_id).in_(list(cause_ids)))
        .order_by(col(Hold.placed_at), col(Hold.id))
    )
    return list(db.execute(found).scalars())


def open_caused_by(db: Session, cause_ids: Iterable[uuid.UUID]) -> list[Hold]:
    """Those of them that nobody has released."""
    found = select(Hold).where(col(Hold.cause_id).in_(list(cause_ids)), is_open())
    return list(db.execute(found).scalars())


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about a hold, and who took it."""

    decision: str
    reason: str
    decided_by: uuid.UUID
    who: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A hold as its page shows it, with the names of what it keeps back."""

    hold: Hold
    plot: str | None
    cycle: str | None
    lot_code: str | None
    who: str
    decisions: list[Decided]

    @property
    def id(self) -> uuid.UUID:
        return self.hold.id

    @property
    def is_open(self) -> bool:
        return all(one.decision != Decision.RELEASED for one in self.decisions)


def held(db: Session, by: Actor, hold_id: uuid.UUID) -> Held:
    """One hold; raises NotFound like `access_hold`."""
    found = _held(db, _holds(by).where(col(Hold.id) == hold_id))
    if not found:
        raise NotFound
    return found[0]


def all_held(db: Session, by: Actor, asked: Paging) -> list[Held]:
    """The cooperative's holds, open and released, the newest first."""
    return _held(db, asked.newest(_holds(by), col(Hold.id)))


def all_held_of(db: Session, batch_id: uuid.UUID) -> list[Held]:
    """The same, with those that were released, and what was decided about each."""
    return _held(db, _every_hold().where(col(Hold.id).in_(_reaching(batch_id))))


def _covers(cycle: Any) -> ColumnElement[bool]:
    """In a query of holds and batches with their cycle: whether the hold keeps the batch back.

    One of a plot reaches every cycle on it that had not ended before, and those opened later: what was
    wrong with the ground or the water stays wrong until somebody decides.
    """
    still = or_(cycle.closed_at.is_(None), cycle.closed_at >= col(Hold.since))
    return or_(
        col(Hold.batch_id) == col(Batch.id),
        col(Hold.cycle_id) == col(Batch.cycle_id),
        and_(col(Hold.plot_id) == cycle.plot_id, still),
    )


def _holds(by: Actor) -> Any:
    return _every_hold().where(col(Hold.cooperative_id) == by.cooperative_id)


def _every_hold() -> Any:
    person, cycle_plot = aliased(Person), aliased(Plot)
    return (
        select(
            Hold,
            col(Plot.code).label("plot"),
            col(CropCycle.name).label("cycle"),
            cycle_plot.code.label("cycle_plot"),  # type: ignore[attr-defined]
            col(Batch.lot_code),
            person.name.label("who"),  # type: ignore[attr-defined]
        )
        .join(Membership, col(Membership.id) == col(Hold.placed_by))
        .join(person, person.id == col(Membership.person_id))  # type: ignore[arg-type]
        .outerjoin(Plot, col(Plot.id) == col(Hold.plot_id))
        .outerjoin(CropCycle, col(CropCycle.id) == col(Hold.cycle_id))
        .outerjoin(cycle_plot, cycle_plot.id == col(CropCycle.plot_id))  # type: ignore[arg-type]
        .outerjoin(Batch, col(Batch.id) == col(Hold.batch_id))
    )


def _held(db: Session, wanted: Any) -> list[Held]:
    rows = db.execute(wanted).all()
    decided = _decisions(db, [row.Hold.id for row in rows])
    return [
        Held(
            hold=row.Hold,
            plot=row.plot,
            cycle=f"{row.cycle_plot} · {row.cycle}" if row.cycle else None,
            lot_code=row.lot_code,
            who=row.who,
            decisions=decided[row.Hold.id],
        )
        for row in rows
    ]


def _decisions(db: Session, hold_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Decided]]:
    found: dict[uuid.UUID, list[Decided]] = defaultdict(list)
    rows = db.execute(
        select(HoldDecision, col(Person.name))
        .join(Membership, col(Membership.id) == col(HoldDecision.decided_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(HoldDecision.hold_id).in_(hold_ids))
        .order_by(col(HoldDecision.decided_at), col(HoldDecision.id))
    )
    for said, name in rows:
        found[said.hold_id].append(
            Decided(said.decision, said.reason, said.decided_by, name, said.decided_at)
        )
    return found
