"""Pages on which boxes are packed, pallets loaded and either taken apart, and what they hold is looked at."""

import uuid
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.batches import queries, stock, unit_queries, units
from trace.batches.unit_models import UnitKind
from trace.catalogue import queries as catalogue
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import as_id, new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.problems import NotFound
from trace.kit.translation import N_

router = APIRouter(prefix="/app/units", include_in_schema=False)
_MOST_BATCHES: Final = 20
_MOST_BOXES: Final = 100

Batches = Annotated[list[uuid.UUID] | None, Query(alias="batch")]
Boxes = Annotated[list[uuid.UUID] | None, Query(alias="box")]


@router.get("")
def show_units(request: Request, by: By, db: Reads, asked: Asked, batch: uuid.UUID | None = None) -> Response:
    """All of them, or those that hold or held something of one batch."""
    of = queries.access_batch(db, by, batch) if batch else None
    found, following = asked.cut(unit_queries.units(db, by, asked, batch_id=batch))
    return page(request, "batches/units.html", found=found, following=following, of=of)


@router.get("/new")
def new_box(
    request: Request, by: By, db: Reads, now: Now, language: Language, asked: Asked, batch: Batches = None
) -> Response:
    """The form, once it is known of which batches something is packed."""
    by.must_be(Role.RECORDER)
    if not batch:
        found, following = asked.cut(stock.in_store(db, by, asked))
        return page(
            request,
            "batches/choose_packed.html",
            found=found,
            following=following,
            boxed=unit_queries.boxed(db, [one.id for one in found]),
        )
    draft = blank(language, id=new_id(), happened_at=now, boxes=1)
    for number, batch_id in enumerate(dict.fromkeys(batch[:_MOST_BATCHES])):
        draft.values[f"contents.{number}.batch_id"] = str(batch_id)
    return _box_form(request, db, by, draft)


@router.post("/new")
def pack(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(units.PackBox, form, language)
    box = carry_out(db, draft, lambda command: units.pack_box(db, command, by=by, now=now))
    if box is None:
        return _box_form(request, db, by, draft)
    if box.packed_with_id:
        return go("/app/units", flash=N_("Packed. Each box has a code of its own."))
    return go(f"/app/units/{box.id}", flash=N_("Packed. Write the code on the box."))


@router.get("/pallet")
def new_pallet(
    request: Request, by: By, db: Reads, now: Now, language: Language, asked: Asked, box: Boxes = None
) -> Response:
    """The form, once it is known which boxes are stacked."""
    by.must_be(Role.RECORDER)
    if not box:
        found, following = asked.cut(unit_queries.loose_boxes(db, by, asked))
        return page(request, "batches/choose_boxes.html", found=found, following=following)
    ids = tuple(dict.fromkeys(box[:_MOST_BOXES]))
    return _pallet_form(request, db, by, blank(language, id=new_id(), happened_at=now, box_ids=ids))


@router.post("/pallet")
def load(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(units.LoadPallet, form, language)
    pallet = carry_out(db, draft, lambda command: units.load_pallet(db, command, by=by, now=now))
    if pallet is None:
        return _pallet_form(request, db, by, draft)
    return go(f"/app/units/{pallet.id}", flash=N_("Loaded. Write the code on the pallet."))


@router.get("/{unit_id}")
def show_unit(
    request: Request, unit_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language
) -> Response:
    return _sheet(request, db, by, unit_id, blank(language, id=new_id(), happened_at=now))


@router.post("/{unit_id}/take-apart")
def take_apart(
    request: Request, unit_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(units.TakeApart, form, language, unit_id=unit_id)
    if carry_out(db, draft, lambda command: units.take_apart(db, command, by=by, now=now)):
        return go(f"/app/units/{unit_id}", flash=N_("Taken apart. What was in it is loose again."))
    return _sheet(request, db, by, unit_id, draft)


def _box_form(request: Request, db: Session, by: Actor, draft: Draft[Any]) -> Response:
    """Of which batches, the form itself says; it cannot be shown again without."""
    names = [draft.values.get(f"contents.{number}.batch_id") for number in range(_MOST_BATCHES)]
    ids = [id_ for name in names if name and (id_ := as_id(name))]
    if not ids:
        raise NotFound
    batches = [queries.access_batch(db, by, batch_id) for batch_id in ids]
    left, boxed = stock.stocks(db, ids), unit_queries.boxed(db, ids)
    products = {one.id: one.name for one in catalogue.products(db, by)}
    return page(
        request,
        "batches/box_form.html",
        status=draft.status,
        draft=draft,
        batches=[
            stock.InStore(one, products.get(one.product_id, ""), left[one.id].left.less(boxed[one.id]))
            for one in batches
        ],
    )


def _pallet_form(request: Request, db: Session, by: Actor, draft: Draft[Any]) -> Response:
    ids = [id_ for name in draft.many.get("box_ids", [])[:_MOST_BOXES] if (id_ := as_id(name))]
    if not ids:
        raise NotFound
    boxes = [unit_queries.packed(db, by, box_id) for box_id in ids]
    return page(request, "batches/pallet_form.html", status=draft.status, draft=draft, boxes=boxes)


def _sheet(request: Request, db: Session, by: Actor, unit_id: uuid.UUID, draft: Draft[Any]) -> Response:
    told = unit_queries.packed(db, by, unit_id)
    return page(
        request,
        "batches/unit.html",
        status=draft.status,
        told=told,
        boxes=unit_queries.packed_of(db, list(dict.fromkeys(one.box_id for one in told.contents)))
        if told.unit.kind == UnitKind.PALLET
        else [],
        sent=unit_queries.is_sent(db, unit_id),
        draft=draft,
    )
