"""What a record says, fact by fact, the most telling first; each in the unit it was said in and exactly converted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from trace.accounts.actor import Actor
from trace.catalogue.words import MEASURES
from trace.farms.rules import AreaUnit
from trace.kit.translation import N_
from trace.records import privacy, rules, words
from trace.records.early import Override
from trace.records.models import Kind, Weight
from trace.records.rules import Spray
from trace.records.shown import SHOWN, Shown

Value = str | Decimal | int | date | tuple[Decimal, ...]
_TENTH: Final = Decimal("0.1")
_WEIGHTS: Final = frozenset({"quantity_in", "grade1", "grade2", "loss", "weight"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a record says. `label` and `unit` are our words; a text is somebody's own unless `ours`."""

    name: str
    label: str
    value: Value
    unit: str = ""
    ours: bool = False


def facts_of(
    kind: str,
    row: Any,
    *,
    done_at: datetime,
    confided: Mapping[str, str] | None = None,
    to: Actor | None = None,
) -> Iterator[Fact]:
    """The facts in a row of the kind's table that this reader may know, without what nobody stated."""
    for shown in SHOWN[kind]:
        if privacy.may_read(to, kind, shown.column) and (fact := _fact(shown, row, confided or {})):
            yield fact
            yield from _converted(kind, fact, row)
    if kind == Kind.SPRAYING:
        yield _wait(row, done_at)


def _fact(shown: Shown, row: Any, confided: Mapping[str, str]) -> Fact | None:
    value = confided.get(shown.column) if shown.apart else getattr(row, shown.column)
    if value is None:
        return None
    unit = shown.units[getattr(row, shown.chosen)] if shown.units else shown.unit
    if shown.words:
        return Fact(shown.column, shown.label, shown.words[value], unit, ours=True)
    return Fact(shown.column, shown.label, value, unit)


def _converted(kind: str, fact: Fact, row: Any) -> Iterator[Fact]:
    """The same once more, in the unit that sums are made in, or as it was entered."""
    if fact.name == "amount" and (small := rules.in_small_unit(row.amount, row.unit)):
        yield Fact("amount_exact", N_("Exactly"), small[0], MEASURES[small[1]])
    if fact.name == "area" and row.area_unit != AreaUnit.M2:
        yield Fact("area_m2", N_("Exactly"), row.area_m2, N_("m²"))
    if fact.name == "quantity_kg" and row.unit != Weight.KG:
        yield Fact("quantity", N_("As written"), row.quantity, words.WEIGHTS[row.unit])
    if fact.name in _WEIGHTS and row.unit != Weight.KG:
        kilograms = rules.kilograms(getattr(row, fact.name), Weight(row.unit))
        yield Fact(f"{fact.name}_kg", N_("Exactly"), kilograms, N_("kg"))
    if kind == Kind.PLANTING and fact.name == "plant_count" and row.area_m2:
        density = (Decimal(row.plant_count) * 1000 / row.area_m2).quantize(_TENTH, ROUND_HALF_UP)
        yield Fact("density", N_("Density"), density, N_("plants per 1,000 m²"))


def _wait(row: Any, done_at: datetime) -> Fact:
    due = Spray(row.record_id, done_at, row.trade_name, row.phi_days).harvest_from
    if due is None:
        return Fact("phi_days", N_("Pre-harvest interval"), N_("not declared"), ours=True)
    return Fact("harvest_from", N_("Harvest from"), due)


def override_facts(override: Override) -> Iterator[Fact]:
    """Why a harvest was let go early: on this record for ever, whatever becomes of the spraying or of the record."""
    yield Fact("early_reason", N_("A manager's reason for harvesting early"), override.reason)


def verdict_facts(broken: Spray | None, undeclared: Sequence[str]) -> Iterator[Fact]:
    """What the sprayings that stand say about a harvest."""
    if broken and broken.harvest_from:
        yield Fact(
            "too_early", N_("Before the end of the pre-harvest interval, due from"), broken.harvest_from
        )
    if undeclared:
        yield Fact("interval_unknown", N_("Pre-harvest interval not declared"), ", ".join(undeclared))
