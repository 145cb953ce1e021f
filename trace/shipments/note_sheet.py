"""The delivery note on paper: what stands on its pages."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from babel import Locale as BabelLocale

from trace.accounts.rules import phone_for_people
from trace.batches.operation_rules import total
from trace.batches.rules import Amount
from trace.batches.unit_models import UnitKind
from trace.batches.unit_queries import Packed
from trace.kit import figures, paper
from trace.kit.paper import Cell, Code, Column, Mark, Paper
from trace.kit.qr import matrix
from trace.kit.shortcodes import display
from trace.kit.translation import N_, Locale, say
from trace.shipments.note_queries import Lot, Note

_TITLE: Final = N_("Delivery note with origin")
_EDGE: Final = 104.0
_BESIDE: Final = _EDGE + 16
_NAMES: Final = 78.0
_WHOLE: Final = 100
_SIGNED: Final = (N_("Sender"), N_("Driver"), N_("Receiver"))


def sheet(note: Note, address: str, invitation: str, locale: Locale, *, vehicle: bool) -> bytes:
    """As PDF; the QR code leads to `address`, and `invitation` says what for. The plate is not for everybody."""
    made = Paper(paper.PORTRAIT)
    _head(made, note, address, invitation, locale)
    made.facts(
        [(say(label, locale), value) for label, value in _facts(note, locale, vehicle=vehicle)],
        name_width=_NAMES,
    )
    made.space(10)
    _lots(made, note, locale)
    if note.units:
        made.space(12)
        _units(made, note.units, locale)
    made.space(10)
    made.line(say(N_("This note does not replace the invoice."), locale), grey=True)
    made.space(14)
    made.signatures([say(who, locale) for who in _SIGNED], say(N_("time, signature, full name"), locale))
    return made.written(
        title=f"{say(_TITLE, locale)} {display(note.sent.code)}",
        margins=lambda page, of: _frame(made, note, page, of, locale),
    )


def _head(made: Paper, note: Note, address: str, invitation: str, locale: Locale) -> None:
    """The title, with the QR code and what it is for at the right."""
    sheet, top = made.sheet, made.y
    made.pages[0].append(Code(sheet.right - _EDGE, top - _EDGE, _EDGE, matrix(address)))
    made.line(say(_TITLE, locale), size=17, bold=True, short=_BESIDE)
    made.line(display(note.sent.code), size=15, bold=True, short=_BESIDE)
    made.space(4)
    if note.sender.illustration:
        words = N_("Illustration: the cooperative and everybody in it are made up.")
        made.line(say(words, locale), bold=True, short=_BESIDE)
    if note.sent.taken_back_by_id:
        words = N_("Taken back: this shipment was written by mistake, nothing of it counts.")
        made.line(say(words, locale), size=10, bold=True, short=_BESIDE)
    made.space(6)
    made.line(say(invitation, locale), size=8.5, short=_BESIDE)
    made.y = min(made.y, top - _EDGE) - 10


def _facts(note: Note, locale: Locale, *, vehicle: bool) -> Iterator[tuple[str, str]]:
    """Of both sides, a line of one beside the same of the other; below them how it travelled."""
    it, buyer, told = note.sender, note.sent.partner, note.sent.shipment
    yield N_("Seller"), it.name
    yield N_("Buyer"), buyer.name
    yield N_("Address"), ", ".join(part for part in (it.street, it.commune_label) if part)
    yield N_("Address"), ", ".join(part for part in (buyer.street, buyer.commune_label) if part) or "–"
    yield N_("Tax code"), f"MINH HỌA {it.tax_code}" if it.illustration else it.tax_code
    yield N_("Tax code"), buyer.tax_code or "–"
    yield N_("Telephone"), phone_for_people(it.hotline)
    yield N_("Left on"), figures.moment(note.sent.operation.happened_at, locale)
    if told.document:
        yield N_("Invoice, order"), told.document
    if vehicle and told.vehicle:
        yield N_("Vehicle"), told.vehicle
    if told.temperature is not None:
        yield N_("Temperature"), f"{figures.number(told.temperature, locale)} °C"
    if told.seal:
        yield N_("Seal"), told.seal


def _lots(made: Paper, note: Note, locale: Locale) -> None:
    columns = [
        Column("", points=20),
        Column(say(N_("Product, lot, code on the label"), locale), 1),
        Column(say(N_("Where it comes from"), locale), 1.3),
        Column(say(N_("Days"), locale), points=104),
        Column("kg", points=50, to_right=True),
        Column(say(N_("Pieces"), locale), points=46, to_right=True),
    ]
    whole = total([Amount(lot.line.kg, lot.line.pieces) for lot in note.lots])
    rows = [_row(number, lot, locale) for number, lot in enumerate(note.lots, start=1)]
    sums = [Cell(()), Cell((), (say(N_("Together"), locale),)), Cell(()), Cell(())]
    made.table(columns, [*rows, [*sums, *(Cell((), (one,)) for one in _amount(whole, locale))]])


def _row(number: int, lot: Lot, locale: Locale) -> list[Cell]:
    line = lot.line
    return [
        Cell((str(number),)),
        Cell((line.product, display(lot.code)), (line.lot_code,)),
        Cell(tuple(_origin(lot, locale))),
        Cell(tuple(_days(lot, locale))),
        *(Cell((one,)) for one in _amount(Amount(line.kg, line.pieces), locale)),
    ]


def _amount(amount: Amount, locale: Locale) -> tuple[str, str]:
    pieces = "–" if amount.pieces is None else figures.number(amount.pieces, locale)
    return figures.number(amount.kg, locale), pieces


def _origin(lot: Lot, locale: Locale) -> Iterator[str]:
    yield BabelLocale.parse(locale).territories.get(lot.country, lot.country)
    for place in lot.places:
        plots = ", ".join(
            name if percent == _WHOLE else f"{name} {percent} %" for name, percent in place.plots
        )
        yield f"{plots}: {', '.join(part for part in (place.area, place.puc, place.commune) if part)}"
    for one in lot.bought:
        who = [one.supplier] if one.supplier else []
        theirs = [say(N_("supplier's lot {lot}"), locale, lot=one.their_lot)] if one.their_lot else []
        said = ", ".join([*who, *theirs]) or say(N_("from a supplier"), locale)
        yield said if one.percent == _WHOLE else f"{said}: {one.percent} %"


def _days(lot: Lot, locale: Locale) -> Iterator[str]:
    if lot.harvested:
        first, last = (figures.day(one, locale) for one in lot.harvested)
        yield say(N_("Harvested: {days}"), locale, days=first if first == last else f"{first} – {last}")
    told: tuple[tuple[str, date | None], ...] = (
        (N_("Packed: {day}"), lot.packed_on),
        (N_("Best before: {day}"), lot.best_before),
    )
    for words, day in told:
        if day:
            yield say(words, locale, day=day)


def _units(made: Paper, units: tuple[Packed, ...], locale: Locale) -> None:
    made.keep_together(6 * paper.LEADING)
    made.line(say(N_("Boxes and pallets"), locale), size=10, bold=True)
    made.space(4)
    columns = [
        Column(say(N_("Box, pallet"), locale), points=54),
        Column(say(N_("Code"), locale), points=62),
        Column("SSCC", points=118),
        Column(say(N_("Contents"), locale), 1),
        Column("kg", points=50, to_right=True),
        Column(say(N_("Pieces"), locale), points=46, to_right=True),
    ]
    made.table(columns, [_unit(one, locale) for one in units])


def _unit(one: Packed, locale: Locale) -> list[Cell]:
    whole = total([Amount(part.kg, part.pieces) for part in one.contents])
    is_pallet = one.unit.kind == UnitKind.PALLET
    if is_pallet:
        boxes = len({part.box_id for part in one.contents})
        holds = [say(N_("boxes: {count}"), locale, count=boxes)]
    else:
        holds = [_part(part.lot_code, Amount(part.kg, part.pieces), locale) for part in one.contents]
    return [
        Cell((say(N_("Pallet") if is_pallet else N_("Box"), locale),)),
        Cell((display(one.unit.code),)),
        Cell((f"(00) {one.unit.sscc}" if one.unit.sscc else "–",)),
        Cell(tuple(holds)),
        *(Cell((said,)) for said in _amount(whole, locale)),
    ]


def _part(lot_code: str, amount: Amount, locale: Locale) -> str:
    return f"{lot_code}: {figures.number(amount.kg, locale)} kg"


def _frame(made: Paper, note: Note, page: int, of: int, locale: Locale) -> list[Mark]:
    written = say(N_("made {moment}"), locale, moment=note.made_at)
    place = say(N_("page {page} of {of}"), locale, page=page, of=of)
    title = f"{say(_TITLE, locale)} · {display(note.sent.code)}"
    return made.frame((note.sender.name, title), ("", f"{written} · {place}"))
