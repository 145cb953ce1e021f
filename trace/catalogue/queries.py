"""Questions about products."""

import uuid

from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.catalogue.models import Product
from trace.kit.problems import NotFound
from trace.places.rules import fold


def access_product(db: Session, by: Actor, product_id: uuid.UUID) -> Product:
    found = db.get(Product, product_id)
    if found is None or found.cooperative_id != by.cooperative_id:
        raise NotFound
    return found


def products(db: Session, by: Actor, *, retired: bool = False) -> list[Product]:
    """By name; those that are no longer offered only when asked for."""
    wanted = select(Product).where(Product.cooperative_id == by.cooperative_id)
    if not retired:
        wanted = wanted.where(col(Product.retired_at).is_(None))
    return sorted(db.exec(wanted).all(), key=lambda product: (fold(product.name), product.id))


def product_list(db: Session, by: Actor, *, after: uuid.UUID | None, limit: int) -> list[Product]:
    """All of them, newest first."""
    wanted = select(Product).where(Product.cooperative_id == by.cooperative_id)
    if after:
        wanted = wanted.where(Product.id < after)
    return list(db.exec(wanted.order_by(col(Product.id).desc()).limit(limit)).all())
