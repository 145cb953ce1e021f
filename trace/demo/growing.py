"""The crop that is still growing when the demo is loaded, so that the home page has something to say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from trace.demo.story import Deed
from trace.kit.clock import VIETNAM, day_in_vietnam


@dataclass(frozen=True)
class Growing:
    """A crop that is still growing when the demo is loaded."""

    letter: str
    plot: str
    sown: date
    deeds: tuple[Deed, ...]

    @property
    def opened(self) -> datetime:
        return min(done.when for done in self.deeds) - timedelta(minutes=30)


def growing(now: datetime) -> Growing:
    """Melons 45 days after planting, so that there is something done, something due and something overdue."""
    planted = day_in_vietnam(now) - timedelta(days=45)

    def on(day: int, clock: str, kind: str, **said: Any) -> Deed:
        hour, minute = clock.split(":")
        done = planted + timedelta(days=day)
        when = datetime(done.year, done.month, done.day, int(hour), int(minute), tzinfo=VIETNAM)
        return Deed(kind, when, said)

    drip_ = {"method": "drip", "water_source": "Giếng khoan có lọc"}
    return Growing(
        "H",
        "NM-D1",
        planted - timedelta(days=12),
        (
            on(-12, "07:00", "sowing", seed_count=3100, seed_lot="H-2609-033", seed_source="TL3, gói 1.000 hạt"),
            on(0, "16:00", "planting", plant_count=3000, substrate="Xơ dừa và trấu hun, túi 40×40"),
            on(8, "08:10", "pruning", work="training"),
            on(17, "05:45", "pollination", method="bees", colonies=3),
            on(
                28, "06:15", "fertilising",
                fertiliser="NPK 20-20-20", amount=Decimal("2.2"), unit="kg", method="drip", ec=Decimal("2.0"),
                ph=Decimal("6.3"),
            ),
            on(
                41, "16:30", "spraying",
                trade_name="Anvil 5SC", active_ingredient="hexaconazole 50 g/L", target="Phấn trắng",
                amount=Decimal("40"), unit="ml", water_litres=Decimal(60), equipment="Bình điện 20 lít", phi_days=14,
                note="Minh họa – kiểm tra nhãn thuốc.",
            ),
            on(43, "06:00", "irrigation", litres=Decimal(2600), **drip_),
            on(44, "06:00", "irrigation", litres=Decimal(2700), **drip_),
        ),
    )  # fmt: skip
