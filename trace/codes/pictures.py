"""The QR code of a batch as a picture: how large it was asked for, and how long it may be kept."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from math import nan

from starlette.datastructures import Headers
from starlette.responses import Response

from trace.codes.addresses import batch_url
from trace.kit.problems import Fault, Malformed
from trace.kit.qr import Matrix, dots_that_fit, matrix, png
from trace.kit.translation import N_

USUAL_DOTS = 10
MOST_DOTS = 40  # more makes a picture of many megabytes and no better print
# The picture changes only when the operator moves to another host; a week is soon enough to notice.
_KEPT = "public, max-age=604800"


@lru_cache(maxsize=512)
def modules(public_url: str, code: str) -> Matrix:
    """Drawing is slow compared with everything else a request does, and the same code is asked for often."""
    return matrix(batch_url(public_url, code))


@dataclass(frozen=True, slots=True)
class Asked:
    """A size in printer dots a module, or in millimetres for a printer of so many dots per inch."""

    dots: int | None
    mm: float | None
    dpi: int | None

    @classmethod
    def read(cls, dots: str | None, mm: str | None, dpi: str | None) -> "Asked":
        """As the address says it; every refusal names what is wrong and what would be right."""
        asked = cls(
            _whole(dots, "dots", N_("dots is a whole number from {low} to {high}."), 1, MOST_DOTS),
            _number(mm, "mm", N_("mm is a number from {low} to {high}."), 5, 100),
            _whole(dpi, "dpi", N_("dpi is a whole number from {low} to {high}."), 72, 600),
        )
        if asked.mm is not None and asked.dots is not None:
            raise _malformed("dots", N_("Ask for dots, or for mm and dpi, not for both."))
        if asked.mm is not None and asked.dpi is None:
            raise _malformed("dpi", N_("Say how many dots per inch the printer has, for example dpi=203."))
        return asked

    def drawn(self, code: Matrix) -> bytes:
        return png(code, dots_per_module=self._dots(code), dpi=self.dpi)

    def _dots(self, code: Matrix) -> int:
        if self.mm is None or self.dpi is None:
            return self.dots or USUAL_DOTS
        found = dots_that_fit(code, millimetres=self.mm, dpi=self.dpi)
        if found < 1:
            raise _malformed("mm", N_("The code does not fit in this size on this printer."))
        return min(found, MOST_DOTS)


def _whole(typed: str | None, field: str, message: str, low: int, high: int) -> int | None:
    number = _number(typed, field, message, low, high)
    if number is None:
        return None
    if number != int(number):
        raise _malformed(field, message, low=low, high=high)
    return int(number)


def _number(typed: str | None, field: str, message: str, low: int, high: int) -> float | None:
    if typed is None:
        return None
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        number = nan
    if not low <= number <= high:  # which is not true of nan either
        raise _malformed(field, message, low=low, high=high)
    return number


def answer(asked: Headers, picture: bytes, media_type: str, *, file_name: str | None) -> Response:
    """The picture, or word that the one already held is still good."""
    tag = f'"{hashlib.sha256(picture).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": _KEPT}
    if file_name:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    held = {one.strip().removeprefix("W/") for one in asked.get("if-none-match", "").split(",")}
    if held & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(picture, media_type=media_type, headers=headers)


def _malformed(field: str, message: str, **values: int) -> Malformed:
    return Malformed([Fault(field, message, values, "malformed")])
