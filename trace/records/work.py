"""What all commands of the diary share, and the kinds of numbers and words that their fields hold."""

import uuid
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from trace.farms.models import Plot
from trace.kit.commands import Doubted, Moment, OfSending, Paragraph, empty_is_none


def _each_once(ids: tuple[uuid.UUID, ...]) -> tuple[uuid.UUID, ...]:
    return tuple(dict.fromkeys(ids))


Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3)]
Left = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3)]
Reading = Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=3)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=3)]
Count = Annotated[int, Field(gt=0, le=10_000_000)]
Pieces = Annotated[int, Field(ge=0, le=10_000_000)]
Days = Annotated[int, Field(ge=0, le=3650)]
Finding = Annotated[Paragraph, Field(min_length=1, max_length=500)]
Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]
OptionalReason = Annotated[Reason | None, BeforeValidator(empty_is_none)]
SentAt = Annotated[
    Moment | None,
    OfSending(),
    Field(
        description="What the device's clock shows when this is sent. Compared with the server's, it tells a wrong one.",
        examples=["2026-11-08T06:41:07+07:00"],
    ),
]


class Work(Doubted):
    """What every record says, whatever was done and wherever."""

    happened_at: Moment = Field(
        description="When it was done, with its zone.", examples=["2026-11-08T06:30:00+07:00"]
    )
    recorded_at: Moment | None = Field(
        None, description="When it was written, by the device's clock. Without it, the server's clock."
    )
    sent_at: SentAt = None
    note: Paragraph = ""
    photo_ids: Annotated[tuple[uuid.UUID, ...], AfterValidator(_each_once)] = Field((), max_length=20)
    document_ids: Annotated[tuple[uuid.UUID, ...], AfterValidator(_each_once)] = Field(
        (), max_length=5, description="Voice notes, kept before as documents. Strangers never hear them."
    )
    corrects_id: uuid.UUID | None = Field(
        None, description="The record that this one replaces; both stay visible."
    )
    correction_reason: Reason | None = Field(None, description="Needed with `corrects_id`.")

    def column(self, name: str, plot: Plot | None) -> Any:  # noqa: ARG002 - some kinds look at the plot
        """What the table of the kind keeps under this name; kinds that work something out say how."""
        return getattr(self, name)


class RecordCommand(Work):
    """What every record of work on a crop says."""

    cycle_id: uuid.UUID = Field(description="The crop cycle it was done in.")
    household_id: uuid.UUID | None = Field(None, description="Whose hands did it.")
    photos_public: bool = Field(default=False, description="Strangers may see the photographs.")
    faces: bool = Field(
        default=False,
        description="Somebody can be recognised in them: shown only while the household's person agrees.",
    )


class SiteCommand(Work):
    """What every record of work on the site says. Strangers never see it, nor its photographs."""

    plot_id: uuid.UUID | None = Field(None, description="Where, if it was on one plot.")
    area_id: uuid.UUID | None = Field(None, description="Where, if it was in one growing area.")
