"""The JSON door to laboratory tests."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from trace.accounts.doors import By
from trace.batches import holds
from trace.batches import queries as batches
from trace.batches.models import Hold
from trace.farms import queries as farms
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf
from trace.laboratory import commands, queries
from trace.laboratory.models import Found, LabResult, Sample, Verdict
from trace.laboratory.queries import About, Tested
from trace.records import queries as records

router = APIRouter(prefix="/api/v1/tests", tags=["laboratory"])
Named = Annotated[uuid.UUID | None, Query()]


class ResultRead(ReadModel):
    """One parameter of a report."""

    parameter: str
    found: Found
    value: Decimal | None = Field(description="Of a number, or the bound below which it lies.")
    unit: str | None
    limit: Decimal | None = Field(description="0: none may be there.")
    verdict: Verdict


class TestRead(ReadModel):
    """A laboratory test and what became of it."""

    id: uuid.UUID
    area_id: uuid.UUID | None
    plot_id: uuid.UUID | None
    cycle_id: uuid.UUID | None
    batch_id: uuid.UUID | None
    sample: Sample
    description: str | None
    taken_by: str | None = Field(description="For members only.")
    sampled_on: date
    laboratory: str
    received_on: date | None
    reported_on: date | None
    report_number: str | None
    norm: str | None
    verdict: Verdict
    results: list[ResultRead]
    document_id: uuid.UUID | None
    photo_id: uuid.UUID | None
    file_public: bool
    corrects_id: uuid.UUID | None
    correction_reason: str | None
    corrected_by_id: uuid.UUID | None
    withdrawal_reason: str | None
    hold_ids: list[uuid.UUID] = Field(description="What it led to, open or released; see `/holds/{hold_id}`.")
    written_by: uuid.UUID = Field(description="The membership.")
    received_at: datetime


@router.post(
    "",
    status_code=201,
    responses=WRITING,
    operation_id="laboratory_record_test",
    summary="Write a laboratory test down, or correct one",
)
def record_test(command: commands.RecordTest, by: By, db: Db, now: Now) -> TestRead:
    """One that failed holds back its batch, or all batches of its cycle or plot, until a manager decides."""
    made = commands.record_test(db, command, by=by, now=now)
    return _read(queries.test(db, by, made.id), _held(db, [made.id]))


@router.post(
    "/withdraw",
    responses=WRITING,
    operation_id="laboratory_withdraw_test",
    summary="Say that a test does not count",
)
def withdraw_test(command: commands.WithdrawTest, by: By, db: Db, now: Now) -> TestRead:
    """Needs a manager. It stays visible with the reason; holds stay until they are decided about."""
    found = commands.withdraw_test(db, command, by=by, now=now)
    return _read(queries.test(db, by, found.id), _held(db, [found.id]))


@router.get("", responses=READING, operation_id="laboratory_list_tests", summary="List laboratory tests")
def list_tests(
    by: By,
    db: Reads,
    asked: Asked,
    area_id: Named = None,
    plot_id: Named = None,
    cycle_id: Named = None,
    batch_id: Named = None,
) -> PageOf[TestRead]:
    """The newest first; of a batch those of its crop, its plot and its growing area as well."""
    about = About(area_id, plot_id, cycle_id, batch_id)
    if area_id:
        farms.access_area(db, by, area_id)
    if plot_id:
        farms.access_plot(db, by, plot_id)
    if cycle_id:
        records.access_cycle(db, by, cycle_id)
    if batch_id:
        batches.access_batch(db, by, batch_id)
    found, following = asked.cut(queries.tests(db, by, asked, about))
    held = _held(db, [one.id for one in found])
    return PageOf(items=[_read(one, held) for one in found], next=following)


@router.get(
    "/{test_id}", responses=READING, operation_id="laboratory_read_test", summary="Read a laboratory test"
)
def read_test(test_id: uuid.UUID, by: By, db: Reads) -> TestRead:
    return _read(queries.test(db, by, test_id), _held(db, [test_id]))


def _held(db: Reads, test_ids: list[uuid.UUID]) -> list[Hold]:
    return holds.caused_by(db, test_ids)


def _read(one: Tested, held: list[Hold]) -> TestRead:
    return TestRead.model_validate(
        {
            **one.test.model_dump(),
            "taken_by": one.taken_by,
            "results": [_result(result) for result in one.results],
            "corrected_by_id": one.corrected_by_id,
            "withdrawal_reason": one.withdrawal.reason if one.withdrawal else None,
            "hold_ids": [hold.id for hold in held if hold.cause_id == one.id],
        }
    )


def _result(result: LabResult) -> ResultRead:
    return ResultRead.model_validate({**result.model_dump(), "limit": result.max_value})
