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

from trace.kit.qr import Matrix, dark_runs

PLAIN: Final = "BeVietnamPro"
BOLD: Final = "BeVietnamPro-SemiBold"
FILES: Final = {PLAIN: "BeVietnamPro-Regular.ttf", BOLD: "BeVietnamPro-SemiBold.ttf"}
SIZE: Final = 7.6
LEADING: Final = 10.4
_PAD: Final = 3.0
# A row that no page can hold is torn, but not for fewer lines than these.
_WORTH_IT: Final = 6
_INK: Final = 0.1
_GREY: Final = 0.42
_HAIR: Final = 0.4


class Sheet(NamedTuple):
    """How a page lies, and the room on it between its margins, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


def _sheet(width: float, height: float) -> Sheet:
    """Room for the holes of a binder on the left; the rest as narrow as printers can."""
    return Sheet(width, height, 62, width - 30, height - 58, 44)


LANDSCAPE: Final = _sheet(*landscape(A4))
PORTRAIT: Final = _sheet(*A4)


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


class Code(NamedTuple):
    """A QR code with its light margin, from its lower left corner."""

    x: float
    y: float
    edge: float
    matrix: Matrix


Mark = Text | Rule | Code


class Column(NamedTuple):
    """A column of a table: as wide as is said, or its share of what is left."""

    title: str
    share: float = 1
    points: float = 0
    to_right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: paragraphs, and below them in bold what must not be overlooked."""

    paragraphs: tuple[str, ...]
    loud: tuple[str, ...] = ()
    struck: bool = False


@dataclass
class Paper:
    """The pages so far, and how far the last one is filled."""

    sheet: Sheet = LANDSCAPE
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    y: float = field(init=False)

    def __post_init__(self) -> None:
        self.y = self.sheet.top

    def turn(self) -> None:
        self.pages.append([])
        self.y = self.sheet.top

    def keep_together(self, height: float) -> None:
        """Turn the page unless so much still fits."""
        if self.y - height < self.sheet.bottom:
            self.turn()

    def space(self, height: float) -> None:
        self.y -= height

    def line(
        self, text: str, *, size: float = SIZE, bold: bool = False, grey: bool = False, short: float = 0
    ) -> None:
        """A paragraph over the whole width, or so much short of it."""
        font = BOLD if bold else PLAIN
        for part in broken(text, font, size, self.sheet.right - self.sheet.left - short):
            self.keep_together(size * 1.4)
            self.y -= size * 1.4
            self.pages[-1].append(Text(self.sheet.left, self.y, font, size, part, grey))

    def facts(self, pairs: Sequence[tuple[str, str]], *, name_width: float = 128) -> None:
        """Names and values below each other, in two columns."""
        half = (self.sheet.right - self.sheet.left) / 2
        for left, right in zip(pairs[::2], [*pairs[1::2], ("", "")], strict=False):
            sides = [
                (self.sheet.left + half * place, name, broken(value, PLAIN, SIZE + 1, half - name_width - 12))
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
        edges, bottom = _edges(columns, self.sheet), self.sheet.bottom
        head = _set([Cell((), (column.title,)) for column in columns], columns, edges)
        self.keep_together(_height(head) + 3 * LEADING)
        self._row(head, edges)
        longest = int((self.sheet.top - _height(head) - bottom - 2 * _PAD) / LEADING)
        for row in rows:
            parts = _set(row, columns, edges)
            while (lines := max(map(len, parts))) > (room := int((self.y - bottom - 2 * _PAD) / LEADING)):
                if lines <= longest or room < _WORTH_IT:
                    self.turn()
                    self._row(head, edges)
                else:
                    self._row([part[:room] for part in parts], edges)
                    parts = [part[room:] for part in parts]
            self._row(parts, edges)

    def signatures(self, who: Sequence[str], hint: str) -> None:
        """A place for each to sign, beside each other."""
        self.keep_together(84)
        room = (self.sheet.right - self.sheet.left) / len(who)
        for place, name in enumerate(who):
            x = self.sheet.left + room * place
            self.pages[-1] += [
                Text(x, self.y - 10, BOLD, 8.5, name),
                Text(x, self.y - 22, PLAIN, 7, hint, grey=True),
                Rule(x, self.y - 78, x + room - 24, self.y - 78),
            ]
        self.y -= 84

    def frame(self, above: tuple[str, str], below: tuple[str, str]) -> list[Mark]:
        """What stands at the top and at the bottom of a page, left and right; a long one on the left is cut."""
        head, foot, sheet = self.sheet.height - 34, 26.0, self.sheet
        marks: list[Mark] = []
        for y, (left, right), font, size in ((head, above, BOLD, 8.0), (foot, below, PLAIN, 7.5)):
            room = sheet.right - sheet.left - width(right, PLAIN, 7.5) - 12
            lines = broken(left, font, size, room)
            cut = f"{lines[0]} …" if len(lines) > 1 else lines[0]
            marks.append(Text(sheet.left, y, font, size, cut))
            marks.append(Text(sheet.right - width(right, PLAIN, 7.5), y, PLAIN, 7.5, right))
        for y in (head - 7, foot + 11):
            marks.append(Rule(sheet.left, y, sheet.right, y))
        return marks

    def _row(self, parts: Sequence[Sequence[Text]], edges: Sequence[float]) -> None:
        page, height = self.pages[-1], _height(parts)
        for edge, cell in zip(edges, parts, strict=False):
            for number, text in enumerate(cell):
                page.append(text._replace(x=edge + text.x, y=self.y - _PAD - LEADING * (number + 0.78)))
        for y in (self.y, self.y - height):
            page.append(Rule(edges[0], y, edges[-1], y))
        for edge in edges:
            page.append(Rule(edge, self.y, edge, self.y - height))
        self.y -= height

    def written(self, *, title: str, margins: Callable[[int, int], Sequence[Mark]]) -> bytes:
        """The pages as PDF; `margins` says what stands around page x of y."""
        register()
        out = io.BytesIO()
        # Without a first font of ours, every page would name Helvetica, which is embedded nowhere.
        first: Any = PLAIN  # the types of the library call it a number
        canvas = Canvas(out, pagesize=self.sheet[:2], pageCompression=1, invariant=1, initialFontName=first)
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
    if isinstance(mark, Code):
        _draw_code(canvas, mark)
        return
    canvas.setFillGray(_GREY if mark.grey or mark.struck else _INK)
    canvas.setFont(mark.font, mark.size)
    canvas.drawString(mark.x, mark.y, mark.text)
    if mark.struck and mark.text:
        canvas.setStrokeGray(_INK)
        canvas.setLineWidth(0.6)
        y = mark.y + mark.size * 0.28
        canvas.line(mark.x, y, mark.x + width(mark.text, mark.font, mark.size), y)


def _draw_code(canvas: Canvas, code: Code) -> None:
    module = code.edge / code.matrix.side
    path = canvas.beginPath()
    for x, y, length in dark_runs(code.matrix):
        path.rect(code.x + x * module, code.y + code.edge - (y + 1) * module, length * module, module)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def _edges(columns: Sequence[Column], sheet: Sheet) -> list[float]:
    left = sheet.right - sheet.left - sum(column.points for column in columns)
    shares = sum(column.share for column in columns if not column.points)
    x, edges = sheet.left, [sheet.left]
    for column in columns:
        x += column.points or left * column.share / shares
        edges.append(x)
    return edges


def _set(row: Sequence[Cell], columns: Sequence[Column], edges: Sequence[float]) -> list[list[Text]]:
    """The lines of each cell, placed within their column and still without a height."""
    set_: list[list[Text]] = []
    for cell, column, left, right in zip(row, columns, edges, edges[1:], strict=False):
        room = right - left - 2 * _PAD
        set_.append(
            [
                Text(
                    _PAD + (room - width(part, font, SIZE) if column.to_right else 0),
                    0, font, SIZE, part, struck=cell.struck,
                )
                for font, paragraphs in ((PLAIN, cell.paragraphs), (BOLD, cell.loud))
                for paragraph in paragraphs
                for part in broken(paragraph, font, SIZE, room)
            ]
        )  # fmt: skip
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
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache
def register() -> None:
    """The parts of the font that a document uses are embedded in it, with what they stand for."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(fontpkg_be_vietnam_pro.ROOT / "files" / file)))
