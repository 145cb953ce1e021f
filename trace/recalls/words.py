"""What causes and decisions are called."""

from typing import Final

from trace.kit.translation import N_
from trace.recalls.models import Action, Cause

CAUSES: Final = {
    Cause.TEST: N_("Laboratory test"),
    Cause.COMPLAINT: N_("Complaint"),
    Cause.INPUT: N_("Farm input"),
    Cause.PURCHASE: N_("Lot of an input"),
    Cause.HOUSEHOLD: N_("Household"),
    Cause.PLOT: N_("Plot"),
    Cause.CYCLE: N_("Crop cycle"),
    Cause.HARVEST: N_("Harvest"),
    Cause.BATCH: N_("Batch"),
}
ADDRESSES: Final = {
    Cause.TEST: "/app/tests/",
    Cause.COMPLAINT: "/app/complaints/",
} | {cause: f"/app/trace/{cause}/" for cause in Cause if cause not in {Cause.TEST, Cause.COMPLAINT}}
ACTIONS: Final = {
    Action.RECALL: N_("Call back from whoever has some of it"),
    Action.HOLD: N_("Only hold back until more is known"),
}
