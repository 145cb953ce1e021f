"""How much of a batch is of which harvest: exact fractions by weight, whatever was merged and divided; no I/O."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Edge:
    """That so much of something went into what became a batch."""

    child: uuid.UUID
    parent: uuid.UUID
    is_harvest: bool
    kg: Decimal


@dataclass(frozen=True, slots=True)
class Parts:
    """Of which harvests something is, and of which batches that others grew; all shares together make one."""

    harvests: dict[uuid.UUID, Fraction]
    others: dict[uuid.UUID, Fraction]


def shares(start: uuid.UUID, edges: Iterable[Edge]) -> dict[uuid.UUID, Fraction]:
    """The share of each harvest, which together make one unless something of others went in."""
    return parts_of(start, edges).harvests


def parts_of(start: uuid.UUID, edges: Iterable[Edge]) -> Parts:
    """The share of each harvest and of each batch that nothing of ours went into.

    What an operation takes is mixed before it is divided: each of its batches has the shares of the whole.
    The weight of the batch asked for is handed up from children to parents; a batch hands on only when all
    of its children have handed theirs, so every edge is walked once however many ways lead through it.
    """
    above: dict[uuid.UUID, list[Edge]] = defaultdict(list)
    waiting: dict[uuid.UUID, int] = defaultdict(int)
    for edge in edges:
        above[edge.child].append(edge)
        waiting[edge.parent] += 1
    weight: dict[uuid.UUID, Fraction] = defaultdict(Fraction, {start: Fraction(1)})
    found: dict[uuid.UUID, Fraction] = defaultdict(Fraction)
    others: dict[uuid.UUID, Fraction] = {}
    ready = [start]
    while ready:
        child = ready.pop()
        if child not in above:
            others[child] = weight[child]
            continue
        whole = sum((Fraction(edge.kg) for edge in above[child]), Fraction(0))
        for edge in above[child]:
            part = weight[child] * Fraction(edge.kg) / whole
            if edge.is_harvest:
                found[edge.parent] += part
                continue
            weight[edge.parent] += part
            waiting[edge.parent] -= 1
            if not waiting[edge.parent]:
                ready.append(edge.parent)
    return Parts(dict(found), others)


def percents(parts: Sequence[Fraction]) -> list[int]:
    """Whole hundredths that add up as the parts do: the largest remainders are rounded up. 0 is “less than one”."""
    exact = [100 * part for part in parts]
    whole = [int(one) for one in exact]
    short = round(sum(exact, Fraction(0))) - sum(whole)
    by_remainder = sorted(range(len(parts)), key=lambda at: (whole[at] - exact[at], at))
    for at in by_remainder[:short]:
        whole[at] += 1
    return whole
