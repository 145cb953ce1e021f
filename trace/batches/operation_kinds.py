"""One command for each thing that is done with batches. All of it by weight, exactly; pieces where they were counted."""

import uuid
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from trace.batches.operation_models import Loss, Process
from trace.batches.rules import Amount, OptionalLotCode
from trace.kit.commands import (
    Day,
    DeviceId,
    Doubted,
    Line,
    Moment,
    OptionalShortLine,
    Paragraph,
    empty_is_none,
)

Kilograms = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3, examples=["120.5"])]
Pieces = Annotated[int, Field(gt=0, le=10_000_000, description="Fruits or boxes, where somebody counted.")]
Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]
MOST_BATCHES: Final = 50
MOST_PARTS: Final = 20
MOST_UNITS: Final = 200


class Part(BaseModel):
    """So much of something."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kg: Kilograms
    pieces: Pieces | None = None

    @property
    def amount(self) -> Amount:
        return Amount(self.kg, self.pieces)


class Taken(Part):
    """What is taken of a batch; never more than is left of it."""

    batch_id: uuid.UUID = Field(description="The batch.")


class Portion(Part):
    """A new batch, with a lot code and a QR code of its own."""

    product_id: uuid.UUID | None = Field(None, description="Empty: that of what it is made of.")
    lot_code: OptionalLotCode = Field(None, description="Empty: the next one of the product.")
    grade: OptionalShortLine = Field(None, examples=["Loại 1"])
    packed_on: Day | None = Field(None, description="Empty: the day it was packed, or as what it is made of.")
    best_before: Day | None = Field(None, description="Empty: as what it is made of, or by the shelf life.")


class Lost(Part):
    """What is in no batch any more. It is declared, never worked out."""

    loss: Loss = Field(examples=["spoiled"])


class OperationCommand(Doubted):
    """What every operation says."""

    happened_at: Moment = Field(
        description="When it was done, with its zone.", examples=["2026-11-09T09:00:00+07:00"]
    )
    recorded_at: Moment | None = Field(
        None, description="When it was written, by the device's clock. Without it, the server's clock."
    )
    note: Paragraph = ""
    reason: Annotated[Reason | None, BeforeValidator(empty_is_none)] = Field(
        None, description="Why so much was lost; needed where it is more or less than usual."
    )


class _Changing(OperationCommand):
    """Batches become other batches: what goes in weighs what comes out and what is lost."""

    inputs: tuple[Taken, ...] = Field(
        min_length=1, max_length=MOST_BATCHES, description="What is taken of which batches."
    )
    outputs: tuple[Portion, ...] = Field(
        min_length=1, max_length=MOST_PARTS, description="The batches that come out."
    )
    losses: tuple[Lost, ...] = Field(
        (), max_length=MOST_PARTS, description="What is lost, by what became of it."
    )
    mix: bool = Field(default=False, description="Several products become one on purpose; name it.")


class SortHarvest(OperationCommand):
    """One harvest becomes one or several batches; takes of it what they and the losses weigh."""

    kind: Literal["make"] = "make"
    harvest_id: uuid.UUID = Field(
        description="The record of the harvest; a corrected one leads to its latest."
    )
    outputs: tuple[Portion, ...] = Field(
        min_length=1, max_length=MOST_PARTS, description="The batches that come out."
    )
    losses: tuple[Lost, ...] = Field(
        (), max_length=MOST_PARTS, description="What is lost, by what became of it."
    )


class Grade(_Changing):
    """Batches are sorted by size or quality."""

    kind: Literal["grade"] = "grade"


class Pack(_Changing):
    """Loose fruit is packed."""

    kind: Literal["pack"] = "pack"


class Repack(_Changing):
    """Packed fruit is packed anew; it grows no younger by it."""

    kind: Literal["repack"] = "repack"


class Split(_Changing):
    """A batch is divided; what is not named stays in it."""

    kind: Literal["split"] = "split"
    inputs: tuple[Taken, ...] = Field(
        min_length=1, max_length=1, description="What is taken of the one batch."
    )


class Merge(_Changing):
    """Several batches become one, which keeps the share of each."""

    kind: Literal["merge"] = "merge"
    inputs: tuple[Taken, ...] = Field(
        min_length=2, max_length=MOST_BATCHES, description="What is taken of which batches."
    )
    outputs: tuple[Portion, ...] = Field(min_length=1, max_length=1, description="The batch that comes out.")


class Transform(_Changing):
    """A product becomes another one: cut, dried."""

    kind: Literal["transform"] = "transform"
    process: Process = Field(examples=["fresh_cut"])


class _Lessening(OperationCommand):
    """Something of a batch is gone."""

    inputs: tuple[Taken, ...] = Field(
        min_length=1, max_length=1, description="What is taken of the one batch."
    )


class LoseSome(_Lessening):
    """Fruit of a batch was lost in the store."""

    kind: Literal["loss"] = "loss"
    loss: Loss = Field(examples=["spoiled"])


class Destroy(_Lessening):
    """Fruit of a batch was destroyed on purpose, for a reason."""

    kind: Literal["destroy"] = "destroy"
    reason: Reason = Field(examples=["Không đạt kiểm nghiệm"])


class TakeSample(_Lessening):
    """Fruit of a batch went to a laboratory or was cut open."""

    kind: Literal["sample"] = "sample"


class Sending(OperationCommand):
    """Something of one or several batches leaves the cooperative; the room of shipments says to whom."""

    inputs: tuple[Taken, ...] = Field(
        (), max_length=MOST_BATCHES, description="What goes of which batches, besides what is in the units."
    )
    unit_ids: tuple[DeviceId, ...] = Field(
        (), max_length=MOST_UNITS, description="Boxes and pallets that go as they are."
    )


class Move(OperationCommand):
    """All that is left of a batch was brought to another place."""

    kind: Literal["move"] = "move"
    batch_id: uuid.UUID = Field(description="The batch.")
    place: Line = Field(examples=["Kho lạnh 2"])


class TakeBack(OperationCommand):
    """An operation should never have been written. It goes while nothing was made of what it made."""

    kind: Literal["take_back"] = "take_back"
    takes_back_id: uuid.UUID = Field(description="The operation.")
    reason: Reason = Field(examples=["Ghi nhầm lô"])


Changing = Grade | Pack | Repack | Split | Merge | Transform
Lessening = LoseSome | Destroy | TakeSample
Weighing = SortHarvest | Changing | Lessening
AnyOperation = Annotated[Weighing | Move | TakeBack, Field(discriminator="kind")]
COMMANDS: Final[dict[str, type[OperationCommand]]] = {
    "make": SortHarvest,
    "grade": Grade,
    "pack": Pack,
    "repack": Repack,
    "split": Split,
    "merge": Merge,
    "transform": Transform,
    "loss": LoseSome,
    "destroy": Destroy,
    "sample": TakeSample,
    "move": Move,
    "take_back": TakeBack,
}


def parts(command: Weighing) -> tuple[Portion, ...]:
    """The batches that it makes."""
    return () if isinstance(command, LoseSome | Destroy | TakeSample) else command.outputs


def losses(command: Weighing) -> tuple[Lost, ...]:
    """What is lost by it, and how."""
    if not isinstance(command, LoseSome | Destroy | TakeSample):
        return command.losses
    loss = command.loss if isinstance(command, LoseSome) else _GONE[command.kind]
    return tuple(Lost(kg=one.kg, pieces=one.pieces, loss=loss) for one in command.inputs)


_GONE: Final = {"destroy": Loss.DESTROYED, "sample": Loss.SAMPLE}
