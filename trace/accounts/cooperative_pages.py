"""The page on which managers change what the cooperative says about itself."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts import commands, communes, queries
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.accounts.rules import phone_for_people
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_

router = APIRouter(prefix="/app/cooperative", include_in_schema=False)


@router.get("")
def cooperative_form(request: Request, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    known = queries.cooperative(db, by.cooperative_id)
    draft = blank(
        language,
        id=new_id(),
        name=known.name,
        hotline=phone_for_people(known.hotline),
        street=known.street,
        commune=known.commune_label,
        commune_code=known.commune_code,
        former_label=known.former_label,
        gln=known.gln,
        gs1_prefix=known.gs1_prefix,
    )
    return page(request, "accounts/cooperative.html", draft=draft, candidates=[], tax_code=known.tax_code)


@router.post("")
def change_cooperative(
    request: Request, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    place = communes.typed(form)
    draft = bind(commands.ChangeCooperative, form, language, **place.given)
    candidates = place.settle(draft)
    if carry_out(db, draft, lambda command: commands.change_cooperative(db, command, by=by, now=now)):
        return go("/app/more", flash=N_("The details of the cooperative are changed."))
    return page(
        request,
        "accounts/cooperative.html",
        status=draft.status,
        draft=draft,
        candidates=candidates,
        tax_code=queries.cooperative(db, by.cooperative_id).tax_code,
    )
