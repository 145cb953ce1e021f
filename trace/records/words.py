"""What kinds of work, methods and units are called; one of our words is an English msgid."""

from typing import Final

from trace.catalogue.words import MEASURES
from trace.kit.translation import N_
from trace.records.models import (
    FeedingMethod,
    IrrigationMethod,
    Kind,
    PollinationMethod,
    PruningWork,
    Weight,
)

KINDS: Final[dict[str, str]] = {
    Kind.SOWING: N_("Sowing"),
    Kind.PLANTING: N_("Planting"),
    Kind.IRRIGATION: N_("Irrigation"),
    Kind.FERTILISING: N_("Feeding"),
    Kind.SPRAYING: N_("Spraying"),
    Kind.POLLINATION: N_("Pollination"),
    Kind.PRUNING: N_("Pruning"),
    Kind.INSPECTION: N_("Inspection"),
    Kind.HARVEST: N_("Harvest"),
    Kind.OTHER: N_("Other work"),
    Kind.RETRACTION: N_("Written by mistake"),
}
# Names in the icon sprite.
ICONS: Final[dict[str, str]] = {
    Kind.SOWING: "sow",
    Kind.PLANTING: "plant",
    Kind.IRRIGATION: "irrigate",
    Kind.FERTILISING: "fertilise",
    Kind.SPRAYING: "spray",
    Kind.POLLINATION: "pollinate",
    Kind.PRUNING: "prune",
    Kind.INSPECTION: "inspect",
    Kind.HARVEST: "harvest",
    Kind.OTHER: "other",
    Kind.RETRACTION: "retraction",
}
IRRIGATION: Final[dict[str, str]] = {
    IrrigationMethod.DRIP: N_("drip"),
    IrrigationMethod.SPRINKLER: N_("sprinkler"),
    IrrigationMethod.HAND: N_("by hand"),
}
FEEDING: Final[dict[str, str]] = {
    FeedingMethod.ROOT: N_("at the root"),
    FeedingMethod.DRIP: N_("through the drip line"),
    FeedingMethod.LEAF: N_("on the leaf"),
}
POLLINATION: Final[dict[str, str]] = {
    PollinationMethod.BEES: N_("with bees"),
    PollinationMethod.HAND: N_("by hand"),
}
PRUNING: Final[dict[str, str]] = {
    PruningWork.TRAINING: N_("training the vines"),
    PruningWork.SIDE_SHOOTS: N_("removing side shoots"),
    PruningWork.FRUIT_SELECTION: N_("selecting fruit"),
    PruningWork.TOPPING: N_("topping"),
}
WEIGHTS: Final[dict[str, str]] = {
    Weight.KG: N_("kg"),
    Weight.YEN: N_("yến of 10 kg"),
    Weight.TA: N_("tạ of 100 kg"),
    Weight.TAN: N_("tonnes"),
}
# In a form, where the person chooses, each says how much it is.
WEIGHT_CHOICES: Final[dict[str, str]] = {
    Weight.KG: N_("kg"),
    Weight.YEN: N_("yến (10 kg)"),
    Weight.TA: N_("tạ (100 kg)"),
    Weight.TAN: N_("tonnes (1,000 kg)"),
}
CHOICES: Final[dict[str, dict[str, dict[str, str]]]] = {
    Kind.IRRIGATION: {"method": IRRIGATION},
    Kind.FERTILISING: {"unit": MEASURES, "method": FEEDING},
    Kind.SPRAYING: {"unit": MEASURES},
    Kind.POLLINATION: {"method": POLLINATION},
    Kind.PRUNING: {"work": PRUNING},
    Kind.HARVEST: {"unit": WEIGHT_CHOICES},
}
