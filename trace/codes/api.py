"""The JSON door to a cooperative's GS1 numbers."""

import uuid

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.doors import By
from trace.codes import queries
from trace.kit.commands import ReadModel
from trace.kit.doors import Reads
from trace.kit.openapi import READING

router = APIRouter(prefix="/api/v1/gs1", tags=["codes"])


class PoolRead(ReadModel):
    """Numbers of one kind under the company prefix."""

    held: int = Field(description="How many the prefix holds.", examples=[1000])
    used: int = Field(description="Given to something once; never given again.", examples=[4])
    left: int = Field(examples=[996])


class NumberedRead(ReadModel):
    """A product with its GTIN."""

    id: uuid.UUID
    name: str
    gtin: str | None = Field(description="14 digits.", examples=["09521234560012"])
    is_own: bool = Field(description="Whether it lies under the company prefix.")


class NumbersRead(ReadModel):
    """What GS1 gave the cooperative, and how much of it is left; null where there is no company prefix."""

    prefix: str | None = Field(examples=["952123456"])
    gln: str | None
    gtins: PoolRead | None
    ssccs: PoolRead | None
    products: list[NumberedRead]


@router.get(
    "/numbers",
    response_model=NumbersRead,
    responses=READING,
    operation_id="codes_show_numbers",
    summary="Show what is left under the company prefix",
)
def show_numbers(by: By, db: Reads) -> queries.Numbers:
    """No number is ever proposed here: GTINs come from GS1, SSCCs are given when a box is packed."""
    return queries.numbers(db, by)
