"""What the diary's numbers mean and which of them look unusual; no I/O, no clock."""

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from trace.catalogue.measures import Measure
from trace.kit.clock import SKEW, day_in_vietnam, is_future
from trace.kit.problems import Fault
from trace.kit.translation import N_
from trace.records.models import Weight

_KILOGRAMS: Final = {
    Weight.KG: 1,
    Weight.CAN: 1,
    Weight.YEN: 10,
    Weight.TA: 100,
    Weight.TAN: 1000,
}
_DAY: Final = timedelta(hours=24)
_TOLD: Final = Decimal("0.01")
_THOUSANDTH: Final = Decimal("0.001")


def kilograms(quantity: Decimal, unit: Weight) -> Decimal:
    """Exact: a cân is 1 kg, a yến 10 kg, a tạ 100 kg, a tấn 1,000 kg. Spelled as the database gives it back."""
    return Decimal(int(quantity * 1000) * _KILOGRAMS[unit]) / 1000


_SMALL: Final = {Measure.KG: Measure.G, Measure.L: Measure.ML}


def in_small_unit(amount: Decimal, unit: str) -> tuple[Decimal, Measure] | None:
    """Kilograms in grams and litres in millilitres, exactly; None for what is in small units already."""
    small = _SMALL.get(Measure(unit))
    return (Decimal(int(amount * 1000)), small) if small else None


def tanked(tanks: Decimal, tank_litres: Decimal) -> Decimal:
    """The spray water of so many tanks, exactly."""
    return tanks * tank_litres


def mean(readings: Sequence[Decimal]) -> Decimal | None:
    """To a thousandth; None of nothing."""
    if not readings:
        return None
    return (sum(readings, Decimal(0)) / len(readings)).quantize(_THOUSANDTH, ROUND_HALF_UP)


def is_mean(stated: Decimal, readings: Sequence[Decimal]) -> bool:
    """Whether the mean was stated to as many places as the person cared for."""
    exact = sum(readings, Decimal(0)) / len(readings)
    return exact.quantize(stated, ROUND_HALF_UP) == stated


def doubt_about_packing_house(code: str) -> str | None:
    """What looks strange about the code of a packing house, as a msgid; None when nothing does."""
    if re.fullmatch(r"VN-[A-Z]{2}PH-?\d{3,4}", code):
        return None
    return N_("A packing-house code of Vietnam looks like VN-HDPH-0001. Is this one written differently?")


def late_days(happened_at: datetime, *, received_at: datetime) -> int:
    """Whole days of 24 hours between the work and the server's knowledge of it; a phone's clock has no say."""
    return max(0, (received_at - happened_at) // _DAY)


def clock_offset(sent_at: datetime | None, *, received_at: datetime) -> int | None:
    """Seconds by which the sending device's clock is ahead of ours. The time on the way counts as being behind."""
    return None if sent_at is None else round((sent_at - received_at).total_seconds())


def clock_wrong_by(
    offset_seconds: int | None, *, recorded_at: datetime, received_at: datetime
) -> timedelta | None:
    """How far ahead the device's clock was, negative when behind; None when it was right or nobody knows.

    Where the device did not say what its clock showed, it is known to be wrong only when it wrote after we received.
    """
    known = recorded_at - received_at if offset_seconds is None else timedelta(seconds=offset_seconds)
    if offset_seconds is None and not clock_is_ahead(recorded_at, received_at=received_at):
        return None
    return known if abs(known) > SKEW else None


def written_at(recorded_at: datetime, *, received_at: datetime, wrong_by: timedelta | None) -> datetime:
    """When it was written by our clock: a device's that is known to be wrong is put right.

    Where the device said nothing, `recorded_at` is ours already and equals `received_at`.
    """
    if wrong_by is None or recorded_at == received_at:
        return recorded_at
    return min(recorded_at - wrong_by, received_at)


def clock_is_ahead(recorded_at: datetime, *, received_at: datetime) -> bool:
    """Whether the writing device's clock cannot be right: it wrote after the server had received."""
    return is_future(recorded_at, now=received_at)


@dataclass(frozen=True)
class Range:
    """What is usual for greenhouse melons; outside of it the person is asked, never refused."""

    low: Decimal
    high: Decimal

    def __contains__(self, value: Decimal | int) -> bool:
        return self.low <= value <= self.high


DENSITY: Final = Range(Decimal(1400), Decimal(2600))  # plants per 1,000 m²
YIELD: Final = Range(Decimal(15), Decimal(40))  # t/ha per crop
FRUIT_KG: Final = Range(Decimal("0.8"), Decimal("3.5"))
BRIX: Final = Range(Decimal(8), Decimal(18))
GROWING_DAYS: Final = Range(Decimal(55), Decimal(95))  # from transplanting to harvest
PHI_DAYS: Final = Range(Decimal(0), Decimal(60))
EC: Final = Range(Decimal("0.5"), Decimal(4))  # mS/cm
PH: Final = Range(Decimal(5), Decimal(8))


def outside(field: str, message: str, value: Decimal | int | None, usual: Range) -> Iterator[Fault]:
    """A doubt when `value` is not usual; `message` may name {value}, {low} and {high}. Compared exactly, told rounded."""
    if value is not None and value not in usual:
        yield doubt(field, message, value=rounded(Decimal(value)), low=usual.low, high=usual.high)


def rounded(value: Decimal) -> Decimal:
    """As it is told in a message; compared is what was not rounded."""
    return value.quantize(_TOLD, ROUND_HALF_UP)


def doubt(field: str, message: str, **values: Any) -> Fault:
    return Fault(field, message, values, "doubtful")


def unusual_density(field: str, plants: int, area_m2: Decimal) -> Iterator[Fault]:
    """The doubt about a number of plants on a plot of this size."""
    density = plants * 1000 / area_m2
    message = N_("That is {value} plants per 1,000 m²; {low} to {high} is usual.")
    return outside(field, message, density, DENSITY)


def unusual_yield(field: str, kg: Decimal, area_m2: Decimal, *, over: bool) -> Iterator[Fault]:
    """The doubt about all that was harvested from a plot: too much at any time, too little when it is over."""
    tonnes = kg * 10 / area_m2
    message = (
        N_("Only {value} t/ha are written down; {low} to {high} is usual. Is every harvest written?")
        if over
        else N_("With this, {value} t/ha were harvested in the cycle; {low} to {high} is usual.")
    )
    if (tonnes < YIELD.low) if over else (tonnes > YIELD.high):
        yield from outside(field, message, tonnes, YIELD)


def done_at(happened_at: datetime, *, received_at: datetime) -> datetime:
    """When work was done at the latest: not after the server heard of it, whatever a phone's clock says."""
    return min(happened_at, received_at)


@dataclass(frozen=True)
class Span:
    """The days on which a crop stands on its plot, the first and the last included.

    The first is the earliest of the days on which it was sown, planted and opened; the last is the day on which
    it was closed, and an open one has none. Two crops of one plot overlap when they have a day in common. Then
    what was sprayed on the one counts for the harvest of the other: the mist knows nothing of names.
    """

    first: date
    last: date | None

    def overlaps(self, other: "Span") -> bool:
        return self.first <= (other.last or date.max) and other.first <= (self.last or date.max)


def span(
    opened_at: datetime, *, sown_on: date | None, planted_on: date | None, closed_at: datetime | None
) -> Span:
    known = [day for day in (sown_on, planted_on, day_in_vietnam(opened_at)) if day]
    return Span(min(known), day_in_vietnam(closed_at) if closed_at else None)


@dataclass(frozen=True)
class Spray:
    """What a harvest must know about a spraying. `phi_days` is None when nobody declared it."""

    record_id: uuid.UUID
    happened_at: datetime
    trade_name: str
    phi_days: int | None
    re_entry_hours: int | None = None

    @property
    def re_entry_until(self) -> datetime | None:
        """Before this nobody goes in without protection; none where nobody said how long."""
        if self.re_entry_hours is None:
            return None
        return self.happened_at + timedelta(hours=self.re_entry_hours)

    @property
    def harvest_from(self) -> date | None:
        """The first day on which may be harvested: the day of spraying and the interval on the label."""
        if self.phi_days is None:
            return None
        return day_in_vietnam(self.happened_at) + timedelta(days=self.phi_days)

    @property
    def told(self) -> dict[str, Any]:
        """What a message says about it."""
        return {
            "trade_name": self.trade_name,
            "sprayed_on": day_in_vietnam(self.happened_at),
            "phi_days": self.phi_days,
            "harvest_from": self.harvest_from,
        }


def last_to_wait_for(sprays: Iterable[Spray], *, before: datetime | None = None) -> Spray | None:
    """The spray whose interval ends last, among those done up to `before`."""
    counted = [
        spray
        for spray in sprays
        if spray.harvest_from is not None and (before is None or spray.happened_at <= before)
    ]
    return max(counted, key=lambda spray: spray.harvest_from or date.min, default=None)


def broken_interval(sprays: Iterable[Spray], *, harvested_at: datetime) -> Spray | None:
    """The spray that a harvest did not wait for, if there is one."""
    spray = last_to_wait_for(sprays, before=harvested_at)
    if spray is None or spray.harvest_from is None:
        return None
    return spray if day_in_vietnam(harvested_at) < spray.harvest_from else None


def days_too_early(sprays: Iterable[Spray], *, harvested_at: datetime) -> int:
    """How many days a harvest came before it was allowed; 0 when it waited."""
    spray = broken_interval(sprays, harvested_at=harvested_at)
    if spray is None or spray.harvest_from is None:
        return 0
    return (spray.harvest_from - day_in_vietnam(harvested_at)).days


def undeclared(sprays: Iterable[Spray], *, harvested_at: datetime) -> list[Spray]:
    """Those before a harvest of which nobody knows how long it should have waited."""
    return [spray for spray in sprays if spray.phi_days is None and spray.happened_at <= harvested_at]


def still_too_early(spray: Spray, *, field: str) -> Fault:
    """The doubt about correcting a harvest that did not wait, and does not now either."""
    return doubt(
        field,
        N_(
            "{trade_name} was sprayed on {sprayed_on} with a pre-harvest interval of {phi_days} days: "
            "harvest from {harvest_from}. The harvest stands as too early in the diary, and so will this correction."
        ),
        **spray.told,
    )
