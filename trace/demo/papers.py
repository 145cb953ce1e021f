"""Papers of certifiers and laboratories that do not exist, drawn so that nobody takes them for real."""

import io
from collections.abc import Sequence
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from trace.kit.paper import BOLD, PLAIN, width

_WIDTH, _HEIGHT = A4
_MARGIN: Final = 64.0
_LEAF: Final = (0.11, 0.37, 0.17)
_GREY: Final = 0.42
_WARNING: Final = "MINH HỌA – KHÔNG CÓ GIÁ TRỊ"


def pdf(issuer: str, title: str, lines: Sequence[tuple[str, str]]) -> bytes:
    """One page: who says it, what it is, and what it says line by line. The same each time."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    canvas.setTitle(f"{title} ({_WARNING.lower()})")
    _frame(canvas)
    _centred(canvas, issuer, _HEIGHT - 120, PLAIN, 13)
    _centred(canvas, title.upper(), _HEIGHT - 170, BOLD, 22)
    _centred(canvas, _WARNING, _HEIGHT - 198, BOLD, 11, colour=(0.61, 0.08, 0.13))
    y = _HEIGHT - 260
    for name, said in lines:
        canvas.setFillGray(_GREY)
        canvas.setFont(PLAIN, 10.5)
        canvas.drawString(_MARGIN + 20, y, name)
        canvas.setFillGray(0.1)
        canvas.setFont(BOLD, 11.5)
        canvas.drawRightString(_WIDTH - _MARGIN - 20, y, said)
        canvas.setStrokeGray(0.85)
        canvas.line(_MARGIN + 20, y - 9, _WIDTH - _MARGIN - 20, y - 9)
        y -= 30
    _across(canvas)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(*_LEAF)
    for inset, weight in ((36, 2.4), (42, 0.6)):
        canvas.setLineWidth(weight)
        canvas.rect(inset, inset, _WIDTH - 2 * inset, _HEIGHT - 2 * inset)


def _centred(
    canvas: Canvas,
    text: str,
    y: float,
    font: str,
    size: float,
    *,
    colour: tuple[float, float, float] = (0.1, 0.1, 0.1),
) -> None:
    left = (_WIDTH - width(text, font, size)) / 2
    canvas.setFillColorRGB(*colour)
    canvas.setFont(font, size)
    canvas.drawString(left, y, text)


def _across(canvas: Canvas) -> None:
    """Over the whole sheet, so that no cutting leaves a paper that looks real."""
    canvas.saveState()
    canvas.translate(_WIDTH / 2, _HEIGHT / 2 - 120)
    canvas.rotate(32)
    canvas.setFillGray(0.5, 0.22)
    canvas.setFont(BOLD, 74)
    canvas.drawString(-width("MINH HỌA", BOLD, 74) / 2, 0, "MINH HỌA")
    canvas.restoreState()
