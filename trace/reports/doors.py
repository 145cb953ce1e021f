"""How a route takes in which diary is asked for, and how a finished book leaves: saved, in nobody's cache."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import Depends, Query
from starlette.responses import Response

from trace.accounts.doors import By
from trace.kit.clock import in_vietnam
from trace.kit.doors import Now, Reads
from trace.kit.downloads import saved
from trace.kit.translation import Locale
from trace.places.rules import fold
from trace.reports import queries
from trace.reports.book import book
from trace.reports.queries import Diary
from trace.reports.spreadsheet import TYPE, spreadsheet

Format = Literal["pdf", "xlsx"]
MEDIA_TYPES: Final[dict[Format, str]] = {"pdf": "application/pdf", "xlsx": TYPE}
_MAKERS: Final[dict[Format, Callable[[Diary, Locale], bytes]]] = {"pdf": book, "xlsx": spreadsheet}


@dataclass(frozen=True)
class Copy:
    """For whom the copy is."""

    people: Annotated[
        bool, Query(description="With the private book about people and with prices; for managers alone.")
    ] = False


def _diary(by: By, cycle_id: uuid.UUID, copy: Annotated[Copy, Depends()], db: Reads, now: Now) -> Diary:
    return queries.diary(db, by, cycle_id, people=copy.people, now=now)


Wanted = Annotated[Diary, Depends(_diary)]


def made(diary: Diary, format_: Format, locale: Locale) -> bytes:
    return _MAKERS[format_](diary, locale)


def file_name(diary: Diary, format_: Format) -> str:
    """Such as nhat-ky-nm-a1-thu-dong-2026-20261110.pdf."""
    return f"nhat-ky-{plain(diary.name)}-{in_vietnam(diary.made_at):%Y%m%d}.{format_}"


def plain(name: str) -> str:
    """In letters that every computer can write into the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


def answer(diary: Diary, format_: Format, locale: Locale) -> Response:
    return saved(made(diary, format_, locale), MEDIA_TYPES[format_], file_name(diary, format_))
