"""The diary of a crop cycle as a spreadsheet: one sheet a book, in the order of the forms."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from trace.kit.clock import in_vietnam
from trace.kit.text import FORMULA
from trace.kit.translation import N_, Locale, say
from trace.records.facts import Fact
from trace.reports import telling
from trace.reports.book import site
from trace.reports.queries import Diary
from trace.reports.rules import SITE, Book, Entry, Filled, labels

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOMENT: Final = "dd/mm/yyyy hh:mm"
_DAY: Final = "dd/mm/yyyy"
_SHEET_NAME: Final = 31
_WIDTH: Final = 18


def spreadsheet(diary: Diary, locale: Locale) -> bytes:
    """The whole workbook. Rows are written one by one, so that a long diary takes little memory."""
    made = Workbook(write_only=True)
    sheet = _sheet(made, SITE, locale, columns=2)
    for label, value in site(diary, locale):
        sheet.append([_cell(sheet, say(label, locale), bold=True), _cell(sheet, value)])
    for filled in diary.books:
        _write(made, filled, locale)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _write(made: Workbook, filled: Filled, locale: Locale) -> None:
    entries = [entry for section in filled.sections for entry in section.entries]
    own = labels(entries)
    united = {name for name in own if _unit_of(entries, name) is None}
    head = list(_head(own, entries, locale))
    sheet = _sheet(made, filled.book, locale, columns=len(head))
    sheet.append([_cell(sheet, title, bold=True) for title in head])
    if not entries:
        sheet.append([_cell(sheet, say(N_("No entries."), locale))])
    for section in filled.sections:
        for entry in section.entries:
            values = _row(say(section.title, locale), entry, own, united, locale)
            sheet.append([_cell(sheet, value) for value in values])


def _head(own: dict[str, str], entries: Sequence[Entry], locale: Locale) -> Iterator[str]:
    yield from (say(title, locale) for title in (N_("Entry no."), N_("Work"), N_("When the work was done")))
    for name, label in own.items():
        unit = _unit_of(entries, name)
        yield f"{say(label, locale)} ({say(unit, locale)})" if unit else say(label, locale)
        if unit is None:
            unit_title = say(N_("unit"), locale)
            yield f"{say(label, locale)}: {unit_title}"
    yield from (
        say(title, locale)
        for title in (
            N_("Household"),
            N_("Written by"),
            N_("Note"),
            N_("Photos"),
            N_("Written"),
            N_("Received"),
            N_("Days late"),
            N_("Struck out"),
            N_("Corrections and marks"),
        )
    )


def _unit_of(entries: Sequence[Entry], name: str) -> str | None:
    """The one unit in which all of them say it; None when the rows differ."""
    units = {fact.unit for entry in entries for fact in entry.facts if fact.name == name}
    return units.pop() if len(units) == 1 else None


def _row(kind: str, entry: Entry, own: dict[str, str], united: set[str], locale: Locale) -> Iterator[Any]:
    stated = {fact.name: fact for fact in entry.facts}
    yield from (entry.number, kind, entry.done)
    for name in own:
        fact = stated.get(name)
        yield _value(fact, locale) if fact else None
        if name in united:
            yield say(fact.unit, locale) if fact and fact.unit else None
    yield from (
        entry.done_by,
        entry.written_by,
        entry.note,
        entry.photos,
        entry.written_at,
        entry.received_at,
    )
    yield entry.late_days
    yield say(N_("yes"), locale) if entry.struck else None
    yield "; ".join(telling.said(mark, locale) for mark in entry.marks)


def _value(fact: Fact, locale: Locale) -> Any:
    if isinstance(fact.value, tuple):
        return "; ".join(f"{one:f}" for one in fact.value)
    if isinstance(fact.value, str) and fact.ours:
        return say(fact.value, locale)
    return fact.value


def _sheet(made: Workbook, book: Book, locale: Locale, *, columns: int) -> Any:
    # The characters that a sheet's name may not have do not occur in ours.
    sheet = made.create_sheet(f"{book.number} {say(book.title, locale)}"[:_SHEET_NAME])
    sheet.freeze_panes = "A2"
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    return sheet


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Cell | None:
    """Numbers as exact numbers, days as days, and every text as text whatever it begins with."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return _formatted(sheet, in_vietnam(value).replace(tzinfo=None), _MOMENT)
    if isinstance(value, date):
        return _formatted(sheet, value, _DAY)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULA):
            cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def _formatted(sheet: Any, value: Any, shown_as: str) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = shown_as
    return cell
