"""How much of one thing is in another, through any number of operations: exact fractions by weight; no I/O."""

import math
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

Grams = int


@dataclass(frozen=True, slots=True)
class Weight:
    """A harvest or a batch, and how much of it an operation took or made."""

    id: uuid.UUID
    grams: Grams


@dataclass(frozen=True, slots=True)
class Step:
    """An operation that stands: what it took and made that the trace reaches, and the whole of what it took.

    What it takes is mixed before it is divided: each of its batches has the shares of the whole.
    """

    id: uuid.UUID
    at: datetime
    took: list[Weight]
    made: list[Weight]
    whole: Grams


def parts_below(roots: Collection[uuid.UUID], steps: Sequence[Step]) -> dict[uuid.UUID, Fraction]:
    """Of the roots and of each batch below them, the part that is of the roots; in the order of the work."""
    found = dict.fromkeys(roots, Fraction(1))
    made = {one.id for step in steps for one in step.made} - set(found)
    users: dict[uuid.UUID, list[Step]] = defaultdict(list)
    waiting: dict[uuid.UUID, int] = {}
    for step in steps:
        before = [one.id for one in step.took if one.id in made]
        waiting[step.id] = len(before)
        for one in before:
            users[one].append(step)
    ready = [step for step in steps if not waiting[step.id]]
    for step in ready:  # grows while it is walked
        given = [(found[one.id], one.grams) for one in step.took if one.id in found]
        part = _mixed(given) / step.whole
        for batch in step.made:
            if given:
                found.setdefault(batch.id, part)
            for user in users[batch.id]:
                waiting[user.id] -= 1
                if not waiting[user.id]:
                    ready.append(user)
    return found


def parts_above(start: uuid.UUID, steps: Sequence[Step]) -> dict[uuid.UUID, Fraction]:
    """Of everything above the start, the part of the start that is of it; the nearest first."""
    handed_up: dict[uuid.UUID, list[tuple[Fraction, Grams]]] = defaultdict(list, {start: [(Fraction(1), 1)]})
    maker = {batch.id: step for step in steps for batch in step.made}
    waiting: dict[uuid.UUID, int] = defaultdict(int)
    for step in steps:
        for one in step.took:
            waiting[one.id] += 1
    found: dict[uuid.UUID, Fraction] = {}
    handed: dict[uuid.UUID, list[tuple[Fraction, Grams]]] = defaultdict(list)
    ready = [start]
    for reached in ready:  # grows while it is walked
        found[reached] = _mixed(handed_up[reached])
        if reached not in maker:
            continue
        made_by = maker[reached]
        handed[made_by.id].append((found[reached], 1))
        if len(handed[made_by.id]) < len(made_by.made):
            continue
        whole = _mixed(handed[made_by.id]) / made_by.whole
        for source in made_by.took:
            handed_up[source.id].append((whole, source.grams))
            waiting[source.id] -= 1
            if not waiting[source.id]:
                ready.append(source.id)
    return found


def _mixed(parts: Sequence[tuple[Fraction, Grams]]) -> Fraction:
    """The sum of so many times each. Over one denominator, for a fraction a step would be shortened at each."""
    common = math.lcm(*(part.denominator for part, _ in parts))
    return Fraction(
        sum(part.numerator * (common // part.denominator) * times for part, times in parts), common
    )
