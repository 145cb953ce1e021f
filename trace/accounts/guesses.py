"""Guessing is made slow: tries are counted in the database, and too many of them have to wait."""

import ipaddress
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import delete
from sqlmodel import Session, col, select

from trace.accounts.models import Attempt
from trace.accounts.secrets import keyed, server_key
from trace.kit.database import Database, hold
from trace.kit.ids import new_id
from trace.kit.problems import TooMany


@dataclass(frozen=True)
class Limit:
    """So many tries of one subject within a time; the subject is hashed, because it is a person or a place."""

    subject: str
    most: int
    within: timedelta


# A whole cooperative may sit behind one address; right passwords do not count.
_PER_PERSON: Final = (10, timedelta(minutes=5))
_PER_ADDRESS: Final = (40, timedelta(minutes=5))
_NEW_COOPERATIVES: Final = (60, timedelta(hours=1))
# Many phones share one address of a mobile network.
_REPORTS: Final = (10, timedelta(hours=1))
_LONGEST: Final = timedelta(hours=1)
_PURGED_AT_ONCE: Final = 1000


def limits(folder: Path, *, address: str, phone: str | None = None) -> list[Limit]:
    """What a try at a password or an invitation is counted against: whose it is, and where it comes from."""
    key = server_key(folder)
    counted = [Limit(keyed(key, "address", _network(address)), *_PER_ADDRESS)]
    if phone:
        counted.append(Limit(keyed(key, "phone", phone), *_PER_PERSON))
    return counted


def limit_on_links(folder: Path, *, address: str) -> Limit:
    """Tries at links and codes on paper; apart from passwords, so that mistyping one locks nobody's door."""
    return Limit(keyed(server_key(folder), "link", _network(address)), *_PER_ADDRESS)


def limit_on_registrations(folder: Path, *, address: str) -> Limit:
    return Limit(keyed(server_key(folder), "registration", _network(address)), *_NEW_COOPERATIVES)


def limit_on_reports(folder: Path, *, address: str, day: str) -> Limit:
    """Of strangers without an account: what is counted today says nothing about the same address tomorrow."""
    return Limit(keyed(server_key(folder), "report", day, _network(address)), *_REPORTS)


def count(database: Database, counted: Iterable[Limit], *, now: datetime) -> list[uuid.UUID]:
    """Count one try, in a transaction of its own, before anybody knows whether it is right.

    So tries made at the same moment, in whatever process, see each other. Raises TooMany, and counts
    nothing, when a limit is reached: whoever waits gets in, nobody is locked out.
    """
    with database.write() as db:
        made = [_count_one(db, limit, now=now) for limit in sorted(counted, key=lambda limit: limit.subject)]
        _purge(db, now=now)
        return made


def take_back(db: Session, tries: list[uuid.UUID]) -> None:
    """The try was right, so it was no guess."""
    db.execute(delete(Attempt).where(col(Attempt.id).in_(tries)))


def _count_one(db: Session, limit: Limit, *, now: datetime) -> uuid.UUID:
    hold(db, "attempt", limit.subject)
    recent = select(Attempt.at).where(Attempt.subject == limit.subject, Attempt.at > now - limit.within)
    tries = db.exec(recent.order_by(col(Attempt.at).desc()).limit(limit.most)).all()
    if len(tries) == limit.most:
        raise TooMany(round((tries[-1] + limit.within - now).total_seconds()))
    attempt = Attempt(id=new_id(), subject=limit.subject, at=now)
    db.add(attempt)
    return attempt.id


def _purge(db: Session, *, now: datetime) -> None:
    # Rows that another process is removing at this moment are left to it.
    old = select(Attempt.id).where(Attempt.at <= now - _LONGEST).limit(_PURGED_AT_ONCE)
    db.execute(delete(Attempt).where(col(Attempt.id).in_(old.with_for_update(skip_locked=True))))


def _network(address: str) -> str:
    """An IPv6 subscriber has a whole network of addresses to try from."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    mapped = ipaddress.IPv6Address(known).ipv4_mapped
    return str(mapped or ipaddress.ip_network((known, 64), strict=False))
