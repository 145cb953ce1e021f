"""Buying inputs, lot by lot: what was bought is appended, corrected by name, and never edited."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.catalogue import words
from trace.catalogue.measures import Unit, comparable
from trace.catalogue.models import Input, Purchase, PurchasePhoto, PurchaseWithdrawal
from trace.catalogue.purchase_queries import access_purchase, later
from trace.catalogue.queries import access_input
from trace.evidence.queries import access_photo
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import (
    Command,
    Day,
    Doubted,
    OptionalLine,
    OptionalShortLine,
    Paragraph,
    Personal,
)
from trace.kit.database import hold
from trace.kit.problems import Conflict, Doubtful, Fault, Refused
from trace.kit.translation import N_

Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]
Photos = Annotated[tuple[uuid.UUID, ...], AfterValidator(lambda ids: tuple(dict.fromkeys(ids)))]


class RecordPurchase(Doubted):
    """So many packs of one lot were bought."""

    input_id: uuid.UUID = Field(description="What was bought.")
    bought_on: Day = Field(examples=["2026-08-20"])
    packs: Annotated[int, Field(gt=0, le=100_000)] = Field(1, description="How many.", examples=[5])
    content: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3)] = Field(
        description="How much is in one pack.", examples=["100"]
    )
    unit: Unit = Field(description="Of the content.", examples=["ml"])
    lot_number: OptionalShortLine = Field(None, description="As on the pack.", examples=["L240815"])
    expires_on: Day | None = Field(None, examples=["2028-08-15"])
    pack_price: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3)] | None = Field(
        None, description="For one pack, in đồng. Never public.", examples=["45000"]
    )
    # A dealer is often known by the name of a person.
    supplier: Annotated[OptionalLine, Personal()] = Field(None, description="Where. Never public.")
    photo_ids: Photos = Field((), max_length=20, description="Of the invoice and the pack. Never public.")
    corrects_id: uuid.UUID | None = Field(
        None, description="The purchase that this one replaces; both stay in sight."
    )
    correction_reason: Reason | None = Field(None, description="Needed with `corrects_id`.")


class WithdrawPurchase(Command):
    """A purchase should never have been written; it stays in sight, struck out, with the reason."""

    purchase_id: uuid.UUID = Field(description="Which purchase.")
    reason: Reason = Field(examples=["Ghi hai lần"])


def record_purchase(db: Session, command: RecordPurchase, *, by: Actor, now: datetime) -> Purchase:
    """Take a purchase in, or the correction of one. The stock follows by itself: it is a question, not a number."""
    by.must_be(Role.RECORDER)
    kind = "purchase.corrected" if command.corrects_id else "purchase.recorded"
    if known := journal.already(db, kind, command, by=by):
        return db.get_one(Purchase, known)
    bought = access_input(db, by, command.input_id)
    _must_be_possible(db, command, bought, by=by, now=now)
    for photo_id in command.photo_ids:
        access_photo(db, by, photo_id)
    if not command.sure and (unusual := list(_doubts(command, bought))):
        raise Doubtful(unusual)
    purchase = Purchase(
        cooperative_id=by.cooperative_id,
        written_by=by.membership_id,
        received_at=now,
        **command.model_dump(exclude={"photo_ids", "sure"}),
    )
    db.add(purchase)
    db.flush()  # its photographs point to it
    for position, photo_id in enumerate(command.photo_ids):
        db.add(PurchasePhoto(purchase_id=purchase.id, photo_id=photo_id, position=position))
    db.flush()  # the answer is read back from the tables
    journal.append(db, kind, purchase.id, command, by=by, now=now)
    return purchase


def withdraw_purchase(db: Session, command: WithdrawPurchase, *, by: Actor, now: datetime) -> Purchase:
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "purchase.withdrawn", command, by=by):
        return db.get_one(Purchase, known)
    withdrawn = correctable(db, by, command.purchase_id, field="purchase_id")
    db.add(
        PurchaseWithdrawal(
            id=command.id,
            purchase_id=withdrawn.id,
            reason=command.reason,
            written_by=by.membership_id,
            received_at=now,
        )
    )
    db.flush()  # the answer is read back from the tables
    journal.append(db, "purchase.withdrawn", withdrawn.id, command, by=by, now=now)
    return withdrawn


def correctable(db: Session, by: Actor, purchase_id: uuid.UUID, *, field: str) -> Purchase:
    """The purchase to replace or withdraw; nobody else does so until this transaction ends."""
    hold(db, "purchase", purchase_id)
    purchase = access_purchase(db, by, purchase_id)
    if later(db, purchase_id):
        raise Conflict(
            N_("This purchase was corrected or withdrawn before. Look at the list of purchases again."),
            field=field,
        )
    return purchase


def _must_be_possible(
    db: Session, command: RecordPurchase, bought: Input, *, by: Actor, now: datetime
) -> None:
    if (command.corrects_id is None) != (command.correction_reason is None):
        raise Refused(N_("Say in a few words why the purchase is corrected."), field="correction_reason")
    if command.corrects_id:
        correctable(db, by, command.corrects_id, field="corrects_id")
    elif bought.retired_at:
        raise Refused(N_("This input is retired. Choose another, or offer it again."), field="input_id")
    if command.bought_on > day_in_vietnam(now):
        raise Refused(N_("A date cannot lie in the future."), field="bought_on")


def _doubts(command: RecordPurchase, bought: Input) -> Iterator[Fault]:
    if command.expires_on and command.expires_on < command.bought_on:
        yield Fault(
            "expires_on",
            N_("That had expired before it was bought. Is the date right?"),
            code=Doubtful.slug,
        )
    if not comparable(command.unit, bought.unit):
        yield Fault(
            "unit",
            N_(
                "{name} is counted in another kind of unit ({unit}), so this cannot be added to what there is. "
                "Is the unit right?"
            ),
            {"name": bought.trade_name, "unit": words.UNITS[bought.unit]},
            Doubtful.slug,
        )
