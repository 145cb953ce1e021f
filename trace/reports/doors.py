"""How a finished book leaves: as a file to be saved, in nobody's cache."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, Literal
from urllib.parse import quote

from fastapi import Query
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.kit.clock import in_vietnam
from trace.kit.translation import Locale
from trace.places.rules import fold
from trace.reports import queries
from trace.reports.book import book
from trace.reports.queries import Diary
from trace.reports.spreadsheet import TYPE, spreadsheet

Format = Literal["pdf", "xlsx"]
People = Annotated[
    bool, Query(description="With the private book about people and with prices; for managers alone.")
]
MEDIA_TYPES: Final[dict[Format, str]] = {"pdf": "application/pdf", "xlsx": TYPE}
_MAKERS: Final[dict[Format, Callable[[Diary, Locale], bytes]]] = {"pdf": book, "xlsx": spreadsheet}


def made(diary: Diary, format_: Format, locale: Locale) -> bytes:
    return _MAKERS[format_](diary, locale)


def file_name(diary: Diary, format_: Format) -> str:
    """In letters that every computer can write: nhat-ky-nm-a1-thu-dong-2026-20261110.pdf."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(diary.name).lower()).strip("-")
    return f"nhat-ky-{name}-{in_vietnam(diary.made_at):%Y%m%d}.{format_}"


def answer(
    db: Session,
    by: Actor,
    cycle_id: uuid.UUID,
    format_: Format,
    locale: Locale,
    *,
    people: bool,
    now: datetime,
) -> Response:
    diary = queries.diary(db, by, cycle_id, people=people, now=now)
    return Response(
        made(diary, format_, locale),
        media_type=MEDIA_TYPES[format_],
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{quote(file_name(diary, format_))}"',
        },
    )
