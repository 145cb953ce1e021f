"""How much of one thing is in another, through any number of operations: exact fractions by weight; no I/O."""

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
        given = sum((found.get(one.id, Fraction(0)) * one.grams for one in step.took), Fraction(0))
        for batch in step.made:
            found.setdefault(batch.id, given / step.whole)
            for user in users[batch.id]:
                waiting[user.id] -= 1
                if not waiting[user.id]:
                    ready.append(user)
    return found


def parts_above(start: uuid.UUID, steps: Sequence[Step]) -> dict[uuid.UUID, Fraction]:
    """Of everything above the start, the part of the start that is of it; the nearest first."""
    found: dict[uuid.UUID, Fraction] = defaultdict(Fraction, {start: Fraction(1)})
    maker = {batch.id: step for step in steps for batch in step.made}
    waiting: dict[uuid.UUID, int] = defaultdict(int)
    for step in steps:
        for one in step.took:
            waiting[one.id] += 1
    handed: dict[uuid.UUID, int] = defaultdict(int)
    ready = [start]
    for batch_id in ready:  # grows while it is walked
        if batch_id not in maker:
            continue
        made_by = maker[batch_id]
        handed[made_by.id] += 1
        if handed[made_by.id] < len(made_by.made):
            continue
        whole = sum((found[batch.id] for batch in made_by.made), Fraction(0)) / made_by.whole
        for source in made_by.took:
            found[source.id] += whole * source.grams
            waiting[source.id] -= 1
            if not waiting[source.id]:
                ready.append(source.id)
    return dict(found)
