"""Pages on which members see the cooperative's inputs and managers copy what labels say."""

import re
import uuid
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import inputs, list_queries, purchase_queries, queries, words
from trace.catalogue.models import Input, InputKind
from trace.catalogue.photo_fields import kept_photo, with_photo
from trace.catalogue.rules import CROPS
from trace.evidence.doors import Chosen
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_, Locale, say
from trace.places.rules import fold

router = APIRouter(prefix="/app/inputs", include_in_schema=False)

# Lines for intervals on an empty form, and so many more than there are on one that is filled in.
_LINES: Final = 4
_MORE_LINES: Final = 2
_LINE: Final = re.compile(r"intervals\.(\d{1,2})\.(crop|phi_days)")


@router.get("")
def show_inputs(request: Request, by: By, db: Reads, now: Now, q: str = "") -> Response:
    every = [one for one in queries.inputs(db, by, retired=True) if fold(q) in _searched(one)]
    return page(
        request,
        "catalogue/inputs.html",
        q=q,
        listings=list_queries.listings(db, by, every, on=day_in_vietnam(now)),
        kinds=words.INPUT_KINDS,
        icons_of=words.INPUT_ICONS,
        offered=[one for one in every if one.retired_at is None],
        retired=[one for one in every if one.retired_at],
    )


@router.get("/new")
def new_input(request: Request, by: By, language: Language, kind: str = "") -> Response:
    by.must_be(Role.MANAGER)
    return _form(request, blank(language, id=new_id(), kind=kind))


@router.post("/new")
def add_input(
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
    draft = bind(inputs.AddInput, form, language, **photo)
    draft = with_photo(draft, photo, problem)
    if made := carry_out(db, draft, lambda command: inputs.add_input(db, command, by=by, now=now)):
        return go(f"/app/inputs/{made.id}", flash=N_("The input was added."))
    return _form(request, draft)


@router.get("/{input_id}")
def show_input(request: Request, input_id: uuid.UUID, by: By, db: Reads, now: Now) -> Response:
    found = queries.access_input(db, by, input_id)
    return page(
        request,
        "catalogue/input.html",
        input=found,
        words=words,
        intervals=queries.intervals(db, [found.id]).get(found.id, []),
        listing=list_queries.listings(db, by, [found], on=day_in_vietnam(now)).get(found.id),
        purchases=purchase_queries.purchases_of(db, found.id),
        fresh_id=new_id(),
    )


@router.get("/{input_id}/edit")
def edit_input(request: Request, input_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    found = queries.access_input(db, by, input_id)
    facts: dict[str, Any] = found.model_dump(include=set(inputs.AddInput.model_fields) - {"id"})
    facts["kills_insects"] = {True: "true", False: "false"}.get(facts["kills_insects"])
    for number, one in enumerate(queries.intervals(db, [found.id]).get(found.id, [])):
        facts |= {f"intervals.{number}.crop": one.crop, f"intervals.{number}.phi_days": one.phi_days}
    return _form(request, blank(language, id=new_id(), **facts), changes=found)


@router.post("/{input_id}/edit")
def change_input(
    request: Request,
    input_id: uuid.UUID,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.MANAGER)
    found = queries.access_input(db, by, input_id)
    photo, problem = kept_photo(db, store, chosen, by=by, now=now)
    if "photo_off" in form and not photo:
        photo = {"photo_id": None}
    draft = bind(inputs.ChangeInput, form, language, input_id=input_id, **photo)
    draft = with_photo(draft, photo, problem)
    if carry_out(db, draft, lambda command: inputs.change_input(db, command, by=by, now=now)):
        return go(f"/app/inputs/{input_id}", flash=N_("Changed. What stood there before is kept."))
    return _form(request, draft, changes=found)


@router.post("/{input_id}/retire")
def retire_input(input_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    command = pressed(inputs.RetireInput, form, language, input_id=input_id)
    inputs.retire_input(db, command, by=by, now=now)
    return go("/app/inputs", flash=N_("The input is no longer offered. You can bring it back at any time."))


@router.post("/{input_id}/restore")
def restore_input(input_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    command = pressed(inputs.RestoreInput, form, language, input_id=input_id)
    inputs.restore_input(db, command, by=by, now=now)
    return go(f"/app/inputs/{input_id}", flash=N_("The input is offered again."))


def _searched(one: Input) -> str:
    """What a search looks through, without marks."""
    return fold(" ".join(filter(None, (one.trade_name, one.active_ingredient, one.composition, one.maker))))


def _form(request: Request, draft: Draft[Any], *, changes: Input | None = None) -> Response:
    kind = draft.values.get("kind", "")
    if kind not in words.INPUT_KINDS:
        if changes is None and draft.status == 200:
            return page(
                request, "catalogue/input_kinds.html", kinds=words.INPUT_KINDS, icons_of=words.INPUT_ICONS
            )
        # The fullest form, so that nothing that was typed is lost.
        kind = changes.kind if changes else InputKind.PESTICIDE.value
    numbers = [int(place[1]) for place in map(_LINE.fullmatch, draft.values) if place]
    filled = [number for number in numbers if draft.values.get(f"intervals.{number}.crop")]
    return page(
        request,
        "catalogue/input_form.html",
        status=draft.status,
        draft=draft,
        input=changes,
        kind=kind,
        kinds=words.INPUT_KINDS,
        units=_choices(words.UNITS, draft.locale),
        measures=_choices(words.MEASURES, draft.locale),
        pesticide=kind == InputKind.PESTICIDE,
        lines=max(_LINES, 1 + max(numbers, default=0), 1 + _MORE_LINES + max(filled, default=0)),
        crops=CROPS,
    )


def _choices(named: dict[str, str], language: Locale) -> list[tuple[str, str]]:
    return [(value, say(name, language)) for value, name in named.items()]
