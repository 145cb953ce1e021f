"""Pages on which batches are made, looked at and published."""

import uuid
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.batches import commands, ending, harvests, operation_words, queries
from trace.batches.harvests import HarvestLeft
from trace.batches.history import Passage
from trace.catalogue import queries as catalogue
from trace.gs1.keys import gtin_for_people
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.records import queries as records
from trace.records.words import WEIGHT_CHOICES, WEIGHTS

router = APIRouter(prefix="/app/batches", include_in_schema=False)


@router.get("")
def batches(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    lines, following = asked.cut(queries.batches(db, by, asked))
    return page(
        request, "batches/batches.html", lines=lines, following=following, is_first=asked.after is None
    )


@router.get("/new")
def new_batch(
    request: Request,
    by: By,
    db: Reads,
    now: Now,
    language: Language,
    asked: Asked,
    harvest: uuid.UUID | None = None,
) -> Response:
    by.must_be(Role.RECORDER)
    if harvest is None:
        found, _ = asked.cut(harvests.with_something_left(db, by, asked))
        return page(request, "batches/choose.html", harvests=found)
    source = harvests.harvest_left(db, records.access_record(db, by, harvest))
    product = catalogue.access_product(db, by, source.product_id)
    draft = blank(
        language,
        id=new_id(),
        harvest_id=source.id,
        quantity=source.left.kg if source.left.kg > 0 else None,
        unit="kg",
        pieces=source.left.pieces or None,
        packed_on=max(day_in_vietnam(now), source.harvested_on),
        lot_code=queries.propose_lot_code(db, product, source.harvested_on),
    )
    return _form(request, db, by, draft, source)


@router.post("")
def make_batch(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    draft = bind(commands.MakeBatch, form, language)
    source = _source(db, by, draft)
    batch = carry_out(db, draft, lambda command: commands.make_batch(db, command, by=by, now=now))
    if batch is None:
        return _form(request, db, by, draft, source)
    return go(f"/app/batches/{batch.id}", flash=N_("The batch is made. Print its labels, or publish it."))


@router.get("/{batch_id}")
def batch(request: Request, batch_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    return _sheet(request, db, by, batch_id, blank(language, id=new_id()))


@router.post("/{batch_id}/publish")
def publish(
    request: Request, batch_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(commands.PublishBatch, form, language, batch_id=batch_id)
    if carry_out(db, draft, lambda command: commands.publish_batch(db, command, by=by, now=now)):
        return go(
            f"/app/batches/{batch_id}", flash=N_("Published. Whoever scans the code sees this batch now.")
        )
    return _sheet(request, db, by, batch_id, draft)


@router.get("/{batch_id}/withdraw")
def show_withdraw(request: Request, batch_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _end(request, db, by, batch_id, blank(language, id=new_id()), "withdraw")


@router.post("/{batch_id}/withdraw")
def withdraw(
    request: Request, batch_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(ending.WithdrawBatch, form, language, batch_id=batch_id)
    if carry_out(db, draft, lambda command: ending.withdraw_batch(db, command, by=by, now=now)):
        return go(f"/app/batches/{batch_id}", flash=N_("Withdrawn. The public page says so and why."))
    return _end(request, db, by, batch_id, draft, "withdraw")


@router.get("/{batch_id}/close")
def show_close(request: Request, batch_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _end(request, db, by, batch_id, blank(language, id=new_id()), "close")


@router.post("/{batch_id}/close")
def close(
    request: Request, batch_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(ending.CloseBatch, form, language, batch_id=batch_id)
    if carry_out(db, draft, lambda command: ending.close_batch(db, command, by=by, now=now)):
        return go(f"/app/batches/{batch_id}", flash=N_("Closed. Its page and its lot code stay."))
    return _end(request, db, by, batch_id, draft, "close")


def _end(
    request: Request, db: Session, by: Actor, batch_id: uuid.UUID, draft: Draft[Any], act: str
) -> Response:
    batch = queries.access_batch(db, by, batch_id)
    return page(request, "batches/end.html", status=draft.status, batch=batch, draft=draft, act=act)


def _source(db: Session, by: Actor, draft: Draft[Any]) -> HarvestLeft:
    """The harvest that the form was made for; the form cannot be shown again without it."""
    try:
        named = uuid.UUID(draft.values.get("harvest_id", ""))
    except ValueError as error:
        raise NotFound from error
    return harvests.harvest_left(db, records.access_record(db, by, named))


def _form(request: Request, db: Session, by: Actor, draft: Draft[Any], source: HarvestLeft) -> Response:
    product = catalogue.access_product(db, by, source.product_id)
    return page(
        request,
        "batches/new.html",
        status=draft.status,
        draft=draft,
        source=source,
        product=product,
        weights=WEIGHT_CHOICES.items(),
    )


def _sheet(request: Request, db: Session, by: Actor, batch_id: uuid.UUID, draft: Draft[Any]) -> Response:
    sheet = queries.sheet(db, by, batch_id)
    return page(
        request,
        "batches/batch.html",
        status=draft.status,
        sheet=sheet,
        gtin=gtin_for_people(sheet.product.gtin) if sheet.product.gtin else None,
        unit=WEIGHTS[sheet.batch.unit],
        draft=draft,
        passages=_PASSAGES,
        words=operation_words,
        settings=request.app.state.settings,
    )


_PASSAGES: Final = {
    Passage.MADE: (N_("Batch made"), "batch"),
    Passage.PUBLISHED: (N_("Published"), "ok"),
    Passage.HELD: (N_("Put on hold"), "hold"),
    Passage.KEPT: (N_("Kept on hold"), "hold"),
    Passage.RELEASED: (N_("Released from hold"), "check"),
    Passage.SHIPPED: (N_("Shipped"), "sell"),
    Passage.RECALLED: (N_("Called back"), "recall"),
    Passage.WITHDRAWN: (N_("Withdrawn"), "retraction"),
    Passage.CLOSED: (N_("Closed"), "lock"),
}
