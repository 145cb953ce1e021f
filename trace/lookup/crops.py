"""The crops that a batch is of, each with its diary and its share, told together; no I/O.

Of several, what is worst for whoever eats it is said first: a harvest that was taken back, an interval broken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final

from sqlalchemy import Row

from trace.batches.ancestry import Origin, by_plot
from trace.lookup import telling
from trace.lookup.facts import (
    EntryFacts,
    Interval,
    OriginFacts,
    OverrideFacts,
    PlotShareFacts,
    Standing,
    SupplierFacts,
    WaitFacts,
)
from trace.lookup.telling import Photos, Telling

_WORST_ENTRY: Final[tuple[Standing, ...]] = ("retracted", "corrected", "standing")
_WORST_INTERVAL: Final[tuple[Interval, ...]] = ("broken", "undeclared", "kept", "no spraying")


@dataclass(frozen=True)
class Crop:
    """A crop as the database answered it, and its diary as it is told beside the batch."""

    row: Row[Any]
    told: Telling


def origin(found: Origin, crop: Crop, photos: Photos) -> OriginFacts:
    told = crop.told
    harvest, standing = telling.harvest_now(found.harvest_id, told.lines)
    return OriginFacts(
        share=str(found.share),
        percent=found.percent,
        harvested_on=found.harvested_on,
        harvest_entry=standing,
        interval=told.interval(harvest),
        waits_for=telling.wait(harvest.broken) if harvest.broken else None,
        overrides=told.overrides(found.harvest_id),
        undeclared_intervals=list(harvest.undeclared),
        place=telling.place(crop.row, photos),
        cycle=telling.cycle(crop.row, [line for line in told.lines if line.stands]),
    )


def plots(found: list[Origin]) -> list[PlotShareFacts]:
    return [
        PlotShareFacts(plot=one.plot, share=str(one.share), percent=one.percent) for one in by_plot(found)
    ]


def timeline(crops: Iterable[Crop]) -> list[EntryFacts]:
    """The diaries of all of them by the time of the work; of one crop, in its own order."""
    entries = [crop.told.entries() for crop in crops]
    if len(entries) == 1:
        return entries[0]
    return sorted(chain.from_iterable(entries), key=lambda entry: entry.happened_at)


def entry_of(origins: list[OriginFacts]) -> Standing | None:
    found = {one.harvest_entry for one in origins}
    return next((one for one in _WORST_ENTRY if one in found), None)


def interval_of(origins: list[OriginFacts], *, alone: bool) -> Interval | None:
    """None as soon as a harvest was taken back, or others had a hand in it: nothing can be said of that part."""
    found = {one.interval for one in origins}
    if None in found:
        return None
    known = _WORST_INTERVAL if alone else ("broken", "undeclared")
    return next((one for one in known if one in found), None)


def wait_of(origins: list[OriginFacts]) -> WaitFacts | None:
    """The one that ends last."""
    waits = [one.waits_for for one in origins if one.waits_for]
    return max(waits, key=lambda wait: (wait.harvest_from is not None, wait.harvest_from), default=None)


def overrides_of(origins: list[OriginFacts]) -> list[OverrideFacts]:
    found = {given.entry: given for one in origins for given in one.overrides}
    return sorted(found.values(), key=lambda given: given.decided_at)


def undeclared_of(origins: list[OriginFacts]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(one.undeclared_intervals for one in origins)))


def first_harvest(stored: date, found: list[Origin], others: list[SupplierFacts]) -> date | None:
    """What counts for others from the day it came in is no harvest: only days that somebody stated are told."""
    if not others:
        return stored
    days = [one.harvested_on for one in found]
    return min([*days, *(one.harvested_on for one in others if one.harvested_on)], default=None)
