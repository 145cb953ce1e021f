"""What operations and losses are called, and their icons."""

from typing import Final

from trace.batches.operation_models import Loss, OperationKind, Process
from trace.kit.translation import N_

KINDS: Final[dict[str, str]] = {
    OperationKind.MAKE: N_("Sort a harvest"),
    OperationKind.GRADE: N_("Grade"),
    OperationKind.PACK: N_("Pack"),
    OperationKind.REPACK: N_("Repack"),
    OperationKind.SPLIT: N_("Split"),
    OperationKind.MERGE: N_("Merge"),
    OperationKind.TRANSFORM: N_("Cut or dry"),
    OperationKind.LOSS: N_("Loss"),
    OperationKind.DESTROY: N_("Destroy"),
    OperationKind.SAMPLE: N_("Take a sample"),
    OperationKind.MOVE: N_("Move"),
    OperationKind.SHIP: N_("Shipped"),
    OperationKind.RETURN: N_("Came back"),
    OperationKind.RECEIVE: N_("Goods received"),
    OperationKind.TAKE_BACK: N_("Taken back"),
}
HINTS: Final[dict[str, str]] = {
    OperationKind.MAKE: N_("One harvest becomes one or several batches."),
    OperationKind.GRADE: N_("By size or quality."),
    OperationKind.PACK: N_("Loose fruit into boxes; the packing day counts."),
    OperationKind.REPACK: N_("Other boxes, the same age."),
    OperationKind.SPLIT: N_("A part gets a lot code of its own; the rest stays."),
    OperationKind.MERGE: N_("Several become one, which keeps the share of each."),
    OperationKind.TRANSFORM: N_("It becomes another product."),
    OperationKind.LOSS: N_("Spoiled or shrunk in the store."),
    OperationKind.DESTROY: N_("Thrown away on purpose, for a reason."),
    OperationKind.SAMPLE: N_("For the laboratory, or cut open."),
    OperationKind.MOVE: N_("All that is left, to another store."),
}
ICONS: Final[dict[str, str]] = {
    OperationKind.MAKE: "harvest",
    OperationKind.GRADE: "inspect",
    OperationKind.PACK: "batch",
    OperationKind.REPACK: "repeat",
    OperationKind.SPLIT: "share",
    OperationKind.MERGE: "plus",
    OperationKind.TRANSFORM: "recipe",
    OperationKind.LOSS: "warning",
    OperationKind.DESTROY: "close",
    OperationKind.SAMPLE: "test",
    OperationKind.MOVE: "cooperative",
    OperationKind.SHIP: "sell",
    OperationKind.RETURN: "repeat",
    OperationKind.RECEIVE: "batch",
    OperationKind.TAKE_BACK: "retraction",
}
LOSSES: Final[dict[str, str]] = {
    Loss.SORTED_OUT: N_("Sorted out"),
    Loss.SPOILED: N_("Spoiled"),
    Loss.SHRUNK: N_("Shrunk"),
    Loss.TRIMMED: N_("Skin, seeds, trimmings"),
    Loss.DRIED_OFF: N_("Water dried off"),
    Loss.SAMPLE: N_("Sample"),
    Loss.DESTROYED: N_("Destroyed"),
    Loss.OTHER: N_("Other loss"),
}
# What a person may choose; the others follow from what was done.
CHOSEN_LOSSES: Final = (
    Loss.SORTED_OUT,
    Loss.SPOILED,
    Loss.SHRUNK,
    Loss.TRIMMED,
    Loss.DRIED_OFF,
    Loss.OTHER,
)
PROCESSES: Final[dict[str, str]] = {
    Process.FRESH_CUT: N_("Fresh-cut"),
    Process.DRIED: N_("Dried"),
    Process.OTHER: N_("Another way"),
}
# Of one batch; the others take several.
OF_ONE: Final = frozenset(
    {
        OperationKind.SPLIT,
        OperationKind.LOSS,
        OperationKind.DESTROY,
        OperationKind.SAMPLE,
        OperationKind.MOVE,
    }
)
MAKING: Final = frozenset(
    {
        OperationKind.MAKE,
        OperationKind.GRADE,
        OperationKind.PACK,
        OperationKind.REPACK,
        OperationKind.SPLIT,
        OperationKind.MERGE,
        OperationKind.TRANSFORM,
    }
)
