"""Time: aware UTC inside, Vietnam's time for people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
# A phone's clock may run a little ahead of the server's without anybody having lied.
SKEW: Final = timedelta(minutes=5)

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)


def day_in_vietnam(moment: datetime) -> date:
    """The calendar day a grower would say; 06:00 there is still the day before in UTC."""
    return in_vietnam(moment).date()


def day_begins(day: date) -> datetime:
    """The first moment of a calendar day as a grower would say it."""
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def is_future(moment: datetime, *, now: datetime) -> bool:
    return moment > now + SKEW
