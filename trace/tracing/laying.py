"""Puts together what was asked of the database: things with their shares and kilograms, in the order of the way."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from trace.batches.models import Batch
from trace.catalogue.models import Input, Purchase
from trace.farms.models import Household, Plot
from trace.kit.clock import day_in_vietnam
from trace.records.models import CropCycle
from trace.tracing.graph import Reached
from trace.tracing.leaving import GOODS
from trace.tracing.origins import Crop, Cut, Use
from trace.tracing.rules import Step, Weight, parts_above, parts_below
from trace.tracing.things import Because, Direction, Of, Scope, Start, Thing, Why

Parts = dict[uuid.UUID, Fraction]
_WEIGHED: Final = GOODS | {Of.BATCH, Of.RECEIPT}


def lay(
    db: Session,
    start: Start,
    direction: Direction,
    reached: Reached,
    crops: Sequence[Crop] = (),
    cuts: Sequence[Cut] = (),
    used: Sequence[Use] = (),
) -> Scope:
    """The scope of what was found. A harvest that was retracted is in it only where fruit of it was worked on."""
    steps = _under_one_name(reached.steps, cuts)
    worked = {one.id for step in steps for one in step.took}
    cuts = [one for one in cuts if not one.retracted or one.id in worked or one.id == start.id]
    down = direction == Direction.DOWN
    if down:
        parts = parts_below([start.id] if start.kind in _WEIGHED else {one.id for one in cuts}, steps)
    else:
        parts = parts_above(start.id, steps)
        _add_ground(parts, start, crops, cuts, used)
    harvests = _harvests(cuts, crops)
    batches = _batches(steps, reached, parts)
    ground = [one for one in _ground(crops) if one.kind in _GROUND[start.kind, direction]]
    order = [*ground, *harvests, *batches] if down else [*batches, *harvests, *reversed(ground)]
    if not down:
        order += _inputs(used)
    first = reached.goods.get(start.id) or _start(db, start, order)
    things = {first.id: first} | {one.id: one for one in order if one.id != first.id}
    whole = None if down else first.kg
    weighed = {one.id: _weigh(one, parts.get(one.id), whole) for one in things.values()}
    links = [one for one in _links(crops, cuts, used) if one.source in weighed and one.into in weighed]
    return Scope(start, direction, weighed, steps, links)


# Which of the ground is downstream or upstream of what.
_ALL: Final = frozenset({Of.HOUSEHOLD, Of.PLOT, Of.CYCLE})
_NONE: Final = frozenset[Of]()
_GROUND: Final = (
    {(kind, Direction.UP): _ALL for kind in Of}
    | {(kind, Direction.DOWN): _NONE for kind in Of}
    | {
        (Of.HOUSEHOLD, Direction.DOWN): _ALL,
        (Of.PLOT, Direction.DOWN): frozenset({Of.CYCLE}),
        (Of.INPUT, Direction.DOWN): frozenset({Of.CYCLE}),
        (Of.PURCHASE, Direction.DOWN): frozenset({Of.CYCLE}),
        (Of.PLOT, Direction.UP): frozenset({Of.HOUSEHOLD}),
    }
)


def _under_one_name(steps: Sequence[Step], cuts: Sequence[Cut]) -> list[Step]:
    """Operations name the record of a harvest that stood when they were done; here each is called by its last."""
    names = {one.record_id: one.id for one in cuts if one.record_id != one.id}
    if not names:
        return list(steps)
    return [
        replace(step, took=[Weight(names.get(one.id, one.id), one.grams) for one in step.took])
        for step in steps
    ]


def _add_ground(
    parts: Parts, start: Start, crops: Sequence[Crop], cuts: Sequence[Cut], used: Sequence[Use]
) -> None:
    """What crops, plots, households and inputs have of the start: that of their harvests together."""
    if start.kind not in _WEIGHED | {Of.HARVEST}:
        return
    by_cycle: dict[uuid.UUID, Parts] = defaultdict(dict)
    for cut in cuts:
        by_cycle[cut.cycle_id][cut.id] = parts.get(cut.id, Fraction(0))
    of: dict[uuid.UUID, Parts] = defaultdict(dict)
    for crop in crops:
        for one in (crop.id, crop.plot_id, crop.household_id):
            if one and crop.id:
                of[one] |= by_cycle[crop.id]
    for use in used:
        touched = {cut.id: parts.get(cut.id, Fraction(0)) for cut in cuts if use.touches(cut)}
        of[use.input_id] |= touched
        if use.purchase_id:
            of[use.purchase_id] |= touched
    for one, harvests in of.items():
        parts[one] = sum(harvests.values(), Fraction(0))


def _harvests(cuts: Sequence[Cut], crops: Sequence[Crop]) -> list[Thing]:
    plots = {one.id: one.plot for one in crops}
    return [
        Thing(Of.HARVEST, one.id, f"{plots[one.cycle_id]} · {day_in_vietnam(one.at):%d/%m/%Y}", kg=one.kg)
        for one in {one.id: one for one in cuts}.values()
    ]


def _batches(steps: Sequence[Step], reached: Reached, parts: Parts) -> list[Thing]:
    """In the order in which the shares were worked out, which is that of the way."""
    grams = {one.id: one.grams for step in steps for one in step.made}
    return [
        reached.goods.get(one) or Thing(Of.BATCH, one, reached.lot_codes[one], kg=Decimal(grams[one]) / 1000)
        for one in parts
        if one in grams or one in reached.goods
    ]


def _ground(crops: Sequence[Crop]) -> list[Thing]:
    households = [
        Thing(Of.HOUSEHOLD, one.household_id, one.household or "") for one in crops if one.household_id
    ]
    plots = [Thing(Of.PLOT, one.plot_id, one.plot) for one in crops]
    cycles = [Thing(Of.CYCLE, one.id, f"{one.plot} · {one.name}") for one in crops if one.id]
    return list({one.id: one for one in (*households, *plots, *cycles)}.values())


def _inputs(used: Sequence[Use]) -> list[Thing]:
    inputs = [Thing(Of.INPUT, one.input_id, one.input) for one in used]
    lots = [
        Thing(Of.PURCHASE, one.purchase_id, f"{one.input} · {one.lot or '–'}")
        for one in used
        if one.purchase_id
    ]
    return list({one.id: one for one in (*inputs, *lots)}.values())


def _start(db: Session, start: Start, order: Sequence[Thing]) -> Thing:
    """The start itself, which what was found may have told of already."""
    for one in order:
        if one.id == start.id:
            return one
    columns: list[Any]
    if start.kind == Of.BATCH:
        columns = [col(Batch.lot_code), col(Batch.quantity_kg)]
        name, kg = db.execute(select(*columns).where(col(Batch.id) == start.id)).one()
        return Thing(start.kind, start.id, name, kg=kg)
    columns = [_NAMES[start.kind]]
    found = select(*columns)
    if start.kind == Of.PURCHASE:
        columns = [col(Input.trade_name), col(Purchase.lot_number)]
        found = select(*columns).join(Purchase, col(Purchase.input_id) == col(Input.id))
    row = db.execute(found.where(_KEYS[start.kind] == start.id)).one()
    return Thing(start.kind, start.id, " · ".join(one or "–" for one in row))


_NAMES: Final[dict[Of, Any]] = {
    Of.HOUSEHOLD: Household.code,
    Of.PLOT: Plot.code,
    Of.CYCLE: CropCycle.name,
    Of.INPUT: Input.trade_name,
    Of.PURCHASE: Input.trade_name,
}
_KEYS: Final[dict[Of, Any]] = {
    Of.HOUSEHOLD: Household.id,
    Of.PLOT: Plot.id,
    Of.CYCLE: CropCycle.id,
    Of.INPUT: Input.id,
    Of.PURCHASE: Purchase.id,
}


def _weigh(one: Thing, part: Fraction | None, whole: Decimal | None) -> Thing:
    return Thing(one.kind, one.id, one.name, one.kg, part, one.kg if whole is None else whole)


def _links(crops: Sequence[Crop], cuts: Sequence[Cut], used: Sequence[Use]) -> Iterator[Because]:
    for crop in crops:
        if crop.household_id:
            yield Because(Why.KEPT_BY, crop.household_id, crop.plot_id)
        if crop.id:
            yield Because(Why.GROWN_ON, crop.plot_id, crop.id)
    for cut in {one.id: one for one in cuts}.values():
        yield Because(Why.CUT_IN, cut.cycle_id, cut.id, Fraction(cut.kg), cut.at)
    for use in used:
        yield Because(Why.USED_ON, use.input_id, use.cycle_id, at=use.at)
        if use.purchase_id:
            yield Because(Why.USED_ON, use.purchase_id, use.cycle_id, at=use.at)
