"""Books and spreadsheets as they are read back."""

import io
from typing import Any

from httpx2 import Response
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from tests.people import Door


def fetched(door: Door, crop: Any, ending: str, language: str = "", **query: str) -> Response:
    """The answer to whoever presses the button on the page of a cycle."""
    if language:
        door.cookies.set("lang", language)
    return door.get(f"/app/cycles/{crop['id']}/book.{ending}", params=query)


def pdf(answer: Response) -> PdfReader:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return PdfReader(io.BytesIO(answer.content))


def words(book: PdfReader) -> str:
    """Everything that can be searched and copied, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in book.pages).split())


def workbook(answer: Response) -> Workbook:
    assert answer.status_code == 200, answer.text
    return load_workbook(io.BytesIO(answer.content))


def rows(made: Workbook, number: int) -> list[dict[str, Any]]:
    """The rows of the book of this number, by the titles of their columns."""
    (sheet,) = (sheet for sheet in made.worksheets if sheet.title.startswith(f"{number} "))
    head, *found = sheet.iter_rows(values_only=True)
    return [dict(zip((str(title) for title in head), row, strict=False)) for row in found]
