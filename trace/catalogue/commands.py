"""Adding products, correcting what is said about them, and taking them out of use."""

import uuid
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.catalogue.models import FormerGtin, Product
from trace.catalogue.queries import access_product, products
from trace.catalogue.rules import Country, OptionalCrop, OptionalGtin, OptionalLotPrefix, propose_lot_prefix
from trace.evidence.queries import access_photo
from trace.kit.commands import Command, Line, OptionalLine
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_


class AddProduct(Command):
    """A cooperative sells something under one name."""

    name: Line = Field(examples=["Dưa lưới ruột cam"])
    crop: OptionalCrop = Field(
        None,
        description="What grows, as labels of pesticides name it: pre-harvest intervals are looked up by it.",
        examples=["Dưa lưới"],
    )
    variety: OptionalLine = Field(None, examples=["TL3"])
    brand: OptionalLine = Field(None, examples=["Tân Minh Đức"])
    gtin: OptionalGtin = Field(
        None,
        description="8, 12, 13 or 14 digits as GS1 gave them; kept as 14. Leave it out when there is none.",
        examples=["9521234560012"],
    )
    origin: Country = Field("VN", description="ISO 3166-1 alpha-2", examples=["VN"])
    net_content: OptionalLine = Field(None, examples=["hộp 1 quả, 1,5–2,0 kg"])
    storage: OptionalLine = Field(None, examples=["Nơi khô mát, 10–15 °C"])
    shelf_life_days: int | None = Field(
        None, ge=1, le=3650, description="From packing to best before.", examples=[14]
    )
    lot_prefix: OptionalLotPrefix = Field(
        None,
        description="How proposed lot codes begin; left out, it is made of initials.",
        examples=["TMD-DL"],
    )
    photo_id: uuid.UUID | None = Field(None, description="A photograph kept before, see /api/v1/photos.")


class ChangeProduct(AddProduct):
    """What is said about a product is set right; what was said before stays in the journal.

    Labels with a GTIN that is set right here keep leading to the batches they were printed for.
    An empty lot prefix keeps the one that is in use.
    """

    product_id: uuid.UUID = Field(description="Which product.")


class RetireProduct(Command):
    """The product is no longer offered for new crop cycles; everything printed stays valid."""

    product_id: uuid.UUID = Field(description="Which product.")


class RestoreProduct(Command):
    """A retired product is offered again."""

    product_id: uuid.UUID = Field(description="Which product.")


def add_product(db: Session, command: AddProduct, *, by: Actor, now: datetime) -> Product:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "product.added", command, by=by):
        return db.get_one(Product, known)
    prefix = command.lot_prefix or propose_lot_prefix(
        by.cooperative_name, command.name, {product.lot_prefix for product in products(db, by, retired=True)}
    )
    product = Product(
        id=command.id,
        cooperative_id=by.cooperative_id,
        **_facts(db, command, by=by),
        lot_prefix=prefix,
        added_at=now,
    )
    db.add(product)
    db.flush()  # whoever asked for it is about to point to it
    journal.append(db, "product.added", product.id, command, by=by, now=now)
    return product


def change_product(db: Session, command: ChangeProduct, *, by: Actor, now: datetime) -> Product:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "product.changed", command, by=by):
        return db.get_one(Product, known)
    product = access_product(db, by, command.product_id)
    facts = _facts(db, command, by=by, product_id=product.id)
    if product.gtin and product.gtin != facts["gtin"]:
        db.add(FormerGtin(id=command.id, product_id=product.id, gtin=product.gtin, replaced_at=now))
    for name, value in facts.items():
        setattr(product, name, value)
    product.lot_prefix = command.lot_prefix or product.lot_prefix
    journal.append(db, "product.changed", product.id, command, by=by, now=now)
    return product


def retire_product(db: Session, command: RetireProduct, *, by: Actor, now: datetime) -> Product:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "product.retired", command, by=by):
        return db.get_one(Product, known)
    product = access_product(db, by, command.product_id)
    product.retired_at = product.retired_at or now
    journal.append(db, "product.retired", product.id, command, by=by, now=now)
    return product


def restore_product(db: Session, command: RestoreProduct, *, by: Actor, now: datetime) -> Product:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "product.restored", command, by=by):
        return db.get_one(Product, known)
    product = access_product(db, by, command.product_id)
    product.retired_at = None
    journal.append(db, "product.restored", product.id, command, by=by, now=now)
    return product


def _facts(
    db: Session, command: AddProduct, *, by: Actor, product_id: uuid.UUID | None = None
) -> dict[str, Any]:
    """What the command says about the product, compared with what it must fit."""
    if command.gtin:
        _must_be_free(db, command.gtin, product_id, by=by)
    if command.photo_id:
        access_photo(db, by, command.photo_id)
    return command.model_dump(exclude={"id", "product_id", "lot_prefix"})


def _must_be_free(db: Session, gtin: str, product_id: uuid.UUID | None, *, by: Actor) -> None:
    """One GTIN is one trade item in the whole world, and what it once meant it means for ever."""
    hold(db, "gtin", gtin)
    other = db.exec(select(Product).where(Product.gtin == gtin, Product.id != product_id)).first()
    if other is None:
        return
    if other.cooperative_id == by.cooperative_id:
        raise Refused(N_("Your product “{name}” has this GTIN already."), field="gtin", name=other.name)
    raise Refused(
        N_(
            "Another cooperative here has this GTIN already. Compare it with your GS1 certificate; "
            "if it is yours, tell the operator of this server."
        ),
        field="gtin",
    )
