"""Harvests that a manager let go early: the reason stays with the harvest and with all that is made of it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.models import Membership, Person
from trace.records import queries, rules
from trace.records.models import CropCycle, EarlyHarvest, Kind, Record, Spraying
from trace.records.rules import Spray


@dataclass(frozen=True, slots=True)
class Override:
    """That a harvest did not wait, which interval it broke, and why. The name is for members."""

    record_id: uuid.UUID
    reason: str
    spray: Spray
    harvested_at: datetime
    given_at: datetime
    given_by: uuid.UUID
    who: str


def overrides(db: Session, *asked: ColumnElement[bool]) -> dict[uuid.UUID, Override]:
    """By the record with which each was given, struck ones included; `asked` is about records."""
    return {row.record_id: _override(row) for row in db.execute(_found().where(*asked))}


def overrides_of_harvests(db: Session, harvest_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Override]]:
    """For each harvest those of itself, of what it corrects and of what corrects it, in one statement."""
    history = _history(harvest_ids)
    rows = db.execute(
        _found()
        .add_columns(history.c.start)
        .join(history, history.c.member == col(Record.id))
        .order_by(col(Record.received_at), col(Record.id))
    )
    found: dict[uuid.UUID, list[Override]] = defaultdict(list)
    for row in rows:
        found[row.start].append(_override(row))
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whether a harvest waited for what was sprayed: by the diary as it stands now, and by what a manager decided."""

    broken: Spray | None
    undeclared: tuple[str, ...]
    overrides: tuple[Override, ...]


def waiting_of(db: Session, harvest: Record) -> Waiting:
    """Of a harvest and its whole chain of corrections; one that does not stand broke nothing."""
    given = tuple(overrides_of_harvests(db, [harvest.id])[harvest.id])
    if harvest.kind != Kind.HARVEST:
        return Waiting(None, (), given)
    at = rules.done_at(harvest.happened_at, received_at=harvest.received_at)
    sprays = queries.crop(db, db.get_one(CropCycle, harvest.cycle_id)).sprays
    return Waiting(
        rules.broken_interval(sprays, harvested_at=at),
        names_of(rules.undeclared(sprays, harvested_at=at)),
        given,
    )


def names_of(sprays: Iterable[Spray]) -> tuple[str, ...]:
    """Each pesticide once, in the order of the work."""
    return tuple(dict.fromkeys(spray.trade_name for spray in sprays))


def _found() -> Select[Any]:
    spray = aliased(Record)
    columns: list[Any] = [
        col(EarlyHarvest.record_id),
        col(EarlyHarvest.reason),
        col(Record.happened_at),
        col(Record.received_at),
        col(Record.written_by),
        col(Person.name).label("who"),
        col(spray.id).label("spray_id"),
        col(spray.happened_at).label("sprayed_at"),
        col(spray.received_at).label("spray_received_at"),
        col(Spraying.trade_name),
        col(Spraying.phi_days),
    ]
    return (
        select(*columns)
        .select_from(EarlyHarvest)
        .join(Record, col(Record.id) == col(EarlyHarvest.record_id))
        .join(Membership, col(Membership.id) == col(Record.written_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(spray, col(spray.id) == col(EarlyHarvest.spray_id))
        .join(Spraying, col(Spraying.record_id) == col(spray.id))
    )


def _override(row: Any) -> Override:
    sprayed_at = rules.done_at(row.sprayed_at, received_at=row.spray_received_at)
    return Override(
        record_id=row.record_id,
        reason=row.reason,
        spray=Spray(row.spray_id, sprayed_at, row.trade_name, row.phi_days),
        harvested_at=row.happened_at,
        given_at=row.received_at,
        given_by=row.written_by,
        who=row.who,
    )


def _history(harvest_ids: Iterable[uuid.UUID]) -> Any:
    """(start, member): each harvest with every record of its chain of corrections, before it and after it."""
    ids = list(harvest_ids)
    before, after = _walk("before", ids, back=True), _walk("after", ids, back=False)
    return select(before.c.start, before.c.member).union(select(after.c.start, after.c.member)).subquery()


def _walk(name: str, ids: list[uuid.UUID], *, back: bool) -> CTE:
    first: list[Any] = [
        col(Record.id).label("start"),
        col(Record.id).label("member"),
        col(Record.corrects_id).label("earlier"),
    ]
    walk = select(*first).where(col(Record.id).in_(ids)).cte(name, recursive=True)
    other = aliased(Record)
    step = col(other.id) == walk.c.earlier if back else col(other.corrects_id) == walk.c.member
    more: list[Any] = [walk.c.start, other.id, other.corrects_id]
    return walk.union_all(select(*more).join(other, step))
