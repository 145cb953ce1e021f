"""Questions about products and inputs."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.catalogue.models import FormerGtin, Input, InputKind, LabelInterval, Product
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


def former_gtins(db: Session, product_id: uuid.UUID) -> list[FormerGtin]:
    """The GTINs that the product had before, the first of them first."""
    of_product = select(FormerGtin).where(FormerGtin.product_id == product_id)
    return list(db.exec(of_product.order_by(col(FormerGtin.replaced_at), col(FormerGtin.id))).all())


def access_input(db: Session, by: Actor, input_id: uuid.UUID) -> Input:
    return own(db, by, Input, input_id)


def inputs(db: Session, by: Actor, *, kind: InputKind | None = None, retired: bool = False) -> list[Input]:
    """By name, of one kind or of all; those that are no longer offered only when asked for."""
    wanted = select(Input).where(Input.cooperative_id == by.cooperative_id)
    if kind:
        wanted = wanted.where(Input.kind == kind)
    if not retired:
        wanted = wanted.where(col(Input.retired_at).is_(None))
    return sorted(db.exec(wanted).all(), key=lambda one: (fold(one.trade_name), one.id))


def pesticide_named(db: Session, cooperative_id: uuid.UUID, trade_name: str) -> Input | None:
    """The cooperative's own label of this name, however it is accented and spaced; the newest of several."""
    offered = select(Input).where(
        Input.cooperative_id == cooperative_id,
        Input.kind == InputKind.PESTICIDE,
        col(Input.retired_at).is_(None),
    )
    named = [one for one in db.exec(offered) if fold(one.trade_name) == fold(trade_name)]
    return max(named, key=lambda one: one.id, default=None)


def input_list(db: Session, by: Actor, asked: Paging) -> list[Input]:
    """All of them, newest first."""
    wanted = select(Input).where(Input.cooperative_id == by.cooperative_id)
    return list(db.exec(asked.newest(wanted, col(Input.id))).all())


def intervals(db: Session, input_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, list[LabelInterval]]:
    """What the labels of these inputs say, by the name of the crop; an empty list where they say nothing."""
    found: dict[uuid.UUID, list[LabelInterval]] = defaultdict(list)
    rows = db.exec(select(LabelInterval).where(col(LabelInterval.input_id).in_(list(input_ids))))
    for row in sorted(rows, key=lambda row: row.crop_key):
        found[row.input_id].append(row)
    return found


def label_interval(db: Session, input_id: uuid.UUID, crop: str | None) -> int | None:
    """The pre-harvest interval in days that the label of an input gives for a crop; None: not declared.

    Never a default: neither for a crop that is not on the label, nor where the crop itself is not said.
    """
    if crop is None:
        return None
    found = db.get(LabelInterval, (input_id, fold(crop)))
    return found.phi_days if found else None
