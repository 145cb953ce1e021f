"""The names that a new batch gets: a lot code nobody else has, and a short code for its label."""

from datetime import date

from sqlmodel import Session, select

from trace.batches import queries
from trace.batches.models import Batch
from trace.batches.unit_models import LogisticUnit
from trace.catalogue.models import Product
from trace.kit import shortcodes
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_


def own_lot_code(
    db: Session, asked: str | None, product: Product, harvested_on: date, *, field: str = "lot_code"
) -> str:
    """The lot code asked for, or the proposed one; nobody else can take it before this transaction ends."""
    hold(db, "lot codes", product.id)
    free = queries.propose_lot_code(db, product, harvested_on)
    if asked is None:
        return free
    other = queries.by_product_and_lot(db, product.id, asked)
    if other is None:
        return asked
    raise Refused(
        N_(
            "The lot code {lot_code} belongs to the batch of {day} with the code {code}, and is never used again. "
            "The next free one is {free}."
        ),
        field=field,
        lot_code=asked,
        day=other.harvested_on,
        code=shortcodes.display(other.code),
        free=free,
    )


def new_code(db: Session) -> str:
    """A short code that no batch and no box or pallet has; two transactions that drew the same one wait for each other."""
    while True:
        code = shortcodes.new_code()
        hold(db, "code", code)
        batch = db.exec(select(Batch.id).where(Batch.code == code)).first()
        if (
            batch is None
            and db.exec(select(LogisticUnit.id).where(LogisticUnit.code == code)).first() is None
        ):
            return code
