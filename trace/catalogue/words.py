"""What units and kinds of inputs are called; one of our words is an English msgid."""

from typing import Final

from trace.catalogue.list_rules import Standing
from trace.catalogue.measures import Measure, Unit
from trace.catalogue.models import InputKind, PartnerKind
from trace.kit.translation import N_

MEASURES: Final[dict[str, str]] = {
    Measure.KG: N_("kg"),
    Measure.G: N_("g"),
    Measure.L: N_("litres"),
    Measure.ML: N_("ml"),
}
UNITS: Final[dict[str, str]] = {
    **MEASURES,
    Unit.SEED: N_("seeds"),
    Unit.PLANT: N_("plants"),
    Unit.PIECE: N_("pieces"),
}
INPUT_KINDS: Final[dict[str, str]] = {
    InputKind.PESTICIDE: N_("Pesticide"),
    InputKind.FERTILISER: N_("Fertiliser"),
    InputKind.SEED: N_("Seed and seedlings"),
    InputKind.SUBSTRATE: N_("Growing substrate"),
    InputKind.PACKAGING: N_("Packaging"),
    InputKind.OTHER: N_("Other input"),
}
# Names in the icon sprite.
INPUT_ICONS: Final[dict[str, str]] = {
    InputKind.PESTICIDE: "spray",
    InputKind.FERTILISER: "fertilise",
    InputKind.SEED: "sow",
    InputKind.SUBSTRATE: "plot",
    InputKind.PACKAGING: "product",
    InputKind.OTHER: "other",
}
PARTNERS: Final[dict[str, str]] = {
    PartnerKind.BUYER: N_("Buyer"),
    PartnerKind.SUPPLIER: N_("Supplier"),
    PartnerKind.BOTH: N_("Buyer and supplier"),
}
STANDINGS: Final[dict[str, str]] = {
    Standing.ALLOWED: N_("Allowed pesticides"),
    Standing.BANNED: N_("Banned pesticides"),
}
