"""Pages on which members see partners, add them and set right what is said about them."""

import uuid
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts import communes
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import partner_queries as queries
from trace.catalogue import partners, words
from trace.catalogue.models import Partner, PartnerKind
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.translation import N_, say
from trace.places.queries import Match

router = APIRouter(prefix="/app/partners", include_in_schema=False)


@router.get("")
def show_partners(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    found, following = asked.cut(queries.partner_list(db, by, asked))
    return page(request, "catalogue/partners.html", found=found, following=following, words=words)


@router.get("/new")
def new_partner(request: Request, by: By, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    return _form(request, blank(language, id=new_id(), kind=PartnerKind.BUYER))


@router.post("/new")
def add_partner(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    typed = communes.typed(form)
    draft = bind(partners.AddPartner, form, language, **_code(typed))
    candidates = typed.settle(draft)
    if carry_out(db, draft, lambda command: partners.add_partner(db, command, by=by, now=now)):
        return go("/app/partners", flash=N_("The partner was added."))
    return _form(request, draft, candidates=candidates)


@router.get("/{partner_id}/edit")
def edit_partner(request: Request, partner_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    known = queries.access_partner(db, by, partner_id)
    facts = known.model_dump(exclude={"id", "cooperative_id", "commune_label", "added_at"})
    draft = blank(language, id=new_id(), commune=known.commune_label, **facts)
    return _form(request, draft, partner=known)


@router.post("/{partner_id}/edit")
def change_partner(
    request: Request, partner_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    known = queries.access_partner(db, by, partner_id)
    typed = communes.typed(form)
    draft = bind(partners.ChangePartner, form, language, partner_id=partner_id, **_code(typed))
    candidates = typed.settle(draft)
    if carry_out(db, draft, lambda command: partners.change_partner(db, command, by=by, now=now)):
        return go("/app/partners", flash=N_("Changed. What stood there before is kept."))
    return _form(request, draft, partner=known, candidates=candidates)


def _code(typed: communes.Typed) -> dict[str, str]:
    """What stands in the field must be a commune that was chosen; nothing in it is none, whatever was chosen before."""
    if "commune_code" not in typed.given:
        return {}
    return {"commune_code": "?" if typed.text else ""}


def _form(
    request: Request,
    draft: Draft[Any],
    *,
    partner: Partner | None = None,
    candidates: Sequence[Match] = (),
) -> Response:
    return page(
        request,
        "catalogue/partner_form.html",
        status=draft.status,
        draft=draft,
        partner=partner,
        candidates=candidates,
        kinds=[(kind, say(word, draft.locale)) for kind, word in words.PARTNERS.items()],
    )
