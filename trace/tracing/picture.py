"""The picture of a trace: harvests and batches as bars, as tall as the kilograms that are traced."""

import uuid
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from markupsafe import Markup

from trace.kit.sankey import Band, Bar, sankey
from trace.kit.translation import N_, Locale, say
from trace.tracing.things import Direction, Of, Scope, Thing

_MOST_DRAWN: Final = 60
# Boxes hold parts of batches and take nothing off them: beside what was made of those they would count twice.
_WEIGHED: Final = frozenset({Of.HARVEST, Of.RECEIPT, Of.BATCH, Of.SHIPMENT})


def drawn(up: Scope, down: Scope) -> list[Thing]:
    """What the picture shows, in the order of its numbers; nothing where it would be a single bar or a thicket."""
    start = up.things[up.start.id]
    found = [
        *(one for one in reversed(up.touched) if one.kind in _WEIGHED),
        *([start] if start.kind in _WEIGHED else []),
        *(one for one in down.touched if one.kind in _WEIGHED),
    ]
    return found if 1 < len(found) <= _MOST_DRAWN else []


def picture(up: Scope, down: Scope, language: Locale) -> Markup | None:
    shown = drawn(up, down)
    if not shown:
        return None
    before, after = _levels(up), _levels(down)
    first = max(before.values(), default=0)
    layers = {one: first - level for one, level in before.items()}
    layers |= {one: first + level for one, level in after.items()}
    lowest = min(layers[one.id] for one in shown)
    bars = [
        Bar(str(one.id), layers[one.id] - lowest, float(one.traced or one.kg or 0), look=_look(one, up))
        for one in shown
    ]
    known = {one.id for one in shown}
    bands = [*_bands(up, known), *_bands(down, known)]
    name = up.things[up.start.id].name
    return sankey(
        bars,
        bands,
        title=say(N_("Where {name} came from and where it went"), language, name=name),
        description=say(
            N_("{count} bars, as tall as the kilograms that are traced; the table says the same in words."),
            language,
            count=len(bars),
        ),
    )


def _look(one: Thing, up: Scope) -> str:
    return "sankey--start" if one.id == up.start.id else f"sankey--{one.kind}"


def _levels(scope: Scope) -> dict[uuid.UUID, int]:
    """How many steps each lies from the start, at most. Things come in the order of the way."""
    down = scope.direction == Direction.DOWN
    found = {scope.start.id: 0}
    for one in scope.touched:
        reasons = scope.because(one.id)
        nearer = (found.get(because.source if down else because.into, 0) for because in reasons)
        found[one.id] = max(nearer, default=0) + 1
    return found


def _bands(scope: Scope, known: set[uuid.UUID]) -> Iterator[Band]:
    """As wide as what is traced of the kilograms that ran there."""
    for one in scope.touched:
        for because in scope.because(one.id):
            if because.kg is None or not {because.source, because.into} <= known:
                continue
            measured = scope.things[because.source if scope.direction == Direction.DOWN else because.into]
            if scope.direction == Direction.DOWN:
                share = measured.part
            else:
                share = (
                    measured.traced / Fraction(measured.kg)
                    if measured.traced is not None and measured.kg
                    else None
                )
            yield Band(
                str(because.source), str(because.into), float(because.kg * (1 if share is None else share))
            )
