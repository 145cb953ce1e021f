"""Time: aware UTC inside, Vietnam's time for people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
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


def is_future(moment: datetime, *, now: datetime) -> bool:
    return moment > now + SKEW
