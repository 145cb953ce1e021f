"""The page of a cooperative, which its GS1 location number leads to."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.rules import phone_for_people
from trace.gs1.keys import is_checked
from trace.kit.doors import Reads
from trace.kit.problems import NotFound
from trace.lookup import answers, queries
from trace.lookup.pages import GETS

router = APIRouter(include_in_schema=False)


@router.api_route("/g/{gln}", methods=GETS)
@router.api_route("/en/g/{gln}", methods=GETS)
def organisation(request: Request, db: Reads, gln: str) -> Response:
    if not is_checked(gln):
        raise NotFound
    try:
        found = queries.organisation_of_gln(db, gln)
    except NotFound:
        return answers.page(request, "lookup/unknown_key.html", status=404, ai="414", number=gln[:20])
    return answers.page(
        request,
        "lookup/organisation.html",
        it=found.facts,
        products=found.products,
        hotline=phone_for_people(found.facts.hotline),
    )
