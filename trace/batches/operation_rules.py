"""What an operation must add up to, what it usually loses, and which dates its batches get; no I/O, no clock."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from trace.batches.operation_models import OperationKind, Process
from trace.batches.rules import Amount
from trace.kit.problems import Fault, Refused
from trace.kit.translation import N_
from trace.records.rules import Range, doubt

# In hundredths of what went in. Own figures, to be asked about and never to be refused by: sorting at
# a packing house, handling, the skin and seeds of a melon, and the water in it.
_SORTING: Final = Range(Decimal(0), Decimal(20))
_HANDLING: Final = Range(Decimal(0), Decimal(5))
_DIVIDING: Final = Range(Decimal(0), Decimal(2))
_STORING: Final = Range(Decimal(0), Decimal(10))
_USUAL_LOSS: Final = {
    OperationKind.MAKE: _SORTING,
    OperationKind.GRADE: _SORTING,
    OperationKind.PACK: _HANDLING,
    OperationKind.REPACK: _HANDLING,
    OperationKind.SPLIT: _DIVIDING,
    OperationKind.MERGE: _DIVIDING,
    OperationKind.LOSS: _STORING,
}
_USUAL_LOSS_OF: Final = {
    Process.FRESH_CUT: Range(Decimal(25), Decimal(65)),
    Process.DRIED: Range(Decimal(75), Decimal(96)),
    Process.OTHER: Range(Decimal(0), Decimal(90)),
}
# A fruit stays a fruit. Packing and cutting count something else afterwards: boxes, trays.
_KEEPS_PIECES: Final = {
    OperationKind.MAKE,
    OperationKind.GRADE,
    OperationKind.SPLIT,
    OperationKind.MERGE,
}
_PACKING: Final = {OperationKind.PACK, OperationKind.REPACK, OperationKind.TRANSFORM}


def total(amounts: Iterable[Amount]) -> Amount:
    """Their sum; its pieces are known only where all of them are."""
    listed = list(amounts)
    counted = [one.pieces for one in listed if one.pieces is not None]
    pieces = sum(counted) if listed and len(counted) == len(listed) else None
    return Amount(sum((one.kg for one in listed), Decimal(0)), pieces)


def must_balance(
    kind: OperationKind, taken: list[Amount], made: list[Amount], lost: list[Amount], *, field: str
) -> None:
    """What went in weighs what came out and what was lost, to the gram; fruits are counted likewise."""
    into, out = total(taken), total([*made, *lost])
    if into.kg != out.kg:
        message = (
            N_(
                "{taken} kg go in, and {made} kg come out with {lost} kg lost: {gap} kg are not accounted for."
            )
            if into.kg > out.kg
            else N_(
                "{taken} kg go in, but {made} kg come out with {lost} kg lost: that is {gap} kg too many."
            )
        )
        gap = abs(into.kg - out.kg)
        raise Refused(message, field=field, taken=into.kg, made=total(made).kg, lost=total(lost).kg, gap=gap)
    if kind not in _KEEPS_PIECES or into.pieces is None:
        return
    counted = sum(one.pieces or 0 for one in (*made, *lost))
    if counted > into.pieces or (out.pieces is not None and counted != into.pieces):
        raise Refused(
            N_("{taken} pieces go in, and {counted} come out or are lost. Count again."),
            field=field,
            taken=into.pieces,
            counted=counted,
        )


def usual_loss(kind: OperationKind, process: Process | None) -> Range | None:
    """How many hundredths of the weight usually go; None where nobody can say."""
    return _USUAL_LOSS_OF[process] if process else _USUAL_LOSS.get(kind)


def unusual_loss(kind: OperationKind, process: Process | None, *, lost: Decimal, of: Decimal) -> Fault | None:
    """The question about a loss that is not usual; it wants a reason for an answer."""
    usual, share = usual_loss(kind, process), 100 * lost / of
    if usual is None or share in usual:
        return None
    return doubt(
        "reason",
        N_("{share} % of the weight is lost; {low} to {high} % is usual. Say why."),
        share=share.quantize(Decimal("0.1")),
        low=usual.low,
        high=usual.high,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """What an operation takes, with what its batches inherit."""

    batch_id: uuid.UUID | None
    harvest_id: uuid.UUID | None
    cycle_id: uuid.UUID | None
    product_id: uuid.UUID
    harvested_on: date
    packed_on: date | None
    best_before: date | None
    weighed: Decimal
    amount: Amount


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a new batch gets from what it is made of. Of several, always the date that promises least."""

    harvest_id: uuid.UUID | None
    cycle_id: uuid.UUID | None
    harvested_on: date
    packed_on: date | None
    best_before: date | None


def inherited(sources: list[Source]) -> Inherited:
    """A harvest or a cycle only where all of it is of that one."""
    packed = [one.packed_on for one in sources]
    known = [one.best_before for one in sources if one.best_before]
    return Inherited(
        harvest_id=_only({one.harvest_id for one in sources}),
        cycle_id=_only({one.cycle_id for one in sources}),
        harvested_on=min(one.harvested_on for one in sources),
        packed_on=None if None in packed else min(day for day in packed if day),
        best_before=min(known, default=None),
    )


def _only(found: set[uuid.UUID | None]) -> uuid.UUID | None:
    return next(iter(found)) if len(found) == 1 else None


def packing_day(kind: OperationKind, *, asked: date | None, day: date, before: date | None) -> date | None:
    """What was packed on this day was; anything else keeps the day that it had."""
    return asked or (day if kind in _PACKING else before)


def latest_best_before(
    kind: OperationKind, before: Inherited, *, produced: date, shelf_life_days: int | None
) -> date | None:
    """The last day that may be promised.

    Repacked goods are as old as they were (Decree 37/2026, article 46); loose fruit is dated from its
    packing, and what became another product from the day it did.
    """
    fresh = kind == OperationKind.TRANSFORM or (kind == OperationKind.PACK and before.packed_on is None)
    counted = produced + timedelta(days=shelf_life_days) if shelf_life_days else None
    return (counted or before.best_before) if fresh else (before.best_before or counted)
