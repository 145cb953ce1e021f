"""One form that writes the same work down for several plots: what it offers, and what came back."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session
from starlette.datastructures import FormData

from trace.accounts.actor import Actor
from trace.kit.forms import Draft, bind, carry_out
from trace.kit.ids import derived_id, new_id
from trace.kit.problems import Fault, Problem
from trace.records import queries
from trace.records.kinds import COMMANDS
from trace.records.models import Kind, Record
from trace.records.queries import Cycle
from trace.records.together import record_together

_MOST: Final = 60
# What is different on each plot, unless somebody says that it is the same.
AMOUNTS: Final[dict[str, str]] = {
    Kind.IRRIGATION: "litres",
    Kind.FERTILISING: "amount",
    Kind.SPRAYING: "amount",
    Kind.HARVEST: "quantity",
}
# What was counted or measured on one plot is never taken for another's.
_OF_ONE_PLOT: Final[dict[str, tuple[str, ...]]] = {
    Kind.HARVEST: ("quantity", "pieces", "brix", "brix_readings", "brix_count", "early_reason")
}


@dataclass(frozen=True)
class Several:
    """The other open cycles, those of the same product first, and which of them are ticked."""

    cycles: Sequence[Cycle]
    ticked: frozenset[str]
    amount: str  # the field of the kind that may differ; none: nothing does

    def chosen(self) -> list[Cycle]:
        return [cycle for cycle in self.cycles if str(cycle.id) in self.ticked]


def offered(db: Session, by: Actor, cycle: Cycle, kind: str, form: FormData | None = None) -> Several:
    """What the form about this cycle offers besides, with the ticks that it came back with."""
    others = [one for one in queries.open_cycles(db, by) if one.id != cycle.id]
    others.sort(key=lambda one: one.product_id != cycle.product_id)
    ticked = frozenset(map(str, form.getlist("also"))) if form else frozenset()
    return Several(others[:_MOST], ticked, AMOUNTS.get(kind, ""))


def write(
    db: Session,
    by: Actor,
    form: FormData,
    kind: str,
    cycle: Cycle,
    draft: Draft[Any],
    several: Several,
    *,
    photo_ids: list[uuid.UUID],
    now: datetime,
) -> Record | None:
    """The first record; None when the form has to come back, with what is wrong beside the plot it is about."""
    others = several.chosen()
    read = [_read(form, kind, cycle, other, draft, several, photo_ids) for other in others]
    for other, one in zip(others, read, strict=True):
        for name, text in one.errors.items():
            draft.errors.setdefault(_field(name, other, several), f"{other.plot_code}: {text}")
            draft.command, draft.status = None, one.status
    commands = [draft.command, *(one.command for one in read)]
    act = _naming(
        others, several, lambda: record_together(db, [one for one in commands if one], by=by, now=now)
    )
    written = carry_out(db, draft, lambda _: act())
    return written[0] if written else None


def _read(
    form: FormData,
    kind: str,
    cycle: Cycle,
    other: Cycle,
    draft: Draft[Any],
    several: Several,
    photo_ids: list[uuid.UUID],
) -> Draft[Any]:
    """The form once more, as it is meant for another plot."""
    typed = str(form.get(f"amount-{other.id}", "")).strip()
    dropped = {*_OF_ONE_PLOT.get(kind, ()), *({several.amount} if typed else ())}
    fields = [(name, value) for name, value in form.multi_items() if name not in dropped]
    if several.amount and typed:
        fields.append((several.amount, typed))
    # Whoever works on the first plot by habit works there; each of the others has its own household.
    own = form.get("household_id") in ("", str(cycle.household_id))
    household = {"household_id": other.household_id} if own and other.household_id else {}
    id_ = derived_id(draft.command.id, other.id) if draft.command else new_id()
    return bind(
        COMMANDS[kind],
        FormData(fields),
        draft.locale,
        id=id_,
        cycle_id=other.id,
        photo_ids=photo_ids,
        **household,
    )


def _field(name: str, other: Cycle, several: Several) -> str:
    return f"amount-{other.id}" if name == several.amount else f"plot-{other.id}"


def _naming(
    others: list[Cycle], several: Several, act: Callable[[], list[Record]]
) -> Callable[[], list[Record]]:
    """What is wrong with the first record stands beside its field, with another one beside its plot."""

    def placed(fault: Fault) -> Fault:
        number, _, name = fault.field.removeprefix("records.").partition(".")
        if number == "0":
            return replace(fault, field=name)
        return replace(fault, field=_field(name, others[int(number) - 1], several))

    def named() -> list[Record]:
        try:
            return act()
        except Problem as problem:
            problem.faults = [placed(fault) for fault in problem.faults]
            raise

    return named
