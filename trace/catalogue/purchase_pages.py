"""Pages on which members see what was bought, write purchases down, and set them right."""

import uuid
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import purchase_queries, purchases, queries, words
from trace.catalogue.models import Purchase
from trace.evidence.commands import keep_pictures
from trace.evidence.doors import Chosen, ChosenFiles
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.files import FileStore
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import as_id, new_id
from trace.kit.pages import go, page
from trace.kit.paging import Paging
from trace.kit.problems import Problem
from trace.kit.translation import N_, Locale, say

router = APIRouter(prefix="/app/purchases", include_in_schema=False)


@router.get("")
def show_purchases(request: Request, by: By, db: Reads, after: uuid.UUID | None = None) -> Response:
    asked = Paging(limit=50, after=after)
    lines, following = asked.cut(purchase_queries.purchase_list(db, by, asked))
    return page(request, "catalogue/purchases.html", lines=lines, following=following, words=words)


@router.get("/new")
def new_purchase(
    request: Request, by: By, db: Reads, now: Now, language: Language, bought: str = ""
) -> Response:
    """`bought` is the id of the input, where somebody comes from its page."""
    by.must_be(Role.RECORDER)
    values: dict[str, Any] = {"bought_on": day_in_vietnam(now), "packs": 1}
    if input_id := as_id(bought):
        chosen = queries.access_input(db, by, input_id)
        values |= {"input_id": chosen.id, "unit": chosen.unit}
    return _form(request, db, by, blank(language, id=new_id(), **values))


@router.post("/new")
def record_purchase(
    request: Request, by: By, form: Form, chosen: Chosen, db: Db, store: Files, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    draft, photo_ids = _bound(db, store, form, chosen, language, by=by, now=now)
    if made := carry_out(db, draft, lambda command: purchases.record_purchase(db, command, by=by, now=now)):
        return go(f"/app/inputs/{made.input_id}", flash=N_("The purchase is written down."))
    return _form(request, db, by, draft, photo_ids=photo_ids)


@router.get("/{purchase_id}")
def show_purchase(
    request: Request, purchase_id: uuid.UUID, by: By, db: Reads, language: Language
) -> Response:
    purchase_queries.access_purchase(db, by, purchase_id)
    return _show(request, db, purchase_id, blank(language, id=new_id()))


@router.get("/{purchase_id}/correct")
def correction_form(
    request: Request, purchase_id: uuid.UUID, by: By, db: Reads, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    old = purchase_queries.access_purchase(db, by, purchase_id)
    values = old.model_dump(include=set(purchases.RecordPurchase.model_fields) - _NOT_REPEATED)
    photo_ids = list(purchase_queries.purchase_line(db, purchase_id).photo_ids)
    draft = blank(language, id=new_id(), **values)
    return _form(request, db, by, draft, photo_ids=photo_ids, corrects=old)


@router.post("/{purchase_id}/correct")
def correct_purchase(
    request: Request,
    purchase_id: uuid.UUID,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.RECORDER)
    old = purchase_queries.access_purchase(db, by, purchase_id)
    draft, photo_ids = _bound(db, store, form, chosen, language, by=by, now=now, corrects_id=old.id)
    if made := carry_out(db, draft, lambda command: purchases.record_purchase(db, command, by=by, now=now)):
        return go(
            f"/app/inputs/{made.input_id}",
            flash=N_("Corrected. The old purchase stays in sight, struck out."),
        )
    return _form(request, db, by, draft, photo_ids=photo_ids, corrects=old)


@router.post("/{purchase_id}/withdraw")
def withdraw_purchase(
    request: Request, purchase_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    old = purchase_queries.access_purchase(db, by, purchase_id)
    draft = bind(purchases.WithdrawPurchase, form, language, purchase_id=purchase_id)
    if carry_out(db, draft, lambda command: purchases.withdraw_purchase(db, command, by=by, now=now)):
        return go(
            f"/app/inputs/{old.input_id}", flash=N_("Withdrawn. The purchase stays in sight, struck out.")
        )
    return _show(request, db, purchase_id, draft)


# What a correction says anew.
_NOT_REPEATED = {"id", "sure", "photo_ids", "corrects_id", "correction_reason"}


def _bound(
    db: Session,
    store: FileStore,
    form: FormData,
    chosen: ChosenFiles,
    language: Locale,
    *,
    by: Actor,
    now: datetime,
    **given: Any,
) -> tuple[Draft[purchases.RecordPurchase], list[uuid.UUID]]:
    """The form as a command, and its photographs: they are kept even when something else is wrong."""
    photo_ids = [one for one in map(as_id, form.getlist("photo_ids")) if one]
    problem: Problem | None = None
    try:
        photo_ids += [one.id for one in keep_pictures(db, store, chosen.of("photos"), by=by, now=now)]
    except Problem as found:
        problem = found
    draft = bind(purchases.RecordPurchase, form, language, photo_ids=photo_ids, **given)
    return (draft.refuse(problem) if problem else draft), list(dict.fromkeys(photo_ids))


def _form(
    request: Request,
    db: Session,
    by: Actor,
    draft: Draft[Any],
    *,
    photo_ids: list[uuid.UUID] | None = None,
    corrects: Purchase | None = None,
) -> Response:
    return page(
        request,
        "catalogue/purchase_form.html",
        status=draft.status,
        draft=draft,
        choices=[(one.id, one.trade_name) for one in queries.inputs(db, by, retired=corrects is not None)],
        units=[(value, say(name, draft.locale)) for value, name in words.UNITS.items()],
        photo_ids=photo_ids or [],
        corrects=corrects,
    )


def _show(request: Request, db: Session, purchase_id: uuid.UUID, draft: Draft[Any]) -> Response:
    return page(
        request,
        "catalogue/purchase.html",
        status=draft.status,
        line=purchase_queries.purchase_line(db, purchase_id),
        words=words,
        draft=draft,
    )
