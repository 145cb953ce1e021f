"""From a run to what a printer gets: the design, the words and every label's code, in the form that was asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat
from typing import Final, Literal

from sqlmodel import Session

from trace.batches.models import Batch
from trace.catalogue.models import Product
from trace.codes import content, run_queries, sheets, thermal
from trace.codes.addresses import batch_url, digital_link_url
from trace.codes.laying import Laid, lay
from trace.codes.models import PrintRun
from trace.codes.rules import Range
from trace.codes.sheets import One, Shift
from trace.codes.stationery import GRIDS, Grid, Stationery
from trace.kit import shortcodes
from trace.kit.problems import Refused
from trace.kit.qr import QUIET_ZONE, Level, alike, matrix
from trace.kit.translation import N_

Form = Literal["pdf", "tspl", "tspl-native", "zpl", "zpl-native"]
MEDIA_TYPES: Final[dict[Form, str]] = {
    "pdf": "application/pdf",
    "tspl": "application/octet-stream",
    "tspl-native": "application/octet-stream",
    "zpl": "text/plain; charset=utf-8",
    "zpl-native": "text/plain; charset=utf-8",
}
ENDINGS: Final[dict[Form, str]] = {
    "pdf": "pdf",
    "tspl": "prn",
    "tspl-native": "prn",
    "zpl": "zpl",
    "zpl-native": "zpl",
}
_OPEN_FOR: Final = timedelta(days=1)
# Four dots of a thermal printer. GS1 allows 0.396 mm at the till; a phone in a market hall wants more.
_SMALLEST_MODULE: Final = 0.5
# Stands in for a number that is given when it is printed; no label has it, because its check character is wrong.
SAMPLE: Final = "00000A0000"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Labels ready to be drawn; `labels` is read once."""

    grid: Grid
    laid: Laid
    said: content.Content
    labels: Iterable[One]
    start: int = 1
    shift: Shift = sheets.STRAIGHT


def is_open(run: PrintRun, *, now: datetime) -> bool:
    """Whether its file may still be fetched; later it is printed once more, with a reason."""
    return now - run.printed_at < _OPEN_FOR


def prepared(db: Session, run: PrintRun, public_url: str) -> Prepared:
    grid = GRIDS[Stationery(run.stationery)]
    batch = db.get_one(Batch, run.batch_id) if run.batch_id else None
    said = content.of_batch(db, batch) if batch else content.of_cooperative(db, run.cooperative_id)
    first = run.first or 1
    span = Range(first, first + run.count - 1)
    code = batch.code if batch else ""
    if run.has_serials:
        # All numbers are read here: the labels are drawn while the answer leaves, and then the database is gone.
        codes = list(run_queries.serials(db, run.reprints_id or run.id, span))
        texts = list(_texts(db, grid, batch, codes, public_url))
        labels: Iterable[One] = _with_numbers(grid, codes, texts)
        code = SAMPLE
    else:
        labels = repeat(_alike(db, grid, code, batch, public_url), run.count)
    shift = Shift(float(run.shift_x), float(run.shift_y))
    return Prepared(grid, _lay(grid, said, code), said, labels, run.start, shift)


def sample(
    db: Session,
    batch: Batch | None,
    stationery: Stationery,
    public_url: str,
    *,
    by_cooperative: content.Content,
    has_serials: bool,
) -> tuple[Prepared, One]:
    """One label as it will be printed, for the screen."""
    grid = GRIDS[stationery]
    said = content.of_batch(db, batch) if batch else by_cooperative
    code = batch.code if batch and not has_serials else SAMPLE
    one = _alike(db, grid, code, batch, public_url, has_serials=has_serials)
    return Prepared(grid, _lay(grid, said, code), said, [one]), one


def file(made: Prepared, form: Form, *, dpi: int, title: str) -> Iterator[bytes]:
    """In pieces, so that a long roll needs no more memory than a short one."""
    if form == "pdf":
        yield sheets.pdf(made.grid, made.laid, made.labels, title=title, start=made.start, shift=made.shift)
        return
    language = thermal.tspl if form.startswith("tspl") else thermal.zpl
    yield from language(made.grid, made.laid, made.labels, dpi=dpi, native=form.endswith("-native"))


def must_suit(grid: Grid, form: Form) -> None:
    if form != "pdf" and not grid.is_roll:
        raise Refused(N_("Sheets of A4 are printed from the PDF; this form is for rolls."), field="form")


def _lay(grid: Grid, said: content.Content, code: str) -> Laid:
    return lay(grid.label, content.written(said, grid.label), shortcodes.display(code))


def _alike(
    db: Session, grid: Grid, code: str, batch: Batch | None, public_url: str, *, has_serials: bool = False
) -> One:
    text = next(_texts(db, grid, batch, [code if has_serials else None], public_url))
    return One(matrix(text, level=_level(grid)), text, shortcodes.display(code))


def _with_numbers(grid: Grid, codes: Sequence[str], texts: Sequence[str]) -> Iterator[One]:
    for code, text, drawn in zip(codes, texts, alike(texts, level=_level(grid)), strict=True):
        yield One(drawn, text, shortcodes.display(code))


def _texts(
    db: Session, grid: Grid, batch: Batch | None, serials: Iterable[str | None], public_url: str
) -> Iterator[str]:
    """A GS1 Digital Link where there is a GTIN and it stays large enough to scan; otherwise our short address."""
    gtin = db.get_one(Product, batch.product_id).gtin if batch else None
    fits: bool | None = None
    for serial in serials:
        if batch and gtin and fits is not False:
            link = digital_link_url(public_url, gtin, batch.lot_code, serial)
            fits = _module(grid, link) >= _SMALLEST_MODULE if fits is None else fits
            if fits:
                yield link
                continue
        yield batch_url(public_url, serial or (batch.code if batch else ""))


def _module(grid: Grid, text: str) -> float:
    return grid.label.qr / (len(matrix(text, level=_level(grid)).rows) + 2 * QUIET_ZONE)


def _level(grid: Grid) -> Level:
    return "Q" if grid.label.wet else "M"
