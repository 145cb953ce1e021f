"""Pages of the receiver: what came in from cooperatives here, and goods of other suppliers."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.answers import count_guess
from trace.accounts.doors import By, Somebody
from trace.accounts.models import Role
from trace.catalogue import partner_queries
from trace.catalogue import queries as catalogue
from trace.catalogue.models import PartnerKind
from trace.evidence.doors import Chosen
from trace.kit import shortcodes
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked, Paging
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.shipments import answers, incoming, queries, receiving, words
from trace.shipments.answer_pages import kept_photos
from trace.shipments.incoming import NotAddressed
from trace.shipments.queries import Sent

router = APIRouter(include_in_schema=False)
_MOST_LOTS: Final = 5
_MOST_PARTNERS: Final = 500


@router.get("/d/{code}")
def scanned(request: Request, code: str, by: Somebody, db: Reads) -> Response:
    """What the QR code of a delivery note opens: for members their page of it, for others only what it is."""
    examined = shortcodes.examine(code)
    if by is None or not examined.valid:
        return page(request, "shipments/scanned.html")
    ours = incoming.own_shipment(db, by, examined.code)
    return go(f"/app/shipments/{ours}" if ours else f"/app/incoming/{examined.code}")


@router.get("/app/incoming")
def show_incoming(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    return _incoming(request, db, by, asked)


@router.get("/app/incoming/open")
def open_incoming(
    request: Request,
    by: By,
    db: Reads,
    now: Now,
    asked: Asked,
    code: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """What was typed leads on, or comes back with what to do about it. A wrong code is a guess."""
    if not code.strip():
        return _incoming(request, db, by, asked)
    try:
        incoming.addressed_to(db, by, code)
    except NotAddressed as problem:
        count_guess(request, now=now)
        return _incoming(request, db, by, asked, typed=code, wrong=problem)
    return go(f"/app/incoming/{shortcodes.normalise(code)}")


@router.get("/app/incoming/{code}")
def show_consignment(
    request: Request, code: str, by: By, db: Reads, now: Now, language: Language
) -> Response:
    draft = blank(language, id=new_id(), happened_at=now)
    try:
        return _consignment(request, db, by, code, draft)
    except NotFound:
        count_guess(request, now=now)
        raise


@router.post("/app/incoming/{code}")
def answer_consignment(
    request: Request,
    code: str,
    by: By,
    chosen: Chosen,
    form: Form,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.RECORDER)
    incoming.addressed_to(db, by, code)
    kept, problem = kept_photos(db, store, chosen, by=by, now=now)
    draft = bind(answers.AnswerConsignment, form, language, {"batch_id"}, code=code, photo_ids=kept)
    if problem:
        draft.refuse(problem)
    if carry_out(db, draft, lambda command: answers.answer_consignment(db, command, by=by, now=now)) is None:
        return _consignment(request, db, by, code, draft)
    return go(
        f"/app/incoming/{code}",
        flash=N_("The sender reads your answer. What you keep is among your batches."),
    )


@router.get("/app/goods/new")
def goods_form(request: Request, by: By, db: Reads, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    return _goods(request, db, by, blank(language, id=new_id(), happened_at=now))


@router.post("/app/goods/new")
def receive_goods(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(receiving.ReceiveGoods, form, language)
    if missing := draft.errors.pop("lots", None):  # an empty row is no lot, so nothing in it is missing
        draft.errors |= {"lots.0.product_id": missing, "lots.0.kg": missing}
    done = carry_out(db, draft, lambda command: receiving.receive_goods(db, command, by=by, now=now))
    if done is None:
        return _goods(request, db, by, draft)
    return go(f"/app/operations/{done.id}", flash=N_("It is in the stock. Each lot is a batch of its own."))


def _incoming(
    request: Request,
    db: Session,
    by: Actor,
    asked: Paging,
    *,
    typed: str = "",
    wrong: NotAddressed | None = None,
) -> Response:
    found, following = asked.cut(incoming.consignments(db, by, asked))
    return page(
        request,
        "shipments/incoming.html",
        status=wrong.status if wrong else 200,
        found=found,
        following=following,
        senders=incoming.senders(db, {one.shipment.cooperative_id for one in found}),
        typed=typed,
        wrong=wrong.message if wrong else None,
        words=words,
    )


def _consignment(request: Request, db: Session, by: Actor, code: str, draft: Draft[Any]) -> Response:
    found = incoming.addressed_to(db, by, code)
    sent = queries.sent(db, found.id)
    products = [(one.id, one.name) for one in catalogue.products(db, by)]
    if len(products) == 1:
        for number in range(len(sent.lines)):
            draft.values.setdefault(f"kept.{number}.product_id", str(products[0][0]))
    return page(
        request,
        "shipments/consignment.html",
        status=draft.status,
        draft=draft,
        sent=sent,
        sender=incoming.senders(db, {found.cooperative_id})[found.cooperative_id],
        published=queries.published_of(db, [line.batch_id for line in sent.lines]),
        made=_made(db, by, sent),
        products=products,
        words=words,
    )


def _made(db: Session, by: Actor, sent: Sent) -> list[tuple[str, str]]:
    """(id, lot code) of the batches that came of it in our books."""
    return [(str(one.batch_id), one.lot_code) for one in incoming.received_of(db, by, sent.id)]


def _goods(request: Request, db: Session, by: Actor, draft: Draft[Any]) -> Response:
    suppliers = [
        (one.id, one.partner.name)
        for one in partner_queries.partner_list(db, by, Paging(limit=_MOST_PARTNERS, after=None))
        if one.partner.kind != PartnerKind.BUYER
    ]
    return page(
        request,
        "shipments/goods.html",
        status=draft.status,
        draft=draft,
        suppliers=suppliers,
        products=[(one.id, one.name) for one in catalogue.products(db, by)],
        lots=range(_MOST_LOTS),
    )
