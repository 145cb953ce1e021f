"""How results are written and judged; no I/O."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator, StringConstraints

from trace.kit.text import one_line
from trace.kit.translation import N_
from trace.kit.validation import wrong
from trace.laboratory.models import Found, Verdict
from trace.places.rules import fold

# What laboratories and growers write where there is no number, without marks.
_NOT_DETECTED: Final = frozenset(
    {
        "kph",
        "nd",
        "n.d.",
        "khong phat hien",
        "not detected",
        "am tinh",
        "negative",
        "khong co",
        "< lod",
        "<lod",
    }
    | {"<loq", "< loq"}
)
_DETECTED: Final = frozenset({"phat hien", "co phat hien", "detected", "duong tinh", "positive", "co"})
_NUMBER: Final = re.compile(r"(?P<below>[<≤]\s*)?(?P<value>\d{1,12}(\.\d{1,6})?)")
_MARKS: Final = re.compile(r"[;\t|]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A result as the report states it."""

    found: Found
    value: Decimal | None = None

    def __str__(self) -> str:
        """The one spelling in which it enters the journal and the API."""
        if self.value is None:
            return "detected" if self.found == Found.DETECTED else "not detected"
        return f"{'<' if self.found == Found.BELOW else ''}{self.value:f}"


def reading(typed: str) -> Reading | None:
    """“0.012”, “<0.01”, “KPH”, “not detected”, “dương tính”; None where it is none of these."""
    text = one_line(typed)
    if fold(text) in _NOT_DETECTED or text.lower() in _NOT_DETECTED:
        return Reading(Found.NOT_DETECTED)
    if fold(text) in _DETECTED:
        return Reading(Found.DETECTED)
    number = _NUMBER.fullmatch(text)
    if number is None:
        return None
    return Reading(Found.BELOW if number["below"] else Found.NUMBER, Decimal(number["value"]))


def _spelt(typed: object) -> object:
    if not isinstance(typed, str) or not one_line(typed):
        return typed
    found = reading(typed)
    if found is None:
        raise wrong("result", N_("Write a number, “<0,01”, or “KPH” where nothing was found."))
    return str(found)


Result = Annotated[str, StringConstraints(min_length=1, max_length=40), BeforeValidator(_spelt)]


def judged(found: Reading, limit: Decimal | None) -> Verdict | None:
    """What result and limit say by themselves; None where they say nothing."""
    if limit is None:
        return None
    if found.value is None:
        if found.found == Found.NOT_DETECTED:
            return Verdict.PASS
        return Verdict.FAIL if limit == 0 else None
    if found.found == Found.BELOW:
        return Verdict.PASS if found.value <= limit else None  # the method sees less than the limit asks
    return Verdict.PASS if found.value <= limit else Verdict.FAIL


def overall(verdicts: Iterable[str]) -> Verdict:
    """One that failed fails the test; one that passed passes it if none failed."""
    given = set(verdicts)
    return next((one for one in (Verdict.FAIL, Verdict.PASS) if one in given), Verdict.NOT_JUDGED)


def table(pasted: str) -> list[tuple[int, list[str]]]:
    """Lines “parameter; result; unit; limit” with their numbers; a spreadsheet's tabs part as well."""
    lines = enumerate(pasted.splitlines(), 1)
    return [(number, [cell.strip() for cell in _MARKS.split(line)]) for number, line in lines if line.strip()]
