"""The book of purchases: what was bought of everything that the diary names."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.catalogue import purchase_queries, words
from trace.catalogue.models import Input
from trace.catalogue.purchase_queries import PurchaseLine
from trace.kit.clock import day_in_vietnam
from trace.kit.translation import N_
from trace.places.rules import fold
from trace.records.facts import Fact
from trace.records.timeline import Line
from trace.reports.rules import PURCHASES, Entry, Said, Section, late


def sections(db: Session, by: Actor, lines: list[Line], *, until: date, prices: bool) -> tuple[Section, ...]:
    """By the day of the purchase; with what each pack cost only in the manager's copy."""
    bought = purchase_queries.purchases_of(db, *_used(db, by, lines))
    found = sorted(
        (line for line in bought if line.purchase.bought_on <= until),
        key=lambda line: (line.purchase.bought_on, line.id),
    )
    numbers = {line.id: number for number, line in enumerate(found, start=1)}
    suppliers = by.can(Role.RECORDER)
    entries = tuple(_entry(line, numbers, suppliers=suppliers, prices=prices) for line in found)
    return (Section(PURCHASES.title, entries),) if entries else ()


def _used(db: Session, by: Actor, lines: list[Line]) -> list[uuid.UUID]:
    """The inputs whose name on the label a standing record says, however it is spelled."""
    named = {
        fold(fact.value)
        for line in lines
        if line.stands
        for fact in line.facts
        if isinstance(fact.value, str) and not fact.ours
    }
    rows = db.execute(
        select(col(Input.id), col(Input.trade_name)).where(col(Input.cooperative_id) == by.cooperative_id)
    )
    return [id_ for id_, trade_name in rows if fold(trade_name) in named]


def _entry(line: PurchaseLine, numbers: dict[uuid.UUID, int], *, suppliers: bool, prices: bool) -> Entry:
    bought = line.purchase
    return Entry(
        number=numbers[line.id],
        done=bought.bought_on,
        facts=tuple(_facts(line, suppliers=suppliers, prices=prices)),
        done_by="",
        written_by=line.writer,
        written_at=None,
        received_at=bought.received_at,
        late_days=_days_late(line),
        note="",
        photos=len(line.photo_ids),
        marks=tuple(_marks(line, numbers)),
        struck=not line.stands,
    )


def _facts(line: PurchaseLine, *, suppliers: bool, prices: bool) -> Iterator[Fact]:
    bought = line.purchase
    told: list[tuple[str, str, Any, str]] = [
        ("trade_name", N_("Input"), line.trade_name, ""),
        ("quantity", N_("Quantity"), bought.quantity, words.UNITS[bought.unit]),
        ("packs", N_("Packs"), bought.packs, ""),
        ("lot_number", N_("Lot number on the pack"), bought.lot_number, ""),
        ("expires_on", N_("Expires on"), bought.expires_on, ""),
        ("supplier", N_("Bought from"), bought.supplier if suppliers else None, ""),
        ("pack_price", N_("Price of one pack"), bought.pack_price if prices else None, "đ"),
    ]
    for name, label, value, unit in told:
        if value is not None:
            yield Fact(name, label, value, unit)


def _days_late(line: PurchaseLine) -> int:
    """Counted from the end of the day of the purchase, whose hour nobody states."""
    return max(0, (day_in_vietnam(line.purchase.received_at) - line.purchase.bought_on).days - 1)


def _marks(line: PurchaseLine, numbers: dict[uuid.UUID, int]) -> Iterator[Said]:
    yield from late(_days_late(line))
    if line.purchase.corrects_id:
        told = (
            ("number", numbers.get(line.purchase.corrects_id, "–")),
            ("reason", line.purchase.correction_reason),
        )
        yield Said(N_("corrects no. {number}: {reason}"), told)
    if line.corrected_by_id:
        told = (("number", numbers.get(line.corrected_by_id, "–")), ("reason", line.struck_because))
        yield Said(N_("corrected in no. {number}: {reason}"), told)
    elif not line.stands:
        yield Said(N_("taken back: {reason}"), (("reason", line.struck_because),))
