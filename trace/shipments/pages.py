"""Pages on which something is sent to a partner, and what was sent is looked at."""

import uuid
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.accounts.rules import phone_for_people
from trace.batches import stock, taking, unit_queries
from trace.batches.queries import access_batch
from trace.catalogue import partner_queries
from trace.catalogue import queries as catalogue
from trace.catalogue.models import PartnerKind
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import as_id, new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked, Paging
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.shipments import links, queries, words
from trace.shipments.commands import Dispatch, dispatch

router = APIRouter(prefix="/app/shipments", include_in_schema=False)
_MOST_CHOSEN: Final = 20
_MOST_UNITS: Final = 100
_MOST_PARTNERS: Final = 500
# For how long a buyer's link may be good.
_DAYS: Final = (3, 7, 30)

Batches = Annotated[list[uuid.UUID] | None, Query(alias="batch")]
Units = Annotated[list[uuid.UUID] | None, Query(alias="unit")]


@router.get("")
def show_shipments(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    found, following = asked.cut(queries.shipments(db, by, asked))
    return page(request, "shipments/shipments.html", found=found, following=following, words=words)


@router.get("/new")
def new_shipment(
    request: Request,
    by: By,
    db: Reads,
    now: Now,
    language: Language,
    asked: Asked,
    batch: Batches = None,
    unit: Units = None,
) -> Response:
    """The form, once it is known of which batches something goes, and which boxes and pallets."""
    by.must_be(Role.RECORDER)
    if not batch and not unit:
        return _choose(request, db, by, asked)
    units = tuple(dict.fromkeys((unit or [])[:_MOST_UNITS]))
    draft = blank(language, id=new_id(), happened_at=now, unit_ids=units)
    for number, batch_id in enumerate(dict.fromkeys((batch or [])[:_MOST_CHOSEN])):
        draft.values[f"inputs.{number}.batch_id"] = str(batch_id)
    return _form(request, db, by, draft)


@router.post("/new")
def submit_shipment(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(Dispatch, form, language)
    sent = carry_out(db, draft, lambda command: dispatch(db, command, by=by, now=now))
    if sent is None:
        return _form(request, db, by, draft)
    return go(f"/app/shipments/{sent.id}", flash=N_("It is on its way, and out of the stock."))


@router.get("/{shipment_id}")
def show_shipment(request: Request, shipment_id: uuid.UUID, by: By, db: Reads, now: Now) -> Response:
    queries.access_shipment(db, by, shipment_id)
    made = [(one, links.is_open(one, now=now), new_id()) for one in links.links_of(db, shipment_id)]
    sent = queries.sent(db, shipment_id)
    return page(
        request,
        "shipments/shipment.html",
        sent=sent,
        phone=phone_for_people(sent.partner.phone) if sent.partner.phone else None,
        links=made,
        days=_DAYS,
        link_id=new_id(),
        words=words,
    )


def _choose(request: Request, db: Session, by: Actor, asked: Paging) -> Response:
    """What can be sent, and what stands in the store and cannot."""
    found, following = asked.cut(stock.in_store(db, by, asked))
    ids = [one.id for one in found]
    units = [] if asked.after else unit_queries.to_send(db, by, most=_MOST_UNITS)
    packed = {part.batch_id for unit in units for part in unit.contents}
    return page(
        request,
        "shipments/choose.html",
        found=found,
        following=following,
        boxed=unit_queries.boxed(db, ids),
        units=units,
        stopped=taking.not_free(db, by, {*ids, *packed}),
    )


def _form(request: Request, db: Session, by: Actor, draft: Draft[Any]) -> Response:
    """Which batches and boxes it is about, the form itself says; it cannot be shown again without."""
    names = [draft.values.get(f"inputs.{number}.batch_id") for number in range(_MOST_CHOSEN)]
    ids = [id_ for name in names if name and (id_ := as_id(name))]
    units = [
        unit_queries.packed(db, by, unit_id)
        for name in draft.many.get("unit_ids", [])[:_MOST_UNITS]
        if (unit_id := as_id(name))
    ]
    if not ids and not units:
        raise NotFound
    batches = [access_batch(db, by, batch_id) for batch_id in ids]
    left, boxed = stock.stocks(db, ids), unit_queries.boxed(db, ids)
    products = {one.id: one.name for one in catalogue.products(db, by)}
    partners = [
        (one.id, one.partner.name)
        for one in partner_queries.partner_list(db, by, Paging(limit=_MOST_PARTNERS, after=None))
        if one.partner.kind != PartnerKind.SUPPLIER
    ]
    return page(
        request,
        "shipments/form.html",
        status=draft.status,
        draft=draft,
        batches=[
            stock.InStore(one, products.get(one.product_id, ""), left[one.id].left.less(boxed[one.id]))
            for one in batches
        ],
        units=units,
        partners=partners,
    )
