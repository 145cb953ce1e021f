"""The JSON door to stock."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.doors import By
from trace.catalogue import queries
from trace.kit.commands import ReadModel
from trace.kit.doors import Reads
from trace.kit.openapi import READING
from trace.records import stock
from trace.records.stock_rules import Level

router = APIRouter(prefix="/api/v1/stock", tags=["records"])


class LevelRead(ReadModel):
    """Bought and used in one unit."""

    unit: str = Field(examples=["ml"])
    bought: Decimal
    used: Decimal
    left: Decimal
    gap: Decimal = Field(description="How much more was used than bought.")


class InStockRead(ReadModel):
    """What is left of an input."""

    input_id: uuid.UUID
    trade_name: str
    levels: list[LevelRead] = Field(
        description="One for each kind of unit among purchases and uses; more than one cannot be compared."
    )
    short: bool = Field(description="More was used than bought, of the input or of one of its lots.")


class LotRead(ReadModel):
    """What is left of one purchase."""

    purchase_id: uuid.UUID
    levels: list[LevelRead]


class UseRead(ReadModel):
    """A standing record that used the input up."""

    record_id: uuid.UUID
    purchase_id: uuid.UUID | None = Field(description="Null where nobody said of which lot.")
    kind: str
    happened_at: datetime
    amount: Decimal
    unit: str


class StockRead(InStockRead):
    """What is left of an input, lot by lot, and what used it up."""

    lots: list[LotRead]
    of_no_lot: list[LevelRead] = Field(description="Used without saying of which lot.")
    uses: list[UseRead]


@router.get("", responses=READING, operation_id="records_list_stock", summary="List what is in stock")
def list_stock(by: By, db: Reads) -> list[InStockRead]:
    """By name. Worked out from standing purchases and records each time it is asked."""
    return [
        InStockRead(
            input_id=one.input.id,
            trade_name=one.input.trade_name,
            levels=_told(one.stock.levels),
            short=one.stock.short,
        )
        for one in stock.in_stock(db, by)
    ]


@router.get(
    "/{input_id}", responses=READING, operation_id="records_show_stock", summary="Show the stock of an input"
)
def show_stock(input_id: uuid.UUID, by: By, db: Reads) -> StockRead:
    one = queries.access_input(db, by, input_id)
    found = stock.stock_of(db, by, one)
    return StockRead(
        input_id=one.id,
        trade_name=one.trade_name,
        levels=_told(found.levels),
        short=found.short,
        lots=[LotRead(purchase_id=lot, levels=_told(levels)) for lot, levels in found.lots.items()],
        of_no_lot=_told(found.of_no_lot),
        uses=[UseRead.model_validate(use) for use in stock.uses(db, by, one.id)],
    )


def _told(levels: Iterable[Level]) -> list[LevelRead]:
    return [LevelRead.model_validate(level) for level in levels]
