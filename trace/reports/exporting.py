"""Writing the diary of a cycle to a file from the command line, as a manager would get it."""

import uuid
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from trace.accounts.queries import manager_of
from trace.kit.database import Database
from trace.kit.problems import NotFound
from trace.kit.translation import Locale
from trace.records.models import CropCycle
from trace.reports import queries
from trace.reports.doors import MEDIA_TYPES, Format, made


def export(
    database: Database,
    cycle_id: uuid.UUID,
    file: Path,
    format_: Format,
    *,
    locale: Locale,
    people: bool,
    now: datetime,
) -> None:
    """Raises NotFound where there is no such cycle."""
    with database.read() as db:
        content = made(
            queries.diary(db, manager_of(db, _cooperative(db, cycle_id)), cycle_id, people=people, now=now),
            format_,
            locale,
        )
    file.write_bytes(content)


def format_of(file: Path) -> Format:
    """Raises ValueError for a name that ends otherwise."""
    for known in MEDIA_TYPES:
        if file.suffix.lower() == f".{known}":
            return known
    raise ValueError("the name must end in .pdf or .xlsx")


def _cooperative(db: Session, cycle_id: uuid.UUID) -> uuid.UUID:
    cycle = db.get(CropCycle, cycle_id)
    if cycle is None:
        raise NotFound
    return cycle.cooperative_id
