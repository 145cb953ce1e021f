"""The closed sets of words that records choose from; what they are called stands in `words`."""

from enum import StrEnum


class IrrigationMethod(StrEnum):
    DRIP = "drip"
    SPRINKLER = "sprinkler"
    HAND = "hand"


class FeedingMethod(StrEnum):
    ROOT = "root"
    DRIP = "drip"
    LEAF = "leaf"


class Weather(StrEnum):
    SUNNY = "sunny"
    CLOUDY = "cloudy"
    WINDY = "windy"
    RAINY = "rainy"


class Protection(StrEnum):
    """How well whoever sprayed was protected: mask, gloves, boots, long clothes."""

    FULL = "full"
    PARTLY = "partly"
    NONE = "none"


class Packaging(StrEnum):
    """What became of the empty bottle or bag."""

    COLLECTED = "collected"
    KEPT = "kept"
    NOT_EMPTY = "not_empty"


class PollinationMethod(StrEnum):
    BEES = "bees"
    HAND = "hand"


class BeeWork(StrEnum):
    RELEASED = "released"
    REMOVED = "removed"


class Trap(StrEnum):
    STICKY = "sticky"
    LURE = "lure"
    ENEMY = "enemy"


class PruningWork(StrEnum):
    TRAINING = "training"
    SIDE_SHOOTS = "side_shoots"
    FRUIT_SELECTION = "fruit_selection"
    TOPPING = "topping"


class HandlingWork(StrEnum):
    SORTING = "sorting"
    PACKING = "packing"
    STORING = "storing"


class Cleaned(StrEnum):
    TOOLS = "tools"
    GREENHOUSE = "greenhouse"
    PACKING_HOUSE = "packing_house"
    STORE = "store"
    SURROUNDINGS = "surroundings"


class WasteKind(StrEnum):
    PESTICIDE_PACKAGING = "pesticide_packaging"
    PLASTIC = "plastic"
    PLANT_REMAINS = "plant_remains"
    OTHER = "other"


class HealthResult(StrEnum):
    FIT = "fit"
    FOLLOW_UP = "follow_up"
    UNFIT = "unfit"
