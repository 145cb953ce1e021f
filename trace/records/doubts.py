"""What looks unusual about a record beside the rest of its cycle. Asked, never refused."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlmodel import Session

from trace.farms.models import Plot
from trace.kit.clock import day_in_vietnam
from trace.kit.problems import Fault
from trace.kit.translation import N_
from trace.records import rules
from trace.records.harvest_kinds import RecordHandling, RecordHarvest
from trace.records.kinds import (
    AnySiteWork,
    AnyWork,
    RecordFertilising,
    RecordPlanting,
    RecordSpraying,
)
from trace.records.labels import label_doubts
from trace.records.models import CropCycle
from trace.records.queries import Crop, Said
from trace.records.rules import Spray

# A cycle opened long after its planting is usual; a year off by one is not.
_BEFORE_OPENING: Final = timedelta(days=200)


def doubts(db: Session, command: AnyWork, crop: Crop, *, now: datetime) -> list[Fault]:
    """Everything to ask before this record is taken in; `crop` is without the record that it corrects."""
    plot = db.get_one(Plot, crop.cycle.plot_id)
    # The work first: a form shows one doubt a field, and a harvest that came too early matters most.
    return [*_about_the_work(db, command, crop, plot, now), *_about_the_day(command, crop.cycle, now=now)]


def _about_the_day(command: AnyWork, cycle: CropCycle, *, now: datetime) -> Iterator[Fault]:
    known = [day for day in (cycle.sown_on, cycle.planted_on) if day]
    begun = min(known, default=day_in_vietnam(min(cycle.opened_at, now) - _BEFORE_OPENING))
    if day_in_vietnam(command.happened_at) < begun:
        yield rules.doubt(
            "happened_at",
            N_("That is before this cycle began on {begun}. Is the day right?"),
            begun=begun,
        )


def _about_the_work(db: Session, command: AnyWork, crop: Crop, plot: Plot, now: datetime) -> Iterator[Fault]:
    at = rules.done_at(command.happened_at, received_at=now)
    if isinstance(command, RecordPlanting):
        yield from _planting(command, plot)
    elif isinstance(command, RecordFertilising):
        yield from _fertilising(command)
    elif isinstance(command, RecordSpraying):
        yield from _spraying(command, crop, at)
        yield from label_doubts(db, command, crop, plot, at=at)
    elif isinstance(command, RecordHarvest):
        yield from _waiting(command, crop, at)
        yield from _harvest(command, plot, crop.said)
        yield from _growing_time(command, crop.said.planted_on or crop.cycle.planted_on)
    elif isinstance(command, RecordHandling):
        yield from _handling(command)


def _planting(command: RecordPlanting, plot: Plot) -> Iterator[Fault]:
    if command.plant_count:
        yield from rules.unusual_density("plant_count", command.plant_count, plot.area_m2)


def _fertilising(command: RecordFertilising) -> Iterator[Fault]:
    yield from rules.outside(
        "ec", N_("An EC of {value} mS/cm is unusual; {low} to {high} is usual."), command.ec, rules.EC
    )
    yield from rules.outside(
        "ph", N_("A pH of {value} is unusual; {low} to {high} is usual."), command.ph, rules.PH
    )


def _spraying(command: RecordSpraying, crop: Crop, at: datetime) -> Iterator[Fault]:
    if command.phi_days is None:
        yield rules.doubt(
            "phi_days",
            N_("Without the pre-harvest interval nobody knows when to harvest. Is it not on the label?"),
        )
    yield from rules.outside(
        "phi_days",
        N_("A pre-harvest interval of {value} days is unusual; up to {high} is usual."),
        command.phi_days,
        rules.PHI_DAYS,
    )
    spray = Spray(command.id, at, command.trade_name, command.phi_days)
    harvests = [cut for one in (crop, *crop.beside) for cut, _ in one.said.harvests]
    if any(rules.broken_interval([spray], harvested_at=cut) for cut in harvests):
        yield rules.doubt(
            "happened_at",
            N_(
                "A harvest is written within the pre-harvest interval of this spraying. "
                "If both are kept, the diary shows that it came too early."
            ),
        )


def _waiting(command: RecordHarvest, crop: Crop, at: datetime) -> Iterator[Fault]:
    """What the gate lets through: a correction of a harvest that stands too early, and what nobody can know."""
    if spray := rules.broken_interval(crop.sprays, harvested_at=at):
        if command.early_reason is None:
            yield rules.still_too_early(spray, field="happened_at")
    elif unknown := rules.undeclared(crop.sprays, harvested_at=at):
        yield rules.doubt(
            "happened_at",
            N_(
                "The pre-harvest interval of {name} was not declared, so nobody knows whether it is over. Is it?"
            ),
            name=unknown[0].trade_name,
        )
    elif other := rules.broken_interval(
        [spray for one in crop.apart for spray in one.said.sprays], harvested_at=at
    ):
        yield rules.doubt(
            "happened_at",
            N_(
                "On the crop before this one, {trade_name} was sprayed on {sprayed_on}; its interval of {phi_days} "
                "days lasts until {harvest_from}. Are these really other plants?"
            ),
            **other.told,
        )


def _harvest(command: RecordHarvest, plot: Plot, said: Said) -> Iterator[Fault]:
    yield from rules.outside(
        "brix", N_("{value} °Brix is unusual; {low} to {high} is usual."), command.brix, rules.BRIX
    )
    if command.pieces:
        yield from rules.outside(
            "pieces",
            N_("That is {value} kg a fruit; {low} to {high} kg is usual."),
            command.quantity_kg / command.pieces,
            rules.FRUIT_KG,
        )
    kg = command.quantity_kg + sum((kg for _, kg in said.harvests), Decimal(0))
    yield from rules.unusual_yield("quantity", kg, plot.area_m2, over=False)


def _handling(command: RecordHandling) -> Iterator[Fault]:
    graded = [command.kilograms(one) for one in (command.grade1, command.grade2, command.loss)]
    yield from _balance("loss", command.kilograms(command.quantity_in), graded, N_("kg"))
    counted = [command.grade1_pieces, command.grade2_pieces, command.loss_pieces]
    yield from _balance("loss_pieces", command.pieces_in, counted, N_("fruits"))
    if command.packing_house and (message := rules.doubt_about_packing_house(command.packing_house)):
        yield rules.doubt("packing_house", message)


_Number = Decimal | int | None


def _balance(field: str, taken: _Number, came: Sequence[_Number], unit: str) -> Iterator[Fault]:
    """What came out has to be what went in, as soon as both were said."""
    known = [Decimal(one) for one in came if one is not None]
    if taken is not None and known and sum(known) != taken:
        yield rules.doubt(
            field,
            N_("{taken} {unit} came in, but both grades and the loss make {sum} {unit}. Is that right?"),
            taken=taken,
            sum=sum(known),
            unit=unit,
        )


def contradictions(command: AnyWork | AnySiteWork) -> Iterator[Fault]:
    """What cannot both be: refused, because whoever is asked can only say which of the two is wrong."""
    if isinstance(command, RecordSpraying):
        yield from _tanks(command)
    elif isinstance(command, RecordHarvest):
        yield from _brix(command)


def _tanks(command: RecordSpraying) -> Iterator[Fault]:
    if (command.tanks is None) != (command.tank_litres is None):
        yield Fault(
            "tanks" if command.tanks is None else "tank_litres",
            N_("Say both how many tanks were sprayed and how much one holds."),
        )
    tanked = command.tanked_litres
    if tanked is not None and command.water_litres not in (None, tanked):
        yield Fault(
            "water_litres",
            N_("{tanks} tanks of {litres} litres are {sum} litres. Leave this empty or write the same."),
            {"tanks": command.tanks, "litres": command.tank_litres, "sum": tanked},
        )


def _brix(command: RecordHarvest) -> Iterator[Fault]:
    read, count = len(command.brix_readings), command.brix_count or len(command.brix_readings)
    if count < read:
        yield Fault(
            "brix_count", N_("There are {read} readings, so at least as many fruits."), {"read": read}
        )
    elif read and count > read and command.brix is None:
        yield Fault("brix", N_("Not every reading is written down, so write the mean of them all."))
    elif (
        read
        and count == read
        and command.brix is not None
        and not rules.is_mean(command.brix, command.brix_readings)
    ):
        mean = rules.mean(command.brix_readings)
        yield Fault(
            "brix",
            N_("The mean of these readings is {mean}. Leave this empty or write the same."),
            {"mean": mean},
        )
    elif command.brix_count and command.brix is None and not read:
        yield Fault("brix", N_("Write the mean of the fruits measured."))


def _growing_time(command: RecordHarvest, planted_on: date | None) -> Iterator[Fault]:
    if planted_on:
        yield from rules.outside(
            "happened_at",
            N_("That is {value} days after planting; {low} to {high} days is usual."),
            (day_in_vietnam(command.happened_at) - planted_on).days,
            rules.GROWING_DAYS,
        )
