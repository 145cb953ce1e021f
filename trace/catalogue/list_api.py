"""The JSON door to lists of allowed and banned pesticides."""

import uuid
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from pydantic import Field

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import list_queries as queries
from trace.catalogue import lists
from trace.catalogue.list_reading import LIMIT_MB
from trace.catalogue.list_rules import Standing
from trace.catalogue.models import PesticideList
from trace.kit.commands import ReadModel
from trace.kit.doors import Db as Writes
from trace.kit.doors import Files, Language, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.translation import say

router = APIRouter(prefix="/api/v1/pesticide-lists", tags=["catalogue"])


class ListRead(ReadModel):
    """A list as one circular gives it."""

    id: uuid.UUID
    standing: str = Field(examples=["allowed"])
    circular: str = Field(examples=["75/2025/TT-BNNMT"])
    in_force_on: date
    file_sha256: str
    line_count: int
    unreadable_count: int = Field(description="Rows of the file that could not be read and are not in it.")
    imported_at: datetime


class LineRead(ReadModel):
    """One line, as it is written on the list; empty where its column is missing."""

    number: int = Field(description="Of the row in the file.")
    active_ingredient: str
    trade_name: str
    target: str
    crop: str
    registrant: str


class ChangeRead(ReadModel):
    """One product about which the new list says something else."""

    before: list[LineRead]
    after: list[LineRead]


class UnreadableRead(ReadModel):
    """A row that is left out."""

    number: int
    reason: str = Field(description="In the language asked for.")


class PreviewRead(ReadModel):
    """What importing a file would change."""

    file_sha256: str = Field(description="Send it with the import.")
    replaces_id: uuid.UUID | None = Field(description="Send it with the import.")
    line_count: int
    unchanged: int
    added: list[LineRead]
    removed: list[LineRead]
    changed: list[ChangeRead]
    unreadable: list[UnreadableRead]


class LinesRead(ReadModel):
    """Some lines of a list, in its own order."""

    items: list[LineRead]
    next: int | None = Field(description="Send it as `after` for the following lines; null at the end.")


@router.post(
    "/preview",
    responses=WRITING,
    operation_id="catalogue_preview_list",
    summary="Look at what a list would change",
)
def preview_list(
    by: By,
    db: Reads,
    store: Files,
    language: Language,
    file: Annotated[UploadFile, File(description="An .xlsx or .csv file of at most 10 MB.")],
    standing: Annotated[Standing, Form(description="Which of the two lists it is.")],
) -> PreviewRead:
    """The file is compared with the newest list of its kind. Nothing is imported."""
    by.must_be(Role.MANAGER)
    content = file.file.read(LIMIT_MB * 1024 * 1024 + 1)
    found = lists.preview_list(db, store, content, standing, by=by)
    difference = found.difference
    return PreviewRead(
        file_sha256=found.file_sha256,
        replaces_id=found.replaces.id if found.replaces else None,
        line_count=len(found.reading.rows),
        unchanged=difference.unchanged,
        added=[LineRead.model_validate(row) for row in difference.added],
        removed=[LineRead.model_validate(row) for row in difference.removed],
        changed=[ChangeRead.model_validate(one) for one in difference.changed],
        unreadable=[
            UnreadableRead(number=one.number, reason=say(one.reason, language))
            for one in found.reading.unreadable
        ],
    )


@router.post(
    "",
    status_code=201,
    response_model=ListRead,
    responses=WRITING,
    operation_id="catalogue_import_list",
    summary="Import a list that was looked at",
)
def import_list(command: lists.ImportList, by: By, db: Writes, store: Files, now: Now) -> PesticideList:
    """Earlier lists stay readable. Sending the same `id` again is safe."""
    return lists.import_list(db, store, command, by=by, now=now)


@router.get(
    "",
    response_model=list[ListRead],
    responses=READING,
    operation_id="catalogue_list_lists",
    summary="List the imported lists",
)
def list_lists(by: By, db: Reads) -> list[PesticideList]:
    """Every one that was ever imported; the one that came into force last stands first."""
    return queries.lists(db, by)


@router.get(
    "/{list_id}/lines",
    responses=READING,
    operation_id="catalogue_read_list",
    summary="Read a list",
)
def read_list(
    list_id: uuid.UUID,
    by: By,
    db: Reads,
    q: Annotated[str, Query(max_length=120, description="Words to look for, with or without marks.")] = "",
    after: Annotated[int, Query(ge=0, le=1_000_000, description="`next` of the lines before.")] = 0,
) -> LinesRead:
    queries.access_list(db, by, list_id)
    found = queries.lines_of(db, list_id, q=q, after=after, limit=201)
    return LinesRead(
        items=[LineRead.model_validate(row) for row in found[:200]],
        next=found[199].number if len(found) > 200 else None,
    )
