"""API keys: a program's way in, as the manager who made it or as a reader."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field
from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from trace.accounts import journal, secrets
from trace.accounts.actor import Actor
from trace.accounts.models import ApiKey, Cooperative, Membership, Person, Role, Scope
from trace.accounts.queries import own
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import Command, ShortLine
from trace.kit.problems import Conflict
from trace.kit.translation import N_

# A key that nobody has used for half a year is one that nobody would miss, or notice being stolen.
_FORGOTTEN_AFTER: Final = timedelta(days=183)


class MakeKey(Command):
    """A manager gives a program a way in."""

    name: ShortLine = Field(description="What the key is for.", examples=["Cân điện tử"])
    scope: Scope = Field(description="`read`, or `write` to do what its maker may do.", examples=["read"])


@dataclass(frozen=True)
class NewKey:
    """A key as its maker sees it, once."""

    row: ApiKey
    key: str


def make_key(db: Session, command: MakeKey, *, by: Actor, now: datetime) -> NewKey:
    """Raises Conflict for a repeated command: what was shown once cannot be shown again."""
    by.must_be(Role.MANAGER)
    by.must_be_present(now=now)
    if journal.already(db, "key.made", command, by=by):
        raise Conflict(N_("This key was made already and cannot be shown again. Revoke it and make another."))
    key = secrets.new_key()
    row = ApiKey(
        id=command.id,
        cooperative_id=by.cooperative_id,
        made_by=by.membership_id,
        name=command.name,
        scope=command.scope,
        prefix=secrets.key_start(key),
        key_hash=secrets.token_hash(key),
        made_at=now,
    )
    db.add(row)
    journal.append(db, "key.made", row.id, command, by=by, now=now)
    return NewKey(row, key)


class RevokeKey(Command):
    """The key stops working at once."""

    key_id: uuid.UUID = Field(description="Which: `id` of the list of keys.")


def revoke_key(db: Session, command: RevokeKey, *, by: Actor, now: datetime) -> ApiKey:
    by.must_be(Role.MANAGER)
    row = access_key(db, by, command.key_id)
    if journal.already(db, "key.revoked", command, by=by):
        return row
    row.revoked_at = row.revoked_at or now
    journal.append(db, "key.revoked", row.id, command, by=by, now=now)
    return row


def revoke_all_by(db: Session, membership_id: uuid.UUID, *, now: datetime) -> None:
    """For good: a maker who comes back makes new ones."""
    for row in db.exec(select(ApiKey).where(ApiKey.made_by == membership_id)).all():
        row.revoked_at = row.revoked_at or now


def keys_of(db: Session, by: Actor) -> list[ApiKey]:
    by.must_be(Role.MANAGER)
    found = select(ApiKey).where(ApiKey.cooperative_id == by.cooperative_id)
    return list(db.exec(found.order_by(col(ApiKey.id).desc())).all())


def works(row: ApiKey, *, now: datetime) -> bool:
    last = row.used_on or day_in_vietnam(row.made_at)
    return row.revoked_at is None and last >= day_in_vietnam(now - _FORGOTTEN_AFTER)


def access_key(db: Session, by: Actor, key_id: uuid.UUID) -> ApiKey:
    return own(db, by, ApiKey, key_id)


def actor_of_key(db: Session, key: str, *, now: datetime) -> tuple[Actor, bool] | None:
    """Whom a key speaks for, and whether today's use is still to be noted. Nonsense never asks the database."""
    if not secrets.is_key(key):
        return None
    row = db.exec(
        select(ApiKey, Membership, Person.name, Cooperative)
        .join(Membership, col(ApiKey.made_by) == Membership.id)
        .join(Person, col(Person.id) == Membership.person_id)
        .join(Cooperative, col(Cooperative.id) == ApiKey.cooperative_id)
        .where(ApiKey.key_hash == secrets.token_hash(key), col(Membership.ended_at).is_(None))
    ).first()
    if row is None or not works(row[0], now=now):
        return None
    known, membership, person_name, cooperative = row
    reads_only = known.scope == Scope.READ
    actor = Actor(
        membership_id=membership.id,
        person_id=membership.person_id,
        cooperative_id=cooperative.id,
        role=Role.VIEWER if reads_only else Role(membership.role),
        name=person_name,
        cooperative_name=cooperative.name,
        illustration=cooperative.illustration,
        key_id=known.id,
        reads_only=reads_only,
    )
    return actor, known.used_on != day_in_vietnam(now)


def note_use(db: Session, key_id: uuid.UUID, *, now: datetime) -> None:
    """Rounded to the day, so that most requests write nothing; twice at once is harmless."""
    today = day_in_vietnam(now)
    unnoted = or_(col(ApiKey.used_on).is_(None), col(ApiKey.used_on) < today)
    db.execute(update(ApiKey).where(col(ApiKey.id) == key_id, unnoted).values(used_on=today))
