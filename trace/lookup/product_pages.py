"""The page of a product: a barcode names it and not the batch, so it asks for the lot number beside it."""

from typing import Final

from babel import Locale as BabelLocale
from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.gs1.keys import gtin14, gtin_for_people
from trace.kit.doors import Language, Reads
from trace.kit.problems import NotFound
from trace.lookup import answers, queries
from trace.lookup.pages import GETS

router = APIRouter(include_in_schema=False)
_LONGEST_LOT: Final = 20


@router.api_route("/p/{gtin}", methods=GETS)
@router.api_route("/en/p/{gtin}", methods=GETS)
@router.api_route("/p/{gtin}/10/{lot:path}", methods=GETS)
@router.api_route("/en/p/{gtin}/10/{lot:path}", methods=GETS)
def product(request: Request, db: Reads, language: Language, gtin: str, lot: str = "") -> Response:
    """With a lot: one that nobody has. The scan led here all the same, and the page says so."""
    item = gtin14(gtin)
    if item is None:
        raise NotFound
    number = gtin_for_people(item)
    try:
        found = queries.product_of_gtin(db, item)
    except NotFound:
        return answers.page(request, "lookup/unknown_key.html", status=404, ai="01", number=number)
    return answers.page(
        request,
        "lookup/product.html",
        gtin=number,
        product=found,
        origin=BabelLocale.parse(language).territories.get(found.origin, found.origin),
        lot=lot[:_LONGEST_LOT],
    )
