"""Questions about what receivers answered, and what came back."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.models import Cooperative, Membership, Person
from trace.batches import deliveries
from trace.batches.rules import Amount
from trace.shipments.models import AnswerLine, AnswerPhoto, ShipmentAnswer

_NOTHING = Amount(Decimal(0), None)


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """Of one batch of a shipment: what was kept, what not, and what of that has come back."""

    accepted: Amount
    rejected: Amount
    returned: Amount

    @property
    def still_out(self) -> Amount:
        """What was not kept and has not come back."""
        return self.rejected.less(self.returned)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the receiver said, and who that was: a cooperative here, or who wrote it down. Names are for members."""

    id: uuid.UUID
    verdict: str
    channel: str
    cooperative: str | None
    who: str | None
    reason: str | None
    happened_at: datetime
    received_at: datetime
    lines: dict[uuid.UUID, AnsweredLine]
    photo_ids: tuple[uuid.UUID, ...]

    @property
    def accepted_kg(self) -> Decimal:
        return sum((one.accepted.kg for one in self.lines.values()), Decimal(0))

    @property
    def rejected_kg(self) -> Decimal:
        return sum((one.rejected.kg for one in self.lines.values()), Decimal(0))

    @property
    def returned_kg(self) -> Decimal:
        return sum((one.returned.kg for one in self.lines.values()), Decimal(0))

    @property
    def out_kg(self) -> Decimal:
        """What was rejected and nobody has seen again."""
        return self.rejected_kg - self.returned_kg


def answers(db: Session, shipment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Answered]:
    """Of each of these shipments that was answered; four statements for all of them."""
    columns: list[Any] = [
        ShipmentAnswer,
        col(Cooperative.name).label("cooperative"),
        col(Person.name).label("who"),
    ]
    rows = db.execute(
        select(*columns)
        .outerjoin(Cooperative, col(Cooperative.id) == col(ShipmentAnswer.cooperative_id))
        .outerjoin(Membership, col(Membership.id) == col(ShipmentAnswer.answered_by))
        .outerjoin(Person, col(Person.id) == col(Membership.person_id))
        .where(col(ShipmentAnswer.shipment_id).in_(shipment_ids))
    ).all()
    given = {row.ShipmentAnswer.id: row.ShipmentAnswer for row in rows}
    lines = _lines(db, given)
    photos: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    shown = select(AnswerPhoto).where(col(AnswerPhoto.answer_id).in_(list(given)))
    for one in db.execute(shown.order_by(col(AnswerPhoto.photo_id))).scalars():
        photos[one.answer_id].append(one.photo_id)
    return {
        row.ShipmentAnswer.shipment_id: Answered(
            id=row.ShipmentAnswer.id,
            verdict=row.ShipmentAnswer.verdict,
            channel=row.ShipmentAnswer.channel,
            cooperative=row.cooperative,
            who=row.who,
            reason=row.ShipmentAnswer.reason,
            happened_at=row.ShipmentAnswer.happened_at,
            received_at=row.ShipmentAnswer.received_at,
            lines=lines[row.ShipmentAnswer.id],
            photo_ids=tuple(photos[row.ShipmentAnswer.id]),
        )
        for row in rows
    }


def _lines(
    db: Session, given: dict[uuid.UUID, ShipmentAnswer]
) -> dict[uuid.UUID, dict[uuid.UUID, AnsweredLine]]:
    back = deliveries.returned_of(db, [one.shipment_id for one in given.values()])
    found: dict[uuid.UUID, dict[uuid.UUID, AnsweredLine]] = defaultdict(dict)
    for line in db.execute(select(AnswerLine).where(col(AnswerLine.answer_id).in_(list(given)))).scalars():
        found[line.answer_id][line.batch_id] = AnsweredLine(
            accepted=Amount(line.accepted_kg, line.accepted_pieces),
            rejected=Amount(line.rejected_kg, line.rejected_pieces),
            returned=back.get((given[line.answer_id].shipment_id, line.batch_id), _NOTHING),
        )
    return found
