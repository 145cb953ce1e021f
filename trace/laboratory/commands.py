"""Writing laboratory tests down, correcting and withdrawing them; a failed one holds its batches back."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import holds
from trace.batches import queries as batches
from trace.batches.holding import Caused, PlaceHold, hold_back
from trace.batches.models import Cause
from trace.evidence.papers import access_paper
from trace.farms import queries as farms
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import (
    Command,
    Day,
    Doubted,
    Line,
    OptionalLine,
    OptionalShortLine,
    Paragraph,
    Personal,
)
from trace.kit.database import hold
from trace.kit.figures import number
from trace.kit.ids import new_id
from trace.kit.problems import Conflict, Doubtful, Fault, Refused
from trace.kit.translation import N_, say
from trace.laboratory import queries, rules
from trace.laboratory.models import (
    Found,
    LabResult,
    LabSampler,
    LabTest,
    LabWithdrawal,
    Sample,
    Verdict,
)
from trace.laboratory.rules import Reading, Result
from trace.records import queries as records

Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]
AT_MOST: Final = 100
_TOLD: Final = 3


class Parameter(BaseModel):
    """One line of a report."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parameter: Line = Field(examples=["Imidacloprid"])
    result: Result = Field(
        description="A number, “<0.01” below what the method can tell, “not detected” or “detected”.",
        examples=["0.012"],
    )
    unit: OptionalShortLine = Field(None, examples=["mg/kg"])
    limit: Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)] | None = Field(
        None, description="The most that may be there; 0: none may.", examples=["0.5"]
    )
    verdict: Verdict | None = Field(
        None, description="As on the report. Without it, what result and limit say."
    )

    @property
    def reading(self) -> Reading:
        return rules.reading(self.result) or Reading(Found.NOT_DETECTED)

    @property
    def judged(self) -> Verdict:
        return self.verdict or rules.judged(self.reading, self.limit) or Verdict.NOT_JUDGED


class RecordTest(Doubted):
    """A laboratory's report about one sample. With `corrects_id` it replaces what was written before."""

    area_id: uuid.UUID | None = Field(None, description="Of soil, water or substrate: the area, or the plot.")
    plot_id: uuid.UUID | None = None
    cycle_id: uuid.UUID | None = Field(None, description="Of produce: the crop cycle, or the batch.")
    batch_id: uuid.UUID | None = None
    sample: Sample
    description: OptionalLine = Field(None, examples=["5 quả, lấy ở 5 vị trí"])
    taken_by: Annotated[OptionalLine, Personal(), Field(description="For members only.")] = None
    sampled_on: Day = Field(examples=["2026-11-03"])
    laboratory: Line = Field(examples=["Phòng thử nghiệm minh họa"])
    received_on: Day | None = Field(None, description="When the laboratory received the sample.")
    reported_on: Day | None = None
    report_number: OptionalShortLine = Field(None, examples=["KQ-2611-031"])
    norm: OptionalLine = Field(
        None, description="What the results are compared with.", examples=["TT 50/2016/TT-BYT"]
    )
    parameters: tuple[Parameter, ...] = Field(
        min_length=1, max_length=AT_MOST, description="In the order of the report."
    )
    document_id: uuid.UUID | None = Field(None, description="The report as PDF.")
    photo_id: uuid.UUID | None = Field(None, description="Or a photograph of it.")
    file_public: bool = Field(default=False, description="Strangers may download the report.")
    corrects_id: uuid.UUID | None = Field(None, description="The test that this one sets right.")
    correction_reason: Reason | None = Field(None, description="Needed with `corrects_id`.")


class WithdrawTest(Command):
    """A report that does not count. It stays in sight; what it held back, a manager decides about."""

    test_id: uuid.UUID = Field(description="Which test.")
    reason: Reason = Field(description="Strangers read it.", examples=["Phòng thử nghiệm thu hồi phiếu"])


def record_test(db: Session, command: RecordTest, *, by: Actor, now: datetime) -> LabTest:
    """Take a report in. Where it failed, its batches are on hold before this returns, whoever wrote it."""
    by.must_be(Role.RECORDER)
    entry = "test.corrected" if command.corrects_id else "test.recorded"
    if known := journal.already(db, entry, command, by=by):
        return db.get_one(LabTest, known)
    _must_name_one(db, command, by=by)
    access_paper(db, by, document_id=command.document_id, photo_id=command.photo_id)
    _check(command, now=now)
    if (command.corrects_id is None) != (command.correction_reason is None):
        raise Refused(N_("Say in a few words why it is corrected."), field="correction_reason")
    if command.corrects_id:
        _correctable(db, by, command.corrects_id, field="corrects_id")
    doubts = [] if command.sure else contradictions(command.parameters)
    if doubts:
        raise Doubtful(doubts)
    made = _store(db, command, by=by, now=now)
    journal.append(db, entry, made.id, command, by=by, now=now)
    if made.verdict == Verdict.FAIL:
        _hold_back(db, made, command.parameters, by=by, now=now)
    return made


def withdraw_test(db: Session, command: WithdrawTest, *, by: Actor, now: datetime) -> LabTest:
    """Nothing is released by it: whoever releases a hold says why."""
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "test.withdrawn", command, by=by):
        return db.get_one(LabTest, known)
    found = _correctable(db, by, command.test_id, field="test_id")
    db.add(
        LabWithdrawal(
            test_id=found.id, reason=command.reason, withdrawn_by=by.membership_id, withdrawn_at=now
        )
    )
    db.flush()  # the answer is read back from the tables
    journal.append(db, "test.withdrawn", found.id, command, by=by, now=now)
    return found


def _must_name_one(db: Session, command: RecordTest, *, by: Actor) -> None:
    places = [one for one in (command.area_id, command.plot_id) if one]
    crops = [one for one in (command.cycle_id, command.batch_id) if one]
    if len(places) + len(crops) != 1:
        raise Refused(N_("Name one thing: an area, a plot, a crop cycle or a batch."), field="cycle_id")
    if command.sample == Sample.PRODUCE and places:
        raise Refused(N_("A sample of produce belongs to a crop cycle or a batch."), field="sample")
    if command.sample != Sample.PRODUCE and crops:
        raise Refused(
            N_("A sample of soil, water or substrate belongs to an area or a plot."), field="sample"
        )
    if command.area_id:
        farms.access_area(db, by, command.area_id)
    if command.plot_id:
        farms.access_plot(db, by, command.plot_id)
    if command.cycle_id:
        records.access_cycle(db, by, command.cycle_id)
    if command.batch_id:
        batches.access_batch(db, by, command.batch_id)


def _check(command: RecordTest, *, now: datetime) -> None:
    earlier = command.sampled_on
    for name in ("sampled_on", "received_on", "reported_on"):
        day = getattr(command, name)
        if day is None:
            continue
        if day > day_in_vietnam(now):
            raise Refused(N_("This day has not come yet."), field=name)
        if day < earlier:
            raise Refused(N_("First a sample is taken, then received, then reported on."), field=name)
        earlier = day
    if command.file_public and not (command.document_id or command.photo_id):
        raise Refused(N_("There is no file that strangers could have."), field="file_public")


def _correctable(db: Session, by: Actor, test_id: uuid.UUID, *, field: str) -> LabTest:
    """The test that counts today; nobody else corrects or withdraws it until this transaction ends."""
    hold(db, "test", test_id)
    found = queries.access_test(db, by, test_id)
    if queries.is_corrected(db, test_id):
        raise Conflict(N_("This test was corrected before. Take the newest one."), field=field)
    if db.get(LabWithdrawal, test_id):
        raise Refused(N_("This test was withdrawn. If there is a new report, write that down."), field=field)
    return found


def contradictions(parameters: Iterable[Parameter]) -> list[Fault]:
    """Verdicts that say something else than their own result and limit."""
    return [
        Fault(
            f"parameters.{place}.verdict",
            N_(
                "{parameter}: the result {result} against the limit {limit} says something else than the verdict."
            ),
            {"parameter": one.parameter, "result": one.result, "limit": one.limit},
            "doubtful",
        )
        for place, one in enumerate(parameters)
        if one.verdict and rules.judged(one.reading, one.limit) not in (None, one.verdict)
    ]


def _store(db: Session, command: RecordTest, *, by: Actor, now: datetime) -> LabTest:
    own = set(RecordTest.model_fields) & set(LabTest.model_fields)
    made = LabTest(
        **{name: getattr(command, name) for name in own},
        cooperative_id=by.cooperative_id,
        verdict=rules.overall(one.judged for one in command.parameters),
        written_by=by.membership_id,
        received_at=now,
    )
    db.add(made)
    db.flush()  # its results point to it
    for position, one in enumerate(command.parameters):
        db.add(
            LabResult(
                test_id=made.id,
                position=position,
                parameter=one.parameter,
                found=one.reading.found,
                value=one.reading.value,
                unit=one.unit,
                max_value=one.limit,
                verdict=one.judged,
            )
        )
    if command.taken_by:
        db.add(LabSampler(test_id=made.id, name=command.taken_by))
    db.flush()  # the answer is read back from the tables
    return made


def _hold_back(
    db: Session, test: LabTest, parameters: Iterable[Parameter], *, by: Actor, now: datetime
) -> None:
    """Hold what the sample stands for, unless an earlier version of this test holds it still."""
    earlier = holds.open_caused_by(db, queries.corrected_by(db, test))
    still = {(one.plot_id, one.cycle_id, one.batch_id) for one in earlier}
    reason = _in_words([one for one in parameters if one.judged == Verdict.FAIL])
    for target in _targets(db, by, test):
        command = PlaceHold(id=new_id(), reason=reason, **target)
        if (command.plot_id, command.cycle_id, command.batch_id) not in still:
            hold_back(db, command, Caused(Cause.TEST, test.id), by=by, now=now)


def _targets(db: Session, by: Actor, test: LabTest) -> list[dict[str, Any]]:
    if test.batch_id:
        return [{"batch_id": test.batch_id}]
    if test.cycle_id:
        return [{"cycle_id": test.cycle_id}]
    if test.plot_id:
        return [{"plot_id": test.plot_id, "since": test.sampled_on}]
    return [
        {"plot_id": plot.id, "since": test.sampled_on}
        for plot in farms.plots(db, by)
        if plot.area_id == test.area_id
    ]


def _in_words(failed: list[Parameter]) -> str:
    """In Vietnamese, because it stands among what people here wrote: “Imidacloprid 0,82 mg/kg (giới hạn 0,5)”."""
    told = [_told(one) for one in failed[:_TOLD]]
    return "; ".join(told) + (" …" if len(failed) > _TOLD else "")


def _told(one: Parameter) -> str:
    reading = one.reading
    if reading.value is None:
        return say(N_("{parameter}: found"), "vi", parameter=one.parameter)
    found = " ".join(filter(None, [number(reading.value, "vi"), one.unit]))
    if one.limit is None:
        return f"{one.parameter} {found}"
    return say(
        N_("{parameter} {found} (limit {limit})"), "vi", parameter=one.parameter, found=found, limit=one.limit
    )
