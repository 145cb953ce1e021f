"""How numbers, days and times are written for people: day first in Vietnamese, each language's decimal mark."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal

from trace.kit.clock import VIETNAM


def number(value: Decimal | float, locale: str) -> str:
    """Exact to a millionth, without needless zeros."""
    return format_decimal(value, format="#,##0.######", locale=locale)


def day(value: date, locale: str) -> str:
    return format_date(value, "dd/MM/yyyy" if locale == "vi" else "d MMM yyyy", locale=locale)


def moment(value: datetime, locale: str) -> str:
    pattern = "HH:mm, dd/MM/yyyy" if locale == "vi" else "d MMM yyyy, HH:mm"
    return format_datetime(value, pattern, tzinfo=VIETNAM, locale=locale)


def clock(value: datetime, locale: str) -> str:
    return format_datetime(value, "HH:mm", tzinfo=VIETNAM, locale=locale)


def span(value: timedelta, locale: str) -> str:
    """“3 giờ”, “2 ngày”: how long, rounded to the greatest unit, whichever way it points."""
    return format_timedelta(abs(value), granularity="minute", locale=locale)


def written(value: object, locale: str) -> object:
    """A value inside a message; what is no number and no time stands as it is."""
    if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
        return number(value, locale)
    if isinstance(value, datetime):
        return moment(value, locale)
    return day(value, locale) if isinstance(value, date) else value
