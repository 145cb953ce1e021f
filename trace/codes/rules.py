"""How labels lie on a sheet of A4; no I/O."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import repeat
from typing import Final


class Edge(StrEnum):
    """How large a QR code is printed, its margin included, in millimetres."""

    SMALL = "25"
    MIDDLE = "30"
    LARGE = "40"


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and rows of labels on one sheet; static/css/print.css has the measures."""

    columns: int
    rows: int

    @property
    def labels(self) -> int:
        return self.columns * self.rows


GRIDS: Final = {Edge.SMALL: Grid(3, 8), Edge.MIDDLE: Grid(2, 7), Edge.LARGE: Grid(2, 5)}


def sheets(count: int, edge: Edge) -> list[int]:
    """How many labels each sheet carries: full ones first, the rest on the last."""
    full, rest = divmod(count, GRIDS[edge].labels)
    return [*repeat(GRIDS[edge].labels, full), *([rest] if rest else [])]
