"""What labels are printed on: sheets of A4 decals and rolls, their measures in millimetres.

The margins of decal sheets differ between makers and even between packs. A sheet whose margins nobody published lies
in the middle of the page; the calibration page shows how far off that is, and the offset is kept from run to run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trace.codes.designs import DESIGNS, Design

A4_WIDTH: Final = 210.0
A4_HEIGHT: Final = 297.0


class Stationery(StrEnum):
    """The name of a sheet or a roll, as it stands on its pack."""

    TOMY_145 = "tomy-145"
    TOMY_138 = "tomy-138"
    TOMY_146 = "tomy-146"
    TOMY_149 = "tomy-149"
    TOMY_144 = "tomy-144"
    TOMY_103 = "tomy-103"
    L7651 = "avery-l7651"
    L7159 = "avery-l7159"
    L7160 = "avery-l7160"
    A4_24 = "a4-24"
    L7165 = "avery-l7165"
    L7173 = "avery-l7173"
    ROLL_20 = "roll-20x20"
    ROLL_25 = "roll-25x25"
    ROLL_40X30 = "roll-40x30"
    ROLL_50X30 = "roll-50x30"
    ROLL_2_UP = "roll-2x35x22"
    ROLL_3_UP = "roll-3x35x22"
    ROLL_100X150 = "roll-100x150"


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the labels of one page lie; of a roll, a page is one row of labels."""

    name: str
    design: str
    columns: int
    rows: int
    width: float  # of the page
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    gap: float | None = None  # between the labels of a roll; None on a sheet

    @property
    def label(self) -> Design:
        return DESIGNS[self.design]

    @property
    def labels(self) -> int:
        return self.columns * self.rows

    @property
    def is_roll(self) -> bool:
        return self.gap is not None

    def places(self) -> Iterator[tuple[float, float]]:
        """The upper left corner of each label, row by row."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield self.left + column * self.pitch_x, self.top + row * self.pitch_y


def _centred(name: str, design: str, columns: int, rows: int) -> Grid:
    """Labels edge to edge in the middle of A4."""
    label = DESIGNS[design]
    left = (A4_WIDTH - columns * label.width) / 2
    top = (A4_HEIGHT - rows * label.height) / 2
    return Grid(name, design, columns, rows, A4_WIDTH, A4_HEIGHT, left, top, label.width, label.height)


def _sheet(
    name: str, design: str, columns: int, rows: int, left: float, top: float, pitch_x: float, pitch_y: float
) -> Grid:
    return Grid(name, design, columns, rows, A4_WIDTH, A4_HEIGHT, left, top, pitch_x, pitch_y)


def _roll(name: str, design: str, across: int = 1, *, edge: float = 0, between: float = 0) -> Grid:
    """`edge` of the carrier beside the first label, `between` two labels of a row."""
    label = DESIGNS[design]
    width = 2 * edge + across * label.width + (across - 1) * between
    return Grid(name, design, across, 1, width, label.height, edge, 0, label.width + between, label.height, 2)


GRIDS: Final[dict[Stationery, Grid]] = {
    # About Avery L7651; the others of Tomy by their count and size, with margins that nobody published.
    Stationery.TOMY_145: _sheet("Tomy 145", "38x21", 5, 13, 4.75, 10.7, 40.6, 21.2),
    Stationery.TOMY_138: _centred("Tomy 138", "40x14", 5, 20),
    Stationery.TOMY_146: _centred("Tomy 146", "62x42", 3, 6),
    # Seven times 42.5 mm are half a millimetre more than A4: 42.4 as it is cut.
    Stationery.TOMY_149: _sheet("Tomy 149", "70x42", 3, 7, 0, 0, 70, 42.42),
    Stationery.TOMY_144: _centred("Tomy 144", "67x28", 3, 10),
    Stationery.TOMY_103: _centred("Tomy 103", "100x44", 2, 6),
    Stationery.L7651: _sheet("Avery L7651", "38x21", 5, 13, 4.75, 10.7, 40.6, 21.2),
    Stationery.L7159: _sheet("Avery L7159", "64x34", 3, 8, 6.5, 12.9, 66.5, 33.9),
    Stationery.L7160: _sheet("Avery L7160", "63x38", 3, 7, 7.2, 15.15, 66.0, 38.1),
    Stationery.A4_24: _centred("A4 24", "70x37", 3, 8),
    Stationery.L7165: _sheet("Avery L7165", "box", 2, 4, 4.65, 13.1, 101.6, 67.7),
    Stationery.L7173: _sheet("Avery L7173", "crate", 2, 5, 4.65, 6.0, 101.6, 57.0),
    Stationery.ROLL_20: _roll("20 × 20 mm", "20x20"),
    Stationery.ROLL_25: _roll("25 × 25 mm", "25x25"),
    Stationery.ROLL_40X30: _roll("40 × 30 mm", "40x30"),
    Stationery.ROLL_50X30: _roll("50 × 30 mm", "50x30"),
    Stationery.ROLL_2_UP: _roll("72 × 22 mm", "35x22", 2, between=2),
    Stationery.ROLL_3_UP: _roll("110 × 22 mm", "35x22", 3, edge=0.5, between=2),
    Stationery.ROLL_100X150: _roll("100 × 150 mm", "pallet"),
}
