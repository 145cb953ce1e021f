"""The calendars that come with the product, to be edited by whoever knows the place.

Melons: greenhouses in Hải Phòng and Hải Dương. The others are simple and only a start, and the pages say so:
perennial fruit goes by the months of the north, what flowers several times a year by days from flowering.
"""

from typing import Final

from trace.kit.translation import N_
from trace.records.calendar_rules import CountsFrom, Step
from trace.records.choices import PruningWork
from trace.records.models import Kind


class Shipped:
    """A calendar of ours. `simple`: a start that nobody should follow unread."""

    def __init__(self, crop: str, counts_from: CountsFrom, *steps: Step, simple: bool = True) -> None:
        self.crop = crop
        self.counts_from = counts_from
        self.steps = steps
        self.simple = simple


def _step(
    key: str, opens: int, closes: int, kind: Kind, title: str, note: str = "", works: tuple[str, ...] = ()
) -> Step:
    return Step(key, kind, opens, closes, title, note, works, ours=True)


_BRANCHES: Final = N_("Prune after the harvest")
_REVIVE: Final = N_("Feed the trees after the harvest")
_FEED_FRUIT: Final = N_("Feed the fruit")
_LOOK: Final = N_("Look for pests and diseases")
_HARVEST: Final = N_("Harvest")

SHIPPED: Final[dict[str, Shipped]] = {
    "dua-luoi": Shipped(
        "Dưa lưới",
        CountsFrom.PLANTING,
        _step(
            "seedlings", -12, 0, Kind.SOWING, N_("Raise seedlings"),
            N_("Trays of 50 to 84 cells with coco coir; 8 to 12 days."),
        ),
        _step(
            "transplant", 0, 0, Kind.PLANTING, N_("Transplant"),
            N_(
                "2,000 to 2,200 plants per 1,000 m² in the dry season, 1,500 to 2,000 in the rainy one. Bags 40×40, "
                "coco coir and carbonised rice husk, pH 6.0 to 6.5, drip."
            ),
        ),
        _step(
            "train", 7, 10, Kind.PRUNING, N_("Train the vines, remove side shoots"),
            N_("Side shoots up to leaf axil 9."), (PruningWork.TRAINING, PruningWork.SIDE_SHOOTS),
        ),
        _step(
            "bees", 15, 20, Kind.POLLINATION, N_("Release bees"),
            N_("2 colonies of 4 frames per 1,000 m²; or by hand before 9 o'clock for about 7 days."),
        ),
        _step(
            "select", 22, 30, Kind.PRUNING, N_("Select fruit"),
            N_("Axils 10 to 15, keep one fruit; top at 25 leaves."), (PruningWork.FRUIT_SELECTION,),
        ),
        _step(
            "fill", 35, 55, Kind.FERTILISING, N_("Fruit fill and netting"), N_("Raise the EC."),
        ),
        _step(
            "finish", 60, 65, Kind.FERTILISING, N_("Less water, more potassium"),
        ),
        _step(
            "harvest", 65, 75, Kind.HARVEST, _HARVEST,
            N_("35 to 45 days after pollination; 12 to 15 °Brix; 1.5 to 2.0 kg a fruit."),
        ),
        simple=False,
    ),
    "vai": Shipped(
        "Vải",
        CountsFrom.YEAR,
        _step("prune", 7, 8, Kind.OTHER, _BRANCHES),
        _step("revive", 7, 9, Kind.FERTILISING, _REVIVE),
        _step("autumn", 9, 10, Kind.INSPECTION, N_("Look after the autumn shoots")),
        _step("girdle", 11, 12, Kind.OTHER, N_("Hold back winter shoots, girdle")),
        _step("flowers", 2, 3, Kind.INSPECTION, N_("Watch the flowers")),
        _step("bees", 2, 3, Kind.POLLINATION, N_("Release bees")),
        _step("fruit", 4, 5, Kind.FERTILISING, _FEED_FRUIT),
        _step("borer", 4, 5, Kind.INSPECTION, N_("Look for the stalk borer")),
        _step("harvest", 5, 6, Kind.HARVEST, _HARVEST),
    ),
    "nhan": Shipped(
        "Nhãn",
        CountsFrom.YEAR,
        _step("prune", 8, 9, Kind.OTHER, _BRANCHES),
        _step("revive", 8, 10, Kind.FERTILISING, _REVIVE),
        _step("girdle", 11, 12, Kind.OTHER, N_("Hold back winter shoots, girdle")),
        _step("flowers", 2, 4, Kind.INSPECTION, N_("Watch the flowers")),
        _step("bees", 3, 4, Kind.POLLINATION, N_("Release bees")),
        _step("thin", 5, 6, Kind.PRUNING, N_("Thin the bunches"), works=(PruningWork.FRUIT_SELECTION,)),
        _step("fruit", 5, 7, Kind.FERTILISING, _FEED_FRUIT),
        _step("harvest", 7, 8, Kind.HARVEST, _HARVEST),
    ),
    "oi": Shipped(
        "Ổi",
        CountsFrom.FLOWERING,
        _step("look", 5, 15, Kind.INSPECTION, _LOOK),
        _step("thin", 20, 30, Kind.PRUNING, N_("Thin the fruit"), works=(PruningWork.FRUIT_SELECTION,)),
        _step("bag", 25, 40, Kind.OTHER, N_("Bag the fruit")),
        _step("fruit", 30, 60, Kind.FERTILISING, _FEED_FRUIT),
        _step("harvest", 90, 120, Kind.HARVEST, _HARVEST),
    ),
    "ca-rot": Shipped(
        "Cà rốt",
        CountsFrom.SOWING,
        _step("sow", 0, 0, Kind.SOWING, N_("Sow")),
        _step("thin", 15, 25, Kind.OTHER, N_("Thin the rows for the first time")),
        _step("feed", 20, 30, Kind.FERTILISING, N_("First top dressing")),
        _step("distance", 30, 40, Kind.OTHER, N_("Thin to the final distance")),
        _step("roots", 45, 60, Kind.FERTILISING, N_("Feed the roots")),
        _step("harvest", 90, 110, Kind.HARVEST, _HARVEST),
    ),
    "su-su": Shipped(
        "Su su",
        CountsFrom.PLANTING,
        _step("plant", 0, 0, Kind.PLANTING, N_("Plant")),
        _step("trellis", 15, 30, Kind.OTHER, N_("Build the trellis")),
        _step("feed", 20, 35, Kind.FERTILISING, N_("First top dressing")),
        _step("look", 30, 60, Kind.INSPECTION, _LOOK),
        _step("harvest", 60, 90, Kind.HARVEST, N_("First harvest of shoots or fruit")),
    ),
    "thanh-long": Shipped(
        "Thanh long",
        CountsFrom.FLOWERING,
        _step(
            "flowers", 2, 5, Kind.PRUNING, N_("Take off withered flowers, thin the fruit"),
            works=(PruningWork.FRUIT_SELECTION,),
        ),
        _step("look", 5, 15, Kind.INSPECTION, _LOOK),
        _step("fruit", 7, 20, Kind.FERTILISING, _FEED_FRUIT),
        _step("harvest", 28, 35, Kind.HARVEST, _HARVEST),
    ),
}  # fmt: skip
