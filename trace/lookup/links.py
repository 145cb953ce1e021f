"""The way from a GS1 Digital Link to the page of a batch; the full resolver builds on this."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.gs1.keys import gtin14, gtin_for_people
from trace.kit.doors import Language, Reads
from trace.kit.problems import NotFound
from trace.lookup import answers, queries, rules
from trace.lookup.pages import GETS

router = APIRouter(include_in_schema=False)


@router.api_route("/01/{gtin}/10/{lot}", methods=GETS)
@router.api_route("/en/01/{gtin}/10/{lot}", methods=GETS)
@router.api_route("/01/{gtin}/10/{lot}/21/{serial}", methods=GETS)
@router.api_route("/en/01/{gtin}/10/{lot}/21/{serial}", methods=GETS)
def by_lot(request: Request, db: Reads, language: Language, gtin: str, lot: str) -> Response:
    """307 to the batch with the query string as it came; a serial number says nothing more so far."""
    item = gtin14(gtin)
    if item is None:
        return _wrong_gtin(request, gtin)
    lot_code = rules.lot(lot)
    try:
        if lot_code is None:
            raise NotFound
        code = queries.code_of_lot(db, item, lot_code)
    except NotFound:
        return answers.page(
            request, "lookup/unknown_lot.html", status=404, gtin=gtin_for_people(item), lot=lot[:20]
        )
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{answers.prefix(language)}/b/{code}{query}"
    # The header is set by hand: a RedirectResponse would spell the query anew.
    return Response(status_code=307, headers={"Location": address, "Cache-Control": "no-cache"})


@router.api_route("/01/{gtin}", methods=GETS)
@router.api_route("/en/01/{gtin}", methods=GETS)
def by_product(request: Request, db: Reads, gtin: str) -> Response:
    """A barcode names the product and not the batch: ask for the lot number beside it."""
    item = gtin14(gtin)
    if item is None:
        return _wrong_gtin(request, gtin)
    try:
        product = queries.product_of_gtin(db, item)
    except NotFound:
        return answers.page(request, "lookup/unknown_gtin.html", status=404, gtin=gtin_for_people(item))
    return answers.page(request, "lookup/product.html", gtin=gtin_for_people(item), product=product)


def _wrong_gtin(request: Request, gtin: str) -> Response:
    return answers.page(request, "lookup/wrong_gtin.html", status=400, gtin=gtin[:20])
