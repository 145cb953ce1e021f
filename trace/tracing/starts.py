"""Where a trace may begin: things of one's own cooperative, by id or by what is written on them."""

import uuid
from collections.abc import Callable
from typing import Final

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.batches import queries as batches
from trace.batches.operation_models import OperationKind
from trace.batches.operation_queries import access_operation
from trace.batches.unit_models import UnitKind
from trace.batches.unit_queries import access_unit
from trace.catalogue import purchase_queries
from trace.catalogue import queries as catalogue
from trace.catalogue.partner_queries import access_partner
from trace.farms import queries as farms
from trace.kit.problems import NotFound
from trace.records import queries as records
from trace.records.models import Kind
from trace.shipments.queries import access_shipment
from trace.tracing.things import Of, Start

_ACCESS: Final[dict[Of, Callable[[Session, Actor, uuid.UUID], object]]] = {
    Of.HOUSEHOLD: farms.access_household,
    Of.PLOT: farms.access_plot,
    Of.INPUT: catalogue.access_input,
    Of.PURCHASE: purchase_queries.access_purchase,
    Of.CYCLE: records.access_cycle,
    Of.HARVEST: lambda db, by, record_id: _access_harvest(db, by, record_id),
    Of.RECEIPT: lambda db, by, operation_id: _access_receipt(db, by, operation_id),
    Of.BATCH: batches.access_batch,
    Of.BOX: lambda db, by, unit_id: _access_unit(db, by, unit_id, UnitKind.BOX),
    Of.PALLET: lambda db, by, unit_id: _access_unit(db, by, unit_id, UnitKind.PALLET),
    Of.SHIPMENT: access_shipment,
    Of.PARTNER: access_partner,
}


def access(db: Session, by: Actor, start: Start) -> Start:
    """The start, if it is this cooperative's; raises NotFound."""
    _ACCESS[start.kind](db, by, start.id)
    return start


def _access_receipt(db: Session, by: Actor, operation_id: uuid.UUID) -> None:
    if access_operation(db, by, operation_id).kind != OperationKind.RECEIVE:
        raise NotFound


def _access_unit(db: Session, by: Actor, unit_id: uuid.UUID, kind: UnitKind) -> None:
    if access_unit(db, by, unit_id).kind != kind:
        raise NotFound


def _access_harvest(db: Session, by: Actor, record_id: uuid.UUID) -> None:
    if records.access_record(db, by, record_id).kind != Kind.HARVEST:
        raise NotFound
