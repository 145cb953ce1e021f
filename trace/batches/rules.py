"""How a lot code is written and proposed, how dates follow each other, what is left of a harvest; no I/O."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator

from trace.kit.text import visible
from trace.kit.translation import N_
from trace.kit.validation import wrong

LONGEST: Final = 20  # GS1 General Specifications, AI (10)
_RAISED: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_FOREIGN: Final = re.compile(r"[^A-Z0-9.-]")
_NEVER_KEPT_LONGER: Final = timedelta(days=730)


def lot_code(typed: object) -> object:
    """Capitals, digits, dots and hyphens; small letters are raised, nothing left out means none.

    Everything printed on a label must survive a QR code in capitals, a path of a URL, a spreadsheet and
    a telephone call, and GS1 allows no letters beyond ASCII.
    """
    if not isinstance(typed, str):
        return typed
    raised = visible(typed).strip().translate(_RAISED)
    if not raised:
        return None
    if any(character.isspace() for character in raised):
        raise wrong("lot_code", N_("A lot code has no spaces in it. Join its parts with hyphens."))
    if foreign := list(dict.fromkeys(_FOREIGN.findall(raised))):
        raise wrong(
            "lot_code",
            N_("A lot code has only letters A–Z, digits, dots and hyphens. Please leave out: {characters}"),
            characters=" ".join(f"“{character}”" for character in foreign[:8]),
        )
    if len(raised) > LONGEST:
        raise wrong("lot_code", N_("A lot code has at most {longest} characters."), longest=LONGEST)
    if raised[0] in ".-" or raised[-1] in ".-":
        raise wrong("lot_code", N_("A lot code begins and ends with a letter or a digit."))
    return raised


OptionalLotCode = Annotated[str | None, BeforeValidator(lot_code)]


def proposed_lot_code(prefix: str, harvested_on: date, *, made: int, taken: Collection[str]) -> str:
    """TMD-DL-261108-01: prefix, day of the harvest, running number of the product's batches in that year.

    `made` batches of that year exist already; a number that somebody used by hand is passed over.
    """
    year = re.compile(rf"{re.escape(prefix)}-{harvested_on:%y}\d{{4}}-(\d+)")
    used = {int(found[1]) for found in map(year.fullmatch, taken) if found}
    number = made + 1
    while number in used:
        number += 1
    return f"{prefix}-{harvested_on:%y%m%d}-{number:02}"


def best_before(*, harvested_on: date, packed_on: date | None, shelf_life_days: int | None) -> date | None:
    """What the catalogue's shelf life says, counted from packing where that is known."""
    if shelf_life_days is None:
        return None
    return produced_on(harvested_on=harvested_on, packed_on=packed_on) + timedelta(days=shelf_life_days)


def produced_on(*, harvested_on: date, packed_on: date | None) -> date:
    """The NSX of a label: the day of the last step that made the goods what they are."""
    return packed_on or harvested_on


def is_kept_strangely_long(best: date, *, produced: date, shelf_life_days: int | None) -> bool:
    """Twice the catalogue's shelf life, or two years where it says nothing, smells of a wrong year."""
    usual = timedelta(days=2 * shelf_life_days) if shelf_life_days else _NEVER_KEPT_LONGER
    return best - produced > usual


class Standing(StrEnum):
    """What became of the record that a batch was made of."""

    STANDS = "stands"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a harvest; pieces where somebody counted them."""

    kg: Decimal
    pieces: int | None

    def less(self, other: "Amount") -> "Amount":
        """What remains. Below zero when the harvest was corrected after its batches were made."""
        pieces = None if self.pieces is None else self.pieces - (other.pieces or 0)
        return Amount(self.kg - other.kg, pieces)

    def times(self, number: int) -> "Amount":
        return Amount(self.kg * number, None if self.pieces is None else self.pieces * number)

    @property
    def each(self) -> Decimal:
        """Kilograms a piece, to the gram; only asked of what was counted."""
        return (self.kg / (self.pieces or 1)).quantize(Decimal("0.001"))

    @property
    def is_left(self) -> bool:
        return self.kg > 0

    @property
    def is_overdrawn(self) -> bool:
        return self.kg < 0 or (self.pieces is not None and self.pieces < 0)


def is_unlike(part: Amount, whole: Amount) -> bool:
    """Pieces of the one weigh more than twice as much as pieces of the other: one number is a slip."""
    if part.pieces is None or whole.pieces is None:
        return False
    one, other = part.kg * whole.pieces, whole.kg * part.pieces
    return max(one, other) > 2 * min(one, other)
