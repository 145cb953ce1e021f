"""Everything upstream or downstream of one thing: what is touched, how much of it, and why.

Other rooms build on `downstream` and `upstream`. The caller makes sure that the start is the cooperative's own
(`starts.access`); nothing leads out of a cooperative, so nothing further has to be asked. A fixed number of
statements, however large the graph is.
"""

import uuid
from dataclasses import replace
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from trace.farms.models import Plot
from trace.records.models import CropCycle
from trace.tracing import arriving, graph, leaving, origins
from trace.tracing.graph import Reached
from trace.tracing.laying import lay
from trace.tracing.origins import Cut, Use
from trace.tracing.things import Direction, Of, Scope, Start

_OF_BATCHES: Final = leaving.GOODS | {Of.BATCH, Of.RECEIPT}


def downstream(db: Session, cooperative_id: uuid.UUID, start: Start) -> Scope:
    """What the start touched: plots, crops, harvests that were cut afterwards, batches, and what those left in."""
    if start.kind in {Of.RECEIPT, Of.PARTNER}:
        return lay(db, start, Direction.DOWN, _after(db, start))
    if start.kind in leaving.GOODS:
        return lay(db, start, Direction.DOWN, leaving.around(db, start))
    if start.kind == Of.BATCH:
        below = graph.below_batch(db, start.id)
        left = leaving.of_batches(db, [start.id, *below.lot_codes])
        return lay(db, start, Direction.DOWN, below + left)
    start, lots = _the_last_lot(db, cooperative_id, start)
    used = _used(db, start, lots)
    crops = origins.crops(db, _about(start, used))
    found = origins.cuts(db, [one.id for one in crops if one.id])
    start = _as_it_stands(start, found)
    if start.kind == Of.HARVEST:
        found = [one for one in found if one.id == start.id]
    if start.kind in {Of.INPUT, Of.PURCHASE}:
        found = [one for one in found if any(use.touches(one) for use in used)]
    reached = graph.below_harvests(db, [one.record_id for one in found])
    reached += leaving.of_batches(db, list(reached.lot_codes))
    return lay(db, start, Direction.DOWN, reached, crops, found, used)


def upstream(db: Session, cooperative_id: uuid.UUID, start: Start) -> Scope:
    """What the start is of: boxes and shipments, batches, harvests, crops, plots, households, and inputs that were used
    before the harvest."""
    if start.kind in {Of.INPUT, Of.PURCHASE, Of.HOUSEHOLD}:
        start, _ = _the_last_lot(db, cooperative_id, start)
        return lay(db, start, Direction.UP, Reached())
    reached = _behind(db, start)
    made = reached.lot_codes.keys() | reached.goods.keys()
    records = {one.id for step in reached.steps for one in step.took} - made
    about = origins.of_records(records) if start.kind in _OF_BATCHES else _about(start, [])
    crops = origins.crops(db, about)
    if start.kind == Of.PLOT:
        return lay(db, start, Direction.UP, reached, crops)
    cycle_ids = [one.id for one in crops if one.id]
    found = origins.cuts(db, cycle_ids) if start.kind != Of.CYCLE else []
    start = _as_it_stands(start, found)
    found = [one for one in found if one.record_id in records or one.id == start.id]
    used = origins.uses(db, cycle_ids=cycle_ids)
    if start.kind != Of.CYCLE:
        used = [use for use in used if any(use.touches(one) for one in found)]
    last = origins.corrected_purchases(db, cooperative_id)
    used = [
        replace(use, purchase_id=last.get(use.purchase_id, use.purchase_id)) if use.purchase_id else use
        for use in used
    ]
    return lay(db, start, Direction.UP, reached, crops, found, used)


def _behind(db: Session, start: Start) -> Reached:
    """The operations that it came of, and what it left in."""
    if start.kind == Of.RECEIPT:
        return arriving.of_receipt(db, start.id)
    if start.kind == Of.BATCH:
        return arriving.with_receipts(db, graph.above_batch(db, start.id))
    if start.kind not in leaving.GOODS:
        return Reached()
    goods = leaving.around(db, start)
    batches = {one.id for step in goods.steps for one in step.took} - goods.goods.keys()
    return arriving.with_receipts(db, graph.above_batches(db, batches), but=start.id) + goods


def _after(db: Session, start: Start) -> Reached:
    """What became of goods that others grew: of one receipt, or of all that a partner supplied."""
    batches = arriving.batches_of(db, start)
    below = arriving.with_receipts(db, graph.below_batches(db, batches)) if batches else Reached()
    known = leaving.around(db, start) if start.kind == Of.PARTNER else arriving.of_receipt(db, start.id)
    below.goods.setdefault(start.id, known.goods[start.id])
    return below + leaving.of_batches(db, list(below.lot_codes))


def _the_last_lot(db: Session, cooperative_id: uuid.UUID, start: Start) -> tuple[Start, list[uuid.UUID]]:
    """Of a lot, the purchase that stands for it at the end of its corrections, and all that tell of it."""
    if start.kind != Of.PURCHASE:
        return start, []
    last = origins.corrected_purchases(db, cooperative_id)
    own = last.get(start.id, start.id)
    return Start(Of.PURCHASE, own), [own, *(one for one, end in last.items() if end == own)]


def _used(db: Session, start: Start, lots: list[uuid.UUID]) -> list[Use]:
    if start.kind == Of.INPUT:
        return origins.uses(db, input_id=start.id)
    return origins.uses(db, purchase_ids=lots) if start.kind == Of.PURCHASE else []


def _about(start: Start, used: list[Use]) -> ColumnElement[bool]:
    """The crops that a start is about."""
    if start.kind == Of.HOUSEHOLD:
        return col(Plot.household_id) == start.id
    if start.kind == Of.PLOT:
        return col(Plot.id) == start.id
    if start.kind == Of.CYCLE:
        return col(CropCycle.id) == start.id
    if start.kind == Of.HARVEST:
        return origins.of_records([start.id])
    return col(CropCycle.id).in_({use.cycle_id for use in used})


def _as_it_stands(start: Start, found: list[Cut]) -> Start:
    if start.kind != Of.HARVEST:
        return start
    return next(Start(Of.HARVEST, one.id) for one in found if one.record_id == start.id)
