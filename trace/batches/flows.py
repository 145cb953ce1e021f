"""Questions about where kilograms went: a batch's family or a crop's fruit, as a graph to be drawn and tabled."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import CTE, or_, select
from sqlmodel import Session, col

from trace.batches import ancestry, harvests, stock
from trace.batches.harvests import HarvestLeft
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput, OperationOutput
from trace.batches.stock import still_counts
from trace.records.models import Record

Told = dict[uuid.UUID, HarvestLeft]


class NodeKind(StrEnum):
    HARVEST = "harvest"
    BATCH = "batch"
    LOSS = "loss"


@dataclass(slots=True)
class Node:
    """A harvest, a batch or a kind of loss, and what came of its kilograms."""

    id: str
    kind: NodeKind
    name: str
    kg: Decimal = Decimal(0)
    left: Decimal = Decimal(0)
    used: Decimal = Decimal(0)
    lost: Decimal = Decimal(0)
    batch_id: uuid.UUID | None = None
    layer: int = 0

    @property
    def elsewhere(self) -> Decimal:
        """What went where this picture does not look."""
        return Decimal(0) if self.kind == NodeKind.LOSS else self.kg - self.left - self.used - self.lost


@dataclass(frozen=True, slots=True)
class Link:
    """That so much of one went into another. Where several became several, each gave its share to each."""

    start: str
    end: str
    kg: Fraction


@dataclass(slots=True)
class Flow:
    """Every node by the order of the work, and what runs between them."""

    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def lost(self) -> Decimal:
        return sum((one.kg for one in self.nodes if one.kind == NodeKind.LOSS), Decimal(0))


def of_batch(db: Session, batch_id: uuid.UUID) -> Flow:
    """Everything that the batch is of and everything that became of it."""
    up, down = ancestry.above(batch_id), ancestry.below(batch_id)
    ids = [*db.execute(_makers(up, down)).scalars(), *db.execute(_users(down)).scalars()]
    return _flow(db, set(ids))


def of_cycle(db: Session, cycle_id: uuid.UUID) -> Flow:
    """Everything that became of the fruit of a crop; what came in from other crops on the way is shown, too."""
    harvested = col(OperationInput.harvest_id).in_(
        select(col(Record.id)).where(col(Record.cycle_id) == cycle_id)
    )
    first: list[Any] = [col(OperationOutput.batch_id).label("id")]
    made = (
        select(*first)
        .join(OperationInput, col(OperationInput.operation_id) == col(OperationOutput.operation_id))
        .where(harvested, col(OperationOutput.batch_id).is_not(None))
    )
    down = ancestry.and_below(made)
    ids = [
        *db.execute(select(col(OperationInput.operation_id)).where(harvested)).scalars(),
        *db.execute(_users(down)).scalars(),
    ]
    flow = _flow(db, set(ids))
    known = {one.id for one in flow.nodes}
    cut = map(_harvest, harvests.standing(db, col(Record.cycle_id) == cycle_id))
    flow.nodes[:0] = [one for one in cut if one.id not in known]
    return flow


def _makers(*families: CTE) -> Any:
    of = or_(*(col(OperationOutput.batch_id).in_(select(one.c.id)) for one in families))
    return select(col(OperationOutput.operation_id)).where(of)


def _users(down: CTE) -> Any:
    return select(col(OperationInput.operation_id)).where(col(OperationInput.batch_id).in_(select(down.c.id)))


def _flow(db: Session, operation_ids: set[uuid.UUID]) -> Flow:
    ids = set(
        db.execute(
            select(col(Operation.id)).where(col(Operation.id).in_(operation_ids), still_counts())
        ).scalars()
    )
    inputs = list(
        db.execute(
            select(OperationInput)
            .where(col(OperationInput.operation_id).in_(ids))
            .order_by(col(OperationInput.operation_id), col(OperationInput.position))
        ).scalars()
    )
    outputs = list(
        db.execute(
            select(OperationOutput)
            .where(col(OperationOutput.operation_id).in_(ids))
            .order_by(col(OperationOutput.operation_id), col(OperationOutput.position))
        ).scalars()
    )
    told = harvests.of_records(db, {one.harvest_id for one in inputs if one.harvest_id})
    nodes = _nodes(db, inputs, outputs, told)
    links = list(_links(inputs, outputs, nodes, told))
    _lay(nodes, links)
    return Flow(sorted(nodes.values(), key=lambda one: (one.layer, one.kind == NodeKind.LOSS)), links)


def _nodes(
    db: Session, inputs: Iterable[OperationInput], outputs: Iterable[OperationOutput], told: Told
) -> dict[str, Node]:
    batch_ids = {one.batch_id for one in inputs if one.batch_id}
    batch_ids |= {made.batch_id for made in outputs if made.batch_id}
    nodes = {str(one.id): _harvest(one) for one in told.values()}
    for one in inputs:
        if one.harvest_id and one.harvest_id not in told:  # taken back after its fruit was used
            key = str(one.harvest_id)
            nodes.setdefault(key, Node(key, NodeKind.HARVEST, "–")).kg += one.kg
    left = stock.stocks(db, batch_ids)
    rows = db.execute(
        select(col(Batch.id), col(Batch.lot_code), col(Batch.quantity_kg))
        .where(col(Batch.id).in_(batch_ids))
        .order_by(col(Batch.id))
    )
    for row in rows:
        nodes[str(row.id)] = Node(
            str(row.id), NodeKind.BATCH, row.lot_code, row.quantity_kg, left[row.id].left.kg, batch_id=row.id
        )
    for made in outputs:
        if made.loss:
            nodes.setdefault(_lost(made), Node(_lost(made), NodeKind.LOSS, made.loss)).kg += made.kg
    return nodes


def _harvest(one: HarvestLeft) -> Node:
    name = f"{one.plot} · {one.harvested_on:%d/%m/%Y}"
    return Node(str(one.id), NodeKind.HARVEST, name, one.whole.kg, one.left.kg)


def _start(one: OperationInput, told: Told) -> str:
    if one.harvest_id:
        return str(told[one.harvest_id].id if one.harvest_id in told else one.harvest_id)
    return str(one.batch_id)


def _lost(one: OperationOutput) -> str:
    return f"{one.operation_id}-{one.loss}"


def _links(
    inputs: list[OperationInput], outputs: list[OperationOutput], nodes: dict[str, Node], told: Told
) -> Iterable[Link]:
    """And what each node gave away, to batches and to losses."""
    taken: dict[uuid.UUID, list[OperationInput]] = defaultdict(list)
    for one in inputs:
        taken[one.operation_id].append(one)
    for made in outputs:
        whole = sum((one.kg for one in taken[made.operation_id]), Decimal(0))
        for one in taken[made.operation_id]:
            end = _lost(made) if made.loss else str(made.batch_id)
            yield Link(_start(one, told), end, _part(made.kg, one.kg, whole))
    for operation_id, group in taken.items():
        whole = sum((one.kg for one in group), Decimal(0))
        lost = sum((one.kg for one in outputs if one.operation_id == operation_id and one.loss), Decimal(0))
        for one in group:
            node = nodes[_start(one, told)]
            # To the gram; what several lost together is shared out by weight, the last gram by rounding.
            own = (lost * one.kg / whole).quantize(Decimal("0.001"))
            node.lost += own
            node.used += one.kg - own


def _part(made: Decimal, given: Decimal, whole: Decimal) -> Fraction:
    return Fraction(made) * Fraction(given) / Fraction(whole)


def _lay(nodes: dict[str, Node], links: list[Link]) -> None:
    """Each stands one layer behind the last that it is of."""
    waiting: dict[str, int] = defaultdict(int)
    onward: dict[str, list[str]] = defaultdict(list)
    for link in links:
        waiting[link.end] += 1
        onward[link.start].append(link.end)
    ready = [key for key in nodes if not waiting[key]]
    while ready:
        key = ready.pop()
        for end in onward[key]:
            nodes[end].layer = max(nodes[end].layer, nodes[key].layer + 1)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
