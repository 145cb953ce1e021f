"""Pages on which members see certificates and managers look after them."""

import uuid
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.batches import queries as batches
from trace.catalogue import queries as catalogue
from trace.certificates import commands, queries, words
from trace.certificates.queries import Stated
from trace.evidence.doors import Chosen
from trace.evidence.papers import keep_paper
from trace.farms import queries as farms
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.problems import Problem
from trace.kit.translation import N_, Locale
from trace.records.words import WEIGHT_CHOICES

router = APIRouter(prefix="/app/certificates", include_in_schema=False)

# A ticked box of the form is called `product_ids_…` with the id of what it stands for.
_TICKED = ("product_ids", "area_ids", "plot_ids")


@router.get("")
def show_certificates(
    request: Request, by: By, db: Reads, now: Now, asked: Asked, batch: uuid.UUID | None = None
) -> Response:
    """All of them with what ends soon on top; asked about a batch, which speak for it and why others do not."""
    if batch:
        return page(
            request,
            "certificates/claims.html",
            batch=batches.access_batch(db, by, batch),
            claims=queries.claims_of(db, batch),
            words=words,
        )
    today = day_in_vietnam(now)
    found, following = asked.cut(queries.certificates(db, by, asked))
    return page(
        request,
        "certificates/certificates.html",
        found=found,
        expiring=queries.expiring(db, by, today),
        today=today,
        following=following,
        is_first=asked.after is None,
        words=words,
    )


@router.get("/new")
def new_certificate(request: Request, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _form(request, db, by, blank(language, id=new_id()))


@router.post("/new")
def state_certificate(
    request: Request,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.MANAGER)
    paper, problem = _paper(db, store, chosen, by=by, now=now)
    draft = _bound(form, language, paper, problem)
    made = carry_out(db, draft, lambda command: commands.state_certificate(db, command, by=by, now=now))
    if made is None:
        return _form(request, db, by, draft)
    return go(
        f"/app/certificates/{made.id}", flash=N_("The certificate is kept. Batches in its scope claim it.")
    )


@router.get("/{certificate_id}")
def show_certificate(
    request: Request, certificate_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language
) -> Response:
    draft = blank(language, id=new_id(), withdrawn_on=day_in_vietnam(now))
    return _sheet(request, db, by, certificate_id, draft, today=day_in_vietnam(now))


@router.get("/{certificate_id}/correct")
def correct_certificate(
    request: Request, certificate_id: uuid.UUID, by: By, db: Reads, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    stated = queries.certificate(db, by, certificate_id)
    facts: dict[str, Any] = stated.certificate.model_dump(
        include=set(commands.StateCertificate.model_fields) - {"id", "corrects_id", "correction_reason"}
    )
    for name, ids in zip(_TICKED, stated.scope.ids, strict=True):
        facts |= {f"{name}_{one}": True for one in ids}
    return _form(request, db, by, blank(language, id=new_id(), **facts), corrects=stated)


@router.post("/{certificate_id}/correct")
def replace_certificate(
    request: Request,
    certificate_id: uuid.UUID,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.MANAGER)
    stated = queries.certificate(db, by, certificate_id)
    paper, problem = _paper(db, store, chosen, by=by, now=now)
    draft = _bound(form, language, paper, problem, corrects_id=certificate_id)
    made = carry_out(db, draft, lambda command: commands.state_certificate(db, command, by=by, now=now))
    if made is None:
        return _form(request, db, by, draft, corrects=stated)
    return go(f"/app/certificates/{made.id}", flash=N_("Corrected. What stood there before is kept."))


@router.post("/{certificate_id}/withdraw")
def withdraw_certificate(
    request: Request, certificate_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(commands.WithdrawCertificate, form, language, certificate_id=certificate_id)
    if carry_out(db, draft, lambda command: commands.withdraw_certificate(db, command, by=by, now=now)):
        return go(
            f"/app/certificates/{certificate_id}",
            flash=N_("Withdrawn. Public pages say so, and no batch claims it any more."),
        )
    return _sheet(request, db, by, certificate_id, draft, today=day_in_vietnam(now))


def _paper(
    db: Session, store: Files, chosen: Chosen, *, by: Actor, now: Now
) -> tuple[dict[str, Any], Problem | None]:
    """The file of the form, kept at once, so that a fault elsewhere does not lose it."""
    try:
        kept = keep_paper(db, store, chosen, "file", by=by, now=now)
    except Problem as problem:
        return {}, problem
    # A new file takes the place of the one before it, whichever kind that was.
    return ({"document_id": None, "photo_id": None} | kept if kept else {}), None


def _bound(
    form: FormData, language: Locale, paper: dict[str, Any], problem: Problem | None, **given: Any
) -> Draft[commands.StateCertificate]:
    """The form as a command; every ticked box adds its id to the list that it belongs to."""
    ticked = {
        name: [key.removeprefix(f"{name}_") for key in form if key.startswith(f"{name}_")] for name in _TICKED
    }
    draft = bind(commands.StateCertificate, form, language, **ticked, **paper, **given)
    draft.values |= {name: str(value or "") for name, value in paper.items()}
    return draft.refuse(problem) if problem else draft


def _form(
    request: Request, db: Session, by: Actor, draft: Draft[Any], *, corrects: Stated | None = None
) -> Response:
    return page(
        request,
        "certificates/form.html",
        status=draft.status,
        draft=draft,
        corrects=corrects,
        kinds=words.KINDS.items(),
        products=catalogue.products(db, by),
        areas=farms.areas(db, by),
        plots=farms.plots(db, by),
        weights=WEIGHT_CHOICES.items(),
    )


def _sheet(
    request: Request, db: Session, by: Actor, certificate_id: uuid.UUID, draft: Draft[Any], *, today: date
) -> Response:
    stated = queries.certificate(db, by, certificate_id)
    limited = stated.certificate.quantity_kg is not None
    return page(
        request,
        "certificates/certificate.html",
        status=draft.status,
        stated=stated,
        used=queries.used(db, stated.certificate) if limited else [],
        draft=draft,
        today=today,
        words=words,
    )
