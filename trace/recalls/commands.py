"""Starting a recall or a drill, and deciding about what it touches."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlmodel import Session, col, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import calling_back, holding, holds
from trace.batches.models import Batch
from trace.batches.recalled import Telling
from trace.kit.commands import Command, OptionalLine, OptionalShortLine, Paragraph, ShortLine, empty_is_none
from trace.kit.database import hold
from trace.kit.ids import derived_id
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.recalls import queries, scope
from trace.recalls.models import Action, Cause, Recall, RecallDecision, RecallItem
from trace.recalls.queries import Touched

Words = Annotated[Paragraph, Field(min_length=1, max_length=500)]


class StartRecall(Command):
    """Something was found. What it touches is worked out at once; nothing is decided yet."""

    cause: Cause
    cause_id: uuid.UUID = Field(description="Of the test, complaint, input, plot, crop, harvest or batch.")
    reason: Words = Field(
        description="What was found. For members only.", examples=["Mẫu ngày 13/11 vượt mức cho phép"]
    )
    drill: bool = Field(default=False, description="A rehearsal against the clock: nobody outside sees it.")


class LeftOut(BaseModel):
    """A batch that is touched, and why it is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    batch_id: uuid.UUID = Field(description="Which batch.")
    reason: Words = Field(examples=["Đã xét nghiệm riêng, đạt"])


class DecideRecall(Command):
    """A manager has looked at all that is touched. What is not left out is held or called back."""

    recall_id: uuid.UUID = Field(description="Which recall.")
    seen: ShortLine = Field(description="`seen` of the recall as it was read: what was decided about.")
    action: Action = Field(examples=["recall"])
    message: Words = Field(
        description="To whoever has some of it, in plain Vietnamese, without names: everybody reads it.",
        examples=["Dư lượng thuốc vượt mức cho phép. Xin đừng ăn, mang trả nơi mua để nhận lại tiền."],
    )
    message_en: Annotated[Words | None, BeforeValidator(empty_is_none)] = Field(
        None, description="The same in English."
    )
    authority: OptionalLine = Field(None, description="Which ordered it. Empty: voluntary.")
    document: OptionalShortLine = Field(None, description="Number of the authority's decision.")
    left_out: tuple[LeftOut, ...] = Field((), max_length=200)


def start_recall(db: Session, command: StartRecall, *, by: Actor, now: datetime) -> Recall:
    """From here the clock runs: a recall begins within 24 hours of what was found (TT 17/2021)."""
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "recall.started", command, by=by):
        return db.get_one(Recall, known)
    scope.access_cause(db, by, command.cause, command.cause_id)
    started = Recall(
        id=command.id,
        cooperative_id=by.cooperative_id,
        cause=command.cause,
        cause_id=command.cause_id,
        reason=command.reason,
        drill=command.drill,
        started_by=by.membership_id,
        started_at=now,
    )
    db.add(started)
    db.flush()  # the answer is read back from the tables
    journal.append(db, "recall.started", started.id, command, by=by, now=now)
    return started


def decide_recall(db: Session, command: DecideRecall, *, by: Actor, now: datetime) -> Recall:
    """All at once or nothing: public pages change with the commit. Called again, it can only take in more.

    Nobody makes or ships a batch meanwhile, and nobody decides about something else than they looked at.
    """
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "recall.decided", command, by=by):
        return db.get_one(Recall, known)
    hold(db, "recall", command.recall_id)
    holding.nothing_moves(db, by)
    recall = queries.access_recall(db, by, command.recall_id)
    open_ = [one for one in queries.touched(db, by, recall, "vi") if not one.is_decided]
    _must_be_seen(command, open_)
    out = {one.batch_id: one.reason for one in command.left_out}
    chosen = [one for one in open_ if one.id not in out]
    if not chosen:
        raise Refused(N_("Everything is left out, so there is nothing to decide."), field="left_out")
    _write(db, command, open_, out, by=by, now=now)
    if not recall.drill:
        _carry_out(db, command, [one.id for one in chosen], by=by, now=now)
    journal.append(db, "recall.decided", recall.id, command, by=by, now=now)
    return recall


def _must_be_seen(command: DecideRecall, open_: list[Touched]) -> None:
    ids = [one.id for one in open_]
    if command.document and not command.authority:
        raise Refused(N_("Which authority ordered it?"), field="authority")
    if not ids:
        raise Refused(N_("Nothing is touched that was not called back already."))
    # A form leaves this to the page, which shows what is touched now.
    if command.seen != scope.fingerprint(ids) or not {one.batch_id for one in command.left_out} <= set(ids):
        raise Refused(N_("What is touched has changed since you looked. Look once more, then decide."))


def _write(
    db: Session,
    command: DecideRecall,
    open_: list[Touched],
    out: dict[uuid.UUID, str],
    *,
    by: Actor,
    now: datetime,
) -> None:
    said = command.model_dump(
        include={"recall_id", "action", "message", "message_en", "authority", "document"}
    )
    db.add(RecallDecision(id=command.id, decided_by=by.membership_id, decided_at=now, **said))
    db.flush()  # its items point to it
    for one in open_:
        db.add(
            RecallItem(
                id=derived_id(command.id, "item", one.id),
                decision_id=command.id,
                batch_id=one.id,
                left_out_because=out.get(one.id),
                made_kg=one.made_kg,
                left_kg=one.left_kg,
                shipped_kg=one.shipped_kg,
            )
        )
    db.flush()  # the answer is read back from the tables


def _carry_out(
    db: Session, command: DecideRecall, batch_ids: list[uuid.UUID], *, by: Actor, now: datetime
) -> None:
    if command.action == Action.HOLD:
        for batch_id in batch_ids:
            if not holds.is_held(db, batch_id):
                placing = holding.PlaceHold(
                    id=derived_id(command.id, "hold", batch_id), batch_id=batch_id, reason=command.message
                )
                holding.place_hold(db, placing, by=by, now=now)
        return
    batches = db.exec(select(Batch).where(col(Batch.id).in_(batch_ids)))
    telling = Telling(command.message, command.message_en, command.authority, command.document)
    calling_back.call_back(db, batches, telling, recall_id=command.recall_id, by=by, now=now)
