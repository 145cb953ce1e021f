"""Questions about products."""

import uuid

from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.catalogue.models import Product
from trace.kit.paging import Paging
from trace.places.rules import fold


def access_product(db: Session, by: Actor, product_id: uuid.UUID) -> Product:
    return own(db, by, Product, product_id)


def products(db: Session, by: Actor, *, retired: bool = False) -> list[Product]:
    """By name; those that are no longer offered only when asked for."""
    wanted = select(Product).where(Product.cooperative_id == by.cooperative_id)
    if not retired:
        wanted = wanted.where(col(Product.retired_at).is_(None))
    return sorted(db.exec(wanted).all(), key=lambda product: (fold(product.name), product.id))


def product_list(db: Session, by: Actor, asked: Paging) -> list[Product]:
    """All of them, newest first."""
    wanted = select(Product).where(Product.cooperative_id == by.cooperative_id)
    return list(db.exec(asked.newest(wanted, col(Product.id))).all())
