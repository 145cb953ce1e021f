"""JSON door of batches."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import Session

from trace.accounts.doors import By
from trace.batches import commands, ending, harvests, holds, queries, states, stock
from trace.batches.models import Batch
from trace.batches.recalled import CalledBack, called_back
from trace.batches.states import Ended, Stand
from trace.batches.stock import Stock
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import Command, ReadModel
from trace.kit.doors import Config, Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf
from trace.records.early import Override
from trace.settings import Settings

router = APIRouter(prefix="/api/v1", tags=["batches"])


class EarlyRead(ReadModel):
    """Why a manager let the harvest go within a pre-harvest interval. It stays, whatever is corrected later."""

    record_id: uuid.UUID = Field(description="The record of the harvest with which it was given.")
    reason: str
    given_by: uuid.UUID = Field(description="The membership.")
    given_at: datetime
    pesticide: str = Field(examples=["Ridomil Gold 68WG"])
    sprayed_on: date
    phi_days: int | None
    harvest_from: date | None = Field(description="The first day on which might have been harvested.")


class EndRead(ReadModel):
    """A batch was withdrawn or closed."""

    state: str = Field(description="`withdrawn` or `closed`.", examples=["withdrawn"])
    reason: str
    at: datetime


class RecallRead(ReadModel):
    """A batch was called back, and what people are told."""

    recall_id: uuid.UUID
    message: str
    message_en: str | None
    authority: str | None = Field(description="Which ordered it; null: voluntary.")
    document: str | None = Field(description="Number of its decision.")
    at: datetime


class BatchRead(ReadModel):
    """A batch."""

    id: uuid.UUID
    code: str = Field(description="Short code of the label.", examples=["7K3M9Q2M"])
    lot_code: str = Field(examples=["TMD-DL-261108-01"])
    product_id: uuid.UUID
    cycle_id: uuid.UUID | None = Field(description="Null: it is of several; see its origins.")
    harvest_id: uuid.UUID | None = Field(description="Null: it is of several; see its origins.")
    quantity: Decimal = Field(description="As entered.", examples=["1980"])
    unit: str = Field(examples=["kg"])
    quantity_kg: Decimal = Field(examples=["1980"])
    pieces: int | None
    left_kg: Decimal = Field(description="What operations have not taken.", examples=["660"])
    left_pieces: int | None
    grade: str | None = Field(examples=["Loại 1"])
    undone: bool = Field(description="What made it was taken back: it never was.")
    harvested_on: date
    packed_on: date | None
    best_before: date | None
    state: str = Field(description="draft or published", examples=["draft"])
    recalled: RecallRead | None = Field(description="It was called back from whoever has some of it.")
    on_hold: bool = Field(description="An open hold covers it; the public page says so.")
    stand: Stand = Field(description="Where it stands: of several that are true, the gravest.")
    ends: list[EndRead] = Field(description="That it was withdrawn or closed, the first said first.")
    early: list[EarlyRead] = Field(description="Of its harvest and of that record's corrections.")
    made_at: datetime
    published_at: datetime | None
    url: str = Field(
        description="The public page; it opens once the batch is published.",
        examples=["https://trace.example.vn/b/7K3M9Q2M"],
    )


class HarvestRead(ReadModel):
    """A harvest of which batches can still be made."""

    id: uuid.UUID = Field(description="The record to name in `harvest_id`.")
    cycle_id: uuid.UUID
    cycle: str
    plot: str
    product_id: uuid.UUID
    product: str
    harvested_on: date
    quantity_kg: Decimal
    pieces: int | None
    left_kg: Decimal
    left_pieces: int | None


@router.post(
    "/batches",
    status_code=201,
    responses=WRITING,
    operation_id="batches_make_batch",
    summary="Make a batch of a harvest",
)
def make_batch(command: commands.MakeBatch, by: By, db: Db, now: Now, config: Config) -> BatchRead:
    """Takes a part of a harvest. All its batches together never exceed it. Sending the same `id` again is safe."""
    return _read(db, commands.make_batch(db, command, by=by, now=now), config)


@router.get("/batches", responses=READING, operation_id="batches_list_batches", summary="List batches")
def batches(
    by: By,
    db: Reads,
    config: Config,
    asked: Asked,
) -> PageOf[BatchRead]:
    """The newest first."""
    lines, following = asked.cut(queries.batches(db, by, asked))
    told = [
        _told(
            one.batch,
            config,
            stand=one.stand,
            on_hold=one.on_hold,
            ends=one.ends,
            called_back=one.called_back,
            early=one.overrides,
            left=one.stock,
        )
        for one in lines
    ]
    return PageOf(items=told, next=following)


@router.get(
    "/batches/{batch_id}", responses=READING, operation_id="batches_get_batch", summary="Read one batch"
)
def batch(batch_id: uuid.UUID, by: By, db: Reads, config: Config) -> BatchRead:
    return _read(db, queries.access_batch(db, by, batch_id), config)


@router.post(
    "/batches/{batch_id}/publish",
    responses=WRITING,
    operation_id="batches_publish_batch",
    summary="Publish a batch",
)
def publish_batch(batch_id: uuid.UUID, said: Command, by: By, db: Db, now: Now, config: Config) -> BatchRead:
    """Opens its public page. Needs a manager. Sending the same `id` again is safe."""
    command = commands.PublishBatch(id=said.id, batch_id=batch_id)
    return _read(db, commands.publish_batch(db, command, by=by, now=now), config)


@router.post(
    "/batches/withdraw",
    responses=WRITING,
    operation_id="batches_withdraw_batch",
    summary="Withdraw a published batch",
)
def withdraw_batch(command: ending.WithdrawBatch, by: By, db: Db, now: Now, config: Config) -> BatchRead:
    """For good; its public page stays and says why. Needs a manager. Sending the same `id` again is safe."""
    return _read(db, ending.withdraw_batch(db, command, by=by, now=now), config)


@router.post(
    "/batches/close",
    responses=WRITING,
    operation_id="batches_close_batch",
    summary="Close a batch of which nothing is left",
)
def close_batch(command: ending.CloseBatch, by: By, db: Db, now: Now, config: Config) -> BatchRead:
    """Nothing that was done with it can be taken back afterwards. Needs a manager."""
    return _read(db, ending.close_batch(db, command, by=by, now=now), config)


@router.get(
    "/harvests",
    responses=READING,
    operation_id="batches_list_harvests",
    summary="List harvests that have something left",
)
def harvests_left(
    by: By,
    db: Reads,
    asked: Asked,
) -> PageOf[HarvestRead]:
    """Those of which batches can still be made, the newest first; a corrected one as its latest record tells it."""
    found, following = asked.cut(harvests.with_something_left(db, by, asked))
    return PageOf(items=[_read_harvest(one) for one in found], next=following)


def _read(db: Session, batch: Batch, config: Settings) -> BatchRead:
    db.flush()  # a batch just made is covered by the holds of its cycle
    early = queries.overrides_of(db, [batch])[batch.id]
    left = stock.stock_of(db, batch.id)
    on_hold, ends = holds.is_held(db, batch.id), states.ends_of(db, [batch.id])[batch.id]
    recalled = called_back(db, [batch.id]).get(batch.id)
    stand = states.stand(
        batch.state,
        ends,
        on_hold=on_hold,
        recalled=recalled is not None,
        shipped_out=left.shipped_out(batch.quantity_kg),
    )
    return _told(
        batch,
        config,
        stand=stand,
        on_hold=on_hold,
        ends=ends,
        called_back=recalled,
        early=early,
        left=left,
    )


def _told(
    batch: Batch,
    config: Settings,
    *,
    stand: Stand,
    on_hold: bool,
    ends: list[Ended],
    called_back: CalledBack | None,
    early: Iterable[Override],
    left: Stock,
) -> BatchRead:
    return BatchRead.model_validate(
        {
            **batch.model_dump(),
            "on_hold": on_hold,
            "stand": stand,
            "recalled": _recalled(called_back) if called_back else None,
            "ends": [EndRead.model_validate(one) for one in ends],
            "early": [_early(one) for one in early],
            "left_kg": left.left.kg,
            "left_pieces": left.left.pieces,
            "undone": left.undone,
            "url": f"{config.public_url}/b/{batch.code}",
        }
    )


def _recalled(one: CalledBack) -> RecallRead:
    told = one.telling
    return RecallRead(
        recall_id=one.recall_id,
        message=told.message,
        message_en=told.message_en,
        authority=told.authority,
        document=told.document,
        at=one.at,
    )


def _early(one: Override) -> EarlyRead:
    return EarlyRead(
        record_id=one.record_id,
        reason=one.reason,
        given_by=one.given_by,
        given_at=one.given_at,
        pesticide=one.spray.trade_name,
        sprayed_on=day_in_vietnam(one.spray.happened_at),
        phi_days=one.spray.phi_days,
        harvest_from=one.spray.harvest_from,
    )


def _read_harvest(found: harvests.HarvestLeft) -> HarvestRead:
    return HarvestRead(
        id=found.id,
        cycle_id=found.cycle_id,
        cycle=found.cycle,
        plot=found.plot,
        product_id=found.product_id,
        product=found.product,
        harvested_on=found.harvested_on,
        quantity_kg=found.whole.kg,
        pieces=found.whole.pieces,
        left_kg=found.left.kg,
        left_pieces=found.left.pieces,
    )
