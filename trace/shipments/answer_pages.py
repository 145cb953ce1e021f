"""Pages of the sender: what the buyer said, what came back, and links for buyers without an account."""

import uuid
from typing import Any, Literal

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.answers import link_page
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence.commands import keep_pictures
from trace.evidence.doors import Chosen
from trace.evidence.queries import photo
from trace.kit.doors import Config, Db, Files, Language, Now, Reads
from trace.kit.files import FileStore
from trace.kit.forms import Draft, Form, bind, blank, carry_out, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import Malformed, NotFound, Problem
from trace.kit.translation import N_
from trace.shipments import answers, incoming, links, queries, returns, words

router = APIRouter(prefix="/app/shipments", include_in_schema=False)

Size = Literal["large", "small"]


@router.get("/{shipment_id}/answer")
def answer_form(
    request: Request, shipment_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    return _answer_form(request, db, by, shipment_id, blank(language, id=new_id(), happened_at=now))


@router.post("/{shipment_id}/answer")
def write_answer(
    request: Request,
    shipment_id: uuid.UUID,
    by: By,
    chosen: Chosen,
    form: Form,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.RECORDER)
    queries.access_shipment(db, by, shipment_id)
    kept, problem = kept_photos(db, store, chosen, by=by, now=now)
    draft = bind(
        answers.AnswerForBuyer, form, language, {"batch_id"}, shipment_id=shipment_id, photo_ids=kept
    )
    if problem:
        draft.refuse(problem)
    if carry_out(db, draft, lambda command: answers.answer_for_buyer(db, command, by=by, now=now)) is None:
        return _answer_form(request, db, by, shipment_id, draft)
    return go(f"/app/shipments/{shipment_id}", flash=N_("The answer is written down."))


@router.get("/{shipment_id}/return")
def return_form(
    request: Request, shipment_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    return _return_form(request, db, by, shipment_id, blank(language, id=new_id(), happened_at=now))


@router.post("/{shipment_id}/return")
def take_in_return(
    request: Request, shipment_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    queries.access_shipment(db, by, shipment_id)
    draft = bind(returns.TakeInReturn, form, language, {"batch_id"}, shipment_id=shipment_id)
    if carry_out(db, draft, lambda command: returns.take_in_return(db, command, by=by, now=now)) is None:
        return _return_form(request, db, by, shipment_id, draft)
    return go(f"/app/shipments/{shipment_id}", flash=N_("It is back. What is fit is in the stock again."))


@router.post("/{shipment_id}/link")
def make_link(
    request: Request,
    shipment_id: uuid.UUID,
    by: By,
    form: Form,
    db: Db,
    now: Now,
    language: Language,
    config: Config,
) -> Response:
    """Shown once, as every secret is."""
    command = pressed(links.MakeLink, form, language, shipment_id=shipment_id)
    made = links.make_link(db, command, by=by, now=now)
    return link_page(
        request,
        "shipments/link.html",
        f"{config.public_url}/delivery/{made.token}",
        expires_at=made.expires_at,
        note=f"{'/en' if language == 'en' else ''}/delivery/{made.token}/note.pdf",
        sent=queries.sent(db, shipment_id),
    )


@router.post("/links/{link_id}/revoke")
def revoke_link(link_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    command = pressed(links.RevokeLink, form, language, link_id=link_id)
    link = links.revoke_link(db, command, by=by, now=now)
    return go(f"/app/shipments/{link.shipment_id}", flash=N_("The link opens nothing any more."))


@router.get("/{shipment_id}/photos/{photo_id}/{size}.webp")
def show_photo(
    shipment_id: uuid.UUID, photo_id: uuid.UUID, size: Size, by: By, db: Reads, store: Files
) -> Response:
    """A photograph of the receiver, which both sides of the shipment may see and nobody else."""
    if not incoming.may_see(db, by, shipment_id):
        raise NotFound
    answer = queries.sent(db, shipment_id).answer
    found = photo(db, photo_id) if answer and photo_id in answer.photo_ids else None
    if found is None:
        raise NotFound
    return Response(
        store.read(found.sha256 if size == "large" else found.small_sha256),
        media_type="image/webp",
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )


def kept_photos(
    db: Session, store: FileStore, chosen: Chosen, *, by: Actor, now: Now
) -> tuple[tuple[uuid.UUID, ...], Problem | None]:
    """The photographs of the form, kept at once, so that a fault elsewhere does not lose them for good."""
    try:
        kept = keep_pictures(db, store, chosen.of("photos")[: answers.MOST_PHOTOS], by=by, now=now)
    except Malformed as problem:
        return (), problem
    return tuple(one.id for one in kept), None


def _answer_form(
    request: Request, db: Session, by: Actor, shipment_id: uuid.UUID, draft: Draft[Any]
) -> Response:
    queries.access_shipment(db, by, shipment_id)
    sent = queries.sent(db, shipment_id)
    return page(request, "shipments/answer.html", status=draft.status, draft=draft, sent=sent, words=words)


def _return_form(
    request: Request, db: Session, by: Actor, shipment_id: uuid.UUID, draft: Draft[Any]
) -> Response:
    queries.access_shipment(db, by, shipment_id)
    sent = queries.sent(db, shipment_id)
    return page(request, "shipments/return.html", status=draft.status, draft=draft, sent=sent)
