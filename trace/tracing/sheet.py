"""A trace as a table for other programs: one line for each thing and side, whole, however many there are."""

import csv
import io
from typing import Final

from trace.kit.text import FORMULA
from trace.kit.translation import N_, Locale, say
from trace.tracing.things import Direction, Scope
from trace.tracing.words import KINDS, kilograms, sentence

TYPE: Final = "text/csv; charset=utf-8"
_HEAD: Final = (
    N_("Direction"),
    N_("Kind"),
    N_("Name"),
    N_("Weight (kg)"),
    N_("Traced (kg)"),
    N_("Why it is in"),
)
_SIDES: Final = {Direction.DOWN: N_("Where it went"), Direction.UP: N_("Where it came from")}


def sheet(up: Scope, down: Scope, language: Locale) -> bytes:
    """Numbers with a point, and a mark at the start by which spreadsheets know the letters."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([say(one, language) for one in _HEAD])
    for scope in (down, up):
        side = say(_SIDES[scope.direction], language)
        for one in scope.touched:
            weights = ("" if one.kg is None else one.kg, "" if one.traced is None else kilograms(one.traced))
            why = "; ".join(sentence(reason, scope, language) for reason in scope.because(one.id))
            lines.writerow([side, say(KINDS[one.kind], language), _text(one.name), *weights, _text(why)])
    return out.getvalue().encode("utf-8-sig")


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
