"""The diary as it is read: each record with its three clocks, its facts and what became of it.

The number of SQL statements does not grow with the number of records.
"""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.farms.models import Household
from trace.kit.paging import Paging
from trace.places.rules import fold
from trace.records import backing, privacy, queries, rules
from trace.records.backing import Pictured
from trace.records.early import Override, names_of, overrides
from trace.records.evidence_models import Confirmation
from trace.records.facts import Fact, facts_of, override_facts, verdict_facts
from trace.records.kinds import DETAILS
from trace.records.levels import Backing, Level, level
from trace.records.models import Confided, CropCycle, Kind, Record
from trace.records.rules import Spray
from trace.records.shown import SHOWN, columns


@dataclass(frozen=True, slots=True)
class Line:
    """One record. Names of people are for members; strangers see the household's code.

    `for_others`: the hands are of a household that is not the writer's.
    """

    id: uuid.UUID
    cycle_id: uuid.UUID | None
    plot_id: uuid.UUID | None
    area_id: uuid.UUID | None
    kind: str
    happened_at: datetime
    recorded_at: datetime
    received_at: datetime
    late_days: int
    clock_offset_seconds: int | None
    written_by: uuid.UUID
    writer: str
    household_code: str | None
    for_others: bool
    note: str
    facts: tuple[Fact, ...]
    photo_ids: tuple[uuid.UUID, ...]
    document_ids: tuple[uuid.UUID, ...]
    photos_public: bool
    faces: bool
    corrects_id: uuid.UUID | None
    correction_reason: str | None
    corrected_by_id: uuid.UUID | None
    retracted: bool
    struck_because: str | None
    backing: Backing
    confirmed_at: datetime | None
    confirmer: str | None
    struck_by: str | None
    struck_at: datetime | None
    override: Override | None = None
    broken: Spray | None = None  # the interval that this harvest did not wait for, as the diary stands now
    undeclared: tuple[str, ...] = ()  # the pesticides before it whose interval nobody declared

    @property
    def stands(self) -> bool:
        """Neither corrected nor taken back, and a statement about work."""
        return self.corrected_by_id is None and self.kind != Kind.RETRACTION

    @property
    def evidence(self) -> Level:
        """How well it is backed, as far as the diary alone knows."""
        return level(self.backing)

    @property
    def clock_wrong_by(self) -> timedelta | None:
        """How far ahead the device's clock was, negative when behind; None when it was right or nobody knows."""
        return rules.clock_wrong_by(
            self.clock_offset_seconds, recorded_at=self.recorded_at, received_at=self.received_at
        )

    @property
    def written_at(self) -> datetime:
        """When it was written, as far as our clock can tell."""
        return rules.written_at(self.recorded_at, received_at=self.received_at, wrong_by=self.clock_wrong_by)

    @property
    def clock_ahead(self) -> bool:
        wrong_by = self.clock_wrong_by
        return wrong_by is not None and wrong_by > timedelta(0)

    @property
    def too_early(self) -> bool:
        """A harvest within a pre-harvest interval."""
        return self.broken is not None


def timeline(db: Session, cycle_id: uuid.UUID, *, to: Actor | None = None) -> list[Line]:
    """Every record of a cycle by the time of the work, corrected and retracted ones included.

    Without a reader it tells what strangers may know.
    """
    return _judged(db, cycle_id, lines(db, col(Record.cycle_id) == cycle_id, to=to))


def page_of_cycle(
    db: Session, cycle_id: uuid.UUID, asked: Paging, *, to: Actor, start: Record | None = None
) -> tuple[list[Line], uuid.UUID | None]:
    """A page of the diary of a cycle, newest work first, and the first record of the next one.

    Each line says by itself what became of it, because what corrects it may stand on another page.
    """
    found, following = page_of(db, col(Record.cycle_id) == cycle_id, asked=asked, to=to, start=start)
    return _judged(db, cycle_id, found), following


def page_of(
    db: Session, *fitting: ColumnElement[bool], asked: Paging, to: Actor, start: Record | None = None
) -> tuple[list[Line], uuid.UUID | None]:
    """A page of the records that fit, newest work first, beginning with `start`."""
    happened, id_ = col(Record.happened_at), col(Record.id)
    from_here = (
        [happened <= start.happened_at, or_(happened < start.happened_at, id_ <= start.id)] if start else []
    )
    ids = (
        db.execute(
            select(id_)
            .where(_seen_by(to), *fitting, *from_here)
            .order_by(happened.desc(), id_.desc())
            .limit(asked.limit + 1)
        )
        .scalars()
        .all()
    )
    shown = ids[: asked.limit]
    found = {line.id: line for line in lines(db, id_.in_(shown), to=to)} if shown else {}
    return [found[one] for one in shown], ids[asked.limit] if len(ids) > asked.limit else None


def _judged(db: Session, cycle_id: uuid.UUID, found: list[Line]) -> list[Line]:
    if not any(_is_judged(line) for line in found):
        return found
    sprays = queries.crop(db, db.get_one(CropCycle, cycle_id)).sprays
    return [_with_verdict(line, sprays) if _is_judged(line) else line for line in found]


def lines(db: Session, *asked: ColumnElement[bool], to: Actor | None = None) -> list[Line]:
    """The records that fit and that this reader may see, by the time of the work.

    Two statements and one for each kind among them; members cost two more, for what was confided and spoken.
    """
    later, writer, confirmer, mender = aliased(Record), aliased(Person), aliased(Person), aliased(Person)
    confirming, mending = aliased(Membership), aliased(Membership)
    rows = db.execute(
        select(
            col(Record.id),
            col(Record.cycle_id),
            col(Record.plot_id),
            col(Record.area_id),
            col(Record.kind),
            col(Record.happened_at),
            col(Record.recorded_at),
            col(Record.received_at),
            col(Record.clock_offset_seconds),
            col(Record.written_by),
            col(Record.note),
            col(Record.photos_public),
            col(Record.faces),
            col(Record.corrects_id),
            col(Record.correction_reason),
            col(writer.name).label("writer"),
            col(Household.code).label("household_code"),
            col(Household.name).label("household_name"),
            col(Household.membership_id).label("household_member"),
            col(later.id).label("later_id"),
            col(later.kind).label("later_kind"),
            col(later.correction_reason).label("later_reason"),
            col(Confirmation.confirmed_at),
            col(confirmer.name).label("confirmer"),
            col(later.received_at).label("later_at"),
            col(mender.name).label("mender"),
        )
        .join(Membership, col(Membership.id) == col(Record.written_by))
        .join(writer, col(writer.id) == col(Membership.person_id))
        .outerjoin(Household, col(Household.id) == col(Record.household_id))
        .outerjoin(later, col(later.corrects_id) == col(Record.id))
        .outerjoin(Confirmation, col(Confirmation.record_id) == col(Record.id))
        .outerjoin(confirming, col(confirming.id) == col(Confirmation.confirmed_by))
        .outerjoin(confirmer, col(confirmer.id) == col(confirming.person_id))
        .outerjoin(mending, col(mending.id) == col(later.written_by))
        .outerjoin(mender, col(mender.id) == col(mending.person_id))
        .where(_seen_by(to), *asked)
        .order_by(col(Record.happened_at), col(Record.received_at), col(Record.id))
    ).all()
    if not rows:
        return []
    pictured = backing.pictured(db, asked)
    spoken = backing.voice_notes(db, asked) if to else {}
    facts = _facts(db, asked, {row.kind for row in rows} & SHOWN.keys(), to)
    given = overrides(db, *asked) if any(row.kind == Kind.HARVEST for row in rows) else {}
    return [
        _line(
            row,
            facts.get(row.id, ()),
            pictured.get(row.id, Pictured()),
            spoken.get(row.id, ()),
            given.get(row.id),
        )
        for row in rows
    ]


def _seen_by(to: Actor | None) -> ColumnElement[bool]:
    """In a query of records: those of kinds that this reader may see; a retraction is as private as its record."""
    kinds = privacy.kinds_for(to)
    taken_back = aliased(Record)
    its_kind = select(col(taken_back.kind)).where(col(taken_back.id) == Record.corrects_id).correlate(Record)
    return and_(
        col(Record.kind).in_(kinds),
        or_(col(Record.kind) != Kind.RETRACTION, its_kind.scalar_subquery().in_(kinds)),
    )


def one(db: Session, record_id: uuid.UUID, *, to: Actor) -> Line:
    """A single record, which the caller has made sure exists and may be seen."""
    (line,) = lines(db, col(Record.id) == record_id, to=to)
    return line


def _facts(
    db: Session, asked: Iterable[ColumnElement[bool]], kinds: Iterable[str], to: Actor | None
) -> Mapping[uuid.UUID, tuple[Fact, ...]]:
    found: dict[uuid.UUID, tuple[Fact, ...]] = {}
    apart = _confided(db, asked) if to else {}
    for kind in kinds:
        table: Any = DETAILS[kind]
        wanted: list[Any] = [
            Record.happened_at,
            Record.received_at,
            *(getattr(table, name) for name in columns(kind)),
        ]
        for row in db.execute(select(*wanted).join(Record, Record.id == table.record_id).where(*asked)):
            told = facts_of(kind, row, done_at=_done_at(row), confided=apart.get(row.record_id), to=to)
            found[row.record_id] = tuple(told)
    return found


def _confided(db: Session, asked: Iterable[ColumnElement[bool]]) -> Mapping[uuid.UUID, dict[str, str]]:
    found: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    rows = db.execute(
        select(col(Confided.record_id), col(Confided.name), col(Confided.value))
        .join(Record, col(Record.id) == col(Confided.record_id))
        .where(*asked)
    )
    for record_id, name, value in rows:
        found[record_id][name] = value
    return found


def _done_at(row: Any) -> datetime:
    return rules.done_at(row.happened_at, received_at=row.received_at)


def _is_judged(line: Line) -> bool:
    return line.stands and line.kind == Kind.HARVEST


def _with_verdict(line: Line, sprays: Iterable[Spray]) -> Line:
    """What the diary, as it stands now, says about a harvest: it is never stored, so it is never out of date."""
    at = rules.done_at(line.happened_at, received_at=line.received_at)
    broken = rules.broken_interval(sprays, harvested_at=at)
    undeclared = names_of(rules.undeclared(sprays, harvested_at=at))
    facts = tuple(verdict_facts(broken, undeclared))
    return dataclasses.replace(line, broken=broken, undeclared=undeclared, facts=(*line.facts, *facts))


def _for_others(row: Any) -> bool:
    """A household that nobody signs in for is known by the name of its person."""
    if row.household_name is None:
        return False
    if row.household_member:
        return bool(row.household_member != row.written_by)
    return fold(row.household_name) != fold(row.writer)


def _line(
    row: Any,
    facts: tuple[Fact, ...],
    pictured: Pictured,
    document_ids: tuple[uuid.UUID, ...],
    override: Override | None,
) -> Line:
    return Line(
        id=row.id,
        cycle_id=row.cycle_id,
        plot_id=row.plot_id,
        area_id=row.area_id,
        kind=row.kind,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        received_at=row.received_at,
        late_days=rules.late_days(row.happened_at, received_at=row.received_at),
        clock_offset_seconds=row.clock_offset_seconds,
        written_by=row.written_by,
        writer=row.writer,
        household_code=row.household_code,
        for_others=_for_others(row),
        note=row.note,
        facts=(*facts, *override_facts(override)) if override else facts,
        photo_ids=tuple(pictured.photo_ids),
        document_ids=document_ids,
        photos_public=row.photos_public,
        faces=row.faces,
        corrects_id=row.corrects_id,
        correction_reason=row.correction_reason,
        corrected_by_id=row.later_id,
        retracted=row.later_kind == Kind.RETRACTION,
        struck_because=row.later_reason,
        backing=Backing(
            happened_at=row.happened_at,
            received_at=row.received_at,
            shots=tuple(pictured.shots),
            confirmed=row.confirmed_at is not None,
        ),
        confirmed_at=row.confirmed_at,
        confirmer=row.confirmer,
        struck_by=row.mender,
        struck_at=row.later_at,
        override=override,
    )
