"""Labels in the languages of thermal printers: TSPL for Xprinter and its like, ZPL for Zebra.

Cheap printers have no Vietnamese letters, so that a label is usually sent as a picture of one bit a dot. `native`
leaves letters and code to the printer, which is shorter and for printers that can: they get UTF-8.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Final

from PIL import Image

from trace.codes.dots import Plate
from trace.codes.laying import Laid, Words
from trace.codes.sheets import One
from trace.codes.stationery import Grid
from trace.kit.qr import QUIET_ZONE, dots_that_fit

_INCH: Final = 25.4
_ENDS: Final = "\r\n"
# How ZPL shortens runs: G … Y are 1 to 19, g … z are 20 to 400.
_ONES: Final = " GHIJKLMNOPQRSTUVWXY"
_TWENTIES: Final = " ghijklmnopqrstuvwxyz"


def tspl(grid: Grid, laid: Laid, labels: Iterable[One], *, dpi: int, native: bool) -> Iterator[bytes]:
    """Labels of one row of the roll are printed together."""
    plate = Plate(grid.label, laid, dpi=dpi)
    gap = grid.gap or 0
    head = (
        f"SIZE {grid.width:g} mm,{grid.height:g} mm",
        f"GAP {gap:g} mm,0 mm",
        "DIRECTION 1",
        "CODEPAGE UTF-8",
    )
    yield (_ENDS.join(head) + _ENDS).encode()
    for row, times in _rows(grid, labels):
        yield f"CLS{_ENDS}".encode()
        for (left, top), one in zip(grid.places(), row, strict=False):
            x, y = round(left * plate.scale), round(top * plate.scale)
            yield from _tspl_native(laid, one, plate, x, y) if native else _bitmap(plate.printed(one), x, y)
        yield f"PRINT {times},1{_ENDS}".encode()


def zpl(grid: Grid, laid: Laid, labels: Iterable[One], *, dpi: int, native: bool) -> Iterator[bytes]:
    plate = Plate(grid.label, laid, dpi=dpi)
    for row, times in _rows(grid, labels):
        yield f"^XA^CI28^PW{round(grid.width * plate.scale)}^LL{round(grid.height * plate.scale)}\n".encode()
        for (left, top), one in zip(grid.places(), row, strict=False):
            x, y = round(left * plate.scale), round(top * plate.scale)
            if native:
                yield from _zpl_native(laid, one, plate, x, y)
            else:
                yield f"^FO{x},{y}{_graphic(plate.printed(one))}^FS\n".encode()
        yield f"^PQ{times}^XZ\n".encode()


def _rows(grid: Grid, labels: Iterable[One]) -> Iterator[tuple[tuple[One, ...], int]]:
    """Rows of the roll with how often each comes: many labels alike are one row printed many times."""
    taken = iter(labels)
    rows = iter(lambda: tuple(islice(taken, grid.columns)), ())
    for _, same in groupby(rows, key=lambda row: [one.text for one in row]):
        first, *others = same
        yield first, 1 + len(others)


def _bitmap(picture: Image.Image, x: int, y: int) -> Iterator[bytes]:
    """A dark dot is 0 in TSPL, as it is in the picture; what fills up the last byte of a line stays light."""
    wide, high = (picture.width + 7) // 8, picture.height
    padded = Image.new("1", (wide * 8, high), 255)
    padded.paste(picture, (0, 0))
    yield f"BITMAP {x},{y},{wide},{high},0,".encode() + padded.tobytes() + _ENDS.encode()


def _tspl_native(laid: Laid, one: One, plate: Plate, x: int, y: int) -> Iterator[bytes]:
    text, dots, left, top = _code(laid, one, plate)
    yield f'QRCODE {x + left},{y + top},{one.matrix.level},{dots},A,0,"{tspl_text(text)}"{_ENDS}'.encode()
    for words in (*laid.words, laid.code._replace(text=one.letters)):
        at = f"{x + round(words.x * plate.scale)},{y + _over(words, plate)}"
        size = max(1, round(words.size))
        yield f'TEXT {at},"0",0,{size},{size},"{tspl_text(words.text)}"{_ENDS}'.encode()


def _zpl_native(laid: Laid, one: One, plate: Plate, x: int, y: int) -> Iterator[bytes]:
    text, dots, left, top = _code(laid, one, plate)
    level = one.matrix.level
    yield f"^FO{x + left},{y + top}^BQN,2,{dots}^FH^FD{level}A,{zpl_text(text)}^FS\n".encode()
    for words in (*laid.words, laid.code._replace(text=one.letters)):
        high = round(words.size * plate.scale * _INCH / 72)
        at = f"^FO{x + round(words.x * plate.scale)},{y + _over(words, plate)}"
        yield f"{at}^A0N,{high},{high}^FH^FD{zpl_text(words.text)}^FS\n".encode()


def _code(laid: Laid, one: One, plate: Plate) -> tuple[str, int, int, int]:
    """The text of the code, its dots a module, and where its first module lies behind the margin."""
    dots = max(1, dots_that_fit(one.matrix, millimetres=laid.square.edge, dpi=plate.dpi))
    margin = QUIET_ZONE * dots
    left, top = (round(at * plate.scale) + margin for at in (laid.square.x, laid.square.y))
    return one.text, dots, left, top


def _over(words: Words, plate: Plate) -> int:
    """The printer counts from the top of the letters, we from their baseline."""
    return max(0, round((words.y - words.size * 0.8 * _INCH / 72) * plate.scale))


def tspl_text(text: str) -> str:
    """Inside quotation marks: a mark of its own is written as TSPL has it, what controls the printer is left out."""
    return "".join(one for one in text if one.isprintable()).replace("\\[", "[").replace('"', '\\["]')


def zpl_text(text: str) -> str:
    """After ^FH: what begins a command, and the sign of the notation itself, by its number."""
    kept = "".join(one for one in text if one.isprintable())
    return "".join(f"_{ord(one):02X}" if one in "^~_\\" else one for one in kept)


def _graphic(picture: Image.Image) -> str:
    """As ^GFA, where a dark dot is 1; equal lines and runs are shortened, or a roll would be megabytes."""
    wide, high = (picture.width + 7) // 8, picture.height
    padded = Image.new("1", (wide * 8, high), 255)
    padded.paste(picture, (0, 0))
    inverse = bytes(0xFF ^ octet for octet in padded.tobytes())
    lines, before = [], ""
    for row in range(high):
        line = inverse[row * wide : (row + 1) * wide].hex().upper()
        lines.append(":" if line == before else _shortened(line))
        before = line
    return f"^GFA,{wide * high},{wide * high},{wide},{''.join(lines)}"


def _shortened(line: str) -> str:
    """A run of one figure is its length and the figure; noughts up to the end of the line are a comma."""
    figures = line.rstrip("0")
    filled = "," if len(figures) < len(line) else ""
    return "".join(_run(figure, len(list(run))) for figure, run in groupby(figures)) + filled


def _run(figure: str, length: int) -> str:
    twenties, ones = divmod(length, 20)
    short = (_TWENTIES[twenties] if twenties else "") + (_ONES[ones] if ones else "")
    return (short.strip() if length > 2 else "") + (figure if length > 2 else figure * length)
