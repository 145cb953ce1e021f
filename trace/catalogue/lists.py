"""Importing a list of allowed or banned pesticides: first what it would change, then the import itself."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import Field
from sqlalchemy import insert
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.catalogue import list_queries
from trace.catalogue.list_reading import read_file
from trace.catalogue.list_rules import KEY_LENGTH, Difference, Reading, Standing, compare, squeezed
from trace.catalogue.models import PesticideList, PesticideListLine
from trace.kit.commands import Command, Day, Line
from trace.kit.database import hold
from trace.kit.files import FileStore
from trace.kit.problems import Conflict, FilesNotReady, Refused
from trace.kit.translation import N_

_AT_ONCE: Final = 500


class ImportList(Command):
    """A list that was looked at is taken in. Earlier ones stay as they are."""

    standing: Standing = Field(examples=["allowed"])
    circular: Line = Field(description="Its number.", examples=["75/2025/TT-BNNMT"])
    in_force_on: Day = Field(examples=["2026-02-10"])
    file_sha256: str = Field(
        pattern="^[0-9a-f]{64}$", description="Of the file, as the look at it before answered."
    )
    replaces_id: uuid.UUID | None = Field(
        None, description="The list it was compared with; null when there was none. Kept from that look."
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would change; nothing is stored but the bytes of the file."""

    file_sha256: str
    replaces: PesticideList | None
    reading: Reading
    difference: Difference


def preview_list(db: Session, store: FileStore, content: bytes, standing: Standing, *, by: Actor) -> Preview:
    """Compare a file with the newest list of its kind. Raises Malformed that names `file` when it is none."""
    by.must_be(Role.MANAGER)
    reading = read_file(content, field="file")
    replaces = list_queries.newest(db, by, standing)
    before = list_queries.rows_of(db, replaces.id) if replaces else []
    return Preview(store.keep(content), replaces, reading, compare(before, reading.rows))


def import_list(
    db: Session, store: FileStore, command: ImportList, *, by: Actor, now: datetime
) -> PesticideList:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "pesticide_list.imported", command, by=by):
        return db.get_one(PesticideList, known)
    hold(db, "pesticide_list", by.cooperative_id)
    if command.replaces_id:
        list_queries.access_list(db, by, command.replaces_id)
    newest = list_queries.newest(db, by, command.standing)
    if (newest.id if newest else None) != command.replaces_id:
        raise Conflict(
            N_("Another list was imported in the meantime. Look at the differences again."),
            field="replaces_id",
        )
    reading = read_file(_kept(store, command.file_sha256), field="file_sha256")
    imported = PesticideList(
        cooperative_id=by.cooperative_id,
        line_count=len(reading.rows),
        unreadable_count=len(reading.unreadable),
        imported_by=by.membership_id,
        imported_at=now,
        **command.model_dump(exclude={"replaces_id"}),
    )
    db.add(imported)
    db.flush()  # its lines point to it
    _store_lines(db, imported.id, reading)
    journal.append(db, "pesticide_list.imported", imported.id, command, by=by, now=now)
    return imported


def _kept(store: FileStore, sha256: str) -> bytes:
    try:
        return store.read(sha256)
    except FilesNotReady as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise Refused(
                N_("This file is not here. Send it again to look at it."), field="file_sha256"
            ) from error
        raise


def _store_lines(db: Session, list_id: uuid.UUID, reading: Reading) -> None:
    lines = [
        {
            "list_id": list_id,
            "number": row.number,
            "active_ingredient": row.active_ingredient,
            "trade_name": row.trade_name,
            "target": row.target,
            "crop": row.crop,
            "registrant": row.registrant,
            "trade_key": squeezed(row.trade_name)[:KEY_LENGTH],
        }
        for row in reading.rows
    ]
    for start in range(0, len(lines), _AT_ONCE):
        db.execute(insert(PesticideListLine), lines[start : start + _AT_ONCE])
