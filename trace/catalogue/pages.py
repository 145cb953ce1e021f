"""Pages on which members see their products and managers look after them."""

import uuid
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import commands, queries
from trace.catalogue.models import Product
from trace.catalogue.photo_fields import kept_photo, with_photo
from trace.catalogue.rules import CROPS, countries, propose_lot_prefix
from trace.evidence.doors import Chosen
from trace.gs1.keys import gtin_for_people
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_, Locale
from trace.places.rules import mentions

router = APIRouter(prefix="/app/products", include_in_schema=False)


@router.get("")
def show_products(request: Request, by: By, db: Reads, q: str = "") -> Response:
    """`q` finds products by their name, variety, brand or lot prefix."""
    every = [one for one in queries.products(db, by, retired=True) if mentions(_said_of(one), q)]
    return page(
        request,
        "catalogue/products.html",
        q=q,
        offered=[product for product in every if product.retired_at is None],
        retired=[product for product in every if product.retired_at],
    )


def _said_of(product: Product) -> str:
    return " ".join(filter(None, (product.name, product.variety, product.brand, product.lot_prefix)))


@router.get("/new")
def new_product(request: Request, by: By, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _form(request, blank(language, id=new_id(), origin="VN"), by)


@router.post("/new")
def add_product(
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
    photo, problem = kept_photo(db, store, chosen, by=by, now=now)
    draft = with_photo(bind(commands.AddProduct, form, language, **photo), photo, problem)
    if carry_out(db, draft, lambda command: commands.add_product(db, command, by=by, now=now)):
        return go("/app/products", flash=N_("The product was added."))
    return _form(request, draft, by)


@router.get("/{product_id}")
def show_product(request: Request, product_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    product = queries.access_product(db, by, product_id)
    return page(
        request,
        "catalogue/product.html",
        product=product,
        gtin=gtin_for_people(product.gtin) if product.gtin else None,
        former=[gtin_for_people(one.gtin) for one in queries.former_gtins(db, product.id)],
        origin=countries(language).get(product.origin, product.origin),
        fresh_id=new_id(),
    )


@router.get("/{product_id}/edit")
def edit_product(request: Request, product_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    product = queries.access_product(db, by, product_id)
    facts = product.model_dump(include=set(commands.AddProduct.model_fields) - {"id", "gtin"})
    number = gtin_for_people(product.gtin) if product.gtin else None
    return _form(request, blank(language, id=new_id(), gtin=number, **facts), by, product=product)


@router.post("/{product_id}/edit")
def change_product(
    request: Request,
    product_id: uuid.UUID,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.MANAGER)
    product = queries.access_product(db, by, product_id)
    photo, problem = kept_photo(db, store, chosen, by=by, now=now)
    if "photo_off" in form and not photo:
        photo = {"photo_id": None}
    draft = bind(commands.ChangeProduct, form, language, product_id=product_id, **photo)
    draft = with_photo(draft, photo, problem)
    if carry_out(db, draft, lambda command: commands.change_product(db, command, by=by, now=now)):
        return go(f"/app/products/{product_id}", flash=N_("Changed. What stood there before is kept."))
    return _form(request, draft, by, product=product)


@router.post("/{product_id}/retire")
def retire_product(
    product_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    command = pressed(commands.RetireProduct, form, language, product_id=product_id)
    commands.retire_product(db, command, by=by, now=now)
    return go(
        "/app/products", flash=N_("The product is no longer offered. You can bring it back at any time.")
    )


@router.post("/{product_id}/restore")
def restore_product(
    product_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    command = pressed(commands.RestoreProduct, form, language, product_id=product_id)
    commands.restore_product(db, command, by=by, now=now)
    return go(f"/app/products/{product_id}", flash=N_("The product is offered again."))


def _form(
    request: Request,
    draft: Draft[Any],
    by: Actor,
    *,
    product: Product | None = None,
) -> Response:
    return page(
        request,
        "catalogue/product_form.html",
        status=draft.status,
        draft=draft,
        product=product,
        crops=CROPS,
        countries=_origins(draft.locale),
        example=propose_lot_prefix(by.cooperative_name, "Dưa lưới"),
    )


def _origins(locale: Locale) -> list[tuple[str, str]]:
    """Vietnam first, because nearly everything grown here is from here."""
    named = countries(locale)
    return [("VN", named["VN"]), *(item for item in named.items() if item[0] != "VN")]
