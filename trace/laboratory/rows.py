"""The parameters of a form: rows of fields, and lines pasted from a spreadsheet, as the command wants them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError
from starlette.datastructures import FormData

from trace.kit.forms import AmbiguousNumberError, ambiguous, plain_number, shown
from trace.kit.problems import Fault
from trace.kit.translation import N_, Locale, say
from trace.kit.validation import faults_of
from trace.laboratory import rules
from trace.laboratory.commands import AT_MOST, Parameter
from trace.laboratory.models import Found, LabResult

FIELDS: Final = ("parameter", "result", "unit", "limit", "verdict")
FEWEST: Final = 4
MORE: Final = 4
MOST: Final = 30  # a form has 200 fields at most; longer reports are pasted
_NAME: Final = re.compile(r"parameter_(\d{1,2})")
_PASTED: Final = "pasted"


@dataclass
class Rows:
    """What was typed: good parameters with the row of each, and faults by the name of their field."""

    parameters: list[dict[str, Any]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def take(self, cells: dict[str, str], place: str, locale: Locale) -> None:
        """One row; `place` is what its fields are called after, or the line of the pasted text."""
        try:
            said = {name: _read(name, value, locale) for name, value in cells.items() if value}
            self.parameters.append(Parameter.model_validate(said).model_dump())
            self.places.append(place)
        except _CellError as error:
            self._wrong(error.fault, place, locale)
        except ValidationError as error:
            for fault in faults_of(error):
                self._wrong(fault, place, locale)

    def _wrong(self, fault: Fault, place: str, locale: Locale) -> None:
        said = say(fault.message, locale, **fault.values)
        if place.isdigit():
            self.errors.setdefault(f"{fault.field}_{place}", said)
        else:
            self.errors.setdefault(_PASTED, f"{place}: {said}")

    def with_errors(self, errors: dict[str, str]) -> dict[str, str]:
        """Those of the command beside these; that there is no parameter is said on the first row."""
        missing = errors.get("parameters")
        others = {name: text for name, text in errors.items() if name != "parameters"}
        return others | (self.errors or ({"parameter_0": missing} if missing else {}))

    def doubts(self, faults: Iterable[Fault], locale: Locale) -> dict[str, str]:
        """Doubts about parameters under the names of the form: “parameters.2.verdict” is “verdict_3”."""
        told: dict[str, str] = {}
        for fault in faults:
            _, number, name = fault.field.split(".")
            place = self.places[int(number)]
            told.setdefault(
                f"{name}_{place}" if place.isdigit() else _PASTED, say(fault.message, locale, **fault.values)
            )
        return told


class _CellError(ValueError):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def rows_of(form: FormData, locale: Locale) -> Rows:
    """Rows left empty are left out; pasted lines come behind them."""
    rows = Rows()
    for number in range(count(form)):
        cells = {name: _text(form, f"{name}_{number}") for name in FIELDS}
        if any(cells[name] for name in FIELDS if name != "verdict"):
            rows.take(cells, str(number), locale)
    for line, cells_ in rules.table(_text(form, _PASTED))[:AT_MOST]:
        place = say(N_("Line {line}"), locale, line=line)
        rows.take(dict(zip(FIELDS[:4], cells_, strict=False)), place, locale)
    return rows


def count(form: FormData) -> int:
    """How many rows the form has; at least as many as an empty one."""
    numbers = [int(found[1]) + 1 for found in map(_NAME.fullmatch, form) if found]
    return min(max([FEWEST, *numbers]), MOST)


def filled(results: list[LabResult]) -> dict[str, str]:
    """The fields of rows that say what these results say."""
    values = {_PASTED: "\n".join("; ".join(_cells(one)[:4]) for one in results[MOST:])}
    for number, one in enumerate(results[:MOST]):
        values |= {f"{name}_{number}": cell for name, cell in zip(FIELDS, _cells(one), strict=True)}
    return values


def _cells(one: LabResult) -> tuple[str, ...]:
    value = str(rules.Reading(Found(one.found), one.value)).replace(".", ",")
    limit = "" if one.max_value is None else shown(one.max_value)
    words = {Found.NOT_DETECTED: "KPH", Found.DETECTED: "có"}
    return one.parameter, words.get(Found(one.found), value), one.unit or "", limit, one.verdict


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _read(name: str, value: str, locale: Locale) -> Any:
    """A cell as the API would be sent it; numbers in the reader's way of writing them."""
    if name not in {"result", "limit"}:
        return value
    sign = re.match(r"[<≤]?\s*", value)
    start = sign[0] if sign else ""
    try:
        plain = plain_number(value[len(start) :], locale)
    except AmbiguousNumberError as error:
        raise _CellError(ambiguous(name, value[len(start) :], locale)) from error
    if name == "result":
        return start + plain
    nothing = rules.reading(value)
    return Decimal(0) if nothing and nothing.found == Found.NOT_DETECTED else plain
