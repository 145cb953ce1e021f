"""JSON door of recalls."""

import uuid
from datetime import datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf
from trace.recalls import commands, queries
from trace.recalls.queries import Sheet

router = APIRouter(prefix="/api/v1", tags=["recalls"])


class RecallLine(ReadModel):
    """A recall as a list shows it."""

    id: uuid.UUID
    cause: str = Field(examples=["test"])
    cause_id: uuid.UUID
    reason: str
    drill: bool
    started_at: datetime
    decided_at: datetime | None = Field(description="For the first time; null: nobody has yet.")


class TouchedRead(ReadModel):
    """A batch that the cause reaches."""

    batch_id: uuid.UUID
    lot_code: str
    product: str
    because: list[str] = Field(
        description="Step by step, in the reader's language; none for the cause itself."
    )
    made_kg: Decimal
    left_kg: Decimal = Field(description="In the store.")
    shipped_kg: Decimal
    worked_kg: Decimal = Field(description="In other batches, which are touched as well.")
    lost_kg: Decimal = Field(description="Declared as lost, sampled or destroyed.")
    action: str | None = Field(description="`hold` or `recall`; null: undecided or left out.")
    left_out_because: str | None
    other_recall_id: uuid.UUID | None = Field(description="Another recall called it back before.")


class ConsigneeLine(ReadModel):
    lot_code: str
    kg: Decimal


class ConsigneeRead(ReadModel):
    """A buyer who got some of it."""

    partner_id: uuid.UUID
    partner: str
    phone: str | None = Field(description="Null for those who only read.")
    kg: Decimal
    lines: list[ConsigneeLine]


class DecisionRead(ReadModel):
    id: uuid.UUID
    action: str
    message: str
    message_en: str | None
    authority: str | None
    document: str | None
    decided_at: datetime
    decided_by: uuid.UUID = Field(description="The membership.")
    taken: int = Field(description="How many batches were in it.")
    left_out: int


class RecallSheet(ReadModel):
    """A recall whole."""

    id: uuid.UUID
    cause: str
    cause_id: uuid.UUID
    reason: str
    drill: bool
    started_at: datetime
    started_by: uuid.UUID = Field(description="The membership.")
    seen: str = Field(description="Send it with a decision: it is about what stands here.")
    seconds_to_decide: int | None = Field(description="From the start until the first decision.")
    percent_found: int = Field(
        description="Of the kilograms: in the store, declared gone or with a known buyer."
    )
    touched: list[TouchedRead]
    consignees: list[ConsigneeRead]
    decisions: list[DecisionRead]


@router.post(
    "/recalls",
    status_code=201,
    responses=WRITING,
    operation_id="recalls_start_recall",
    summary="Start a recall or a drill",
)
def start_recall(command: commands.StartRecall, by: By, db: Db, now: Now, language: Language) -> RecallSheet:
    """What the cause touches is worked out at once; nobody outside sees anything yet. Needs a manager."""
    return _read(
        queries.sheet(db, by, commands.start_recall(db, command, by=by, now=now).id, language), by=by
    )


@router.post(
    "/recalls/decide",
    responses=WRITING,
    operation_id="recalls_decide_recall",
    summary="Decide about what a recall touches",
)
def decide_recall(
    command: commands.DecideRecall, by: By, db: Db, now: Now, language: Language
) -> RecallSheet:
    """Everything that is not left out is held or called back at once, and every public page says so. For good.

    Deciding again takes in what was left out or found since; nothing is ever let go. Needs a manager.
    """
    done = commands.decide_recall(db, command, by=by, now=now)
    return _read(queries.sheet(db, by, done.id, language), by=by)


@router.get("/recalls", responses=READING, operation_id="recalls_list_recalls", summary="List recalls")
def recalls(by: By, db: Reads, asked: Asked) -> PageOf[RecallLine]:
    """Drills among them, the newest first."""
    found = queries.recalls(db, by, asked)
    decided = {one.id: at for one, at in found}
    shown, following = asked.cut([one for one, _ in found])
    return PageOf(
        items=[
            RecallLine.model_validate({**one.model_dump(), "decided_at": decided[one.id]}) for one in shown
        ],
        next=following,
    )


@router.get(
    "/recalls/{recall_id}", responses=READING, operation_id="recalls_get_recall", summary="Read one recall"
)
def recall(recall_id: uuid.UUID, by: By, db: Reads, language: Language) -> RecallSheet:
    """What it touches now, and what was decided."""
    return _read(queries.sheet(db, by, recall_id, language), by=by)


def _read(one: Sheet, *, by: Actor) -> RecallSheet:
    passed = one.time_to_decide
    return RecallSheet.model_validate(
        {
            **one.recall.model_dump(),
            "seen": one.seen,
            "seconds_to_decide": None if passed is None else int(passed.total_seconds()),
            "percent_found": one.percent_found,
            "touched": [
                TouchedRead(
                    batch_id=each.id,
                    lot_code=each.batch.lot_code,
                    product=each.product,
                    because=list(each.because),
                    made_kg=each.made_kg,
                    left_kg=each.left_kg,
                    shipped_kg=each.shipped_kg,
                    worked_kg=each.worked_kg,
                    lost_kg=each.lost_kg,
                    action=each.action,
                    left_out_because=each.left_out_because,
                    other_recall_id=each.other_recall_id,
                )
                for each in one.touched
            ],
            "consignees": [
                ConsigneeRead(
                    partner_id=each.partner.id,
                    partner=each.partner.name,
                    phone=each.partner.phone if by.records else None,
                    kg=each.kg,
                    lines=[ConsigneeLine(lot_code=lot_code, kg=kg) for lot_code, kg in each.lines],
                )
                for each in one.consignees
            ],
            "decisions": [
                DecisionRead.model_validate(
                    {**each.decision.model_dump(), "taken": each.taken, "left_out": each.left_out}
                )
                for each in one.decisions
            ],
        }
    )
