"""A label as dots of a printer: for its preview, and for thermal printers whose own fonts have no Vietnamese letters."""

import io
from functools import lru_cache
from typing import Final

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

from trace.codes.designs import Design
from trace.codes.laying import Laid, Words
from trace.codes.sheets import One
from trace.kit.paper import FILES
from trace.kit.qr import dark_runs, dots_that_fit

_INCH: Final = 25.4
_SEEN_AT: Final = 288  # three dots for each of the browser's pixels


class Plate:
    """What all labels of a run share, drawn once at a printer's resolution."""

    def __init__(self, design: Design, laid: Laid, *, dpi: int, grey: bool = False) -> None:
        self.laid, self.dpi = laid, dpi
        # 203 dpi are 8 dots to the millimetre; the rounded name would make labels drift along a roll.
        self.scale = 8.0 if dpi == 203 else dpi / _INCH
        self.ground = Image.new(
            "L" if grey else "1", (round(design.width * self.scale), round(design.height * self.scale)), 255
        )
        pen = ImageDraw.Draw(self.ground)
        for words in laid.words:
            self._write(pen, words)

    def printed(self, one: One) -> Image.Image:
        label = self.ground.copy()
        pen = ImageDraw.Draw(label)
        self._write(pen, self.laid.code._replace(text=one.letters))
        square = self.laid.square
        dots = dots_that_fit(one.matrix, millimetres=square.edge, dpi=self.dpi)
        spare = (square.edge * self.scale - dots * one.matrix.side) / 2
        left, top = round(square.x * self.scale + spare), round(square.y * self.scale + spare)
        for x, y, length in dark_runs(one.matrix):
            pen.rectangle(
                (left + x * dots, top + y * dots, left + (x + length) * dots - 1, top + (y + 1) * dots - 1),
                fill=0,
            )
        return label

    def _write(self, pen: ImageDraw.ImageDraw, words: Words) -> None:
        size = words.size * self.scale * _INCH / 72
        pen.text(
            (words.x * self.scale, words.y * self.scale), words.text, 0, _font(words.font, size), anchor="ls"
        )


def preview(design: Design, laid: Laid, one: One) -> bytes:
    """A PNG of three dots for each of the browser's pixels; a millimetre on the screen is 96 / 25.4 of those."""
    out = io.BytesIO()
    Plate(design, laid, dpi=_SEEN_AT, grey=True).printed(one).save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=64)
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fontpkg_be_vietnam_pro.ROOT / "files" / FILES[name]), size)
