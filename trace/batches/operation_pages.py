"""Pages on which something is done with batches, and what was done is looked at and taken back."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.batches import harvests, operation_queries, operation_words, queries, stock
from trace.batches.harvests import HarvestLeft
from trace.batches.operation_kinds import COMMANDS, MOST_PARTS, TakeBack
from trace.batches.operation_models import OperationKind
from trace.batches.operations import operate
from trace.batches.stock import InStore
from trace.catalogue import queries as catalogue
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out, shown
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.problems import NotFound
from trace.kit.translation import N_, Locale, say
from trace.records import queries as records

router = APIRouter(prefix="/app/operations", include_in_schema=False)
_MOST_CHOSEN: Final = 20
_ROWS: Final = 3
_MORE: Final = 5
# What a row of the form holds before anybody typed into it.
_PRESET: Final = frozenset({"loss", "product_id"})

Chosen = Annotated[list[uuid.UUID] | None, Query(alias="batch")]


@router.get("")
def operations(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    found, following = asked.cut(operation_queries.operations(db, by, asked))
    return page(
        request,
        "batches/operations.html",
        found=found,
        following=following,
        is_first=asked.after is None,
        words=operation_words,
    )


@router.get("/new/{kind}")
def new_operation(
    request: Request,
    kind: str,
    by: By,
    db: Reads,
    now: Now,
    language: Language,
    asked: Asked,
    batch: Chosen = None,
    harvest: uuid.UUID | None = None,
    among: Annotated[str | None, Query(description="1: choose further batches beside these.")] = None,
) -> Response:
    """The form, once it is known what it is done with."""
    by.must_be(Role.RECORDER)
    known = _known(kind)
    if known == OperationKind.MAKE:
        if harvest is None:
            return go("/app/batches/new")
        return _form(request, db, by, known, _blank(db, by, known, [], harvest, now, language))
    if not batch or among == "1":
        found, following = asked.cut(stock.in_store(db, by, asked))
        return page(
            request,
            "batches/choose_batches.html",
            kind=known,
            found=found,
            following=following,
            chosen=set(batch or []),
            words=operation_words,
        )
    return _form(request, db, by, known, _blank(db, by, known, batch[:_MOST_CHOSEN], None, now, language))


@router.post("/new/{kind}")
def submit_operation(
    request: Request, kind: str, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    known = _known(kind)
    if "rows" in form:  # the button for more rows: nothing is sent yet
        return _form(request, db, by, known, Draft(language, _texts(form)), more=True)
    draft = bind(COMMANDS[known], form, language, _PRESET)
    done = carry_out(db, draft, lambda command: operate(db, command, by=by, now=now))  # type: ignore[arg-type]
    if done is None:
        return _form(request, db, by, known, draft)
    return go(f"/app/operations/{done.id}", flash=N_("Done, and written down."))


@router.get("/{operation_id}")
def operation(request: Request, operation_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    return _sheet(request, db, by, operation_id, blank(language, id=new_id()))


@router.post("/{operation_id}/take-back")
def take_back(
    request: Request, operation_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(TakeBack, form, language, takes_back_id=operation_id, happened_at=now)
    if carry_out(db, draft, lambda command: operate(db, command, by=by, now=now)):
        return go(f"/app/operations/{operation_id}", flash=N_("Taken back. Nothing of it counts any more."))
    return _sheet(request, db, by, operation_id, draft)


def _known(kind: str) -> OperationKind:
    if kind not in COMMANDS or kind == OperationKind.TAKE_BACK:
        raise NotFound
    return OperationKind(kind)


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _blank(
    db: Session,
    by: Actor,
    kind: OperationKind,
    batch_ids: list[uuid.UUID],
    harvest: uuid.UUID | None,
    now: datetime,
    language: Locale,
) -> Draft[Any]:
    draft = blank(language, id=new_id(), happened_at=now, harvest_id=harvest)
    found = {one: queries.access_batch(db, by, one) for one in dict.fromkeys(batch_ids)}
    if kind == OperationKind.MOVE:
        draft.values["batch_id"] = str(batch_ids[0])
        return draft
    left = stock.stocks(db, list(found))
    for number, batch_id in enumerate(found):
        start, rest = f"inputs.{number}.", left[batch_id].left
        draft.values[f"{start}batch_id"] = str(batch_id)
        if kind in operation_words.MAKING and kind != OperationKind.SPLIT and rest.is_left:
            draft.values[f"{start}kg"] = shown(rest.kg)
            draft.values[f"{start}pieces"] = "" if not rest.pieces else str(rest.pieces)
    return draft


@dataclass(frozen=True, slots=True)
class Of:
    """What a form is about."""

    batches: list[InStore]
    harvest: HarvestLeft | None


def _of(db: Session, by: Actor, kind: OperationKind, draft: Draft[Any]) -> Of:
    """Named by the form itself; it cannot be shown again without."""
    if kind == OperationKind.MAKE:
        record = records.access_record(db, by, _uuid(draft.values.get("harvest_id")))
        return Of([], harvests.harvest_left(db, record))
    if kind == OperationKind.MOVE:
        names = [draft.values.get("batch_id")]
    else:
        names = [
            draft.values[f"inputs.{number}.batch_id"]
            for number in range(_MOST_CHOSEN)
            if f"inputs.{number}.batch_id" in draft.values
        ]
    if not names:
        raise NotFound
    batches = [queries.access_batch(db, by, _uuid(name)) for name in names]
    left = stock.stocks(db, [one.id for one in batches])
    products = {one.id: one.name for one in catalogue.products(db, by)}
    return Of([InStore(one, products.get(one.product_id, ""), left[one.id].left) for one in batches], None)


def _uuid(typed: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(typed or "")
    except ValueError as error:
        raise NotFound from error


def _form(
    request: Request, db: Session, by: Actor, kind: OperationKind, draft: Draft[Any], *, more: bool = False
) -> Response:
    of = _of(db, by, kind, draft)
    numbers = [int(found[1]) for name in draft.values if (found := re.match(r"outputs\.(\d{1,3})\.", name))]
    return page(
        request,
        "batches/operation_form.html",
        status=draft.status,
        kind=kind,
        draft=draft,
        of=of,
        rows=1
        if kind == OperationKind.MERGE
        else min(max(_ROWS, max(numbers, default=0) + 1 + (_MORE if more else 0)), MOST_PARTS),
        makes=kind in operation_words.MAKING,
        several={one.batch.product_id for one in of.batches},
        products=[(one.id, one.name) for one in catalogue.products(db, by)],
        losses=[
            (loss, say(operation_words.LOSSES[loss], draft.locale)) for loss in operation_words.CHOSEN_LOSSES
        ],
        processes=[(one, say(word, draft.locale)) for one, word in operation_words.PROCESSES.items()],
        words=operation_words,
    )


def _sheet(request: Request, db: Session, by: Actor, operation_id: uuid.UUID, draft: Draft[Any]) -> Response:
    return page(
        request,
        "batches/operation.html",
        status=draft.status,
        done=operation_queries.done(db, by, operation_id),
        draft=draft,
        words=operation_words,
    )
