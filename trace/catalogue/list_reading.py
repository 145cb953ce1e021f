"""Spreadsheets as they come in: bounded before anything is unpacked, and never worked out."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from openpyxl import load_workbook

from trace.catalogue.list_rules import Reading, read
from trace.kit.problems import Fault, Malformed
from trace.kit.translation import N_

LIMIT_MB: Final = 10
_UNPACKED_MB: Final = 80
_PARTS: Final = 500
ROWS: Final = 20_000
_COLUMNS: Final = 40
_SHEETS: Final = 20


class NotAListError(ValueError):
    """The file cannot be read as a list; the sentence is an English msgid."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def read_file(content: bytes, *, field: str) -> Reading:
    """What a spreadsheet or a CSV file says; raises Malformed that names `field` when it is no list."""
    try:
        found = _read(content)
    except NotAListError as error:
        raise Malformed([Fault(field, error.message, error.values, "list")]) from error
    return found


def _read(content: bytes) -> Reading:
    if not content.strip():
        raise NotAListError(N_("Choose the spreadsheet of the list: .xlsx or .csv."))
    if len(content) > LIMIT_MB * 1024 * 1024:
        raise NotAListError(N_("This file is larger than {limit_mb} MB."), limit_mb=LIMIT_MB)
    sheets = _workbook(content) if content.startswith(b"PK") else iter([_table(content)])
    for sheet in islice(sheets, _SHEETS):
        found = read(_bounded(sheet))
        if found.found_header:
            if not found.rows:
                raise NotAListError(N_("The list has no lines below the names of its columns."))
            return found
    raise NotAListError(
        N_(
            "No line names the columns. One of the first lines must say “Hoạt chất” or “Tên thương phẩm”, "
            "and next to it for example “Đối tượng phòng trừ”."
        )
    )


def _bounded(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows, 1):
        if number > ROWS:
            raise NotAListError(N_("The sheet has more than {limit} rows."), limit=ROWS)
        yield row[:_COLUMNS]


def _workbook(content: bytes) -> Iterator[Iterator[Sequence[object]]]:
    """The sheets of an .xlsx file, as values: what a formula once came to, or nothing."""
    _must_unpack_small(content)
    # Whatever is wrong inside, a damaged file is all that the person can do something about.
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield _values(sheet.iter_rows(max_col=_COLUMNS, values_only=True))
    except NotAListError:
        raise
    except Exception as error:
        raise NotAListError(
            N_("This spreadsheet cannot be opened. Save it again as .xlsx or .csv.")
        ) from error


def _values(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    try:
        yield from rows
    except Exception as error:
        raise NotAListError(
            N_("This spreadsheet cannot be opened. Save it again as .xlsx or .csv.")
        ) from error


def _must_unpack_small(content: bytes) -> None:
    """A few kilobytes can unpack to gigabytes; zipfile never reads more of a part than its header declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotAListError(
            N_("This spreadsheet cannot be opened. Save it again as .xlsx or .csv.")
        ) from error
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED_MB * 1024 * 1024:
        raise NotAListError(N_("This spreadsheet unpacks to more than a list can be."))


def _table(content: bytes) -> Iterator[Sequence[object]]:
    """A CSV file as Excel or a text editor writes it: UTF-8 or UTF-16, commas, semicolons or tabs."""
    text = _decoded(content)
    if "\0" in text:
        raise NotAListError(N_("This is neither an .xlsx nor a .csv file."))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    except csv.Error as error:
        raise NotAListError(N_("This is neither an .xlsx nor a .csv file.")) from error


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAListError(
            N_("The letters of this file cannot be read. Save it as .xlsx, or as CSV in UTF-8.")
        ) from error


def _delimiter(text: str) -> str:
    first = text[:4000]
    return max(",;\t", key=first.count)
