"""What a pesticide's label allows, beside what was sprayed; and bees, beside what kills insects. Asked, never refused.

The label is the one in the cooperative's own list of inputs under the same trade name. Without one there is nothing to
compare with, and nothing is guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, col

from trace.catalogue import queries as catalogue
from trace.catalogue.measures import comparable, convert
from trace.catalogue.models import Input, Product
from trace.farms.models import Plot
from trace.kit.clock import day_in_vietnam
from trace.kit.problems import Fault
from trace.kit.translation import N_
from trace.places.rules import fold
from trace.records import rules
from trace.records.choices import BeeWork, PollinationMethod
from trace.records.kinds import RecordSpraying
from trace.records.models import Pollination, Record, Spraying
from trace.records.queries import Crop, stands

_PER: Final = 1000  # m²; labels and growers count a dose on so much


def label_doubts(
    db: Session, command: RecordSpraying, crop: Crop, plot: Plot, *, at: datetime
) -> Iterator[Fault]:
    """What to ask about a spraying that was done at `at`."""
    label = catalogue.pesticide_named(db, crop.cycle.cooperative_id, command.trade_name)
    yield from _bees(db, command, crop, label, at)
    if label is None:
        return
    yield from _interval(db, command, crop, label)
    before = _doses(db, command, crop)
    yield from _number(label, len(before) + 1)
    yield from _dose(command, label, plot, before)


def _interval(db: Session, command: RecordSpraying, crop: Crop, label: Input) -> Iterator[Fault]:
    product = db.get_one(Product, crop.cycle.product_id)
    declared = catalogue.label_interval(db, label.id, product.crop)
    if declared is not None and (command.phi_days is None or command.phi_days < declared):
        yield rules.doubt(
            "phi_days",
            N_(
                "In your list of inputs, the label of {name} says {days} days for {crop}. Is this the right number?"
            ),
            name=label.trade_name,
            days=declared,
            crop=product.crop,
        )


def _bees(
    db: Session, command: RecordSpraying, crop: Crop, label: Input | None, at: datetime
) -> Iterator[Fault]:
    kills = label.kills_insects if label else None
    if kills is False:
        return
    since = _bees_since(db, crop, at)
    if since:
        message = (
            N_(
                "Bees were released on {day} and are not taken away yet. {name} kills insects. Is it right to spray?"
            )
            if kills
            else N_(
                "Bees were released on {day} and are not taken away yet, and nobody said whether {name} kills insects. "
                "Is it right to spray?"
            )
        )
        yield rules.doubt("trade_name", message, day=day_in_vietnam(since), name=command.trade_name)


def _bees_since(db: Session, crop: Crop, at: datetime) -> datetime | None:
    """When the bees came that are in at this moment, on this crop or beside it; None when there are none."""
    ids = [one.cycle.id for one in (crop, *crop.beside)]
    told = db.execute(
        select(col(Record.cycle_id), col(Record.happened_at), col(Pollination.bees))
        .join(Pollination, col(Pollination.record_id) == col(Record.id))
        .where(col(Record.cycle_id).in_(ids), col(Pollination.method) == PollinationMethod.BEES)
        .where(stands(), col(Record.happened_at) <= at)
        .order_by(col(Record.happened_at), col(Record.id))
    )
    since: dict[object, datetime] = {}
    for row in told:
        if row.bees == BeeWork.REMOVED:
            since.pop(row.cycle_id, None)
        else:
            since.setdefault(row.cycle_id, row.happened_at)
    return min(since.values(), default=None)


@dataclass(frozen=True, slots=True)
class Dose:
    """How much was sprayed at once, and on how much ground where somebody said so."""

    amount: Decimal
    unit: str
    area_m2: Decimal | None

    def on_thousand(self, plot: Plot, unit: str) -> Decimal | None:
        """On 1,000 m², in this unit; None where nobody knows how many millilitres a gram is."""
        if not comparable(self.unit, unit):
            return None
        return convert(self.amount, self.unit, to=unit) * _PER / (self.area_m2 or plot.area_m2)


def _doses(db: Session, command: RecordSpraying, crop: Crop) -> list[Dose]:
    """The other sprayings of the same product on this crop; the one that is corrected is not among them."""
    name = fold(command.trade_name)
    rows = db.execute(
        select(
            col(Spraying.trade_name),
            col(Spraying.amount),
            col(Spraying.unit),
            col(Spraying.area_m2),
        )
        .join(Record, col(Record.id) == col(Spraying.record_id))
        .where(col(Record.cycle_id) == crop.cycle.id, stands())
        .where(col(Record.id).is_distinct_from(command.corrects_id))
    )
    return [Dose(row.amount, row.unit, row.area_m2) for row in rows if fold(row.trade_name) == name]


def _number(label: Input, times: int) -> Iterator[Fault]:
    if label.max_applications and times > label.max_applications:
        yield rules.doubt(
            "trade_name",
            N_("With this, {name} was sprayed {times} times on this crop; its label allows {most}."),
            name=label.trade_name,
            times=times,
            most=label.max_applications,
        )


def _dose(command: RecordSpraying, label: Input, plot: Plot, before: list[Dose]) -> Iterator[Fault]:
    """Each time, and all times together where the label says how often."""
    if label.max_dose is None or label.max_dose_unit is None:
        return
    own = Dose(command.amount, command.unit, command.column("area_m2", plot))
    doses = [dose.on_thousand(plot, label.max_dose_unit) for dose in (own, *before)]
    told = {"name": label.trade_name, "unit": label.max_dose_unit}
    if doses[0] is not None and doses[0] > label.max_dose:
        yield rules.doubt(
            "amount",
            N_("That is {value} {unit} of {name} on 1,000 m²; its label allows {most}."),
            value=rules.rounded(doses[0]),
            most=label.max_dose,
            **told,
        )
    in_all = sum((dose for dose in doses if dose is not None), Decimal(0))
    if label.max_applications and in_all > label.max_dose * label.max_applications:
        yield rules.doubt(
            "amount",
            N_(
                "With this, {value} {unit} of {name} were sprayed on 1,000 m² of this crop; its label allows {most}."
            ),
            value=rules.rounded(in_all),
            most=label.max_dose * label.max_applications,
            **told,
        )
