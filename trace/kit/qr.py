"""QR codes: the modules of a text, and the pictures drawn from them.

Everything is drawn from the rows of modules, never scaled from another picture: a printer's dots are
then always whole. ISO/IEC 18004 asks for a margin of four light modules around the code.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import groupby
from typing import Literal

from PIL import Image
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.image.pil import PilImage
from qrcode.main import QRCode
from qrcode.util import QRData, optimal_data_chunks

QUIET_ZONE = 4

Level = Literal["M", "Q", "H"]
# From weak to strong. L is left out: a label on fruit gets wet and rubbed.
_LEVELS: dict[Level, Literal[0, 2, 3]] = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
_LARGEST_VERSION = 40
# Shorter runs of digits or capitals are not worth the header of a mode of their own.
_SHORTEST_RUN = 20
_MILLIMETRES_PER_INCH = Fraction("25.4")
# XML 1.0 cannot carry these even as references.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Matrix:
    """The modules of one QR code, True for dark, without the margin."""

    rows: tuple[tuple[bool, ...], ...]
    version: int
    level: Level

    @property
    def side(self) -> int:
        """Modules along one edge, with the margin on both sides."""
        return len(self.rows) + 2 * QUIET_ZONE


def matrix(text: str, *, level: Level = "M") -> Matrix:
    """The smallest code for a text, at this level of error correction or a better one that costs no room.

    Capitals, digits and ` $%*+-./:` alone are stored at 5½ bits a character instead of 8. Text beyond
    ASCII is refused: the encoder does not name a character set, and decoders would have to guess.
    """
    if not text or not text.isascii():
        raise ValueError("A QR code is made of ASCII text only; encode the address first.")
    segments = min(_ways_to_segment(text), key=lambda way: _version(way, level))
    version = _version(segments, level)
    if version > _LARGEST_VERSION:
        raise ValueError("The text is too long for a QR code.")
    levels = list(_LEVELS)
    best = [name for name in levels[levels.index(level) :] if _version(segments, name) == version][-1]
    code = _code(segments, best, version=version)
    code.make(fit=False)
    rows = tuple(tuple(bool(module) for module in row) for row in code.modules)
    return Matrix(rows, version, best)


def alike(texts: Iterable[str], *, level: Level = "M") -> Iterator[Matrix]:
    """The codes of many texts of one form, such as serial numbers: the first is made with care, the others like it.

    Choosing among eight masks is most of the work of a code. Any of them can be read, because the code names its own,
    so that the choice is made once; a text that does not fit like the first is made by itself.
    """
    first: Matrix | None = None
    mask: int | None = None
    for text in texts:
        if first is None or mask is None:
            first = matrix(text, level=level)
            mask = _code([QRData(text)], first.level, version=first.version).best_mask_pattern()
            yield first
            continue
        segments = [QRData(text)]
        if not text.isascii() or _version(segments, first.level) != first.version:
            yield matrix(text, level=level)
            continue
        code = _code(segments, first.level, version=first.version, mask=mask)
        code.make(fit=False)
        yield Matrix(tuple(map(tuple, code.modules)), first.version, first.level)  # type: ignore[arg-type]


def svg(matrix: Matrix, *, title: str) -> str:
    """A picture without a size of its own, one path; it stands alone or inside a page.

    The light ground is part of the picture: a page in the dark scheme must not turn the code inside out.
    """
    side = matrix.side
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in dark_runs(matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"'
        f' shape-rendering="crispEdges"><title>{_xml_text(title)}</title>'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}"/></svg>'
    )


def png(matrix: Matrix, *, dots_per_module: int, dpi: int | None = None) -> bytes:
    """A picture of one bit a dot; with `dpi` it also says how large it is meant to be printed."""
    if dots_per_module < 1:
        raise ValueError("A module needs at least one whole dot.")
    side = matrix.side
    dots = bytearray(b"\xff" * (side * side))
    for x, y, length in dark_runs(matrix):
        dots[y * side + x : y * side + x + length] = bytes(length)
    picture = Image.frombytes("L", (side, side), bytes(dots)).convert("1", dither=Image.Dither.NONE)
    edge = side * dots_per_module
    enlarged = picture.resize((edge, edge), Image.Resampling.NEAREST)
    resolution = {} if dpi is None else {"dpi": (float(_dots_per_inch(dpi)),) * 2}
    output = io.BytesIO()
    enlarged.save(output, "PNG", optimize=True, **resolution)
    return output.getvalue()


def dots_that_fit(matrix: Matrix, *, millimetres: float, dpi: int) -> int:
    """The most printer dots a module may have, so that code and margin fit in a square of this edge.

    Zero means that the code does not fit. Four dots are what printer and scanner makers recommend at
    203 dpi; three are readable, two are not to be relied on.
    """
    # Through str, so that 16.5 is the sixteen and a half that was typed and not its binary neighbour.
    edge = Fraction(str(millimetres)) * _dots_per_inch(dpi) / _MILLIMETRES_PER_INCH
    return int(edge / matrix.side)


def _ways_to_segment(text: str) -> tuple[list[QRData], list[QRData]]:
    """In one piece first: cutting at runs of digits would leave short capitals beside them as bytes."""
    return [QRData(text)], list(optimal_data_chunks(text, minimum=_SHORTEST_RUN))


def _version(segments: list[QRData], level: Level) -> int:
    try:
        return _code(segments, level).best_fit()
    except (DataOverflowError, ValueError):  # which one depends on where the library notices
        return _LARGEST_VERSION + 1


def _code(
    segments: list[QRData], level: Level, *, version: int | None = None, mask: int | None = None
) -> QRCode[PilImage]:
    code = QRCode(
        version=version,
        error_correction=_LEVELS[level],
        border=0,
        image_factory=PilImage,
        mask_pattern=mask,
    )
    for segment in segments:
        code.add_data(segment)
    return code


def dark_runs(matrix: Matrix) -> Iterator[tuple[int, int, int]]:
    """Left edge, top edge and length of every run of dark modules, the margin counted in."""
    for y, row in enumerate(matrix.rows, start=QUIET_ZONE):
        for dark, run in groupby(enumerate(row, start=QUIET_ZONE), key=lambda module: module[1]):
            if dark:
                columns = [x for x, _ in run]
                yield columns[0], y, len(columns)


def _xml_text(text: str) -> str:
    return escape(" ".join(_NOT_IN_XML.sub(" ", text).split()), quote=False)


def _dots_per_inch(dpi: int) -> Fraction:
    """Printers sold as 203 dpi have eight dots to the millimetre; the rounded name would lose a dot."""
    return 8 * _MILLIMETRES_PER_INCH if dpi == 203 else Fraction(dpi)
