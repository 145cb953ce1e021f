"""Pages of site work: what was done beside the crops, book by book."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import col
from starlette.responses import Response

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.farms import queries as farms
from trace.kit.doors import Language, Now, Reads
from trace.kit.forms import blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Paging
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.records import memory, privacy, queries, timeline
from trace.records.kinds import SITE_COMMANDS
from trace.records.models import Kind, Record
from trace.records.privacy import Circle
from trace.records.writing import Sent, common, site_form

router = APIRouter(include_in_schema=False)


@router.get("/app/site")
def books(
    request: Request,
    by: By,
    db: Reads,
    now: Now,
    begins: Annotated[uuid.UUID | None, Query(alias="from")] = None,
    book: str | None = None,
) -> Response:
    """Newest first, all books or one."""
    shelf = [kind for kind in SITE_COMMANDS if privacy.may_read(by, kind)]
    chosen = book if book in shelf else None
    start = queries.access_record(db, by, begins) if begins else None
    of_book = [col(Record.kind) == chosen] if chosen else [col(Record.kind) != Kind.RETRACTION]
    lines, following = timeline.page_of(
        db, *queries.of_the_site(by), *of_book, asked=Paging(), to=by, start=start
    )
    return page(
        request,
        "records/site.html",
        shelf=shelf,
        private=[kind for kind in shelf if privacy.of_kind(kind) == Circle.MANAGERS],
        book=chosen,
        lines=lines,
        following=following,
        begins=begins,
        places={one.id: one.code for one in farms.plots(db, by)},
        **common(now),
    )


@router.get("/app/site/{kind}")
def site_work(request: Request, by: By, kind: str, db: Reads, now: Now, language: Language) -> Response:
    by.must_be(_writer_of(kind))
    draft = blank(language, id=new_id(), happened_at=now, **memory.first_values(kind, [], None))
    return site_form(request, db, by, kind, draft, now=now, language=language)


@router.post("/app/site/{kind}")
def write_site_work(sent: Sent, kind: str) -> Response:
    sent.by.must_be(_writer_of(kind))
    draft, photo_ids = sent.bound(kind)
    if sent.carried_out(draft):
        return go("/app/site", flash=N_("Saved in the books of the site."))
    return site_form(
        sent.request,
        sent.db,
        sent.by,
        kind,
        draft,
        now=sent.now,
        language=sent.language,
        photo_ids=photo_ids,
    )


def _writer_of(kind: str) -> Role:
    if kind not in SITE_COMMANDS:
        raise NotFound
    return Role.MANAGER if privacy.of_kind(kind) == Circle.MANAGERS else Role.RECORDER
