"""What is called how on the pages about labels."""

from typing import Final

from trace.codes.content import Where
from trace.codes.designs import Item
from trace.codes.stationery import GRIDS, Grid
from trace.kit.translation import N_

ITEMS: Final[dict[Item, str]] = {
    Item.NAME: N_("Name of the goods"),
    Item.WHO: N_("Who is responsible"),
    Item.ADDRESS: N_("Address"),
    Item.ORIGIN: N_("Origin"),
    Item.QUANTITY: N_("Net content"),
    Item.LOT: N_("Lot code"),
    Item.MADE: N_("Production date"),
    Item.BEST_BEFORE: N_("Best before"),
    Item.STORAGE: N_("How to keep it"),
    Item.CALL: N_("The call to scan"),
}
WHERE: Final[dict[Where, str]] = {
    Where.PRINTED: N_("on the label"),
    Where.BEHIND: N_("not on this label, only on the page behind the code"),
    Where.UNKNOWN: N_("nobody has said it yet"),
}
CALIBRATION: Final = (
    N_("1. Print this at 100 % on plain paper and hold it with a sheet of labels against the light."),
    N_("2. The small ruler counts millimetres: see how far the frames lie off the labels."),
    N_("3. Enter that as the offset, and print this page again to check."),
)


def choices() -> list[tuple[str, str]]:
    """Sheets and rolls with what is on them; sizes are written with a point, as on their packs."""
    return [(name.value, _named(grid)) for name, grid in GRIDS.items()]


def _named(grid: Grid) -> str:
    size = f"{grid.label.width:g} × {grid.label.height:g} mm"
    return f"{grid.name} ({grid.columns})" if grid.is_roll else f"{grid.name} ({grid.labels}) {size}"
