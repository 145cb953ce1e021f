"""Which facts a record of each kind shows, the most telling first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from trace.catalogue.words import MEASURES
from trace.kit.translation import N_
from trace.records import words
from trace.records.early import Override
from trace.records.models import Kind, Weight
from trace.records.rules import Spray

Value = str | Decimal | int | date


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a record says. `label` and `unit` are our words; a text is somebody's own unless `ours`."""

    name: str
    label: str
    value: Value
    unit: str = ""
    ours: bool = False


@dataclass(frozen=True)
class Shown:
    """How a column of a kind's table becomes a fact."""

    column: str
    label: str
    unit: str = ""
    units: Mapping[str, str] | None = None  # the row's own column `unit` chooses
    words: Mapping[str, str] | None = None  # the column holds one of ours

    def fact(self, row: Any) -> Fact | None:
        value = getattr(row, self.column)
        if value is None:
            return None
        unit = self.units[row.unit] if self.units else self.unit
        if self.words:
            return Fact(self.column, self.label, self.words[value], unit, ours=True)
        return Fact(self.column, self.label, value, unit)


SHOWN: Final[dict[str, tuple[Shown, ...]]] = {
    Kind.SOWING: (
        Shown("seed_count", N_("Seeds sown"), N_("seeds")),
        Shown("seed_lot", N_("Seed lot")),
        Shown("seed_source", N_("Seed from")),
    ),
    Kind.PLANTING: (
        Shown("plant_count", N_("Plants"), N_("plants")),
        Shown("substrate", N_("Substrate")),
    ),
    Kind.IRRIGATION: (
        Shown("method", N_("Irrigated"), words=words.IRRIGATION),
        Shown("litres", N_("Water"), N_("litres")),
        Shown("minutes", N_("Duration"), N_("minutes")),
        Shown("water_source", N_("Water source")),
    ),
    Kind.FERTILISING: (
        Shown("fertiliser", N_("Fertiliser")),
        Shown("amount", N_("Amount"), units=MEASURES),
        Shown("method", N_("Fed"), words=words.FEEDING),
        Shown("ec", N_("EC"), "mS/cm"),
        Shown("ph", N_("pH")),
    ),
    Kind.SPRAYING: (
        Shown("trade_name", N_("Pesticide")),
        Shown("active_ingredient", N_("Active ingredient")),
        Shown("target", N_("Against")),
        Shown("amount", N_("Dose"), units=MEASURES),
        Shown("water_litres", N_("Spray water"), N_("litres")),
        Shown("equipment", N_("Equipment")),
        Shown("phi_days", N_("Pre-harvest interval"), N_("days")),
    ),
    Kind.POLLINATION: (
        Shown("method", N_("Pollinated"), words=words.POLLINATION),
        Shown("colonies", N_("Bee colonies"), N_("colonies")),
    ),
    Kind.PRUNING: (Shown("work", N_("Work done"), words=words.PRUNING),),
    Kind.INSPECTION: (
        Shown("subject", N_("Inspected")),
        Shown("finding", N_("Found")),
    ),
    Kind.HARVEST: (
        Shown("quantity_kg", N_("Harvested"), N_("kg")),
        Shown("pieces", N_("Fruits"), N_("fruits")),
        Shown("brix", N_("Sweetness"), N_("°Brix")),
    ),
    Kind.OTHER: (Shown("what", N_("Work done")),),
}
# Columns that a fact needs besides its own.
EXTRA: Final[dict[str, tuple[str, ...]]] = {
    Kind.FERTILISING: ("unit",),
    Kind.SPRAYING: ("unit",),
    Kind.HARVEST: ("quantity", "unit"),
}


def facts_of(kind: str, row: Any, *, done_at: datetime) -> Iterator[Fact]:
    """The facts in a row of the kind's table, without what nobody stated."""
    for shown in SHOWN[kind]:
        if fact := shown.fact(row):
            yield fact
    if kind == Kind.HARVEST and row.unit != Weight.KG:
        yield Fact("quantity", N_("As written"), row.quantity, words.WEIGHTS[row.unit])
    if kind == Kind.SPRAYING:
        yield _wait(row, done_at)


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
