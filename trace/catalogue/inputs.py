"""The cooperative's own list of inputs: what their labels say, corrected where it was copied wrongly."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlmodel import Session, col, delete

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.catalogue.list_queries import Label, must_not_be_banned
from trace.catalogue.measures import Measure, Unit
from trace.catalogue.models import Input, InputKind, LabelInterval
from trace.catalogue.queries import access_input
from trace.catalogue.rules import Crop
from trace.evidence.queries import access_photo
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import Command, Line, OptionalLine, OptionalShortLine
from trace.kit.problems import Fault, Refused
from trace.kit.translation import N_
from trace.kit.validation import wrong
from trace.places.rules import fold

# What only the label of a pesticide says.
_OF_PESTICIDES: Final = ("kills_insects", "re_entry_hours", "max_applications")


class Interval(BaseModel):
    """The pre-harvest interval that a label gives for one crop."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    crop: Crop = Field(description="As the label writes it.", examples=["Dưa lưới"])
    phi_days: Annotated[int, Field(ge=0, le=3650)] = Field(
        description="Days between spraying and harvest.", examples=[14]
    )


def _each_crop_once(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    if len({fold(one.crop) for one in intervals}) < len(intervals):
        raise wrong("crop_twice", N_("Each crop has one pre-harvest interval. One of them is named twice."))
    return intervals


class AddInput(Command):
    """The cooperative grows with something; its label is copied, and what the label does not say is left out."""

    kind: InputKind = Field(examples=["pesticide"])
    trade_name: Line = Field(description="As on the label.", examples=["Anvil 5SC"])
    unit: Unit = Field(description="What it is counted in.", examples=["ml"])
    active_ingredient: OptionalLine = Field(
        None, description="With its strength, as on the label.", examples=["hexaconazole 50 g/L"]
    )
    formulation: OptionalShortLine = Field(None, examples=["SC"])
    composition: OptionalLine = Field(
        None, description="Of a fertiliser: N-P-K and what else is in it.", examples=["13-0-46"]
    )
    registration_number: OptionalShortLine = Field(None, description="As on the label.")
    maker: OptionalLine = Field(None, description="Who makes it or has it registered.")
    photo_id: uuid.UUID | None = Field(None, description="A photograph of the label, see /api/v1/photos.")
    kills_insects: bool | None = Field(
        None, description="Of a pesticide; bees are insects. Null: not declared.", examples=[False]
    )
    re_entry_hours: Annotated[int, Field(ge=0, le=8760)] | None = Field(
        None, description="Hours before anybody goes in again without protection.", examples=[24]
    )
    max_applications: Annotated[int, Field(gt=0, le=1000)] | None = Field(
        None, description="How often at most in one crop cycle.", examples=[3]
    )
    max_dose: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3)] | None = Field(
        None, description="How much at most each time, on 1,000 m².", examples=["100"]
    )
    max_dose_unit: Measure | None = Field(None, description="Needed with `max_dose`.", examples=["ml"])
    intervals: Annotated[tuple[Interval, ...], AfterValidator(_each_crop_once)] = Field(
        (),
        max_length=30,
        description="Pre-harvest intervals, crop by crop. There is no default: a crop that is not named "
        "is a crop for which nothing was declared.",
    )


class ChangeInput(AddInput):
    """What is said about an input is set right. What was said before stays in the journal and in the diary."""

    input_id: uuid.UUID = Field(description="Which input.")


class RetireInput(Command):
    """The input is no longer offered; what was written with it stays."""

    input_id: uuid.UUID = Field(description="Which input.")


class RestoreInput(Command):
    """A retired input is offered again."""

    input_id: uuid.UUID = Field(description="Which input.")


def add_input(db: Session, command: AddInput, *, by: Actor, now: datetime) -> Input:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "input.added", command, by=by):
        return db.get_one(Input, known)
    facts = _facts(db, command, by=by, now=now)
    added = Input(id=command.id, cooperative_id=by.cooperative_id, **facts, added_at=now)
    db.add(added)
    db.flush()  # its intervals point to it
    _say_intervals(db, added.id, command)
    journal.append(db, "input.added", added.id, command, by=by, now=now)
    return added


def change_input(db: Session, command: ChangeInput, *, by: Actor, now: datetime) -> Input:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "input.changed", command, by=by):
        return db.get_one(Input, known)
    changed = access_input(db, by, command.input_id)
    for name, value in _facts(db, command, by=by, now=now).items():
        setattr(changed, name, value)
    db.exec(delete(LabelInterval).where(col(LabelInterval.input_id) == changed.id))
    _say_intervals(db, changed.id, command)
    journal.append(db, "input.changed", changed.id, command, by=by, now=now)
    return changed


def retire_input(db: Session, command: RetireInput, *, by: Actor, now: datetime) -> Input:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "input.retired", command, by=by):
        return db.get_one(Input, known)
    retired = access_input(db, by, command.input_id)
    retired.retired_at = retired.retired_at or now
    journal.append(db, "input.retired", retired.id, command, by=by, now=now)
    return retired


def restore_input(db: Session, command: RestoreInput, *, by: Actor, now: datetime) -> Input:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "input.restored", command, by=by):
        return db.get_one(Input, known)
    restored = access_input(db, by, command.input_id)
    restored.retired_at = None
    journal.append(db, "input.restored", restored.id, command, by=by, now=now)
    return restored


def _facts(db: Session, command: AddInput, *, by: Actor, now: datetime) -> dict[str, Any]:
    """What the command says about the input, compared with what it must fit."""
    for fault in _faults(command):
        raise Refused(fault.message, field=fault.field)
    if command.kind == InputKind.PESTICIDE:
        label = Label(command.trade_name, command.active_ingredient)
        must_not_be_banned(db, by, label, on=day_in_vietnam(now), field="trade_name")
    if command.photo_id:
        access_photo(db, by, command.photo_id)
    return command.model_dump(exclude={"id", "input_id", "intervals"})


def _faults(command: AddInput) -> Iterator[Fault]:
    if (command.max_dose is None) != (command.max_dose_unit is None):
        yield Fault("max_dose_unit", N_("Say the highest dose with its unit, or leave both out."))
    if command.kind == InputKind.PESTICIDE:
        return
    for name in (*_OF_PESTICIDES, "intervals"):
        if getattr(command, name) not in (None, ()):
            yield Fault(name, N_("Only the label of a pesticide says this."))


def _say_intervals(db: Session, input_id: uuid.UUID, command: AddInput) -> None:
    for one in command.intervals:
        db.add(
            LabelInterval(input_id=input_id, crop_key=fold(one.crop), crop=one.crop, phi_days=one.phi_days)
        )
    db.flush()  # the answer is read back from the tables
