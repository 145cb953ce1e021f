"""Growing-area codes, codes of plots and households, and areas in the units people use; no I/O."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, StringConstraints

from trace.farms.models import PlotKind
from trace.kit.commands import OptionalShortLine
from trace.kit.text import one_line, visible
from trace.kit.translation import N_
from trace.places.rules import fold

CODE_LENGTH: Final = 20


class AreaUnit(StrEnum):
    """Sào and mẫu are those of the north: 360 and 3,600 square metres."""

    M2 = "m2"
    SAO = "sao"
    MAU = "mau"
    HECTARE = "ha"


_SQUARE_METRES: Final = {
    AreaUnit.M2: 1,
    AreaUnit.SAO: 360,
    AreaUnit.MAU: 3600,
    AreaUnit.HECTARE: 10_000,
}
# What a cooperative's plot and growing area usually measure; outside it somebody is asked, not refused.
_USUAL_M2: Final[dict[str, tuple[int, int]]] = {
    PlotKind.GREENHOUSE: (100, 20_000),
    PlotKind.NET_HOUSE: (100, 30_000),
    PlotKind.OPEN_FIELD: (100, 200_000),
}
_USUAL_AREA_M2: Final = (500, 10_000_000)

# TT 18/2019 as far as it was seen in use; other markets number differently, so this only raises a doubt.
_GROWING_AREA: Final = re.compile(r"VN-[A-Z]{2}OR-?\d{3,4}")
_PACKING_HOUSE: Final = re.compile(r"VN-[A-Z]{2}PH-?\d{3,4}")


def square_metres(area: Decimal, unit: AreaUnit) -> Decimal:
    """Exact, and spelled as the database will give it back: 12600, never 12600.0."""
    return Decimal(int(area * 1000) * _SQUARE_METRES[unit]) / 1000


def is_usual_plot(area_m2: Decimal, kind: str) -> bool:
    lowest, highest = _USUAL_M2[kind]
    return lowest <= area_m2 <= highest


def is_usual_area(area_m2: Decimal) -> bool:
    lowest, highest = _USUAL_AREA_M2
    return lowest <= area_m2 <= highest


def doubt_about_puc(puc: str) -> str | None:
    """What looks strange about a growing-area code, as a msgid; None when nothing does."""
    if _GROWING_AREA.fullmatch(puc):
        return None
    if _PACKING_HOUSE.fullmatch(puc):
        return N_("This looks like the code of a packing house. A growing area has OR in place of PH.")
    return N_("A growing-area code of Vietnam looks like VN-HDOR-0001. Is this one written differently?")


def doubt_about_packing_house(code: str) -> str | None:
    """What looks strange about the code of a packing house, as a msgid; None when nothing does."""
    if _PACKING_HOUSE.fullmatch(code):
        return None
    return N_("A packing-house code of Vietnam looks like VN-HDPH-001. Is this one written differently?")


def in_capitals(code: str) -> str:
    """A growing-area or packing-house code as it stands in the lists: capitals, hyphens, no spaces."""
    return re.sub(r"\s+", "", visible(code).translate(_DASHES)).upper()


def _puc(typed: object) -> object:
    return in_capitals(typed) if isinstance(typed, str) else typed


# Writing programs turn a hyphen into one of these.
_DASHES: Final = str.maketrans("‐‑‒–—−", "------")

OptionalPuc = Annotated[OptionalShortLine, BeforeValidator(_puc)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=CODE_LENGTH), BeforeValidator(one_line)]
Area = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3)]


def same_code(one: str, other: str) -> bool:
    """Whether two codes would be taken for the same on a label: “nm-a1” and “NM-A1” are."""
    return _label(one) == _label(other)


def _label(code: str) -> str:
    return " ".join(fold(part) for part in code.translate(_DASHES).split("-"))


def next_code(codes: Sequence[str], first: str) -> str:
    """The next in the series of the code that was given out last, or `first`; gaps stay gaps."""
    series, digits = _split(codes[-1] if codes else "")
    if not digits:
        series, digits = _split(first)
    numbers = [int(number) for name, number in map(_split, codes) if number and same_code(name, series)]
    return f"{series}{max(numbers, default=0) + 1:0{len(digits)}}"


def _split(code: str) -> tuple[str, str]:
    """Name of a series and the number behind it: ("TV-", "07")."""
    found = re.fullmatch(r"(.*?)([0-9]{0,9})", code, re.DOTALL)
    return (found[1], found[2]) if found else (code, "")


def taken(code: str, codes: Collection[str]) -> bool:
    return any(same_code(code, other) for other in codes)
