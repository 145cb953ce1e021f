"""Pages on which labels are printed, put on a batch, set aside, and looked up in the log."""

import base64
import uuid
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response, StreamingResponse

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.batches import holds, states, stock
from trace.batches import queries as batches
from trace.batches.models import Batch
from trace.batches.recalled import called_back
from trace.codes import commands, content, dots, printing, run_queries, words
from trace.codes.commands import Offset
from trace.codes.designs import Item
from trace.codes.printing import Form as FileForm
from trace.codes.sheets import Shift, calibration
from trace.codes.stationery import GRIDS, Stationery
from trace.kit.doors import Config, Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked, Paging
from trace.kit.problems import Refused
from trace.kit.translation import N_, Locale, say
from trace.settings import Settings

router = APIRouter(include_in_schema=False)
_USUAL: Final = Stationery.TOMY_145
_FEW: Final = Paging(limit=5, after=None)
_MANY: Final = Paging(limit=100, after=None)
# Pixels of a browser in a millimetre.
_PIXELS: Final = 96 / 25.4

OfBatch = Annotated[uuid.UUID | None, Query(alias="batch")]


@router.get("/app/batches/{batch_id}/print")
def new_labels(
    request: Request, batch_id: uuid.UUID, by: By, db: Reads, config: Config, language: Language
) -> Response:
    """The form and one label as it will look; what the address says stands in the form already."""
    batch = batches.access_batch(db, by, batch_id)
    return _form(request, db, by, _asked(request, db, by, batch, language), batch, config)


@router.post("/app/batches/{batch_id}/print")
def submit_labels(
    request: Request,
    batch_id: uuid.UUID,
    form: Form,
    by: By,
    db: Db,
    now: Now,
    config: Config,
    language: Language,
) -> Response:
    batch = batches.access_batch(db, by, batch_id)
    draft = bind(commands.PrintLabels, form, language, batch_id=batch.id)
    made = carry_out(db, draft, lambda command: commands.print_labels(db, command, by=by, now=now))
    if made is None:
        return _form(request, db, by, draft, batch, config)
    return go(
        f"/app/labels/{made.id}", flash=N_("The labels are ready. Fetch the file and print it at 100 %.")
    )


@router.get("/app/labels")
def show_log(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    """Who printed what."""
    found, following = asked.cut(run_queries.printed(db, by, asked))
    return page(request, "codes/runs.html", found=found, following=following)


@router.get("/app/labels/new")
def new_ahead(request: Request, by: By, db: Reads, config: Config, language: Language) -> Response:
    """Labels with a number each, before anybody knows what they will be on."""
    by.must_be(Role.RECORDER)
    return _form(request, db, by, _asked(request, db, by, None, language), None, config)


@router.post("/app/labels/new")
def submit_ahead(
    request: Request, form: Form, by: By, db: Db, now: Now, config: Config, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(commands.PrintLabels, form, language, has_serials=True)
    made = carry_out(db, draft, lambda command: commands.print_labels(db, command, by=by, now=now))
    if made is None:
        return _form(request, db, by, draft, None, config)
    return go(
        f"/app/labels/{made.id}", flash=N_("The labels are ready. Fetch the file and print it at 100 %.")
    )


@router.get("/app/labels/bind")
def new_activation(
    request: Request, by: By, db: Reads, now: Now, language: Language, batch: OfBatch = None
) -> Response:
    by.must_be(Role.RECORDER)
    return _bind_form(request, db, by, blank(language, id=new_id(), happened_at=now, batch_id=batch))


@router.post("/app/labels/bind")
def submit_activation(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(commands.ActivateLabels, form, language)
    bound = carry_out(db, draft, lambda command: commands.activate_labels(db, command, by=by, now=now))
    if bound is None:
        return _bind_form(request, db, by, draft)
    return go(f"/app/labels/{bound.run_id}", flash=N_("From now on these labels show the batch."))


@router.get("/app/labels/void")
def new_void(request: Request, by: By, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    return page(request, "codes/void.html", draft=blank(language, id=new_id()))


@router.post("/app/labels/void")
def submit_void(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(commands.VoidLabels, form, language)
    void = carry_out(db, draft, lambda command: commands.void_labels(db, command, by=by, now=now))
    if void is None:
        return page(request, "codes/void.html", status=draft.status, draft=draft)
    return go(
        f"/app/labels/{void.run_id}", flash=N_("Set aside. Whoever scans one is told that it counts no more.")
    )


@router.get("/app/labels/calibration/file")
def fetch_calibration(
    by: By,  # noqa: ARG001 - for members
    language: Language,
    stationery: Stationery = _USUAL,
    shift_x: Annotated[Offset, Query()] = Decimal(0),
    shift_y: Annotated[Offset, Query()] = Decimal(0),
) -> Response:
    """The outlines of a sheet, to be printed on plain paper and held against the light with a sheet of labels."""
    grid = GRIDS[stationery]
    said = [grid.name, *(say(one, language) for one in words.CALIBRATION)]
    made = calibration(grid, title=grid.name, said=said, shift=Shift(float(shift_x), float(shift_y)))
    return Response(made, media_type="application/pdf", headers=_saved(f"can-le-{stationery}.pdf"))


@router.get("/app/labels/{run_id}")
def show_run(
    request: Request, run_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language
) -> Response:
    told = run_queries.run(db, by, run_id)
    usual = {"first": 1, "last": told.run.count, "stationery": told.run.stationery, "start": 1}
    shifts = {"shift_x": told.run.shift_x, "shift_y": told.run.shift_y}
    return _run(request, db, told, blank(language, id=new_id(), **usual, **shifts), now=now)


@router.post("/app/labels/{run_id}")
def submit_reprint(
    request: Request, run_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    told = run_queries.run(db, by, run_id)
    draft = bind(commands.ReprintLabels, form, language, run_id=run_id)
    again = carry_out(db, draft, lambda command: commands.reprint_labels(db, command, by=by, now=now))
    if again is None:
        return _run(request, db, told, draft, now=now)
    return go(
        f"/app/labels/{again.id}", flash=N_("The labels are ready. Fetch the file and print it at 100 %.")
    )


@router.get("/app/labels/{run_id}/file")
def fetch_labels(
    run_id: uuid.UUID,
    by: By,
    db: Reads,
    now: Now,
    config: Config,
    form: FileForm = "pdf",
    dpi: Literal["203", "300"] = "203",
) -> Response:
    """What the printer gets, for a day; later the labels are printed once more, with a reason."""
    by.must_be(Role.RECORDER)
    run = run_queries.access_run(db, by, run_id)
    if not printing.is_open(run, now=now):
        raise Refused(N_("This file was made more than a day ago. Print the labels once more and say why."))
    made = printing.prepared(db, run, config.public_url)
    name = f"tem-{run.printed_at:%Y%m%d}-{str(run.id)[-6:]}.{printing.ENDINGS[form]}"
    printing.must_suit(made.grid, form)
    drawn = printing.file(made, form, dpi=int(dpi), title=name)
    return StreamingResponse(drawn, media_type=printing.MEDIA_TYPES[form], headers=_saved(name))


def _saved(name: str) -> dict[str, str]:
    return {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}


def _asked(
    request: Request, db: Session, by: Actor, batch: Batch | None, language: Locale
) -> Draft[commands.PrintLabels]:
    """What the address says, and otherwise what was printed on last, with the offset of that printer."""
    said = dict(request.query_params)
    last = run_queries.last_run(db, by, said.get("stationery"))
    stationery = said.get("stationery") or (last.stationery if last else _USUAL.value)
    left = max(1, batch.pieces - run_queries.issued(db, batch.id)) if batch and batch.pieces else None
    sheet = GRIDS[Stationery(stationery)].labels if stationery in set(Stationery) else 1
    usual: dict[str, Any] = {
        "id": str(new_id()),
        "stationery": stationery,
        "count": str(left or sheet),
        "start": "1",
        "shift_x": f"{last.shift_x.normalize():f}" if last and last.stationery == stationery else "0",
        "shift_y": f"{last.shift_y.normalize():f}" if last and last.stationery == stationery else "0",
    }
    given: dict[str, Any] = {"batch_id": batch.id} if batch else {"has_serials": True}
    return bind(commands.PrintLabels, FormData({**usual, **said}), language, **given)


def _form(
    request: Request,
    db: Session,
    by: Actor,
    draft: Draft[commands.PrintLabels],
    batch: Batch | None,
    config: Settings,
) -> Response:
    typed = draft.values.get("stationery", "")
    stationery = Stationery(typed) if typed in set(Stationery) else _USUAL
    shown, one = printing.sample(
        db,
        batch,
        stationery,
        config.public_url,
        by_cooperative=content.of_cooperative(db, by.cooperative_id),
        has_serials=batch is None or bool(draft.values.get("has_serials")),
    )
    label = shown.grid.label
    drawn = base64.b64encode(dots.preview(label, shown.laid, one)).decode()
    return page(
        request,
        "codes/labels.html",
        status=draft.status,
        draft=draft,
        batch=batch,
        product=shown.said.get(Item.NAME),
        issued=run_queries.issued(db, batch.id) if batch else 0,
        called_back=called_back(db, [batch.id]).get(batch.id) if batch else None,
        ends=states.ends_of(db, [batch.id])[batch.id] if batch else [],
        holds=holds.open_holds_of(db, batch.id) if batch else [],
        earlier=run_queries.printed(db, by, _FEW, batch_id=batch.id)[: _FEW.limit] if batch else [],
        choices=words.choices(),
        stationery=stationery,
        grid=shown.grid,
        preview=f"data:image/png;base64,{drawn}",
        pixels=(round(label.width * _PIXELS), round(label.height * _PIXELS)),
        left_out=[words.ITEMS[item] for item in shown.laid.left_out],
        mandatory=content.mandatory(shown.said, shown.laid, label) if batch else [],
        is_link=one.text.upper().rpartition("/10/")[1] != "",
        items=words.ITEMS,
        where=words.WHERE,
        settings=config,
    )


def _bind_form(request: Request, db: Session, by: Actor, draft: Draft[Any]) -> Response:
    found = stock.in_store(db, by, _MANY)
    return page(
        request,
        "codes/bind.html",
        status=draft.status,
        draft=draft,
        batches=[(one.id, f"{one.batch.lot_code} · {one.product}") for one in found],
    )


def _run(
    request: Request, db: Session, told: run_queries.Printed, draft: Draft[Any], *, now: Any
) -> Response:
    of = told.run.reprints_id or told.run.id
    return page(
        request,
        "codes/run.html",
        status=draft.status,
        draft=draft,
        told=told,
        is_open=printing.is_open(told.run, now=now),
        bound=run_queries.bound(db, of),
        void=run_queries.voids(db, [of])[of],
        choices=words.choices(),
    )
