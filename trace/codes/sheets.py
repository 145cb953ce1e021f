"""Labels as PDF: sheets of A4 or rolls, drawn as vectors, with the letters of the font that they use.

What all labels of a run share is written once and shown on each; a label of its own costs its code and its letters.
"""

import io
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from trace.codes.laying import POINTS, Laid, Words
from trace.codes.stationery import Grid
from trace.kit.paper import PLAIN, register
from trace.kit.qr import Matrix, dark_runs, dots_that_fit

# A laser printer's: modules are whole dots of it, and so of one with half as many.
_DPI: Final = 600
_SHARED: Final = "label"
_TICK: Final = 5.0


class One(NamedTuple):
    """A label of its own: its code as modules, as the text in them, and as letters for people."""

    matrix: Matrix
    text: str
    letters: str


class Shift(NamedTuple):
    """How far, in millimetres, the printer puts everything too far to the left and too high."""

    x: float = 0
    y: float = 0


STRAIGHT: Final = Shift()


def pdf(
    grid: Grid, laid: Laid, labels: Iterable[One], *, title: str, start: int = 1, shift: Shift = STRAIGHT
) -> bytes:
    """All labels, the first at place `start` of the first sheet; on a roll every row is a page."""
    out = io.BytesIO()
    canvas = _canvas(out, grid, title)
    _share(canvas, grid, laid)
    places = list(grid.places())
    taken = iter(labels)
    page = list(islice(taken, len(places) - start + 1))
    free = places[start - 1 :]
    while page:
        for (x, y), one in zip(free, page, strict=False):
            _draw(canvas, grid, laid, one, x + shift.x, y + shift.y)
        canvas.showPage()
        page, free = list(islice(taken, len(places))), places
    canvas.save()
    return out.getvalue()


def calibration(grid: Grid, *, title: str, said: Iterable[str], shift: Shift = STRAIGHT) -> bytes:
    """The outlines of all labels with a cross at the first: laid over a sheet of labels, it shows the offset."""
    out = io.BytesIO()
    canvas = _canvas(out, grid, title)
    canvas.setLineWidth(0.3)
    for x, y in grid.places():
        left, low = (x + shift.x) * POINTS, (grid.height - y - shift.y - grid.label.height) * POINTS
        canvas.rect(left, low, grid.label.width * POINTS, grid.label.height * POINTS)
    first_x, first_y = next(grid.places())
    x, y = (first_x + shift.x + 2) * POINTS, (grid.height - first_y - shift.y - 2) * POINTS
    for millimetre in range(11):
        long = _TICK if millimetre % 5 == 0 else _TICK / 2
        canvas.line(x + millimetre * POINTS, y, x + millimetre * POINTS, y - long)
        canvas.line(x, y - millimetre * POINTS, x + long, y - millimetre * POINTS)
    canvas.setFont(PLAIN, 6)
    for number, line in enumerate(said):
        canvas.drawString(x + 4 * POINTS, y - (4 + 2.6 * number) * POINTS, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _canvas(out: io.BytesIO, grid: Grid, title: str) -> Canvas:
    register()
    # Without a first font of ours, every page would name Helvetica, which is embedded nowhere.
    first: Any = PLAIN  # the types of the library call it a number
    size = (grid.width * POINTS, grid.height * POINTS) if grid.is_roll else A4
    canvas = Canvas(out, pagesize=size, pageCompression=1, invariant=1, initialFontName=first)
    canvas.setTitle(title)
    # A viewer that scales “to fit” makes modules of unequal dots: ask it not to.
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def _share(canvas: Canvas, grid: Grid, laid: Laid) -> None:
    canvas.beginForm(_SHARED, 0, 0, grid.label.width * POINTS, grid.label.height * POINTS)
    for words in laid.words:
        _write(canvas, words, grid.label.height)
    canvas.endForm()


def _draw(canvas: Canvas, grid: Grid, laid: Laid, one: One, x: float, y: float) -> None:
    canvas.saveState()
    canvas.translate(x * POINTS, (grid.height - y - grid.label.height) * POINTS)
    canvas.doForm(_SHARED)
    _write(canvas, laid.code._replace(text=one.letters), grid.label.height)
    module = dots_that_fit(one.matrix, millimetres=laid.square.edge, dpi=_DPI) * 72 / _DPI
    spare = (laid.square.edge * POINTS - module * one.matrix.side) / 2
    canvas.translate(laid.square.x * POINTS + spare, (grid.label.height - laid.square.y) * POINTS - spare)
    canvas.scale(module, -module)
    canvas.drawPath(PDFPathObject([_path(one.matrix)]), stroke=0, fill=1)
    canvas.restoreState()


def _path(matrix: Matrix) -> str:
    """Rectangles of whole modules, counted downwards, in one path: painted at once they leave no seams."""
    return " ".join(f"{x} {y} {length} 1 re" for x, y, length in dark_runs(matrix))


def _write(canvas: Canvas, words: Words, height: float) -> None:
    canvas.setFont(words.font, words.size)
    canvas.drawString(words.x * POINTS, (height - words.y) * POINTS, words.text)
