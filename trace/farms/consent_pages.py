"""Pages of one household: what shoppers see of its person, asking for consent, taking it back, erasing."""

import uuid
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.accounts.rules import phone_for_people
from trace.evidence.commands import keep_pictures
from trace.evidence.doors import Chosen
from trace.evidence.queries import access_photo
from trace.farms import consents, queries, wordings
from trace.farms.models import Channel, Household, Purpose
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import Fault, Malformed, NotFound, Problem
from trace.kit.translation import N_

router = APIRouter(prefix="/app", include_in_schema=False)


@router.get("/consent")
def own_consent(request: Request, by: By, db: Reads) -> Response:
    """The page of one's own household, or how to come by one."""
    household = queries.household_of(db, by)
    if household is None:
        return page(request, "farms/no_household.html")
    return go(f"/app/households/{household.id}")


@router.get("/households/{household_id}")
def show_household(
    request: Request, household_id: uuid.UUID, by: By, db: Reads, language: Language
) -> Response:
    return _household(request, db, by, household_id, blank(language))


@router.get("/households/{household_id}/portrait.webp")
def portrait(household_id: uuid.UUID, by: By, db: Reads, store: Files) -> Response:
    """Not under its own id: what lies there may stay in a browser for a year, and a person may be erased."""
    household = queries.access_household(db, by, household_id)
    if household.portrait_id is None:
        raise NotFound
    content = store.read(access_photo(db, by, household.portrait_id).small_sha256)
    return Response(content, media_type="image/webp", headers={"Cache-Control": "no-store"})


@router.post("/households/{household_id}/portrait")
def set_portrait(
    request: Request,
    household_id: uuid.UUID,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.MANAGER)
    queries.access_household(db, by, household_id)
    problem: Problem | None = None
    kept: uuid.UUID | None = None
    try:
        pictures = keep_pictures(db, store, chosen.of("portrait")[:1], by=by, now=now)
        kept = pictures[0].id if pictures else None
    except Malformed as found:
        problem = found
    draft = bind(consents.SetPortrait, form, language, household_id=household_id, photo_id=kept)
    if not kept and not problem and "remove" not in form:
        problem = Malformed([Fault("portrait", N_("Choose a photo first."))])
    if problem:
        draft.refuse(problem)
    if carry_out(db, draft, lambda command: consents.set_portrait(db, command, store=store, by=by, now=now)):
        return go(f"/app/households/{household_id}", flash=N_("Changed."))
    return _household(request, db, by, household_id, draft)


@router.get("/households/{household_id}/consent/{purpose}")
def ask(
    request: Request, household_id: uuid.UUID, purpose: Purpose, by: By, db: Reads, language: Language
) -> Response:
    household = queries.access_household(db, by, household_id)
    return _asking(request, household, purpose, by, blank(language, id=new_id()))


@router.post("/households/{household_id}/consent/{purpose}")
def give(
    request: Request,
    household_id: uuid.UUID,
    purpose: Purpose,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    household = queries.access_household(db, by, household_id)
    sheet: dict[str, Any] = {}
    problem: Problem | None = None
    try:
        if by.can(Role.RECORDER) and (
            kept := keep_pictures(db, store, chosen.of("sheet")[:1], by=by, now=now)
        ):
            sheet = {"sheet_id": kept[0].id}
    except Malformed as found:
        problem = found
    draft = bind(consents.GiveConsent, form, language, household_id=household_id, purpose=purpose, **sheet)
    draft.values |= {name: str(value) for name, value in sheet.items()}
    if problem:
        draft.refuse(problem)
    if carry_out(db, draft, lambda command: consents.give_consent(db, command, by=by, now=now)):
        return go(
            f"/app/households/{household_id}", flash=N_("Written down. It can be taken back at any time.")
        )
    return _asking(request, household, purpose, by, draft)


@router.post("/households/{household_id}/consent/{purpose}/withdraw")
def withdraw(
    household_id: uuid.UUID, purpose: Purpose, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    command = pressed(consents.WithdrawConsent, form, language, household_id=household_id, purpose=purpose)
    consents.withdraw_consent(db, command, by=by, now=now)
    return go(f"/app/households/{household_id}", flash=N_("Taken back. Shoppers do not see it any more."))


@router.get("/households/{household_id}/erase")
def erasing(request: Request, household_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    household = queries.access_household(db, by, household_id)
    return page(request, "farms/erase.html", household=household, draft=blank(language, id=new_id()))


@router.post("/households/{household_id}/erase")
def erase(
    request: Request,
    household_id: uuid.UUID,
    by: By,
    form: Form,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.MANAGER)
    household = queries.access_household(db, by, household_id)
    draft = bind(consents.EraseHousehold, form, language, household_id=household_id)
    if carry_out(
        db, draft, lambda command: consents.erase_household(db, command, store=store, by=by, now=now)
    ):
        return go(f"/app/households/{household_id}", flash=N_("Erased. The code stays."))
    return page(request, "farms/erase.html", status=draft.status, household=household, draft=draft)


def _household(
    request: Request, db: Session, by: Actor, household_id: uuid.UUID, draft: Draft[Any]
) -> Response:
    household = queries.access_household(db, by, household_id)
    given = queries.consents(db, household_id)
    return page(
        request,
        "farms/household.html",
        status=draft.status,
        household=household,
        phone=phone_for_people(household.phone) if household.phone else None,
        own=household.membership_id == by.membership_id,
        standing={one.purpose: one for one in given if one.ended_at is None},
        given=given,
        purposes=list(Purpose),
        draft=draft,
        fresh_id=new_id(),
    )


def _asking(
    request: Request, household: Household, purpose: Purpose, by: Actor, draft: Draft[Any]
) -> Response:
    own = household.membership_id == by.membership_id
    if not own:
        by.must_be(Role.RECORDER)
    return page(
        request,
        "farms/consent.html",
        status=draft.status,
        household=household,
        purpose=purpose,
        wording=wordings.current(purpose),
        own=own,
        in_app=Channel.IN_APP,
        draft=draft,
    )
