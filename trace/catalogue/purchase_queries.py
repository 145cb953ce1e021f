"""Questions about what was bought."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.accounts.queries import own
from trace.catalogue.models import Input, Purchase, PurchasePhoto, PurchaseWithdrawal
from trace.kit.paging import Paging


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One purchase with what became of it. For members only: suppliers and prices stand in it."""

    id: uuid.UUID
    purchase: Purchase
    trade_name: str
    input_kind: str
    writer: str
    photo_ids: tuple[uuid.UUID, ...]
    corrected_by_id: uuid.UUID | None
    struck_because: str | None

    @property
    def stands(self) -> bool:
        return self.struck_because is None


def access_purchase(db: Session, by: Actor, purchase_id: uuid.UUID) -> Purchase:
    return own(db, by, Purchase, purchase_id)


def later(db: Session, purchase_id: uuid.UUID) -> bool:
    """Whether a correction or a withdrawal names this purchase."""
    corrected = select(col(Purchase.id)).where(col(Purchase.corrects_id) == purchase_id)
    withdrawn = select(col(PurchaseWithdrawal.id)).where(col(PurchaseWithdrawal.purchase_id) == purchase_id)
    return db.scalar(corrected) is not None or db.scalar(withdrawn) is not None


def purchase_list(db: Session, by: Actor, asked: Paging) -> list[PurchaseLine]:
    """All of them, the last that was written first; corrected and withdrawn ones among them."""
    wanted = select(col(Purchase.id)).where(col(Purchase.cooperative_id) == by.cooperative_id)
    ids = db.scalars(asked.newest(wanted, col(Purchase.id))).all()
    found = {line.id: line for line in _lines(db, col(Purchase.id).in_(list(ids)))}
    return [found[id_] for id_ in ids]


def purchases_of(db: Session, *input_ids: uuid.UUID) -> list[PurchaseLine]:
    """Of these inputs, the newest first; the caller has made sure that they may be seen."""
    found = _lines(db, col(Purchase.input_id).in_(input_ids))
    return sorted(found, key=lambda line: (line.purchase.bought_on, line.id), reverse=True)


def purchase_line(db: Session, purchase_id: uuid.UUID) -> PurchaseLine:
    """A single purchase, which the caller has made sure exists."""
    (line,) = _lines(db, col(Purchase.id) == purchase_id)
    return line


def standing(db: Session, by: Actor, input_ids: Iterable[uuid.UUID] | None = None) -> list[Purchase]:
    """What was really bought: without what was corrected or withdrawn. The oldest first."""
    newer = aliased(Purchase)
    wanted = (
        select(Purchase)
        .outerjoin(newer, col(newer.corrects_id) == col(Purchase.id))
        .outerjoin(PurchaseWithdrawal, col(PurchaseWithdrawal.purchase_id) == col(Purchase.id))
        .where(
            col(Purchase.cooperative_id) == by.cooperative_id,
            col(newer.id).is_(None),
            col(PurchaseWithdrawal.id).is_(None),
        )
    )
    if input_ids is not None:
        wanted = wanted.where(col(Purchase.input_id).in_(list(input_ids)))
    return list(db.scalars(wanted.order_by(col(Purchase.bought_on), col(Purchase.id))).all())


def successors(db: Session, by: Actor) -> Mapping[uuid.UUID, uuid.UUID]:
    """By the id of a corrected purchase, the id of the last correction: what was used of one was of the other."""
    rows = db.execute(
        select(col(Purchase.corrects_id), col(Purchase.id)).where(
            col(Purchase.cooperative_id) == by.cooperative_id, col(Purchase.corrects_id).is_not(None)
        )
    ).all()
    following: dict[uuid.UUID, uuid.UUID] = {old: new for old, new in rows if old}

    def last(id_: uuid.UUID) -> uuid.UUID:
        while id_ in following:
            id_ = following[id_]
        return id_

    return {old: last(old) for old in following}


def _lines(db: Session, *asked: ColumnElement[bool]) -> list[PurchaseLine]:
    newer, writer = aliased(Purchase), aliased(Person)
    rows = db.execute(
        select(
            Purchase,
            col(Input.trade_name),
            col(Input.kind),
            col(writer.name),
            col(newer.id),
            col(newer.correction_reason),
            col(PurchaseWithdrawal.reason),
        )
        .join(Input, col(Input.id) == col(Purchase.input_id))
        .join(Membership, col(Membership.id) == col(Purchase.written_by))
        .join(writer, col(writer.id) == col(Membership.person_id))
        .outerjoin(newer, col(newer.corrects_id) == col(Purchase.id))
        .outerjoin(PurchaseWithdrawal, col(PurchaseWithdrawal.purchase_id) == col(Purchase.id))
        .where(*asked)
    ).all()
    photos = _photos(db, *asked)
    return [
        PurchaseLine(
            id=purchase.id,
            purchase=purchase,
            trade_name=trade_name,
            input_kind=kind,
            writer=name,
            photo_ids=photos.get(purchase.id, ()),
            corrected_by_id=corrected_by,
            struck_because=corrected_because or withdrawn_because,
        )
        for purchase, trade_name, kind, name, corrected_by, corrected_because, withdrawn_because in rows
    ]


def _photos(db: Session, *asked: ColumnElement[bool]) -> Mapping[uuid.UUID, tuple[uuid.UUID, ...]]:
    found: dict[uuid.UUID, tuple[uuid.UUID, ...]] = defaultdict(tuple)
    rows = db.execute(
        select(col(PurchasePhoto.purchase_id), col(PurchasePhoto.photo_id))
        .join(Purchase, col(Purchase.id) == col(PurchasePhoto.purchase_id))
        .where(*asked)
        .order_by(col(PurchasePhoto.purchase_id), col(PurchasePhoto.position))
    )
    for purchase_id, photo_id in rows:
        found[purchase_id] += (photo_id,)
    return found
