"""What entries say in the reader's words; no I/O."""

from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_decimal

from trace.kit.figures import day, moment
from trace.kit.translation import Locale, say
from trace.records.facts import Fact
from trace.reports.rules import Entry, Said


def said(sentence: Said, locale: Locale) -> str:
    return say(sentence.message, locale, **dict(sentence.values))


def value(fact: Fact, locale: Locale) -> str:
    """With its unit; what somebody wrote stands as it was written."""
    unit = f" {say(fact.unit, locale)}" if fact.unit else ""
    if isinstance(fact.value, str):
        return (say(fact.value, locale) if fact.ours else fact.value) + unit
    if isinstance(fact.value, date):
        return day(fact.value, locale)
    if isinstance(fact.value, tuple):
        return "; ".join(_exact(one, locale) for one in fact.value) + unit
    return _exact(fact.value, locale) + unit


def _exact(value_: Decimal | int, locale: Locale) -> str:
    """Laboratories measure in millionths; everybody else in thousandths at most."""
    return str(format_decimal(value_, format="#,##0.######", locale=locale))


def done(entry: Entry, locale: Locale) -> str:
    return moment(entry.done, locale) if isinstance(entry.done, datetime) else day(entry.done, locale)
