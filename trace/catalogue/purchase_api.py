"""The JSON door to purchases."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.catalogue import purchase_queries as queries
from trace.catalogue import purchases
from trace.catalogue.purchase_queries import PurchaseLine
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/purchases", tags=["catalogue"])


class PurchaseRead(ReadModel):
    """One purchase of one lot and what became of it; null where nothing was said."""

    id: uuid.UUID
    input_id: uuid.UUID
    trade_name: str = Field(description="Of the input, as it is called today.", examples=["Anvil 5SC"])
    bought_on: date
    packs: int
    content: Decimal = Field(description="Of one pack.")
    unit: str
    quantity: Decimal = Field(description="All packs together.")
    lot_number: str | None
    expires_on: date | None
    pack_price: Decimal | None = Field(description="In đồng. Null for those who only read.")
    supplier: str | None = Field(description="Null for those who only read.")
    photo_ids: list[uuid.UUID]
    received_at: datetime
    corrects_id: uuid.UUID | None
    correction_reason: str | None
    corrected_by_id: uuid.UUID | None
    struck_because: str | None = Field(description="Why it was corrected or withdrawn; null while it stands.")


@router.post(
    "",
    status_code=201,
    response_model=PurchaseRead,
    responses=WRITING,
    operation_id="catalogue_record_purchase",
    summary="Write a purchase down",
)
def record_purchase(command: purchases.RecordPurchase, by: By, db: Db, now: Now) -> PurchaseRead:
    """So many packs of one lot, or the correction of a purchase. Sending the same `id` again is safe."""
    return _told(db, purchases.record_purchase(db, command, by=by, now=now).id, by=by)


@router.post(
    "/withdraw",
    response_model=PurchaseRead,
    responses=WRITING,
    operation_id="catalogue_withdraw_purchase",
    summary="Withdraw a purchase",
)
def withdraw_purchase(command: purchases.WithdrawPurchase, by: By, db: Db, now: Now) -> PurchaseRead:
    """It should never have been written. It stays in sight with the reason, and counts no more."""
    return _told(db, purchases.withdraw_purchase(db, command, by=by, now=now).id, by=by)


@router.get(
    "",
    response_model=PageOf[PurchaseRead],
    responses=READING,
    operation_id="catalogue_list_purchases",
    summary="List purchases",
)
def list_purchases(by: By, db: Reads, asked: Asked) -> dict[str, object]:
    """The last that was written first, corrected and withdrawn ones among them."""
    items, following = asked.cut(queries.purchase_list(db, by, asked))
    return {"items": [_read(line, by=by) for line in items], "next": following}


@router.get(
    "/{purchase_id}",
    response_model=PurchaseRead,
    responses=READING,
    operation_id="catalogue_show_purchase",
    summary="Show a purchase",
)
def show_purchase(purchase_id: uuid.UUID, by: By, db: Reads) -> PurchaseRead:
    queries.access_purchase(db, by, purchase_id)
    return _told(db, purchase_id, by=by)


def _told(db: Session, purchase_id: uuid.UUID, *, by: Actor) -> PurchaseRead:
    return _read(queries.purchase_line(db, purchase_id), by=by)


def _read(line: PurchaseLine, *, by: Actor) -> PurchaseRead:
    bought = line.purchase
    # Whoever only reads, such as an auditor's account, has no business with prices.
    private = {} if by.records else {"pack_price": None, "supplier": None}
    return PurchaseRead(
        **{
            **bought.model_dump(exclude={"cooperative_id", "written_by"}),
            "trade_name": line.trade_name,
            "quantity": bought.quantity,
            "photo_ids": list(line.photo_ids),
            "corrected_by_id": line.corrected_by_id,
            "struck_because": line.struck_because,
            **private,
        }
    )
