"""What every command from outside shares: its id, its strictness, its kinds of text and of time."""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from trace.kit.ids import new_id
from trace.kit.text import lines, one_line
from trace.kit.translation import N_
from trace.kit.validation import wrong


def _seventh(value: uuid.UUID) -> uuid.UUID:
    if value.version != 7:
        raise wrong("uuid7", N_("An id is a UUID of version 7, made when the form was saved."))
    return value


DeviceId = Annotated[uuid.UUID, AfterValidator(_seventh)]


class Command(BaseModel):
    """One thing a person asks for. The API, the form and the outbox all send the same one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: DeviceId = Field(
        default_factory=new_id,
        description="UUIDv7 made on the device at the moment of saving, so that a retry is harmless.",
    )


class Doubted(Command):
    """A command whose numbers are compared with what is usual; `sure` says that a person looked twice."""

    sure: bool = Field(default=False, description="The unusual values were checked and are right.")


@dataclass(frozen=True)
class Personal:
    """Marks a field about a person: it never enters the journal, because the journal cannot forget."""


@dataclass(frozen=True)
class OfSending:
    """Marks a field about the sending and not about what is said: sent again, the same command may carry another."""


def empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not one_line(value) else value


# The constraints first, next to the type: behind the validator they would complain about a list, not a text.
Line = Annotated[str, StringConstraints(min_length=1, max_length=120), BeforeValidator(one_line)]
ShortLine = Annotated[str, StringConstraints(min_length=1, max_length=40), BeforeValidator(one_line)]
Paragraph = Annotated[str, StringConstraints(max_length=2000), BeforeValidator(lines)]
OptionalLine = Annotated[Line | None, BeforeValidator(empty_is_none)]
OptionalShortLine = Annotated[ShortLine | None, BeforeValidator(empty_is_none)]


_STROKES: Final = re.compile(r"\d[^\d.]+\d")


def _written(value: Any) -> Any:
    """A bare number would be taken for seconds since 1970, and so would a day without its strokes."""
    if isinstance(value, int | float | Decimal) or (isinstance(value, str) and not _STROKES.search(value)):
        raise wrong("date_parsing", N_("Write a date as day/month/year, for example 08/11/2026."))
    return value


def _within_reason(value: date) -> date:
    if not 2000 < value.year < 2200:
        raise wrong("year", N_("Please check the year."))
    return value


def _in_utc(value: datetime) -> datetime:
    """So that the same moment sent again in another zone is the same content."""
    if value.tzinfo is None:
        raise wrong("timezone_aware", N_("A time needs its zone, for example 2026-11-08T06:30:00+07:00."))
    return value.astimezone(UTC)


Day = Annotated[date, BeforeValidator(_written), AfterValidator(_within_reason)]
# The year first: it keeps the way to UTC inside the calendar.
Moment = Annotated[
    datetime, BeforeValidator(_written), AfterValidator(_within_reason), AfterValidator(_in_utc)
]


class ReadModel(BaseModel):
    """What the API answers. Read models have no defaults: what is not known is null and said so."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def said(command: Command) -> dict[str, Any]:
    """The command as it enters the journal: plain JSON values, without anything about a person."""
    kept_out = marked(type(command), Personal, OfSending)
    return command.model_dump(mode="json", exclude=kept_out | {"id", "sure"})


def marked(command: type[Command], *marks: type) -> set[str]:
    """The fields of a command that carry one of these marks."""
    return {
        name
        for name, field in command.model_fields.items()
        if any(isinstance(mark, marks) for mark in field.metadata)
    }
