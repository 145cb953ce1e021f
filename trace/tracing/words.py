"""What a trace says in words, in the reader's language."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from trace.kit.clock import day_in_vietnam
from trace.kit.figures import day, number
from trace.kit.translation import N_, Locale, say
from trace.tracing.things import Because, Of, Scope, Why

KINDS: Final = {
    Of.HOUSEHOLD: N_("Household"),
    Of.PLOT: N_("Plot"),
    Of.INPUT: N_("Farm input"),
    Of.PURCHASE: N_("Lot of an input"),
    Of.CYCLE: N_("Crop cycle"),
    Of.HARVEST: N_("Harvest"),
    Of.RECEIPT: N_("Goods that came in"),
    Of.BATCH: N_("Batch"),
    Of.BOX: N_("Box"),
    Of.PALLET: N_("Pallet"),
    Of.SHIPMENT: N_("Shipment"),
    Of.PARTNER: N_("Partner"),
}
_BECAUSE: Final = {
    Why.WENT_INTO: N_("because {kg} kg of {source} went into {into}"),
    Why.CUT_IN: N_("because {into} was harvested from the crop {source}"),
    Why.GROWN_ON: N_("because the crop {into} grew on {source}"),
    Why.KEPT_BY: N_("because {into} is kept by household {source}"),
    Why.USED_ON: N_("because {source} was used on the crop {into} on {day}"),
    Why.PACKED_IN: N_("because {kg} kg of {source} lie in the box {into}"),
    Why.LOADED_ON: N_("because the box {source} with {kg} kg stands on the pallet {into}"),
    Why.SENT_WITH: N_("because {kg} kg of {source} went to {into}"),
    Why.SENT_TO: N_("because {kg} kg went to {into} with the shipment {source}"),
    Why.CAME_WITH: N_("because {kg} kg came in as {into}: {source}"),
    Why.SUPPLIED_BY: N_("because {source} supplied {kg} kg: {into}"),
}


def sentence(because: Because, scope: Scope, language: Locale) -> str:
    """“vì 120 kg của TMD-… đã vào TMD-…”."""
    return say(
        _BECAUSE[because.why],
        language,
        source=scope.things[because.source].name,
        into=scope.things[because.into].name,
        kg="" if because.kg is None else number(kilograms(because.kg), language),
        day="" if because.at is None else day(day_in_vietnam(because.at), language),
    )


def kilograms(exact: Fraction) -> Decimal:
    """To the gram, for people; the exact share stays a fraction."""
    return Decimal(round(exact * 1000)) / 1000
