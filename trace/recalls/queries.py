"""Every question about recalls."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.accounts.queries import own
from trace.batches import stock
from trace.batches.models import Batch
from trace.batches.recalled import called_back
from trace.catalogue.models import Partner, Product
from trace.kit.paging import Paging
from trace.kit.translation import Locale
from trace.recalls import scope
from trace.recalls.models import Action, Cause, Recall, RecallDecision, RecallItem
from trace.shipments import queries as shipments

_ZERO = Decimal(0)


def access_recall(db: Session, by: Actor, recall_id: uuid.UUID) -> Recall:
    return own(db, by, Recall, recall_id)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, and how many batches were in it and left out."""

    decision: RecallDecision
    who: str
    taken: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A batch that the cause reaches: why, where its kilograms are, and what was decided about it."""

    batch: Batch
    product: str
    because: tuple[str, ...]
    left_kg: Decimal
    shipped_kg: Decimal
    lost_kg: Decimal
    action: str | None
    left_out_because: str | None
    other_recall_id: uuid.UUID | None

    @property
    def id(self) -> uuid.UUID:
        return self.batch.id

    @property
    def made_kg(self) -> Decimal:
        return self.batch.quantity_kg

    @property
    def worked_kg(self) -> Decimal:
        """What went into other batches, which are touched as well."""
        return self.made_kg - self.left_kg - self.shipped_kg - self.lost_kg

    @property
    def is_decided(self) -> bool:
        """Called back; what is held or left out can still be called back."""
        return self.action == Action.RECALL or self.other_recall_id is not None


@dataclass(frozen=True, slots=True)
class Consignee:
    """A buyer who got some of it, and what of which batch."""

    partner: Partner
    lines: list[tuple[str, Decimal]]

    @property
    def kg(self) -> Decimal:
        return sum((kg for _, kg in self.lines), _ZERO)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recall on one screen. Names are for members."""

    recall: Recall
    who: str
    touched: list[Touched]
    decisions: list[Decided]
    consignees: list[Consignee]

    @property
    def id(self) -> uuid.UUID:
        return self.recall.id

    @property
    def open(self) -> list[Touched]:
        return [one for one in self.touched if not one.is_decided]

    @property
    def seen(self) -> str:
        return scope.fingerprint([one.id for one in self.open])

    @property
    def in_store(self) -> Decimal:
        return sum((one.left_kg for one in self.touched), _ZERO)

    @property
    def shipped(self) -> Decimal:
        return sum((one.kg for one in self.consignees), _ZERO)

    @property
    def lost(self) -> Decimal:
        """Declared as lost, sampled or destroyed."""
        return sum((one.lost_kg for one in self.touched), _ZERO)

    @property
    def unaccounted(self) -> Decimal:
        """What was shipped to nobody who is named, or is in no list at all. The books leave none; a fault would."""
        sent = sum((one.shipped_kg for one in self.touched), _ZERO)
        return sent - self.shipped

    @property
    def time_to_decide(self) -> timedelta | None:
        """From the start until everything touched was decided about for the first time."""
        return self.decisions[0].decision.decided_at - self.recall.started_at if self.decisions else None

    @property
    def percent_found(self) -> int:
        """Of the kilograms that are not in other batches: how many are in the store, declared gone or with a buyer."""
        whole = self.in_store + self.lost + self.shipped + self.unaccounted
        return 100 if whole == 0 else int(100 * (whole - self.unaccounted) / whole)


def recalls(db: Session, by: Actor, asked: Paging) -> list[tuple[Recall, datetime | None]]:
    """The cooperative's, the newest first, each with when it was first decided about."""
    wanted = select(Recall).where(col(Recall.cooperative_id) == by.cooperative_id)
    found = list(db.execute(asked.newest(wanted, col(Recall.id))).scalars())
    first: dict[uuid.UUID, datetime] = {}
    rows = db.execute(
        select(col(RecallDecision.recall_id), col(RecallDecision.decided_at))
        .where(col(RecallDecision.recall_id).in_([one.id for one in found]))
        .order_by(col(RecallDecision.decided_at).desc())
    )
    for recall_id, decided_at in rows:
        first[recall_id] = decided_at
    return [(one, first.get(one.id)) for one in found]


def sheet(db: Session, by: Actor, recall_id: uuid.UUID, language: Locale) -> Sheet:
    recall = access_recall(db, by, recall_id)
    found = touched(db, by, recall, language)
    inside = [one for one in found if one.left_out_because is None]
    return Sheet(
        recall=recall,
        who=_who(db, recall.started_by),
        touched=found,
        decisions=_decisions(db, recall.id),
        consignees=_consignees(db, by, inside),
    )


def touched(db: Session, by: Actor, recall: Recall, language: Locale) -> list[Touched]:
    """All that the cause reaches now, with what was last decided about each."""
    why = scope.touched(db, by, Cause(recall.cause), recall.cause_id, language)
    ids = list(why)
    left, called = stock.stocks(db, ids), called_back(db, ids)
    said = _said(db, recall.id)
    rows = db.execute(
        select(Batch, col(Product.name))
        .join(Product, col(Product.id) == col(Batch.product_id))
        .where(col(Batch.id).in_(ids))
    ).all()
    batches = {batch.id: (batch, product) for batch, product in rows}
    found = []
    for batch_id in ids:
        if left[batch_id].undone:
            continue
        batch, product = batches[batch_id]
        action, out = said.get(batch_id, (None, None))
        other = called[batch_id].recall_id if batch_id in called else None
        found.append(
            Touched(
                batch=batch,
                product=product,
                because=why[batch_id],
                left_kg=left[batch_id].left.kg,
                shipped_kg=left[batch_id].shipped,
                lost_kg=left[batch_id].lost,
                action=action,
                left_out_because=out,
                other_recall_id=other if other != recall.id else None,
            )
        )
    return found


def _said(db: Session, recall_id: uuid.UUID) -> dict[uuid.UUID, tuple[str | None, str | None]]:
    """Of each batch the last that was decided: what is done with it, or why it is left out."""
    columns: list[Any] = [
        col(RecallItem.batch_id),
        col(RecallDecision.action),
        col(RecallItem.left_out_because),
    ]
    rows = db.execute(
        select(*columns)
        .join(RecallDecision, col(RecallDecision.id) == col(RecallItem.decision_id))
        .where(col(RecallDecision.recall_id) == recall_id)
        .order_by(col(RecallDecision.decided_at), col(RecallDecision.id))
    )
    return {batch_id: (None if out else action, out) for batch_id, action, out in rows}


def _decisions(db: Session, recall_id: uuid.UUID) -> list[Decided]:
    items: dict[uuid.UUID, list[bool]] = defaultdict(list)
    rows = db.execute(
        select(col(RecallItem.decision_id), col(RecallItem.left_out_because))
        .join(RecallDecision, col(RecallDecision.id) == col(RecallItem.decision_id))
        .where(col(RecallDecision.recall_id) == recall_id)
    )
    for decision_id, out in rows:
        items[decision_id].append(out is not None)
    found = db.execute(
        select(RecallDecision, col(Person.name))
        .join(Membership, col(Membership.id) == col(RecallDecision.decided_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(RecallDecision.recall_id) == recall_id)
        .order_by(col(RecallDecision.decided_at), col(RecallDecision.id))
    )
    return [Decided(one, who, items[one.id].count(False), items[one.id].count(True)) for one, who in found]


def _consignees(db: Session, by: Actor, inside: list[Touched]) -> list[Consignee]:
    """Everybody who got some of it and kept it, whoever has most first."""
    lots = {one.id: one.batch.lot_code for one in inside}
    by_partner: dict[uuid.UUID, Consignee] = {}
    for one in shipments.consigned(db, by, list(lots)):
        found = by_partner.setdefault(one.partner.id, Consignee(one.partner, []))
        found.lines.append((lots[one.batch_id], one.with_them))
    return sorted(by_partner.values(), key=lambda one: (-one.kg, one.partner.name))


def _who(db: Session, membership_id: uuid.UUID) -> str:
    columns: list[Any] = [col(Person.name)]
    return str(
        db.execute(
            select(*columns)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .where(col(Membership.id) == membership_id)
        ).scalar_one()
    )
