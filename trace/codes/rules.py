"""How serial numbers are read, and how ranges of labels are counted; no I/O."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated, Final, NamedTuple

from pydantic import BeforeValidator

from trace.kit import shortcodes
from trace.kit.text import visible
from trace.kit.translation import N_
from trace.kit.validation import wrong

# What a scanner types is the whole address that stands in the code.
_IN_ADDRESS: Final = re.compile(r"/(?:b|21)/([^/?#]+)", re.IGNORECASE)


class Range(NamedTuple):
    """Labels of one run, from the first to the last."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return max(0, self.last - self.first + 1)

    def common(self, other: "Range") -> "Range":
        return Range(max(self.first, other.first), min(self.last, other.last))


def whole(ranges: Iterable[Range], without: Sequence[Range] = ()) -> int:
    """How many labels these ranges hold, less those in `without`; neither overlap among themselves."""
    return sum(one.length - sum(one.common(other).length for other in without) for one in ranges)


def overlaps(one: Range, others: Iterable[Range]) -> bool:
    return any(one.common(other).length for other in others)


class Standing(StrEnum):
    """What a label with a number of its own is good for."""

    ISSUED = "issued"  # printed, on nothing yet
    ACTIVE = "active"
    VOID = "void"


def standing(position: int, *, active: Iterable[Range], void: Iterable[Range]) -> Standing:
    """A label that was spoiled stays so, whatever it was before."""
    place = Range(position, position)
    if overlaps(place, void):
        return Standing.VOID
    return Standing.ACTIVE if overlaps(place, active) else Standing.ISSUED


def serial(typed: object) -> object:
    """The number of a label as it was typed or scanned; of an address, what stands behind /b/ or /21/."""
    if not isinstance(typed, str):
        return typed
    text = visible(typed).strip()
    if not text:
        return None
    found = _IN_ADDRESS.findall(text)
    examined = shortcodes.examine(found[-1] if found else text, length=shortcodes.SERIAL_LENGTH)
    if not examined.valid:
        raise wrong(
            "serial",
            N_(
                "This is not the number of a label: {length} letters and digits, such as 7K3M9-Q2XAB. Scan it again."
            ),
            length=shortcodes.SERIAL_LENGTH,
        )
    return examined.code


SerialTyped = Annotated[str, BeforeValidator(serial)]
OptionalSerial = Annotated[str | None, BeforeValidator(serial)]
