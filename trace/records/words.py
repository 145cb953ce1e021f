"""What kinds of work, methods and units are called; one of our words is an English msgid."""

from typing import Final

from trace.catalogue.words import MEASURES
from trace.farms.rules import AreaUnit
from trace.kit.translation import N_
from trace.records.choices import (
    BeeWork,
    Cleaned,
    FeedingMethod,
    HandlingWork,
    HealthResult,
    IrrigationMethod,
    Packaging,
    PollinationMethod,
    Protection,
    PruningWork,
    Trap,
    WasteKind,
    Weather,
)
from trace.records.levels import Level
from trace.records.models import Kind, Weight

KINDS: Final[dict[str, str]] = {
    Kind.SOWING: N_("Sowing"),
    Kind.PLANTING: N_("Planting"),
    Kind.IRRIGATION: N_("Irrigation"),
    Kind.FERTILISING: N_("Feeding"),
    Kind.SPRAYING: N_("Spraying"),
    Kind.POLLINATION: N_("Pollination"),
    Kind.TRAPS: N_("Traps, natural enemies"),
    Kind.PRUNING: N_("Pruning"),
    Kind.INSPECTION: N_("Inspection"),
    Kind.HARVEST: N_("Harvest"),
    Kind.HANDLING: N_("Sorting, packing, store"),
    Kind.SALE: N_("Sale"),
    Kind.OTHER: N_("Other work"),
    Kind.HYGIENE: N_("Cleaning"),
    Kind.WASTE: N_("Waste"),
    Kind.TRAINING: N_("Training"),
    Kind.HEALTH: N_("Health check"),
    Kind.AUDIT: N_("Internal audit"),
    Kind.COMPLAINT: N_("Complaint"),
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
    Kind.TRAPS: "trap",
    Kind.PRUNING: "prune",
    Kind.INSPECTION: "inspect",
    Kind.HARVEST: "harvest",
    Kind.HANDLING: "sort",
    Kind.SALE: "sell",
    Kind.OTHER: "other",
    Kind.HYGIENE: "clean",
    Kind.WASTE: "waste",
    Kind.TRAINING: "train",
    Kind.HEALTH: "health",
    Kind.AUDIT: "audit",
    Kind.COMPLAINT: "complaint",
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
WEATHER: Final[dict[str, str]] = {
    Weather.SUNNY: N_("sunny"),
    Weather.CLOUDY: N_("cloudy"),
    Weather.WINDY: N_("windy"),
    Weather.RAINY: N_("rainy"),
}
PROTECTION: Final[dict[str, str]] = {
    Protection.FULL: N_("complete"),
    Protection.PARTLY: N_("in part"),
    Protection.NONE: N_("none"),
}
PACKAGING: Final[dict[str, str]] = {
    Packaging.COLLECTED: N_("in the collection bin"),
    Packaging.KEPT: N_("kept for collection"),
    Packaging.NOT_EMPTY: N_("not empty yet"),
}
POLLINATION: Final[dict[str, str]] = {
    PollinationMethod.BEES: N_("with bees"),
    PollinationMethod.HAND: N_("by hand"),
}
BEES: Final[dict[str, str]] = {
    BeeWork.RELEASED: N_("released"),
    BeeWork.REMOVED: N_("taken away"),
}
TRAPS: Final[dict[str, str]] = {
    Trap.STICKY: N_("sticky traps"),
    Trap.LURE: N_("lure traps"),
    Trap.ENEMY: N_("natural enemies"),
}
PRUNING: Final[dict[str, str]] = {
    PruningWork.TRAINING: N_("training the vines"),
    PruningWork.SIDE_SHOOTS: N_("removing side shoots"),
    PruningWork.FRUIT_SELECTION: N_("selecting fruit"),
    PruningWork.TOPPING: N_("topping"),
}
HANDLING: Final[dict[str, str]] = {
    HandlingWork.SORTING: N_("sorting"),
    HandlingWork.PACKING: N_("packing"),
    HandlingWork.STORING: N_("storing"),
}
CLEANED: Final[dict[str, str]] = {
    Cleaned.TOOLS: N_("tools"),
    Cleaned.GREENHOUSE: N_("greenhouse"),
    Cleaned.PACKING_HOUSE: N_("packing house"),
    Cleaned.STORE: N_("store"),
    Cleaned.SURROUNDINGS: N_("surroundings"),
}
WASTE: Final[dict[str, str]] = {
    WasteKind.PESTICIDE_PACKAGING: N_("pesticide packaging"),
    WasteKind.PLASTIC: N_("plastic film, bags"),
    WasteKind.PLANT_REMAINS: N_("plant remains"),
    WasteKind.OTHER: N_("other waste"),
}
HEALTH: Final[dict[str, str]] = {
    HealthResult.FIT: N_("fit for the work"),
    HealthResult.FOLLOW_UP: N_("to be looked at again"),
    HealthResult.UNFIT: N_("not fit for the work"),
}
AREAS: Final[dict[str, str]] = {
    AreaUnit.M2: N_("m²"),
    AreaUnit.SAO: N_("sào of 360 m²"),
    AreaUnit.MAU: N_("mẫu of 3,600 m²"),
    AreaUnit.HECTARE: N_("ha"),
}
WEIGHTS: Final[dict[str, str]] = {
    Weight.KG: N_("kg"),
    Weight.CAN: N_("cân of 1 kg"),
    Weight.YEN: N_("yến of 10 kg"),
    Weight.TA: N_("tạ of 100 kg"),
    Weight.TAN: N_("tonnes"),
}
# In a form, where the person chooses, each says how much it is.
WEIGHT_CHOICES: Final[dict[str, str]] = {
    Weight.KG: N_("kg"),
    Weight.CAN: N_("cân (1 kg)"),
    Weight.YEN: N_("yến (10 kg)"),
    Weight.TA: N_("tạ (100 kg)"),
    Weight.TAN: N_("tonnes (1,000 kg)"),
}
AREA_CHOICES: Final[dict[str, str]] = {
    AreaUnit.M2: N_("m²"),
    AreaUnit.SAO: N_("sào (360 m²)"),
    AreaUnit.MAU: N_("mẫu (3,600 m²)"),
    AreaUnit.HECTARE: N_("ha"),
}
CHOICES: Final[dict[str, dict[str, dict[str, str]]]] = {
    Kind.IRRIGATION: {"method": IRRIGATION},
    Kind.FERTILISING: {"unit": MEASURES, "method": FEEDING, "area_unit": AREA_CHOICES},
    Kind.SPRAYING: {
        "unit": MEASURES,
        "area_unit": AREA_CHOICES,
        "weather": WEATHER,
        "protection": PROTECTION,
        "packaging": PACKAGING,
    },
    Kind.POLLINATION: {"method": POLLINATION, "bees": BEES},
    Kind.TRAPS: {"trap": TRAPS},
    Kind.PRUNING: {"work": PRUNING},
    Kind.HARVEST: {"unit": WEIGHT_CHOICES},
    Kind.HANDLING: {"work": HANDLING, "unit": WEIGHT_CHOICES},
    Kind.SALE: {"unit": WEIGHT_CHOICES},
    Kind.HYGIENE: {"cleaned": CLEANED},
    Kind.WASTE: {"waste": WASTE, "unit": WEIGHT_CHOICES},
    Kind.HEALTH: {"result": HEALTH},
}
# Never “verified”: each says who has looked, and nothing more.
LEVELS: Final[dict[str, str]] = {
    Level.SELF_DECLARED: N_("Self-declared"),
    Level.PHOTO: N_("With a photo"),
    Level.CONFIRMED: N_("Confirmed in the cooperative"),
    Level.THIRD_PARTY: N_("Third party"),
}
LEVEL_MEANINGS: Final[dict[str, str]] = {
    Level.SELF_DECLARED: N_("the cooperative says so; nobody has checked it"),
    Level.PHOTO: N_("the cooperative photographed it while it was done, and sent it within a day"),
    Level.CONFIRMED: N_(
        "a second person of the cooperative says that it was so; nobody from outside has checked it"
    ),
    Level.THIRD_PARTY: N_("a laboratory or a certifier says so in its paper"),
}
LEVEL_ICONS: Final[dict[str, str]] = {
    Level.SELF_DECLARED: "self-declared",
    Level.PHOTO: "photo",
    Level.CONFIRMED: "confirmed",
    Level.THIRD_PARTY: "third-party",
}
