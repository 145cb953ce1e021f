"""The JSON door to products."""

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.doors import By
from trace.catalogue import commands, queries
from trace.catalogue.models import Product
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/products", tags=["catalogue"])


class ProductRead(ReadModel):
    """Something a cooperative sells; null where nothing was said."""

    id: uuid.UUID
    name: str = Field(examples=["Dưa lưới ruột cam"])
    crop: str | None = Field(examples=["Dưa lưới"])
    variety: str | None
    brand: str | None
    gtin: str | None = Field(description="14 digits.", examples=["09521234560012"])
    origin: str = Field(description="ISO 3166-1 alpha-2", examples=["VN"])
    net_content: str | None
    storage: str | None
    shelf_life_days: int | None
    lot_prefix: str = Field(examples=["TMD-DL"])
    photo_id: uuid.UUID | None
    added_at: datetime
    retired_at: datetime | None


@router.post(
    "",
    status_code=201,
    response_model=ProductRead,
    responses=WRITING,
    operation_id="catalogue_add_product",
    summary="Add a product",
)
def add_product(command: commands.AddProduct, by: By, db: Db, now: Now) -> Product:
    """A GTIN is checked and never invented. Sending the same `id` again is safe."""
    return commands.add_product(db, command, by=by, now=now)


@router.post(
    "/change",
    response_model=ProductRead,
    responses=WRITING,
    operation_id="catalogue_change_product",
    summary="Correct what is said about a product",
)
def change_product(command: commands.ChangeProduct, by: By, db: Db, now: Now) -> Product:
    """Every fact is sent, not only the changed ones. What was said before stays in the journal."""
    return commands.change_product(db, command, by=by, now=now)


@router.post(
    "/retire",
    response_model=ProductRead,
    responses=WRITING,
    operation_id="catalogue_retire_product",
    summary="Stop offering a product",
)
def retire_product(command: commands.RetireProduct, by: By, db: Db, now: Now) -> Product:
    """It is no longer offered for new crop cycles. Its batches and what was printed stay as they are."""
    return commands.retire_product(db, command, by=by, now=now)


@router.post(
    "/restore",
    response_model=ProductRead,
    responses=WRITING,
    operation_id="catalogue_restore_product",
    summary="Offer a retired product again",
)
def restore_product(command: commands.RestoreProduct, by: By, db: Db, now: Now) -> Product:
    return commands.restore_product(db, command, by=by, now=now)


@router.get(
    "",
    response_model=PageOf[ProductRead],
    responses=READING,
    operation_id="catalogue_list_products",
    summary="List products",
)
def list_products(by: By, db: Reads, asked: Asked) -> dict[str, object]:
    """Newest first, retired ones among them."""
    items, following = asked.cut(queries.product_list(db, by, asked))
    return {"items": items, "next": following}


@router.get(
    "/{product_id}",
    response_model=ProductRead,
    responses=READING,
    operation_id="catalogue_show_product",
    summary="Show a product",
)
def show_product(product_id: uuid.UUID, by: By, db: Reads) -> Product:
    return queries.access_product(db, by, product_id)
