"""What Pydantic found wrong, said in words a person can act on."""

from collections.abc import Sequence
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from trace.kit.problems import Fault
from trace.kit.translation import N_

MESSAGES: Final[dict[str, str]] = {
    "missing": N_("This is needed."),
    "none_required": N_("Leave this empty."),
    "string_type": N_("Write this as text."),
    "string_too_short": N_("This is needed."),
    "string_too_long": N_("At most {max_length} characters."),
    "string_pattern_mismatch": N_("This is not written the way it should be."),
    "string_unicode": N_("This contains characters that cannot be stored."),
    "decimal_type": N_("Write a number, for example 12.5."),
    "decimal_parsing": N_("Write a number, for example 12.5."),
    "decimal_max_digits": N_("This number is too large."),
    "decimal_whole_digits": N_("This number is too large."),
    "decimal_max_places": N_("At most {decimal_places} digits after the decimal mark."),
    "finite_number": N_("Write a number, for example 12.5."),
    "float_parsing": N_("Write a number, for example 12.5."),
    "int_type": N_("Write a whole number."),
    "int_parsing": N_("Write a whole number."),
    "int_parsing_size": N_("This number is too large."),
    "int_from_float": N_("Write a whole number."),
    "greater_than": N_("This must be more than {gt}."),
    "greater_than_equal": N_("This must be at least {ge}."),
    "less_than": N_("This must be less than {lt}."),
    "less_than_equal": N_("This must be at most {le}."),
    "bool_type": N_("Answer yes or no."),
    "bool_parsing": N_("Answer yes or no."),
    "date_type": N_("Write a date as day/month/year, for example 08/11/2026."),
    "date_parsing": N_("Write a date as day/month/year, for example 08/11/2026."),
    "date_from_datetime_parsing": N_("Write a date as day/month/year, for example 08/11/2026."),
    "date_from_datetime_inexact": N_("Write a date without a time."),
    "datetime_type": N_("Write a date and a time."),
    "datetime_parsing": N_("Write a date and a time."),
    "datetime_from_date_parsing": N_("Write a date and a time."),
    "datetime_object_invalid": N_("Write a date and a time."),
    "timezone_aware": N_("A time needs its zone, for example 2026-11-08T06:30:00+07:00."),
    "uuid_type": N_("This is not a valid id."),
    "uuid_parsing": N_("This is not a valid id."),
    "enum": N_("Choose one of the given answers."),
    "literal_error": N_("Choose one of the given answers."),
    "union_tag_invalid": N_("Choose one of the given answers."),
    "union_tag_not_found": N_("Say which kind this is."),
    "list_type": N_("Send a list."),
    "too_short": N_("This is needed."),
    "tuple_type": N_("Send a list."),
    "too_long": N_("At most {max_length} of these."),
    "value_error": N_("Send a file."),  # said of a text where a file belongs; our own validators have codes
    "extra_forbidden": N_("There is no such field here."),
    "json_invalid": N_("This is not valid JSON."),
    "model_type": N_("Send an object with the fields of this command."),
    "model_attributes_type": N_("Send an object with the fields of this command."),
}
# Pydantic renders a custom message and drops its template, so the template travels among the values.
_OURS: Final = "message"
_OTHER: Final = N_("This cannot be read. Please write it another way.")


def faults_of(error: ValidationError) -> list[Fault]:
    return [fault(found) for found in error.errors(include_url=False)]


def wrong(code: str, message: str, **values: object) -> PydanticCustomError:
    """A validator's own complaint: an English msgid and its values, translated at the door."""
    told = {name: _writable(value) if isinstance(value, str) else value for name, value in values.items()}
    return PydanticCustomError(code, message, {**told, _OURS: message})


def _writable(text: str) -> str:
    """JSON can hold halves of characters, which no answer can be written with."""
    return text.encode(errors="replace").decode()


def fault(found: Any) -> Fault:
    """One Pydantic error as ours."""
    context: dict[str, Any] = dict(found.get("ctx") or {})
    context.pop("error", None)
    kind: str = found["type"]
    message = context.pop(_OURS, None) or MESSAGES.get(kind, _OTHER)
    return Fault(_writable(path(found["loc"])), message, context, kind)


def path(location: Sequence[int | str]) -> str:
    """Where the fault is, without the parts that only Pydantic knows."""
    return ".".join(str(part) for part in location if part not in {"body", "query", "path"})
