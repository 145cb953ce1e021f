"""Setting text on A4: the font, breaking lines, breaking pages, and writing them out as PDF.

Pages are collected first and written afterwards, because each of them says how many there are. ReportLab's own
tables were measured: 5,000 rows took minutes, because a table that breaks is laid out anew for every page.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import fontpkg_be_vietnam_pro
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = landscape(A4)
# Room for the holes of a binder; the rest as narrow as printers can.
LEFT: Final = 62.0
RIGHT: Final = WIDTH - 30
TOP: Final = HEIGHT - 58
BOTTOM: Final = 44.0
PLAIN: Final = "BeVietnamPro"
BOLD: Final = "BeVietnamPro-SemiBold"
_FILES: Final = {PLAIN: "BeVietnamPro-Regular.ttf", BOLD: "BeVietnamPro-SemiBold.ttf"}
SIZE: Final = 7.6
LEADING: Final = 10.4
_PAD: Final = 3.0
# A row that no page can hold is torn, but not for fewer lines than these.
_WORTH_IT: Final = 6
_INK: Final = 0.1
_GREY: Final = 0.42
_HAIR: Final = 0.4


class Text(NamedTuple):
    x: float
    y: float
    font: str
    size: float
    text: str
    grey: bool = False
    struck: bool = False


class Rule(NamedTuple):
    x: float
    y: float
    to_x: float
    to_y: float


Mark = Text | Rule


class Column(NamedTuple):
    """A column of a table: as wide as is said, or its share of what is left."""

    title: str
    share: float = 1
    points: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: paragraphs, and below them in bold what must not be overlooked."""

    paragraphs: tuple[str, ...]
    loud: tuple[str, ...] = ()
    struck: bool = False


@dataclass
class Paper:
    """The pages so far, and how far the last one is filled."""

    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def turn(self) -> None:
        self.pages.append([])
        self.y = TOP

    def keep_together(self, height: float) -> None:
        """Turn the page unless so much still fits."""
        if self.y - height < BOTTOM:
            self.turn()

    def space(self, height: float) -> None:
        self.y -= height

    def line(self, text: str, *, size: float = SIZE, bold: bool = False, grey: bool = False) -> None:
        """A paragraph over the whole width."""
        font = BOLD if bold else PLAIN
        for part in broken(text, font, size, RIGHT - LEFT):
            self.keep_together(size * 1.4)
            self.y -= size * 1.4
            self.pages[-1].append(Text(LEFT, self.y, font, size, part, grey))

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and values below each other, in two columns."""
        half, name_width = (RIGHT - LEFT) / 2, 128.0
        for left, right in zip(pairs[::2], [*pairs[1::2], ("", "")], strict=False):
            sides = [
                (LEFT + half * place, name, broken(value, PLAIN, SIZE + 1, half - name_width - 12))
                for place, (name, value) in enumerate((left, right))
            ]
            height = max(len(parts) for _, _, parts in sides) * 13.0
            self.keep_together(height)
            for x, name, parts in sides:
                self.pages[-1].append(Text(x, self.y - 10, PLAIN, SIZE, name, grey=True))
                for number, part in enumerate(parts):
                    self.pages[-1].append(
                        Text(x + name_width, self.y - 10 - 13 * number, PLAIN, SIZE + 1, part)
                    )
            self.y -= height

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Rows below a head that stands again on every page; a row longer than a page goes on over pages."""
        edges = _edges(columns)
        head = _set([Cell((), (column.title,)) for column in columns], edges)
        self.keep_together(_height(head) + 3 * LEADING)
        self._row(head, edges)
        longest = int((TOP - _height(head) - BOTTOM - 2 * _PAD) / LEADING)
        for row in rows:
            parts = _set(row, edges)
            while (lines := max(map(len, parts))) > (room := int((self.y - BOTTOM - 2 * _PAD) / LEADING)):
                if lines <= longest or room < _WORTH_IT:
                    self.turn()
                    self._row(head, edges)
                else:
                    self._row([part[:room] for part in parts], edges)
                    parts = [part[room:] for part in parts]
            self._row(parts, edges)

    def _row(self, parts: Sequence[Sequence[Text]], edges: Sequence[float]) -> None:
        page, height = self.pages[-1], _height(parts)
        for edge, cell in zip(edges, parts, strict=False):
            for number, text in enumerate(cell):
                page.append(text._replace(x=edge + _PAD, y=self.y - _PAD - LEADING * (number + 0.78)))
        for y in (self.y, self.y - height):
            page.append(Rule(edges[0], y, edges[-1], y))
        for edge in edges:
            page.append(Rule(edge, self.y, edge, self.y - height))
        self.y -= height

    def written(self, *, title: str, margins: Callable[[int, int], Sequence[Mark]]) -> bytes:
        """The pages as PDF; `margins` says what stands around page x of y."""
        _register()
        out = io.BytesIO()
        # Without a first font of ours, every page would name Helvetica, which is embedded nowhere.
        first: Any = PLAIN  # the types of the library call it a number
        canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, initialFontName=first)
        canvas.setTitle(title)
        canvas.setLineWidth(_HAIR)
        for number, page in enumerate(self.pages, start=1):
            for mark in (*page, *margins(number, len(self.pages))):
                _draw(canvas, mark)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


def _draw(canvas: Canvas, mark: Mark) -> None:
    if isinstance(mark, Rule):
        canvas.setStrokeGray(_GREY)
        canvas.setLineWidth(_HAIR)
        canvas.line(*mark)
        return
    canvas.setFillGray(_GREY if mark.grey or mark.struck else _INK)
    canvas.setFont(mark.font, mark.size)
    canvas.drawString(mark.x, mark.y, mark.text)
    if mark.struck and mark.text:
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(0.6)
        y = mark.y + mark.size * 0.28
        canvas.line(mark.x, y, mark.x + width(mark.text, mark.font, mark.size), y)


def _edges(columns: Sequence[Column]) -> list[float]:
    left = RIGHT - LEFT - sum(column.points for column in columns)
    shares = sum(column.share for column in columns if not column.points)
    x, edges = LEFT, [LEFT]
    for column in columns:
        x += column.points or left * column.share / shares
        edges.append(x)
    return edges


def _set(row: Sequence[Cell], edges: Sequence[float]) -> list[list[Text]]:
    """The lines of each cell, still without a place."""
    set_: list[list[Text]] = []
    for cell, left, right in zip(row, edges, edges[1:], strict=False):
        set_.append(
            [
                Text(0, 0, font, SIZE, part, struck=cell.struck)
                for font, paragraphs in ((PLAIN, cell.paragraphs), (BOLD, cell.loud))
                for paragraph in paragraphs
                for part in broken(paragraph, font, SIZE, right - left - 2 * _PAD)
            ]
        )
    return set_


def _height(parts: Sequence[Sequence[Text]]) -> float:
    return max(1, *map(len, parts)) * LEADING + 2 * _PAD


def broken(text: str, font: str, size: float, room: float) -> list[str]:
    """The text in lines that fit, broken between words; a word longer than a line is broken where it must."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line, used, blank = "", 0.0, width(" ", font, size)
        for word in paragraph.split():
            for piece in _pieces(word, font, size, room):
                wide = width(piece, font, size)
                if line and used + blank + wide > room:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = (f"{line} {piece}", used + blank + wide) if line else (piece, wide)
        lines.append(line)
    return lines


def _pieces(word: str, font: str, size: float, room: float) -> list[str]:
    if width(word, font, size) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if width(pieces[-1] + letter, font, size) > room and pieces[-1]:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=20_000)
def width(text: str, font: str, size: float) -> float:
    """Cached: a diary says the same words again and again, and nearly all the time goes into this."""
    _register()
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache
def _register() -> None:
    """The parts of the font that a document uses are embedded in it, with what they stand for."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(fontpkg_be_vietnam_pro.ROOT / "files" / file)))
