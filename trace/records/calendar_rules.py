"""What a crop calendar means: when a step is due, and which record did it; no I/O, no clock."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trace.places.rules import fold


class CountsFrom(StrEnum):
    """What the days of a calendar are counted from; with `YEAR` a step has months instead of days."""

    PLANTING = "planting"
    SOWING = "sowing"
    FLOWERING = "flowering"
    YEAR = "year"


class State(StrEnum):
    """Of one step in one cycle."""

    OVERDUE = "overdue"
    DUE = "due"
    AHEAD = "ahead"
    DONE = "done"
    SKIPPED = "skipped"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Step:
    """One work and when it is due. `works` narrows its kind down; `ours`: its words are ours, to be translated."""

    key: str
    kind: str
    opens: int
    closes: int
    title: str
    note: str = ""
    works: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a step is due, both included."""

    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Deed:
    """A standing record as a calendar sees it."""

    record_id: uuid.UUID
    kind: str
    work: str
    on: date


def key_of(crop: str) -> str:
    """“Dưa lưới” as addresses name it: dua-luoi."""
    return fold(crop).replace(" ", "-")[:40].strip("-")


def window(step: Step, counts_from: str, *, zero: date | None, begun: date) -> Window | None:
    """When the step is due; None while nobody knows the day that the calendar counts from.

    Months are those of the first year in which they do not lie wholly before the cycle began.
    """
    if counts_from == CountsFrom.YEAR:
        this, following = (_months(step, begun.year + add) for add in (0, 1))
        last = _months(step, begun.year - 1)
        return next(months for months in (last, this, following) if months.closes >= begun)
    if zero is None:
        return None
    return Window(zero + timedelta(step.opens), zero + timedelta(step.closes))


def _months(step: Step, year: int) -> Window:
    """From the first day of one month to the last of another, which may lie in the next year."""
    closing = year + (step.closes < step.opens)
    after = date(closing + step.closes // 12, step.closes % 12 + 1, 1)
    return Window(date(year, step.opens, 1), after - timedelta(1))


def done_by(
    steps: Sequence[Step], windows: Mapping[str, Window | None], deeds: Iterable[Deed]
) -> dict[str, Deed]:
    """Which record did which step, by the step's key.

    A record does one step: of those in whose window it lies the one that closes first; otherwise the first one
    that was left open before it. What was done before a step was due does not count for it.
    """
    found: dict[str, Deed] = {}
    ordered = sorted(deeds, key=lambda deed: (deed.on, deed.record_id))
    left = [deed for deed in ordered if not _within(deed, steps, windows, found)]
    for deed in left:
        late = [step for step in steps if step.key not in found and _opened(deed, step, windows[step.key])]
        if late:
            found[min(late, key=lambda step: _closing(windows[step.key])).key] = deed
    return found


def _within(
    deed: Deed, steps: Sequence[Step], windows: Mapping[str, Window | None], found: dict[str, Deed]
) -> bool:
    """Give the record to the step that was due; repeats of work already done are used up, too."""
    due = [
        step
        for step in steps
        if _is_of(deed, step) and (span := windows[step.key]) and span.opens <= deed.on <= span.closes
    ]
    wanting = [step for step in due if step.key not in found]
    if wanting:
        found[min(wanting, key=lambda step: _closing(windows[step.key])).key] = deed
    return bool(due)


def _opened(deed: Deed, step: Step, span: Window | None) -> bool:
    return _is_of(deed, step) and (span is None or deed.on >= span.opens)


def _is_of(deed: Deed, step: Step) -> bool:
    return deed.kind == step.kind and (not step.works or deed.work in step.works)


def _closing(span: Window | None) -> date:
    return span.closes if span else date.max


def state(
    step: Step, span: Window | None, *, done: Collection[str], skipped: Collection[str], today: date
) -> State:
    """How a step stands on this day. What was done is done, whatever was said about skipping it."""
    if step.key in done:
        return State.DONE
    if step.key in skipped:
        return State.SKIPPED
    if span is None:
        return State.UNDATED
    if today > span.closes:
        return State.OVERDUE
    return State.DUE if today >= span.opens else State.AHEAD
