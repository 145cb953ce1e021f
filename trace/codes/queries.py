"""Questions about a cooperative's GS1 numbers: which it has, and how many its company prefix still holds."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from trace.accounts import queries as accounts
from trace.accounts.actor import Actor
from trace.batches.unit_models import LogisticUnit
from trace.catalogue.models import FormerGtin, Product
from trace.catalogue.queries import products
from trace.gs1.keys import Capacity, is_under


@dataclass(frozen=True, slots=True)
class Pool:
    """How many numbers of one kind a prefix holds, and how many of them were given."""

    held: int
    used: int

    @property
    def left(self) -> int:
        return max(0, self.held - self.used)

    @property
    def is_short(self) -> bool:
        """Less than a tenth is left: time to ask for another prefix."""
        return self.left * 10 < self.held


@dataclass(frozen=True, slots=True)
class Numbered:
    """A product with its GTIN, and whether that lies under the cooperative's own prefix."""

    id: uuid.UUID
    name: str
    gtin: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """Without a prefix there are no pools, and a GTIN is somebody's single number or another's."""

    prefix: str | None
    gln: str | None
    gtins: Pool | None
    ssccs: Pool | None
    products: list[Numbered]


def numbers(db: Session, by: Actor) -> Numbers:
    """Four statements, however many products there are."""
    cooperative = accounts.cooperative(db, by.cooperative_id)
    prefix = cooperative.gs1_prefix
    every = products(db, by, retired=True)
    named = [
        Numbered(one.id, one.name, one.gtin, bool(prefix and one.gtin and is_under(prefix, one.gtin)))
        for one in every
        if one.gtin or one.retired_at is None
    ]
    if prefix is None:
        return Numbers(None, cooperative.gln, None, None, named)
    held = Capacity.of(prefix)
    had = {one.gtin for one in every if one.gtin} | _former(db, by)
    return Numbers(
        prefix,
        cooperative.gln,
        Pool(held.gtins, len({gtin[1:-1] for gtin in had if is_under(prefix, gtin)})),
        Pool(held.ssccs, _serials(db, prefix)),
        named,
    )


def _former(db: Session, by: Actor) -> set[str]:
    """A number that a product once had is spent: labels carry it. A carton's counts with that of its content."""
    found = (
        select(col(FormerGtin.gtin))
        .join(Product, col(Product.id) == col(FormerGtin.product_id))
        .where(col(Product.cooperative_id) == by.cooperative_id)
    )
    return set(db.execute(found).scalars())


def _serials(db: Session, prefix: str) -> int:
    """Serial references count up from 0 and are never given again, so the last one says how many are spent."""
    last = select(func.max(col(LogisticUnit.serial))).where(col(LogisticUnit.gs1_prefix) == prefix)
    found = db.execute(last).scalar()
    return 0 if found is None else int(found) + 1
